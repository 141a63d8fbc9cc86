"""Whether a row of years shows more than chance, by the control chart of Making Data Count.

A sentence about change may only say what this says: one year up or down is not a change. Limits begin anew,
or are counted from some of the years, only where somebody has decided so (decisions.py).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from indicators.statistics import making_data_count

from .decisions import FEWEST, UNDECIDED, Baselines

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


class Assurance(StrEnum):
    """Whether the target is met by itself, with years that vary as they usually do."""

    NO_TARGET = "no_target"
    ON_TRIAL = "on_trial"
    STABLE = "stable"
    SOMETIMES = "sometimes"
    NOT_MET = "not_met"


@dataclass(frozen=True)
class Year:
    """A year of the chart: its value if it is told, limits, and what kind of point it is. `group`: which of
    the groups of limits it is in, from 0; `cause`: the rule that made it special, as Making Data Count says.
    """

    year: int
    value: float | None
    mean: float | None
    lower: float | None
    upper: float | None
    judgement: Judgement
    outside: bool
    group: int = 0
    cause: str = ""


@dataclass(frozen=True)
class Change:
    """The chart of an indicator over years and what its last year says. `since`: where the pattern began;
    `counted_from`: the years that have a value and that the last limits are counted from.
    """

    years: tuple[Year, ...]
    pattern: Pattern
    judgement: Judgement
    since: int | None
    counted_from: tuple[int, ...]
    assurance: Assurance = Assurance.NO_TARGET

    @property
    def on_trial(self) -> bool:
        """Whether the last limits are counted from few years."""
        return len(self.counted_from) < TRIAL

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


ASSURANCES = {
    "inconsistent": Assurance.SOMETIMES,
    "consistent_pass": Assurance.STABLE,
    "consistent_fail": Assurance.NOT_MET,
}


def change(
    years: Sequence[int],
    values: Sequence[float | None],
    direction: str,
    decided: Baselines = UNDECIDED,
    target: float | None = None,
) -> Change:
    """The chart of values a year, where None is a year that is not told. `direction`: up, down or none.

    `target`: the one that holds in the last year.
    """
    by_year = dict(zip(years, values, strict=True))
    made = [
        _Group(at, group, by_year, direction, decided, target)
        for at, group in enumerate(decided.groups(years))
    ]
    charted = tuple(year for group in made for year in group.charted())
    if not made or not any(group.told for group in made):
        return Change(charted, Pattern.NOTHING, Judgement.NONE, None, ())
    last = made[-1]
    if not last.points:
        return Change(charted, Pattern.TOO_FEW, Judgement.NONE, None, (), last.assurance)
    point = last.points[-1]
    judgement = KINDS.get(point.kind, Judgement.NONE)
    since = _since(last.told, last.points)
    return Change(charted, _pattern(point.cause), judgement, since, tuple(last.base), last.assurance)


class _Group:
    """The years between two steps of the limits. Without limits where too few of them are told."""

    def __init__(
        self,
        at: int,
        years: Sequence[int],
        values: Mapping[int, float | None],
        direction: str,
        decided: Baselines,
        target: float | None,
    ) -> None:
        self.at, self.years, self.values = at, years, values
        self.told = [year for year in years if values[year] is not None]
        self.base = [year for year in decided.counted_from(years) if year in self.told]
        self.points: list[making_data_count.Point] = []
        self.assurance = Assurance.NO_TARGET if target is None else Assurance.ON_TRIAL
        if len(self.base) >= FEWEST:
            self._count(direction, target)

    def _count(self, direction: str, target: float | None) -> None:
        made = making_data_count.chart(
            [str(year) for year in self.told],
            [self.values[year] for year in self.told],
            improvement_direction=DIRECTIONS[direction],
            target=target,
            fix_after_n_points=len(self.base),
        )
        self.points = made.points
        if made.assurance is None:
            self.assurance = Assurance.NO_TARGET
        elif len(self.base) >= TRIAL:
            self.assurance = ASSURANCES[made.assurance]

    def charted(self) -> list[Year]:
        points = dict(zip(self.told, self.points, strict=False))
        return [self._year(year, points.get(year)) for year in self.years]

    def _year(self, year: int, point: making_data_count.Point | None) -> Year:
        value, limits = self.values[year], next(iter(self.points), None)
        if limits is None:
            return Year(year, value, None, None, None, Judgement.NONE, False, self.at)
        around = (limits.mean, limits.lower, limits.upper)
        if point is None:
            return Year(year, None, *around, Judgement.NONE, False, self.at)
        outside, judgement = point.cause in ("Above UCL", "Below LCL"), KINDS.get(point.kind, Judgement.NONE)
        return Year(year, value, *around, judgement, outside, self.at, point.cause)


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
