"""Booked and past visits, and what has happened: as a calendar and a timeline would show them."""

from collections import Counter
from datetime import timedelta

CLOCK_WORDS = {
    "concern_raised",
    "referral_sent",
    "referral_received",
    "first_visit_done",
    "first_intervention_started",
    "assessment_decided",
    "assessment_started",
    "assessment_completed",
    "diagnosis_feedback_given",
    "sip_need_identified",
    "sip_started",
    "sip_meeting_held",
    "plan_established",
    "followed_up",
    "sip_closed",
}


def visits(people):
    return [(one.child, visit) for one in people for visit in one.appointments]


def events(people):
    return [(one, event) for one in people for event in one.events]


def test_visits_are_on_weekdays_in_working_hours(people):
    for _, visit in visits(people):
        assert visit.starts_at.weekday() < 5
        assert 8 <= visit.starts_at.hour <= 15
        assert visit.starts_at.tzinfo is not None
        assert timedelta(minutes=30) <= visit.ends_at - visit.starts_at <= timedelta(minutes=90)


def test_visits_lie_within_half_a_year_back_and_thirteen_weeks_ahead(people, today):
    days = [visit.starts_at.date() for _, visit in visits(people)]
    assert min(days) >= today - timedelta(days=26 * 7)
    assert max(days) <= today + timedelta(days=13 * 7 + 2)
    assert any(day > today for day in days)


def test_what_is_past_has_an_outcome_and_what_is_ahead_has_none(people, today):
    for _, visit in visits(people):
        past = visit.starts_at.date() < today
        outcomes = {"done", "missed", "cancelled"} if past else {"booked", "agreed", "proposed", "cancelled"}
        assert visit.status in outcomes


def test_a_visit_is_at_a_unit_that_is_around_the_child_then(people):
    for child, visit in visits(people):
        held = next(held for held in child.relations if held.unit == visit.unit)
        assert held.ends_on is None
        assert held.starts_on <= visit.starts_at.date()


def test_visits_have_keys_of_their_own_and_come_in_order(people):
    keys = [visit.key for _, visit in visits(people)]
    assert len(set(keys)) == len(keys)
    for one in people:
        times = [visit.starts_at for visit in one.appointments]
        assert times == sorted(times)


def test_some_children_have_three_visits_or_more_in_one_week(people, today):
    weeks = Counter(
        (child.key, visit.starts_at.isocalendar()[:2])
        for child, visit in visits(people)
        if visit.starts_at.date() > today
    )
    assert sum(count >= 3 for count in weeks.values()) > 10


def test_visits_vary(people):
    modes = Counter(visit.mode for _, visit in visits(people))
    assert set(modes) == {"on_site", "video", "phone", "home"}
    assert len({visit.what for _, visit in visits(people)}) > 15


# Events


def test_events_use_the_words_of_the_clocks(people):
    assert {event.kind for _, event in events(people)} == CLOCK_WORDS


def test_events_lie_between_birth_and_today_in_order(people, today):
    for one in people:
        days = [event.at for event in one.events]
        assert days == sorted(days)
        assert all(one.child.birth_date <= day.date() <= today for day in days)


def test_each_step_of_a_plan_is_an_event_of_that_plan(people, today):
    for one in people:
        for plan in one.plans:
            days = {event.kind: event.at.date() for event in one.events if event.plan == plan.key}
            assert days["sip_need_identified"] == plan.need_identified_on
            assert ("sip_started" in days) == (plan.status != "declined")
            assert ("plan_established" in days) == (plan.established_on is not None)
            assert ("sip_closed" in days) == (plan.status == "ended")
            held = bool(plan.meeting_on and plan.meeting_on <= today)
            assert ("sip_meeting_held" in days) == held


def test_a_referral_is_sent_before_it_is_received_and_received_before_the_visit(people):
    order = ("referral_sent", "referral_received", "first_visit_done")
    for one in people:
        days = {kind: [] for kind in order}
        for event in one.events:
            if event.kind in order:
                days[event.kind].append(event.at.date())
        for earlier, later in zip(order, order[1:], strict=False):
            for first, second in zip(days[earlier], days[later], strict=False):
                assert first <= second


def test_support_sometimes_comes_before_the_assessment(people):
    first = Counter()
    for one in people:
        at = {event.kind: event.at for event in reversed(one.events)}
        if "first_intervention_started" in at and "assessment_started" in at:
            first[at["first_intervention_started"] < at["assessment_started"]] += 1
    assert first[True] > 0
