"""What is kept of one year of one table: everything that the measures will need of it, and no row of it.

The rows are read once and in blocks; each piece is a few small arrays. Adding an indicator adds a piece to be
made of rows that are in hand already, never another reading.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np

from indicators.conditions import Has, Holds
from indicators.measures import (
    AgeAtFirst,
    ByAge,
    FollowedBy,
    Measure,
    Rate,
    Rows,
    ShareBefore,
    ShareOfChildren,
    ShareOfGroup,
    ShareOfRows,
    Spread,
    StillWaiting,
    Wait,
)
from indicators.selections import parts_of
from indicators.sources import Source

from .arrays import Coded, Flags, Ints, alike
from .lives import OUT, Lives

Arrays = tuple[Ints, ...]
Met = tuple[Ints, Ints, Ints]
NONE: Arrays = (np.zeros(0, dtype=np.int64),) * 6
"""A piece of no rows, whatever its form."""


@dataclass(frozen=True)
class Piece:
    """What is wanted of a table's rows: `of` which, in which `form`, and for some by which `provider`."""

    form: str
    of: Rows
    provider: str = ""


def wanted(measure: Measure) -> list[Piece]:
    """The pieces that a measure is put together from."""
    match measure:
        case ShareOfRows(of=of):
            return [Piece("strata", of), Piece("strata", narrowed(measure))]
        case Rate(of=of):
            return [Piece("strata", of)]
        case ShareOfChildren(having=having):
            return [Piece("children", having)]
        case ShareBefore(then=then, early=early):
            return [Piece("first", then), Piece("first", early)]
        case Wait(start=start, stop=stop) | StillWaiting(start=start, stop=stop):
            return [Piece("cases", start), Piece("cases", stop)]
        case FollowedBy(first=first, then=then):
            return [Piece("days", first), Piece("days", then)]
        case ByAge(among=among, having=having):
            return [Piece("first", among), Piece("first", having)]
        case AgeAtFirst(of=of):
            return [Piece("first", of)]
        case ShareOfGroup():
            return _of_conditions(measure)
        case Spread(among=among) if among:
            return [Piece("different", measure.of, measure.provider), *_of_conditions(among)]
    return [Piece("runs", measure.of, measure.provider)]


def _of_conditions(part: object) -> list[Piece]:
    held = [Piece("spells", one.of) for one in parts_of(part, Holds)]
    return [of_rows(one) for one in parts_of(part, Has)] + held


def of_rows(condition: Has) -> Piece:
    """The piece that tells how many each child has."""
    form = "different" if condition.different else "children"
    return Piece(form, condition.of, condition.different)


OF_ALL_YEARS = ("first", "cases", "days", "spells")
"""Forms that look across years: a life's first, a case, what follows, what holds."""


def narrowed(measure: ShareOfRows) -> Rows:
    """Those of the rows that pass the further test too."""
    return replace(measure.of, where=(*measure.of.where, measure.that))


class Year:
    """A year's rows of one table, of known children up to the last known day."""

    def __init__(self, given: Mapping[str, Any], lives: Lives, until: int, year: int) -> None:
        """Rows as a source gives them."""
        place, on = lives.places.of(given["child"]), given["day"]
        keep: Any = slice(None)
        if place.min(initial=0) < 0 or on.max(initial=0) > until:
            keep = (place >= 0) & (on <= until)
        self.place, self.day, self._keep, self._given = place[keep], on[keep], keep, given
        self._lives, self._year = lives, year
        self.met: dict[tuple[Rows, str], Met] = {}

    def column(self, name: str) -> Any:
        """A column of the rows that are kept."""
        found = self._given[name]
        return found.kept(self._keep) if isinstance(found, Coded) else found[self._keep]

    @cached_property
    def stratum(self) -> Ints:
        """Where each row belongs: the child's home and age of that day."""
        return self._lives.stratum[self._lives.on(self.place, self.day, self._year)]

    @property
    def at_end(self) -> Ints:
        """Where each child of the region belongs on the year's last day."""
        return self._lives.at_end(self._year)

    @property
    def strata(self) -> int:
        """How many strata there are."""
        return self._lives.strata

    @property
    def children(self) -> int:
        """How many children there are."""
        return len(self._lives)


class Kinds:
    """Rows that pass the same tests are of one kind: the tests are put to codes, never to rows."""

    def __init__(self, rows: Year, asked: Sequence[Rows]) -> None:
        """Every selection that anything asks for of the table."""
        columns = {test.column: rows.column(test.column) for one in asked for test in one.where}
        sizes = [len(coded.codes) + 1 for coded in columns.values()]
        packed: Ints = np.zeros(len(rows.place), dtype=np.uint16 if np.prod(sizes) < 1 << 16 else np.int64)
        for coded, size in zip(columns.values(), sizes, strict=True):
            packed *= size
            place = coded.rows if coded.rows.dtype.kind == "u" else coded.rows % size
            packed += place.astype(packed.dtype, copy=False)
        places = (
            np.indices(sizes).reshape(len(sizes), int(np.prod(sizes))) if sizes else np.zeros((0, 1), int)
        )
        passing = [_passing(one, dict(zip(columns, places, strict=True)), columns) for one in asked]
        bits = np.packbits(np.stack(passing), axis=0) if asked else np.zeros((1, 1), np.uint8)
        _, first, kind = np.unique(bits, axis=1, return_index=True, return_inverse=True)
        self.number = len(first)
        self.of_row: Ints = kind.astype(np.uint8 if self.number < 256 else np.int32)[packed]
        self.passing = {one: flags[first] for one, flags in zip(asked, passing, strict=True)}
        self._rows = rows

    @cached_property
    def cube(self) -> Ints:
        """How many rows of each stratum are of each kind."""
        packed = (self._rows.stratum + 1) * np.int32(self.number)
        packed += self.of_row
        cells = np.bincount(packed, minlength=(self._rows.strata + 1) * self.number)
        return cells.reshape(-1, self.number)[1:]

    def rows(self, asked: Rows) -> Ints:
        """The places of the rows that were asked for."""
        return np.flatnonzero(self.passing[asked][self.of_row])


def _passing(asked: Rows, places: Mapping[str, Ints], columns: Mapping[str, Coded]) -> Flags:
    size = len(next(iter(places.values()))) if places else 1
    passing = np.ones(size, dtype=bool)
    for test in asked.where:
        passing &= columns[test.column].passing(test)[places[test.column]]
    return passing


def _strata(rows: Year, kinds: Kinds, piece: Piece) -> Arrays:
    """How many rows in each stratum."""
    return (kinds.cube[:, kinds.passing[piece.of]].sum(axis=1),)


def _children(rows: Year, kinds: Kinds, piece: Piece) -> Arrays:
    """Which children have such rows, and how many."""
    place, begins = _runs_of(rows.place[kinds.rows(piece.of)])
    return place, np.diff(begins).astype(np.int32)


def _first(rows: Year, kinds: Kinds, piece: Piece) -> Arrays:
    """Which children have such rows, and on which day first."""
    keep = kinds.rows(piece.of)
    packed = np.sort(rows.place[keep].astype(np.int64) << 32 | rows.day[keep])
    place, begins = _runs_of(packed >> 32)
    return place, (packed[begins[:-1]] & 0xFFFFFFFF).astype(np.int32)


def _cases(rows: Year, kinds: Kinds, piece: Piece) -> Arrays:
    """Each such row's child, case and day."""
    keep = kinds.rows(piece.of)
    return rows.place[keep], rows.column("case")[keep], rows.day[keep]


def _days(rows: Year, kinds: Kinds, piece: Piece) -> Arrays:
    """Each such row's child and day."""
    keep = kinds.rows(piece.of)
    return rows.place[keep], rows.day[keep]


def _spells(rows: Year, kinds: Kinds, piece: Piece) -> Arrays:
    """Each such row's child, first and last day."""
    keep = kinds.rows(piece.of)
    return rows.place[keep], rows.day[keep], rows.column("last")[keep]


def _different(rows: Year, kinds: Kinds, piece: Piece) -> Arrays:
    """Which children have such rows, and with how many different providers."""
    place, children, _ = _met(rows, kinds, piece)
    return place, np.diff(children).astype(np.int32)


def _met(rows: Year, kinds: Kinds, piece: Piece) -> Met:
    """The children who have such rows; where each one's providers begin among all that they met, last how
    many; and how often each was met. Made once for all that ask.
    """
    key = piece.of, piece.provider
    if key not in rows.met:
        provider, keep = rows.column(piece.provider), kinds.rows(piece.of)
        if provider.rows.dtype.kind != "u":
            keep = keep[provider.rows[keep] >= 0]
        shift = max(len(provider.codes) - 1, 1).bit_length()
        met = rows.place[keep].astype(np.int32 if rows.children << shift < SHORT else np.int64)
        met <<= shift
        met |= provider.rows[keep]
        met, begins = _runs_of(met)
        place, children = _runs_of((met >> shift).astype(np.int32))
        rows.met[key] = place, children, np.diff(begins)
    return rows.met[key]


SHORT = 1 << 31
"""What is smaller is sorted half as wide, which is twice as fast."""


def _runs(rows: Year, kinds: Kinds, piece: Piece) -> Arrays:
    """Of children who live here on the last day, alike together: stratum, rows, sum of squares and most with
    one provider, different providers; and how many such children.
    """
    place, children, times = _met(rows, kinds, piece)
    if not len(place):
        return NONE
    first, stratum = children[:-1], rows.at_end[place]
    here = stratum != OUT
    columns = (
        np.add.reduceat(times, first), np.add.reduceat(times * times, first),
        np.maximum.reduceat(times, first), np.diff(children),
    )  # fmt: skip
    found, number = alike([stratum[here], *(one[here] for one in columns)])
    return (*found, number)


def _runs_of(values: Ints) -> tuple[Ints, Ints]:
    """The different values in order, and where each begins when they are sorted; last, how many there are."""
    begins = _changes(values)
    if not np.all(np.diff(values[begins[:-1]]) > 0):
        values = np.sort(values)
        begins = _changes(values)
    return values[begins[:-1]], begins


def _changes(values: Ints) -> Ints:
    """Where a value is another than before it: first nought, last how many there are."""
    changes = np.flatnonzero(values[1:] != values[:-1])
    begins = np.zeros(len(changes) + 1 + bool(len(values)), dtype=np.int64)
    begins[1 : len(changes) + 1] = changes
    begins[1:] += 1
    begins[-1] = len(values)
    return begins


MAKERS: Mapping[str, Callable[[Year, Kinds, Piece], Arrays]] = {
    "strata": _strata,
    "children": _children,
    "first": _first,
    "cases": _cases,
    "runs": _runs,
    "days": _days,
    "spells": _spells,
    "different": _different,
}


NEEDS = {"cases": "case", "spells": "last"}
"""Columns that a form is made of besides child and day."""


def pieces_of(
    source: Source, lives: Lives, table: str, year: int, until: int, asked: Collection[Piece]
) -> dict[Piece, Arrays]:
    """A year of a table, read once, and every piece that is wanted of it."""
    names = {test.column for piece in asked for test in piece.of.where}
    names |= {piece.provider for piece in asked if piece.provider}
    names |= {NEEDS[piece.form] for piece in asked if piece.form in NEEDS}
    rows = Year(source.events(table, sorted(names), year), lives, until, year)
    kinds = Kinds(rows, list(dict.fromkeys(piece.of for piece in asked)))
    return {piece: MAKERS[piece.form](rows, kinds, piece) for piece in asked}
