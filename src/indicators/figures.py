"""From counted outcomes to figures with their uncertainty, by kind of measure. Unknown is None.

Counts are whole numbers that add up over places; `guarded` are those that must not be small when shown.
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt

from .engines.arrays import Ints, alike
from .measures import (
    AgeAtFirst,
    ByAge,
    Continuity,
    FollowedBy,
    Measure,
    Outcome,
    Rate,
    ShareBefore,
    ShareOfChildren,
    ShareOfGroup,
    ShareOfRows,
    Spread,
    StillWaiting,
    Wait,
    Within,
)
from .statistics import many, survival
from .statistics.many import Floats
from .statistics.standardisation import FEWEST

Counted = Counter[Outcome]
DAYS_OF_YEAR = 365.25
Z = 1.959963984540054


@dataclass(frozen=True)
class Figure:
    """`n`: of how many (children, rows, cases; child-days for rates); `x`: how many of them, where that is
    what is told; the value with its 95 % interval; and what else must stand beside it.
    """

    n: int
    x: int | None
    value: float | None
    lower: float | None
    upper: float | None
    guarded: tuple[int, ...]
    more: Mapping[str, float | None] = field(default_factory=dict)
    aside: tuple[int, ...] = ()
    """What `more` would give away without being guarded: see disclosure.rounded."""


@dataclass(frozen=True)
class Observed:
    """What was observed in some cells: a row a cell and outcome, with how many times."""

    cell: Ints
    outcome: tuple[Ints, ...]
    times: Ints
    cells: int

    def total(self, of: npt.NDArray[Any] | None = None) -> Ints:
        """How many times in each cell; `of`: only some of the rows, or each with a weight."""
        times = self.times if of is None else self.times * of
        return np.bincount(self.cell, times, self.cells).astype(np.int64)


@dataclass(frozen=True)
class Table:
    """The figures of many cells, a column each; NaN is unknown. `x` may be told of none."""

    n: Ints
    x: Ints | None
    value: Floats
    lower: Floats
    upper: Floats
    guarded: tuple[Ints, ...]
    more: Mapping[str, Floats] = field(default_factory=dict)
    aside: tuple[Ints, ...] = ()

    def figures(self) -> list[Figure]:
        """One by one."""
        n = self.n.tolist()
        x = [None] * len(n) if self.x is None else self.x.tolist()
        limits = (_listed(one) for one in (self.value, self.lower, self.upper))
        guarded = zip(*(one.tolist() for one in self.guarded), strict=True)
        more = zip(*(_listed(one) for one in self.more.values()), strict=True) if self.more else [()] * len(n)
        aside = zip(*(one.tolist() for one in self.aside), strict=True) if self.aside else [()] * len(n)
        told = (dict(zip(self.more, one, strict=True)) for one in more)
        rows = zip(n, x, *limits, guarded, told, aside, strict=True)
        return [Figure(*row) for row in rows]


def _listed(values: Floats) -> list[float | None]:
    """Unknown is None."""
    return [None if value != value else value for value in values.tolist()]  # NaN is not itself


def figures(measure: Measure, observed: Observed) -> list[Figure]:
    """The figures of many cells of one measure."""
    return table(measure, observed).figures()


def table(measure: Measure, observed: Observed) -> Table:
    """The same, in columns."""
    with np.errstate(divide="ignore", invalid="ignore"):
        return MAKERS[type(measure)](measure, observed)


def figure(measure: Measure, counted: Counted) -> Figure:
    """The figure of one cell."""
    rows = [(*outcome, times) for outcome, times in sorted(counted.items())]
    columns = np.array(rows or np.zeros((0, 4)), dtype=np.int64).T
    cell = np.zeros(len(rows), dtype=np.int64)
    return figures(measure, Observed(cell, tuple(columns[:-1]), columns[-1], 1))[0]


def _share(measure: Measure, observed: Observed) -> Table:
    """Wilson's interval, in per cent."""
    n, x = observed.total(), observed.total(observed.outcome[0])
    lower, upper = many.wilson(x, n)
    return Table(n, x, 100 * x / n, 100 * lower, 100 * upper, (n, x, n - x))


def _rate(measure: Rate, observed: Observed) -> Table:
    """Byar's interval, exact below ten."""
    x = observed.total(observed.outcome[0])
    days = observed.total() - x
    child_years = days / DAYS_OF_YEAR
    scale = measure.per / np.where(days > 0, child_years, np.nan)
    lower, upper = many.byars(x)
    more = {"child_years": child_years}
    return Table(days, x, x * scale, lower * scale, upper * scale, (x,), more)


def _wait(measure: Wait, observed: Observed) -> Table:
    """The median of Kaplan-Meier with those who still wait, beside what those who came can tell."""
    came, guarded, told = _came(measure.limit, observed)

    def of(curve: survival.Curve) -> list[float | None]:
        found = [survival.quantile_of(curve, p) for p in (0.5, 0.9)]
        limits = [limit for one in found for limit in (one.value, one.lower, one.upper)]
        return [*limits, 100 * (1 - survival.share_of(curve, measure.limit))]

    value, lower, upper, *more = _of_curves(observed, 7, of).T
    names = ("p90", "p90_lower", "p90_upper", "within_limit_of_all")
    return Table(
        observed.total(), came, value, lower, upper, guarded, dict(zip(names, more, strict=True)) | told
    )


def _within(measure: Within | FollowedBy, observed: Observed) -> Table:
    """How many come within the limit by Kaplan-Meier, in per cent with log-log limits. Who came later and who
    was not seen to come are few when things go well: that hides them, and not the share.
    """
    _, (n, _, gone, within, late), told = _came(measure.limit, observed)

    def of(curve: survival.Curve) -> list[float]:
        left = survival.at(curve, measure.limit)
        return [100 * (1 - one) for one in (left.share, left.upper, left.lower)]

    value, lower, upper = _of_curves(observed, 3, of).T
    return Table(n, within, value, lower, upper, (n, within, n - within), told, (gone, late))


def _came(limit: int, observed: Observed) -> tuple[Ints, tuple[Ints, ...], dict[str, Floats]]:
    """How many came; what must not be small; and what those who came can tell."""
    days, done, *_ = observed.outcome
    n, came = observed.total(), observed.total(done)
    within = observed.total((done == 1) & (days <= limit))
    told = {"within_limit_of_those_who_came": 100 * within / came, "did_not_come": (n - came).astype(float)}
    return came, (n, came, n - came, within, came - within), told


def _of_curves(observed: Observed, columns: int, of: Callable[[survival.Curve], Sequence[Any]]) -> Floats:
    """What each cell's own curve tells, a row a cell."""
    days, done, *_ = observed.outcome
    (cell, day), seen = alike((observed.cell, days), observed.times)
    events = alike((observed.cell, days), observed.times * done)[1]
    bounds = np.searchsorted(cell, np.arange(observed.cells + 1))
    made = np.full((observed.cells, columns), np.nan)
    for row, first, last in zip(made, bounds[:-1], bounds[1:], strict=True):
        if first < last:
            here = slice(first, last)
            row[:] = of(survival.curve_of(day[here], events[here], seen[here]))
    return made


def _continuity(measure: Continuity, observed: Observed) -> Table:
    """The mean of the children's own indices, in per cent of always the same, with the t interval."""
    values, n = 100 * _index(measure.index, observed.outcome), observed.total()
    mean = np.bincount(observed.cell, observed.times * values, observed.cells) / n
    squares = observed.times * (values - mean[observed.cell]) ** 2
    spread = np.sqrt(np.bincount(observed.cell, squares, observed.cells) / (n - 1))
    half = many.t_quantile(n - 1) * spread / np.sqrt(n)
    return Table(n, None, mean, np.maximum(mean - half, 0.0), np.minimum(mean + half, 100.0), (n,))


def _index(name: str, outcome: tuple[Ints, ...]) -> Floats:
    total, squares, most, *_ = outcome
    return most / total if name == "upc" else (squares - total) / (total * (total - 1))


def _spread(measure: Spread | AgeAtFirst, observed: Observed) -> Table:
    """The median by rank, with limits by rank (Campbell & Gardner, BMJ 1988;296:1454-1456)."""
    different, n = observed.outcome[0], observed.total()
    half = Z * np.sqrt(n) / 2
    at = _Ranks(observed).at
    middle = (at(np.ceil(n / 2)) + at(n // 2 + 1)) / 2
    low, high, late = at(np.round(n / 2 - half)), at(np.round(1 + n / 2 + half)), at(np.ceil(0.9 * n))
    mean = np.bincount(observed.cell, observed.times * different, observed.cells) / n
    return Table(n, None, middle, low, high, (n,), {"p90": late, "mean": mean})


def _ages(measure: AgeAtFirst, observed: Observed) -> Table:
    """The same of months, told in years."""
    found = _spread(measure, observed)
    value, lower, upper = (one / 12 for one in (found.value, found.lower, found.upper))
    more = {name: one / 12 for name, one in found.more.items()}
    return Table(found.n, None, value, lower, upper, found.guarded, more)


class _Ranks:
    """The values of each cell in order."""

    def __init__(self, observed: Observed) -> None:
        order = np.lexsort((observed.outcome[0], observed.cell))
        self.value = np.append(observed.outcome[0][order].astype(float), np.nan)
        self.n = observed.total()
        self.before = np.cumsum(self.n) - self.n
        self.until = np.cumsum(observed.times[order])

    def at(self, rank: npt.NDArray[Any]) -> Floats:
        """The value at each cell's rank, from 1; NaN outside."""
        inside = (rank >= 1) & (rank <= self.n)
        place = np.searchsorted(self.until, self.before + np.where(inside, rank, 1))
        return np.where(inside, self.value[np.minimum(place, len(self.value) - 1)], np.nan)


MAKERS: Mapping[type, Callable[..., Table]] = {
    ShareOfChildren: _share,
    ShareOfRows: _share,
    StillWaiting: _share,
    ShareBefore: _share,
    Rate: _rate,
    Wait: _wait,
    Within: _within,
    FollowedBy: _within,
    ShareOfGroup: _share,
    ByAge: _share,
    AgeAtFirst: _ages,
    Continuity: _continuity,
    Spread: _spread,
}


def standardised(per: float, events: Ints, days: Ints, standard: Ints) -> dict[str, Floats]:
    """The rates of places (a row each) that the standard's mix of groups (columns) would have, by Dobson; see
    statistics/standardisation.py. Unknown below ten cases, or where nobody lives in a group of the standard.
    """
    events, days, standard = events[:, standard > 0], days[:, standard > 0], standard[standard > 0]
    total = events.sum(axis=1)
    known = (total >= FEWEST) & np.all(days > 0, axis=1)
    lived = np.where(known[:, None], days / DAYS_OF_YEAR, np.nan)
    weight = standard.sum()
    with np.errstate(divide="ignore", invalid="ignore"):
        rate = (standard * events / lived).sum(axis=1) / weight
        scale = np.sqrt((events * (standard / lived) ** 2).sum(axis=1) / weight**2 / total)
    lower, upper = many.byars(total)
    found = (rate, rate + scale * (lower - total), rate + scale * (upper - total))
    return {name: one * per for name, one in zip(STANDARDISED, found, strict=True)}


STANDARDISED = ("standardised", "standardised_lower", "standardised_upper")


def told(value: float | None, n: int) -> float | None:
    """A value as finely as its number allows: two digits that mean something below 100, three below 10,000,
    else four.
    """
    digits = 2 if n < 100 else 3 if n < 10_000 else 4
    return None if value is None else float(f"{value:.{digits}g}")
