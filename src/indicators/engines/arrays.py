"""The tables as arrays: what the fast engine reads, made once and shared by every indicator."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import numpy as np
import numpy.typing as npt

from indicators.measures import BANDS, Rows, Test
from indicators.tables import TABLES, Data, Kind

Ints = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]
Ages = tuple[int, int]

FAR = np.int64(1 << 40)
"""A day after every day."""
SPAN = np.int64(1 << 24)
"""More than any day number: child × SPAN + day sorts by child, then day."""
OFFSET = 1 << 23
"""Days are counted from so long before 1970 that none is negative."""


def days(values: Sequence[date | None]) -> Ints:
    """Day numbers; FAR where unknown."""
    return np.array(
        [FAR if one is None else one.toordinal() - EPOCH + OFFSET for one in values], dtype=np.int64
    )


EPOCH = date(1970, 1, 1).toordinal()


def day(of: date) -> int:
    """The number of one day."""
    return of.toordinal() - EPOCH + OFFSET


def _calendar(numbers: Ints) -> tuple[Ints, Ints]:
    """Months since 1970, and the day of the month."""
    dates = (np.minimum(numbers, OFFSET * 2) - OFFSET).astype("datetime64[D]")
    months = dates.astype("datetime64[M]")
    return months.astype(np.int64), (dates - months).astype(np.int64) + 1


def _sortable(numbers: Ints) -> Ints:
    """Such that a later day of the year is more: 2024-02-29 is 24290·32 + 29 or so."""
    months, of_month = _calendar(numbers)
    return (months + 12 * 4000) * 32 + of_month


def ages_on(born: Ints, numbers: Ints) -> Ints:
    """Whole years; who is born on 29 February ages on 1 March."""
    return (_sortable(numbers) - _sortable(born)) // (12 * 32)


def birthdays(born: Ints, age: int) -> Ints:
    """The day each turns `age`."""
    months, of_month = _calendar(born)
    first = (months + 12 * age).astype("datetime64[M]").astype("datetime64[D]").astype(np.int64)
    return first + of_month - 1 + OFFSET


class Coded:
    """A column of codes: the different ones, and which of them each row has; −1 for unknown."""

    def __init__(self, values: Sequence[Any]) -> None:
        """Codes in order of first appearance."""
        places: dict[Any, int] = {None: -1}
        self.rows = np.array([places.setdefault(one, len(places) - 1) for one in values], dtype=np.int64)
        self.codes = [one for one in places if one is not None]

    def passes(self, test: Test) -> Flags:
        """Which rows pass: the test is put to each different code, not to each row."""
        passing = np.array([*(test.passes(code) for code in self.codes), False])
        return np.asarray(passing[self.rows])


class Frame:
    """One table of events: the rows of known children up to the last known day."""

    def __init__(self, columns: Any, name: str, places: dict[int, int], until: int) -> None:
        """Children become places in the region's arrays."""
        child = np.array([places.get(one, -1) for one in columns["child"]], dtype=np.int64)
        day_numbers = days(columns["day"])
        keep = (child >= 0) & (day_numbers <= until)
        self.child, self.day = child[keep], day_numbers[keep]
        self._coded: dict[str, Coded] = {}
        self._columns, self._keep = columns, keep
        self._coded_kinds = {c.name for c in TABLES[name].columns if c.kind is not Kind.DAY}

    def coded(self, column: str) -> Coded:
        """A column of codes, made when first asked for."""
        if column not in self._coded:
            made = Coded(self._columns[column])
            made.rows = made.rows[self._keep]
            self._coded[column] = made
        return self._coded[column]

    def matching(self, where: Sequence[Test]) -> Ints:
        """The places of the rows that pass every test."""
        passing = np.ones(len(self.child), dtype=bool)
        for test in where:
            passing &= self.coded(test.column).passes(test)
        return np.flatnonzero(passing)


class Region:
    """The children, where they live and what happened, as arrays; events and selections are kept."""

    def __init__(self, data: Data, until: date) -> None:
        """Everything up to `until`."""
        self.until = day(until)
        children = data["child"]
        self.places = {child: place for place, child in enumerate(children["child"])}
        self.born = days(children["born"])
        self.ended = days(children["ended"])
        self.protected = np.array(children["protected"], dtype=bool)
        self.sex = Coded(children["sex"])
        self._live(data["residence"])
        self._data = data
        self._frames: dict[str, Frame] = {}
        self._selected: dict[Rows, Ints] = {}

    def _live(self, residence: Any) -> None:
        """Spells by child and day. `lasts` is when a home really ends, `stays` when the child leaves."""
        child = np.array([self.places.get(one, -1) for one in residence["child"]], dtype=np.int64)
        named = sorted(set(residence["municipality"]))
        number = {name: place for place, name in enumerate(named)}
        municipality = np.array([number[one] for one in residence["municipality"]], dtype=np.int64)
        first, last = days(residence["first"]), days(residence["last"])
        order = np.lexsort((last, municipality, first, child))
        order = order[child[order] >= 0]
        self.home_child, self.first, self.home = child[order], first[order], municipality[order]
        self.municipalities = named
        followed = np.append(self.home_child[1:] == self.home_child[:-1], False)
        following = np.append(self.first[1:], FAR)
        self.lasts = np.where(followed, np.minimum(last[order], following - 1), last[order])
        self.stays = self._stays(followed & (self.lasts == following - 1))
        self.where = self.home_child * SPAN + self.first

    def _stays(self, goes_on: Flags) -> Ints:
        """The last day of the unbroken stay that each spell belongs to."""
        place = np.arange(len(self.lasts))
        end_of_stay = np.minimum.accumulate(np.where(goes_on, len(place), place)[::-1])[::-1]
        return self.lasts[end_of_stay] if len(place) else self.lasts

    def frame(self, table: str) -> Frame:
        """A table of events."""
        if table not in self._frames:
            self._frames[table] = Frame(self._data[table], table, self.places, self.until)
        return self._frames[table]

    def selected(self, asked: Rows) -> Ints:
        """The places of rows that were asked for; asked once, kept for every indicator."""
        if asked not in self._selected:
            self._selected[asked] = self.frame(asked.table).matching(asked.where)
        return self._selected[asked]

    def spell(self, child: Ints, on: Ints) -> Ints:
        """The place of the spell that holds for each child that day; −1 when it does not live here."""
        found = np.searchsorted(self.where, child * SPAN + np.minimum(on, SPAN - 1), side="right") - 1
        if not len(self.where):
            return np.full(len(child), -1)
        holds = (found >= 0) & (self.home_child[found] == child) & (self.lasts[found] >= on)
        return np.where(holds, found, -1)

    def counts(self, child: Ints, on: Ints, ages: Ages) -> tuple[Flags, Ints]:
        """Whether each lives here that day at one of the ages, and by which spell."""
        spell = self.spell(child, on)
        born, age = self.born[child], ages_on(self.born[child], on)
        followed = (born <= on) & (on <= self.ended[child])
        return followed & (age >= ages[0]) & (age <= ages[1]) & (spell >= 0), spell

    def stratum(self, child: Ints, on: Ints, spell: Ints, year: Ints | int) -> Ints:
        """One number for year, municipality, sex and age band; see `unpacked`."""
        home = np.where(self.protected[child], len(self.municipalities), self.home[spell])
        band = np.searchsorted([low for low, _ in BANDS], ages_on(self.born[child], on), side="right") - 1
        return self.packed(year, home, self.sex.rows[child], band)

    def packed(self, year: Ints | int, home: Ints, sex: Ints, band: Ints | int) -> Ints:
        """A stratum as one number."""
        return ((year * (len(self.municipalities) + 1) + home) * len(self.sex.codes) + sex) * len(
            BANDS
        ) + band

    def unpacked(self, stratum: int) -> tuple[int, str | None, str, int]:
        """The year, municipality, sex and place of the age band of a stratum's number."""
        rest, band = divmod(stratum, len(BANDS))
        rest, sex = divmod(rest, len(self.sex.codes))
        year, home = divmod(rest, len(self.municipalities) + 1)
        return year, [*self.municipalities, None][home], self.sex.codes[sex], band
