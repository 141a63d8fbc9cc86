"""The small vocabulary that indicators are declared in: named columns of the tables, and what is counted.

Only children who live in the region count, in every measure: on the day of the row, on the last day of the
year, or every day, as each says. Nothing here counts; the engines do, and must agree on every cell.
"""

from dataclasses import dataclass
from typing import NamedTuple

from .conditions import AtLeast, Condition, Has, Holds, both, either
from .selections import Rows, Test, begins_with, is_in, listed, parts_of, rows

__all__ = ["AtLeast", "Condition", "Has", "Holds", "Rows", "Test"]
__all__ += ["begins_with", "both", "either", "is_in", "listed", "rows"]

CHILDHOOD = (0, 17)
"""The ages that count when a measure says no other, both included."""

BANDS = ((0, 5), (6, 12), (13, 17), (18, 20))


def band_of(age: int) -> str:
    """The age band of an age, such as 6-12."""
    low, high = next(band for band in BANDS if band[0] <= age <= band[1])
    return f"{low}-{high}"


BAND_NAMES = tuple(band_of(low) for low, _ in BANDS)


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
class Within(Wait):
    """Waits, told as how many of them end within `limit` days, with those whose wait is cut off counted for
    as long as they were seen.
    """


@dataclass(frozen=True)
class FollowedBy:
    """Of the year's `first` rows: how many are followed within `limit` days by a `then` row of the same
    child, on a later day. Who is no longer seen is counted for as long as it was.
    """

    first: Rows
    then: Rows
    limit: int
    ages: tuple[int, int] = CHILDHOOD


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
class ShareOfGroup:
    """Of the children who live here on the last day of the year and are `among`: those who are `having`."""

    having: Condition
    among: Condition | None = None
    ages: tuple[int, int] = CHILDHOOD


@dataclass(frozen=True)
class ByAge:
    """Of the children who turn `months` old in the year, and have an `among` on that day or before: those who
    have a `having` by then too.
    """

    months: int
    among: Rows
    having: Rows
    ages: tuple[int, int] = CHILDHOOD


@dataclass(frozen=True)
class AgeAtFirst:
    """How old the children were, in whole months, whose first such row ever was this year."""

    of: Rows
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
    have any, and are `among`.
    """

    of: Rows
    provider: str
    ages: tuple[int, int] = CHILDHOOD
    among: Condition | None = None


Waits = Wait | Within | StillWaiting
Measure = (
    ShareOfChildren | ShareOfRows | ShareOfGroup | ShareBefore | ByAge | Rate | Waits | FollowedBy
    | AgeAtFirst | Continuity | Spread
)  # fmt: skip


def years_back(measure: Measure) -> int:
    """How many years before its own a measure looks at for each child, besides a life's first and last."""
    years = [one.years for one in parts_of(measure, Has)]
    return max([*years, measure.years if isinstance(measure, ShareOfChildren) else 1]) - 1


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
(0,) a day lived for rates; (days, 1 if it came) for waits and what follows; (rows, sum of squares, most) for
continuity; (different,) for spread; (months,) for ages.
"""
