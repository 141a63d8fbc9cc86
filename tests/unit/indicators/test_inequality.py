"""The slope and relative index of inequality, by hand, by drawing, and as they must behave."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicators.statistics.inequality import Group, gap, inequality
from indicators.statistics.intervals import UNKNOWN


def groups(*values: float, error: float = 1.0, people: float = 100) -> list[Group]:
    return [Group(value, error, people) for value in values]


def test_a_straight_line_is_found_again() -> None:
    """Four groups alike, each 2 higher: the ends lie half a group outside: it rises 8, from 9 to 17."""
    found = inequality(groups(10, 12, 14, 16))
    assert found.slope.value == pytest.approx(8)
    assert found.relative.value == pytest.approx(17 / 9)


def test_groups_of_different_size_stand_at_the_middle_of_their_share() -> None:
    """Shares 0.5, 0.3, 0.2 stand at 0.25, 0.65, 0.9; figures on the line 5 + 10 x."""
    made = [Group(5 + 10 * x, 1, n) for x, n in ((0.25, 50), (0.65, 30), (0.9, 20))]
    found = inequality(made)
    assert found.slope.value == pytest.approx(10)
    assert found.relative.value == pytest.approx(15 / 5)


def test_the_error_by_hand() -> None:
    """Three groups alike stand at −1/3, 0, 1/3: the line rises 1.5 times the difference of the outer two."""
    found = inequality(groups(10, 11, 14, error=2)).slope
    assert found.value == pytest.approx(1.5 * 4)
    assert found.upper95 - found.value == pytest.approx(1.959964 * 1.5 * 2 * 2**0.5)
    assert found.value - found.lower95 == pytest.approx(found.upper95 - found.value)


def test_the_fifth_with_the_best_conditions_against_the_fifth_with_the_worst() -> None:
    """Of 100 people the first 20 are 10 of the first group and 10 of the second."""
    made = [Group(2, 0, 10), Group(4, 0, 40), Group(9, 1, 50)]
    found = gap(made)
    assert found.difference.value == pytest.approx(9 - 3)
    assert found.ratio.value == pytest.approx(3)
    assert found.difference.upper95 == pytest.approx(6 + 1.959964)
    assert gap(made, of=0.1).difference.value == pytest.approx(7)


def test_limits_hold_what_is_true_nineteen_times_of_twenty() -> None:
    chance = np.random.default_rng(5)
    true = [20.0, 21.0, 23.0, 26.0, 30.0]
    exact = inequality(groups(*true, error=0))
    held = []
    for _ in range(2000):
        drawn = [Group(value + chance.normal(0, 2), 2, 100) for value in true]
        found, apart = inequality(drawn), gap(drawn)
        held.append(
            (
                found.slope.lower95 <= exact.slope.value <= found.slope.upper95,
                found.relative.lower95 <= exact.relative.value <= found.relative.upper95,
                apart.difference.lower95 <= 10 <= apart.difference.upper95,
                apart.ratio.lower95 <= 1.5 <= apart.ratio.upper95,
            )
        )
    assert np.mean(held, axis=0) == pytest.approx([0.95] * 4, abs=0.02)


def test_two_groups_tell_no_line() -> None:
    assert inequality(groups(1, 2)).slope == inequality(groups(1, 2)).relative == UNKNOWN
    assert gap(groups(1, 2)).difference == gap([]).ratio == UNKNOWN


def test_no_ratio_to_nought() -> None:
    assert inequality(groups(0, 1, 9)).relative == UNKNOWN
    assert gap(groups(0, 1, 9)).ratio == UNKNOWN
    assert gap(groups(0, 1, 9)).difference.value == pytest.approx(9)


@pytest.mark.parametrize("wrong", [Group(1, 1, 0), Group(1, -1, 5)])
def test_what_is_no_group(wrong: Group) -> None:
    for asked in (inequality, gap):
        with pytest.raises(ValueError, match="någon i sig"):
            asked([wrong, *groups(1, 2, 3)])


FIGURES = st.lists(
    st.builds(Group, st.floats(1, 100), st.floats(0.01, 10), st.integers(1, 5000)), min_size=3, max_size=49
)


@given(FIGURES)
def test_turned_around_it_says_the_opposite(made: list[Group]) -> None:
    found, turned = inequality(made), inequality(made[::-1])
    assert turned.slope.value == pytest.approx(-found.slope.value, abs=1e-6)
    if found.relative.value and turned.relative.value:
        assert turned.relative.value == pytest.approx(1 / found.relative.value)
    assert gap(made[::-1]).difference.value == pytest.approx(-gap(made).difference.value, abs=1e-9)


@given(FIGURES, st.floats(0.1, 50))
def test_another_unit_stretches_the_slope_and_leaves_the_ratio(made: list[Group], times: float) -> None:
    other = [Group(one.value * times, one.error * times, one.people * 3) for one in made]
    found, stretched = inequality(made), inequality(other)
    assert stretched.slope.value == pytest.approx(found.slope.value * times, abs=1e-6)
    assert gap(other).ratio.value == pytest.approx(gap(made).ratio.value)


@given(FIGURES, st.integers(1, 4))
def test_a_group_divided_in_two_alike_changes_the_gap_in_nothing(made: list[Group], at: int) -> None:
    place = at % len(made)
    half = Group(made[place].value, 0, made[place].people / 2)
    divided = [*made[:place], half, half, *made[place + 1 :]]
    assert gap(divided).difference.value == pytest.approx(gap(made).difference.value, abs=1e-9)
