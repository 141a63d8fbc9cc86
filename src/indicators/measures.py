"""The small vocabulary that indicators are declared in: named columns of the tables, and what is counted.

Only children who live in the region count, in every measure: on the day of the row, on the last day of the
year, or every day, as each says. Nothing here counts; the engines do, and must agree on every cell.
"""

from dataclasses import dataclass
from typing import NamedTuple

from .tables import TABLES, Kind

CHILDHOOD = (0, 17)
"""The ages that count when a measure says no other, both included."""

BANDS = ((0, 5), (6, 12), (13, 17), (18, 20))


def band_of(age: int) -> str:
    """The age band of an age, such as 6-12."""
    low, high = next(band for band in BANDS if band[0] <= age <= band[1])
    return f"{low}-{high}"


BAND_NAMES = tuple(band_of(low) for low, _ in BANDS)


@dataclass(frozen=True)
class Test:
    """A column's value is one of, or begins with one of, some values. What is unknown passes no test."""

    __test__ = False  # pytest: not one of yours

    column: str
    values: tuple[str | bool, ...]
    begins: bool = False

    def passes(self, value: str | bool | None) -> bool:
        """Whether a value passes."""
        if value is None:
            return False
        if self.begins:
            return str(value).startswith(tuple(str(one) for one in self.values))
        return value in self.values


def is_in(column: str, *values: str | bool) -> Test:
    """The column is one of the values."""
    return Test(column, values)


def begins_with(column: str, *values: str) -> Test:
    """The column begins with one of the values: «F90» finds F90, F900 and F908."""
    return Test(column, values, begins=True)


@dataclass(frozen=True)
class Rows:
    """The rows of a table that pass every test. ValueError for a table or column that the schema lacks."""

    table: str
    where: tuple[Test, ...] = ()

    def __post_init__(self) -> None:
        """Every name must stand in the schema."""
        if self.table not in TABLES:
            raise ValueError(f"tabellen {self.table} finns inte i schemat")
        known = {column.name: column for column in TABLES[self.table].columns}
        for test in self.where:
            if test.column not in known or known[test.column].kind not in (Kind.CODE, Kind.YES):
                raise ValueError(f"{self.table}.{test.column} går inte att pröva")
            allowed = known[test.column].values
            if allowed and not test.begins and not set(test.values) <= set(allowed):
                raise ValueError(f"{self.table}.{test.column} har aldrig värdet {test.values}")


def rows(table: str, *where: Test) -> Rows:
    """The rows of a table that pass every test."""
    return Rows(table, where)


@dataclass(frozen=True)
class ShareOfChildren:
    """Of the children who live here on the last day of the year: those with a row in `years` years."""

    having: Rows
    at_least: int = 1
    years: int = 1
    ages: tuple[int, int] = CHILDHOOD


@dataclass(frozen=True)
class ShareOfRows:
    """Of the year's rows: those that pass one more test."""

    of: Rows
    that: Test
    ages: tuple[int, int] = CHILDHOOD


@dataclass(frozen=True)
class Rate:
    """Rows for each child-year lived here; `per` so many child-years, `years` taken together up to each."""

    of: Rows
    per: int
    years: int = 1
    ages: tuple[int, int] = CHILDHOOD


@dataclass(frozen=True)
class Wait:
    """Days from a case's first `start` to its first `stop` on or after it; the year is that of the start.

    Who has not come so far, moves out, dies or grows out of `ages` has waited until then and is not dropped.
    """

    start: Rows
    stop: Rows
    limit: int
    ages: tuple[int, int] = CHILDHOOD

    def __post_init__(self) -> None:
        """Cases are followed within one table."""
        _same_table(self.start, self.stop)


@dataclass(frozen=True)
class StillWaiting:
    """Of the cases that go on on the last day of the year: those of more than `limit` days."""

    start: Rows
    stop: Rows
    limit: int
    ages: tuple[int, int] = CHILDHOOD

    def __post_init__(self) -> None:
        """Cases are followed within one table."""
        _same_table(self.start, self.stop)


@dataclass(frozen=True)
class ShareBefore:
    """Of the children whose first `then` ever was this year: those with an `early` on a day before it."""

    then: Rows
    early: Rows
    ages: tuple[int, int] = CHILDHOOD


@dataclass(frozen=True)
class Continuity:
    """Each child's year by how its rows spread over `provider`, for children here on its last day.

    `index`: upc (the share of the most seen) or coc (Bice-Boxerman); children with `at_least` rows.
    """

    of: Rows
    provider: str
    index: str
    at_least: int = 3
    ages: tuple[int, int] = CHILDHOOD


@dataclass(frozen=True)
class Spread:
    """How many different values of `provider` a child's year holds, for children here on its last day who
    have any.
    """

    of: Rows
    provider: str
    ages: tuple[int, int] = CHILDHOOD


Measure = ShareOfChildren | ShareOfRows | Rate | Wait | StillWaiting | ShareBefore | Continuity | Spread


def _same_table(start: Rows, stop: Rows) -> None:
    if start.table != stop.table:
        raise ValueError("start och slut ska stå i samma tabell")


class Key(NamedTuple):
    """Where one observation belongs, as finely as anything is counted. No municipality: protected."""

    year: int
    municipality: str | None
    sex: str
    age_band: str


Outcome = tuple[int, ...]
"""What was observed, in whole numbers so that engines agree exactly: (0 or 1,) for shares; (1,) an event and
(0,) a day lived for rates; (days, 1 if it came) for waits; (rows, sum of squares, most) for continuity;
(different,) for spread.
"""
