"""Complex needs from parameters: what they make, what their variants change, and what they must say."""

from pathlib import Path
from typing import Any

import pytest

from indicators import catalogue, code_lists, complex_conditions, complex_needs, parameters
from indicators.conditions import AtLeast, Has, both
from indicators.measures import begins_with, is_in, rows
from indicators.selections import CodeList

GIVEN: dict[str, Any] = {
    "window_months": 12, "min_areas": 1, "min_contacts": 12, "contact_forms": ["visit"], "min_units": 1,
    "rule": "or", "areas": {"a": ["F90"], "b": ["E10", "E84"]}, "sensitivity": {"Fler": {"min_contacts": 20}},
}  # fmt: skip
DONE = is_in("status", "done")


def ill(*codes: str, years: int = 1) -> Has:
    return Has(rows("diagnosis", begins_with("code", *codes)), years=years)


def many(number: int = 12, years: int = 1) -> Has:
    return Has(rows("contact", DONE, is_in("form", "visit")), number, years)


@pytest.mark.parametrize(
    ("changed", "made"),
    [
        ({}, AtLeast(1, (AtLeast(1, (ill("F90", "E10", "E84"),)), many()))),
        ({"rule": "and"}, AtLeast(2, (AtLeast(1, (ill("F90", "E10", "E84"),)), many()))),
        ({"min_areas": 2}, AtLeast(1, (AtLeast(2, (ill("F90"), ill("E10", "E84"))), many()))),
        (
            {"window_months": 24},
            AtLeast(1, (AtLeast(1, (ill("F90", "E10", "E84", years=2),)), many(years=2))),
        ),
    ],
)
def test_what_the_parameters_make(changed, made):
    assert complex_needs.condition({**GIVEN, **changed}) == made


def test_units_beside_the_rest():
    made = complex_needs.condition({**GIVEN, "min_units": 3})
    assert made == both(complex_needs.condition(GIVEN), Has(rows("contact", DONE), 3, different="unit"))


def test_a_variant_changes_what_it_names_and_keeps_the_rest():
    assert complex_needs.variants(GIVEN) == {"Fler": complex_needs.condition({**GIVEN, "min_contacts": 20})}


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"rule": "xor"}, "rule ska vara or eller and"),
        ({"window_months": 18}, "window_months 12 eller 24"),
        ({"colour": "red"}, "parametrarna colour saknas eller är okända"),
    ],
)
def test_parameters_that_say_nothing_or_too_much(changed, says):
    with pytest.raises(ValueError, match=says):
        complex_needs.condition({**GIVEN, **changed})


def test_three_definitions_stand_beside_each_other_and_say_so():
    texts = [catalogue.load(f"complex_needs_{name}").texts["caveat"] for name in ("vgr", "codes", "judged")]
    assert all("En av tre definitioner" in text for text in texts)


def test_the_text_says_the_limits_that_the_parameters_have():
    folder = catalogue.FOLDER / "complex_needs_vgr" / "measure.py"
    assert parameters.beside(str(folder))["min_contacts"] == 12
    assert "minst tolv" in catalogue.load("complex_needs_vgr").texts["how"]


HEAD = "dx,code,condition,tech_dep_flag,transplant_flag,pccc_v2.0,pccc_v2.1,pccc_v3.1\n"
TABLE = """1,Q21.1,cvd,0,0,1,1,1
1,E8401,respiratory,0,0,1,1,1
1,E8409,metabolic,0,0,1,1,1
1,F71,neuromusc,0,0,1,1,1
1,Z930,respiratory,1,0,1,1,1
1,Z9311,gi,1,0,1,1,1
1,Z9319,gi,0,0,1,1,1
0,02YA0Z0,cvd,0,1,1,1,1
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "code_tables").mkdir()
    (tmp_path / "code_tables" / "complex_conditions.csv").write_text(HEAD + TABLE, encoding="utf-8")
    return tmp_path


def stems_of(folder: Path, version: str, matching: str) -> dict[str, bool]:
    table = complex_conditions.load(folder / "code_tables" / "complex_conditions.csv", version)
    return {one.text: one.ambiguous for one in complex_conditions.stems(table, matching, 4)}


class TestCodeTable:
    def test_beginnings_and_which_of_them_are_ambiguous(self, folder):
        """Technology alone flags nobody in version 3, and makes a beginning that it shares ambiguous."""
        made = stems_of(folder, "v3.1", "stems")
        assert made == {"E840": True, "F71": False, "Q211": False, "Z931": True}

    def test_in_version_2_technology_flags_by_itself(self, folder):
        assert "Z930" in stems_of(folder, "v2.1", "stems")

    def test_whole_codes_are_never_ambiguous(self, folder):
        made = stems_of(folder, "v3.1", "exact")
        assert made == dict.fromkeys(["E8401", "E8409", "F71", "Q211", "Z9319"], False)

    def test_another_way_of_matching_is_refused(self, folder):
        with pytest.raises(ValueError, match="matchningen ska vara exact, stems"):
            stems_of(folder, "v3.1", "nearly")

    def test_the_delivery_s_own_table_becomes_a_list(self, folder):
        found = code_lists.found(folder)
        assert code_lists.as_lists(found) == {
            "complex_conditions": CodeList(("E840", "F71", "Q211", "Z931"), begins=True)
        }

    def test_without_a_table_there_is_no_list(self, tmp_path):
        assert code_lists.as_lists(code_lists.found(tmp_path)) == {}

    def test_the_published_table_has_the_severe_disabilities_and_not_adhd_or_autism(self, shared_data):
        table = complex_conditions.load(shared_data / "ccc" / "pccc_icd10_codes.csv", "v3.1")
        texts = {one.text for one in complex_conditions.stems(table, "stems", 4)}
        assert {code for code in ("F71", "F72", "F73") if code in texts} == {"F71", "F72", "F73"}
        assert not [text for text in texts if text.startswith(("F70", "F840", "F841", "F845", "F849", "F90"))]
