"""Funnel plots: is a place further from the whole than chance makes likely?

Spiegelhalter, Stat Med 2005;24:1185-1202. Shares against the normal limits around the pooled share; ratios by
the Poisson limits of the observed count.
"""

from collections.abc import Sequence
from math import sqrt

from .distributions import normal_quantile
from .intervals import poisson_lower, poisson_upper

NOT_SIGNIFICANT = "Not significant"
LEVELS = ((0.998, "0.001"), (0.95, "0.025"))
"""Two-sided confidence and the name of the tail, the stricter first."""


def proportions(points: Sequence[tuple[float, float]]) -> list[str]:
    """How each (numerator, denominator) stands against all of them together."""
    if any(n <= 0 or not 0 <= x <= n for x, n in points) or not points:
        raise ValueError("täljaren ska ligga mellan 0 och nämnaren")
    average = sum(x for x, _ in points) / sum(n for _, n in points)

    return [_placed(x / n, average, sqrt(average * (1 - average) / n)) for x, n in points]


def ratios(points: Sequence[tuple[float, float]]) -> list[str]:
    """How each (observed, expected) stands against 1."""
    if any(expected <= 0 or observed < 0 for observed, expected in points):
        raise ValueError("förväntat ska vara större än 0")

    return [_beside_one(observed, expected) for observed, expected in points]


def _beside_one(observed: float, expected: float) -> str:
    # The place's own limits: it is high when even the lower one lies above what was expected.
    for confidence, name in LEVELS:
        if poisson_lower(observed, confidence) > expected:
            return f"High ({name})"
        if poisson_upper(observed, confidence) < expected:
            return f"Low ({name})"
    return NOT_SIGNIFICANT


def _placed(share: float, average: float, spread: float) -> str:
    for confidence, name in LEVELS:
        half = normal_quantile(0.5 + confidence / 2) * spread
        if share < average - half:
            return f"Low ({name})"
        if share > average + half:
            return f"High ({name})"
    return NOT_SIGNIFICANT
