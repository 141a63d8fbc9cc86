"""Quantiles and tails against the printed tables every textbook carries (Montgomery, app. II-IV)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicators.statistics.distributions import (
    beta_below,
    binomial_half_quantile,
    chi_square_quantile,
    chi_square_tail,
    gamma_above,
    gamma_below,
    normal_quantile,
    normal_tail,
    t_quantile,
    t_tail,
)


@pytest.mark.parametrize(("p", "z"), [(0.5, 0.0), (0.975, 1.959964), (0.999, 3.090232), (0.025, -1.959964)])
def test_normal(p: float, z: float) -> None:
    assert normal_quantile(p) == pytest.approx(z, abs=1e-6)
    assert normal_tail(z) == pytest.approx(2 * min(p, 1 - p), abs=1e-6)


@pytest.mark.parametrize(
    ("p", "freedom", "t"),
    [
        (0.975, 1, 12.7062), (0.975, 2, 4.30265), (0.975, 5, 2.57058), (0.975, 10, 2.22814),
        (0.975, 30, 2.04227),
        (0.995, 4, 4.60409), (0.95, 120, 1.65765), (0.5, 7, 0.0), (0.025, 5, -2.57058),
    ],
)  # fmt: skip
def test_student(p: float, freedom: int, t: float) -> None:
    assert t_quantile(p, freedom) == pytest.approx(t, rel=1e-5, abs=1e-9)


@pytest.mark.parametrize(
    ("p", "freedom", "x"),
    [
        (0.95, 1, 3.84146), (0.95, 2, 5.99146), (0.95, 10, 18.3070), (0.025, 10, 3.24697),
        (0.975, 1, 5.02389),
        (0.99, 30, 50.8922), (0.05, 100, 77.9295),
    ],
)  # fmt: skip
def test_chi_square(p: float, freedom: int, x: float) -> None:
    assert chi_square_quantile(p, freedom) == pytest.approx(x, rel=1e-5)
    assert chi_square_tail(x, freedom) == pytest.approx(1 - p, rel=1e-4)


def test_edges() -> None:
    assert chi_square_quantile(0.3, 0) == 0.0
    assert (gamma_below(2, 0), gamma_above(2, 0)) == (0.0, 1.0)
    assert (beta_below(2, 3, 0), beta_below(2, 3, 1)) == (0.0, 1.0)
    assert t_tail(0, 5) == pytest.approx(1)
    with pytest.raises(ValueError, match="sannolikheten"):
        chi_square_quantile(1, 3)


# qbinom(0.05, n - 1, 0.5): the fewest crossings of n useful points (Anhøj & Olesen 2014, table 1)
@pytest.mark.parametrize(
    ("points", "fewest"),
    [(10, 2), (11, 2), (12, 3), (15, 4), (20, 6), (24, 8), (30, 10), (40, 14), (50, 19), (100, 41)],
)
def test_fair_throws(points: int, fewest: int) -> None:
    assert binomial_half_quantile(0.05, points - 1) == fewest


def test_all_heads() -> None:
    assert binomial_half_quantile(1, 4) == 4
    assert binomial_half_quantile(0.05, 0) == 0
    assert binomial_half_quantile(2, 3) == 3


@given(st.floats(0.001, 0.999), st.floats(0.5, 200))
def test_a_quantile_and_its_tail_meet(p: float, freedom: float) -> None:
    assert 1 - chi_square_tail(chi_square_quantile(p, freedom), freedom) == pytest.approx(p, abs=1e-9)
    t = t_quantile(p, freedom)
    assert t_tail(t, freedom) == pytest.approx(2 * min(p, 1 - p), abs=1e-7)


@given(st.floats(0.01, 300), st.floats(0.0, 600))
def test_below_and_above_are_all_there_is(shape: float, x: float) -> None:
    assert gamma_below(shape, x) + gamma_above(shape, x) == pytest.approx(1, abs=1e-12)


@given(st.floats(0.1, 80), st.floats(0.1, 80), st.floats(0.001, 0.999))
def test_beta_is_the_same_seen_from_the_other_end(a: float, b: float, x: float) -> None:
    assert beta_below(a, b, x) + beta_below(b, a, 1 - x) == pytest.approx(1, abs=1e-9)
