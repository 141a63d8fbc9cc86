"""From counted outcomes to figures: each kind by hand, and what cannot be told is None."""

from collections import Counter

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicators import figures
from indicators.figures import figure, standardised, told
from indicators.measures import Continuity, Rate, ShareOfRows, Spread, Wait, is_in, rows
from indicators.statistics import intervals, standardisation, survival

SHARE = ShareOfRows(rows("contact"), is_in("form", "video"))
RATE = Rate(rows("diagnosis"), per=1000)
WAIT = Wait(rows("step"), rows("step"), limit=30)
UPC, COC = (Continuity(rows("contact"), "staff", index) for index in ("upc", "coc"))
SPREAD = Spread(rows("contact"), "unit")


def test_a_share_in_per_cent_with_wilson() -> None:
    made = figure(SHARE, Counter({(1,): 5, (0,): 15}))
    limits = intervals.wilson(5, 20)
    assert (made.n, made.x, made.value) == (20, 5, 25)
    assert (made.lower, made.upper) == (pytest.approx(100 * limits.lower), pytest.approx(100 * limits.upper))
    assert made.guarded == (20, 5, 15)


def test_a_rate_by_child_years() -> None:
    made = figure(RATE, Counter({(1,): 4, (0,): 731}))
    assert made.more["child_years"] == pytest.approx(731 / 365.25)
    assert made.value == pytest.approx(4 * 1000 / (731 / 365.25))
    assert made.lower < made.value < made.upper
    assert made.guarded == (4,)
    assert figure(RATE, Counter({(0,): 731})).lower is None


def test_a_wait_shows_both_sides() -> None:
    """Ten came by day 10, ten by day 50, ten still wait on day 100."""
    made = figure(WAIT, Counter({(10, 1): 10, (50, 1): 10, (100, 0): 10}))
    assert (made.n, made.x, made.value) == (30, 20, 50)
    assert made.more["within_limit_of_all"] == pytest.approx(100 / 3)
    assert made.more["within_limit_of_those_who_came"] == 50
    assert made.more["did_not_come"] == 10
    assert made.more["p90"] is None
    assert made.guarded == (30, 20, 10, 10, 10)


def test_leaving_out_who_waits_would_look_better() -> None:
    waiting = figure(WAIT, Counter({(10, 1): 10, (200, 0): 30}))
    assert waiting.more["within_limit_of_those_who_came"] == 100
    assert waiting.more["within_limit_of_all"] == 25
    assert waiting.value is None


@given(st.dictionaries(st.tuples(st.integers(0, 90), st.integers(0, 1)), st.integers(1, 5), min_size=1))
def test_the_median_is_that_of_the_tested_curve(counted: dict) -> None:
    made = figure(WAIT, Counter(counted))
    spelled = [outcome for outcome, number in counted.items() for _ in range(number)]
    found = survival.quantile(survival.curve(*map(list, zip(*spelled, strict=True))), 0.5)
    assert (made.value, made.lower, made.upper) == (found.value, found.lower, found.upper)


def test_continuity_is_the_mean_of_the_children() -> None:
    counted = Counter({(4, 10, 3): 1, (3, 3, 1): 1})
    assert figure(UPC, counted).value == pytest.approx((75 + 100 / 3) / 2)
    assert figure(COC, counted).value == pytest.approx((50 + 0) / 2)
    alone = figure(UPC, Counter({(4, 10, 3): 1}))
    assert (alone.value, alone.lower, alone.upper) == (75, None, None)


@given(st.lists(st.integers(1, 9), min_size=2, max_size=30))
def test_the_interval_of_continuity_is_that_of_a_mean(most: list[int]) -> None:
    counted = Counter((9, one * one + 9 - one, one) for one in most)
    made, exact = figure(UPC, counted), intervals.mean([100 * one / 9 for one in most])
    assert made.value == pytest.approx(exact.value)
    assert made.lower == pytest.approx(max(exact.lower95, 0), abs=1e-9)
    assert made.upper == pytest.approx(min(exact.upper95, 100), abs=1e-9)


def test_spread_by_rank() -> None:
    """1-20 once each: the limits of the median are the 6th and the 15th (Campbell & Gardner)."""
    made = figure(SPREAD, Counter({(value,): 1 for value in range(1, 21)}))
    assert (made.value, made.lower, made.upper) == (10.5, 6, 15)
    assert made.more == {"p90": 18, "mean": 10.5}
    assert figure(SPREAD, Counter({(3,): 2})).value == 3
    assert figure(SPREAD, Counter({(3,): 1})).lower is None


@pytest.mark.parametrize("measure", [SHARE, RATE, WAIT, UPC, SPREAD])
def test_nobody_to_count_has_no_value(measure: figures.Measure) -> None:
    made = figure(measure, Counter())
    assert (made.n, made.value, made.lower, made.upper) == (0, None, None, None)
    assert not any(made.guarded)


class TestStandardised:
    """Places by groups: cases, and days lived; and the days that each group weighs."""

    CASES, LIVED = np.array([[10, 30]]), np.array([[36525, 36525]])

    def test_the_rate_that_the_standard_would_have(self) -> None:
        """100 and 300 of 1000 child-years; three quarters of the standard are young: 150."""
        found = standardised(1000, self.CASES, self.LIVED, np.array([3, 1]))
        assert found["standardised"] == pytest.approx([150])
        assert found["standardised_lower"] < 150 < found["standardised_upper"]

    def test_its_own_mix_is_the_crude_rate(self) -> None:
        found = standardised(1000, self.CASES, self.LIVED, self.LIVED[0])
        assert found["standardised"] == pytest.approx([200])

    @pytest.mark.parametrize(
        ("cases", "lived", "standard"),
        [
            ([[9]], [[365]], [5]),
            ([[10, 0]], [[36525, 0]], [5, 5]),
            ([[10]], [[36525]], [0]),
        ],
    )
    def test_not_told(self, cases: list, lived: list, standard: list) -> None:
        found = standardised(1000, np.array(cases), np.array(lived), np.array(standard))
        assert all(np.isnan(one).all() for one in found.values())

    def test_a_group_that_the_standard_lacks_is_no_hindrance(self) -> None:
        found = standardised(1000, np.array([[10, 0]]), np.array([[36525, 0]]), np.array([5, 0]))
        assert found["standardised"] == pytest.approx([100])

    @given(
        st.lists(
            st.tuples(st.integers(0, 40), st.integers(1, 10**6), st.integers(1, 99)), min_size=1, max_size=6
        )
    )
    def test_it_is_the_tested_method(self, groups: list[tuple[int, int, int]]) -> None:
        cases, lived, standard = (np.array(column) for column in zip(*groups, strict=True))
        exact = standardisation.direct(
            cases.tolist(), [days / figures.DAYS_OF_YEAR for days in lived.tolist()], standard.tolist(), 1000
        )
        found = standardised(1000, cases[None], lived[None], standard)
        told = [None if np.isnan(one[0]) else pytest.approx(one[0]) for one in found.values()]
        assert [exact.value, exact.lower95, exact.upper95] == told


@pytest.mark.parametrize(
    ("value", "n", "shown"),
    [
        (43.24, 37, 43),
        (5.556, 90, 5.6),
        (43.24, 500, 43.2),
        (43.246, 20_000, 43.25),
        (354, 40, 350),
        (None, 9, None),
    ],
)
def test_no_finer_than_the_number_allows(value: float | None, n: int, shown: float | None) -> None:
    assert told(value, n) == shown
