"""What is different between two reports, so that only what is alike is compared.

Two figures are held against each other by their own 95 % intervals, taken as normal: the difference over its
standard error (Altman & Bland, BMJ 2003;326:219). With years or children in common, as in pooled rates, that
asks too much rather than too little.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from math import sqrt
from typing import Any

USUAL, STRICT = 1.959964, 3.090232
"""Standard errors that 95 and 99.8 % of differences stay within by chance, as in the funnels."""
MEANING = (
    "numerator", "denominator", "exclusions", "clock", "unit", "kind", "per", "limit", "pooled_years",
)  # fmt: skip
"""What in a definition decides what is counted."""


class Verdict(StrEnum):
    """How an indicator stands against the same one in the report before."""

    NEW = "new"
    REDEFINED = "redefined"
    REWORDED = "reworded"
    UNTOLD = "untold"
    UNSURE = "unsure"
    ALIKE = "alike"
    MAYBE_HIGHER = "maybe_higher"
    MAYBE_LOWER = "maybe_lower"
    HIGHER = "higher"
    LOWER = "lower"


COMPARED = {Verdict.ALIKE, Verdict.MAYBE_HIGHER, Verdict.MAYBE_LOWER, Verdict.HIGHER, Verdict.LOWER}


@dataclass(frozen=True)
class Facts:
    """What a report keeps of an indicator for the next one: its definition, and value and interval a year."""

    version: int
    definition: Mapping[str, Any]
    years: Mapping[str, tuple[float | None, float | None, float | None]]

    def value(self, year: int) -> float | None:
        """The value of a year, if it was told."""
        return self.of(year)[0]

    def of(self, year: int) -> tuple[float | None, float | None, float | None]:
        """Value, lower and upper limit of a year."""
        return self.years.get(str(year), (None, None, None))


@dataclass(frozen=True)
class Compared:
    """The verdict, and the two values. `recounted`: what the earlier report's year is counted to now, where
    that is another number.
    """

    verdict: Verdict
    earlier: float | None = None
    now: float | None = None
    recounted: float | None = None


def compared(earlier: Facts | None, now: Facts, *, earlier_year: int, year: int) -> Compared:
    """An indicator in this report beside the one before."""
    if earlier is None:
        return Compared(Verdict.NEW, now=now.value(year))
    old, new, again = earlier.of(earlier_year), now.of(year), now.value(earlier_year)
    if earlier.version != now.version:
        return Compared(Verdict.REDEFINED, old[0], new[0])
    if any(earlier.definition.get(name) != now.definition.get(name) for name in MEANING):
        return Compared(Verdict.REWORDED, old[0], new[0])
    recounted = again if None not in (again, old[0]) and again != old[0] else None
    return Compared(verdict(old, new), old[0], new[0], recounted)


def verdict(
    old: tuple[float | None, float | None, float | None], new: tuple[float | None, float | None, float | None]
) -> Verdict:
    """Whether two figures differ by more than chance. Unsure where an interval lacks a limit."""
    if old[0] is None or new[0] is None:
        return Verdict.UNTOLD
    errors = [_error(one) for one in (old, new)]
    if errors[0] is None or errors[1] is None:
        return Verdict.UNSURE
    spread = sqrt(errors[0] ** 2 + errors[1] ** 2)
    away = abs(new[0] - old[0]) / spread if spread else 0.0
    if away < USUAL:
        return Verdict.ALIKE
    higher = new[0] > old[0]
    if away < STRICT:
        return Verdict.MAYBE_HIGHER if higher else Verdict.MAYBE_LOWER
    return Verdict.HIGHER if higher else Verdict.LOWER


def _error(figure: tuple[float | None, float | None, float | None]) -> float | None:
    """The standard error that an interval tells; None where a limit is unknown."""
    _, lower, upper = figure
    return None if lower is None or upper is None else (upper - lower) / (2 * USUAL)


def gone(earlier: Mapping[str, Facts], now: Mapping[str, Facts]) -> list[str]:
    """Indicators that the earlier report told and this one does not."""
    return [slug for slug in earlier if slug not in now]
