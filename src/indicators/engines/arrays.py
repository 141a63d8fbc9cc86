"""The tables as arrays: what the fast engine reads, made once and shared by every indicator."""

from collections.abc import Callable, Hashable, Sequence
from datetime import date
from typing import Any

import numpy as np
import numpy.typing as npt

from indicators.measures import BANDS, Rows, Test
from indicators.tables import Data

Ints = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]
Ages = tuple[int, int]

FAR = np.int64(1 << 40)
"""A day after every day."""
SPAN = np.int64(1 << 24)
"""More than any day number: child × SPAN + day sorts by child, then day."""
OFFSET = 1 << 23
"""Days are counted from so long before 1970 that none is negative."""


def days(values: Sequence[date | None] | npt.NDArray[np.datetime64]) -> Ints:
    """Day numbers; FAR where unknown."""
    if isinstance(values, np.ndarray):
        numbers = values.astype("datetime64[D]").astype(np.int64) + OFFSET
        return np.where(np.isnat(values), FAR, numbers)
    return np.array(
        [FAR if one is None else one.toordinal() - EPOCH + OFFSET for one in values], dtype=np.int64
    )


EPOCH = date(1970, 1, 1).toordinal()


def day(of: date) -> int:
    """The number of one day."""
    return of.toordinal() - EPOCH + OFFSET


def year_of(number: int) -> int:
    """The calendar year of one day."""
    return date.fromordinal(number - OFFSET + EPOCH).year


def _calendar(numbers: Ints) -> tuple[Ints, Ints]:
    """Months since 1970, and the day of the month."""
    dates = (np.minimum(numbers, OFFSET * 2) - OFFSET).astype("datetime64[D]")
    months = dates.astype("datetime64[M]")
    return months.astype(np.int64), (dates - months).astype(np.int64) + 1


def birthdays(born: Ints, age: int) -> Ints:
    """The day each turns `age`."""
    months, of_month = _calendar(born)
    first = (months + 12 * age).astype("datetime64[M]").astype("datetime64[D]").astype(np.int64)
    return first + of_month - 1 + OFFSET


class Coded:
    """A column of codes: the different ones, and which of them each row has; −1 for unknown."""

    def __init__(self, rows: Ints, codes: Sequence[Any]) -> None:
        """As they are."""
        self.rows, self.codes = rows, codes

    @classmethod
    def of(cls, values: Any) -> "Coded":
        """From values in any order; what is coded already stays as it is."""
        if isinstance(values, cls):
            return values
        if isinstance(values, np.ndarray) and values.dtype == bool:
            return cls(values.astype(np.int8), [False, True])
        if isinstance(values, np.ndarray):
            codes, rows = np.unique(values, return_inverse=True)
            return cls(rows.astype(np.int64), codes.tolist())
        places: dict[Any, int] = {None: -1}
        coded = [places.setdefault(one, len(places) - 1) for one in values]
        return cls(np.array(coded, dtype=np.int64), [one for one in places if one is not None])

    def __len__(self) -> int:
        """As many as the rows."""
        return len(self.rows)

    def kept(self, keep: Flags) -> "Coded":
        """Only some of the rows."""
        return Coded(self.rows[keep], self.codes)

    def passes(self, test: Test) -> Flags:
        """Which rows pass: the test is put to each different code, not to each row."""
        passing = np.array([*(test.passes(code) for code in self.codes), False])
        return np.asarray(passing[self.rows])


class Frame:
    """One table of events: the rows of known children up to the last known day."""

    def __init__(self, columns: Any, children: "Children", until: int) -> None:
        """Children become places in the region's arrays."""
        child = children.places(columns["child"])
        day_numbers = days(columns["day"])
        keep = (child >= 0) & (day_numbers <= until)
        self.child, self.day = child[keep], day_numbers[keep]
        self._coded: dict[str, Coded] = {}
        self._columns, self._keep = columns, keep

    def coded(self, column: str) -> Coded:
        """A column of codes, made when first asked for."""
        if column not in self._coded:
            self._coded[column] = Coded.of(self._columns[column]).kept(self._keep)
        return self._coded[column]

    def matching(self, where: Sequence[Test]) -> Ints:
        """The places of the rows that pass every test."""
        passing = np.ones(len(self.child), dtype=bool)
        for test in where:
            passing &= self.coded(test.column).passes(test)
        return np.flatnonzero(passing)


CLOSE = 4
"""Keys lie close together when there are no more than so many places for each."""


class Children:
    """Where each child stands in the region's arrays."""

    def __init__(self, keys: Any) -> None:
        """In the order of the table."""
        given = np.asarray(keys, dtype=np.int64)
        self._order = np.argsort(given)
        self._sorted = given[self._order]
        # Keys close together are looked up at once, others searched for.
        self._table = np.full(0, -1)
        if len(given) and given.min() >= 0 and given.max() < CLOSE * len(given):
            self._table = np.full(int(given.max()) + 1, -1)
            self._table[given] = np.arange(len(given))

    def places(self, keys: Any) -> Ints:
        """The places of children; −1 for one that is not known."""
        wanted = np.asarray(keys, dtype=np.int64)
        if not len(self._sorted):
            return np.full(len(wanted), -1)
        if len(self._table):
            known = (wanted >= 0) & (wanted < len(self._table))
            return np.where(known, self._table[np.where(known, wanted, 0)], -1)
        found = np.minimum(np.searchsorted(self._sorted, wanted), len(self._sorted) - 1)
        return np.where(self._sorted[found] == wanted, self._order[found], -1)


class Region:
    """The children, where they live and what happened, as arrays; events and selections are kept."""

    def __init__(self, data: Data, until: date) -> None:
        """Everything up to `until`."""
        self.until = day(until)
        children = data["child"]
        self.children = Children(children["child"])
        self.born = days(children["born"])
        self.ended = days(children["ended"])
        self.protected = np.array(children["protected"], dtype=bool)
        self.sex = Coded.of(children["sex"])
        self._live(data["residence"])
        self._data = data
        self._frames: dict[str, Frame] = {}
        self._kept: dict[Hashable, Any] = {}

    def _live(self, residence: Any) -> None:
        """Spells by child and day. `lasts` is when a home really ends, `stays` when the child leaves."""
        child = self.children.places(residence["child"])
        named = Coded.of(residence["municipality"])
        by_name = np.argsort(np.argsort(np.array(named.codes, dtype=str)))
        municipality = by_name[named.rows] if len(named) else named.rows
        first, last = days(residence["first"]), days(residence["last"])
        order = np.lexsort((last, municipality, first, child))
        order = order[child[order] >= 0]
        self.home_child, self.first, self.home = child[order], first[order], municipality[order]
        self.municipalities = sorted(named.codes)
        followed = np.append(self.home_child[1:] == self.home_child[:-1], False)
        following = np.append(self.first[1:], FAR)
        self.lasts = np.where(followed, np.minimum(last[order], following - 1), last[order])
        self.where = self.home_child * SPAN + self.first
        self.stays = self.lasts[self._ends_of_stays()]

    def _ends_of_stays(self) -> Ints:
        """For each spell the one that ends the unbroken stay it is of: on, from next day to next day."""
        place = np.arange(len(self.lasts))
        following = self.spell(self.home_child, self.lasts + 1)
        end = np.where(following >= 0, following, place)
        while np.any(end != end[end]):
            end = end[end]
        return end

    def frame(self, table: str) -> Frame:
        """A table of events."""
        if table not in self._frames:
            self._frames[table] = Frame(self._data[table], self.children, self.until)
        return self._frames[table]

    def selected(self, asked: Rows) -> Ints:
        """The places of rows that were asked for; asked once, kept for every indicator."""
        return self.kept(asked, lambda: self.frame(asked.table).matching(asked.where))

    def in_years(self, asked: Rows, first: int, last: int) -> Ints:
        """The places of rows that were asked for in some years; put in order of year once."""
        rows, years = self.kept((asked, "by year"), lambda: self._by_year(asked))
        begin, end = np.searchsorted(years, [first, last + 1])
        return np.asarray(rows[begin:end])

    def _by_year(self, asked: Rows) -> tuple[Ints, Ints]:
        rows, on = self.selected(asked), self.frame(asked.table).day
        low, high = (int(one) for one in (on.min(initial=OFFSET), on.max(initial=OFFSET)))
        years = range(year_of(low), year_of(high) + 1)
        of_year = np.searchsorted([day(date(year, 12, 31)) for year in years], on[rows]).astype(np.int16)
        order = np.argsort(of_year, kind="stable")
        return rows[order], of_year[order].astype(np.int64) + years[0]

    def kept(self, name: Hashable, make: Callable[[], Any]) -> Any:
        """What several measures need, made by the first that asks."""
        if name not in self._kept:
            self._kept[name] = make()
        return self._kept[name]

    def birthdays(self, age: int) -> Ints:
        """The day each child turns `age`."""
        return self.kept(("birthdays", age), lambda: birthdays(self.born, age))

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
        old_enough = on >= self.birthdays(ages[0])[child]
        young_enough = on < self.birthdays(ages[1] + 1)[child]
        return (spell >= 0) & old_enough & young_enough & (on <= self.ended[child]), spell

    def stratum(self, child: Ints, on: Ints, spell: Ints, year: Ints | int) -> Ints:
        """One number for year, municipality, sex and age band; see `unpacked`."""
        home = np.where(self.protected[child], len(self.municipalities), self.home[spell])
        reached = [(on >= self.birthdays(low)[child]).astype(np.int64) for low, _ in BANDS]
        band = np.sum(reached, axis=0) - 1
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
