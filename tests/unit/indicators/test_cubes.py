"""From the finest counts to cells: every place is there, totals are sums, pooled years are taken together."""

from collections import Counter
from datetime import date
from typing import Any

import pytest

from indicators import catalogue, cubes
from indicators.counts import of_named
from indicators.measures import Key, Measure, Rate, ShareOfRows, is_in, rows

SHARE = ShareOfRows(rows("contact"), is_in("form", "video"))


def definition(measure: Measure, *stratifiers: tuple[str, ...]) -> catalogue.Definition:
    days = date(2026, 1, 1), date(2027, 1, 1)
    return catalogue.Definition("x", {}, "none", ((), *stratifiers), 5, 1, *days, measure)


COUNTED = {
    Key(2024, "1480", "girl", "0-5"): Counter({(1,): 1, (0,): 2}),
    Key(2024, "1480", "boy", "6-12"): Counter({(1,): 4}),
    Key(2024, "1490", "girl", "6-12"): Counter({(0,): 8}),
    Key(2024, None, "unknown", "6-12"): Counter({(1,): 16}),
    Key(2023, "1490", "girl", "6-12"): Counter({(1,): 32}),
}


def cells(made: catalogue.Definition, years: tuple[int, ...] = (2024,)) -> dict[Any, tuple]:
    found = cubes.cells(made, of_named(COUNTED, ["1480", "1489", "1490"]), years)
    return {(cell.year, *(value for _, value in cell.by)): (cell.figure.n, cell.figure.x) for cell in found}


def test_the_whole_region() -> None:
    assert cells(definition(SHARE)) == {(2024,): (31, 21)}


def test_every_municipality_also_without_anybody_and_those_without_place() -> None:
    found = cells(definition(SHARE, ("municipality",)))
    assert found == {
        (2024,): (31, 21),
        (2024, "1480"): (7, 5),
        (2024, "1489"): (0, 0),
        (2024, "1490"): (8, 0),
        (2024, None): (16, 16),
    }


def test_two_at_a_time() -> None:
    found = cells(definition(SHARE, ("municipality", "sex")))
    assert found[2024, "1480", "girl"] == (3, 1)
    assert found[2024, None, "unknown"] == (16, 16)
    assert len(found) == 1 + 4 * 2 + 1


def test_a_year_at_a_time() -> None:
    found = cells(definition(SHARE, ("sex",)), (2023, 2024))
    assert found[2023, "girl"] == (32, 32)
    assert found[2024, "girl"] == (11, 1)
    assert found[2023, "boy"] == (0, 0)


def test_pooled_years() -> None:
    made = definition(Rate(rows("diagnosis"), per=1000, years=2))
    assert cells(made) == {(2024,): (10, 53)}
    assert cubes.years_needed(made, [2023, 2024]) == [2022, 2023, 2024]
    assert cubes.years_needed(definition(SHARE), [2024]) == [2024]


def test_a_pooled_year_is_covered_when_every_year_it_takes_in_is() -> None:
    three = definition(Rate(rows("diagnosis"), per=1000, years=3))
    assert cubes.covered(three, [2021, 2022, 2023], held=range(2020, 2024)) == [2022, 2023]
    assert cubes.covered(definition(SHARE), [2019, 2020], held=range(2020, 2024)) == [2020]


@pytest.mark.parametrize(
    ("ages", "bands"),
    [
        ((0, 17), ["0-5", "6-12", "13-17"]),
        ((10, 17), ["6-12", "13-17"]),
        ((0, 20), ["0-5", "6-12", "13-17", "18-20"]),
    ],
)
def test_bands_that_the_ages_reach(ages: tuple[int, int], bands: list[str]) -> None:
    measure = ShareOfRows(rows("contact"), is_in("form", "video"), ages=ages)
    found = cubes.cells(definition(measure, ("age_band",)), of_named({}, []), [2024])
    assert [one.by[0][1] for one in found if one.by] == bands


def test_rates_of_places_are_standardised_by_age_and_sex() -> None:
    """Both places have 100 and 300 of 1000 in their groups; only the mix differs."""
    counted = {
        Key(2024, "1480", "girl", "0-5"): Counter({(1,): 10, (0,): 36525}),
        Key(2024, "1480", "girl", "6-12"): Counter({(1,): 30, (0,): 36525}),
        Key(2024, "1490", "girl", "0-5"): Counter({(1,): 30, (0,): 3 * 36525}),
        Key(2024, "1490", "girl", "6-12"): Counter({(1,): 30, (0,): 36525}),
    }
    made = definition(Rate(rows("diagnosis"), per=1000), ("municipality",), ("sex",))
    found = {cell.by: cell.figure for cell in cubes.cells(made, of_named(counted, ["1480", "1490"]), [2024])}
    one, other = found[("municipality", "1480"),], found[("municipality", "1490"),]
    assert one.value == pytest.approx(200)
    assert other.value == pytest.approx(150)
    assert one.more["standardised"] == pytest.approx(other.more["standardised"])
    assert "standardised" not in found[()].more
    assert "standardised" not in found[("sex", "girl"),].more
    assert found[("municipality", None),].more["standardised"] is None
