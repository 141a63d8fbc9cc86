"""Each child's life as spans of days in which nothing that divides the figures changes.

A span begins where a home or an age class does; days outside the region, or the ages that anything is counted
at, are spans too (OUT). So where a row belongs is a few steps forward from the span of new year's day.
"""

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any

import numpy as np

from indicators.measures import BANDS, band_of
from indicators.tables import SEXES

from .arrays import FAR, Coded, Ints, Places, birthdays, days

OUT = -1
Ages = tuple[int, int]


class Lives:
    """Children in places, and their spans: `first` day, the first day of what `follows`, and `stratum`."""

    def __init__(self, people: Mapping[str, Any], homes: Mapping[str, Any], ages: Sequence[Ages]) -> None:
        """`ages`: from and to, of everything that will be asked for."""
        self.places = Places(people["child"])
        order = self.places.order
        self.cuts = sorted({cut for low, high in (*BANDS, *ages) for cut in (low, high + 1)})
        self.birthdays = birthdays(days(people["born"])[order], self.cuts)
        self.ended = days(people["ended"])[order]
        self.sex = _numbered(Coded.of(people["sex"]), SEXES)[order]
        self.protected = np.asarray(people["protected"], dtype=bool)[order]
        named = Coded.of(homes["municipality"])
        self.municipalities = sorted(named.codes)
        self._cut(*self._spells(homes, _numbered(named, self.municipalities)))

    def __len__(self) -> int:
        """How many children."""
        return len(self.ended)

    @property
    def strata(self) -> int:
        """How many strata there are: home or none, sex and age class."""
        return (len(self.municipalities) + 1) * len(SEXES) * (len(self.cuts) - 1)

    def _spells(self, homes: Mapping[str, Any], home: Ints) -> tuple[Ints, Ints, Ints, Ints]:
        """Child, home, first and last day: the spell that began last holds, and no two overlap any more."""
        child, first, last = self.places.of(homes["child"]), days(homes["first"]), days(homes["last"])
        begins = child.astype(np.int64) << 32 | first
        if child.min(initial=0) < 0 or not np.all(begins[1:] > begins[:-1]):
            order = np.lexsort((last, home, first, child))
            order = order[child[order] >= 0]
            child, first, last, home = (one[order] for one in (child, first, last, home))
        followed = np.append(child[1:], -1) == child
        return child, home, first, np.where(followed, np.minimum(last, np.append(first[1:], 0) - 1), last)

    def _cut(self, child: Ints, home: Ints, first: Ints, last: Ints) -> None:
        """Spells by age classes, and between them what is OUT."""
        classes = len(self.cuts) - 1
        turned = self.birthdays[:, child].T
        begins = np.maximum(first[:, None], turned[:, :-1])
        ends = np.minimum(np.minimum(last, self.ended[child])[:, None], turned[:, 1:] - 1)
        spell, age = np.nonzero(begins <= ends)
        begins, ends, child = begins[spell, age], ends[spell, age], child[spell].astype(np.int64)
        place = np.where(self.protected[child], len(self.municipalities), home[spell])
        stratum = (place * len(SEXES) + self.sex[child]) * classes + age
        self._lay(child, begins, ends, stratum)

    def _lay(self, child: Ints, begins: Ints, ends: Ints, stratum: Ints) -> None:
        """In one row after another: a beginning for each child, its spans, and the gaps between them."""
        ongoing = (np.append(child[1:], -1) == child) & (np.append(begins[1:], 0) == ends + 1)
        gap = ~ongoing & (ends < FAR - 1)
        before = np.cumsum(gap) - gap
        at = np.arange(len(child)) + child + 1 + before
        number = np.bincount(child, minlength=len(self)) + np.bincount(child[gap], minlength=len(self)) + 1
        self.begin = np.append(0, np.cumsum(number))[: len(self)]
        size = len(self) + len(child) + int(gap.sum())
        self.first = np.zeros(size, dtype=np.int32)
        self.stratum = np.full(size, OUT, dtype=np.int32)
        self.first[at], self.stratum[at] = begins, stratum
        self.first[at[gap] + 1] = ends[gap] + 1
        self.follows = np.zeros(size, dtype=np.int32)
        self.follows[:-1] = self.first[1:]
        self.follows[self.follows == 0] = FAR

    def on(self, place: Ints, day: Ints | int, since: Ints | None = None) -> Ints:
        """Each child's span on a day; `since`: every child's span on a day that is no later."""
        span = (self.begin if since is None else since)[place]
        moving = np.flatnonzero(day >= self.follows[span])
        when = day[moving] if isinstance(day, np.ndarray) else day
        while len(moving):
            span[moving] += 1
            later = when >= self.follows[span[moving]]
            moving = moving[later]
            when = when[later] if isinstance(when, np.ndarray) else when
        return span

    def everyone_on(self, day: int, since: Ints | None = None) -> Ints:
        """Every child's span on a day."""
        return self.on(np.arange(len(self)), day, since)

    def lived(self, since: Ints, first: int, last: int) -> Ints:
        """Days lived in each stratum from one day to another; `since`: the spans on the first."""
        total = np.zeros(self.strata + 1)
        while len(since):
            length = np.minimum(self.follows[since], last + 1) - np.maximum(self.first[since], first)
            total += np.bincount(self.stratum[since] + 1, np.maximum(length, 0), self.strata + 1)
            since = since[self.follows[since] <= last] + 1
        return total[1:].astype(np.int64)

    @cached_property
    def stays(self) -> Ints:
        """Of each span the last day of the unbroken stay that it belongs to; FAR when that goes on."""
        place = np.where(self.stratum == OUT, np.arange(len(self.stratum)), len(self.stratum))
        after = np.minimum.accumulate(place[::-1])[::-1]
        left = np.append(self.first, 0)[after]
        return np.where(left > 0, left - 1, FAR)

    def grown(self, place: Ints, ages: Ages) -> Ints:
        """The last day that each is no older than `ages`."""
        return self.birthdays[self.cuts.index(ages[1] + 1)][place] - 1

    def told(self, ages: Ages) -> Ints:
        """Of each stratum: the one with its age band, or OUT when it is not of the ages. OUT stays OUT."""
        age = np.arange(self.strata) % (len(self.cuts) - 1)
        lower = np.array(self.cuts[:-1])
        band = np.array([BAND_NUMBER[band_of(low)] for low in self.cuts[:-1]])
        told = np.arange(self.strata) // (len(self.cuts) - 1) * len(BANDS) + band[age]
        within = (lower[age] >= ages[0]) & (lower[age] <= ages[1])
        return np.append(np.where(within, told, OUT), OUT)


BAND_NUMBER = {band_of(low): number for number, (low, _) in enumerate(BANDS)}


def _numbered(coded: Coded, codes: Sequence[str]) -> Ints:
    """Each row's place among some codes."""
    places = np.array([codes.index(code) for code in coded.codes], dtype=np.int32)
    return places[coded.rows] if len(coded) else coded.rows
