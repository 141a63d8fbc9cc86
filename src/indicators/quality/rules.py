"""When so few rows have come that somebody should ask why. Pure: counts in, what is told out."""

from collections.abc import Iterator, Mapping
from datetime import date
from math import log, sqrt
from statistics import median

LESS = 0.8
"""Never told unless at least a fifth is gone (our own limit: less than that is usual between years)."""
OUTLIER = 3.5
"""How many robust standard deviations off an outlier is (Iglewicz & Hoaglin, How to detect and handle
outliers, ASQC 1993; NIST/SEMATECH e-Handbook 1.3.5.17).
"""
TO_DEVIATION = 1.4826
"""From the median absolute deviation to a standard deviation, of a normal distribution."""
AROUND, NEIGHBOURS, MONTHS = 2, 2, 24
"""Years before and after that a month is compared with, how many of them there must be, and how many such
months before anything is said.
"""
SCARCE = 0.01
"""A year with less than this of the fullest year's rows is stray days, not a year of the delivery."""
QUIET_DAYS, USUAL_ROWS, EXPECTED = 90, 50, 20.0
"""A unit is silent after three months (a summer is shorter) when it had at least so many rows in the year
before, and so many would have come since: by Poisson's law none comes then once in half a billion times.
"""

Month = tuple[int, int]


def held(years: Mapping[int, int]) -> list[int]:
    """The years that the delivery is of, without those of stray days."""
    most = max(years.values(), default=0)
    return sorted(year for year, rows in years.items() if rows >= SCARCE * most)


def fewer_years(years: Mapping[int, int]) -> Iterator[tuple[int, int]]:
    """The years with at least a fifth fewer rows than the year before, which must be there too; and how many
    per cent fewer.
    """
    for year in held(years):
        before = years.get(year - 1)
        if before and years[year] <= LESS * before:
            yield year, _percent(years[year], before)


def fewer_months(months: Mapping[Month, int], last: date) -> Iterator[tuple[Month, int]]:
    """The months far below the same month of the years around, and how many per cent. Months of a year that
    has fallen as a whole are not told once more, nor the last month while it goes on.
    """
    years: dict[int, int] = {}
    for (year, _), rows in months.items():
        years[year] = years.get(year, 0) + rows
    kept = held(years)
    fallen = {year for year, _ in fewer_years(years)}
    usual = dict(_usual(months, kept, last))
    ratios = {month: log((months.get(month, 0) + 0.5) / (of + 0.5)) for month, of in usual.items()}
    if len(ratios) < MONTHS:
        return
    middle = median(ratios.values())
    spread = TO_DEVIATION * median(abs(ratio - middle) for ratio in ratios.values())
    for month, of in usual.items():
        rows = months.get(month, 0)
        # Two counts of chance alone differ by so much; few rows are never a fall.
        by_chance = sqrt(2 / (of + 0.5))
        off = (ratios[month] - middle) / max(spread, by_chance)
        if off < -OUTLIER and rows <= LESS * of and month[0] not in fallen:
            yield month, _percent(rows, of)


def _usual(months: Mapping[Month, int], kept: list[int], last: date) -> Iterator[tuple[Month, float]]:
    """Each month from the first that has rows to the last whole one: what its neighbours would give."""
    first = min((month for month in months if month[0] in kept), default=None)
    for year in kept:
        for number in range(1, 13):
            if first is None or (year, number) < first or (year, number) >= (last.year, last.month):
                continue
            others = [
                months.get((other, number), 0)
                for other in range(year - AROUND, year + AROUND + 1)
                if other != year and other in kept and first <= (other, number) < (last.year, last.month)
            ]
            if len(others) >= NEIGHBOURS:
                yield (year, number), median(others)


def is_silent(rows: int, latest: date, last: date) -> bool:
    """Whether a unit that had so many rows in the year up to its latest has gone silent before the last day
    of the delivery.
    """
    days = (last - latest).days
    return days >= QUIET_DAYS and rows >= USUAL_ROWS and rows * days / 365 >= EXPECTED


def _percent(rows: float, of: float) -> int:
    return round(100 * (1 - rows / of))
