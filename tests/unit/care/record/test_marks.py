"""What a resource says about who of the family should not read it: a table of codes, strictest first."""

import json
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kring.access.policy.visibility import Category, Visibility
from kring.care.record.rules.marks import CODES, DIAGNOSES, RULE, Marks, marks_in, marks_of
from kring.children.models import ShownToFamily

TODAY = date(2026, 11, 16)
ACT = "http://terminology.hl7.org/CodeSystem/v3-ActCode"
LEVEL = "http://terminology.hl7.org/CodeSystem/v3-Confidentiality"
ICD = "http://hl7.org/fhir/sid/icd-10-se"


def secured(*codes, system=ACT):
    return {"meta": {"security": [{"system": system, "code": code} for code in codes]}}


def diagnosis(code, system=ICD, **more):
    return {"resourceType": "Condition", "code": {"coding": [{"system": system, "code": code}]}, **more}


def certainty(code):
    return {"resourceType": "Condition", "verificationStatus": {"coding": [{"code": code}]}}


@pytest.mark.parametrize(
    ("tree", "visibility", "category"),
    [
        ({}, "default", "general"),
        (secured(), "default", "general"),
        (secured("R", system=LEVEL), "default", "general"),
        (secured("N", system=LEVEL), "default", "general"),
        (secured("V", system=LEVEL), "care_only", "general"),
        (secured("NOPAT"), "care_only", "general"),
        (secured("VIO"), "default", "violence"),
        (secured("SDV"), "default", "violence"),
        (secured("SEX"), "default", "sexual_health"),
        (secured("ETH"), "default", "substance_use"),
        (secured("ETH", "VIO"), "default", "violence"),
        (secured("VIO", "NOPAT"), "care_only", "general"),
        # The same code of another system is another code.
        (secured("VIO", system="urn:annat"), "default", "general"),
        ({"category": [{"coding": [{"system": ACT, "code": "SEX"}]}]}, "default", "sexual_health"),
        ({"category": {"coding": [{"system": ACT, "code": "SEX"}]}}, "default", "sexual_health"),
        # The diagnosis itself.
        (diagnosis("T74.1"), "default", "violence"),
        (diagnosis("T741"), "default", "violence"),
        (diagnosis("t74.2", "http://hl7.org/fhir/sid/icd-10"), "default", "violence"),
        (diagnosis("F10.2"), "default", "substance_use"),
        (diagnosis("F90.0"), "default", "general"),
        (diagnosis("A56.0"), "default", "sexual_health"),
        (diagnosis("A49.0"), "default", "general"),
        (diagnosis("Z30.0", "urn:annat"), "default", "general"),
        ({"resourceType": "Encounter", "reasonCode": [{"coding": [{"system": ICD, "code": "Y07.0"}]}]},
         "default", "violence"),
        # What is not held to be certain.
        (certainty("confirmed"), "default", "general"),
        (certainty("provisional"), "default", "early_hypothesis"),
        (certainty("differential"), "default", "early_hypothesis"),
        (certainty("unconfirmed"), "default", "early_hypothesis"),
        (certainty("unconfirmed") | {"resourceType": "Procedure"}, "default", "general"),
        (diagnosis("T74.1") | {"verificationStatus": {"coding": [{"code": "unconfirmed"}]}},
         "default", "violence"),
    ],
)  # fmt: skip
def test_what_a_resource_says_of_itself(tree, visibility, category):
    found = marks_of(tree, TODAY)
    assert (found.visibility, found.category) == (visibility, category)
    assert bool(found.rule) == ((visibility, category) != ("default", "general"))
    assert marks_in(json.dumps(tree), TODAY) == found


def test_its_words_are_those_of_what_is_written_in_kring():
    rows = [*CODES.values(), *(marks for _start, marks in DIAGNOSES)]
    assert {row.category for row in rows} <= set(ShownToFamily.Category.values) & set(Category)
    assert {row.visibility for row in rows} <= set(ShownToFamily.Visibility.values) & set(Visibility)
    assert {row.rule for row in rows} == {RULE.id}


def test_before_the_table_is_in_force_nothing_is_marked():
    assert marks_of(secured("VIO"), date(2022, 12, 31)) == Marks()


@pytest.mark.parametrize("body", ["", "{", "[" * 100_000, "9" * 5000, "[]", '"x"', "null"])
def test_what_cannot_be_read_is_for_care_only(body):
    assert marks_in(body, TODAY).visibility == "care_only"


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=9),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["code", "coding", "system"]), inner)
    ),
    max_leaves=12,
)
NAMES = st.sampled_from(["meta", "category", "code", "reasonCode", "verificationStatus", "resourceType"])


@given(st.dictionaries(NAMES, JSON))
def test_hostile_shapes_never_break_it(tree):
    assert isinstance(marks_of(tree, TODAY), Marks)


@given(st.dictionaries(NAMES, JSON), st.sampled_from(["VIO", "SEX", "NOPAT"]))
def test_a_mark_is_found_whatever_else_stands_there(tree, code):
    marked = tree | secured(code)
    assert marks_of(marked, TODAY).rule == RULE.id
