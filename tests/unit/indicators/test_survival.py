"""Waiting times against two data sets that every textbook works through."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicators.statistics.survival import curve, logrank, quantile, share_at

# Freireich et al., Blood 1963;21:699-716: weeks in remission, 6-MP and placebo
TREATED = [6, 6, 6, 6, 7, 9, 10, 10, 11, 13, 16, 17, 19, 20, 22, 23, 25, 32, 32, 34, 35]
TREATED_STATUS = [1, 1, 1, 0, 1, 0, 1, 0, 0, 1, 1, 0, 0, 0, 1, 1, 0, 0, 0, 0, 0]
PLACEBO = [1, 1, 2, 2, 3, 4, 4, 5, 5, 8, 8, 8, 8, 11, 11, 12, 12, 15, 17, 22, 23]
# Miller, Survival analysis, 1981: acute myelogenous leukaemia, maintained or not
MAINTAINED = [9, 13, 13, 18, 23, 28, 31, 34, 45, 48, 161]
MAINTAINED_STATUS = [1, 1, 0, 1, 1, 0, 1, 1, 0, 1, 0]
NOT_MAINTAINED = [5, 5, 8, 8, 12, 16, 23, 27, 30, 33, 43, 45]
NOT_MAINTAINED_STATUS = [1, 1, 1, 1, 1, 0, 1, 1, 1, 1, 1, 1]


@pytest.mark.parametrize(
    ("week", "share"),
    [
        (5, 1),
        (6, 0.8571),
        (7, 0.8067),
        (10, 0.7529),
        (13, 0.6902),
        (16, 0.6275),
        (22, 0.5378),
        (23, 0.4482),
        (40, 0.4482),
    ],
)
def test_the_curve_of_the_treated(week: float, share: float) -> None:
    assert share_at(curve(TREATED, TREATED_STATUS), week) == pytest.approx(share, abs=5e-5)


def test_greenwood_and_the_log_log_limits() -> None:
    """At 6 weeks the standard error is 0.0764 (Kalbfleisch & Prentice, table 1.1)."""
    first = curve(TREATED, TREATED_STATUS)[0]
    assert (first.lower, first.upper) == (pytest.approx(0.6197, abs=5e-4), pytest.approx(0.9516, abs=5e-4))


def test_medians() -> None:
    assert quantile(curve(TREATED, TREATED_STATUS), 0.5).value == 23
    assert quantile(curve(TREATED, TREATED_STATUS), 0.9).value is None
    assert quantile(curve(PLACEBO, [1] * 21), 0.5).value == 8
    assert quantile(curve(MAINTAINED, MAINTAINED_STATUS), 0.5).value == 31
    assert quantile(curve(NOT_MAINTAINED, NOT_MAINTAINED_STATUS), 0.5).value == 23


def test_a_flat_stretch_at_the_level_gives_its_middle() -> None:
    assert quantile(curve([1, 2, 3, 4], [1, 1, 1, 1]), 0.5).value == 2.5
    assert quantile(curve([1, 2, 3, 4], [1, 1, 0, 0]), 0.5).value == 3
    assert quantile(curve([1, 2, 3], [1, 1, 1]), 0.5).value == 2


def test_log_rank() -> None:
    """6-MP: chi-square 16.79 (Kleinbaum & Klein, ch. 2); leukaemia: p 0.0653 (Miller)."""
    both = TREATED + PLACEBO
    p = logrank(both, TREATED_STATUS + [1] * 21, ["6-MP"] * 21 + ["placebo"] * 21)
    assert p == pytest.approx(4.17e-5, rel=5e-3)
    status = MAINTAINED_STATUS + NOT_MAINTAINED_STATUS
    p = logrank(MAINTAINED + NOT_MAINTAINED, status, [1] * 11 + [0] * 12)
    assert p == pytest.approx(0.0653, abs=5e-5)


def test_there_must_be_something_to_compare() -> None:
    assert logrank([1, 2], [1, 1], ["a", "a"]) is None
    assert logrank([1, 2], [0, 0], ["a", "b"]) is None
    assert logrank([1, 2], [1, 0], ["a", "b"]) == pytest.approx(0.3173, abs=5e-5)
    assert logrank([1, 5], [1, 1], ["a", "a"]) is None


def test_a_group_that_was_gone_before_the_first_event_tells_nothing() -> None:
    assert logrank([1, 5, 6], [0, 1, 1], ["a", "b", "b"]) is None
    three = logrank([1, 2, 3, 4, 5, 6], [1] * 6, ["a", "b", "c"] * 2)
    assert three is not None and 0 < three <= 1


def test_everybody_has_it_or_nobody() -> None:
    (only,) = curve([3], [1])
    assert (only.share, only.lower, only.upper) == (0, None, None)
    (waits,) = curve([3], [0])
    assert (waits.share, waits.lower, waits.upper) == (1, None, None)
    assert quantile([waits], 0.5).value is None
    assert curve([], []) == []


@pytest.mark.parametrize(("time", "status"), [([1], [1, 0]), ([1], [2]), ([-1], [1])])
def test_what_is_no_waiting_time(time: list, status: list) -> None:
    with pytest.raises(ValueError, match="time och status"):
        curve(time, status)


WAITS = st.lists(st.tuples(st.integers(0, 60), st.integers(0, 1)), min_size=1, max_size=60)


@given(WAITS)
def test_the_curve_only_falls_and_its_limits_are_around_it(rows: list[tuple[int, int]]) -> None:
    steps = curve(*[list(one) for one in zip(*rows, strict=True)])
    assert all(a.share >= b.share - 1e-12 for a, b in pairwise(steps))
    assert all(0 <= step.lower <= step.share <= step.upper <= 1 for step in steps if step.lower is not None)


@given(WAITS)
def test_without_censoring_it_is_the_plain_share(rows: list[tuple[int, int]]) -> None:
    times = [time for time, _ in rows]
    steps = curve(times, [1] * len(times))
    for day in (0, 10, 30, 60):
        assert share_at(steps, day) == pytest.approx(sum(time > day for time in times) / len(times))
