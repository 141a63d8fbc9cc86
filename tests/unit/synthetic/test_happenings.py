"""Visits and events of hand-made children: each step of a plan, each pathway, each booking in its time."""

from collections import Counter
from datetime import date, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from synthetic import events, visits
from synthetic.draw import Draw
from synthetic.relations import SPECIALISTS, Neighbourhood
from synthetic.texts import words
from tests.unit.synthetic.made import TODAY, around, child, follow_up, place, plan

SEEDS = range(300)
SINCE = date(2020, 1, 1)
ONE_DAY = timedelta(days=1)


# Events of a plan


def happened(*plans, seed=1, today=TODAY, born=date(2016, 3, 12)):
    found = events.make(child(born), plans, Neighbourhood([]), Draw(seed), today)
    return [(event.kind, event.at.date(), event.plan) for event in found]


def day(text: str) -> date:
    return date.fromisoformat(text)


NEED, BEGAN, MET, MADE, HELD, ENDED = map(
    day, ("2026-01-12", "2026-01-14", "2026-02-02", "2026-02-05", "2026-05-11", "2026-08-17")
)
STAGES = {
    "declined": [("sip_need_identified", NEED)],
    "draft": [("sip_need_identified", NEED), ("sip_started", BEGAN)],
    "established": [
        ("sip_need_identified", NEED),
        ("sip_started", BEGAN),
        ("sip_meeting_held", MET),
        ("plan_established", MADE),
        ("followed_up", HELD),
    ],
}
STAGES["ended"] = [*STAGES["established"], ("followed_up", ENDED), ("sip_closed", ENDED)]


def at_stage(status: str):
    made = status in ("established", "ended")
    held = [HELD] if status == "established" else [HELD, ENDED] if status == "ended" else []
    return plan(
        status,
        need_identified_on=NEED,
        started_on=BEGAN,
        meeting_on=MET if made else None,
        established_on=MADE if made else None,
        ended_on=ENDED if status == "ended" else None,
        follow_ups=tuple(follow_up(on, on) for on in held),
    )


@pytest.mark.parametrize("status", STAGES)
def test_each_step_taken_is_an_event_of_its_day_and_plan(status):
    assert sorted(happened(at_stage(status))) == sorted((kind, on, "c1-p1") for kind, on in STAGES[status])


def test_a_meeting_that_lies_ahead_has_not_been_held():
    ahead = plan(meeting_on=TODAY + ONE_DAY)
    today = plan(meeting_on=TODAY)
    assert "sip_meeting_held" not in {kind for kind, *_ in happened(ahead)}
    assert "sip_meeting_held" in {kind for kind, *_ in happened(today)}


def test_events_of_two_plans_stand_in_one_order():
    later = plan(key="c1-p2", need_identified_on=day("2026-10-01"), started_on=day("2026-10-02"))
    found = happened(later, at_stage("ended"))
    assert [on for _, on, _ in found] == sorted(on for _, on, _ in found)
    assert {key for *_, key in found} == {"c1-p1", "c1-p2"}


def test_nothing_is_told_from_before_birth():
    born = day("2026-01-13")
    assert [kind for kind, *_ in happened(at_stage("draft"), born=born)] == ["sip_started"]


def test_events_happen_in_working_hours_in_stockholm():
    at = [
        event.at
        for seed in SEEDS
        for event in events.make(child(), (at_stage("ended"),), Neighbourhood([]), Draw(seed), TODAY)
    ]
    assert {moment.tzinfo for moment in at} == {ZoneInfo("Europe/Stockholm")}
    assert (min(moment.hour for moment in at), max(moment.hour for moment in at)) == (8, 16)
    assert {moment.minute for moment in at} == set(range(60))


# Events of a pathway through specialist care


SCHOOL = place("school")
PLACES = Neighbourhood([SCHOOL, place("primary_care"), place("lss"), *(place(kind) for kind in SPECIALISTS)])
FIRST_VISIT = day("2026-03-02")


def pathway(
    kind="child_psychiatry", seed=1, finders=(("school", SINCE, None),), needs=("motor",), today=TODAY
):
    held = (*(around(*finder) for finder in finders), around(kind, FIRST_VISIT))
    somebody = child(needs=needs, relations=held)
    return events.make(somebody, (), PLACES, Draw(seed), today)


def days_of(found) -> dict[str, date]:
    return {event.kind: event.at.date() for event in found}


ALWAYS = {"concern_raised", "referral_sent", "referral_received", "first_visit_done"}
INVESTIGATION = {
    "assessment_decided",
    "assessment_started",
    "assessment_completed",
    "diagnosis_feedback_given",
}


@pytest.mark.parametrize("kind", sorted(SPECIALISTS))
def test_a_pathway_has_its_steps_and_an_investigation_where_there_are_such(kind):
    kinds = [set(days_of(pathway(kind, seed))) for seed in SEEDS]
    investigates = kind in ("child_psychiatry", "habilitation", "speech_language")
    for found in kinds:
        assert found - {"first_intervention_started"} == ALWAYS | (INVESTIGATION if investigates else set())
    with_support = sum("first_intervention_started" in found for found in kinds)
    assert with_support / len(kinds) == pytest.approx(0.5, abs=0.1)


def waits(earlier: str, later: str) -> tuple[int, int]:
    found = [days_of(pathway(seed=seed)) for seed in SEEDS]
    days = [(one[later] - one[earlier]).days for one in found if later in one]
    return min(days), max(days)


@pytest.mark.parametrize(
    ("earlier", "later", "shortest", "longest"),
    [
        # Days as drawn, give or take the weekend that both ends move over.
        ("concern_raised", "referral_sent", 5, 90),
        ("referral_sent", "referral_received", 1, 4),
        ("referral_sent", "first_visit_done", 10, 130),
        ("first_visit_done", "assessment_decided", 1, 1),
        ("first_visit_done", "assessment_started", 4, 60),
        ("assessment_started", "assessment_completed", 20, 120),
        ("assessment_completed", "diagnosis_feedback_given", 1, 21),
        ("concern_raised", "first_intervention_started", 3, 60),
    ],
)
def test_how_long_each_step_takes(earlier, later, shortest, longest):
    found = waits(earlier, later)
    assert found[0] == pytest.approx(shortest, abs=4)
    assert found[1] == pytest.approx(longest, abs=6)


def test_support_sometimes_comes_before_the_first_visit_and_sometimes_after():
    found = [days_of(pathway(seed=seed)) for seed in SEEDS]
    order = Counter(
        one["first_intervention_started"] < one["first_visit_done"]
        for one in found
        if "first_intervention_started" in one
    )
    assert set(order) == {True, False}


def test_concern_referral_and_support_are_the_finders_and_the_rest_the_clinics():
    for seed in range(60):
        units = {event.kind: event.unit for event in pathway(seed=seed)}
        for kind, unit in units.items():
            finders = ("concern_raised", "referral_sent", "first_intervention_started")
            assert unit == ("school" if kind in finders else "child_psychiatry")


def test_a_pathway_belongs_to_no_plan():
    assert {event.plan for event in pathway()} == {None}


@pytest.mark.parametrize(
    ("finders", "found"),
    [
        ([("school", SINCE, None)], True),
        ([("primary_care", SINCE, None)], True),
        ([("lss", SINCE, None)], False),  # not one that is close to every child
        ([], False),
        ([("school", FIRST_VISIT, None)], False),  # came later than the concern
        ([("school", SINCE, day("2025-01-01"))], False),  # had left long before it
        ([("school", SINCE, FIRST_VISIT)], True),
    ],
)
def test_somebody_close_to_the_child_then_saw_it_first(finders, found):
    kinds = {event.kind for seed in range(40) for event in pathway(seed=seed, finders=finders)}
    assert ("concern_raised" in kinds) is found
    assert bool(kinds) is found


def test_two_who_were_close_may_each_have_seen_it():
    two = [("school", SINCE, None), ("primary_care", SINCE, None)]
    saw = {
        event.unit
        for seed in range(60)
        for event in pathway(seed=seed, finders=two)
        if event.kind == "concern_raised"
    }
    assert saw == {"school", "primary_care"}


def test_what_a_pathway_has_not_come_to_yet_is_not_told():
    kinds = {event.kind for seed in range(60) for event in pathway(seed=seed, today=FIRST_VISIT)}
    assert "first_visit_done" in kinds
    assert not kinds & INVESTIGATION


def test_without_much_need_a_clinic_makes_no_pathway():
    assert pathway(needs=()) == ()


# Visits


CLINICS = ("child_psychiatry", "habilitation", "speech_language")
EVERYDAY = ("primary_care", "dental")


def booked(*kinds, seed=1, needs=(), since=SINCE, until=None, today=TODAY):
    places = Neighbourhood([place(kind) for kind in kinds])
    somebody = child(needs=needs, relations=tuple(around(kind, since, until) for kind in kinds))
    return visits.make(somebody, places, Draw(seed), today)


def ahead(visit) -> int:
    return (visit.starts_at.date() - TODAY).days


def test_most_children_have_no_visit_and_some_have_one_at_an_everyday_unit():
    found = [booked(*EVERYDAY, *CLINICS, seed=seed) for seed in range(600)]
    assert {len(one) for one in found} == {0, 1}
    assert sum(map(len, found)) / len(found) == pytest.approx(0.3, abs=0.06)
    assert {visit.unit for one in found for visit in one} == set(EVERYDAY)
    days = [ahead(visit) for one in found for visit in one]
    assert -182 <= min(days) < -170
    assert 80 < max(days) <= 93


def test_a_child_with_much_need_has_visits_at_every_clinic():
    found = [booked("child_psychiatry", seed=seed, needs=("motor",)) for seed in SEEDS]
    past = Counter(sum(ahead(visit) <= 0 for visit in one) for one in found)
    coming = Counter(sum(ahead(visit) > 0 for visit in one) for one in found)
    assert set(past) <= set(range(6)) and {0, 1, 2, 3, 4} <= set(past)
    assert {0, 1, 2} <= set(coming)


def test_support_and_everyday_units_have_a_visit_now_and_then():
    for kind in ("school", "social_services", "lss", "preschool", "primary_care"):
        found = [booked(kind, seed=seed, needs=("motor",)) for seed in SEEDS]
        assert {len(one) for one in found} == {0, 1}
        assert sum(map(len, found)) / len(found) == pytest.approx(0.25, abs=0.08)


def week_of(visit) -> tuple[int, int]:
    return visit.starts_at.isocalendar()[:2]


def test_several_clinics_may_call_to_one_and_the_same_week():
    """What Kring exists for: half of those with several clinics have such a week, those with one do not."""

    def busy(kinds) -> int:
        weeks = [
            Counter(map(week_of, booked(*kinds, seed=seed, needs=("motor",)))).most_common(1)
            for seed in SEEDS
        ]
        return sum(bool(week) and week[0][1] >= 3 for week in weeks)

    assert busy(CLINICS) > 0.25 * len(SEEDS)
    assert busy(CLINICS[:1]) < 0.1 * len(SEEDS)


def test_no_visit_at_a_unit_that_the_child_has_left_or_not_come_to():
    assert not any(
        booked(*EVERYDAY, *CLINICS, seed=seed, needs=("motor",), until=TODAY) for seed in range(60)
    )
    tomorrow = TODAY + ONE_DAY
    for seed in range(60):
        for visit in booked(*CLINICS, seed=seed, needs=("motor",), since=tomorrow):
            assert visit.starts_at.date() >= tomorrow


ALL_VISITS = [
    visit for seed in range(200) for visit in booked(*CLINICS, *EVERYDAY, seed=seed, needs=("motor",))
]


def test_a_visit_is_one_that_such_a_unit_has():
    for visit in ALL_VISITS:
        assert [visit.what, visit.with_whom, visit.bring] in words()["visit"][visit.unit]


def test_visits_begin_on_the_quarter_between_eight_and_four_and_take_half_an_hour_to_one_and_a_half():
    times = {visit.starts_at.time() for visit in ALL_VISITS}
    assert times == {time(hour, minute) for hour in range(8, 16) for minute in (0, 15, 30, 45)}
    lengths = {(visit.ends_at - visit.starts_at).seconds // 60 for visit in ALL_VISITS}
    assert lengths == {30, 45, 60, 90}


def test_keys_count_from_one_for_each_child():
    for seed in range(40):
        keys = sorted(visit.key for visit in booked(*CLINICS, seed=seed, needs=("motor",)))
        assert keys == sorted(f"c1-v{n}" for n in range(1, len(keys) + 1))


@pytest.mark.parametrize(
    ("is_past", "shares"),
    [
        (True, {"done": 0.9, "missed": 0.05, "cancelled": 0.05}),
        (False, {"booked": 0.7, "agreed": 0.2, "proposed": 0.07, "cancelled": 0.03}),
    ],
)
def test_outcomes_in_their_shares(is_past, shares):
    found = Counter(visit.status for visit in ALL_VISITS if (visit.starts_at.date() < TODAY) is is_past)
    assert {status: count / found.total() for status, count in found.items()} == {
        status: pytest.approx(share, abs=0.03) for status, share in shares.items()
    }


def test_ways_of_meeting_in_their_shares():
    found = Counter(visit.mode for visit in ALL_VISITS)
    assert {mode: count / found.total() for mode, count in found.items()} == {
        mode: pytest.approx(share, abs=0.03)
        for mode, share in {"on_site": 0.8, "video": 0.12, "phone": 0.05, "home": 0.03}.items()
    }


def test_a_visit_of_today_is_not_past():
    monday = date(2026, 11, 23)
    found = [
        visit
        for seed in SEEDS
        for visit in booked(*CLINICS, seed=seed, needs=("motor",), today=monday)
        if visit.starts_at.date() == monday
    ]
    assert {visit.status for visit in found} <= {"booked", "agreed", "proposed", "cancelled"}
    assert found
