"""Follow-ups of a plan: which days count, and which were kept (ruling 21)."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kring.followup.extract.rules.deadlines import follow_ups

TODAY = date(2026, 11, 16)


def day(number: int) -> date:
    """Days of the year before today's: 1 is the first of September."""
    return date(2026, 8, 31) + timedelta(days=number)


CASES = {
    "held on its day": ([(10, 1)], [(10, 10)], None, [(10, True)]),
    "held before its day": ([(10, 1)], [(4, 10)], None, [(10, True)]),
    "held a day late": ([(10, 1)], [(11, 10)], None, [(10, False)]),
    "never held": ([(10, 1)], [], None, [(10, False)]),
    "moved before its day, and held on the new one": ([(10, 1), (20, 5)], [(20, 20)], None, [(20, True)]),
    "moved on its very day": ([(10, 1), (20, 10)], [(20, 20)], None, [(20, True)]),
    "moved when it had passed": ([(10, 1), (20, 11)], [(20, 20)], None, [(10, False), (20, True)]),
    "moved there and back": ([(10, 1), (20, 5), (10, 6)], [(9, 10)], None, [(10, True)]),
    "held early, and the next one set at once": (
        [(10, 1), (20, 4)],
        [(4, 10)],
        None,
        [(10, True), (20, False)],
    ),
    "held late, and the next one kept": (
        [(10, 1), (20, 12)],
        [(12, 10), (19, 20)],
        None,
        [(10, False), (20, True)],
    ),
    "the plan ended before": ([(10, 1)], [], 9, []),
    "the plan ended that day": ([(10, 1)], [], 10, []),
    "the plan ended the day after": ([(10, 1)], [], 11, [(10, False)]),
    "held, and then the plan ended": ([(10, 1)], [(8, 10)], 9, [(10, True)]),
    "one that nobody had set a day for": ([], [(8, None)], None, []),
    "held twice for the same day": ([(10, 1)], [(9, 10), (12, 10)], None, [(10, True)]),
}


@pytest.mark.parametrize("name", CASES)
def test_a_day_counts_or_not(name):
    planned, held, over, told = CASES[name]
    given_ = [(day(due), day(on)) for due, on in planned]
    done = [(day(on), day(due) if due else None) for on, due in held]
    ended = day(over) if over else None
    assert list(follow_ups(given_, done, ended, TODAY)) == [(day(one), kept) for one, kept in told]


@pytest.mark.parametrize(("due", "told"), [(-1, True), (0, False), (1, False)])
def test_a_day_is_told_when_it_has_passed(due, told):
    there = TODAY + timedelta(days=due)
    assert bool(list(follow_ups([(there, day(1))], [], None, TODAY))) is told
    assert bool(list(follow_ups([(there, day(1))], [(day(2), there)], None, TODAY))) is told


DAYS = st.integers(1, 100).map(day)


@given(
    st.lists(st.tuples(DAYS, DAYS), max_size=6), st.lists(st.tuples(DAYS, DAYS), max_size=6), st.none() | DAYS
)
def test_whatever_was_set_and_held_each_day_is_told_once_and_kept_only_by_a_follow_up(planned, held, over):
    told = list(follow_ups(planned, held, over, TODAY))
    days = [due for due, _ in told]
    assert len(days) == len(set(days))
    assert {*days} <= {due for due, _ in planned if due < TODAY}
    for due, kept in told:
        assert kept == any(on <= due for on, was_due in held if was_due == due)


@given(st.lists(st.tuples(DAYS, DAYS), max_size=6), st.lists(st.tuples(DAYS, DAYS), max_size=6))
def test_as_days_pass_nothing_that_was_told_changes(planned, held):
    """What was known on a day stands the next one too, or last year's figures would move by themselves."""
    before = dict(follow_ups(planned, held, None, TODAY))
    after = dict(follow_ups(planned, held, None, TODAY + timedelta(days=30)))
    assert before.items() <= after.items()
