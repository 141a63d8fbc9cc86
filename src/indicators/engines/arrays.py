"""Columns as arrays: days as numbers, codes as places in a list, children as places in the region."""

from collections.abc import Sequence
from datetime import date
from math import prod
from typing import Any

import numpy as np
import numpy.typing as npt

from indicators.measures import Test

Ints = npt.NDArray[Any]
"""Whole numbers, of whatever width."""
Flags = npt.NDArray[np.bool_]

FAR = 1 << 30
"""A day after every day."""
OFFSET = 1 << 23
"""Days are counted from so long before 1970 that none is negative."""
UNKNOWN_DAY = FAR - OFFSET
"""How many days from 1970 stand for an unknown day in an array of numbers."""
EPOCH = date(1970, 1, 1).toordinal()


def days(values: Sequence[date | None] | npt.NDArray[Any]) -> Ints:
    """Day numbers; FAR where unknown. An array holds days from 1970, as dates or as numbers."""
    if not isinstance(values, np.ndarray):
        numbers = [FAR if one is None else day(one) for one in values]
        return np.array(numbers, dtype=np.int32)
    if values.dtype.kind == "M":
        values = np.where(np.isnat(values), UNKNOWN_DAY, values.astype("datetime64[D]").astype(np.int64))
    return values.astype(np.int32) + np.int32(OFFSET)


def day(of: date) -> int:
    """The number of one day."""
    return of.toordinal() - EPOCH + OFFSET


def first_of(year: int) -> int:
    """New year's day."""
    return day(date(year, 1, 1))


def last_of(year: int) -> int:
    """New year's eve."""
    return day(date(year, 12, 31))


def year_of(number: int) -> int:
    """The calendar year of one day."""
    return date.fromordinal(number - OFFSET + EPOCH).year


def turns(born: Ints, months: Ints | int) -> Ints:
    """The days they are so many months old; a day that the month lacks is counted into the next."""
    dates = (born - OFFSET).astype("datetime64[D]")
    of = dates.astype("datetime64[M]")
    return (of + months).astype("datetime64[D]").astype(np.int64) + (dates - of).astype(np.int64) + OFFSET


def birthdays(born: Ints, ages: Sequence[int]) -> Ints:
    """The days they turn each age, a column an age."""
    dates = (born - OFFSET).astype("datetime64[D]")
    months = dates.astype("datetime64[M]")
    of_month = (dates - months).astype(np.int64) + OFFSET
    made = np.empty((len(born), len(ages)), dtype=np.int32)
    for column, age in enumerate(ages):
        made[:, column] = (months + 12 * age).astype("datetime64[D]").astype(np.int64) + of_month
    return made


def months_old(born: Ints, on: Ints) -> Ints:
    """Whole months from birth to a day on or after it."""
    begun = [
        (one - OFFSET).astype("datetime64[D]").astype("datetime64[M]").astype(np.int64) for one in (born, on)
    ]
    most = begun[1] - begun[0]
    return most - 2 + (turns(born, most - 1) <= on) + (turns(born, most) <= on)


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
            return cls(values.view(np.uint8), [False, True])
        places: dict[Any, int] = {None: -1}
        coded = [places.setdefault(one, len(places) - 1) for one in values]
        return cls(np.array(coded, dtype=np.int32), [one for one in places if one is not None])

    def __len__(self) -> int:
        """As many as the rows."""
        return len(self.rows)

    def kept(self, keep: Flags | slice) -> "Coded":
        """Only some of the rows."""
        return Coded(self.rows[keep], self.codes)

    def passing(self, test: Test) -> Flags:
        """Which codes pass, and last the unknown: the test is put to each code, not to each row."""
        return np.array([*(test.passes(code) for code in self.codes), False])


CLOSE = 4
"""Keys lie close together when there are no more than so many places for each."""


class Places:
    """Where each child stands in the region's arrays: in the order of their keys."""

    def __init__(self, keys: Any) -> None:
        """Of keys in any order; `order` puts them in that of the places."""
        given = np.asarray(keys, dtype=np.int64)
        self.order = np.arange(len(given)) if _rises(given) else np.argsort(given)
        self.keys = given[self.order]
        # Keys close together are looked up at once, others searched for.
        self._table = np.full(0, -1, dtype=np.int32)
        if len(given) and self.keys[0] >= 0 and self.keys[-1] < CLOSE * len(given):
            self._table = np.full(int(self.keys[-1]) + 1, -1, dtype=np.int32)
            self._table[self.keys] = np.arange(len(given), dtype=np.int32)

    def of(self, keys: Any) -> Ints:
        """The places of children; −1 for one that is not known."""
        wanted = np.asarray(keys)
        if not len(self.keys) or not len(wanted):
            return np.full(len(wanted), -1, dtype=np.int32)
        if len(self._table) and wanted.min() >= 0 and wanted.max() < len(self._table):
            return self._table[wanted]
        found = np.minimum(np.searchsorted(self.keys, wanted), len(self.keys) - 1).astype(np.int32)
        return np.where(self.keys[found] == wanted, found, np.int32(-1))


def _rises(values: Ints) -> bool:
    return bool(np.all(values[1:] > values[:-1]))


def alike(columns: Sequence[Ints], times: Ints | None = None) -> tuple[tuple[Ints, ...], Ints]:
    """The different rows of some columns of whole numbers from nought up, in order, and how many there are of
    each; `times`: how many each row stands for.
    """
    sizes = [int(column.max(initial=0)) + 1 for column in columns]
    if prod(sizes) >= 1 << 62:
        rows, place = np.unique(np.stack(columns), axis=1, return_inverse=True)
        return tuple(rows), _totals(place, times)
    packed = np.zeros(len(columns[0]), dtype=np.int64)
    for column, size in zip(columns, sizes, strict=True):
        packed *= size
        packed += column
    if times is None:
        packed, totals = np.unique(packed, return_counts=True)
    else:
        packed, place = np.unique(packed, return_inverse=True)
        totals = _totals(place, times)
    parts = list[Ints]()
    for size in reversed(sizes):
        packed, part = np.divmod(packed, size)
        parts.insert(0, part)
    return tuple(parts), totals


def _totals(place: Ints, times: Ints | None) -> Ints:
    """Sums of whole numbers far below 2^53 are exact in the floats that bincount makes."""
    return np.bincount(place, weights=times).astype(np.int64)
