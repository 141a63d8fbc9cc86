"""Whether a place differs from the region by more than chance, with the funnel of `indicators`.

Shares and rates are held against the region's own, and the limits are wider for places with few children.
Waits, continuity and spread have no funnel: there the place's interval is held against the region's value.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import sqrt

from indicators.statistics import funnel

SHARES = frozenset({"ShareOfChildren", "ShareOfRows", "StillWaiting", "ShareBefore", "ShareOfGroup", "ByAge"})
RATES = frozenset({"Rate"})
USUAL, STRICT = 1.959964, 3.090232
"""Standard deviations of the limits that 95 and 99.8 % of places lie within by chance."""
FAR = 3.0
"""Where a standard deviation counts no further when the spread of all places is judged."""


class Stand(StrEnum):
    """How a place stands against the region."""

    UNKNOWN = "unknown"
    INSIDE = "inside"
    MAYBE_HIGH = "maybe_high"
    MAYBE_LOW = "maybe_low"
    HIGH = "high"
    LOW = "low"


@dataclass(frozen=True)
class Told:
    """What is told of a place: of how many, how many of them, and the value with its interval."""

    n: float | None
    x: float | None
    value: float | None
    lower: float | None
    upper: float | None


SIGNIFICANCE = {
    "High (0.001)": Stand.HIGH,
    "High (0.025)": Stand.MAYBE_HIGH,
    "Low (0.001)": Stand.LOW,
    "Low (0.025)": Stand.MAYBE_LOW,
    funnel.NOT_SIGNIFICANT: Stand.INSIDE,
}


def stands(kind: str, places: Mapping[str, Told], region: Told) -> dict[str, Stand]:
    """How each place stands; unknown where it or the region is not told."""
    found = dict.fromkeys(places, Stand.UNKNOWN)
    known = {key: one for key, one in places.items() if one.value is not None}
    if region.value is None or not known:
        return found
    if kind in SHARES:
        return found | _shares(known, region)
    if kind in RATES:
        return found | _rates(known, region)
    return found | {key: _by_interval(one, region.value) for key, one in known.items()}


def _shares(places: Mapping[str, Told], region: Told) -> dict[str, Stand]:
    """The funnel around the region's share: those who are not told stand in it as one more place."""
    points = {key: (one.x or 0, one.n) for key, one in places.items() if one.n}
    rest = _rest(points.values(), region)
    said = funnel.proportions([*points.values(), *rest])
    return dict(zip(points, (SIGNIFICANCE[one] for one in said), strict=False))


def _rest(told: Collection[tuple[float, float]], region: Told) -> list[tuple[float, float]]:
    x, n = (region.x or 0) - sum(one for one, _ in told), (region.n or 0) - sum(one for _, one in told)
    return [(x, n)] if 0 <= x <= n and n > 0 else []


def _rates(places: Mapping[str, Told], region: Told) -> dict[str, Stand]:
    rate = (region.x or 0) / region.n if region.n else 0
    points = {key: (one.x or 0, rate * one.n) for key, one in places.items() if one.n and rate}
    if not points:
        return {}
    return dict(zip(points, (SIGNIFICANCE[one] for one in funnel.ratios(list(points.values()))), strict=True))


def _by_interval(place: Told, region: float) -> Stand:
    """At 95 % only: never more than «may be chance»."""
    if place.lower is None or place.upper is None:
        return Stand.UNKNOWN
    if place.lower > region:
        return Stand.MAYBE_HIGH
    return Stand.MAYBE_LOW if place.upper < region else Stand.INSIDE


def limits(share: float, n: float, width: float) -> tuple[float, float]:
    """The funnel's limits at a size: shares between 0 and 1."""
    half = width * sqrt(share * (1 - share) / n)
    return max(share - half, 0.0), min(share + half, 1.0)


def overdispersion(places: Sequence[Told], region: Told) -> float | None:
    """How much more places differ than chance alone: 1 is chance, 2 twice its variance (Spiegelhalter 2005).

    None where it cannot be told: fewer than ten places, or a region without spread.
    """
    share = (region.x or 0) / region.n if region.n else 0.0
    told = [(one.x / one.n, one.n) for one in places if one.x is not None and one.n]
    if len(told) < 10 or not 0 < share < 1:
        return None
    scores = [(value - share) / sqrt(share * (1 - share) / n) for value, n in told]
    return sum(min(score * score, FAR * FAR) for score in scores) / len(scores)


def by_chance(compared: int) -> int:
    """How many of so many places lie outside 95 % limits by chance alone."""
    return round(compared * 0.05)
