"""Chance that can be repeated: the same seed draws the same, and every outcome can come, none too often."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from synthetic.draw import Draw

seeds = st.integers(0, 2**32)
layers = st.integers(1, 5)
numbers = st.integers(1, 400_000)
ITEMS = ("a", "b", "c", "d")
MANY = 20_000


def ten(draw: Draw) -> list[float]:
    return [draw.random() for _ in range(10)]


@given(seeds)
def test_the_same_seed_draws_the_same(seed):
    assert ten(Draw(seed)) == ten(Draw(seed))


@given(seeds, seeds)
def test_another_seed_draws_something_else(one, other):
    assert (ten(Draw(one)) == ten(Draw(other))) == (one == other)


@given(seeds, layers, numbers, st.integers(0, 50))
def test_what_one_child_draws_never_disturbs_the_next(seed, layer, number, drawn_before):
    busy, calm = Draw(seed), Draw(seed)
    for _ in range(drawn_before):
        busy.whole(1, 6)
    busy.start_over_for(layer, number)
    calm.start_over_for(layer, number)
    assert ten(busy) == ten(calm)


@given(seeds, st.lists(st.tuples(layers, numbers), min_size=2, max_size=6, unique=True))
def test_every_child_and_every_layer_has_chance_of_its_own(seed, places):
    draw, drawn = Draw(seed), []
    for layer, number in places:
        draw.start_over_for(layer, number)
        drawn.append(tuple(ten(draw)))
    assert len(set(drawn)) == len(places)


@pytest.mark.parametrize("seed", [0, 1, 7])
def test_the_seed_reaches_into_every_child(seed):
    one, other = Draw(seed), Draw(seed + 1)
    one.start_over_for(1, 1)
    other.start_over_for(1, 1)
    assert ten(one) != ten(other)


@pytest.mark.parametrize(
    ("seed", "layer", "other_seed", "other_layer"), [(1, 2, 2, 1), (7, 5, 11, 1), (0, 4, 1, 3)]
)
def test_one_seed_s_layer_is_never_another_seed_s_other_layer(seed, layer, other_seed, other_layer):
    one, other = Draw(seed), Draw(other_seed)
    one.start_over_for(layer, 1)
    other.start_over_for(other_layer, 1)
    assert ten(one) != ten(other)


def shares(drawn: list) -> dict:
    return {item: count / len(drawn) for item, count in Counter(drawn).items()}


@pytest.mark.parametrize("share", [0.05, 0.5, 0.9])
def test_a_chance_comes_true_in_its_share_of_cases(share):
    draw = Draw(1)
    assert sum(draw.chance(share) for _ in range(MANY)) / MANY == pytest.approx(share, abs=0.02)


@pytest.mark.parametrize(("share", "always"), [(0, False), (1, True)])
def test_what_is_certain_is_certain(share, always):
    draw = Draw(1)
    assert {draw.chance(share) for _ in range(1000)} == {always}


def test_each_item_is_as_likely():
    draw = Draw(1)
    found = shares([draw.pick(ITEMS) for _ in range(MANY)])
    assert found == {item: pytest.approx(0.25, abs=0.02) for item in ITEMS}


def test_whole_numbers_go_from_the_first_through_the_last_each_as_likely():
    draw = Draw(1)
    found = shares([draw.whole(-2, 2) for _ in range(MANY)])
    assert found == {number: pytest.approx(0.2, abs=0.02) for number in range(-2, 3)}


@given(seeds, st.integers(-1000, 1000), st.integers(0, 1000))
def test_a_whole_number_is_never_outside(seed, first, width):
    assert first <= Draw(seed).whole(first, first + width) <= first + width


@given(seeds, st.integers(-1000, 1000))
def test_one_number_to_choose_from_is_that_number(seed, number):
    assert Draw(seed).whole(number, number) == number


@given(seeds, st.lists(st.integers(), unique=True, max_size=8), st.integers(0, 12))
def test_some_are_different_and_never_more_than_there_are(seed, items, count):
    some = Draw(seed).some(items, count)
    assert len(some) == len(set(some)) == min(count, len(items))
    assert set(some) <= set(items)


def test_some_come_in_the_order_drawn():
    draw = Draw(1)
    assert {tuple(draw.some("ab", 2)) for _ in range(50)} == {("a", "b"), ("b", "a")}


def test_weights_are_cumulative():
    draw = Draw(1)
    found = shares([draw.weighted(ITEMS, (0.5, 0.8, 0.95, 1.0)) for _ in range(MANY)])
    expected = {"a": 0.5, "b": 0.3, "c": 0.15, "d": 0.05}
    assert found == {item: pytest.approx(share, abs=0.02) for item, share in expected.items()}


def test_weights_need_not_add_up_to_one():
    draw = Draw(1)
    found = shares([draw.weighted("ab", (30, 40)) for _ in range(MANY)])
    assert found == {"a": pytest.approx(0.75, abs=0.02), "b": pytest.approx(0.25, abs=0.02)}
