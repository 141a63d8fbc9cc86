"""Confidence intervals of a share, a count and a mean.

Wilson, JASA 1927;22:209-212. Byar's approximation: Breslow & Day, Statistical methods in cancer research
II, IARC 1987, p. 69; exact Poisson limits below ten: Ulm, Am J Epidemiol 1990;131:373-375. t interval of a
mean.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt
from statistics import fmean, stdev

from .distributions import chi_square_quantile, normal_quantile, t_quantile

EXACT_BELOW = 10


@dataclass(frozen=True)
class Interval:
    """Lower and upper limit; None where there is none."""

    lower: float | None
    upper: float | None


@dataclass(frozen=True)
class Estimate:
    """A value with its 95 % limits; None where too little is known."""

    value: float | None
    lower95: float | None
    upper95: float | None


UNKNOWN = Estimate(None, None, None)


def wilson(x: float, n: float, confidence: float = 0.95) -> Interval:
    """Limits of the share x of n. ValueError when x is not between 0 and n, or n is 0."""
    if n <= 0 or not 0 <= x <= n:
        raise ValueError("x ska ligga mellan 0 och n, och n ska vara större än 0")
    z = normal_quantile(0.5 + confidence / 2)
    half = z * sqrt(z * z + 4 * x * (1 - x / n))
    middle, width = 2 * x + z * z, 2 * (n + z * z)
    return Interval((middle - half) / width, (middle + half) / width)


def byars(x: float, confidence: float = 0.95) -> Interval:
    """Limits of a count: exact below ten, Byar's approximation from ten. 0 has no lower limit."""
    if x < 0:
        raise ValueError("ett antal är aldrig mindre än 0")
    return Interval(poisson_lower(x, confidence) if x else None, poisson_upper(x, confidence))


def poisson_lower(x: float, confidence: float = 0.95) -> float:
    """The lower limit of a count; 0 for 0."""
    if x < EXACT_BELOW:
        return chi_square_quantile(0.5 - confidence / 2, 2 * x) / 2
    return _byar(x, -normal_quantile(0.5 + confidence / 2))


def poisson_upper(x: float, confidence: float = 0.95) -> float:
    """The upper limit of a count."""
    if x < EXACT_BELOW:
        return chi_square_quantile(0.5 + confidence / 2, 2 * x + 2) / 2
    return _byar(x + 1, normal_quantile(0.5 + confidence / 2))


def _byar(x: float, z: float) -> float:
    return float(x * (1 - 1 / (9 * x) + z / (3 * sqrt(x))) ** 3)


def mean(values: Sequence[float], confidence: float = 0.95) -> Estimate:
    """The mean with its t interval; one value has no interval, none has no mean."""
    if not values:
        return UNKNOWN
    middle = fmean(values)
    if len(values) == 1:
        return Estimate(middle, None, None)
    freedom = len(values) - 1
    half = t_quantile(0.5 + confidence / 2, freedom) * stdev(values) / sqrt(len(values))
    return Estimate(middle, middle - half, middle + half)
