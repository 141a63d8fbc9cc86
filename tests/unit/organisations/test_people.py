"""Who works where today, in which role; and what a person's name shows of them."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from kring.organisations import commands, queries
from kring.organisations.models import Assignment, Person, Unit
from tests.cast import NOW

TODAY = NOW.date()
DAY = timedelta(days=1)
NURSES = frozenset({"district_nurse", "school_nurse"})


@pytest.fixture
def unit(cast):
    """A unit where only those work whom a test sends there."""
    found = cast.unit("lss-boras")
    Assignment.objects.filter(unit=found).delete()
    return found


def person(subject: str, given_name: str = "Kim", family_name: str = "Ek", **more) -> Person:
    return Person.objects.create(subject=subject, given_name=given_name, family_name=family_name, **more)


@pytest.mark.parametrize(
    ("starts_on", "ends_on", "works"),
    [
        # First and last day count.
        (TODAY - DAY, None, True),
        (TODAY, None, True),
        (TODAY + DAY, None, False),
        (TODAY - DAY, TODAY, True),
        (TODAY - DAY, TODAY - DAY, False),
        (TODAY, TODAY, True),
        (TODAY - DAY, TODAY + DAY, True),
    ],
)
def test_a_colleague_is_one_from_the_first_through_the_last_day(unit, starts_on, ends_on, works):
    somebody = person("kim")
    commands.assign(person=somebody, unit=unit, role="school_nurse", starts_on=starts_on, ends_on=ends_on)
    assert queries.colleagues_at(unit.pk, TODAY, NURSES) == ([somebody] if works else [])


def test_only_of_this_unit_in_these_roles_and_still_here(unit, cast):
    here, elsewhere = (person(name) for name in ("here", "elsewhere"))
    of_another_role, left = person("another"), person("left", is_active=False)
    for who, where, role in (
        (here, unit, "school_nurse"),
        (elsewhere, cast.unit("skola-boras-1"), "school_nurse"),
        (of_another_role, unit, "principal_teacher"),
        (left, unit, "school_nurse"),
    ):
        commands.assign(person=who, unit=where, role=role, starts_on=TODAY)
    assert queries.colleagues_at(unit.pk, TODAY, NURSES) == [here]
    assert queries.colleagues_at(unit.pk, TODAY, frozenset()) == []


def test_colleagues_come_by_name_each_once(unit):
    names = [("Bo", "Ek"), ("Ada", "Ö"), ("Ada", "Berg"), ("Carl", "Alm")]
    made = {name: person(f"p{n}", *name) for n, name in enumerate(names)}
    for who in made.values():
        for role in sorted(NURSES):
            commands.assign(person=who, unit=unit, role=role, starts_on=TODAY)
    found = queries.colleagues_at(unit.pk, TODAY, NURSES)
    assert [(one.given_name, one.family_name) for one in found] == sorted(names)


def test_an_assignment_again_is_the_same_and_a_later_one_another(unit):
    somebody = person("kim")
    told = {"person": somebody, "unit": unit, "role": "school_nurse"}
    first = commands.assign(**told, starts_on=TODAY, ends_on=TODAY + DAY)
    again = commands.assign(**told, starts_on=TODAY)
    later = commands.assign(**told, starts_on=TODAY + 2 * DAY)
    assert (again.pk, again.ends_on) == (first.pk, TODAY + DAY)
    assert (later.pk != first.pk, later.ends_on) == (True, None)


def test_an_assignment_cannot_end_before_it_starts(unit):
    with pytest.raises(IntegrityError), transaction.atomic():
        commands.assign(
            person=person("kim"), unit=unit, role="school_nurse", starts_on=TODAY, ends_on=TODAY - DAY
        )


# What a person's name shows


@pytest.mark.parametrize(
    ("fields", "name"),
    [
        ({"given_name": "Karin", "family_name": "Lund"}, "Karin Lund"),
        ({"given_name": "Karin", "family_name": ""}, "Karin"),
        ({"given_name": "", "family_name": "Lund"}, "Lund"),
        # Somebody with protected identity is shown by the role alone (8.8).
        ({"given_name": "Karin", "protected_identity": True, "title": "Samordnare"}, "Samordnare"),
        ({"given_name": "Karin", "protected_identity": True}, "Personal"),
    ],
)
def test_a_name_and_a_protected_one(fields, name):
    somebody = Person(subject="k", **fields)
    assert somebody.name == name
    assert str(somebody) == str(somebody.pk)
    assert somebody.get_username() == "k"


@pytest.mark.parametrize("field", ["subject", "identity_number", "hsa_id"])
def test_what_identifies_a_person_is_one_person_s(db, field):
    person("one", **({} if field == "subject" else {field: "x"}))
    with pytest.raises(IntegrityError), transaction.atomic():
        person("one" if field == "subject" else "two", **({} if field == "subject" else {field: "x"}))


def test_many_may_lack_an_identity_number(db):
    assert person("one").identity_number is person("two").identity_number is None


def test_places_are_called_by_their_names(cast):
    unit = cast.unit("skola-boras-1")
    for row in (unit, unit.controller, unit.municipality, unit.controller.region):
        assert str(row) == row.name
    assert str(unit.municipality.collaboration_area) == unit.municipality.collaboration_area.name
    nurse = Assignment.objects.filter(person=cast.lena).first()
    assert str(nurse) == f"{nurse.role} at {nurse.unit_id}"


def test_loading_takes_in_every_changed_field_of_a_unit(cast):
    fields = ("name", "kind", "sector", "phone", "controller", "municipality", "administration")
    before = Unit.objects.filter(key="sas-logopedi").values(*fields).get()
    school = cast.unit("skola-boras-1")
    Unit.objects.filter(key="sas-logopedi").update(
        name="Fel",
        kind="lss",
        sector="lss",
        phone="0",
        controller=school.controller,
        municipality=None,
        administration=None,
    )
    commands.load_region()
    assert Unit.objects.filter(key="sas-logopedi").values(*fields).get() == before
