"""Flat tables from files: Parquet or CSV as a region's warehouse delivers them, in the schema of tables.py.

A folder holds a file or a folder for each table: contact.csv, contact/all.parquet, contact/year=2024/….
Columns that the schema lacks are left where they are. Parquet is read a year at a time, and only the columns
that are asked for; files that hold a year of their own, sorted by child, are read fastest. CSV is read once.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from threading import Lock
from typing import Any
from zoneinfo import ZoneInfo

import duckdb
import numpy as np

from .engines.arrays import UNKNOWN_DAY, Coded, days
from .sources import Columns, is_kind
from .tables import TABLES, Column, Data, Kind, Table

SQL_TYPES = {Kind.KEY: "BIGINT", Kind.DAY: "DATE", Kind.CODE: "VARCHAR", Kind.YES: "BOOLEAN"}


class NotReadableError(ValueError):
    """What is wrong with the delivery, in words, with the table's name."""


def read(folder: Path) -> Data:
    """Every table of a folder, whole, in memory. NotReadableError when one is missing, lacks a column or does
    not fit.
    """
    delivery = Delivery(folder)
    delivery.people()
    return {
        name: _with_dates(table, delivery.table(name)) for name, table in TABLES.items() if delivery.has(name)
    }


def _with_dates(table: Table, columns: Columns) -> Columns:
    """Days as dates, for whoever reads them one by one."""
    made = dict(columns)
    for column in table.columns:
        if column.kind is Kind.DAY:
            numbers = made[column.name].astype("datetime64[D]")
            numbers[made[column.name] == UNKNOWN_DAY] = np.datetime64("NaT")
            made[column.name] = numbers
    return made


def written_on(folder: Path, without: Collection[str] = ()) -> date:
    """The day when the newest of the files was written: what lies after it had not been. `without`: names of
    files that are no part of the delivery.
    """
    files = [one.stat().st_mtime for one in (folder, *folder.rglob("*")) if one.name not in without]
    return datetime.fromtimestamp(max(files), ZoneInfo("Europe/Stockholm")).date()


def attached(folder: Path) -> duckdb.DuckDBPyConnection:
    """A database with a view for each table of a folder of Parquet or CSV, for engines that ask in SQL."""
    database = duckdb.connect()
    for table in TABLES.values():
        _, source = _paths(folder, table)
        database.execute(
            f"CREATE VIEW {table.name} AS SELECT {_cast(table)} FROM {source or _nothing(table)}"
        )
    return database


def files_of(folder: Path, table: Table) -> list[Path]:
    """The files of a table, Parquet or else CSV; none of one that may lack. NotReadableError for another."""
    for ending in READERS:
        beside, inside = folder / f"{table.name}.{ending}", folder / table.name
        paths = [beside] if beside.is_file() else sorted(inside.rglob(f"*.{ending}"))
        if paths:
            return paths
    if table.may_lack:
        return []
    raise NotReadableError(f"tabellen {table.name} saknas i {folder.name}")


def _paths(folder: Path, table: Table) -> tuple[list[Path], str]:
    """The files of a table, and all of them as DuckDB reads them; every column of CSV as text at first."""
    paths = files_of(folder, table)
    return paths, READERS[paths[0].suffix[1:]](paths) if paths else ""


def source_of(folder: Path, table: Table) -> str:
    """The files of a table as DuckDB reads them; "" when it may lack and does. NotReadableError when it may
    not.
    """
    return _paths(folder, table)[1]


class Delivery:
    """A folder of tables, as the engines read it (sources.py)."""

    def __init__(self, folder: Path) -> None:
        """NotReadableError when a table is missing, or CSV does not fit."""
        self.folder = folder
        self._database = duckdb.connect()
        self._database.execute("SET threads = 1")
        self._files = {name: self._found(table) for name, table in TABLES.items()}
        self._codes: dict[tuple[str, str], Sequence[str]] = {}
        self._one_at_a_time = Lock()

    def people(self) -> Columns:
        """The table child. NotReadableError when a child stands there twice."""
        found = self.table("child")
        keys = np.sort(found["child"])
        if np.any(keys[1:] == keys[:-1]):
            raise NotReadableError("tabellen child: samma barn står flera gånger")
        return found

    def homes(self) -> Columns:
        """The table residence."""
        return self.table("residence")

    def table(self, name: str) -> Columns:
        """A table, whole; days are numbers from 1970."""
        return self._columns(
            TABLES[name], [column.name for column in TABLES[name].columns], self._files[name]
        )

    def held(self, table: str) -> range:
        """The years that a table of events has rows of, from the first to the last."""
        found = [one.days for one in self._files[table] if one.days]
        if not found:
            return range(0)
        return range(min(first for first, _ in found).year, max(last for _, last in found).year + 1)

    def events(self, table: str, columns: Collection[str], year: int) -> Columns:
        """One year, from the files that have any of it."""
        first, last = date(year, 1, 1), date(year, 12, 31)
        known = [one for one in self._files[table] if one.days]
        files = [one for one in known if one.days and one.days[0] <= last and one.days[1] >= first] or known
        alone = all(one.days and first <= one.days[0] and one.days[1] <= last for one in files)
        within = "" if alone else f"WHERE CAST(day AS DATE) BETWEEN DATE '{first}' AND DATE '{last}'"
        found = self._columns(TABLES[table], ["child", "day", *columns], files, within)
        flags = {name: Coded.of(found[name]) for name in found if is_kind(table, name, Kind.YES)}
        dated = {name: days(found[name]) for name in found if is_kind(table, name, Kind.DAY)}
        return {**found, **flags, **dated}

    def has(self, table: str) -> bool:
        """Whether the table was delivered at all."""
        return bool(self._files[table])

    def mark(self, table: str, year: int) -> str:
        """Which files a year of a table is read from, as large and as old as they are now."""
        first, last = date(year, 1, 1), date(year, 12, 31)
        paths = [
            path
            for one in self._files[table]
            if one.days and one.days[0] <= last and one.days[1] >= first
            for path in one.paths
        ]
        return repr([(path.name, path.stat().st_size, path.stat().st_mtime_ns) for path in paths])

    def _found(self, table: Table) -> list["File"]:
        """The table's files; CSV becomes a table of the database, every column read as text at first."""
        paths, source = _paths(self.folder, table)
        if paths and paths[0].suffix == ".csv":
            self._run(table, f"CREATE TABLE {table.name} AS SELECT {_cast(table)} FROM {source}")
            return [File(table.name, self._days(table, table.name), tuple(paths))]
        return [File(_parquet([one]), self._days(table, _parquet([one])), (one,)) for one in paths]

    def _days(self, table: Table, source: str) -> tuple[date, date] | None:
        """The first and last day of a file, which Parquet answers from its footer."""
        if "day" not in {column.name for column in table.columns}:
            return None
        found = self._run(
            table, f"SELECT min(CAST(day AS DATE)), max(CAST(day AS DATE)) FROM {source}"
        ).fetchone()
        return found if found and found[0] else None

    def _run(self, table: Table, statement: str) -> duckdb.DuckDBPyConnection:
        try:
            return self._database.cursor().execute(statement)
        except duckdb.Error as fault:
            raise NotReadableError(f"tabellen {table.name}: {str(fault).splitlines()[0]}") from fault

    def _columns(
        self, table: Table, names: Collection[str], files: Sequence["File"], within: str = ""
    ) -> dict[str, Any]:
        columns = [table.column(name) for name in names]
        coded = [column for column in columns if column.kind is Kind.CODE]
        codes = {column.name: self._known(table, column, files) for column in coded}
        selected = ", ".join(_selected(table, column, codes.get(column.name, ())) for column in columns)
        found = self._run(table, f"SELECT {selected} FROM {_together(files)} {within}").fetchnumpy()
        doubtful = [one for one in coded if not codes[one.name] or np.ma.is_masked(found[one.name])]
        if any(self._has_more(table, column, files, codes[column.name]) for column in doubtful):
            return self._columns(table, names, files, within)
        return {
            column.name: self._checked(table, column, found[column.name], codes.get(column.name, ()))
            for column in columns
        }

    def _known(self, table: Table, column: Column, files: Sequence["File"]) -> Sequence[str]:
        """The codes of a column: those of the schema, or those that have been met so far."""
        with self._one_at_a_time:
            if (table.name, column.name) not in self._codes:
                self._know(table, column, column.values or self._different(table, column, files[:1]))
            return self._codes[table.name, column.name]

    def _has_more(self, table: Table, column: Column, files: Sequence["File"], read: Sequence[str]) -> bool:
        """Whether some rows have other codes than they were read with; now they are known."""
        if column.values:
            return False
        with self._one_at_a_time:
            known, here = self._codes[table.name, column.name], self._different(table, column, files)
            if {*here} - {*known}:
                self._know(table, column, [*known, *sorted({*here} - {*known})])
            return bool({*here} - {*read})

    def _know(self, table: Table, column: Column, codes: Sequence[str]) -> None:
        """A further code takes the next place, so that what was read before keeps its own."""
        self._codes[table.name, column.name] = codes
        if codes:
            listed = ", ".join("'" + code.replace("'", "''") + "'" for code in codes)
            self._run(table, f"CREATE TYPE {_type(table, column, codes)} AS ENUM ({listed})")

    def _different(self, table: Table, column: Column, files: Sequence["File"]) -> list[str]:
        name = f'CAST("{column.name}" AS VARCHAR)'
        asked = f"SELECT DISTINCT {name} FROM {_together(files)} WHERE {name} IS NOT NULL ORDER BY 1"
        return [code for (code,) in self._run(table, asked).fetchall()]

    def _checked(self, table: Table, column: Column, found: Any, codes: Sequence[str]) -> Any:
        """Arrays without mask: an unknown day is no day, an unknown code is −1."""
        if np.ma.is_masked(found) and not column.may_lack:
            self._refuse(table, column)
        if column.kind is Kind.CODE:
            lacking = not codes or np.ma.is_masked(found)
            rows = np.ma.filled(found.astype(np.int32), -1) if codes else np.full(len(found), -1)
            return Coded(rows if lacking else np.ma.getdata(found), codes)
        if column.kind is Kind.DAY:
            return np.ma.filled(found, UNKNOWN_DAY).astype(np.int32)
        return np.ma.getdata(found)

    def _refuse(self, table: Table, column: Column) -> None:
        """Say what stands where something else should."""
        name, listed = f'CAST("{column.name}" AS VARCHAR)', ", ".join(f"'{one}'" for one in column.values)
        source = _together(self._files[table.name])
        if listed:
            asked = f"SELECT {name} FROM {source} WHERE {name} NOT IN ({listed}) ORDER BY 1 LIMIT 1"
            other = self._run(table, asked).fetchone()
            if other:
                allowed = ", ".join(column.values)
                raise NotReadableError(
                    f"tabellen {table.name}: {column.name} är {other[0]!r}, inget av {allowed}"
                )
        raise NotReadableError(f"tabellen {table.name}: {column.name} saknas i någon rad")


@dataclass(frozen=True)
class File:
    """What a table is read from, as DuckDB names it; the first and last day of its rows, if it has any; and
    where it lies.
    """

    source: str
    days: tuple[date, date] | None
    paths: tuple[Path, ...]


def _selected(table: Table, column: Column, codes: Sequence[str]) -> str:
    """How a column is read: what is a code, as its place among the codes."""
    cast = f'CAST("{column.name}" AS {SQL_TYPES[column.kind]})'
    if codes:
        # A cast that cannot fail is carried out once for each code, not for each row.
        cast = f'enum_code(TRY_CAST("{column.name}" AS {_type(table, column, codes)}))'
    if column.kind is Kind.DAY:
        cast = f"CAST({cast} - DATE '1970-01-01' AS INTEGER)"
    return f'{cast} AS "{column.name}"'


def _type(table: Table, column: Column, codes: Sequence[str]) -> str:
    """Another type when more codes are known."""
    return f'"{table.name} {column.name} {len(codes)}"'


def _nothing(table: Table) -> str:
    """The columns of a table without rows."""
    columns = ", ".join(f'NULL AS "{column.name}"' for column in table.columns)
    return f"(SELECT {columns} WHERE false)"


def _together(files: Sequence[File]) -> str:
    if len(files) == 1:
        return files[0].source
    paths = ", ".join(one.source.removeprefix("read_parquet([").removesuffix("])") for one in files)
    return f"read_parquet([{paths}])"


def _parquet(paths: Sequence[Path]) -> str:
    return f"read_parquet([{_listed(paths)}])"


def _csv(paths: Sequence[Path]) -> str:
    return f"read_csv([{_listed(paths)}], all_varchar = true)"


def _listed(paths: Sequence[Path]) -> str:
    return ", ".join("'" + str(path).replace("'", "''") + "'" for path in paths)


def _cast(table: Table) -> str:
    """Every column of a table in the schema's type."""
    return ", ".join(f'CAST("{one.name}" AS {SQL_TYPES[one.kind]}) AS "{one.name}"' for one in table.columns)


READERS = {"parquet": _parquet, "csv": _csv}
