"""When a fall is told: limits on both sides, and nothing for what is usual."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicators.quality.rules import fewer_months, fewer_years, held, is_silent

LAST = date(2024, 12, 31)


@pytest.mark.parametrize(
    ("years", "falls"),
    [
        ({}, []),
        ({2020: 100, 2021: 81}, []),
        ({2020: 100, 2021: 80}, [(2021, 20)]),
        ({2020: 100, 2022: 10}, []),
        ({2020: 100, 2021: 50, 2022: 50, 2023: 20}, [(2021, 50), (2023, 60)]),
        ({2020: 10, 2021: 100}, []),
        # Stray days of another year are no year of the delivery.
        ({2020: 1000, 2021: 9}, []),
        ({2020: 1000, 2021: 10}, [(2021, 99)]),
    ],
)
def test_a_fifth_fewer_than_the_year_before_is_told(years: dict, falls: list) -> None:
    assert list(fewer_years(years)) == falls


def usual(rows: int = 400, first: int = 2018) -> dict[tuple[int, int], int]:
    """Seven years with a summer of half, that grow a little."""
    return {
        (year, month): round(rows * (0.5 if month == 7 else 1) * 1.03 ** (year - first))
        for year in range(first, 2025)
        for month in range(1, 13)
    }


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({}, []),
        ({(2021, 3): 0}, [((2021, 3), 100)]),
        ({(2021, 3): 200}, [((2021, 3), 54)]),
        ({(2021, 7): 100}, [((2021, 7), 54)]),  # against other Julys
        ({(2021, 3): 380}, []),  # less than a fifth
        ({(2021, 3): 5000}, []),
        ({(2024, 12): 10}, []),  # it goes on
        ({(2018, 1): 10}, [((2018, 1), 98)]),
    ],
)
def test_a_month_far_below_its_neighbours_is_told(change: dict, told: list) -> None:
    assert list(fewer_months(usual() | change, LAST)) == told


def test_a_month_without_any_row_is_told_as_gone() -> None:
    months = usual()
    del months[2021, 3]
    assert list(fewer_months(months, LAST)) == [((2021, 3), 100)]


def test_a_year_that_fell_is_told_as_a_year_alone() -> None:
    months = {month: rows // 2 if month[0] == 2021 else rows for month, rows in usual().items()}
    assert list(fewer_months(months, LAST)) == []


def test_few_rows_are_never_a_fall() -> None:
    """Five where there are usually eight is chance."""
    assert list(fewer_months(usual(8) | {(2021, 3): 5}, LAST)) == []


@pytest.mark.parametrize("first", [2023, 2024, 2025])
def test_of_few_years_nothing_is_said(first: int) -> None:
    assert list(fewer_months(usual(first=first) | {(2023, 3): 1}, LAST)) == []


@given(st.dictionaries(st.tuples(st.integers(2015, 2024), st.integers(1, 12)), st.integers(0, 10_000)))
def test_nothing_is_told_of_a_month_that_holds_as_many_as_usual(months: dict) -> None:
    for month, percent in fewer_months(months, LAST):
        assert 20 <= percent <= 100
        around = [months.get((year, month[1]), 0) for year in range(month[0] - 2, month[0] + 3)]
        assert months.get(month, 0) < max(around)


@given(st.dictionaries(st.integers(1990, 2030), st.integers(0, 10**6)))
def test_the_years_of_a_delivery_hold_nearly_all_of_it(years: dict) -> None:
    kept = held(years)
    assert kept == sorted(kept)
    assert all(years[year] <= max(years.values()) / 100 for year in set(years) - set(kept))


@pytest.mark.parametrize(
    ("rows", "days", "silent"),
    [
        (200, 90, True),
        (200, 89, False),
        (50, 146, True),
        (49, 300, False),
        (50, 145, False),
        (5000, 30, False),
    ],
)
def test_when_a_unit_is_silent(rows: int, days: int, silent: bool) -> None:
    assert is_silent(rows, LAST - timedelta(days), LAST) is silent
