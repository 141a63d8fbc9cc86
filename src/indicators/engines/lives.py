"""Each child's life as spans of days in which nothing that divides the figures changes.

A span begins where a home or an age class does; days outside the region, or the ages that anything is counted
at, are spans too (OUT). So where a row belongs is a few steps forward from the span of new year's day.
"""

from collections.abc import Collection, Mapping, Sequence
from functools import cached_property
from typing import Any

import numpy as np

from indicators.measures import BANDS, band_of
from indicators.tables import SEXES

from .arrays import FAR, Coded, Ints, Places, birthdays, days, first_of, last_of

OUT = -1
Ages = tuple[int, int]
Columns = Mapping[str, Any]


class Lives:
    """Children in places, and their spans: `first` day, the first day of what `follows`, and `stratum`."""

    def __init__(
        self, people: Columns, homes: Columns, ages: Sequence[Ages], years: Collection[int] = ()
    ) -> None:
        """`ages`: from and to, of everything that will be asked for. `years`: those that will be asked about;
        spans that are over before the first are left out.
        """
        self.places = Places(people["child"])
        order = self.places.order
        grown = max(high for _, high in ages) + 1
        self.cuts = sorted({cut for low, high in (*BANDS, *ages) for cut in (low, high + 1) if cut <= grown})
        self.born = days(people["born"])[order]
        self.birthdays = birthdays(self.born, self.cuts)
        self.ended = days(people["ended"])[order]
        self.sex = _numbered(Coded.of(people["sex"]), SEXES)[order]
        self.protected = np.asarray(people["protected"], dtype=bool)[order]
        named = Coded.of(homes["municipality"])
        self.municipalities = sorted(named.codes)
        spells = self._spells(homes, _numbered(named, self.municipalities))
        self._cut(*spells, first_of(min(years)) if years else 0)
        self._years = self._walked(years)

    def __len__(self) -> int:
        """How many children."""
        return len(self.ended)

    @property
    def strata(self) -> int:
        """How many strata there are: home or none, sex and age class."""
        return (len(self.municipalities) + 1) * len(SEXES) * (len(self.cuts) - 1)

    def _spells(self, homes: Columns, home: Ints) -> tuple[Ints, Ints, Ints, Ints]:
        """Child, home, first and last day: the spell that began last holds, and no two overlap any more."""
        child, first, last = self.places.of(homes["child"]), days(homes["first"]), days(homes["last"])
        begins = child.astype(np.int64) << 32 | first
        if child.min(initial=0) < 0 or not np.all(begins[1:] > begins[:-1]):
            order = np.lexsort((last, home, first, child))
            order = order[child[order] >= 0]
            child, first, last, home = (one[order] for one in (child, first, last, home))
        followed = _next(child) == child
        return child, home, first, np.where(followed, np.minimum(last, _next(first) - 1), last)

    def _cut(self, child: Ints, home: Ints, first: Ints, last: Ints, since: int) -> None:
        """Spells by age classes, and between them what is OUT."""
        classes = len(self.cuts) - 1
        last = np.minimum(last, self.ended[child])
        turned = self.birthdays[child]
        begins = np.maximum(first[:, None], turned[:, :-1])
        turned -= 1
        ends = np.minimum(last[:, None], turned[:, 1:])
        kept = np.flatnonzero((begins <= ends) & (ends >= since))
        spell, age = np.divmod(kept, classes)
        child = child[spell]
        place = np.where(self.protected[child], len(self.municipalities), home[spell])
        stratum = (place * len(SEXES) + self.sex[child]) * classes + age
        self._lay(child, begins.ravel()[kept], ends.ravel()[kept], stratum)

    def _lay(self, child: Ints, begins: Ints, ends: Ints, stratum: Ints) -> None:
        """In one row after another: a beginning for each child, its spans, and the gaps between them."""
        ongoing = (_next(child) == child) & (_next(begins) == ends + 1)
        gap = ~ongoing & (ends < FAR - 1)
        at = np.cumsum(gap) - gap
        at += np.arange(1, len(child) + 1) + child
        number = np.bincount(child, minlength=len(self)) + np.bincount(child[gap], minlength=len(self)) + 1
        self.begin = np.cumsum(number) - number
        size = len(self) + len(child) + int(gap.sum())
        self.first = np.zeros(size, dtype=np.int32)
        self.stratum = np.full(size, OUT, dtype=np.int32)
        self.first[at], self.stratum[at] = begins, stratum
        self.first[at[gap] + 1] = ends[gap] + 1
        # What is first of the next child is nought.
        self.follows = _next(self.first)
        self.follows[self.follows <= 0] = FAR

    def _walked(self, years: Collection[int]) -> dict[int, tuple[Ints, Ints]]:
        """Of each year every child's span on new year's day, and its stratum on the last."""
        walked, span = {}, self.begin
        for year in sorted(years):
            since = self._forward(span.copy(), first_of(year))
            span = self._forward(since.copy(), last_of(year))
            walked[year] = since, self.stratum[span]
        return walked

    def at_beginning(self, year: int) -> Ints:
        """Every child's span on the first day of a year."""
        return self._years[year][0]

    def at_end(self, year: int) -> Ints:
        """Every child's stratum on the last day of a year."""
        return self._years[year][1]

    def on(self, place: Ints, day: Ints, year: int) -> Ints:
        """Each child's span on a day of the year or later."""
        return self._forward(self.at_beginning(year)[place], day)

    def _forward(self, span: Ints, day: Ints | int) -> Ints:
        """The spans that hold on a day, step by step from earlier ones."""
        moving = np.flatnonzero(day >= self.follows[span])
        when = day[moving] if isinstance(day, np.ndarray) else day
        while len(moving):
            span[moving] += 1
            later = np.flatnonzero(when >= self.follows[span[moving]])
            moving = moving[later]
            when = when[later] if isinstance(when, np.ndarray) else when
        return span

    def lived(self, year: int, until: int) -> Ints:
        """Days lived in each stratum in a year, up to a day."""
        first, last = first_of(year), min(last_of(year), until)
        total, span = np.zeros(self.strata + 1), self.at_beginning(year)
        while len(span) and first <= last:
            length = np.minimum(self.follows[span], last + 1) - np.maximum(self.first[span], first)
            total += np.bincount(self.stratum[span] + 1, length, self.strata + 1)
            span = span[self.follows[span] <= last] + 1
        return total[1:].astype(np.int64)

    def stays(self, span: Ints) -> Ints:
        """The last day of the unbroken stay that each span belongs to; FAR when that goes on."""
        left = np.append(self.first[self._outside], 0)[np.searchsorted(self._outside, span)]
        return np.where(left > 0, left - 1, FAR)

    @cached_property
    def _outside(self) -> Ints:
        return np.flatnonzero(self.stratum == OUT)

    def grown(self, place: Ints, ages: Ages) -> Ints:
        """The last day that each is no older than `ages`."""
        return self.birthdays[place, self.cuts.index(ages[1] + 1)] - 1

    def told(self, ages: Ages) -> Ints:
        """Of each stratum: the one with its age band, or OUT when it is not of the ages. OUT stays OUT."""
        age = np.arange(self.strata) % (len(self.cuts) - 1)
        lower = np.array(self.cuts[:-1])
        band = np.array([BAND_NUMBER[band_of(low)] for low in self.cuts[:-1]])
        told = np.arange(self.strata) // (len(self.cuts) - 1) * len(BANDS) + band[age]
        within = (lower[age] >= ages[0]) & (lower[age] <= ages[1])
        return np.append(np.where(within, told, OUT), OUT)


BAND_NUMBER = {band_of(low): number for number, (low, _) in enumerate(BANDS)}


def _next(values: Ints) -> Ints:
    """What stands after each; after the last, −1."""
    made = np.full_like(values, -1)
    made[:-1] = values[1:]
    return made


def _numbered(coded: Coded, codes: Sequence[str]) -> Ints:
    """Each row's place among some codes."""
    places = np.array([codes.index(code) for code in coded.codes], dtype=np.int32)
    return places[coded.rows] if len(coded) else coded.rows
