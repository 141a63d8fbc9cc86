"""The fast engine: the same counts as `plain`, from one pass over the rows, a year of a table at a time.

The mart (mart.py) keeps of each year only small pieces; a measure is put together from pieces and from the
children's lives (lives.py).
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from functools import cache

import numpy as np

from indicators.conditions import Condition, Has, Holds
from indicators.counts import Counts, nothing
from indicators.measures import (
    AgeAtFirst,
    ByAge,
    Continuity,
    FollowedBy,
    Key,
    Measure,
    Outcome,
    Rate,
    Rows,
    ShareBefore,
    ShareOfChildren,
    ShareOfGroup,
    ShareOfRows,
    Spread,
    StillWaiting,
    Wait,
    Within,
    years_back,
)
from indicators.sources import Memory, Source
from indicators.tables import Data

from .arrays import FAR, Flags, Ints, alike, day, first_of, last_of, months_old, turns
from .lives import OUT, Ages, Lives
from .mart import (
    NONE,
    OF_ALL_YEARS,
    Arrays,
    Piece,
    narrowed,
    of_rows,
    pieces_of,
    wanted,
)
from .shelf import Shelf, mark_of

Observed = Iterator[tuple[Ints, tuple[Ints | int, ...], Ints | None]]
"""Strata, the outcome of each in columns, and how many times each is observed (None: once)."""
Asked = Mapping[Measure, Sequence[int]]
"""What is to be counted, and for which years."""
SPAN = 1 << 24
"""More than any day number."""
WORKERS = 2
"""Years that are read at a time: NumPy and DuckDB let go of the interpreter while they count."""


def tally(measure: Measure, data: Data, years: Sequence[int], until: date) -> dict[Key, Counter[Outcome]]:
    """As `plain.tally`."""
    return tally_all({measure: years}, Memory(data), until)[measure].named()


def tally_all(asked: Asked, source: Source, until: date, shelf: Shelf | None = None) -> dict[Measure, Counts]:
    """Every measure, by one pass over the rows; with a shelf, over the years that have changed."""
    region = Region.of(asked, source, until, shelf)
    return {measure: region.counted(measure, years) for measure, years in asked.items()}


class Region:
    """The children's lives, and the pieces of every year that was asked for."""

    def __init__(self, lives: Lives, pieces: Mapping[int, Mapping[Piece, Arrays]], until: date) -> None:
        """`pieces` by year."""
        self.lives, self.pieces, self.until = lives, pieces, day(until)
        self.told = cache(lives.told)
        self.strata = np.arange(lives.strata)
        self.everyone = cache(self._everyone)
        self.first_days = cache(self._first_days)
        self.turned = cache(lambda months: turns(lives.born, months))
        self.lived = cache(self._lived)
        self.cases = cache(self._cases)
        self.those = cache(self._those)

    @classmethod
    def of(cls, asked: Asked, source: Source, until: date, shelf: Shelf | None = None) -> "Region":
        """Read what is asked for, and is not on the shelf."""
        tasks = plan(asked, source, until)
        years = {year for _, year in tasks} | {year for years in asked.values() for year in years}
        lives = Lives(source.people(), source.homes(), [measure.ages for measure in asked], years)

        whose = mark_of(lives) if shelf else ""

        def read(task: tuple[str, int]) -> dict[Piece, Arrays]:
            def make() -> dict[Piece, Arrays]:
                return pieces_of(source, lives, *task, day(until), tasks[task])

            made_from = (whose, min(day(until), last_of(task[1])))
            return shelf.pieces(task, tasks[task], made_from, make) if shelf else make()

        pieces: dict[int, dict[Piece, Arrays]] = {}
        with ThreadPoolExecutor(WORKERS) as workers:
            for (_, year), made in zip(tasks, workers.map(read, tasks), strict=True):
                pieces.setdefault(year, {}).update(made)
        return cls(lives, pieces, until)

    def counted(self, measure: Measure, years: Sequence[int]) -> Counts:
        """The counts of one measure."""
        found = [
            (np.full(len(observed[0]), year), *observed)
            for year in years
            for observed in map(self._told(measure), OBSERVERS[type(measure)](self, measure, year))
        ]
        return _together(found, self.lives.municipalities)

    def _told(self, measure: Measure) -> Callable[[tuple], tuple]:
        """Observations of the measure's ages, by age band."""
        told = self.told(measure.ages)

        def keep(observed: tuple[Ints, tuple[Ints | int, ...], Ints | None]) -> tuple:
            strata, outcome, times = observed
            strata = told[strata]
            number = np.ones(len(strata), dtype=np.int64) if times is None else times
            here = (strata != OUT) & (number > 0)
            columns = [np.broadcast_to(np.asarray(one), len(here))[here] for one in outcome]
            return strata[here], columns, number[here]

        return keep

    def piece(self, year: int, piece: Piece) -> Arrays | None:
        """A year's piece; None when the year has no rows."""
        return self.pieces.get(year, {}).get(piece)

    def every(self, piece: Piece, years: Iterable[int] | None = None) -> Arrays:
        """A piece of several years, or all, after one another."""
        found = [self.piece(year, piece) for year in (sorted(self.pieces) if years is None else years)]
        kept = [one for one in found if one is not None]
        return tuple(map(np.concatenate, zip(*kept, strict=True))) if kept else NONE

    def _everyone(self, year: int) -> Ints:
        """How many children live here on the last day, by stratum."""
        return self.number(slice(None), year)

    def number(self, children: Ints | Flags | slice, year: int) -> Ints:
        """How many of some children live here on the last day, by stratum."""
        return np.bincount(self.lives.at_end(year)[children] + 1, minlength=self.lives.strata + 1)[1:]

    def _first_days(self, asked: Rows) -> Ints:
        """Each child's first day with such a row; FAR without."""
        place, on, *_ = self.every(Piece("first", asked))
        first = np.full(len(self.lives), FAR)
        np.minimum.at(first, place, on)
        return first

    def _those(self, condition: Condition, year: int) -> Flags:
        """Which children meet a condition on the last day of a year."""
        if isinstance(condition, Has):
            years = range(year - condition.years + 1, year + 1)
            place, number, *_ = self.every(of_rows(condition), years)
            if condition.at_least > 1 and condition.years > 1:
                return np.bincount(place, number, len(self.lives)) >= condition.at_least
            return self._flagged(place[number >= condition.at_least])
        if isinstance(condition, Holds):
            place, first, last, *_ = self.every(Piece("spells", condition.of))
            holds = (first <= last_of(year)) & (last >= last_of(year))
            return self._flagged(place[holds])
        met = np.zeros(len(self.lives), dtype=np.uint8)
        for one in condition.of:
            met += self.those(one, year)
        return met >= condition.number

    def _flagged(self, place: Ints) -> Flags:
        """Every child: whether it is one of some."""
        flags = np.zeros(len(self.lives), dtype=bool)
        flags[place] = True
        return flags

    def _lived(self, year: int) -> Ints:
        """Days lived here in a year, by stratum."""
        return self.lives.lived(year, self.until)

    def _cases(self, start: Rows, stop: Rows) -> tuple[Ints, Ints, Ints]:
        """Each case: whose, its first start, and its first stop on or after that, FAR when there is none."""
        begun, ended = (self.every(Piece("cases", one)) for one in (start, stop))
        _, case = np.unique(np.concatenate([begun[1], ended[1]]), return_inverse=True)
        whose = np.concatenate([begun[0], ended[0]]).astype(np.int64) * (len(case) + 1) + case
        known, number = np.unique(whose, return_inverse=True)
        on = number * SPAN + np.concatenate([begun[2], ended[2]])
        starts, stops = np.sort(on[: len(begun[0])]), np.sort(on[len(begun[0]) :])
        started, first = np.unique(starts // SPAN, return_index=True)
        padded = np.append(stops, np.iinfo(np.int64).max)
        after = padded[np.searchsorted(stops, starts[first])]
        stopped = np.where(after // SPAN == started, after % SPAN, FAR)
        return known[started] // (len(case) + 1), starts[first] % SPAN, stopped


def plan(asked: Asked, source: Source, until: date) -> dict[tuple[str, int], list[Piece]]:
    """Which pieces of which table and year: what looks back over a life or a case needs every year held."""
    tasks: dict[tuple[str, int], dict[Piece, None]] = {}
    for measure, years in asked.items():
        needed = {year - before for year in years for before in range(years_back(measure) + 1)}
        for piece in wanted(measure):
            held = [year for year in source.held(piece.of.table) if year <= until.year]
            for year in held:
                if year in needed or piece.form in OF_ALL_YEARS:
                    tasks.setdefault((piece.of.table, year), {})[piece] = None
    largest = sorted(tasks, key=lambda task: (task[0] != "contact", task))
    return {task: list(tasks[task]) for task in largest}


def _together(found: Sequence[tuple], municipalities: Sequence[str]) -> Counts:
    """Rows that are alike are one."""
    if not found:
        return nothing(municipalities)
    years, strata, outcomes, times = zip(*found, strict=True)
    columns = [
        np.concatenate(years),
        np.concatenate(strata),
        *map(np.concatenate, zip(*outcomes, strict=True)),
    ]
    (year, stratum, *outcome), number = alike(columns, np.concatenate(times))
    return Counts(municipalities, year, stratum, tuple(outcome), number)


def _share_of_children(region: Region, measure: ShareOfChildren, year: int) -> Observed:
    place, number, *_ = region.every(
        Piece("children", measure.having), range(year - measure.years + 1, year + 1)
    )
    (who,), number = alike([place], number)
    having = region.number(who[number >= measure.at_least], year)
    yield region.strata, (1,), having
    yield region.strata, (0,), region.everyone(year) - having


def _share_of_rows(region: Region, measure: ShareOfRows, year: int) -> Observed:
    of, that = (region.piece(year, Piece("strata", one)) for one in (measure.of, narrowed(measure)))
    if of is not None and that is not None:
        yield region.strata, (1,), that[0]
        yield region.strata, (0,), of[0] - that[0]


def _rate(region: Region, measure: Rate, year: int) -> Observed:
    of = region.piece(year, Piece("strata", measure.of))
    if of is not None:
        yield region.strata, (1,), of[0]
    yield region.strata, (0,), region.lived(year)


def _within(on: Ints, year: int) -> Ints:
    return np.flatnonzero((on >= first_of(year)) & (on <= last_of(year)))


def _wait(region: Region, measure: Wait, year: int) -> Observed:
    child, start, stop = region.cases(measure.start, measure.stop)
    yield _waited(region, measure.ages, year, *(one[_within(start, year)] for one in (child, start, stop)))


def _waited(
    region: Region, ages: Ages, year: int, child: Ints, start: Ints, stop: Ints
) -> tuple[Ints, tuple[Ints, Ints], None]:
    """Days until each came, or was no longer seen; and which of the two."""
    span = region.lives.on(child, start, year)
    horizon = np.minimum(region.lives.stays(span), region.lives.grown(child, ages))
    horizon = np.minimum(horizon, region.until)
    came = stop <= horizon
    waited = np.where(came, stop, horizon) - start
    counts = region.lives.stratum[span] != OUT
    return region.lives.stratum[span][counts], (waited[counts], came[counts].astype(np.int64)), None


def _followed_by(region: Region, measure: FollowedBy, year: int) -> Observed:
    child, on, *_ = region.piece(year, Piece("days", measure.first)) or NONE
    whose, when, *_ = region.every(Piece("days", measure.then))
    then = np.append(np.sort(whose.astype(np.int64) * SPAN + when), np.iinfo(np.int64).max)
    after = then[np.searchsorted(then, child.astype(np.int64) * SPAN + on, side="right")]
    stop = np.where(after // SPAN == child, after % SPAN, FAR)
    yield _waited(region, measure.ages, year, child, on, stop)


def _share_of_group(region: Region, measure: ShareOfGroup, year: int) -> Observed:
    having, among = region.those(measure.having, year), region.everyone(year)
    if measure.among:
        counted = region.those(measure.among, year)
        having, among = having & counted, region.number(counted, year)
    met = region.number(having, year)
    yield region.strata, (1,), met
    yield region.strata, (0,), among - met


def _by_age(region: Region, measure: ByAge, year: int) -> Observed:
    on = region.turned(measure.months)
    among, having = (region.first_days(one) for one in (measure.among, measure.having))
    child = _within(np.where((among <= on) & (on <= region.until), on, FAR), year)
    span = region.lives.on(child, on[child], year)
    yield region.lives.stratum[span], ((having[child] <= on[child]).astype(np.int64),), None


def _age_at_first(region: Region, measure: AgeAtFirst, year: int) -> Observed:
    first = region.first_days(measure.of)
    child = _within(first, year)
    span = region.lives.on(child, first[child], year)
    yield region.lives.stratum[span], (months_old(region.lives.born[child], first[child]),), None


def _still_waiting(region: Region, measure: StillWaiting, year: int) -> Observed:
    child, start, stop = region.cases(measure.start, measure.stop)
    last = last_of(year)
    waits = (start <= last) & (stop > last)
    longer = (last - start[waits] > measure.limit).astype(np.int64)
    yield region.lives.at_end(year)[child[waits]], (longer,), None


def _share_before(region: Region, measure: ShareBefore, year: int) -> Observed:
    then, early = region.first_days(measure.then), region.first_days(measure.early)
    child = _within(then, year)
    span = region.lives.on(child, then[child], year)
    yield region.lives.stratum[span], ((early[child] < then[child]).astype(np.int64),), None


def _runs(region: Region, measure: Continuity | Spread, year: int) -> Arrays:
    return region.piece(year, Piece("runs", measure.of, measure.provider)) or NONE


def _continuity(region: Region, measure: Continuity, year: int) -> Observed:
    stratum, total, squares, most, _, number = _runs(region, measure, year)
    enough = total >= measure.at_least
    yield stratum[enough], (total[enough], squares[enough], most[enough]), number[enough]


def _spread(region: Region, measure: Spread, year: int) -> Observed:
    if measure.among:
        place, found, *_ = region.piece(year, Piece("different", measure.of, measure.provider)) or NONE
        among = region.those(measure.among, year)[place]
        yield region.lives.at_end(year)[place[among]], (found[among],), None
        return
    stratum, _, _, _, different, number = _runs(region, measure, year)
    yield stratum, (different,), number


OBSERVERS: dict[type, Callable[..., Observed]] = {
    ShareOfChildren: _share_of_children,
    ShareOfRows: _share_of_rows,
    Rate: _rate,
    Wait: _wait,
    Within: _wait,
    FollowedBy: _followed_by,
    ShareOfGroup: _share_of_group,
    ByAge: _by_age,
    AgeAtFirst: _age_at_first,
    StillWaiting: _still_waiting,
    ShareBefore: _share_before,
    Continuity: _continuity,
    Spread: _spread,
}
