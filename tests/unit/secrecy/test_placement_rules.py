"""What placements say on a day, and what is different when one is written in: without a database."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kring.access.policy.consents import Decider, Named
from kring.secrecy.rules.placements import (
    Change,
    Proposed,
    State,
    changes,
    holds,
    overlaps,
    state_on,
)

TODAY = date(2026, 11, 16)
ORDER = Proposed("care_order", "foster", TODAY, TODAY, signer="board", guardians_keep_access=False)
CONSENTED = replace(ORDER, kind="voluntary", signer="guardians", guardians_keep_access=True)
FREE = State()
BOARD, NOBODY, GUARDIANS = Named.BOARD, Named.NOBODY, Named.GUARDIANS


def order(signer="board", keeps=False, first=0, last=None, kind="care_order"):
    days = {"starts_on": TODAY + timedelta(days=first)}
    days["ends_on"] = None if last is None else TODAY + timedelta(days=last)
    return replace(ORDER, kind=kind, signer=signer, guardians_keep_access=keeps, **days)


STATES = [
    # (placements, state today)
    ([], FREE),
    ([order(kind="voluntary")], FREE),
    ([order(first=1)], FREE),
    ([order(first=-9, last=-1)], FREE),
    ([order()], State(True, True, BOARD)),
    ([order(first=-9, last=0)], State(True, True, BOARD)),
    ([order("", keeps=True)], State(True, False, NOBODY)),
    ([order("guardians", keeps=True)], State(True, False, GUARDIANS)),
    ([order("guardians"), order("board", keeps=True)], State(True, True, BOARD)),
    ([order("guardians", keeps=True), order("", keeps=True)], State(True, False, NOBODY)),
    ([order("board", keeps=True), order("", first=5)], State(True, False, BOARD)),
]


@pytest.mark.parametrize(("rows", "state"), STATES)
def test_of_several_orders_the_one_that_says_least_counts(rows, state):
    assert state_on(rows, TODAY) == state
    assert state_on(reversed(rows), TODAY) == state


DECIDES = [
    # (state, adult, mature) -> who consents
    (FREE, False, False, Decider.GUARDIANS),
    (State(True, True, GUARDIANS), False, False, Decider.GUARDIANS),
    (State(True, False, BOARD), False, False, Decider.BOARD),
    (State(True, False, NOBODY), False, False, Decider.BOARD),
    (State(True, True, BOARD), True, False, Decider.CHILD),
    (State(True, True, NOBODY), False, True, Decider.CHILD),
]


@pytest.mark.parametrize(("state", "adult", "mature", "decides"), DECIDES)
def test_who_consents_on_such_a_day(state, adult, mature, decides):
    assert state.decides(adult=adult, mature=mature) is decides


CLOSED, OPEN_ = State(True, True, BOARD), State(True, False, GUARDIANS)
TURNS = [
    # (before, after) -> [(days from today, before, after)]
    ([], [order()], [(0, FREE, CLOSED)]),
    ([], [order(last=30)], [(0, FREE, CLOSED)]),
    ([], [order(first=7, last=30)], [(7, FREE, CLOSED)]),
    ([], [order(first=-30, last=-1)], []),
    ([], [order(kind="voluntary")], []),
    ([order()], [], [(0, CLOSED, FREE)]),
    ([order(first=-5)], [order(first=-5, last=10)], [(11, CLOSED, FREE)]),
    ([order(first=-5)], [order(first=-5, last=0)], [(1, CLOSED, FREE)]),
    ([order(first=-5)], [order("guardians", keeps=True, first=-5)], [(0, CLOSED, OPEN_)]),
    ([order(first=-5, last=4)], [order(first=-5, last=9)], [(5, FREE, CLOSED)]),
    ([order(first=3)], [order("guardians", keeps=True, first=1)], [(1, FREE, OPEN_), (3, CLOSED, OPEN_)]),
    ([order()], [order()], []),
]


@pytest.mark.parametrize(("before", "after", "expected"), TURNS)
def test_what_is_different_and_from_which_day(before, after, expected):
    found = changes(before, after, TODAY)
    assert found == [Change(TODAY + timedelta(days=day), old, new) for day, old, new in expected]


DAY = st.integers(-20, 20)
ORDERS = st.builds(
    lambda kind, signer, keeps, first, length: order(
        signer, keeps, first, None if length is None else first + length, kind
    ),
    st.sampled_from(["care_order", "voluntary"]), st.sampled_from(["", "board", "guardians"]), st.booleans(),
    DAY, st.none() | st.integers(0, 15),
)  # fmt: skip
SETS = st.lists(ORDERS, max_size=3)


@given(SETS, SETS)
def test_what_is_told_is_what_is_so_on_each_day_to_come(before, after):
    """Told day by day: whoever reads the changes knows of every day whether something is different on it."""
    told = {change.on: change for change in changes(before, after, TODAY)}
    assert all(day >= TODAY and one.before != one.after for day, one in told.items())
    for day in (TODAY + timedelta(days=n) for n in range(60)):
        now = (state_on(before, day), state_on(after, day))
        if day in told:
            assert (told[day].before, told[day].after) == now
        yesterday = (state_on(before, day - timedelta(days=1)), state_on(after, day - timedelta(days=1)))
        if now[0] != now[1] and (day == TODAY or now != yesterday):
            assert day in told, "a day on which it turns"


@given(ORDERS, ORDERS)
def test_two_placements_overlap_when_some_day_is_in_both(one, other):
    days = [TODAY + timedelta(days=n) for n in range(-20, 61)]
    assert overlaps(one, other) == any(holds(one, day) and holds(other, day) for day in days)
    assert overlaps(one, other) == overlaps(other, one)


def test_a_placement_holds_through_its_last_day():
    row = order(first=0, last=2)
    assert [holds(row, TODAY + timedelta(days=n)) for n in (-1, 0, 1, 2, 3)] == [
        False,
        True,
        True,
        True,
        False,
    ]


def test_nothing_opens_by_being_written_in_beside_another():
    """Whatever is added, a day is never more open than before."""
    rows = [order(signer, keeps) for signer, keeps in product(["", "board", "guardians"], [True, False])]
    for one, other in product(rows, rows):
        alone, both = state_on([one], TODAY), state_on([one, other], TODAY)
        assert both.closes or not alone.closes
        assert not (alone.named is NOBODY and both.named is not NOBODY)
