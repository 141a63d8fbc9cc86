"""Known faults put into a made-up region: the report finds each, by kind, column and year, and so many."""

import csv
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pytest

from indicators.loading import SQL_TYPES
from indicators.quality import report
from indicators.quality.findings import Finding, rounded
from indicators.tables import TABLES, Kind
from synthetic.flat.parquet import Asked, write

TODAY = date(2026, 11, 16)
Rows = dict[str, list[dict[str, Any]]]


@pytest.fixture(scope="module")
def region(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("region")
    write(Asked(300, 2020, 2024, seed=3), folder, lambda _text: None)
    return folder


@pytest.fixture(scope="module")
def known(region: Path) -> Rows:
    """Every table as rows of text, as a warehouse's CSV has them."""
    made = {}
    for name, table in TABLES.items():
        columns = ", ".join(f'CAST("{one.name}" AS VARCHAR) AS "{one.name}"' for one in table.columns)
        order = ", ".join(f'"{one.name}"' for one in table.columns)
        source = f"read_parquet('{region}/{name}/**/*.parquet', hive_partitioning = false)"
        found = duckdb.sql(f"SELECT DISTINCT {columns} FROM {source} ORDER BY {order}")
        made[name] = [dict(zip(found.columns, row, strict=True)) for row in found.fetchall()]
    return made


def as_csv(folder: Path, rows: Rows) -> Path:
    folder.mkdir(exist_ok=True)
    for name, lines in rows.items():
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, [one.name for one in TABLES[name].columns])
            writer.writeheader()
            writer.writerows(lines)
    return folder


def as_parquet(folder: Path, rows: Rows) -> Path:
    """The same in the schema's own types; only for what has them."""
    as_csv(folder, rows)
    for name in rows:
        types = {one.name: SQL_TYPES[one.kind] for one in TABLES[name].columns}
        columns = ", ".join(f'CAST("{column}" AS {kind}) AS "{column}"' for column, kind in types.items())
        path = folder / f"{name}.csv"
        source = f"read_csv('{path}', all_varchar = true)"
        duckdb.sql(f"COPY (SELECT {columns} FROM {source}) TO '{path.with_suffix('.parquet')}'")
        path.unlink()
    return folder


def told(folder: Path) -> Counter[Finding]:
    return Counter(report.report(folder, TODAY))


def adults_birthday(row: dict[str, Any], years: int) -> str:
    born = date.fromisoformat(row["born"])
    return born.replace(day=min(born.day, 28), year=born.year + years).isoformat()


def years_of(rows: list[dict[str, Any]], column: str = "day") -> Counter[int]:
    return Counter(int(row[column][:4]) for row in rows)


class Faults:
    """Faults of some kind in the first rows of other children, and what the report must say of them."""

    def __init__(self, rows: Rows) -> None:
        self.rows = {name: [dict(row) for row in lines] for name, lines in rows.items()}
        self.born = {row["child"]: row for row in self.rows["child"]}
        self.taken = set[tuple[str, str]]()

    def of_children(self, table: str, number: int) -> list[dict[str, Any]]:
        """A row each of so many children, of a year when none of the children was grown or unborn."""
        seen: dict[str, dict[str, Any]] = {}
        for row in self.rows[table]:
            of = self.born.get(row["child"], NOBODY)
            if "2008" < of["born"] < "2018" and not of["ended"] and (table, row["child"]) not in self.taken:
                seen.setdefault(row["child"], row)
        return list(seen.values())[:number]

    def set(self, table: str, number: int, column: str, value: Any) -> list[dict[str, Any]]:
        """Put a value (or what a function makes of the child) into so many rows."""
        found = self.of_children(table, number)
        assert len(found) == number, "the made-up region is too small"
        for row in found:
            self.taken.add((table, row["child"]))
            row[column] = value(self.born[row["child"]]) if callable(value) else value
        return found


NOBODY = {"born": "", "ended": ""}
EVENT = ("contact", "diagnosis", "step", "arrangement", "deadline", "answer", "hospital", "emergency_visit")
CASES = {
    "nothing": ("contact", "form", None, "missing"),
    "an empty text": ("contact", "unit", "  ", "missing"),
    "no day": ("step", "day", "", "missing"),
    "not a day": ("diagnosis", "day", "yesterday", "unreadable"),
    "not a number": ("contact", "child", "Alva", "unreadable"),
    "neither yes nor no": ("contact", "planned", "perhaps", "unreadable"),
    "another word": ("contact", "form", "hologram", "not_allowed"),
    "another sex": ("child", "sex", "F", "not_allowed"),
    "no code": ("diagnosis", "code", "F90.0", "not_icd"),
    "a code of Snomed": ("emergency_visit", "code", "444814009", "not_icd"),
    "no municipality": ("residence", "municipality", "Borås", "out_of_range"),
    "too long ago": ("diagnosis", "day", "1970-01-01", "out_of_range"),
    "another child": ("contact", "child", lambda of: f"999{of['child']}", "unknown_child"),
    "before birth": ("contact", "day", lambda of: adults_birthday(of, -2), "before_birth"),
    "grown up": ("hospital", "day", lambda of: "2034-01-01", "future"),
    "not yet": ("answer", "day", "2026-11-17", "future"),
    "an end before the start": ("arrangement", "last", "1995-01-01", "last_before_first"),
    "moved out before in": ("residence", "last", "1995-01-01", "last_before_first"),
    "dead before born": ("child", "ended", "1995-01-01", "last_before_first"),
    "born tomorrow": ("child", "born", "2026-11-17", "future"),
}  # fmt: skip


@pytest.fixture(scope="module")
def before(known: Rows, tmp_path_factory: pytest.TempPathFactory) -> Counter[Finding]:
    return told(as_csv(tmp_path_factory.mktemp("known"), known))


@pytest.fixture(scope="module")
def with_faults(known: Rows, tmp_path_factory: pytest.TempPathFactory) -> dict[tuple[int, str], tuple]:
    """By how many and which fault: the rows that have it, and what is told. Faults of children stand in a
    delivery of their own, for what they do to their contacts.
    """
    made = {}
    for number in (4, 13):
        for of_child in (False, True):
            faults = Faults(known)
            some = {name: case for name, case in CASES.items() if (case[0] == "child") is of_child}
            rows = {name: faults.set(case[0], number, *case[1:3]) for name, case in some.items()}
            found = told(as_csv(tmp_path_factory.mktemp("faults"), faults.rows))
            made |= {(number, name): (rows[name], found) for name in some}
    return made


@pytest.mark.parametrize("number", [4, 13])
@pytest.mark.parametrize("case", CASES)
def test_each_fault_is_told_by_year_rounded_or_as_few(
    before: Counter[Finding], with_faults: dict[tuple[int, str], tuple], case: str, number: int
) -> None:
    table, column, _, check = CASES[case]
    rows, found = with_faults[number, case]
    day = {"child": "born", "residence": "first"}.get(table, "day")
    years = Counter(int(row[day][:4]) if (row[day] or "")[:4].isdigit() else None for row in rows)
    new = [one for one in found if (one.table, one.column, one.check) == (table, column, check)]
    assert not [one for one in new if one in before]
    assert {one.year: (one.count, one.few) for one in new} == {
        year: (None, True) if n < 5 else (rounded(n), False) for year, n in years.items()
    }


def test_a_region_without_faults_has_none_but_what_is_in_it(
    known: Rows, before: Counter[Finding], tmp_path: Path
) -> None:
    """Typed Parquet and text tell the same, and nothing in either stops the figures."""
    assert before == told(as_parquet(tmp_path, known))
    assert {one.check for one in before} <= {"fewer_year", "fewer_month", "repeated", "adult"}


@pytest.mark.parametrize(("children", "few"), [(4, True), (5, False)])
def test_rows_of_few_children_are_few_however_many_they_are(
    known: Rows, tmp_path: Path, children: int, few: bool
) -> None:
    """Thirty rows of four children could be pointed out."""
    faults = Faults(known)
    some = [row["child"] for row in faults.of_children("contact", children)]
    pattern = faults.rows["contact"][0]
    faults.rows["contact"] += [
        pattern | {"child": some[n % children], "day": "2024-05-05", "form": "hologram", "staff": f"s{n}"}
        for n in range(30)
    ]
    (one,) = [one for one in told(as_csv(tmp_path, faults.rows)) if one.check == "not_allowed"]
    assert (one.count, one.few) == (None if few else 30, few)


def test_rows_like_each_other_and_children_that_stand_twice(
    known: Rows, before: Counter[Finding], tmp_path: Path
) -> None:
    faults = Faults(known)
    faults.rows["contact"] += [dict(row) for row in faults.of_children("contact", 11)]
    faults.rows["child"] += [dict(row) | {"sex": "unknown"} for row in faults.rows["child"][:6]]
    after = told(as_csv(tmp_path, faults.rows))
    new = [one for one in after if one not in before]
    assert {one.check for one in new} == {"repeated", "child_twice"}
    assert {one.severity for one in new if one.check == "child_twice"} == {"stop"}
    repeated = {one.year for one in new if one.check == "repeated"}
    assert repeated == set(years_of(faults.of_children("contact", 11)))


def test_after_death_and_after_eighteen(known: Rows, before: Counter[Finding], tmp_path: Path) -> None:
    faults = Faults(known)
    rows = faults.of_children("contact", 20)
    for row in rows[:10]:
        faults.born[row["child"]]["ended"] = "2019-12-31"
        row["day"] = "2020-02-02"
    grown = [row["child"] for row in faults.rows["child"] if row["born"] < "2005" and not row["ended"]][:10]
    pattern = rows[0]
    faults.rows["contact"] += [pattern | {"child": one, "day": "2023-03-03"} for one in grown]
    after = told(as_csv(tmp_path, faults.rows))
    new = [one for one in after if one not in before]
    assert ("contact", "adult", 2023) in {(one.table, one.check, one.year) for one in new}
    dead = {one.year: one for one in new if one.check == "after_end" and one.table == "contact"}
    assert dead[2020].count is not None and dead[2020].count >= 10
    # What was promised to a day can be promised to one that the child did not live to see.
    assert not [one for one in after if one.check == "after_end" and one.table == "deadline"]


def test_children_without_a_home(known: Rows, tmp_path: Path) -> None:
    faults = Faults(known)
    homeless = {row["child"] for row in faults.rows["child"][:23]}
    faults.rows["residence"] = [row for row in faults.rows["residence"] if row["child"] not in homeless]
    found = [one for one in told(as_csv(tmp_path, faults.rows)) if one.check == "no_residence"]
    assert [(one.table, one.count) for one in found] == [("residence", 25)]


def test_a_month_that_was_left_out_and_a_unit_that_went_silent(
    known: Rows, before: Counter[Finding], tmp_path: Path
) -> None:
    """One unit takes every tenth contact and none after June 2024; a month of another year is cut by half."""
    faults = Faults(known)
    for n, row in enumerate(faults.rows["contact"]):
        if n % 10 == 0 and row["day"] < "2024-06-15":
            row["unit"] = "tyst"
    faults.rows["contact"] = [
        row for n, row in enumerate(faults.rows["contact"]) if not (row["day"][:7] == "2022-05" and n % 4)
    ]
    after = told(as_csv(tmp_path, faults.rows))
    new = {(one.check, one.what): one for one in after if one not in before}
    assert ("fewer_month", "2022-05") in new
    assert new["fewer_month", "2022-05"].percent in range(60, 90)
    assert ("silent_unit", "tyst") in new
    assert [what for check, what in new if check == "silent_unit"] == ["tyst"]


class TestABrokenDelivery:
    """Each way, in words, and never a stop: that is what the report is for."""

    def found(self, folder: Path) -> set[tuple[str, str, str]]:
        return {(one.table, one.column, one.check) for one in report.report(folder, TODAY)}

    def test_nothing_at_all(self, tmp_path: Path) -> None:
        found = self.found(tmp_path)
        needed = {(name, "", "table_needed") for name, table in TABLES.items() if not table.may_lack}
        lacking = {(name, "", "table_missing") for name, table in TABLES.items() if table.may_lack}
        assert found == needed | lacking

    @pytest.mark.parametrize("column", ["form", "child", "day", "unit"])
    def test_a_column_that_is_not_there(self, known: Rows, tmp_path: Path, column: str) -> None:
        folder = as_csv(tmp_path, {"child": known["child"][:50]})
        lines = [
            {name: value for name, value in row.items() if name != column} for row in known["contact"][:50]
        ]
        with (folder / "contact.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, list(lines[0]))
            writer.writeheader()
            writer.writerows(lines)
        assert ("contact", column, "column_missing") in self.found(folder)

    @pytest.mark.parametrize("column", ["born", "ended", "child"])
    def test_children_without_a_column(self, known: Rows, tmp_path: Path, column: str) -> None:
        folder = as_csv(tmp_path, {"contact": known["contact"][:50]})
        (folder / "child.csv").write_text(
            ",".join(one.name for one in TABLES["child"].columns if one.name != column) + "\n"
        )
        assert ("child", column, "column_missing") in self.found(folder)

    def test_homes_without_children_and_no_column_of_the_schema(self, known: Rows, tmp_path: Path) -> None:
        folder = as_csv(tmp_path, {"child": known["child"][:50]})
        (folder / "residence.csv").write_text("municipality,first,last\n1480,2020-01-01,\n")
        (folder / "step.csv").write_text("a,b\n1,2\n")
        assert {("residence", "child", "column_missing"), ("step", "", "file_unreadable")} <= self.found(
            folder
        )

    @pytest.mark.parametrize("name", ["child", "contact"])
    def test_a_file_that_is_cut_off(self, known: Rows, tmp_path: Path, name: str) -> None:
        folder = as_parquet(tmp_path, {one: known[one][:50] for one in ("child", "contact")})
        path = folder / f"{name}.parquet"
        path.write_bytes(path.read_bytes()[:100])
        assert (name, "", "file_unreadable") in self.found(folder)

    def test_a_table_without_rows(self, known: Rows, tmp_path: Path) -> None:
        assert not [
            one
            for one in self.found(as_csv(tmp_path, {"child": known["child"], "step": []}))
            if one[0] == "step"
        ]


def test_every_kind_of_column_is_met() -> None:
    assert {one.kind for table in TABLES.values() for one in table.columns} == set(Kind)
    assert {table for table, *_ in CASES.values()} <= {*EVENT, "child", "residence"}
