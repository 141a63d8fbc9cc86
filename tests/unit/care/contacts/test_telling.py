"""Visits that change, and questions about one day, are told to the other side."""

from datetime import timedelta
from uuid import uuid4

import pytest

from kring.care.contacts import commands
from kring.children.commands import disclose
from kring.notifications.models import Notice
from kring.timeline.models import Task

FAMILY = {"maria", "johan"}


@pytest.fixture
def visits(cast):
    """Three visits next week, at units of which Karin's may see the others' times."""
    karin, alva = cast.actor("karin"), cast.child("alva").pk
    about = {"child_id": alva, "category": "appointment", "subject": uuid4(), "now": karin.now}
    disclose(unit_id=karin.unit_id, **about)
    return {
        who: commands.book(by=by, child_id=alva, starts_at=by.now + timedelta(days=days))
        for who, days in (("karin", 7), ("sara", 9), ("peter", 10))
        for by in [cast.actor(who)]
    }


def told() -> set[tuple[str, str]]:
    return set(Notice.objects.values_list("person__subject", "act"))


def everyone(people, act):
    return {(one, act) for one in people}


def ask(by, visits):
    ids = [visit.pk for visit in visits.values()]
    child_id = visits["sara"].child_id
    on = by.today + timedelta(days=9)
    return commands.request_same_day(by=by, child_id=child_id, on=on, appointment_ids=ids)


@pytest.mark.parametrize(
    ("who", "expected"),
    [("sara", everyone(FAMILY, "visit_cancelled"))],
)
def test_a_visit_that_the_unit_calls_off_is_told_to_the_family(cast, visits, who, expected):
    commands.cancel_appointment(by=cast.actor(who), appointment_id=visits[who].pk, seen=1)
    assert told() == expected


def test_a_visit_that_the_family_calls_off_is_told_to_the_unit(cast, visits):
    Task.objects.create(
        child=visits["sara"].child, unit=visits["sara"].unit, assignee=cast.sara, kind="child_unclear",
        due_on=cast.actor("sara").today, opened_at=cast.now,
    )  # fmt: skip
    commands.cancel_appointment(by=cast.actor("maria"), appointment_id=visits["sara"].pk, seen=1)
    assert told() == {("sara", "visit_cancelled")}


def test_a_visit_that_is_moved_is_told_to_the_family(cast, visits):
    sara, visit = cast.actor("sara"), visits["sara"]
    later = visit.starts_at + timedelta(days=1)
    commands.move_appointment(by=sara, appointment_id=visit.pk, seen=visit.revision, starts_at=later)
    assert told() == everyone(FAMILY, "visit_moved")


def test_booking_and_agreeing_are_told_to_nobody(cast, visits):
    commands.agree(by=cast.actor("maria"), appointment_id=visits["sara"].pk, seen=1)
    assert told() == set()


def test_a_question_about_one_day_is_told_to_family_and_units(cast, visits):
    ask(cast.actor("karin"), visits)
    units = set(Notice.objects.filter(unit__isnull=False).values_list("unit__key", flat=True))
    assert everyone(FAMILY, "same_day_asked") <= told()
    assert units <= {"sas-bum-boras", "hh-habilitering-boras"}
    assert "sas-logopedi" not in units, "that visit is on the day already"


def test_a_question_from_the_family_is_told_to_the_units_alone(cast, visits):
    ask(cast.actor("maria"), visits)
    assert not {who for who, _ in told()} & FAMILY


@pytest.mark.parametrize(
    ("asker", "expected"), [("karin", {"karin"}), ("maria", FAMILY)], ids=["a-unit", "the-family"]
)
def test_the_answer_is_told_to_whoever_asked(cast, visits, asker, expected):
    request = ask(cast.actor(asker), visits)
    Notice.objects.all().delete()
    visit = request.visits.get(appointment=visits["peter"])
    commands.answer_same_day(by=cast.actor("peter"), visit_id=visit.pk, answer="no", reason="Fullt")
    assert told() == everyone(expected, "same_day_answered")


def test_a_question_that_is_taken_back_is_no_longer_there_to_answer(cast, visits):
    karin = cast.actor("karin")
    request = ask(karin, visits)
    commands.withdraw_same_day(by=karin, request_id=request.pk)
    assert told() == set()
