"""The strip of weeks, and asking units to gather visits on one day."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.http import Http404
from django.test.utils import CaptureQueriesContext

from kring.audit.models import AccessLogRow
from kring.care.contacts import commands, queries
from kring.care.contacts.models import Appointment, SameDayRequest
from kring.children.commands import disclose
from kring.timeline.models import Event, Task


@pytest.fixture
def karin(cast):
    """Karin, whose unit the family has said may see the booked times of the others."""
    actor = cast.actor("karin")
    disclose(
        child_id=cast.child("alva").pk,
        unit_id=actor.unit_id,
        category="appointment",
        subject=uuid4(),
        now=actor.now,
    )
    return actor


@pytest.fixture
def visits(cast):
    """Next week: habilitation on Monday, speech therapy on Wednesday, paediatrics on Thursday."""
    found = {}
    for subject, days in (("karin", 7), ("sara", 9), ("peter", 10)):
        by = cast.actor(subject)
        starts = by.now + timedelta(days=days)
        found[subject] = commands.book(by=by, child_id=cast.child("alva").pk, starts_at=starts)
    return found


def ask(cast, by, visits, day=9, **more):
    on = by.today + timedelta(days=day)
    ids = [visit.pk for visit in visits.values()]
    return commands.request_same_day(
        by=by, child_id=cast.child("alva").pk, on=on, appointment_ids=ids, **more
    )


def test_the_strip_has_a_row_a_unit_and_thirteen_weeks(cast, karin, visits):
    strip = queries.strip(karin, cast.child("alva").pk)
    assert (len(strip.mondays), strip.visits, strip.units) == (13, 3, 3)
    assert strip.mondays[0].weekday() == 0
    assert all(len(row.weeks) == 13 and row.visits == 1 for row in strip.rows)
    assert [row.unit.name for row in strip.rows] == sorted(row.unit.name for row in strip.rows)
    [one] = strip.gatherings
    assert (one.saved_journeys, len(one.moved)) == (2, 2)
    assert {strip.appointments[row.id].unit_id for row in one.visits} == {row.unit.pk for row in strip.rows}
    assert AccessLogRow.objects.filter(what="contacts.strip").count() == 1


def test_without_consent_the_strip_is_one_s_own(cast, visits):
    strip = queries.strip(cast.actor("sara"), cast.child("alva").pk)
    assert (strip.visits, strip.gatherings) == (1, ())


@pytest.mark.parametrize(
    "change",
    [{"status": "cancelled"}, {"status": "missed"}, {"mode": "video"}, {"mode": "home"}],
)
def test_called_off_and_elsewhere_are_not_gathered(cast, karin, visits, change):
    Appointment.objects.exclude(pk=visits["karin"].pk).update(**change)
    assert queries.strip(karin, cast.child("alva").pk).gatherings == ()


def test_days_that_have_several_are_told(cast, karin, visits):
    Appointment.objects.filter(pk=visits["peter"].pk).update(
        starts_at=visits["sara"].starts_at + timedelta(hours=2)
    )
    [day] = queries.strip(karin, cast.child("alva").pk).several
    assert (day.on, day.units) == (karin.today + timedelta(days=9), 2)


def test_beyond_the_last_week_is_another_day_s_business(cast, karin, visits):
    Appointment.objects.update(starts_at=karin.now + timedelta(weeks=13))
    assert queries.strip(karin, cast.child("alva").pk).visits == 0
    assert queries.strip(karin, cast.child("alva").pk, weeks=14).visits == 3


def test_it_costs_the_same_however_many_visits(cast, karin, visits):
    counts = []
    for _ in range(2):
        with CaptureQueriesContext(connection) as asked:
            queries.strip(karin, cast.child("alva").pk)
        counts.append(len(asked))
        for day in range(20):
            starts = karin.now + timedelta(days=day + 1)
            Appointment.objects.create(child=cast.child("alva"), unit_id=karin.unit_id, starts_at=starts)
    assert counts[0] == counts[1]


def test_a_list_gets_its_counts_in_one_question(cast, karin, visits, django_assert_num_queries):
    children = [cast.child("alva").pk, cast.child("omar").pk]
    with django_assert_num_queries(1):
        counts = queries.contact_counts(karin, children)
    assert counts == {children[0]: queries.Counts(visits=3, units=3, gatherable=3)}


def test_each_unit_that_has_to_move_gets_the_question(cast, karin, visits):
    request = ask(cast, karin, visits, message=" Alva missar mycket skola ")
    assert (request.state, request.message) == ("asked", "Alva missar mycket skola")
    tasks = Task.objects.filter(subject=request.pk, done_at__isnull=True)
    # Sara's visit is on the day already.
    assert {task.unit_id for task in tasks} == {karin.unit_id, visits["peter"].unit_id}
    assert Event.objects.get(kind="same_day_requested").data == {"state": "asked"}


@pytest.mark.parametrize("subject", ["maria", "johan"])
def test_a_guardian_asks_too(cast, visits, subject):
    request = ask(cast, cast.actor(subject), visits)
    assert request.asked_by == getattr(cast, subject)
    assert list(queries.same_day_requests(cast.actor("maria"), cast.child("alva").pk)) == [request]


def test_what_cannot_be_asked(cast, karin, visits, refused):
    with refused("day_passed"):
        ask(cast, karin, visits, day=0)
    with refused("too_few_visits"):
        ask(cast, karin, {"karin": visits["karin"]})
    ask(cast, karin, visits)
    with refused("already_asked"):
        ask(cast, karin, visits)


def test_a_visit_that_the_asker_does_not_see_cannot_be_asked_about(cast, visits, refused):
    with refused("too_few_visits"):
        ask(cast, cast.actor("peter"), visits)


def answer(cast, subject, request, choice, starts_at=None, **more):
    actor = cast.actor(subject)
    row = request.visits.get(appointment__unit_id=actor.unit_id)
    return commands.answer_same_day(by=actor, visit_id=row.pk, answer=choice, starts_at=starts_at, **more)


def test_when_all_have_said_yes_the_visits_are_on_one_day(cast, karin, visits):
    request = ask(cast, karin, visits)
    day = visits["sara"].starts_at
    answer(cast, "karin", request, "yes", day - timedelta(hours=1))
    assert SameDayRequest.objects.get().state == "asked"
    done = answer(cast, "peter", request, "yes", day + timedelta(hours=1))
    assert done.state == "agreed"
    strip = queries.strip(karin, cast.child("alva").pk)
    assert (strip.gatherings, len(strip.several)) == ((), 1)
    assert not Task.objects.filter(subject=request.pk, done_at__isnull=True).exists()


def test_one_no_ends_it_with_its_reason(cast, karin, visits, refused):
    request = ask(cast, karin, visits)
    with refused("reason_missing"):
        answer(cast, "peter", request, "no")
    assert answer(cast, "peter", request, "no", reason="Läkaren är borta då").state == "declined"
    assert not Task.objects.filter(subject=request.pk, done_at__isnull=True).exists()
    with refused("not_open"):
        answer(cast, "karin", request, "yes", visits["sara"].starts_at)


@pytest.mark.parametrize(
    ("choice", "days", "code"), [("maybe", 9, "answer_missing"), ("yes", 8, "time_missing")]
)
def test_yes_means_a_time_on_the_day(cast, karin, visits, refused, choice, days, code):
    request = ask(cast, karin, visits)
    with refused(code):
        answer(cast, "peter", request, choice, cast.now + timedelta(days=days))
    with refused("time_missing"):
        answer(cast, "peter", request, "yes", None)


def test_a_unit_answers_for_its_own_visit(cast, karin, visits, refused):
    request = ask(cast, karin, visits)
    row = request.visits.get(appointment=visits["peter"])
    with refused("not_your_visit"):
        commands.answer_same_day(by=karin, visit_id=row.pk, answer="no", reason="Nej")
    for subject in ("ulla", "jonas"):
        with pytest.raises(Http404):
            commands.answer_same_day(by=cast.actor(subject), visit_id=row.pk, answer="no", reason="Nej")
    with pytest.raises(Http404):
        commands.answer_same_day(by=karin, visit_id=0, answer="no", reason="Nej")


def test_whoever_asked_takes_it_back(cast, karin, visits, refused):
    request = ask(cast, cast.actor("maria"), visits)
    with refused("not_your_visit"):
        commands.withdraw_same_day(by=cast.actor("johan"), request_id=request.pk)
    assert commands.withdraw_same_day(by=cast.actor("maria"), request_id=request.pk).state == "withdrawn"
    with refused("not_open"):
        commands.withdraw_same_day(by=cast.actor("maria"), request_id=request.pk)


def test_only_those_concerned_see_the_question(cast, karin, visits):
    request = ask(cast, karin, visits)
    child_id = cast.child("alva").pk
    for subject in ("karin", "eva", "sara", "peter", "maria", "alva"):
        assert list(queries.same_day_requests(cast.actor(subject), child_id)) == [request]
        assert queries.same_day_or_404(cast.actor(subject), request.pk, what="test") == request
    for subject in ("jonas", "ulla", "leila"):
        assert not queries.same_day_requests(cast.actor(subject), child_id)
        with pytest.raises(Http404):
            queries.same_day_or_404(cast.actor(subject), request.pk, what="test")
