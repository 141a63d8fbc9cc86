"""`./kring calc`: each suite by its fields, null for the unknown, and a fault told in words."""

import io
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kring.followup import calc


def output(suite: str, **given_input: Any) -> Any:
    answer = calc.calculated(json.dumps({"id": "a", "suite": suite, "input": given_input}))
    assert answer["id"] == "a"
    assert "error" not in answer, answer
    return answer["output"]


DATES = [f"2024-01-{day:02d}" for day in range(1, 9)]
POINT_LISTS = {
    "y", "cl", "lcl", "ucl", "sigma_signal", "runs_signal", "longest_run", "longest_run_max", "n_crossings",
    "n_crossings_min", "n_useful",
}  # fmt: skip


def test_spc_with_runs_rules() -> None:
    told = output("spc", chart="i", rules="anhoej+3sigma", y=[1, 2, 3, 2, 1, 4], part=3)
    assert set(told) == POINT_LISTS
    assert {len(values) for values in told.values()} == {6}
    assert told["cl"][0] == 2
    assert told["cl"][5] == pytest.approx(7 / 3)
    assert output("spc", chart="p", y=[1, 2], n=[4, 4], multiply=100, screened_mr=False)["y"] == [25, 50]


def test_spc_by_making_data_count() -> None:
    told = output("spc", chart="xmr", rules="nhs_mdc", x=DATES, y=[1, 2, 1, 2, 1, 2, 1, 2], target=99)
    assert told["mean"] == [1.5] * 8
    assert (told["assurance_type"], told["variation_type"]) == ("consistent_fail", "common_cause")
    assert told["special_cause_type"] == ["Common Cause"] * 8
    assert told["point_type"] == ["common_cause"] * 8
    rebased = output("spc", chart="xmr", x=DATES, y=[1, 2] * 4, rebase_dates=DATES[4], screen_outliers=False)
    assert rebased["rebase_group"] == [0] * 4 + [1] * 4
    assert rebased["variation_type"] == ["common_cause"] * 2
    assert rebased["lpl"][0] < rebased["upl"][0]


def test_intervals() -> None:
    assert set(output("wilson", x=5, n=10)) == {"lower95", "upper95", "lower998", "upper998"}
    assert output("byars", x=0)["lower95"] is None
    assert output("mean", values=[1, None, 3])["value"] == 2


def test_rates() -> None:
    assert output("dsr", count=[10], pop=[100], stdpop=[1], multiplier=100)["value"] == pytest.approx(10)
    assert output("dsr", count=[9], pop=[100], stdpop=[1]) == {
        "value": None,
        "lower95": None,
        "upper95": None,
    }
    told = output("isr", count=[10], pop=[100], refcount=[20], refpop=[100], multiplier=10)
    assert told["value"] == pytest.approx(1)


def test_funnel() -> None:
    shares = [{"numerator": 1, "denominator": 10}, {"numerator": 9, "denominator": 10}]
    assert output("funnel", kind="proportion", points=shares)["significance"] == [
        "Low (0.025)",
        "High (0.025)",
    ]
    assert output("funnel", kind="ratio", points=[{"observed": 5, "expected": 5}])["significance"] == [
        "Not significant"
    ]


def test_km() -> None:
    told = output("km", time=[1, 2, 3, 4], status=[1, 1, 1, 1], at=[0, 2])
    assert told["quantile"] == [1.5, 2.5, 3.5, 4]
    assert told["surv"] == [1, 0.5]
    assert told["logrank_p"] is None
    apart = output("km", time=[1, 2, 3, 4], status=[1, 1, 1, 1], group=["a", "a", "b", "b"], at=3)
    assert apart["quantile"]["a"] == [1, 1.5, 2, 2]
    assert apart["surv"] == {"a": [0], "b": [0.5]}
    assert 0 < apart["logrank_p"] < 1


def test_coc() -> None:
    assert set(output("coc", visits=["A", "A", "B"])) == {"COC", "UPC", "SECON", "HHI", "MMCI"}
    assert output("coc", visits=[])["UPC"] is None


@pytest.fixture
def table(tmp_path: Path) -> str:
    path = tmp_path / "codes.csv"
    path.write_text(TABLE, encoding="utf-8")
    return str(path)


TABLE = """\
dx,code,condition,tech_dep_flag,transplant_flag,pccc_v2.0,pccc_v2.1,pccc_v3.1
1,G713,neuromusc,0,0,1,1,1
1,Z931,gi,1,0,1,1,1
"""


def test_ccc(table: str) -> None:
    told = output("ccc", dx=["G71.3"], pr=[], version="v2.0", table=table)
    assert (told["neuromusc"], told["gi"], told["num_cmrb"]) == (1, 0, 1)
    assert output("ccc_code", code="z93.1", version="v3.1", table=table) == {
        "conditions": ["gi"],
        "tech_dep": 1,
        "transplant": 0,
    }


# From the tax agency's open test series
@pytest.mark.parametrize(
    ("text", "valid", "kind"),
    [
        ("201501012387", True, "personnummer"),
        ("20150161-2384", True, "samordningsnummer"),
        ("20150101-2385", False, None),
        ("", False, None),
    ],
)
def test_personnummer(text: str, valid: bool, kind: str | None) -> None:
    assert output("personnummer", text=text) == {"valid": valid, "kind": kind}


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("x", "Expecting value"),
        ("[]", "'list'"),
        ('{"id": 1}', "okänd suite"),
        ('{"suite": "magic", "input": {}}', "okänd suite"),
        ('{"suite": "wilson"}', "input"),
        ('{"suite": "wilson", "input": {"x": 1}}', "'n'"),
        ('{"suite": "wilson", "input": {"x": 3, "n": 2}}', "mellan 0 och n"),
        ('{"suite": "wilson", "input": {"x": "3", "n": 2}}', "not supported"),
        ('{"suite": "funnel", "input": {"kind": "round", "points": []}}', "proportion eller ratio"),
        ('{"suite": "ccc", "input": {"dx": [], "version": "v2.0", "table": "/nowhere"}}', "/nowhere"),
        ('{"suite": "spc", "input": {"chart": "pie", "y": [1]}}', "okänd sorts diagram"),
    ],
)
def test_a_fault_is_told_and_carries_the_id(line: str, says: str) -> None:
    answer = calc.calculated(line)
    assert set(answer) == {"id", "error"}
    assert says in answer["error"]


def test_unknown_is_null_never_nan() -> None:
    huge = output("wilson", x=1, n=1e308)
    assert huge["upper95"] is None or huge["upper95"] >= 0
    assert json.loads(json.dumps(output("km", time=[3], status=[0])["quantile"])) == [None] * 4


@given(
    st.sampled_from(sorted(calc.SUITES)),
    st.dictionaries(
        st.sampled_from(
            ["x", "n", "y", "chart", "values", "time", "status", "points", "kind", "text", "visits"]
        ),
        st.none()
        | st.integers()
        | st.text(max_size=3)
        | st.lists(st.integers(-3, 30) | st.none(), max_size=4),
    ),
)
def test_no_input_breaks_it(suite: str, given_input: dict) -> None:
    answer = calc.calculated(json.dumps({"id": 1, "suite": suite, "input": given_input}))
    assert set(answer) in ({"id", "output"}, {"id", "error"})


def test_lines_in_lines_out(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    lines = b'{"id": "\xc3\xa5", "suite": "coc", "input": {"visits": ["A"]}}\n\n{"id": 2}\n'
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(lines)))
    calc.main()
    told = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [one["id"] for one in told] == ["å", 2]
    assert "output" in told[0]
    assert "error" in told[1]
