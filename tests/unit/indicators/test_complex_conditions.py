"""Complex chronic conditions: a small table by hand, and the loaded one as a whole."""

from pathlib import Path

import pytest

from indicators.complex_conditions import VERSIONS, Meaning, Table, flags, load, plain, said_of

HEAD = "dx,code,condition,tech_dep_flag,transplant_flag,pccc_v2.0,pccc_v2.1,pccc_v3.1\n"
CODES = HEAD + "\n".join(
    [
        "1,G713,neuromusc,0,0,1,1,1",
        "1,Q213,cvd,0,0,1,1,1",
        "1,Z931,gi,1,0,1,1,1",
        "0,0DH63UZ,gi,1,0,1,1,1",
        "1,Z940,renal,0,1,1,1,1",
        "1,T8610,renal,0,1,1,1,1",
        "1,T8610,misc,1,1,1,1,1",
        "1,E840,respiratory,0,0,0,1,1",
        "0,G713,malignancy,0,0,1,1,1",
    ]
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "codes.csv"
    path.write_text(CODES, encoding="utf-8")
    return path


def found(path: Path, version: str, dx: list[str], pr: list[str] | None = None) -> set[str]:
    """The flags that are raised, by name."""
    return {name for name, value in flags(load(path, version), dx, pr or []).items() if value}


def test_a_code_flags_its_condition_with_or_without_a_dot(path: Path) -> None:
    for code in ("G713", "G71.3", " g71.3 "):
        assert found(path, "v2.0", [code]) == {"neuromusc", "num_cmrb", "cmrb_flag"}
    assert plain("g71.3 ") == "G713"


def test_a_diagnosis_is_no_procedure(path: Path) -> None:
    assert found(path, "v2.0", [], ["G713"]) == {"malignancy", "num_cmrb", "cmrb_flag"}
    assert found(path, "v2.0", ["0DH63UZ"]) == set()


def test_versions_hold_their_own_codes(path: Path) -> None:
    assert found(path, "v2.0", ["E84.0"]) == set()
    assert "respiratory" in found(path, "v2.1", ["E84.0"])
    assert "respiratory" not in load(path, "v2.0").conditions


def test_version_2_counts_technology_by_itself(path: Path) -> None:
    assert found(path, "v2.1", ["Z93.1"]) == {"gi", "any_tech_dep", "num_cmrb", "cmrb_flag"}


def test_version_3_counts_technology_only_beside_a_condition(path: Path) -> None:
    assert found(path, "v3.1", ["Z93.1"]) == {"any_tech_dep"}
    assert found(path, "v3.1", ["Z93.1", "G71.3"]) == {
        "gi_tech_only", "gi_dxpr_or_tech", "neuromusc_dxpr_only", "neuromusc_dxpr_or_tech",
        "any_tech_dep", "num_cmrb", "cmrb_flag",
    }  # fmt: skip
    assert flags(load(path, "v3.1"), ["Z93.1", "G71.3"], [])["num_cmrb"] == 2


def test_both_kinds_of_codes_in_one_condition(tmp_path: Path) -> None:
    path = tmp_path / "codes.csv"
    path.write_text(HEAD + "1,K50,gi,0,0,1,1,1\n1,Z931,gi,1,0,1,1,1\n", encoding="utf-8")
    assert found(path, "v3.1", ["K50", "Z931"]) == {
        "gi_dxpr_and_tech", "gi_dxpr_or_tech", "any_tech_dep", "num_cmrb", "cmrb_flag",
    }  # fmt: skip


def test_a_code_of_several_conditions(path: Path) -> None:
    told = flags(load(path, "v2.0"), ["T86.10"], [])
    assert (told["renal"], told["misc"], told["num_cmrb"], told["any_transplant"], told["any_tech_dep"]) == (
        1,
        1,
        2,
        1,
        1,
    )
    assert said_of(load(path, "v2.0"), ["T86.10"], []) == {
        Meaning("renal", False, True),
        Meaning("misc", True, True),
    }


def test_no_codes_flag_nothing(path: Path) -> None:
    told = flags(load(path, "v3.1"), [], [])
    assert set(told.values()) == {0}
    assert len(told) == 4 * len(load(path, "v3.1").conditions) + 4


def test_what_is_no_table(path: Path, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"v2\.0, v2\.1, v3\.1"):
        load(path, "v9")
    short = tmp_path / "short.csv"
    short.write_text("dx,code\n1,A00\n", encoding="utf-8")
    with pytest.raises(ValueError, match="saknar kolumnen"):
        load(short, "v2.0")
    with pytest.raises(OSError, match="nowhere"):
        load(tmp_path / "nowhere.csv", "v2.0")


@pytest.fixture
def whole(shared_data: Path) -> dict[str, Table]:
    return {version: load(shared_data / "ccc" / "pccc_icd10_codes.csv", version) for version in VERSIONS}


def test_the_loaded_table_as_a_whole(whole: dict[str, Table]) -> None:
    """Adhd, autism and mild intellectual disability are not in it; moderate to profound is (domain.md 14)."""
    assert {len(table.conditions) for table in whole.values()} == {11}
    for version, table in whole.items():
        for code in ("F84.0", "F90.0", "F70"):
            assert flags(table, [code], [])["cmrb_flag"] == 0, (version, code)
        for code in ("F71", "F72", "F73"):
            assert flags(table, [code], [])["cmrb_flag"] == 1, (version, code)


def test_every_code_of_the_loaded_table_flags_what_it_says(whole: dict[str, Table]) -> None:
    for table in (whole["v2.0"], whole["v2.1"]):
        for (diagnosis, code), said in table.codes.items():
            told = flags(table, [code] if diagnosis else [], [] if diagnosis else [code])
            assert {name for name in table.conditions if told[name]} == {one.condition for one in said}
