"""What a paper hides, for each grade of protection and each reader."""

from datetime import date
from types import SimpleNamespace as Row
from uuid import UUID

import pytest

from kring.access.policy.protected import Field, Grade
from kring.care.plans.pdf.masks import Mask

TODAY = date(2026, 11, 16)
OURS, THEIRS = UUID(int=1), UUID(int=2)
GUARDED = [grade for grade in Grade if grade != Grade("none")]
READERS = {
    "care": {"unit_id": OURS, "in_care": True, "is_child": False},
    "municipality": {"unit_id": OURS, "in_care": False, "is_child": False},
    "guardian": {"unit_id": None, "in_care": False, "is_child": False},
}
UNIT = Row(pk=THEIRS, name="Skolan", phone="033-10 00 00", phone_hours="8-16")


def mask(grade="none", reader="care"):
    return Mask(Grade(grade), TODAY, **READERS[reader])


def colleague(**fields):
    return Row(**({"name": "Peter Holm", "title": "Läkare", "protected_identity": False} | fields))


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("field", Field)
def test_without_protection_everything_stands_on_the_paper(reader, field):
    assert mask(reader=reader).shows(field, THEIRS)


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("grade", GUARDED)
def test_a_paper_about_a_protected_child_does_not_tell_where_another_unit_is(grade, reader):
    hiding = mask(grade, reader)
    assert hiding.unit(UNIT) == "Dolt"
    assert hiding.phone(UNIT) == ""
    assert hiding.controller(Row(name="Borås Stad"), UNIT) == "Dolt"
    assert hiding.person(colleague(), UNIT) == "Läkare"


def test_nobody_and_nothing_is_an_empty_place_and_not_a_hidden_one():
    for grade in Grade:
        hiding = mask(grade)
        assert (hiding.unit(None), hiding.controller(None), hiding.phone(None), hiding.person(None)) == (
            "",
        ) * 4
        assert hiding.guardian(None) == "Barnet"


@pytest.mark.parametrize(
    ("fields", "shown"),
    [
        ({}, "Peter Holm, läkare"),
        ({"title": ""}, "Peter Holm"),
        ({"protected_identity": True}, "Läkare"),
        ({"protected_identity": True, "title": ""}, "Personal"),
    ],
)
def test_a_colleague_has_name_and_title_and_a_protected_one_the_role_alone(fields, shown):
    assert mask().person(colleague(**fields), UNIT) == shown


@pytest.mark.parametrize(
    ("fields", "shown"),
    [
        ({}, "033-10 00 00 (8-16)"),
        ({"phone_hours": ""}, "033-10 00 00"),
        ({"phone": ""}, ""),
    ],
)
def test_a_phone_has_its_hours_and_hours_alone_are_nothing(fields, shown):
    assert mask().phone(Row(**(vars(UNIT) | fields))) == shown


def test_a_guardian_with_protected_identity_is_never_named():
    for grade in Grade:
        assert mask(grade).guardian(Row(name="Vera Ek", protected_identity=True)) == "Vårdnadshavare"
    assert mask().guardian(Row(name="Maria Berg", protected_identity=False)) == "Maria Berg"
