"""The days of a made-up plan: in order, on weekdays, none before birth and none in the future."""

from collections import Counter
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from synthetic import plans
from synthetic.draw import Draw
from synthetic.plans import Steps, weekday
from synthetic.relations import Neighbourhood
from synthetic.texts import profile, words
from tests.unit.synthetic.made import TODAY, around, child, place

STATUSES = ("draft", "established", "ended", "declined")
BORN = date(2016, 3, 12)
LONG_AGO = date(2020, 1, 1)
SEEDS = range(400)


@pytest.mark.parametrize(
    ("day", "moved_to"),
    [
        ("2026-11-16", "2026-11-16"),  # Monday
        ("2026-11-20", "2026-11-20"),  # Friday
        ("2026-11-21", "2026-11-23"),
        ("2026-11-22", "2026-11-23"),
        ("2026-12-31", "2026-12-31"),
        ("2027-01-02", "2027-01-04"),  # over the new year's weekend
        ("2028-02-27", "2028-02-28"),
    ],
)
def test_a_weekend_becomes_the_monday_after(day, moved_to):
    assert weekday(date.fromisoformat(day)) == date.fromisoformat(moved_to)


@given(st.dates(date(1990, 1, 1), date(2090, 1, 1)))
def test_a_day_moves_at_most_two_days_and_only_from_a_weekend(day):
    moved = weekday(day)
    assert moved.weekday() < 5
    assert (moved - day).days == {5: 2, 6: 1}.get(day.weekday(), 0)


def steps(status, seed=1, born=BORN, last_day=TODAY):
    return Steps(status, last_day, born, Draw(seed))


everything = {
    "status": st.sampled_from(STATUSES),
    "seed": st.integers(0, 2**32),
    "last_day": st.dates(date(2022, 1, 1), date(2032, 12, 31)),
    "days_old": st.integers(60, 20 * 365),
}


@given(**everything)
def test_steps_come_in_order_between_birth_and_the_last_day(status, seed, last_day, days_old):
    made = steps(status, seed, last_day - timedelta(days_old), last_day)
    taken = [made.need, made.started, *([made.established] if made.established else [])]
    taken += [held for held, _ in made.held] + ([made.ended] if made.ended else [])
    assert taken == sorted(taken)
    assert last_day - timedelta(days_old) < made.need
    assert taken[-1] <= last_day
    assert made.latest in taken


@given(**everything)
def test_which_steps_a_status_has(status, seed, last_day, days_old):
    made = steps(status, seed, last_day - timedelta(days_old), last_day)
    assert bool(made.established) == (status in ("established", "ended"))
    assert bool(made.ended) == (status == "ended")
    assert bool(made.follow_up) == (status == "established")
    assert made.meeting is not None or status in ("draft", "declined")
    assert made.meeting is None or status != "declined"


@given(**everything)
def test_an_established_plan_met_before_it_was_made_and_is_followed_up_after(
    status, seed, last_day, days_old
):
    made = steps(status, seed, last_day - timedelta(days_old), last_day)
    if made.established:
        assert made.started <= made.meeting <= made.established
        assert (made.established - made.meeting).days <= 8  # six days, and a weekend
        assert all(made.established < due for _, due in made.held)
        assert made.follow_up is None or made.follow_up > (
            made.held[-1][0] if made.held else made.established
        )


def ago(status: str) -> list[int]:
    return [(TODAY - steps(status, seed).need).days for seed in SEEDS]


@pytest.mark.parametrize(
    ("status", "earliest", "latest"),
    [("draft", 2, 45), ("established", 50, 700), ("ended", 50, 700), ("declined", 50, 700)],
)
def test_how_long_ago_the_need_was_seen(status, earliest, latest):
    days = ago(status)
    assert earliest <= min(days) < earliest + 8
    assert latest - 8 < max(days) <= latest


@pytest.mark.parametrize(("days_old", "most"), [(60, 55), (100, 95), (704, 699), (706, 700), (3000, 700)])
def test_no_need_is_older_than_the_child(days_old, most):
    found = [TODAY - steps("ended", seed, TODAY - timedelta(days_old)).need for seed in SEEDS]
    assert max(found).days <= most
    assert max(found).days > most - 8


def test_most_start_within_three_days_and_one_in_ten_is_late():
    waits = Counter((made.started - made.need).days for made in (steps("ended", seed) for seed in SEEDS))
    assert set(waits) == set(range(10))
    late = sum(count for days, count in waits.items() if days > 3)
    assert late / len(SEEDS) == pytest.approx(0.1, abs=0.05)


def test_a_meeting_is_called_to_one_to_four_weeks_after_the_start():
    waits = [
        (made.meeting - made.started).days
        for made in (steps("draft", seed) for seed in SEEDS)
        if made.meeting
    ]
    assert 8 <= min(waits) < 10
    assert 25 < max(waits) <= 28
    assert len(waits) / len(SEEDS) == pytest.approx(0.6, abs=0.08)


def test_follow_ups_are_due_in_a_quarter_to_half_a_year_and_held_about_then():
    made = [steps("established", seed) for seed in SEEDS]
    for one in made:
        before = one.established
        for held, due in one.held:
            assert 80 <= (due - before).days <= 192
            assert -7 <= (held - due).days <= 42
            before = held
        assert 80 <= (one.follow_up - before).days <= 192
    assert {len(one.held) for one in made} >= {0, 1, 2, 3, 4}
    late = [(held - due).days for one in made for held, due in one.held]
    assert min(late) < -3
    assert max(late) > 35


def test_a_plan_ends_at_its_last_follow_up_or_when_looked_at():
    for made in (steps("ended", seed) for seed in SEEDS):
        assert made.ended == (made.held[-1][0] if made.held else TODAY)


def test_the_latest_step_is_the_last_that_was_taken():
    for status in STATUSES:
        for made in (steps(status, seed) for seed in range(60)):
            held = [day for day, _ in made.held]
            assert made.latest == (held[-1] if held else made.established or made.started)


# Who takes part, and what stands in a plan


SCHOOL, CARE, BUP = place("school"), place("primary_care"), place("child_psychiatry")
HAB, SPEECH, WARD = place("habilitation"), place("speech_language"), place("hospital_ward")
UPH, DENTAL, LSS = place("youth_mental_health"), place("dental"), place("lss")
ALL = (SCHOOL, CARE, BUP, HAB, SPEECH, WARD, UPH, DENTAL, LSS)


def made(seed=1, places=ALL, per_child=1.0, since=LONG_AGO, until=None, today=TODAY, **changes):
    relations = tuple(around(one.key, since, until) for one in places)
    somebody = child(**{"relations": relations, **changes})
    return plans.make(somebody, Neighbourhood(ALL), Draw(seed), today, per_child)


def newest(**given_case):
    return [plan for seed in range(80) for plan in made(seed, **given_case)[-1:]]


@pytest.mark.parametrize(
    ("places", "may_start"),
    [
        ((SCHOOL, DENTAL), {"school"}),
        ((DENTAL, LSS), set()),
        ((DENTAL, BUP), {"child_psychiatry"}),
        ((SCHOOL, CARE), {"school", "primary_care"}),
        ((), set()),
    ],
)
def test_a_plan_is_led_by_a_unit_that_may_start_one(places, may_start):
    assert {plan.unit for plan in newest(places=places)} == may_start


def test_one_unit_leads_three_specialists_and_up_to_three_others_are_there():
    for plan in newest():
        first, *others = plan.parties
        assert plan.unit == first
        specialists = [key for key in others if key in {one.key for one in (BUP, HAB, SPEECH, WARD, UPH)}]
        assert len(specialists) == 3
        assert 1 <= len(others) - len(specialists) <= 3
        assert len(set(plan.parties)) == len(plan.parties)
    assert {len(plan.parties) for plan in newest()} == {5, 6, 7}


def test_a_unit_that_left_before_the_plan_is_no_party():
    assert newest(until=date(2021, 1, 1)) == []
    assert newest(until=TODAY) != []


def test_a_unit_that_came_after_the_need_was_seen_does_not_lead():
    old, new = around("school", LONG_AGO), around("child_psychiatry", TODAY - timedelta(days=1))
    found = [plan for seed in range(80) for plan in made(seed, relations=(old, new))]
    assert {plan.unit for plan in found} == {"school"}
    assert any("child_psychiatry" in plan.parties for plan in found)


@pytest.mark.parametrize(("days_old", "has_plans"), [(59, False), (60, True), (400, True)])
def test_a_newborn_has_no_plan(days_old, has_plans):
    born = TODAY - timedelta(days=days_old)
    assert bool(newest(birth_date=born, since=born)) is has_plans


@pytest.mark.parametrize(
    ("per_child", "counts"), [(0.0, {0}), (1.0, {1}), (2.0, {2}), (0.5, {0, 1}), (1.5, {1, 2})]
)
def test_as_many_plans_as_asked_for(per_child, counts):
    # Thirty years of child, so that there is always room.
    found = [len(made(seed, per_child=per_child, birth_date=date(1996, 1, 1))) for seed in range(200)]
    assert set(found) == counts
    assert sum(found) / len(found) == pytest.approx(per_child, abs=0.12)


@pytest.mark.parametrize(
    ("needs", "born", "share"),
    [
        ((), BORN, 0),
        (("motor",), BORN, 0.1),
        # Young adults are in the region because they have a plan.
        (("motor",), date(2008, 11, 21), 1),
        (("motor",), date(2008, 11, 22), 0.1),
        ((), date(2008, 11, 21), 0),
    ],
)
def test_who_has_a_plan_when_no_number_is_asked_for(needs, born, share):
    found = [bool(made(seed, per_child=None, needs=needs, birth_date=born)) for seed in range(300)]
    assert sum(found) / len(found) == pytest.approx(share, abs=0.06 if 0 < share < 1 else 0)


def test_plans_are_numbered_from_the_first():
    for seed in range(60):
        keys = [plan.key for plan in made(seed, per_child=3.0)]
        assert keys == sorted(keys)
        assert keys[-1:] in ([], ["c1-p3"])


def test_every_status_of_a_newest_plan_in_its_share():
    found = Counter(plan.status for seed in range(1200) for plan in made(seed)[-1:])
    shares = {status: count / found.total() for status, count in found.items()}
    expected = {"established": 0.6, "draft": 0.2, "ended": 0.15, "declined": 0.05}
    assert shares == {status: pytest.approx(share, abs=0.05) for status, share in expected.items()}


def test_the_words_of_a_plan_are_those_of_its_stage():
    for plan in newest(needs=("motor",)):
        has_contents = bool(plan.goals)
        assert has_contents or plan.status in ("draft", "declined")
        assert plan.situation in profile("motor").situation
        assert plan.needed_efforts == (profile("motor").needed if has_contents else "")
        assert bool(plan.other_measures) == has_contents
        assert plan.early_signs in (words()["early_signs"] if has_contents else [""])
        assert plan.takes_part in ([*words()["takes_part"]] if plan.meeting_on else [""])
        assert plan.takes_part_words in words()["takes_part"].get(plan.takes_part, [""])
        assert [(one.held_on, one.was_due_on) for one in plan.follow_ups] == sorted(
            (one.held_on, one.was_due_on) for one in plan.follow_ups
        )


def test_without_much_need_a_plan_tells_of_no_profile():
    assert {(plan.situation, plan.needed_efforts) for plan in newest()} == {("", "")}


@pytest.mark.parametrize(("years", "small"), [(2, True), (12, False)])
def test_what_matters_is_told_by_the_family_of_a_small_child_and_else_by_the_child(years, small):
    found = newest(birth_date=date(2026 - years, 3, 12))
    spoken = {plan.what_matters for plan in found}
    assert spoken <= set(words()["what_matters_small" if small else "what_matters"])
    assert len(spoken) > 3


def test_a_draft_may_have_contents_before_the_meeting():
    drafts = [plan for seed in range(600) for plan in made(seed)[-1:] if plan.status == "draft"]
    assert sum(bool(plan.goals) for plan in drafts) / len(drafts) == pytest.approx(0.4, abs=0.12)
    assert all(plan.established_on is None and plan.follow_ups == () for plan in drafts)


def test_a_need_is_told_by_a_party_or_by_the_family():
    tellers = {need.unit for plan in newest() for need in plan.needs}
    assert None in tellers
    for plan in newest():
        assert {need.unit for need in plan.needs} <= {*plan.parties, None}
        assert all(need.text in words()["need"][need.area] for need in plan.needs)


def test_who_asked_for_the_plan():
    found = Counter(plan.requested_by for seed in range(800) for plan in made(seed)[-1:])
    assert [who for who, _ in found.most_common()] == ["professional", "guardian", "child", "other"]
