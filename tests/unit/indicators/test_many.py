"""Many intervals at once are those that are told one by one."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicators.statistics import intervals, many
from indicators.statistics.distributions import t_quantile


def told(lower: float | None, upper: float | None) -> list:
    return [np.nan if one is None else one for one in (lower, upper)]


@given(st.lists(st.tuples(st.integers(0, 500), st.integers(0, 500)), min_size=1, max_size=20))
def test_wilson(pairs: list[tuple[int, int]]) -> None:
    x = np.array([x for x, _ in pairs])
    n = x + np.array([rest for _, rest in pairs])
    with np.errstate(invalid="ignore"):
        found = np.array(many.wilson(x, n)).T
    for one, (count, rest) in zip(found, pairs, strict=True):
        if count + rest == 0:
            assert np.isnan(one).all()
        else:
            exact = intervals.wilson(count, count + rest)
            assert one == pytest.approx(told(exact.lower, exact.upper), abs=1e-12)


@pytest.mark.parametrize("x", [0, 1, 9, 10, 11, 250, 100_000])
def test_byar_and_exact_below_ten(x: int) -> None:
    exact = intervals.byars(x)
    found = [float(one[0]) for one in many.byars(np.array([x]))]
    assert found == pytest.approx(told(exact.lower, exact.upper), rel=1e-12, nan_ok=True)


@pytest.mark.parametrize("freedom", [1, 2, 30, 99, 100, 101, 5000, 80_000])
def test_t_on_both_sides_of_where_the_expansion_begins(freedom: int) -> None:
    found = many.t_quantile(np.array([freedom, 0, 3]))
    assert found[0] == pytest.approx(t_quantile(0.975, freedom), rel=1e-9)
    assert np.isnan(found[1])
    assert found[2] == pytest.approx(3.182446305284263)
