"""A folder of NDJSON in, a delivery of Parquet out: sorted by child, contacts and diagnoses a year a file.

What cannot be read is counted and told by file and line, and the rest goes on. A kind of resource that was
not sent leaves its table missing, never empty. The delivery appears when all of it is written, or not at all.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import duckdb
import numpy as np

from indicators.loading import NotReadableError
from indicators.tables import TABLES

from . import columns, lines
from .mapping import Section
from .pseudonyms import Pseudonyms, apart, same_number

REPORT = "loading.json"
"""Beside the tables: what was read, left out and assumed. Numbers, file names and lines; nobody is in it."""
RESOURCES = ("Patient", "Encounter", "Appointment", "Condition")
NEEDED = RESOURCES[:2]
ORDERS = {
    "child": "child",
    "residence": "child, first, last, municipality",
    "contact": "child, staff, day",
    "diagnosis": "child, day",
}
WHOLE = "fault IS NULL"


@dataclass
class Told:
    """What a load has to say of itself: each file's lines, and each table's rows, what was left out of it by
    reason, and what was assumed by column.
    """

    files: list[dict[str, Any]] = field(default_factory=list)
    tables: dict[str, dict[str, Any]] = field(default_factory=dict)

    def as_json(self) -> str:
        """As it is kept beside the tables."""
        return json.dumps({"files": self.files, "tables": self.tables}, indent=1, ensure_ascii=False) + "\n"


def load(
    folder: Path,
    out: Path,
    pseudonyms: Pseudonyms,
    mapping: Mapping[str, Section],
    tell: Callable[[str], None] = lambda text: None,
) -> Told:
    """NotReadableError in words when a file cannot be opened, or Patient or Encounter is not there."""
    found = {resource: lines.files(folder, resource) for resource in RESOURCES}
    for resource in NEEDED:
        if not found[resource]:
            raise NotReadableError(
                f"{folder.name}: {resource} saknas. Lägg till {resource}.ndjson och läs in igen."
            )
    if out.exists() and any(out.iterdir()):
        raise NotReadableError(f"{out.name} är inte tom. Välj en ny mapp, så att inget gammalt blir kvar.")
    out.parent.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(dir=out.parent, prefix=".loading-") as beside:
        made, spill = Path(beside) / "made", Path(beside) / "spill"
        told = Load(made, spill, pseudonyms, mapping, tell).run(found)
        (made / REPORT).write_text(told.as_json(), encoding="utf-8")
        if out.exists():
            out.rmdir()
        made.rename(out)
    return told


class Load:
    """One load: a database in memory, which spills to a folder when it must."""

    def __init__(
        self,
        out: Path,
        spill: Path,
        pseudonyms: Pseudonyms,
        mapping: Mapping[str, Section],
        tell: Callable[[str], None],
    ) -> None:
        """`out` and `spill`: folders that there are not."""
        self.out, self.pseudonyms, self.mapping, self.tell = out, pseudonyms, mapping, tell
        self.told = Told()
        out.mkdir()
        self.database = duckdb.connect(config={"temp_directory": str(spill), "threads": 2})
        self.database.execute(columns.MACROS)

    def run(self, found: Mapping[str, Sequence[Path]]) -> Told:
        """Every kind of resource that there is, those that others refer to first."""
        self._people(found["Patient"])
        self._contacts(found["Encounter"], found["Appointment"])
        if found["Condition"]:
            self._diagnoses(found["Condition"])
        self.database.close()
        return self.told

    def _people(self, files: Sequence[Path]) -> None:
        self._stage("patient", files)
        self._name_each("person", "coalesce(identity, id)", ["patient"], self._numbers)
        # Who was sent twice is one child: the last that was read holds, but protection once said is kept.
        self.database.execute(
            "CREATE TABLE child AS SELECT person.name AS child, last(born ORDER BY place) AS born, "
            "last(sex ORDER BY place) AS sex, last(ended ORDER BY place) AS ended, "
            "bool_or(protected) AS protected FROM (SELECT *, rowid AS place FROM patient) AS patient "
            "JOIN person ON person.one = coalesce(identity, id) WHERE fault IS NULL GROUP BY ALL"
        )
        self.database.execute(
            "CREATE TABLE known AS SELECT DISTINCT id, person.name AS child FROM patient "
            "JOIN person ON person.one = coalesce(identity, id) WHERE fault IS NULL"
        )
        self._write(
            "child", f"SELECT child, born, {self._filled('patient', 'sex')}, ended, protected FROM child"
        )
        self._tell_of("child", ["patient"])
        self._stage("residence", files)
        self._write(
            "residence", f"SELECT DISTINCT child, municipality, first, last FROM residence WHERE {WHOLE}"
        )
        self._tell_of("residence", ["residence"])

    def _contacts(self, encounters: Sequence[Path], bookings: Sequence[Path]) -> None:
        self._stage("contact", encounters)
        if bookings:
            self._stage("booking", bookings)
        sections = ["contact", "booking"] if bookings else ["contact"]
        self._name_each("staff_names", "staff", sections, self._texts(self.pseudonyms.staff))
        self._name_each("unit_names", "unit", sections, self._texts(self.pseudonyms.unit))
        self._write("contact", " UNION ALL ".join(self._rows(one, bool(bookings)) for one in sections))
        self._tell_of("contact", sections)

    def _rows(self, name: str, knows_bookings: bool) -> str:
        filled = [self._filled(name, one) for one in ("level", "form", "status")]
        unit = columns.filled(self.mapping[name], "unit", "unit_names.name")
        return (
            f"SELECT child, day, {unit} AS unit, staff_names.name AS staff, {', '.join(filled)}, "
            f" {'planned' if knows_bookings else 'false'} AS planned FROM {name} "
            f"LEFT JOIN staff_names ON staff_names.one = staff LEFT JOIN unit_names ON unit_names.one = unit "
            f"WHERE {WHOLE}"
        )

    def _diagnoses(self, files: Sequence[Path]) -> None:
        self._stage("diagnosis", files)
        section = self.mapping["diagnosis"]
        of_kind = section.columns["admitted"].one_of or ()
        admitted = f"met.form IN ({', '.join(map(columns.quoted, of_kind))})"
        self.database.execute(
            "CREATE OR REPLACE TABLE diagnosis AS SELECT diagnosis.* REPLACE ("
            f"unit_names.name AS unit, {admitted} AS admitted, met.main_condition = diagnosis.key AS main) "
            f"FROM diagnosis LEFT JOIN contact AS met ON met.key = diagnosis.encounter AND met.{WHOLE} "
            "LEFT JOIN unit_names ON unit_names.one = met.unit"
        )
        filled = ", ".join(self._filled("diagnosis", one) for one in ("code", "unit", "admitted", "main"))
        self._write("diagnosis", f"SELECT child, day, {filled} FROM diagnosis WHERE {WHOLE}")
        self._tell_of("diagnosis", ["diagnosis"])

    def _filled(self, section: str, name: str) -> str:
        return f'{columns.filled(self.mapping[section], name, name)} AS "{name}"'

    def _stage(self, name: str, files: Sequence[Path]) -> None:
        """Every resource of some files as a row of a table named as its section, with what is wrong."""
        section = self.mapping[name]
        for number, path in enumerate(files):
            self.tell(f"Läser {path.name}")
            into = f"INSERT INTO {name} BY NAME" if number else f"CREATE TABLE {name} AS"
            try:
                self.database.execute(f"{into} {columns.staged(section, path, number)}")
            except duckdb.Error as fault:
                raise NotReadableError(f"{path.name}: {str(fault).splitlines()[0]}") from fault
            if not section.each:
                self._tell_of_file(section, path, number)
        if not section.each:
            self._leave_out_repeated(name)

    def _leave_out_repeated(self, name: str) -> None:
        """A resource that was sent twice is one: the last that was read holds."""
        if name == "patient":  # whose ids say nothing of how many children there are
            return
        twice = f"SELECT key FROM {name} WHERE {WHOLE} AND key IS NOT NULL GROUP BY key HAVING count(*) > 1"
        self.database.execute(f"CREATE OR REPLACE TEMP TABLE twice AS {twice}")
        if self._one("SELECT count(*) FROM twice"):
            self.database.execute(
                f"UPDATE {name} SET fault = 'repeated' WHERE {WHOLE} AND key IN (FROM twice) AND rowid "
                f"NOT IN (SELECT max(rowid) FROM {name} WHERE {WHOLE} AND key IN (FROM twice) GROUP BY key)"
            )

    def _name_each(
        self, table: str, column: str, sections: Sequence[str], name: Callable[[list[str]], Any]
    ) -> None:
        """A table of what stands in a column of some sections, and the pseudonym of each."""
        each = " UNION ALL ".join(f"SELECT {column} AS one FROM {of} WHERE {WHOLE}" for of in sections)
        found = self.database.execute(
            f"SELECT DISTINCT one FROM ({each}) WHERE one IS NOT NULL ORDER BY one"
        ).fetchall()
        ones = [one for (one,) in found]
        given = {"one": np.array(ones, dtype=object), "name": name(ones)}  # read by DuckDB under that name
        kind = "BIGINT" if table == "person" else "VARCHAR"
        self.database.execute(f"CREATE TABLE {table} (one VARCHAR, name {kind})")
        if ones:
            self.database.execute(f"INSERT INTO {table} SELECT one, name FROM given")
        del given

    def _numbers(self, identities: list[str]) -> Any:
        same = {one: same_number(one) for one in identities}
        apart(map(self.pseudonyms.child, set(same.values())))
        return np.array([self.pseudonyms.child(same[one]) for one in identities], dtype=np.int64)

    def _texts(self, named: Callable[[str], str]) -> Callable[[list[str]], Any]:
        return lambda ones: np.array([named(one) for one in ones], dtype=object)

    def _write(self, table: str, rows: str) -> None:
        """Into files, sorted; a table without rows is not written."""
        self.tell(f"Skriver {table}")
        dated = any(one.name == "day" for one in TABLES[table].columns)
        self.database.execute(f"CREATE OR REPLACE TEMP VIEW written AS {rows}")
        asked = "SELECT DISTINCT year(day) AS y FROM written ORDER BY y" if dated else "SELECT 0 LIMIT 1"
        total = 0
        for (year,) in self.database.execute(asked).fetchall():
            path = self.out / table / (f"year={year}" if dated else "") / "all.parquet"
            within = f"WHERE day BETWEEN DATE '{year}-01-01' AND DATE '{year}-12-31'" if dated else ""
            total += self._copied(f"FROM written {within} ORDER BY {ORDERS[table]}", path)
        self.told.tables[table] = {"rows": total}

    def _copied(self, rows: str, path: Path) -> int:
        path.parent.mkdir(parents=True, exist_ok=True)
        target = columns.quoted(str(path))
        copied = self._one(f"COPY ({rows}) TO {target} (FORMAT parquet, COMPRESSION zstd)")
        if not copied:
            path.unlink()
        return copied

    def _tell_of(self, table: str, sections: Sequence[str]) -> None:
        """What did not come into a table, by reason, and what was assumed in it."""
        left_out, assumed = dict[str, int](), dict[str, int]()
        for name in sections:
            asked = f"SELECT fault, count(*) FROM {name} WHERE fault <> 'line' GROUP BY fault ORDER BY fault"
            for reason, count in self.database.execute(asked).fetchall():
                left_out[reason] = left_out.get(reason, 0) + count
            for column in columns.assumed(self.mapping[name]):
                count = self._one(f'SELECT count(*) FROM {name} WHERE {WHOLE} AND "{column}" IS NULL')
                assumed |= {column: assumed.get(column, 0) + count} if count else {}
        if table == "child":
            several = (
                self._one(f"SELECT count(*) FROM patient WHERE {WHOLE}") - self.told.tables[table]["rows"]
            )
            left_out |= {"repeated": several} if several else {}
        self.told.tables[table] |= {"left_out": left_out, "assumed": assumed}

    def _tell_of_file(self, section: Section, path: Path, number: int) -> None:
        asked = f"SELECT count(*), count(*) FILTER (fault = 'line') FROM {section.name} WHERE file = {number}"
        total, bad = self.database.execute(asked).fetchall()[0]
        asked = f"SELECT line FROM {section.name} WHERE file = {number} AND fault = 'line' ORDER BY line"
        where = (
            lines.where(path, [line for (line,) in self.database.execute(asked).fetchall()]) if bad else ""
        )
        self.told.files.append(
            {
                "file": path.name,
                "resource": section.resource,
                "lines": total,
                "unreadable": bad,
                "where": where,
            }
        )

    def _one(self, asked: str) -> int:
        return self.database.execute(asked).fetchall()[0][0]
