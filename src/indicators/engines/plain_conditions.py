"""Of the reference engine: which rows are meant, and who meets a condition on the last day of a year."""

from collections import defaultdict
from collections.abc import Collection, Iterator
from datetime import date
from typing import Any

from indicators import tables
from indicators.conditions import Condition, Has, Holds
from indicators.measures import Rows
from indicators.tables import Data

Row = dict[str, Any]


def matching(data: Data, asked: Rows, lives: Collection[int], until: date) -> Iterator[Row]:
    """The rows of known children that pass every test, up to the last known day."""
    for row in tables.rows(data, asked.table):
        known = row["child"] in lives and row["day"] <= until
        if known and all(test.passes(row[test.column]) for test in asked.where):
            yield row


def those(
    condition: Condition | None, data: Data, lives: Collection[int], year: int, until: date
) -> set[int]:
    """The children who meet a condition on the last day of a year; all when there is none."""
    if condition is None:
        return set(lives)
    if isinstance(condition, Has):
        return _those_who_have(condition, data, lives, year, until)
    if isinstance(condition, Holds):
        last = date(year, 12, 31)
        found = matching(data, condition.of, lives, until)
        return {
            row["child"]
            for row in found
            if row["day"] <= last and (row["last"] is None or row["last"] >= last)
        }
    parts = [those(one, data, lives, year, until) for one in condition.of]
    return {child for child in lives if sum(child in part for part in parts) >= condition.number}


def _those_who_have(condition: Has, data: Data, lives: Collection[int], year: int, until: date) -> set[int]:
    met: dict[int, list[Any]] = defaultdict(list)
    for row in matching(data, condition.of, lives, until):
        if year - condition.years < row["day"].year <= year:
            met[row["child"]].append(
                row[condition.different] if condition.different else len(met[row["child"]])
            )
    return {
        child
        for child, values in met.items()
        if len({value for value in values if value is not None}) >= condition.at_least
    }
