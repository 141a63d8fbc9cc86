"""A whole run on a small synthetic region: files out, guarded, with why each absent cell is absent."""

import csv
import runpy
import sys
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from indicators import __main__ as command
from indicators import catalogue, cubes, disclosure, runs
from indicators.engines import fast
from indicators.loading import Delivery
from synthetic.flat.parquet import Asked, write

STATUSES = {"shown", "few", "protected", "missing", "not_applicable"}


@pytest.fixture(scope="module")
def region(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("tables")
    write(Asked(children=1500, first_year=2021, last_year=2022, seed=3), folder)
    return folder


@pytest.fixture(scope="module")
def out(region: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("out")
    runs.run(region, folder, [2021, 2022])
    return folder


def cells(out: Path, slug: str) -> list[dict[str, str]]:
    with (out / f"{slug}.csv").open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def test_a_file_an_indicator(out: Path) -> None:
    assert sorted(path.stem for path in out.iterdir()) == catalogue.slugs()


@pytest.mark.parametrize("slug", catalogue.slugs())
def test_nothing_small_and_nothing_beside_a_hidden_cell(out: Path, slug: str) -> None:
    rows = cells(out, slug)
    assert {row["status"] for row in rows} <= STATUSES
    for row in rows:
        figures = {name: value for name, value in row.items() if name not in (*runs.COLUMNS[:6], "status")}
        if row["status"] == "shown":
            assert int(row["n"]) >= 5 or "child_years" in row
            assert int(row["n"]) % 5 == 0
        else:
            assert not any(figures.values()), row


def test_the_region_stands_first_and_every_municipality_after(out: Path) -> None:
    rows = [row for row in cells(out, "digital_visits") if row["year"] == "2022"]
    assert (rows[0]["municipality"], rows[0]["sex"], rows[0]["age_band"]) == ("", "", "")
    assert rows[0]["status"] == "shown"
    places = {row["municipality"] for row in rows if not row["sex"] and not row["age_band"]}
    assert len(places) == 1 + 49 + 1
    assert "protected" in places


def test_pooled_years_that_the_data_do_not_hold_are_missing(out: Path) -> None:
    assert {row["status"] for row in cells(out, "self_harm_admissions")} == {"missing"}


@pytest.mark.parametrize("slug", catalogue.slugs())
def test_no_table_gives_back_what_it_hides(region: Path, slug: str) -> None:
    """The differencing attack: sums and differences of shown cells determine no hidden one, and what a total
    less its shown parts leaves is never small.
    """
    definition = catalogue.load(slug)
    asked = {definition.measure: cubes.years_needed(definition, [2022])}
    counted = fast.tally_all(asked, Delivery(region), date(2022, 12, 31))
    open_cells = cubes.cells(definition, counted[definition.measure], [2022])
    told = disclosure.protected(open_cells, definition.minimum_n)
    assert [cell.by for cell in told] == [cell.by for cell in open_cells]
    hidden = {
        place for place, cell in enumerate(told) if cell.status in (disclosure.FEW, disclosure.PROTECTED)
    }
    relations = disclosure.relations_of(open_cells)
    assert disclosure.recoverable(relations, hidden) == []
    for relation in relations:
        gone = [open_cells[place].figure.guarded for place in relation.parts if place in hidden]
        if relation.total not in hidden:
            sums = [sum(counts) for counts in zip(*gone, strict=True)]
            assert not [count for count in sums if 0 < count < definition.minimum_n]


class TestCommand:
    def test_it_writes_and_says_how_far_it_has_come(self, region: Path, tmp_path: Path, capsys: Any) -> None:
        arguments = ["--data", str(region), "--out", str(tmp_path / "x"), "--years", "2022"]
        assert command.main(arguments) == 0
        told = capsys.readouterr()
        assert "celler visas" in told.out
        assert told.err.splitlines()[-1].startswith(f"{len(catalogue.slugs())} av {len(catalogue.slugs())}: ")

    def test_a_delivery_that_does_not_fit_is_told_in_a_sentence(self, tmp_path: Path, capsys: Any) -> None:
        arguments = ["--data", str(tmp_path), "--out", str(tmp_path / "x"), "--years", "2022"]
        assert command.main(arguments) == 1
        assert "tabellen child saknas" in capsys.readouterr().err
        assert not (tmp_path / "x").exists()

    def test_it_is_a_module_that_runs(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        arguments = ["indicators", "--data", str(tmp_path), "--out", str(tmp_path), "--years", "2022"]
        monkeypatch.setattr("sys.argv", arguments)
        monkeypatch.delitem(sys.modules, "indicators.__main__")
        with pytest.raises(SystemExit) as stopped:
            runpy.run_module("indicators", run_name="__main__")
        assert stopped.value.code == 1

    @pytest.mark.parametrize("years", ["2024-2020", "nu", "2020-sen", ""])
    def test_years_that_are_none(self, years: str, tmp_path: Path, capsys: Any) -> None:
        with pytest.raises(SystemExit):
            command.main(["--data", str(tmp_path), "--out", str(tmp_path), "--years", years])
        assert "such as 2020-2024" in capsys.readouterr().err

    def test_several_years(self) -> None:
        assert command.years("2020-2022") == [2020, 2021, 2022]
