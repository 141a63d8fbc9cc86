"""How a figure follows living conditions: the slope and the relative index of inequality, and the widest gap.

Groups stand in order from the best living conditions to the worst, each at the middle of its share of all
people (its ridit); a line is fitted with the number of people as weights. The slope index is how much the
line rises from the one end to the other, the relative index the ratio of its ends. Mackenbach & Kunst, Soc
Sci Med 1997;44:757-771; Pamuk, Popul Stud 1985;39:17-31. Both are made of sums of the groups' figures with
fixed weights, so their errors follow from the groups' own without drawing anything.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import exp, log, sqrt

from .intervals import UNKNOWN, Estimate

Z = 1.959963984540054
FEWEST_GROUPS = 3
"""A line through two groups always fits."""


@dataclass(frozen=True)
class Group:
    """A group's figure, its standard error, and how many people it is of."""

    value: float
    error: float
    people: float


@dataclass(frozen=True)
class Inequality:
    """From the best end to the worst: the difference along the line, and the ratio; with 95 % limits."""

    slope: Estimate
    relative: Estimate


@dataclass(frozen=True)
class Gap:
    """The worst-off fifth of all people against the best-off: difference and ratio, with 95 % limits."""

    difference: Estimate
    ratio: Estimate


def inequality(groups: Sequence[Group]) -> Inequality:
    """Groups from the best living conditions to the worst. Unknown with fewer than three groups; the ratio
    also when the line meets nought.

    Raises ValueError for a group of nobody, or an error below nought.
    """
    _check(groups)
    if len(groups) < FEWEST_GROUPS:
        return Inequality(UNKNOWN, UNKNOWN)
    everybody = sum(one.people for one in groups)
    shares = [one.people / everybody for one in groups]
    places = [sum(shares[:i]) + share / 2 - 0.5 for i, share in enumerate(shares)]
    spread = sum(share * place**2 for share, place in zip(shares, places, strict=True))
    rise = [share * place / spread for share, place in zip(shares, places, strict=True)]
    best = [share - one / 2 for share, one in zip(shares, rise, strict=True)]
    worst = [share + one / 2 for share, one in zip(shares, rise, strict=True)]
    return Inequality(_sum(groups, rise), _ratio(groups, worst, best))


def gap(groups: Sequence[Group], of: float = 0.2) -> Gap:
    """The share `of` all people with the worst living conditions against as many with the best; a group that
    lies across the border counts with the part that lies inside. Raises as `inequality`.
    """
    _check(groups)
    if len(groups) < FEWEST_GROUPS:
        return Gap(UNKNOWN, UNKNOWN)
    best, worst = _weights(groups, of), _weights(groups[::-1], of)[::-1]
    apart = [one - other for one, other in zip(worst, best, strict=True)]
    return Gap(_sum(groups, apart), _ratio(groups, worst, best))


def _check(groups: Sequence[Group]) -> None:
    if any(one.people <= 0 or one.error < 0 for one in groups):
        raise ValueError("varje grupp ska ha någon i sig, och inget medelfel vara mindre än 0")


def _weights(groups: Sequence[Group], of: float) -> list[float]:
    """How much of the first share of all people each group makes up."""
    left = of * sum(one.people for one in groups)
    whole, taken = left, []
    for one in groups:
        taken.append(min(one.people, left) / whole)
        left -= min(one.people, left)
    return taken


def _sum(groups: Sequence[Group], weights: Sequence[float]) -> Estimate:
    value = sum(weight * one.value for one, weight in zip(groups, weights, strict=True))
    error = sqrt(sum((weight * one.error) ** 2 for one, weight in zip(groups, weights, strict=True)))
    return Estimate(value, value - Z * error, value + Z * error)


def _ratio(groups: Sequence[Group], above: Sequence[float], below: Sequence[float]) -> Estimate:
    """The ratio of two sums, with limits on the scale of logarithms (the delta method)."""
    top, bottom = (_sum(groups, weights).value for weights in (above, below))
    if top is None or bottom is None or top <= 0 or bottom <= 0:
        return UNKNOWN
    each = ((a / top - b / bottom) * one.error for one, a, b in zip(groups, above, below, strict=True))
    half = Z * sqrt(sum(one**2 for one in each))
    return Estimate(top / bottom, exp(log(top / bottom) - half), exp(log(top / bottom) + half))
