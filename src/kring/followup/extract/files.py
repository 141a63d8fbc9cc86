"""The extract's files: rows gathered in a scratch database, written a year a file, put in place all at once.

`folder/kring` is a link to the newest version; it is turned to the next one when that is whole on the disk,
so whoever stops in the middle, or is stopped, leaves what was there. A file whose rows are the same is not
written again but linked to.
"""

import os
import shutil
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from fcntl import LOCK_EX, LOCK_NB, flock
from hashlib import file_digest, sha256
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

import duckdb
import numpy as np

from indicators.tables import TABLES, Column, Kind, Table

NEWEST = "kring"
KNOWN = "known"
"""Beside the tables: what was known of each child, as a number, to tell whom something has changed for."""
SQL_TYPES = {Kind.KEY: "BIGINT", Kind.DAY: "DATE", Kind.CODE: "VARCHAR", Kind.YES: "BOOLEAN"}
FILLED = ("child", "residence", "contact", "diagnosis", "step", "arrangement", "deadline", "answer")
"""The tables that Kring has anything of. Others are not delivered: what they tell is missing, not nought."""
UNDATED = ("child", "residence")
UNKNOWN_DAY = -(1 << 30)
MEMORY = "256MB"


class InUseError(Exception):
    """Another extract is being made in the same folder."""


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Nobody else makes an extract here meanwhile; what somebody left half-done is cleared away."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    with (folder / ".lock").open("w") as lock:
        try:
            flock(lock, LOCK_EX | LOCK_NB)
        except BlockingIOError as fault:
            raise InUseError from fault
        _clear(folder)
        yield


def _clear(folder: Path) -> None:
    """Drop every version but the newest, and what is left of one that was never finished."""
    kept = newest(folder)
    for one in folder.iterdir():
        if one.is_dir() and not one.is_symlink() and one.resolve() != kept:
            shutil.rmtree(one)


def newest(folder: Path) -> Path | None:
    """The folder of the newest version."""
    link = folder / NEWEST
    return link.resolve() if link.is_dir() else None


def version_of(made: Path | None) -> str:
    """A digest of every file's name and content; empty when there are none."""
    if made is None:
        return ""
    whole = sha256()
    for path in sorted(made.rglob("*.parquet")):
        with path.open("rb") as content:
            whole.update(f"{path.relative_to(made)} {file_digest(content, 'sha256').hexdigest()}\n".encode())
    return whole.hexdigest()


class Stage:
    """Rows on their way into files: those of some children made anew, and everybody else's in old files."""

    def __init__(self, folder: Path, old: Path | None) -> None:
        """`old`: the version to go on from; None when everything is made from the start."""
        self.folder, self.old = folder, old
        self.made = Path(mkdtemp(prefix="new-", dir=folder))
        self._database = duckdb.connect(str(self.made / "scratch.duckdb"))
        self._database.execute(f"SET threads = 1; SET memory_limit = '{MEMORY}'")
        # Without statistics: by them a file tells of a column that nothing lacks, or not, by how it was made.
        self._database.execute("SET disabled_optimizers = 'statistics_propagation'")
        self._database.execute("SET preserve_insertion_order = false; CREATE TABLE touched (child BIGINT)")
        self._database.execute(f'CREATE TABLE "{KNOWN}" (child BIGINT, mark BIGINT)')
        for name in FILLED:
            columns = ", ".join(f'"{one.name}" {SQL_TYPES[one.kind]}' for one in TABLES[name].columns)
            self._database.execute(f'CREATE TABLE "{name}" ({columns})')
        self.written = 0

    def known(self) -> dict[int, int]:
        """What was known of each child in the version that is gone on from."""
        if self.old is None:
            return {}
        asked = f"SELECT * FROM {_parquet(self.old / _one(KNOWN))}"  # noqa: S608 - own names
        return dict(self._database.execute(asked).fetchall())

    def touch(self, keys: Iterable[int]) -> None:
        """Children whose earlier rows no longer hold: made anew, or gone."""
        given = {"child": np.fromiter(keys, dtype=np.int64)}
        self._database.execute("INSERT INTO touched SELECT child FROM given")
        del given

    def remember(self, marks: Mapping[int, int]) -> None:
        """What is known of everybody now."""
        keys, told = (np.fromiter(one, dtype=np.int64) for one in (marks.keys(), marks.values()))
        given = {"child": keys, "mark": told}
        self._database.execute(f'INSERT INTO "{KNOWN}" SELECT child, mark FROM given')  # noqa: S608
        del given

    def add(self, rows: Iterable[tuple[str, tuple[Any, ...]]]) -> None:
        """New rows, of children who have been touched, or of everybody in a first version."""
        by_table = defaultdict[str, list[tuple[Any, ...]]](list)
        for name, row in rows:
            by_table[name].append(row)
        for name, found in by_table.items():
            table = TABLES[name]
            given = {
                column.name: _array(column, values)
                for column, values in zip(table.columns, zip(*found, strict=True), strict=True)
            }
            selected = ", ".join(_selected(column) for column in table.columns)
            self._database.execute(f'INSERT INTO "{name}" SELECT {selected} FROM given')  # noqa: S608
            del given

    def finish(self) -> tuple[Path, dict[str, int]]:
        """Write every file that differs, link the others; the folder, and rows by table. Nothing is in place
        yet.
        """
        for name in FILLED:
            self._write_table(TABLES[name])
        self._write(f'FROM "{KNOWN}"', self.made / _one(KNOWN))
        rows = {name: self._count(name) for name in FILLED}
        self._database.close()
        (self.made / "scratch.duckdb").unlink()
        (self.made / "scratch.duckdb.wal").unlink(missing_ok=True)
        return self.made, rows

    def drop(self) -> None:
        """Leave nothing behind."""
        self._database.close()
        shutil.rmtree(self.made, ignore_errors=True)

    def _write_table(self, table: Table) -> None:
        new = f'SELECT * FROM "{table.name}"'  # noqa: S608 - own names
        if table.name in UNDATED:
            self._write_file(table, new, _one(table.name), needed=True)
            return
        years = self._years(table)
        for year in sorted(years):
            within = f"{new} WHERE day BETWEEN DATE '{year}-01-01' AND DATE '{year}-12-31'"
            self._write_file(table, within, _one(table.name, year))
        if not any((self.made / table.name).rglob("*.parquet")) and not table.may_lack:
            self._write_file(table, f"{new} WHERE false", _one(table.name), needed=True)

    def _years(self, table: Table) -> set[int]:
        """The years that there are rows of, new or old."""
        found = self._database.execute(f'SELECT DISTINCT year(day) FROM "{table.name}"').fetchall()  # noqa: S608
        held = self.old.glob(f"{table.name}/year=*") if self.old else ()
        return {year for (year,) in found} | {int(one.name.removeprefix("year=")) for one in held}

    def _write_file(self, table: Table, new: str, path: Path, *, needed: bool = False) -> None:
        before = self.old / path if self.old and (self.old / path).is_file() else None
        if before is None:
            if needed or self._database.execute(f"SELECT 1 FROM ({new}) LIMIT 1").fetchone():  # noqa: S608
                self._write(new, self.made / path)
            return
        columns = ", ".join(f'"{one.name}"' for one in table.columns)
        old = f"SELECT {columns} FROM {_parquet(before)}"  # noqa: S608
        again = f"{old} WHERE child IN (FROM touched)"
        if not self._differ(again, new):
            _link(before, self.made / path)
            return
        whole = f"{old} WHERE child NOT IN (FROM touched) UNION ALL {new}"
        if needed or self._database.execute(f"SELECT 1 FROM ({whole}) LIMIT 1").fetchone():  # noqa: S608
            self._write(whole, self.made / path)

    def _differ(self, one: str, other: str) -> bool:
        asked = f"(({one}) EXCEPT ALL ({other})) UNION ALL (({other}) EXCEPT ALL ({one})) LIMIT 1"
        return self._database.execute(f"SELECT 1 FROM ({asked})").fetchone() is not None  # noqa: S608

    def _write(self, rows: str, path: Path) -> None:
        """Rows in order, child first, so that the same rows are the same bytes."""
        path.parent.mkdir(parents=True, exist_ok=True)
        self._database.execute(
            f"COPY (SELECT * FROM ({rows}) ORDER BY ALL) "  # noqa: S608
            f"TO '{_quoted(path)}' (FORMAT parquet, COMPRESSION zstd)"
        )
        self.written += 1

    def _count(self, table: str) -> int:
        found = (*self.made.glob(f"{table}.parquet"), *self.made.glob(f"{table}/*/*.parquet"))
        paths = [str(one) for one in found]
        if not paths:
            return 0
        asked = "SELECT count(*) FROM read_parquet($paths)"
        counted = self._database.execute(asked, {"paths": paths}).fetchone()
        return int(counted[0]) if counted else 0


def put_in_place(folder: Path, made: Path, version: str) -> None:
    """Let a finished folder be the newest version, in one step, and drop the one before: somebody's place may
    stand in it who is protected now.
    """
    target = folder / version
    if target.exists():
        shutil.rmtree(made)
    else:
        _sync(made)
        made.rename(target)
    link = folder / f".{NEWEST}"
    link.unlink(missing_ok=True)
    link.symlink_to(version, target_is_directory=True)
    link.rename(folder / NEWEST)
    _sync_folder(folder)
    _clear(folder)


def _sync(made: Path) -> None:
    for path in made.rglob("*"):
        if path.is_file():
            with path.open("rb") as content:
                os.fsync(content.fileno())
        else:
            _sync_folder(path)
    _sync_folder(made)


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _link(before: Path, path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    os.link(before, path)


def _one(table: str, year: int | None = None) -> Path:
    return Path(f"{table}.parquet" if year is None else f"{table}/year={year}/all.parquet")


def _parquet(path: Path) -> str:
    return f"read_parquet('{_quoted(path)}', hive_partitioning = false)"


def _quoted(path: Path) -> str:
    return str(path).replace("'", "''")


def _selected(column: Column) -> str:
    if column.kind is Kind.DAY:
        return (
            f'CASE WHEN "{column.name}" > {UNKNOWN_DAY} '
            f"THEN DATE '1970-01-01' + \"{column.name}\"::INTEGER END"
        )
    return f'"{column.name}"'


FIRST_DAY = date(1970, 1, 1).toordinal()


def _array(column: Column, values: tuple[Any, ...]) -> Any:
    if column.kind is Kind.DAY:
        return np.array(
            [UNKNOWN_DAY if one is None else one.toordinal() - FIRST_DAY for one in values], np.int64
        )
    if column.kind is Kind.CODE:
        return np.array(values, dtype=object)
    return np.array(values, dtype=np.int64 if column.kind is Kind.KEY else np.bool_)
