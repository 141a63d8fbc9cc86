"""The report of a delivery: every table of it, by year, guarded; in an order that puts the worst first."""

import csv
import json
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import duckdb

from indicators.loading import SQL_TYPES, NotReadableError, source_of
from indicators.tables import TABLES, Kind, Table

from . import checks, rules
from .findings import LEAST, SEVERITIES, Finding, counted, rounded

FOLLOWED = ("contact", "diagnosis", "step")
"""Tables whose rows should be about as many each year and month."""
LOADING = "loading.json"
"""What a loader left beside the tables (fhir/load.py)."""
NAMES = ("quality.csv", "quality.json")
COLUMNS = (
    "severity",
    "table",
    "column",
    "check",
    "year",
    "what",
    "count",
    "few",
    "percent",
    "text",
    "advice",
)
NATIVE = {
    Kind.KEY: ("BIGINT", "INTEGER"),
    Kind.DAY: ("DATE",),
    Kind.YES: ("BOOLEAN",),
    Kind.CODE: ("VARCHAR",),
}


def report(folder: Path, today: date) -> list[Finding]:
    """Everything odd in a delivery; nothing when all is well. It never stops at a fault: that is what it is
    for.
    """
    database = duckdb.connect()
    database.execute("SET threads = 2")
    found = [one for table in TABLES.values() for one in _Asked(database, folder, table, today).findings()]
    database.close()
    return sorted([*found, *_of_loading(folder)], key=_worst_first)


def _worst_first(one: Finding) -> tuple[Any, ...]:
    tables = [*TABLES]
    return (
        SEVERITIES.index(one.severity),
        tables.index(one.table) if one.table in tables else len(tables),
        one.column, one.check, one.what, one.year or 0,
    )  # fmt: skip


def write(folder: Path, found: Sequence[Finding]) -> None:
    """quality.csv and quality.json into a folder."""
    rows = [one.as_row() for one in found]
    with (folder / NAMES[0]).open("w", encoding="utf-8", newline="") as lines:
        writer = csv.DictWriter(lines, COLUMNS)
        writer.writeheader()
        writer.writerows(rows)
    text = json.dumps(rows, indent=1, ensure_ascii=False)
    (folder / NAMES[1]).write_text(text + "\n", encoding="utf-8")


def _of_loading(folder: Path) -> Iterator[Finding]:
    """What could not be taken in before there were tables. Lines and resources, not children: few are told
    as few, for a line may be of one child.
    """
    path = folder / LOADING
    if not path.is_file():
        return
    told = json.loads(path.read_text(encoding="utf-8"))
    for file in told["files"]:
        if file["unreadable"]:
            yield _of_some(file["resource"], "lines_unreadable", file["file"], file["unreadable"])
    for table, of in told["tables"].items():
        for reason, count in of["left_out"].items():
            yield _of_some(table, "left_out", reason, count)


def _of_some(table: str, check: str, what: str, count: int) -> Finding:
    made = counted(table, "", check, None, count, count)
    return Finding(made.table, "", check, None, what, made.count, made.few)


def _fewer(table: str, check: str, year: int, what: str, rows: int, percent: int) -> Finding:
    """A fall; the rows that are left are told as others, none as none."""
    few = 0 < rows < LEAST
    return Finding(table, "", check, year, what, None if few else rounded(rows), few, percent)


class _Asked:
    """One table of a delivery under questions."""

    def __init__(self, database: duckdb.DuckDBPyConnection, folder: Path, table: Table, today: date) -> None:
        self.database, self.folder, self.table, self.today = database, folder, table, today
        self.day = checks.day_of(table)
        self.given: dict[str, bool] = {}

    def findings(self) -> Iterator[Finding]:
        """All of them; of a table that is not there or cannot be opened, only that."""
        name = self.table.name
        try:
            source = source_of(self.folder, self.table)
            self._view(source) if source else self._none()
        except NotReadableError:
            self._none()
            yield Finding(name, "", "table_needed")
            return
        except duckdb.Error:
            self._none()
            yield Finding(name, "", "file_unreadable")
            return
        if not source:
            yield Finding(name, "", "table_missing")
            return
        yield from (
            Finding(name, one.name, "column_missing")
            for one in self.table.columns
            if one.name not in self.given
        )
        yield from self._of_rows()
        if {"child", self.day} <= {*self.given}:
            yield from self._repeated()
        if name == "residence" and "child" in self.given:
            yield from self._without_home()
        if name in FOLLOWED and "day" in self.given:
            yield from self._falls()

    def _view(self, source: str) -> None:
        """The table with what is known of each child beside; a child that stands twice is known once."""
        types = {name: kind for name, kind, *_ in self._all(f"DESCRIBE SELECT * FROM {source}")}
        self.given = {
            one.name: types[one.name] in NATIVE[one.kind] for one in self.table.columns if one.name in types
        }
        if not self.given:
            raise duckdb.InvalidInputException("no column of the table is there")
        columns = checks.typed(self.table, self.given, SQL_TYPES)
        self.database.execute(f'CREATE VIEW "{self.table.name}" AS SELECT {columns} FROM {source}')
        self._all(f'SELECT count(COLUMNS(*)) FROM "{self.table.name}"')  # what cannot be read is met here
        if self.table.name == "child":
            self._know(*("child", "born") if {"child", "born"} <= {*self.given} else ())

    def _know(self, *columns: str) -> None:
        ended = '"ended"' if "ended" in self.given else "NULL"
        made = f"SELECT child, min(born) AS born, min({ended}) AS ended FROM child GROUP BY child"
        self.database.execute(f"CREATE TABLE known AS {made if columns else NOBODY}")

    def _none(self) -> None:
        if self.table.name == "child":
            self.database.execute(f"CREATE TABLE known AS {NOBODY}")

    def _of_rows(self) -> Iterator[Finding]:
        name = self.table.name
        asked = checks.of_rows(self.table, self.given, self.today)
        child = "one.child" if "child" in self.given else "NULL"
        year = f'year(one."{self.day}")' if self.day in self.given else "NULL"
        odd = ", ".join(f"({_of_one(sql, self.given)}) AS odd{at}" for at, (_, _, sql) in enumerate(asked))
        told = ", ".join(
            f"count(*) FILTER (odd{at}), count(DISTINCT who) FILTER (odd{at}) + "
            f"count(*) FILTER (odd{at} AND who IS NULL)"
            for at in range(len(asked))
        )
        known = (
            ""
            if name == "child" or "child" not in self.given
            else "LEFT JOIN known ON known.child = one.child"
        )
        rows = self._all(
            f'SELECT y, {told} FROM (SELECT {year} AS y, {child} AS who, {odd} FROM "{name}" AS one {known}) '
            "GROUP BY y ORDER BY y"
        )
        for at, (column, check, _) in enumerate(asked):
            for year_of, *counts in rows:
                count, children = counts[2 * at : 2 * at + 2]
                if count:
                    yield counted(name, column, check, year_of, count, children)

    def _repeated(self) -> Iterator[Finding]:
        """Rows like another in everything; of children, every row but the first of each."""
        name, check = self.table.name, "child_twice" if self.table.name == "child" else "repeated"
        alike = '"child"' if name == "child" else ", ".join(f'"{one}"' for one in self.given)
        rows = self._all(
            f'SELECT y, sum(n - 1)::BIGINT, count(DISTINCT "child") FROM (SELECT year(min("{self.day}")) '
            f'AS y, "child", count(*) AS n FROM "{name}" WHERE "child" IS NOT NULL GROUP BY {alike} '
            "HAVING n > 1) GROUP BY y ORDER BY y"
        )
        for year, count, children in rows:
            yield counted(name, "", check, year, count, children)

    def _without_home(self) -> Iterator[Finding]:
        count = self._all(
            "SELECT count(*) FROM known WHERE child NOT IN "
            "(SELECT child FROM residence WHERE child IS NOT NULL)"
        )
        if number := count[0][0]:
            yield counted("residence", "", "no_residence", None, number, number)

    def _falls(self) -> Iterator[Finding]:
        """Years and months with far fewer rows than their neighbours, and units that have gone silent."""
        name, until = self.table.name, f"day <= DATE '{self.today}'"
        rows = self._all(f'SELECT year(day), month(day), count(*) FROM "{name}" WHERE {until} GROUP BY ALL')
        months = {(year, month): count for year, month, count in rows}
        years: dict[int, int] = {}
        for (year, _), count in months.items():
            years[year] = years.get(year, 0) + count
        for year, percent in rules.fewer_years(years):
            yield _fewer(name, "fewer_year", year, "", years[year], percent)
        last = self._all(f'SELECT max(day) FROM "{name}" WHERE {until}')[0][0]
        if last is None:
            return
        for (year, month), percent in rules.fewer_months(months, last):
            left = months.get((year, month), 0)
            yield _fewer(name, "fewer_month", year, f"{year}-{month:02}", left, percent)
        if name == "contact" and "unit" in self.given:
            yield from self._silent(until, last)

    def _silent(self, until: str, last: date) -> Iterator[Finding]:
        rows = self._all(
            f"SELECT unit, latest, count(*) FROM contact JOIN (SELECT unit, max(day) AS latest FROM contact "
            f"WHERE {until} GROUP BY unit) USING (unit) WHERE day > latest - 365 AND {until} "
            "GROUP BY ALL ORDER BY unit"
        )
        for unit, latest, count in rows:
            if rules.is_silent(count, latest, last):
                yield Finding("contact", "unit", "silent_unit", latest.year, unit, rounded(count))

    def _all(self, asked: str) -> list[tuple[Any, ...]]:
        return self.database.execute(asked).fetchall()


NOBODY = "SELECT NULL::BIGINT AS child, NULL::DATE AS born, NULL::DATE AS ended WHERE false"


def _of_one(sql: str, given: dict[str, bool]) -> str:
    """The condition with its columns said to be of the row."""
    for name in sorted(given, key=len, reverse=True):
        sql = sql.replace(f'"{name}"', f'one."{name}"').replace(
            f'"{name} as given"', f'one."{name} as given"'
        )
    return sql
