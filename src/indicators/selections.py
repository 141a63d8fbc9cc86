"""Which rows of a table are meant: tests of named columns, and nothing else.

A test may name a list of codes instead of its values (`listed`): a code table that a region loads by itself
(code_lists.py). Until it has been filled in (`filled`) such a test passes nothing and must not be counted.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields, is_dataclass, replace
from typing import Any, TypeVar

from .tables import TABLES, Kind

Part = TypeVar("Part")


@dataclass(frozen=True)
class Test:
    """A column's value is one of, or begins with one of, some values. What is unknown passes no test."""

    __test__ = False  # pytest: not one of yours

    column: str
    values: tuple[str | bool, ...]
    begins: bool = False
    listed: str = ""

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


def listed(column: str, name: str) -> Test:
    """The column is among the codes of a list that is loaded with the data."""
    return Test(column, (), listed=name)


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
class CodeList:
    """Codes that a test is filled in with: whole, or as beginnings."""

    codes: tuple[str, ...]
    begins: bool = False


def filled(part: Part, lists: Mapping[str, CodeList]) -> Part:
    """A measure, or any part of one, with every named list that there is put in its place."""
    made: Any = part
    if isinstance(part, Test):
        found = lists.get(part.listed)
        made = replace(part, values=found.codes, begins=found.begins, listed="") if found else part
    elif isinstance(part, tuple):
        made = tuple(filled(one, lists) for one in part)
    elif is_dataclass(part) and not isinstance(part, type):
        made = replace(part, **{one.name: filled(getattr(part, one.name), lists) for one in fields(part)})
    return made


def parts_of(part: Any, kind: type) -> list[Any]:
    """Every part of a kind in a measure, however deep."""
    if isinstance(part, kind):
        return [part]
    if isinstance(part, tuple):
        return [found for one in part for found in parts_of(one, kind)]
    if is_dataclass(part):
        return [found for one in fields(part) for found in parts_of(getattr(part, one.name), kind)]
    return []


def tables_of(measure: Any) -> set[str]:
    """The tables that a measure is counted from."""
    return {one.table for one in parts_of(measure, Rows)}


def lacking(measure: Any) -> set[str]:
    """The lists that it still waits for."""
    return {test.listed for one in parts_of(measure, Rows) for test in one.where if test.listed}
