"""The mart's pieces: what is kept of a year, and that the same is kept whatever order the rows come in."""

from datetime import date
from typing import Any

import numpy as np
import pytest

from indicators.counts import of_named
from indicators.engines import fast, mart
from indicators.engines.arrays import day
from indicators.engines.lives import Lives
from indicators.engines.mart import Piece, pieces_of
from indicators.measures import (
    Continuity,
    ShareOfChildren,
    ShareOfRows,
    Spread,
    begins_with,
    is_in,
    rows,
)
from indicators.sources import Memory
from tests.spec.reading import data

GIVEN = """
    child
    child | born
    1     | 2015-06-01
    2     | 2010-06-01
    3     | 2010-06-01

    contact
    child | day        | unit | staff | form
    1     | 2024-01-05 | a    | x     | visit
    1     | 2024-02-05 | b    | y     | visit
    1     | 2024-03-05 | a    | x     | video
    2     | 2024-01-05 | a    | x     | visit
    2     | 2024-05-05 | a    | -     | visit
    9     | 2024-01-05 | a    | x     | visit
    2     | 2023-01-05 | a    | x     | visit
    3     | 2024-12-30 | a    | x     | phone

    diagnosis
    child | day        | code
    2     | 2024-04-01 | F900
    2     | 2024-03-01 | F84
    3     | 2024-08-01 | J45
    3     | 2024-09-01 | F900
"""
SEEN = rows("contact", is_in("form", "visit", "video"))


def reordered(given: dict[str, Any], seed: int) -> dict[str, Any]:
    """The same rows in another order, in every table."""
    made = {}
    for name, table in given.items():
        order = np.random.default_rng(seed).permutation(len(next(iter(table.values()))))
        made[name] = {column: [values[i] for i in order] for column, values in table.items()}
    return made


def pieces(seed: int, until: date, *asked: Piece) -> list[list[list[int]]]:
    source = Memory(reordered(data(GIVEN), seed))
    lives = Lives(source.people(), source.homes(), [(0, 17)], [2024])
    found = pieces_of(source, lives, asked[0].of.table, 2024, day(until), asked)
    return [[column.tolist() for column in found[one]] for one in asked]


@pytest.mark.parametrize("seed", range(4))
def test_whose_rows_they_are_and_how_many(seed: int) -> None:
    (of_f,) = pieces(seed, date(2024, 12, 31), Piece("children", rows("diagnosis", begins_with("code", "F"))))
    assert of_f == [[1, 2], [2, 1]]


@pytest.mark.parametrize("seed", range(4))
def test_the_first_day_of_each(seed: int) -> None:
    (first,) = pieces(seed, date(2024, 12, 31), Piece("first", rows("diagnosis")))
    assert first == [[1, 2], [day(date(2024, 3, 1)), day(date(2024, 8, 1))]]


@pytest.mark.parametrize("short", [mart.SHORT, 0])
@pytest.mark.parametrize("seed", range(4))
def test_runs_with_each_provider_and_the_unknown_is_none(
    monkeypatch: pytest.MonkeyPatch, seed: int, short: int
) -> None:
    """After the stratum: rows, squares, most, different, children; staff xxy, x; units aab, aa. However wide
    a child with its provider is written.
    """
    monkeypatch.setattr(mart, "SHORT", short)
    by_staff, by_unit = pieces(
        seed, date(2024, 12, 31), Piece("runs", SEEN, "staff"), Piece("runs", SEEN, "unit")
    )
    assert sorted(zip(*by_staff[1:], strict=True)) == [(1, 1, 1, 1, 1), (3, 5, 2, 2, 1)]
    assert sorted(zip(*by_unit[1:], strict=True)) == [(2, 4, 2, 1, 1), (3, 5, 2, 2, 1)]


def test_nothing_after_the_last_known_day() -> None:
    early, whole = (
        pieces(0, until, Piece("strata", rows("contact")))[0]
        for until in (date(2024, 2, 1), date(2024, 12, 31))
    )
    assert (sum(early[0]), sum(whole[0])) == (2, 6)


def test_what_measures_are_put_together_from() -> None:
    share = ShareOfRows(rows("contact", is_in("status", "done")), is_in("form", "video"))
    both = mart.wanted(share)
    assert [one.form for one in both] == ["strata", "strata"]
    assert both[1].of == rows("contact", is_in("status", "done"), is_in("form", "video"))
    alike = [mart.wanted(one) for one in (Continuity(SEEN, "staff", "upc"), Spread(SEEN, "staff"))]
    assert alike[0] == alike[1] == [Piece("runs", SEEN, "staff")]


def test_a_year_is_read_once_for_all_measures_and_only_the_years_that_are_needed() -> None:
    source = Memory(data(GIVEN))
    asked = {
        ShareOfRows(SEEN, is_in("form", "video")): [2024],
        Spread(SEEN, "unit"): [2024],
        ShareOfChildren(rows("diagnosis"), years=3): [2024],
    }
    plan = fast.plan(asked, source, date(2024, 12, 31))
    assert list(plan) == [("contact", 2024), ("diagnosis", 2024)]
    assert [one.form for one in plan["contact", 2024]] == ["strata", "strata", "runs"]


@pytest.mark.parametrize(
    "measure",
    [ShareOfRows(SEEN, is_in("form", "video")), Continuity(SEEN, "staff", "upc"), Spread(SEEN, "unit")],
)
@pytest.mark.parametrize("year", [2022, 2025])
def test_a_year_without_rows_counts_nothing(measure: Any, year: int) -> None:
    assert fast.tally(measure, data(GIVEN), [year], date(2025, 12, 31)) == {}


def test_rows_that_pass_nothing_make_no_runs() -> None:
    nobody = Continuity(rows("contact", is_in("status", "cancelled")), "staff", "upc")
    assert fast.tally(nobody, data(GIVEN), [2024], date(2024, 12, 31)) == {}


def test_counts_by_name_and_back() -> None:
    counted = fast.tally(Spread(SEEN, "unit"), data(GIVEN), [2023, 2024], date(2024, 12, 31))
    assert of_named(counted, ["1480"]).named() == counted
    assert counted
