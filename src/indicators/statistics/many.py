"""Intervals of many figures at once, the same as one by one in intervals.py. NaN where there is none."""

from functools import cache

import numpy as np
import numpy.typing as npt

from .distributions import normal_quantile
from .distributions import t_quantile as exact_t
from .intervals import EXACT_BELOW, poisson_lower, poisson_upper

Floats = npt.NDArray[np.float64]
Numbers = npt.NDArray[np.int64] | Floats
Z = normal_quantile(0.975)


def wilson(x: Numbers, n: Numbers) -> tuple[Floats, Floats]:
    """Limits of the shares x of n; none of nothing."""
    some = np.where(n > 0, n, np.nan)
    half = Z * np.sqrt(Z * Z + 4 * x * (1 - x / some))
    middle, width = 2 * x + Z * Z, 2 * (some + Z * Z)
    return (middle - half) / width, (middle + half) / width


def byars(x: Numbers) -> tuple[Floats, Floats]:
    """Limits of counts: exact below ten, Byar's approximation from ten. 0 has no lower limit."""
    few = np.minimum(x, EXACT_BELOW - 1).astype(np.int64)
    lower = np.where(x < EXACT_BELOW, EXACT_LOWER[few], _byar(x, -Z))
    return lower, np.where(x < EXACT_BELOW, EXACT_UPPER[few], _byar(x + 1, Z))


def _byar(x: Numbers, z: float) -> Floats:
    some = np.maximum(x, 1)
    return np.asarray(some * (1 - 1 / (9 * some) + z / (3 * np.sqrt(some))) ** 3)


def t_quantile(freedom: npt.NDArray[np.int64]) -> Floats:
    """Student's t that 2.5 % lies above; none without freedom. From 100 degrees on by Fisher and Cornish's
    expansion (Abramowitz & Stegun, Handbook of mathematical functions, 26.7.5), there right to 1e-9.
    """
    wide = np.maximum(freedom, EXPANDED_FROM).astype(float)
    made = sum(term / wide**power for power, term in enumerate(EXPANSION))
    few = np.unique(freedom[freedom < EXPANDED_FROM])
    exact = np.array([_exact_t(one) for one in few.tolist()] or [np.nan])
    place = np.minimum(np.searchsorted(few, freedom), len(exact) - 1)
    return np.where(freedom < EXPANDED_FROM, exact[place], made)


@cache
def _exact_t(freedom: int) -> float:
    return exact_t(0.975, freedom) if freedom > 0 else np.nan


EXPANDED_FROM = 100
EXPANSION = (
    Z,
    (Z**3 + Z) / 4,
    (5 * Z**5 + 16 * Z**3 + 3 * Z) / 96,
    (3 * Z**7 + 19 * Z**5 + 17 * Z**3 - 15 * Z) / 384,
    (79 * Z**9 + 776 * Z**7 + 1482 * Z**5 - 1920 * Z**3 - 945 * Z) / 92160,
)
EXACT_LOWER = np.array([np.nan, *(poisson_lower(x) for x in range(1, EXACT_BELOW))])
EXACT_UPPER = np.array([poisson_upper(x) for x in range(EXACT_BELOW)])
