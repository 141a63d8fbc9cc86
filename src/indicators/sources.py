"""Where the engines read from: the children, their homes, and a year of a table of events at a time."""

from collections.abc import Collection, Mapping
from typing import Any, Protocol

import numpy as np

from .engines.arrays import Coded, Ints, days, first_of, last_of, year_of
from .tables import TABLES, Data, Kind

Columns = Mapping[str, Any]


def is_kind(table: str, column: str, kind: Kind) -> bool:
    """Whether a column holds keys, which stay numbers, or days, which become them, and not codes."""
    return TABLES[table].column(column).kind is kind


NO_ROWS: Columns = {"day": ()}
"""A table that was not delivered."""


class Source(Protocol):
    """A delivery of the flat tables; codes come as Coded, days as arrays."""

    def people(self) -> Columns:
        """The table child."""
        ...

    def homes(self) -> Columns:
        """The table residence."""
        ...

    def held(self, table: str) -> range:
        """The years that a table of events has rows of, from the first to the last."""
        ...

    def events(self, table: str, columns: Collection[str], year: int) -> Columns:
        """`child`, the columns asked for, and `day` (every day as a number), of one year."""
        ...


class Memory:
    """Tables that are held in memory, as lists or arrays."""

    def __init__(self, data: Data) -> None:
        """As they are."""
        self._data = data
        self._days: dict[str, Ints] = {}

    def people(self) -> Columns:
        """The table child."""
        return self._data["child"]

    def homes(self) -> Columns:
        """The table residence."""
        return self._data["residence"]

    def held(self, table: str) -> range:
        """The years from the first day to the last."""
        on = self._on(table)
        return range(year_of(int(on.min())), year_of(int(on.max())) + 1) if len(on) else range(0)

    def events(self, table: str, columns: Collection[str], year: int) -> Columns:
        """The rows of a year, in the order of the table."""
        on = self._on(table)
        keep = (on >= first_of(year)) & (on <= last_of(year))
        given = self._data[table]
        made: dict[str, Any] = {}
        for name in ("child", *columns):
            if is_kind(table, name, Kind.KEY):
                made[name] = np.asarray(given[name], dtype=np.int64)[keep]
            elif is_kind(table, name, Kind.DAY):
                made[name] = days(given[name])[keep]
            else:
                made[name] = Coded.of(given[name]).kept(keep)
        return {**made, "day": on[keep]}

    def _on(self, table: str) -> Ints:
        if table not in self._days:
            self._days[table] = days(self._data.get(table, NO_ROWS)["day"])
        return self._days[table]
