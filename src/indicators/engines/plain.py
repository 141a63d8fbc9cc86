"""The reference engine: plain Python, day by day and child by child, written to be read."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from datetime import date

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
)
from indicators.tables import Data

from .plain_conditions import Row, matching, those
from .plain_lives import DAY, Ages, Life, lives_of

Observed = Iterator[tuple[Key, Outcome]]


def tally(measure: Measure, data: Data, years: Sequence[int], until: date) -> dict[Key, Counter[Outcome]]:
    """How often each outcome was observed in each stratum. Nothing after `until` is known."""
    lives = lives_of(data)
    counted: dict[Key, Counter[Outcome]] = defaultdict(Counter)
    for year in years:
        for key, outcome in OBSERVERS[type(measure)](measure, data, lives, year, until):
            counted[key][outcome] += 1
    return dict(counted)


def _share_of_children(
    measure: ShareOfChildren, data: Data, lives: dict[int, Life], year: int, until: date
) -> Observed:
    last = date(year, 12, 31)
    found = Counter(
        row["child"]
        for row in matching(data, measure.having, lives, until)
        if year - measure.years < row["day"].year <= year
    )
    for child, life in lives.items():
        if life.counts_on(last, measure.ages):
            yield life.key_on(last, year), (int(found[child] >= measure.at_least),)


def _share_of_rows(
    measure: ShareOfRows, data: Data, lives: dict[int, Life], year: int, until: date
) -> Observed:
    for row, life in _of_year(data, measure.of, lives, year, until, measure.ages):
        yield life.key_on(row["day"], year), (int(measure.that.passes(row[measure.that.column])),)


def _of_year(
    data: Data, asked: Rows, lives: dict[int, Life], year: int, until: date, ages: Ages
) -> Iterator[tuple[Row, Life]]:
    """The rows of a year whose child lived here that day."""
    for row in matching(data, asked, lives, until):
        life = lives[row["child"]]
        if row["day"].year == year and life.counts_on(row["day"], ages):
            yield row, life


def _rate(measure: Rate, data: Data, lives: dict[int, Life], year: int, until: date) -> Observed:
    for row, life in _of_year(data, measure.of, lives, year, until, measure.ages):
        yield life.key_on(row["day"], year), (1,)
    for life in lives.values():
        day = date(year, 1, 1)
        while day.year == year and day <= until:
            if life.counts_on(day, measure.ages):
                yield life.key_on(day, year), (0,)
            day += DAY


def _cases(
    measure: Wait | StillWaiting, data: Data, lives: dict[int, Life], until: date
) -> Iterator[tuple[Life, date, date | None]]:
    """Each case: whose, its first start, and its first stop on or after that."""
    starts: dict[tuple[int, int], list[date]] = defaultdict(list)
    stops: dict[tuple[int, int], list[date]] = defaultdict(list)
    for asked, days in ((measure.start, starts), (measure.stop, stops)):
        for row in matching(data, asked, lives, until):
            days[row["child"], row["case"]].append(row["day"])
    for case, days_of_case in starts.items():
        start = min(days_of_case)
        yield lives[case[0]], start, min((day for day in stops[case] if day >= start), default=None)


def _wait(measure: Wait, data: Data, lives: dict[int, Life], year: int, until: date) -> Observed:
    for life, start, stop in _cases(measure, data, lives, until):
        if start.year == year and life.counts_on(start, measure.ages):
            yield life.key_on(start, year), _waited(life, start, stop, measure.ages, until)


def _waited(life: Life, start: date, stop: date | None, ages: Ages, until: date) -> Outcome:
    """Days until it came, or was no longer seen; and which of the two."""
    day = start
    while day != stop and day < until and life.counts_on(day + DAY, ages):
        day += DAY
    return (day - start).days, int(day == stop)


def _followed_by(measure: FollowedBy, data: Data, lives: dict[int, Life], year: int, until: date) -> Observed:
    then = [(row["child"], row["day"]) for row in matching(data, measure.then, lives, until)]
    for row, life in _of_year(data, measure.first, lives, year, until, measure.ages):
        stop = min((day for child, day in then if child == row["child"] and day > row["day"]), default=None)
        yield life.key_on(row["day"], year), _waited(life, row["day"], stop, measure.ages, until)


def _still_waiting(
    measure: StillWaiting, data: Data, lives: dict[int, Life], year: int, until: date
) -> Observed:
    last = date(year, 12, 31)
    for life, start, stop in _cases(measure, data, lives, until):
        if start <= last and (stop is None or stop > last) and life.counts_on(last, measure.ages):
            yield life.key_on(last, year), (int((last - start).days > measure.limit),)


def _share_before(
    measure: ShareBefore, data: Data, lives: dict[int, Life], year: int, until: date
) -> Observed:
    early = [(row["child"], row["day"]) for row in matching(data, measure.early, lives, until)]
    first: dict[int, date] = {}
    for row in matching(data, measure.then, lives, until):
        first[row["child"]] = min(row["day"], first.get(row["child"], date.max))
    for child, day in first.items():
        if day.year == year and lives[child].counts_on(day, measure.ages):
            before = any(who == child and when < day for who, when in early)
            yield lives[child].key_on(day, year), (int(before),)


def _age_at_first(
    measure: AgeAtFirst, data: Data, lives: dict[int, Life], year: int, until: date
) -> Observed:
    first: dict[int, date] = {}
    for row in matching(data, measure.of, lives, until):
        first[row["child"]] = min(row["day"], first.get(row["child"], date.max))
    for child, day in first.items():
        life, months = lives[child], 0
        if day.year == year and life.counts_on(day, measure.ages):
            while life.turns(months + 1) <= day:
                months += 1
            yield life.key_on(day, year), (months,)


def _by_age(measure: ByAge, data: Data, lives: dict[int, Life], year: int, until: date) -> Observed:
    for child, life in lives.items():
        day = life.turns(measure.months)
        if day.year == year and day <= until and life.counts_on(day, measure.ages):
            among, having = (
                any(row["child"] == child and row["day"] <= day for row in matching(data, of, lives, until))
                for of in (measure.among, measure.having)
            )
            if among:
                yield life.key_on(day, year), (int(having),)


def _share_of_group(
    measure: ShareOfGroup, data: Data, lives: dict[int, Life], year: int, until: date
) -> Observed:
    among = those(measure.among, data, lives, year, until)
    having = those(measure.having, data, lives, year, until)
    for child in among:
        if lives[child].counts_on(date(year, 12, 31), measure.ages):
            yield lives[child].key_on(date(year, 12, 31), year), (int(child in having),)


def _providers(
    measure: Continuity | Spread, data: Data, lives: dict[int, Life], year: int, until: date
) -> Iterator[tuple[int, Key, Counter[str]]]:
    """For each child here on the last day of the year: how often it met each provider."""
    last = date(year, 12, 31)
    met: dict[int, Counter[str]] = defaultdict(Counter)
    for row in matching(data, measure.of, lives, until):
        if row["day"].year == year and row[measure.provider] is not None:
            met[row["child"]][row[measure.provider]] += 1
    for child, counts in met.items():
        if lives[child].counts_on(last, measure.ages):
            yield child, lives[child].key_on(last, year), counts


def _continuity(measure: Continuity, data: Data, lives: dict[int, Life], year: int, until: date) -> Observed:
    for _, key, counts in _providers(measure, data, lives, year, until):
        if counts.total() >= measure.at_least:
            squares = sum(count * count for count in counts.values())
            yield key, (counts.total(), squares, max(counts.values()))


def _spread(measure: Spread, data: Data, lives: dict[int, Life], year: int, until: date) -> Observed:
    among = those(measure.among, data, lives, year, until)
    for child, key, counts in _providers(measure, data, lives, year, until):
        if child in among:
            yield key, (len(counts),)


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
