"""Figures by living conditions: only of what may be told, and with how many municipalities."""

import csv
from collections.abc import Callable
from pathlib import Path

import pytest

from indicators import catalogue, equality, runs
from indicators.cubes import Cell
from indicators.equality import AreaIndex
from indicators.figures import Figure
from indicators.loading import NotReadableError
from synthetic.flat.parquet import Asked, write

INDEX = AreaIndex({f"{i:04d}": float(i) for i in range(12)}, "påhittat", "2022")
HEAD = "municipality,index,source,year\n"


def cell(place: str, value: float, year: int = 2022, status: str = "shown", n: int = 100) -> Cell:
    figure = Figure(n, None, value, value - 1.96, value + 1.96, (n,))
    return Cell("digital_visits", 1, year, (("municipality", place),), figure, status)


def row_of_cells(rise: float = 2.0, **more: object) -> list[Cell]:
    return [cell(place, 10 + rise * at, **more) for place, at in INDEX.of.items()]


def test_a_figure_that_follows_the_index() -> None:
    """Twelve alike, each 2 higher: the line rises 24; a fifth is 2.4 municipalities at each end."""
    (found,) = equality.of_cells(row_of_cells(), INDEX)
    assert (found.year, found.municipalities) == (2022, 12)
    assert found.told["slope"].value == pytest.approx(24)
    best, worst = (10 + 12 + 0.4 * 14) / 2.4, (32 + 30 + 0.4 * 28) / 2.4
    assert found.told["gap"].value == pytest.approx(worst - best)
    assert found.told["ratio_of_gap"].value == pytest.approx(worst / best)
    assert found.told["relative"].value > 1
    assert found.told["slope"].lower95 < 24 < found.told["slope"].upper95


@pytest.mark.parametrize(
    "hide",
    [
        lambda one: Cell(one.indicator, 1, one.year, one.by, one.figure, "few"),
        lambda one: Cell(one.indicator, 1, one.year, (), one.figure),
        lambda one: Cell(one.indicator, 1, one.year, (*one.by, ("sex", "girl")), one.figure),
        lambda one: Cell(one.indicator, 1, one.year, (("sex", "girl"),), one.figure),
        lambda one: Cell(one.indicator, 1, one.year, (("municipality", None),), one.figure),
        lambda one: Cell(one.indicator, 1, one.year, (("municipality", "9999"),), one.figure),
        lambda one: Cell(one.indicator, 1, one.year, one.by, Figure(0, 0, None, None, None, ())),
    ],
)
def test_what_is_not_told_of_a_municipality_takes_no_part(hide: Callable[[Cell], Cell]) -> None:
    """One hidden changes nothing but the number; of three hidden too few are left."""
    cells = row_of_cells()
    (found,) = equality.of_cells([hide(cells[5]), *cells[:5], *cells[6:]], INDEX)
    assert found.municipalities == 11
    assert equality.of_cells([*map(hide, cells[:3]), *cells[3:]], INDEX) == []


def test_each_year_by_itself() -> None:
    found = equality.of_cells([*row_of_cells(2), *row_of_cells(0, year=2021)], INDEX)
    assert [one.year for one in found] == [2021, 2022]
    assert found[0].told["slope"].value == pytest.approx(0, abs=1e-9)


def test_the_file_says_where_the_index_comes_from(tmp_path: Path) -> None:
    path = tmp_path / "equality" / "one.csv"
    nought = [cell(place, 0.0) for place in INDEX.of]
    equality.write(path, equality.of_cells(nought, INDEX), INDEX)
    (row,) = csv.DictReader(path.read_text(encoding="utf-8").splitlines())
    assert (row["municipalities"], row["index_source"], row["index_year"]) == ("12", "påhittat", "2022")
    assert float(row["gap"]) == 0
    assert row["relative"] == row["ratio_of_gap_upper"] == ""


class TestIndex:
    def test_it_is_read(self, tmp_path: Path) -> None:
        (tmp_path / "area_index.csv").write_text("\ufeff" + HEAD + "1480,-0.5,SCB,2024\n", encoding="utf-8")
        assert equality.found(tmp_path) == AreaIndex({"1480": -0.5}, "SCB", "2024")

    def test_there_may_be_none(self, tmp_path: Path) -> None:
        assert equality.found(tmp_path) is None

    @pytest.mark.parametrize(
        ("text", "fault"),
        [
            ("", "ska finnas"),
            (HEAD, "ska finnas"),
            ("kommun,index\n1480,1\n", "ska finnas"),
            (HEAD + "1480,1,a,2024\n1480,2,a,2024\n", "rad 3: kommunen står redan"),
            (HEAD + "1480,högt,a,2024\n", "rad 2: index ska vara ett tal"),
            (HEAD + "1480,,a,2024\n", "rad 2: index ska vara ett tal"),
        ],
    )
    def test_what_cannot_be_used_is_said_with_its_row(self, tmp_path: Path, text: str, fault: str) -> None:
        (tmp_path / "area_index.csv").write_text(text, encoding="utf-8")
        with pytest.raises(ValueError, match=fault):
            equality.found(tmp_path)


def test_a_run_tells_it_beside_the_tables_and_only_with_an_index(tmp_path: Path) -> None:
    region = tmp_path / "region"
    write(Asked(4000, 2021, 2022, seed=4), region)
    runs.run(region, tmp_path / "out", [2022])
    with (tmp_path / "out" / "equality" / "digital_visits.csv").open(encoding="utf-8") as lines:
        (row,) = csv.DictReader(lines)
    assert int(row["municipalities"]) >= equality.FEWEST
    assert float(row["gap_lower"]) < float(row["gap"]) < float(row["gap_upper"])
    assert {path.stem for path in (tmp_path / "out" / "equality").glob("*.csv")} == set(catalogue.slugs())
    (region / "area_index.csv").write_text(HEAD, encoding="utf-8")
    with pytest.raises(NotReadableError, match="area_index"):
        runs.run(region, tmp_path / "faulty", [2022])
    (region / "area_index.csv").unlink()
    runs.run(region, tmp_path / "without", [2022])
    assert not (tmp_path / "without" / "equality").exists()
