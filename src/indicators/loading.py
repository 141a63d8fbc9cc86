"""Flat tables from files: Parquet or CSV as a region's warehouse delivers them, in the schema of tables.py.

A folder holds a file or a folder for each table: contact.csv, contact/all.parquet, contact/year=2024/….
Columns that the schema lacks are left where they are. Codes become numbers while the files are read.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import duckdb
import numpy as np

from .engines.arrays import Coded
from .tables import TABLES, Column, Data, Kind, Table

SQL_TYPES = {Kind.KEY: "BIGINT", Kind.DAY: "DATE", Kind.CODE: "VARCHAR", Kind.YES: "BOOLEAN"}


class NotReadableError(ValueError):
    """What is wrong with the delivery, in words, with the table's name."""


def read(folder: Path) -> Data:
    """Every table of a folder. NotReadableError when one is missing, lacks a column or does not fit."""
    database = duckdb.connect()
    data = {name: _table(database, folder, table) for name, table in TABLES.items()}
    children = data["child"]["child"]
    if len(np.unique(children)) < len(children):
        raise NotReadableError("tabellen child: samma barn står flera gånger")
    return data


def _table(database: duckdb.DuckDBPyConnection, folder: Path, table: Table) -> dict[str, Any]:
    source = _source(folder, table)
    selected = ", ".join(
        f'CAST("{one.name}" AS {SQL_TYPES[one.kind]}) AS "{one.name}"' for one in table.columns
    )
    try:
        database.execute(f"CREATE OR REPLACE TEMP VIEW given AS SELECT {selected} FROM {source}")  # noqa: S608
        return {one.name: _column(database, table, one) for one in table.columns}
    except duckdb.Error as fault:
        raise NotReadableError(f"tabellen {table.name}: {str(fault).splitlines()[0]}") from fault


def _source(folder: Path, table: Table) -> str:
    """What DuckDB is to read; every column of a CSV file as text, so that codes keep their noughts."""
    readers = {"parquet": "read_parquet('{}')", "csv": "read_csv('{}', all_varchar = true)"}
    for ending, reader in readers.items():
        inside, beside = folder / table.name, folder / f"{table.name}.{ending}"
        if beside.is_file():
            return reader.format(_quoted(beside))
        if any(inside.rglob(f"*.{ending}")):
            return reader.format(_quoted(inside / "**" / f"*.{ending}"))
    raise NotReadableError(f"tabellen {table.name} saknas i {folder.name}")


def _quoted(path: Path) -> str:
    return str(path).replace("'", "''")


def _column(database: duckdb.DuckDBPyConnection, table: Table, column: Column) -> Any:
    if column.kind is Kind.CODE:
        made: Any = _coded(database, column.name)
        unknown = bool(np.any(made.rows < 0))
        _refuse_others(table, column, made.codes)
    else:
        made = database.execute(f'SELECT "{column.name}" FROM given').fetchnumpy()[column.name]  # noqa: S608
        unknown = bool(np.ma.is_masked(made))
        made = _whole(made, column.kind)
    if unknown and not column.may_lack:
        raise NotReadableError(f"tabellen {table.name}: {column.name} saknas i någon rad")
    return made


def _whole(found: Any, kind: Kind) -> Any:
    """An array without mask; an unknown day is no day."""
    if kind is Kind.DAY:
        return np.ma.filled(found.astype("datetime64[D]"), np.datetime64("NaT"))
    return np.ma.getdata(found)


def _coded(database: duckdb.DuckDBPyConnection, name: str) -> Coded:
    """A column of codes in the order of the alphabet."""
    listed = f'SELECT DISTINCT "{name}" AS code FROM given WHERE "{name}" IS NOT NULL ORDER BY code'  # noqa: S608
    codes = [code for (code,) in database.execute(listed).fetchall()]
    if not codes:
        (number,) = database.execute("SELECT count(*) FROM given").fetchone() or (0,)
        return Coded(np.full(number, -1), [])
    database.execute("DROP TYPE IF EXISTS known")
    database.execute(f"CREATE TYPE known AS ENUM ({listed})")
    rows = database.execute(
        f'SELECT coalesce(enum_code(CAST("{name}" AS known))::BIGINT, -1) AS place FROM given'  # noqa: S608
    ).fetchnumpy()["place"]
    return Coded(np.asarray(rows, dtype=np.int32), codes)


def _refuse_others(table: Table, column: Column, codes: Sequence[str]) -> None:
    others = sorted(set(codes) - set(column.values)) if column.values else []
    if others:
        allowed = ", ".join(column.values)
        raise NotReadableError(f"tabellen {table.name}: {column.name} är {others[0]!r}, inget av {allowed}")
