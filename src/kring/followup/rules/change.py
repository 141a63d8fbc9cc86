"""Whether a row of years shows more than chance, by the control chart of Making Data Count.

A sentence about change may only say what this says: one year up or down is not a change.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from indicators.statistics import making_data_count

FEWEST = 5
"""Years that it takes to say anything at all."""
TRIAL = 12
"""With fewer years the limits are on trial: «Preliminära gränser» (Making Data Count)."""
DIRECTIONS = {"up": "increase", "down": "decrease", "none": "neutral"}


class Pattern(StrEnum):
    """What the last year is part of."""

    NOTHING = "nothing"
    TOO_FEW = "too_few"
    CHANCE = "chance"
    RISING = "rising"
    FALLING = "falling"
    ABOVE = "above"
    BELOW = "below"
    HIGH = "high"
    LOW = "low"


class Judgement(StrEnum):
    """What more than chance means for the children."""

    NONE = "none"
    BETTER = "better"
    WORSE = "worse"
    CHANGED = "changed"


@dataclass(frozen=True)
class Year:
    """A year of the chart: its value if it is told, limits, and what kind of point it is."""

    year: int
    value: float | None
    mean: float | None
    lower: float | None
    upper: float | None
    judgement: Judgement
    outside: bool


@dataclass(frozen=True)
class Change:
    """The chart of an indicator over years and what its last year says. `since`: where the pattern began."""

    years: tuple[Year, ...]
    pattern: Pattern
    judgement: Judgement
    since: int | None
    on_trial: bool

    @property
    def outside(self) -> list[int]:
        """Years beyond the limits."""
        return [one.year for one in self.years if one.outside]


CAUSES = (
    ("Increasing", Pattern.RISING),
    ("Decreasing", Pattern.FALLING),
    ("Points Above", Pattern.ABOVE),
    ("Points Below", Pattern.BELOW),
    ("Above", Pattern.HIGH),
    ("Below", Pattern.LOW),
)
SIDES = ({Pattern.ABOVE, Pattern.HIGH}, {Pattern.BELOW, Pattern.LOW})
"""Patterns that go on in each other: high years are above the mean too."""
KINDS = {
    "special_cause_improvement": Judgement.BETTER,
    "special_cause_concern": Judgement.WORSE,
    "special_cause_neutral_high": Judgement.CHANGED,
    "special_cause_neutral_low": Judgement.CHANGED,
}


def change(years: Sequence[int], values: Sequence[float | None], direction: str) -> Change:
    """The chart of values a year, where None is a year that is not told. `direction`: up, down or none."""
    told = [(year, value) for year, value in zip(years, values, strict=True) if value is not None]
    if len(told) < FEWEST:
        plain = tuple(
            Year(year, value, None, None, None, Judgement.NONE, False)
            for year, value in zip(years, values, strict=True)
        )
        return Change(plain, Pattern.TOO_FEW if told else Pattern.NOTHING, Judgement.NONE, None, True)
    made = making_data_count.chart(
        [str(year) for year, _ in told],
        [value for _, value in told],
        improvement_direction=DIRECTIONS[direction],
    )
    points = dict(zip((year for year, _ in told), made.points, strict=True))
    charted = tuple(_year(year, value, points) for year, value in zip(years, values, strict=True))
    last = made.points[-1]
    since = _since([year for year, _ in told], made.points)
    return Change(
        charted, _pattern(last.cause), KINDS.get(last.kind, Judgement.NONE), since, len(told) < TRIAL
    )


def _year(year: int, value: float | None, points: dict[int, making_data_count.Point]) -> Year:
    one = points.get(year) or next(iter(points.values()))
    if value is None:
        return Year(year, None, one.mean, one.lower, one.upper, Judgement.NONE, False)
    outside = one.cause in ("Above UCL", "Below LCL")
    return Year(year, value, one.mean, one.lower, one.upper, KINDS.get(one.kind, Judgement.NONE), outside)


def _pattern(cause: str) -> Pattern:
    return next((pattern for words, pattern in CAUSES if words in cause), Pattern.CHANCE)


def _since(years: Sequence[int], points: Sequence[making_data_count.Point]) -> int | None:
    """The first year of the unbroken pattern that the last year is part of; None for chance."""
    last = _pattern(points[-1].cause)
    if last is Pattern.CHANCE:
        return None
    alike = next((side for side in SIDES if last in side), {last})
    first = years[-1]
    for year, point in zip(reversed(years), reversed(points), strict=True):
        if _pattern(point.cause) not in alike:
            break
        first = year
    return first
