"""Intervals against published examples."""

from math import sqrt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicators.statistics.intervals import (
    UNKNOWN,
    Estimate,
    byars,
    mean,
    poisson_lower,
    poisson_upper,
    wilson,
)


# Newcombe, Stat Med 1998;17:857-872, table I, method 3
@pytest.mark.parametrize(
    ("x", "n", "lower", "upper"),
    [
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0, 0.1611),
        (1, 29, 0.0061, 0.1718),
        (20, 20, 0.8389, 1.0),
    ],
)
def test_wilson(x: int, n: int, lower: float, upper: float) -> None:
    found = wilson(x, n)
    assert (found.lower, found.upper) == (pytest.approx(lower, abs=5e-5), pytest.approx(upper, abs=5e-5))


@pytest.mark.parametrize(("x", "n"), [(1, 0), (-1, 5), (6, 5)])
def test_a_share_is_of_something(x: int, n: int) -> None:
    with pytest.raises(ValueError, match="mellan 0 och n"):
        wilson(x, n)


# Garwood, Biometrika 1936;28:437-442: exact limits of a Poisson count
@pytest.mark.parametrize(
    ("x", "lower", "upper"),
    [(1, 0.0253, 5.572), (2, 0.2422, 7.225), (3, 0.6187, 8.767), (5, 1.6235, 11.668), (9, 4.1154, 17.085)],
)
def test_exact_below_ten(x: int, lower: float, upper: float) -> None:
    found = byars(x)
    assert (found.lower, found.upper) == (pytest.approx(lower, abs=6e-4), pytest.approx(upper, abs=6e-4))


# The exact limits of ten and more, which Byar's approximation lies close to
@pytest.mark.parametrize(
    ("x", "lower", "upper"),
    [
        (10, 4.795, 18.390),
        (15, 8.395, 24.740),
        (20, 12.217, 30.888),
        (50, 37.111, 65.919),
        (100, 81.364, 121.627),
    ],
)
def test_byar_from_ten(x: int, lower: float, upper: float) -> None:
    found = byars(x)
    assert (found.lower, found.upper) == (pytest.approx(lower, abs=0.02), pytest.approx(upper, abs=0.02))
    assert found.lower == pytest.approx(x * (1 - 1 / (9 * x) - 1.959963985 / (3 * sqrt(x))) ** 3)


def test_no_cases_have_no_lower_limit() -> None:
    assert byars(0).lower is None
    assert byars(0).upper == pytest.approx(3.688879)
    assert poisson_lower(0) == 0
    with pytest.raises(ValueError, match="aldrig mindre än 0"):
        byars(-1)


def test_the_mean() -> None:
    """Student's own sleep data, Biometrika 1908;6:1-25: extra hours, mean 0.75."""
    sleep = mean([0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0])
    assert sleep.value == pytest.approx(0.75)
    assert (sleep.lower95, sleep.upper95) == (pytest.approx(-0.5297804), pytest.approx(2.0297804))
    assert mean([]) == UNKNOWN
    assert mean([4]) == Estimate(4, None, None)
    assert mean([4, 4]) == Estimate(4, 4, 4)


@given(st.integers(0, 500), st.integers(1, 500))
def test_the_share_lies_in_its_interval_and_a_stricter_one_is_wider(x: int, more: int) -> None:
    n = x + more
    usual, strict = wilson(x, n), wilson(x, n, 0.998)
    assert strict.lower >= -1e-12
    assert strict.lower <= usual.lower + 1e-12 <= x / n + 2e-12
    assert x / n <= usual.upper + 1e-12 <= strict.upper + 2e-12 <= 1 + 3e-12


@given(st.integers(1, 5000))
def test_a_count_lies_in_its_interval(x: int) -> None:
    assert poisson_lower(x) < x < poisson_upper(x)
    assert poisson_lower(x, 0.998) < poisson_lower(x)
    assert poisson_upper(x) < poisson_upper(x, 0.998)
