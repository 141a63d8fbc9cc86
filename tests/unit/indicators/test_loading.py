"""A delivery of files becomes the tables of the schema, or is refused in words that name the table."""

from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pytest

from indicators import catalogue, loading, tables
from indicators.conditions import Holds
from indicators.engines import arrays, duck, fast, plain
from indicators.loading import Delivery, NotReadableError
from indicators.measures import ShareOfGroup, is_in, rows

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
        (changed("contact", 0, form=""), "tabellen contact: form saknas i någon rad"),
    ],
)
def test_a_delivery_that_does_not_fit_is_refused(rows: dict, says: str, tmp_path: Path) -> None:
    with pytest.raises(NotReadableError, match=says):
        loading.read(csv_folder(tmp_path, rows))


def test_a_table_that_may_lack_counts_nothing_for_any_engine(tmp_path: Path) -> None:
    measure, until = catalogue.load("plan_follow_up_kept").measure, date(2024, 12, 31)
    folder = csv_folder(tmp_path)
    data = loading.read(folder)
    assert "deadline" not in data
    assert not Delivery(folder).has("deadline")
    assert Delivery(folder).has("step")
    by_file = fast.tally_all({measure: [2024]}, Delivery(folder), until)[measure].named()
    by_sql = duck.tally_all({measure: [2024]}, loading.attached(folder), until)[measure].named()
    assert by_file == by_sql == fast.tally(measure, data, [2024], until) == {}


def test_days_of_every_column_and_an_end_that_is_not_known(tmp_path: Path) -> None:
    lines = "child,day,last,kind\n7,2023-01-01,,plan\n5,2024-01-01,2024-12-30,plan\n"
    (csv_folder(tmp_path) / "arrangement.csv").write_text(lines, encoding="utf-8")
    found = Delivery(tmp_path).events("arrangement", ["last"], 2023)
    assert found["last"].tolist() == [arrays.FAR]
    of = Holds(rows("arrangement", is_in("kind", "plan")))
    measure = ShareOfGroup(of, ages=(0, 20))
    data = as_values(loading.read(tmp_path))
    counted = fast.tally_all({measure: [2024]}, Delivery(tmp_path), date(2024, 12, 31))[measure].named()
    assert counted == plain.tally(measure, data, [2024], date(2024, 12, 31))
    assert sum(found[(1,)] for found in counted.values()) == 1


def test_a_table_that_is_missing_and_a_column_that_is_missing(tmp_path: Path) -> None:
    csv_folder(tmp_path)
    (tmp_path / "step.csv").write_text("child,day\n1,2024-01-01\n", encoding="utf-8")
    with pytest.raises(NotReadableError, match="tabellen step: "):
        loading.read(tmp_path)
    (tmp_path / "step.csv").unlink()
    assert not Delivery(tmp_path).has("step")
    (tmp_path / "contact.csv").unlink()
    with pytest.raises(NotReadableError, match="tabellen contact saknas"):
        loading.read(tmp_path)


def yearly(folder: Path) -> Path:
    """Contacts of 2021 and 2024 in a file each, of 2022 and 2023 none, and an empty file beside."""
    csv_folder(folder)
    source = (
        f"(SELECT * REPLACE (day::DATE AS day) FROM read_csv('{folder}/contact.csv', all_varchar = true))"
    )
    earlier = f"(SELECT * REPLACE (day - INTERVAL 3 YEAR AS day) FROM {source})"
    (folder / "contact").mkdir()
    for name, some in (("2024", source), ("2021", earlier), ("none", f"(FROM {source} LIMIT 0)")):
        duckdb.sql(f"COPY (FROM {some}) TO '{folder}/contact/{name}.parquet'")
    (folder / "contact.csv").unlink()
    return folder


class TestAYearAtATime:
    @pytest.mark.parametrize("made", [csv_folder, parquet_folder, yearly])
    def test_only_its_rows_and_only_what_is_asked_for(self, made: Any, tmp_path: Path) -> None:
        found = Delivery(made(tmp_path)).events("contact", ["form"], 2024)
        assert set(found) == {"child", "day", "form"}
        assert sorted(found["child"].tolist()) == [5, 5, 5, 7, 7, 99]
        assert found["day"].min() == arrays.day(date(2024, 1, 2))
        assert Counter(found["form"].codes[row] for row in found["form"].rows) == {"visit": 4, "video": 2}

    def test_years_without_rows(self, tmp_path: Path) -> None:
        delivery = Delivery(yearly(tmp_path))
        assert delivery.held("contact") == range(2021, 2025)
        sizes = [len(delivery.events("contact", [], year)["child"]) for year in range(2020, 2026)]
        assert sizes == [0, 6, 0, 0, 6, 0]

    def test_a_table_without_rows_holds_no_year(self, tmp_path: Path) -> None:
        csv_folder(tmp_path)
        (tmp_path / "step.csv").write_text("child,day,case,process,kind,unit\n", encoding="utf-8")
        delivery = Delivery(tmp_path)
        assert delivery.held("step") == range(0)
        measure = catalogue.load("child_psychiatry_first_visit").measure
        assert not fast.tally_all({measure: [2024]}, delivery, date(2024, 12, 31))[measure].named()

    @pytest.mark.parametrize("made", [csv_folder, parquet_folder, yearly])
    def test_the_pass_over_files_counts_what_the_reference_counts(self, made: Any, tmp_path: Path) -> None:
        data, until = as_values(loading.read(made(tmp_path))), date(2024, 12, 31)
        asked = {catalogue.load(slug).measure: [2021, 2024] for slug in catalogue.slugs()}
        counted = fast.tally_all(asked, Delivery(tmp_path), until)
        for measure, years in asked.items():
            assert counted[measure].named() == plain.tally(measure, data, years, until)


def test_codes_that_only_a_later_file_has(tmp_path: Path) -> None:
    """Staff that is new in 2024, of whom 2021 knew nobody, or somebody else; the unknown stay unknown."""
    yearly(tmp_path)
    path = f"{tmp_path}/contact/2021.parquet"
    for names in ("CAST(NULL AS VARCHAR)", "'zed'"):
        duckdb.sql(f"CREATE OR REPLACE TABLE earlier AS SELECT * REPLACE ({names} AS staff) FROM '{path}'")
        duckdb.sql(f"COPY earlier TO '{path}'")
        delivery = Delivery(tmp_path)
        earlier, later = (delivery.events("contact", ["staff"], year)["staff"] for year in (2021, 2024))
        known = {None} if "NULL" in names else {"zed"}
        assert {None if row < 0 else earlier.codes[row] for row in earlier.rows} == known
        told = Counter(None if row < 0 else later.codes[row] for row in later.rows)
        assert told == {"b": 3, "a": 2, None: 1}


def test_a_folder_with_a_quote_in_its_name(tmp_path: Path) -> None:
    folder = tmp_path / "region's data"
    folder.mkdir()
    assert len(loading.read(csv_folder(folder))["child"]["child"]) == 3
