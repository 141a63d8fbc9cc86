"""A delivery of files becomes the tables of the schema, or is refused in words that name the table."""

from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pytest

from indicators import catalogue, loading, tables
from indicators.engines import fast, plain
from indicators.loading import NotReadableError

ROWS: dict[str, list[dict[str, Any]]] = {
    "child": [
        {"child": 7, "born": "2015-02-03", "sex": "girl", "ended": "", "protected": "false"},
        {"child": 3, "born": "2012-02-29", "sex": "boy", "ended": "2024-08-01", "protected": "true"},
        {"child": 5, "born": "2010-01-01", "sex": "unknown", "ended": "", "protected": "false"},
    ],
    "residence": [
        {"child": 5, "municipality": "1490", "first": "2010-01-01", "last": ""},
        {"child": 7, "municipality": "1480", "first": "2015-02-03", "last": "2024-05-05"},
        {"child": 7, "municipality": "0140", "first": "2024-05-06", "last": ""},
        {"child": 3, "municipality": "1480", "first": "2012-02-29", "last": ""},
    ],
    "contact": [
        {
            "child": child, "day": day, "unit": "007", "staff": staff, "level": "primary", "form": form,
            "status": "done", "planned": "true",
        }
        for child, day, staff, form in (
            (7, "2024-01-02", "b", "visit"), (7, "2024-06-02", "", "video"),
            (5, "2024-03-03", "a", "visit"), (5, "2024-03-04", "a", "video"),
            (5, "2024-03-05", "b", "visit"), (99, "2024-03-05", "b", "visit"),
        )
    ],
    "diagnosis": [
        {"child": 5, "day": "2024-03-03", "code": "F900", "unit": "007", "admitted": "false", "main": "true"}
    ],
    "step": [
        {"child": 5, "day": day, "case": 1, "process": "bup", "kind": kind, "unit": ""}
        for day, kind in (("2024-01-01", "referral_sent"), ("2024-02-01", "first_visit_done"))
    ],
}  # fmt: skip


def csv_folder(folder: Path, rows: dict[str, list[dict[str, Any]]] = ROWS) -> Path:
    for name, lines in rows.items():
        text = [",".join(lines[0])] + [",".join(str(value) for value in line.values()) for line in lines]
        (folder / f"{name}.csv").write_text("\n".join(text) + "\n", encoding="utf-8")
    return folder


def parquet_folder(folder: Path) -> Path:
    """The same as Parquet, the contacts in two files of a partition each."""
    csv_folder(folder)
    for name in ROWS:
        source = f"read_csv('{folder}/{name}.csv', types = {{'child': 'BIGINT'}}, all_varchar = false)"
        if name == "contact":
            source = f"(SELECT * REPLACE ('007' AS unit) FROM {source})"
            for part, test in (("a", "child = 7"), ("b", "child <> 7")):
                (folder / name / f"part={part}").mkdir(parents=True)
                target = folder / name / f"part={part}" / "all.parquet"
                duckdb.sql(f"COPY (SELECT * FROM {source} WHERE {test}) TO '{target}'")
        else:
            duckdb.sql(f"COPY (SELECT * FROM {source}) TO '{folder}/{name}.parquet'")
        (folder / f"{name}.csv").unlink()
    return folder


def as_values(data: tables.Data) -> tables.Data:
    """What was loaded, as the reference engine reads it."""

    def values(column: Any) -> list:
        if hasattr(column, "codes"):
            return [None if row < 0 else column.codes[row] for row in column.rows]
        if np.issubdtype(column.dtype, np.datetime64):
            return [None if np.isnat(one) else one.astype(date) for one in column]
        return column.tolist()

    return {name: {column: values(found) for column, found in table.items()} for name, table in data.items()}


@pytest.mark.parametrize("made", [csv_folder, parquet_folder])
class TestADelivery:
    def test_it_keeps_the_schema(self, made: Any, tmp_path: Path) -> None:
        assert list(tables.faults(as_values(loading.read(made(tmp_path))))) == []

    def test_values_come_as_they_stood(self, made: Any, tmp_path: Path) -> None:
        data = as_values(loading.read(made(tmp_path)))
        assert data["child"]["ended"] == [None, date(2024, 8, 1), None]
        assert data["child"]["protected"] == [False, True, False]
        assert Counter(data["contact"]["staff"]) == {"b": 3, "a": 2, None: 1}
        assert set(data["contact"]["unit"]) == {"007"}
        assert data["step"]["unit"] == [None, None]

    def test_both_engines_count_the_same_of_it(self, made: Any, tmp_path: Path) -> None:
        """The fast one reads the arrays as they are, the reference the values."""
        data = loading.read(made(tmp_path))
        for slug in ("digital_visits", "adhd_in_care", "child_psychiatry_first_visit", "usual_provider"):
            measure = catalogue.load(slug).measure
            counted = fast.tally(measure, data, [2024], date(2024, 12, 31))
            assert counted == plain.tally(measure, as_values(data), [2024], date(2024, 12, 31))
            assert counted


def changed(name: str, row: int, **values: Any) -> dict[str, list[dict[str, Any]]]:
    lines = [dict(line) for line in ROWS[name]]
    lines[row] |= values
    return {**ROWS, name: lines}


@pytest.mark.parametrize(
    ("rows", "says"),
    [
        (changed("child", 0, born="yesterday"), "tabellen child: .*Line: 2"),
        (changed("child", 0, born=""), "tabellen child: born saknas i någon rad"),
        (changed("child", 0, sex="F"), "tabellen child: sex är 'F', inget av girl, boy, unknown"),
        (changed("child", 0, child=3), "tabellen child: samma barn står flera gånger"),
        (changed("residence", 0, municipality=""), "tabellen residence: municipality saknas"),
        (changed("contact", 0, form="hologram"), "tabellen contact: form är 'hologram'"),
    ],
)
def test_a_delivery_that_does_not_fit_is_refused(rows: dict, says: str, tmp_path: Path) -> None:
    with pytest.raises(NotReadableError, match=says):
        loading.read(csv_folder(tmp_path, rows))


def test_a_table_that_is_missing_and_a_column_that_is_missing(tmp_path: Path) -> None:
    csv_folder(tmp_path)
    (tmp_path / "step.csv").write_text("child,day\n1,2024-01-01\n", encoding="utf-8")
    with pytest.raises(NotReadableError, match="tabellen step: "):
        loading.read(tmp_path)
    (tmp_path / "step.csv").unlink()
    with pytest.raises(NotReadableError, match="tabellen step saknas"):
        loading.read(tmp_path)


def test_a_folder_with_a_quote_in_its_name(tmp_path: Path) -> None:
    folder = tmp_path / "region's data"
    folder.mkdir()
    assert len(loading.read(csv_folder(folder))["child"]["child"]) == 3
