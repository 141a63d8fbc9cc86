"""Goals drawn for a moment in a plan's life: they suit, somebody can do them, and days come in order."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from synthetic.draw import Draw
from synthetic.goals import ENJOYMENT, Moment, goals_for
from synthetic.texts import goals

SEEN_ON = date(2026, 11, 21)
STATUSES = ("draft", "established", "ended")
PARTIES = {"hab": "habilitation", "school": "school", "social": "social_services"}


class Child:
    """As much of a child as goals look at."""

    def __init__(self, *needs):
        self.needs = needs


def drawn(
    status="established", seed=1, age=9, needs=(), parties=PARTIES, latest=SEEN_ON - timedelta(days=60)
):
    return goals_for(Child(*needs), age, parties, Moment(status, latest, SEEN_ON), Draw(seed))


def activities(made):
    return [doing for goal in made for doing in goal.activities]


NEEDS = sorted({need for goal in goals() for need in goal.needs})
anything = {
    "status": st.sampled_from(STATUSES),
    "seed": st.integers(0, 2**32),
    "age": st.integers(0, 20),
    "needs": st.lists(st.sampled_from(NEEDS), unique=True, max_size=3),
}


@given(**anything)
def test_never_more_than_four_and_no_goal_twice(**drawing):
    words = [goal.words for goal in drawn(**drawing)]
    assert len(words) <= 4
    assert len(set(words)) == len(words)


@given(**anything)
def test_at_most_one_is_about_what_is_enjoyable_and_it_stands_last(**drawing):
    joyful = [goal.area in ENJOYMENT for goal in drawn(**drawing)]
    assert sum(joyful) <= 1
    assert not any(joyful[:-1])


@given(**anything)
def test_a_goal_has_one_to_three_different_activities_and_a_unit_of_the_plan(**drawing):
    for goal in drawn(**drawing):
        what = [doing.what for doing in goal.activities]
        assert 1 <= len(what) == len(set(what)) <= 3
        assert goal.unit in PARTIES


@given(**anything)
def test_units_have_keys_and_people_have_words(**drawing):
    for doing in activities(drawn(**drawing)):
        if doing.responsible == "unit":
            assert doing.unit in PARTIES
            assert doing.words == ""
        else:
            assert doing.responsible in ("family", "third_party")
            assert doing.unit is None
            assert doing.words


@given(**anything)
def test_what_is_to_be_done_is_due_after_the_latest_step(**drawing):
    for doing in activities(drawn(**drawing)):
        if doing.due_on:
            assert 14 <= (doing.due_on - (SEEN_ON - timedelta(days=60))).days <= 150
            assert not doing.when_words


@given(seed=st.integers(0, 2**32), status=st.sampled_from(STATUSES))
def test_the_same_seed_gives_the_same_goals(seed, status):
    assert drawn(status, seed) == drawn(status, seed)


def test_other_seeds_give_other_goals():
    assert len({drawn(seed=seed) for seed in range(40)}) > 20


@pytest.mark.parametrize(
    ("status", "of_goals", "of_activities"),
    [
        ("draft", {"not_started"}, {"planned"}),
        ("ended", {"reached", "on_the_way", "changed"}, {"done", "stopped"}),
        (
            "established",
            {"not_started", "on_the_way", "reached", "changed"},
            {"ongoing", "done", "planned", "stopped"},
        ),
    ],
)
def test_every_state_that_a_plan_can_be_in_occurs_and_no_other(status, of_goals, of_activities):
    made = [goal for seed in range(300) for goal in drawn(status, seed)]
    assert {goal.status for goal in made} == of_goals
    assert {doing.status for doing in activities(made)} == of_activities


def test_nothing_that_lies_ahead_has_been_stopped_and_a_little_that_was_due_is_late():
    made = [doing for seed in range(300) for doing in activities(drawn(seed=seed)) if doing.due_on]
    ahead = {doing.status for doing in made if doing.due_on >= SEEN_ON}
    behind = [doing.status for doing in made if doing.due_on < SEEN_ON]
    assert ahead == {"planned", "ongoing", "done"}
    assert 0 < behind.count("planned") < 0.25 * len(behind)


def test_a_goal_that_nobody_in_the_plan_can_work_for_is_not_set():
    only_people = [
        doing for seed in range(60) for doing in activities(drawn(seed=seed, parties={"x": "unknown"}))
    ]
    assert {doing.responsible for doing in only_people} <= {"family", "third_party"}
