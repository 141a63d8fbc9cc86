"""The draw: the same seed gives the same rows, chance has its part, and nothing is picked twice."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kring.log_review.rules.sampling import PRIME, Order, pick

CHANCE = "log.random"


def drawn(seed: int, rows: range) -> list[int]:
    return sorted(rows, key=Order.of(seed).place)


def test_a_seed_has_one_order_and_another_seed_another():
    rows = range(1, 500)
    assert drawn(4711, rows) == drawn(4711, rows)
    assert drawn(4711, rows)[:20] != drawn(4712, rows)[:20]


@given(st.integers(0, PRIME - 1))
def test_no_two_rows_stand_at_one_place(seed):
    order = Order.of(seed)
    assert len({order.place(row) for row in range(1, 2000)}) == 1999


@given(st.integers(0, PRIME - 1), st.integers(1, 2**31 - 2))
def test_the_order_fits_in_the_databases_whole_numbers(seed, row):
    order = Order.of(seed)
    assert 0 < order.factor < PRIME
    assert row * order.factor + order.term < 2**63


def test_rows_added_later_leave_the_order_of_the_earlier_as_it_was():
    before, after = drawn(7, range(1, 300)), drawn(7, range(1, 600))
    assert [row for row in after if row < 300] == before


def test_every_part_of_the_log_is_drawn_from():
    """Over many seeds each tenth of the log gives about a tenth of the rows."""
    tenths = [0] * 10
    for seed in range(400):
        for row in drawn(seed, range(1000))[:5]:
            tenths[row // 100] += 1
    assert all(120 < n < 290 for n in tenths), tenths


def test_a_third_is_picked_by_chance_alone_and_every_pattern_is_in_turn():
    patterns = {"night": [101, 102, 103], "own": [201], "many": []}
    found = pick(list(range(1, 40)), patterns, 9, CHANCE)
    assert list(found)[:3] == [1, 2, 3]
    assert list(found.items())[3:7] == [(101, "night"), (201, "own"), (102, "night"), (103, "night")]
    assert list(found.items())[7:] == [(4, CHANCE), (5, CHANCE)]


def test_a_row_of_two_patterns_is_picked_once_by_the_first():
    found = pick([1], {"emergency": [50], "night": [50, 51]}, 5, CHANCE)
    assert found == {1: CHANCE, 50: "emergency", 51: "night"}


def test_a_row_picked_by_chance_stays_picked_by_chance():
    assert pick([1, 2, 3], {"night": [1, 2, 3]}, 3, CHANCE) == {1: CHANCE, 2: "night", 3: "night"}


@pytest.mark.parametrize("size", [1, 5, 200])
def test_an_empty_log_gives_an_empty_sample(size):
    assert pick([], {"night": []}, size, CHANCE) == {}


rows = st.lists(st.integers(1, 60), unique=True, max_size=60)


@given(rows, st.dictionaries(st.sampled_from("abcd"), rows), st.integers(1, 50))
def test_never_more_than_asked_for_and_chance_always_has_its_part(by_chance, by_pattern, size):
    found = pick(by_chance, {rule: list(keys) for rule, keys in by_pattern.items()}, size, CHANCE)
    everything = set(by_chance) | {key for keys in by_pattern.values() for key in keys}
    assert set(found) <= everything
    assert len(found) == min(size, len(everything))
    part = -(-size // 3)
    assert list(found)[: min(part, len(by_chance))] == by_chance[:part]
    for row, rule in found.items():
        assert row in (by_chance if rule == CHANCE else by_pattern[rule])
