"""Why an opening is worth asking about: each pattern a pure function of one row and a few facts.

What the patterns mean in words, and since when they are looked for, stands in `access.policy.review`.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from statistics import median
from types import MappingProxyType
from uuid import UUID

from kring.access.policy import review
from kring.access.policy.decision import Rule
from kring.access.policy.review import MUCH, Much, hours_of

from .acts import NEIGHBOUR_RULES, is_emergency


@dataclass(frozen=True, kw_only=True)
class RowFacts:
    """What is known of one opening. `related` and `was_related`: the unit's care relation to the child held
    that day, or had ended before it; `watched`: the child was under extra watch that day. The rest is as it
    stands when the row is drawn.
    """

    at: datetime
    rule: str = ""
    unit_kind: str = ""
    reader_family_name: str = ""
    child_family_name: str = ""
    child_protected: bool = False
    watched: bool = False
    own_child: bool = False
    colleague: bool = False
    related: bool = True
    was_related: bool = False
    opened_many: bool = False


Test = Callable[[RowFacts, date], bool]


def same_name(row: RowFacts, on: date) -> bool:
    return bool(row.child_family_name) and row.reader_family_name == row.child_family_name


def at_night(row: RowFacts, on: date) -> bool:
    hours = hours_of(row.unit_kind, on)
    return hours is not None and not hours.covers(row.at)


TESTS: Mapping[Rule, Test] = MappingProxyType(
    {
        review.EMERGENCY: lambda row, on: is_emergency(row.rule),
        review.OWN_CHILD: lambda row, on: row.own_child,
        review.SAME_NAME: same_name,
        review.COLLEAGUE: lambda row, on: row.colleague,
        review.NO_RELATION: lambda row, on: not row.related and not row.was_related,
        review.AFTER_END: lambda row, on: not row.related and row.was_related,
        review.NIGHT: at_night,
        review.NEIGHBOUR: lambda row, on: row.rule in NEIGHBOUR_RULES,
        review.PROTECTED: lambda row, on: row.child_protected,
        review.WATCHED: lambda row, on: row.watched,
        review.MANY: lambda row, on: row.opened_many,
    }
)


def patterns_in(row: RowFacts, *, on: date) -> list[str]:
    """The ids of the rules that fit an opening, of those in force on a day, the gravest first."""
    return [rule.id for rule, fits in TESTS.items() if rule.in_force(on) and fits(row, on)]


TIES = frozenset({review.OWN_CHILD.id, review.SAME_NAME.id, review.COLLEAGUE.id})


def reader_tells_the_child(patterns: Collection[str]) -> bool:
    """Whether the reader's name, beside these patterns, would tell who a protected child is."""
    return bool(TIES & set(patterns))


def many_openers(openings: Mapping[UUID, Mapping[UUID, int]], limit: Much = MUCH) -> set[tuple[UUID, UUID]]:
    """(unit, reader) of those who opened many more than is usual at their unit; `openings`: unit -> reader ->
    how many. At a small unit nothing is unusual.
    """
    return {
        (unit, reader)
        for unit, readers in openings.items()
        if len(readers) >= limit.readers
        for reader, n in readers.items()
        if n >= limit.least and n >= limit.times * median(readers.values())
    }
