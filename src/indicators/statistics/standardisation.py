"""Standardised rates: direct with Dobson's limits, indirect with Byar's or exact ones.

Dobson et al., Stat Med 1991;10:457-462; Breslow & Day, Statistical methods in cancer research II, IARC
1987, ch. 2.
"""

from collections.abc import Sequence
from math import sqrt

from .intervals import UNKNOWN, Estimate, poisson_lower, poisson_upper

FEWEST = 10
"""A directly standardised rate of fewer cases is not told."""


def direct(
    count: Sequence[float], population: Sequence[float], standard: Sequence[float], multiplier: float
) -> Estimate:
    """The rate that the standard population would have. Unknown below ten cases in all.

    Raises ValueError when the lists differ in length or a population is not positive.
    """
    _check(count, population, standard)
    total = sum(count)
    if total < FEWEST:
        return UNKNOWN
    weight = sum(standard)
    rate = sum(w * c / n for c, n, w in zip(count, population, standard, strict=True)) / weight
    squares = (c * (w / n) ** 2 for c, n, w in zip(count, population, standard, strict=True))
    scale = sqrt(sum(squares) / weight**2 / total)
    limits = (rate + scale * (limit - total) for limit in (poisson_lower(total), poisson_upper(total)))
    return Estimate(rate * multiplier, *(limit * multiplier for limit in limits))


def indirect(
    count: Sequence[float],
    population: Sequence[float],
    reference_count: Sequence[float],
    reference_population: Sequence[float],
    multiplier: float,
) -> Estimate:
    """The reference's own rate times observed over expected. No cases have no lower limit."""
    _check(reference_count, reference_population, population)
    observed = sum(count)
    rates = (c / n for c, n in zip(reference_count, reference_population, strict=True))
    expected = sum(n * rate for n, rate in zip(population, rates, strict=True))
    if expected <= 0:
        raise ValueError("förväntat antal ska vara större än 0")
    per_case = sum(reference_count) / sum(reference_population) * multiplier / expected
    lower = poisson_lower(observed) * per_case if observed else None
    return Estimate(observed * per_case, lower, poisson_upper(observed) * per_case)


def _check(count: Sequence[float], population: Sequence[float], third: Sequence[float]) -> None:
    if not len(count) == len(population) == len(third) or not count:
        raise ValueError("listorna ska vara lika långa och inte tomma")
    if min(population) <= 0 or min(count) < 0 or min(third) < 0:
        raise ValueError("befolkningar ska vara större än 0 och antal inte mindre än 0")
