"""What a record's text tells of a contact and a diagnosis: codes, and never a word."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kring.followup.extract.rules import record

ICD = "http://hl7.org/fhir/sid/icd-10-se"


@pytest.mark.parametrize(
    ("code", "form"),
    [
        ("AMB", "visit"), ("HH", "visit"), ("VR", "video"), ("IMP", "admission"), ("ACUTE", "admission"),
        ("EMER", "emergency"), ("PRENC", None), ("", "visit"),
    ],
)  # fmt: skip
def test_a_contact_s_form_is_its_class(code, form):
    assert record.form_of({"status": "finished", "class": {"code": code}}) == form


@pytest.mark.parametrize("status", ["planned", "cancelled", "entered-in-error", "unknown", "", None])
def test_a_contact_that_did_not_take_place_is_none(status):
    assert record.form_of({"status": status, "class": {"code": "AMB"}}) is None


@pytest.mark.parametrize(
    ("codings", "codes"),
    [
        ([{"system": ICD, "code": "F84.0"}], ["F840"]),
        ([{"system": ICD, "code": "f90.0b"}], ["F900B"]),
        ([{"system": "urn:oid:1.2.752.116.1.1.1.1.8", "code": "F80"}], ["F80"]),
        ([{"system": "http://snomed.info/sct", "code": "408856003"}], []),
        ([{"system": "http://snomed.info/sct", "code": "1"}, {"system": ICD, "code": "F70"}], ["F70"]),
        ([{"system": ICD, "code": "F70"}, {"system": ICD, "code": "F70."}], ["F70"]),
        ([{"system": ICD, "code": "Alva Berg"}], []),
        ([{"system": ICD}], []),
        ([None, "x"], []),
        ("x", []),
    ],
)
def test_a_diagnosis_is_its_icd_codes(codings, codes):
    assert record.codes_of({"code": {"coding": codings}}) == codes


@pytest.mark.parametrize("text", [{}, {"code": None}, {"code": "x"}, {"code": {"text": "Autism"}}])
def test_a_diagnosis_in_words_has_no_code(text):
    assert record.codes_of(text) == []


def test_what_stands_on_a_list_of_problems_is_no_contact_s_main_diagnosis():
    listed = {"category": [{"coding": [{"code": "problem-list-item"}]}]}
    assert not record.is_main(listed)
    assert record.is_main({"category": [{"coding": [{"code": "encounter-diagnosis"}]}]})
    assert record.is_main({})
    assert record.is_main({"category": ["x", {"coding": None}]})


@pytest.mark.parametrize(
    ("people", "told"),
    [
        ([{"individual": {"reference": "Practitioner/7"}}], "Practitioner/7"),
        ([{"individual": {"identifier": {"value": "SE123"}, "reference": "Practitioner/7"}}], "SE123"),
        ([{"individual": {"display": "Karin Lund"}}], ""),
        ([{}, {"individual": {"reference": "Practitioner/8"}}], "Practitioner/8"),
        ([], ""),
        (None, ""),
        ("x", ""),
    ],
)
def test_whom_the_child_met_is_a_key_and_never_a_name(people, told):
    assert record.staff_of({"participant": people}) == told


def test_a_contact_that_had_been_booked_says_so():
    assert record.is_planned({"appointment": [{"reference": "Appointment/1"}]})
    assert not record.is_planned({})


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=12,
)
NAMES = st.sampled_from(["status", "class", "code", "category", "participant", "appointment", "coding"])


@given(st.dictionaries(NAMES, ANYTHING, max_size=6))
def test_no_text_is_so_odd_that_it_stops_the_extract(text):
    record.form_of(text)
    record.codes_of(text)
    record.is_main(text)
    record.staff_of(text)
    record.is_planned(text)
