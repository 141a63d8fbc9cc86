"""Where the engines read from: the children, their homes, and a year of a table of events at a time."""

from collections.abc import Collection, Mapping
from typing import Any, Protocol

import numpy as np

from .engines.arrays import Coded, Ints, days, first_of, last_of, year_of
from .tables import TABLES, Data, Kind

Columns = Mapping[str, Any]


def is_key(table: str, column: str) -> bool:
    """Whether a column holds keys, which stay numbers, and not codes."""
    return TABLES[table].column(column).kind is Kind.KEY


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
        """`child`, `day` as a number, and the columns asked for, of one year."""
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
        keys = {
            name: np.asarray(given[name], dtype=np.int64)[keep] for name in columns if is_key(table, name)
        }
        coded = {name: Coded.of(given[name]).kept(keep) for name in columns if name not in keys}
        return {"child": np.asarray(given["child"], dtype=np.int64)[keep], "day": on[keep], **keys, **coded}

    def _on(self, table: str) -> Ints:
        if table not in self._days:
            self._days[table] = days(self._data[table]["day"])
        return self._days[table]
