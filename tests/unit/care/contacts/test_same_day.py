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
from kring.design.alphabet import swedish
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
    names = [row.unit.name for row in strip.rows]
    assert names == sorted(names, key=swedish)
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


# What each step leaves behind it


def open_tasks(request):
    return Task.objects.filter(subject=request.pk, done_at__isnull=True)


def test_each_step_is_logged_and_told_with_the_state_it_led_to(cast, karin, visits):
    request = ask(cast, karin, visits)
    answer(cast, "karin", request, "yes", visits["sara"].starts_at - timedelta(hours=1))
    commands.withdraw_same_day(by=karin, request_id=request.pk)
    events = Event.objects.filter(subject=request.pk)
    assert {event.kind: event.data["state"] for event in events} == {
        "same_day_requested": "asked",
        "same_day_answered": "asked",
        "same_day_withdrawn": "withdrawn",
    }
    assert {event.unit_id for event in events} == {karin.unit_id}
    written = AccessLogRow.objects.filter(object_id=str(request.pk), action="write").order_by("pk")
    assert [row.what for row in written] == ["same_day.request", "same_day.answer", "same_day.withdraw"]
    assert SameDayRequest.objects.get(pk=request.pk).state == "withdrawn"


def test_the_family_s_question_is_put_at_the_first_visit_s_unit(cast, visits):
    """The family has no unit; the question still has to stand somewhere."""
    request = ask(cast, cast.actor("maria"), visits)
    assert request.unit_id == visits["karin"].unit_id
    assert Event.objects.get(kind="same_day_requested").unit_id == visits["karin"].unit_id


@pytest.mark.parametrize(("day", "due"), [(5, 5), (7, 7), (9, 7)])
def test_an_answer_is_due_in_a_week_and_never_after_the_day_itself(cast, karin, visits, day, due):
    request = ask(cast, karin, visits, day=day)
    assert {task.due_on for task in open_tasks(request)} == {karin.today + timedelta(days=due)}


def test_a_yes_takes_the_question_out_of_that_unit_s_worklist_alone(cast, karin, visits):
    request = ask(cast, karin, visits)
    answer(cast, "karin", request, "yes", visits["sara"].starts_at - timedelta(hours=1))
    assert [task.unit_id for task in open_tasks(request)] == [visits["peter"].unit_id]


def test_a_unit_with_two_visits_keeps_the_question_until_both_are_answered(cast, karin, visits):
    starts = visits["karin"].starts_at + timedelta(days=1)
    second = commands.book(by=karin, child_id=cast.child("alva").pk, starts_at=starts)
    request = ask(cast, karin, visits | {"second": second})
    new = visits["sara"].starts_at - timedelta(hours=2)
    for visit, left in ((visits["karin"], True), (second, False)):
        row = request.visits.get(appointment=visit)
        commands.answer_same_day(by=karin, visit_id=row.pk, answer="yes", starts_at=new)
        assert open_tasks(request).filter(unit_id=karin.unit_id).exists() is left
        new += timedelta(hours=1)


def test_a_no_is_kept_with_its_reason_to_two_hundred_characters(cast, karin, visits):
    request = ask(cast, karin, visits)
    answer(cast, "peter", request, "no", reason="  " + "x" * 300 + " ")
    row = request.visits.get(appointment=visits["peter"])
    assert (row.answer, row.reason, row.answered_at) == ("no", "x" * 200, cast.now)


@pytest.mark.parametrize("reason", ["", "   "])
def test_no_needs_a_reason(cast, karin, visits, refused, reason):
    request = ask(cast, karin, visits)
    with refused("reason_missing"):
        answer(cast, "peter", request, "no", reason=reason)
    assert request.visits.get(appointment=visits["peter"]).answer == ""


def test_another_question_s_answers_settle_nothing_here(cast, karin, visits):
    first = ask(cast, karin, visits)
    commands.withdraw_same_day(by=karin, request_id=first.pk)
    second = ask(cast, karin, visits, day=8)
    first.visits.update(answer="no")
    answer(cast, "karin", second, "yes", cast.now + timedelta(days=8))
    second.refresh_from_db()
    assert second.state == "asked"


def test_a_question_taken_back_can_be_asked_again(cast, karin, visits):
    commands.withdraw_same_day(by=karin, request_id=ask(cast, karin, visits).pk)
    assert ask(cast, karin, visits).state == "asked"


def test_a_question_about_other_visits_stands_in_nobody_s_way(cast, karin, visits):
    ask(cast, karin, visits)
    more = {}
    for subject, days in (("karin", 14), ("peter", 15)):
        by = cast.actor(subject)
        starts = by.now + timedelta(days=days)
        more[subject] = commands.book(by=by, child_id=cast.child("alva").pk, starts_at=starts)
    assert ask(cast, karin, more, day=15).state == "asked"


@pytest.mark.parametrize("units", [("karin", "sara"), ("karin", "sara", "peter")])
def test_two_units_are_enough(cast, karin, visits, units):
    assert ask(cast, karin, {name: visits[name] for name in units}).visits.count() == len(units)


@pytest.mark.parametrize(
    "change", [{"status": "cancelled"}, {"status": "missed"}, {"status": "done"}, {"past": True}]
)
def test_a_visit_that_is_over_is_not_asked_about(cast, karin, visits, refused, change):
    fields = {"starts_at": cast.now} if "past" in change else change
    Appointment.objects.filter(pk=visits["sara"].pk).update(**fields)
    with refused("too_few_visits"):
        ask(cast, karin, {name: visits[name] for name in ("karin", "sara")})


def test_another_child_s_visits_are_not_among_them(cast, karin, visits, refused):
    sigrid = cast.child("sigrid")
    other = Appointment.objects.create(
        child=sigrid, unit=visits["peter"].unit, starts_at=cast.now + timedelta(days=9)
    )
    with refused("too_few_visits"):
        ask(cast, karin, {"karin": visits["karin"], "other": other})


def test_those_who_may_not_ask_do_not(cast, visits):
    for subject in ("ulla", "leila"):
        with pytest.raises(Http404):
            ask(cast, cast.actor(subject), visits)
    assert not SameDayRequest.objects.exists()


@pytest.mark.parametrize("subject", ["eva", "karin"])
def test_a_colleague_may_take_the_unit_s_question_back(cast, karin, visits, subject):
    request = ask(cast, karin, visits)
    assert commands.withdraw_same_day(by=cast.actor(subject), request_id=request.pk).state == "withdrawn"
    assert not open_tasks(request).exists()


def test_the_questions_around_a_child_are_the_latest_first_and_each_once(cast, karin, visits):
    first = ask(cast, karin, visits)
    commands.withdraw_same_day(by=karin, request_id=first.pk)
    SameDayRequest.objects.filter(pk=first.pk).update(asked_at=karin.now - timedelta(days=3))
    second = ask(cast, karin, visits)
    assert list(queries.same_day_requests(karin, cast.child("alva").pk)) == [second, first]


def test_reading_a_question_is_logged(cast, karin, visits):
    request = ask(cast, karin, visits)
    queries.same_day_or_404(cast.actor("maria"), request.pk, what="test.question")
    row = AccessLogRow.objects.get(what="test.question")
    assert (row.action, row.child_id, row.object_id) == ("read", request.child_id, str(request.pk))


def test_half_a_question_is_none(cast, karin, visits, monkeypatch):
    from kring.care.contacts.commands import same_day

    def broken(**_):
        raise RuntimeError("no room")

    monkeypatch.setattr(same_day, "record_event", broken)
    with pytest.raises(RuntimeError):
        ask(cast, karin, visits)
    assert not SameDayRequest.objects.exists()
    assert not Task.objects.filter(kind="same_day_answer").exists()


def test_a_yes_whose_move_is_refused_is_no_answer(cast, karin, visits, refused):
    request = ask(cast, karin, visits)
    Appointment.objects.filter(pk=visits["peter"].pk).update(status="cancelled")
    with refused("visit_over"):
        answer(cast, "peter", request, "yes", visits["sara"].starts_at)
    assert request.visits.get(appointment=visits["peter"]).answer == ""
    assert open_tasks(request).count() == 2


# The strip, to the edges


@pytest.mark.parametrize(
    ("days", "weeks", "seen"),
    [
        # Monday 00.00 by Swedish clocks is in the week, the minute before is not.
        (timedelta(hours=-10), 1, True),
        (timedelta(hours=-10, minutes=-1), 1, False),
        (timedelta(days=7, hours=-10, minutes=-1), 1, True),
        (timedelta(days=7, hours=-10), 1, False),
        (timedelta(days=7, hours=-10), 2, True),
    ],
)
def test_the_weeks_begin_and_end_at_midnight_in_sweden(cast, karin, days, weeks, seen):
    Appointment.objects.create(child=cast.child("alva"), unit_id=karin.unit_id, starts_at=cast.now + days)
    assert queries.strip_of(karin, cast.child("alva").pk, weeks=weeks).visits == int(seen)


def test_a_visit_stands_in_its_own_week_in_order(cast, karin):
    for days in (9, 1, 8):
        Appointment.objects.create(
            child=cast.child("alva"), unit_id=karin.unit_id, starts_at=cast.now + timedelta(days=days)
        )
    [row] = queries.strip_of(karin, cast.child("alva").pk).rows
    assert [len(week) for week in row.weeks[:3]] == [1, 2, 0]
    first, second = row.weeks[1]
    assert first.starts_at < second.starts_at


@pytest.mark.parametrize(
    ("mode", "hours", "movable"),
    [
        ("on_site", 24, True),
        ("on_site", 14, True),
        ("on_site", 13, False),
        ("on_site", 0, False),
        ("on_site", -1, False),
        ("video", 24, False),
        ("home", 24, False),
    ],
)
def test_only_a_visit_on_site_from_tomorrow_on_can_be_moved(karin, mode, hours, movable):
    """Units can be asked about days to come; it is ten in the morning."""
    row = Appointment(unit_id=karin.unit_id, mode=mode, starts_at=karin.now + timedelta(hours=hours))
    assert queries.strips.visit_of(row, karin).movable is movable


@pytest.mark.parametrize(("minutes", "shown"), [(None, 45), (30, 30), (90, 90)])
def test_a_visit_without_an_end_is_thought_of_as_three_quarters_of_an_hour(karin, minutes, shown):
    ends = karin.now + timedelta(minutes=minutes) if minutes else None
    row = Appointment(unit_id=karin.unit_id, mode="on_site", starts_at=karin.now, ends_at=ends)
    assert queries.strips.visit_of(row, karin).minutes == shown


def test_counts_are_of_the_children_asked_about(cast, karin, visits):
    assert queries.contact_counts(karin, [cast.child("omar").pk]) == {}
    assert queries.contact_counts(karin, []) == {}
