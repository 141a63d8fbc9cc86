"""What was counted before is used again only when nothing it was made from has changed."""

import shutil
from collections.abc import Collection
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indicators import catalogue, cubes, runs
from indicators.engines import fast
from indicators.engines.shelf import Shelf
from indicators.loading import Delivery
from synthetic.flat.parquet import Asked, write

YEARS = [2020, 2021, 2022]
UNTIL = date(2022, 12, 31)
ASKED = {
    one.measure: [year for year in cubes.years_needed(one, YEARS) if year >= YEARS[0]]
    for one in map(catalogue.load, catalogue.slugs())
}
CHANGES = {
    ("contact", 2020): "SELECT * REPLACE ('video' AS form) FROM given",
    ("contact", 2022): "SELECT * FROM given WHERE child % 3 > 0",
    ("diagnosis", 2021): "SELECT * REPLACE ('F900' AS code) FROM given",
    ("step", 2021): "SELECT * REPLACE (day + 40 AS day) FROM given WHERE kind = 'first_visit_done' "
    "UNION ALL SELECT * FROM given WHERE kind <> 'first_visit_done'",
}
"""What may come later: other contacts, fewer, diagnoses, and visits that move into another year."""


class Watched(Delivery):
    """Remembers which years were read."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.read: list[tuple[str, int]] = []

    def events(self, table: str, columns: Collection[str], year: int) -> Any:
        self.read.append((table, year))
        return super().events(table, columns, year)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A region, and beside it what was counted of it."""
    folder = tmp_path_factory.mktemp("region")
    write(Asked(children=400, first_year=2020, last_year=2022, seed=5), folder / "tables")
    refreshed(folder)
    return folder


def refreshed(folder: Path, until: date = UNTIL) -> tuple[dict, list[tuple[str, int]]]:
    delivery = Watched(folder / "tables")
    counted = fast.tally_all(ASKED, delivery, until, Shelf(folder / "kept", delivery.mark))
    return {measure: found.named() for measure, found in counted.items()}, sorted(delivery.read)


def rebuilt(folder: Path, until: date = UNTIL) -> dict:
    counted = fast.tally_all(ASKED, Delivery(folder / "tables"), until)
    return {measure: found.named() for measure, found in counted.items()}


def change(folder: Path, table: str, year: int, statement: str) -> None:
    path = folder / "tables" / table / f"year={year}" / "all.parquet"
    database = duckdb.connect()
    database.execute(f"CREATE TABLE given AS FROM read_parquet('{path}', hive_partitioning = false)")
    database.execute(f"COPY ({statement}) TO '{path}' (FORMAT parquet)")


@given(st.lists(st.sampled_from(sorted(CHANGES)), min_size=1, max_size=3, unique=True))
@settings(max_examples=10)
def test_refreshed_is_rebuilt_whatever_years_have_changed(
    made: Path, tmp_path_factory: pytest.TempPathFactory, changed: list[tuple[str, int]]
) -> None:
    """And of contacts and diagnoses nothing is read but the years that changed."""
    folder = tmp_path_factory.mktemp("changed") / "region"
    shutil.copytree(made, folder)
    for one in changed:
        change(folder, *one, CHANGES[one])
    found, read = refreshed(folder)
    assert found == rebuilt(folder)
    assert {one for one in read if one[0] != "step"} == {one for one in changed if one[0] != "step"}
    assert any(one[0] == "step" for one in read) == any(one[0] == "step" for one in changed)


def test_nothing_new_reads_nothing(made: Path) -> None:
    found, read = refreshed(made)
    assert read == []
    assert found == rebuilt(made)


@pytest.mark.parametrize(
    ("table", "statement"),
    [
        ("child", "SELECT * REPLACE ('girl' AS sex) FROM given"),
        ("residence", "SELECT * REPLACE ('1480' AS municipality) FROM given"),
    ],
)
def test_other_children_or_homes_make_everything_anew(
    made: Path, tmp_path: Path, table: str, statement: str
) -> None:
    shutil.copytree(made, tmp_path / "region")
    path = tmp_path / "region" / "tables" / table / "all.parquet"
    database = duckdb.connect()
    database.execute(f"CREATE TABLE given AS FROM '{path}'")
    database.execute(f"COPY ({statement}) TO '{path}' (FORMAT parquet)")
    found, read = refreshed(tmp_path / "region")
    assert found == rebuilt(tmp_path / "region")
    assert {table for table, _ in read} >= {"contact", "diagnosis", "step", "arrangement"}


def test_an_earlier_last_day_makes_its_year_anew_and_no_earlier_one(made: Path, tmp_path: Path) -> None:
    shutil.copytree(made, tmp_path / "region")
    until = date(2022, 6, 30)
    found, read = refreshed(tmp_path / "region", until)
    assert {year for _, year in read} == {2022}
    assert found == rebuilt(tmp_path / "region", until)


def test_a_run_that_keeps_writes_the_same_files(made: Path, tmp_path: Path) -> None:
    for out, kept in (("one", None), ("two", tmp_path / "kept"), ("three", tmp_path / "kept")):
        runs.run(made / "tables", tmp_path / out, [2021, 2022], kept=kept)
    one, two, three = (
        {path.name: path.read_bytes() for path in (tmp_path / out).rglob("*.csv")}
        for out in ("one", "two", "three")
    )
    assert one == two == three
