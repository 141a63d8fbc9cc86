"""From counted outcomes to figures with their uncertainty, by kind of measure. Unknown is None.

Counts are whole numbers that add up over places; `guarded` are those that must not be small when shown.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from math import ceil, fsum, sqrt

from .measures import (
    Continuity,
    Measure,
    Outcome,
    Rate,
    ShareBefore,
    ShareOfChildren,
    ShareOfRows,
    Spread,
    StillWaiting,
    Wait,
)
from .statistics import intervals, standardisation, survival
from .statistics.distributions import t_quantile

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


def figure(measure: Measure, counted: Counted) -> Figure:
    """The figure of one cell."""
    return MAKERS[type(measure)](measure, counted)


def _share(measure: Measure, counted: Counted) -> Figure:
    """Wilson's interval, in per cent."""
    x, n = counted[(1,)], counted.total()
    if not n:
        return Figure(0, 0, None, None, None, (0, 0, 0))
    limits = intervals.wilson(x, n)
    return Figure(n, x, 100 * x / n, _percent(limits.lower), _percent(limits.upper), (n, x, n - x))


def _percent(share: float | None) -> float | None:
    return None if share is None else 100 * share


def _rate(measure: Rate, counted: Counted) -> Figure:
    """Byar's interval, exact below ten."""
    x, days = counted[(1,)], counted[(0,)]
    if not days:
        return Figure(0, x, None, None, None, (x,), {"child_years": 0.0})
    child_years = days / DAYS_OF_YEAR
    limits = intervals.byars(x)
    scale = measure.per / child_years
    low, high = (None if one is None else one * scale for one in (limits.lower, limits.upper))
    return Figure(days, x, x * scale, low, high, (x,), {"child_years": child_years})


def _wait(measure: Wait, counted: Counted) -> Figure:
    """The median of Kaplan-Meier with those who still wait, beside what those who came can tell."""
    days = sorted(counted.items())
    time = [outcome[0] for outcome, number in days for _ in range(number)]
    status = [outcome[1] for outcome, number in days for _ in range(number)]
    steps = survival.curve(time, status)
    median, late = survival.quantile(steps, 0.5), survival.quantile(steps, 0.9)
    came, n = sum(status), len(status)
    within = sum(number for (waited, done), number in days if done and waited <= measure.limit)
    more = {
        "p90": late.value,
        "p90_lower": late.lower,
        "p90_upper": late.upper,
        "within_limit_of_all": _percent(1 - survival.share_at(steps, measure.limit)) if n else None,
        "within_limit_of_those_who_came": 100 * within / came if came else None,
        "did_not_come": float(n - came),
    }
    guarded = (n, came, n - came, within, came - within)
    return Figure(n, came, median.value, median.lower, median.upper, guarded, more)


def _continuity(measure: Continuity, counted: Counted) -> Figure:
    """The mean of the children's own indices, in per cent of always the same, with the t interval."""
    values = [(100 * _index(measure.index, outcome), number) for outcome, number in sorted(counted.items())]
    n = sum(number for _, number in values)
    if not n:
        return Figure(0, None, None, None, None, (0,))
    mean = fsum(value * number for value, number in values) / n
    if n == 1:
        return Figure(1, None, mean, None, None, (1,))
    spread = sqrt(fsum(number * (value - mean) ** 2 for value, number in values) / (n - 1))
    half = t_quantile(0.975, n - 1) * spread / sqrt(n)
    return Figure(n, None, mean, max(mean - half, 0.0), min(mean + half, 100.0), (n,))


def _index(name: str, outcome: Outcome) -> float:
    total, squares, most = outcome
    return most / total if name == "upc" else (squares - total) / (total * (total - 1))


def _spread(measure: Spread, counted: Counted) -> Figure:
    """The median by rank, with limits by rank (Campbell & Gardner, BMJ 1988;296:1454-1456)."""
    ordered = sorted(counted.items())
    n = sum(number for _, number in ordered)
    if not n:
        return Figure(0, None, None, None, None, (0,))
    half = Z * sqrt(n) / 2
    ranks = [ceil(n / 2), round(n / 2 - half), round(1 + n / 2 + half), ceil(0.9 * n)]
    middle, low, high, late = (_ranked(ordered, rank) for rank in ranks)
    if n % 2 == 0 and middle is not None:
        middle = (middle + (_ranked(ordered, n // 2 + 1) or middle)) / 2
    mean = fsum(outcome[0] * number for outcome, number in ordered) / n
    return Figure(n, None, middle, low, high, (n,), {"p90": late, "mean": mean})


def _ranked(ordered: Sequence[tuple[Outcome, int]], rank: int) -> float | None:
    """The value at a rank, from 1; None outside."""
    if rank < 1:
        return None
    for outcome, number in ordered:
        rank -= number
        if rank <= 0:
            return float(outcome[0])
    return None


MAKERS: Mapping[type, Callable[..., Figure]] = {
    ShareOfChildren: _share,
    ShareOfRows: _share,
    StillWaiting: _share,
    ShareBefore: _share,
    Rate: _rate,
    Wait: _wait,
    Continuity: _continuity,
    Spread: _spread,
}


def standardised(per: float, here: Iterable[Counted], standard: Iterable[Counted]) -> dict[str, float | None]:
    """The rate that the standard's mix of ages and sexes would have, by Dobson. All None below ten cases, or
    where nobody lives in a group that the standard has.
    """
    pairs = [(one, other[(0,)]) for one, other in zip(here, standard, strict=True) if other[(0,)]]
    unknown = dict.fromkeys(("standardised", "standardised_lower", "standardised_upper"))
    if not pairs or any(not one[(0,)] for one, _ in pairs):
        return unknown
    found = standardisation.direct(
        [one[(1,)] for one, _ in pairs],
        [one[(0,)] / DAYS_OF_YEAR for one, _ in pairs],
        [weight for _, weight in pairs],
        per,
    )
    return dict(zip(unknown, (found.value, found.lower95, found.upper95), strict=True))


def told(value: float | None, n: int) -> float | None:
    """A value as finely as its number allows: two digits that mean something below 100, three below 10,000,
    else four.
    """
    digits = 2 if n < 100 else 3 if n < 10_000 else 4
    return None if value is None else float(f"{value:.{digits}g}")
