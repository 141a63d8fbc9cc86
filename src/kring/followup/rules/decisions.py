"""What people have decided about a chart: where limits begin anew, what they are counted from, what happened,
and the target. Nothing here happens by itself: without a decision the limits are counted from every year.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Protocol, TypeVar

FEWEST = 5
"""Years that it takes to say anything at all; from twelve the limits are no longer on trial (change.py)."""


class Kind(StrEnum):
    """What a row says."""

    SPLIT = "split"
    FIX = "fix"
    NOTE = "note"
    TARGET = "target"
    UNDO = "undo"


class Row(Protocol):
    """A decision as it is kept."""

    @property
    def number(self) -> int: ...
    @property
    def kind(self) -> str: ...
    @property
    def year(self) -> int | None: ...
    @property
    def on(self) -> date | None: ...
    @property
    def value(self) -> float | None: ...
    @property
    def undoes_id(self) -> object: ...
    @property
    def pk(self) -> object: ...


Kept = TypeVar("Kept", bound=Row)


def standing(rows: Iterable[Kept]) -> list[Kept]:
    """Those that hold, in the order they were decided: neither taken back, nor what took another back."""
    every = list(rows)
    gone = {one.undoes_id for one in every if one.undoes_id}
    left = [one for one in every if one.kind != Kind.UNDO and one.pk not in gone]
    return sorted(left, key=lambda one: one.number)


@dataclass(frozen=True)
class Baselines:
    """The years where limits begin anew, and the last years that limits are counted from, as decided."""

    splits: tuple[int, ...] = ()
    fixed: tuple[int, ...] = ()

    def groups(self, years: Iterable[int]) -> list[list[int]]:
        """The years of each group of limits, in order; a split before the first year divides nothing."""
        made = list[list[int]]()
        for year in sorted(years):
            if not made or (year in self.splits):
                made.append([])
            made[-1].append(year)
        return made

    def counted_from(self, group: Sequence[int]) -> list[int]:
        """The years of a group that its limits are counted from: all, where nobody has fixed them."""
        until = next((one for one in reversed(self.fixed) if one in group), None)
        return [year for year in group if until is None or year <= until]


UNDECIDED = Baselines()


def baselines(rows: Iterable[Row]) -> Baselines:
    """What the rows that hold say of the limits."""
    held = standing(rows)
    return Baselines(*(_years(held, kind) for kind in (Kind.SPLIT, Kind.FIX)))


def _years(held: Sequence[Row], kind: Kind) -> tuple[int, ...]:
    return tuple(one.year for one in held if one.kind == kind and one.year is not None)


def targets(rows: Iterable[Row]) -> dict[int, float]:
    """The target from each year on; the last word of a year is the one that holds."""
    held = [one for one in standing(rows) if one.kind == Kind.TARGET]
    told = {one.year: one.value for one in held if one.year is not None and one.value is not None}
    return dict(sorted(told.items()))


def target_in(found: Mapping[int, float], year: int) -> float | None:
    """The target that holds in a year."""
    return next((value for start, value in reversed(list(found.items())) if start <= year), None)


class Fault(StrEnum):
    """Why it cannot be decided so; the words stand in refusals.py."""

    TOO_FEW_BEFORE = "too_few_before"
    TOO_FEW_AFTER = "too_few_after"
    ALREADY = "already"
    NOT_COUNTED = "not_counted"
    NO_DIRECTION = "no_direction"
    NOT_STANDING = "not_standing"
    OUTSIDE_YEARS = "outside_years"
    TARGET_NOT_SHARE = "target_not_share"


@dataclass(frozen=True)
class Proposed:
    """What somebody wants to decide; fields that its kind does not have stay empty."""

    kind: Kind
    year: int | None = None
    on: date | None = None
    value: float | None = None
    words: str = ""
    reason: str = ""
    undoes: object = None
    """The key of the row that is taken back."""


@dataclass(frozen=True)
class Charted:
    """The chart that it is about: all its years, those that have a value, the direction and the unit."""

    years: Sequence[int]
    told: Collection[int]
    direction: str
    unit: str


def fault(given: Proposed, chart: Charted, rows: Iterable[Row]) -> Fault | None:
    """Why it cannot be decided, as the chart and what holds of it stand."""
    held = list(rows)
    known = baselines(held)
    if given.kind == Kind.SPLIT:
        return split_fault(given.year or 0, chart.told, known)
    if given.kind == Kind.FIX:
        return fix_fault(given.year or 0, chart.told, known)
    if given.kind == Kind.TARGET:
        return target_fault(given.value or 0.0, chart)
    if given.kind == Kind.UNDO:
        return None if given.undoes in [one.pk for one in standing(held)] else Fault.NOT_STANDING
    inside = given.on is not None and chart.years[0] <= given.on.year <= chart.years[-1]
    return None if inside else Fault.OUTSIDE_YEARS


def split_fault(year: int, told: Collection[int], known: Baselines) -> Fault | None:
    """Why limits cannot begin anew in a year. `told`: the years that have a value.

    A group of few years has no limits that mean anything, so each side must hold enough of them.
    """
    if year in known.splits:
        return Fault.ALREADY
    if year not in told:
        return Fault.NOT_COUNTED
    group = next(one for one in known.groups(told) if year in one)
    if sum(one < year for one in group) < FEWEST:
        return Fault.TOO_FEW_BEFORE
    return Fault.TOO_FEW_AFTER if sum(one >= year for one in group) < FEWEST else None


def fix_fault(year: int, told: Collection[int], known: Baselines) -> Fault | None:
    """Why limits cannot be counted from the years up to and with one."""
    if year not in told:
        return Fault.NOT_COUNTED
    group = next(one for one in known.groups(told) if year in one)
    if known.counted_from(group) != group and known.counted_from(group)[-1] == year:
        return Fault.ALREADY
    return Fault.TOO_FEW_BEFORE if sum(one <= year for one in group) < FEWEST else None


def target_fault(value: float, chart: Charted) -> Fault | None:
    """Why no such target can be set: what is neither better nor worse has nothing to reach."""
    if chart.direction == "none":
        return Fault.NO_DIRECTION
    return Fault.TARGET_NOT_SHARE if chart.unit == "procent" and not 0 <= value <= 100 else None
