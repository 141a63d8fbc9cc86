"""The tables as arrays: children found by their keys, columns coded in any form they come."""

from collections import Counter
from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicators.engines import arrays
from indicators.engines.arrays import Coded, Places, alike
from indicators.measures import Test, is_in


@pytest.mark.parametrize("keys", [[0, 1, 2], [2, 0, 1], [7, 3, 5], [10**12, 5, 7], [-4, 9, 2]])
def test_each_child_is_found_at_its_place_and_no_other(keys: list[int]) -> None:
    """In the order of the keys, whether they are close together, far apart, or below nought."""
    known = Places(keys)
    assert known.of(np.array(sorted(keys))).tolist() == [0, 1, 2]
    assert np.array(keys)[known.order].tolist() == sorted(keys)
    assert known.of(np.array([99, -1, 10**15, 4])).tolist() == [-1] * 4
    assert known.of(np.array([max(keys), 99, min(keys)])).tolist() == [2, -1, 0]


def test_nobody_is_found_among_nobody() -> None:
    assert Places([]).of(np.array([1, 2])).tolist() == [-1, -1]
    assert Places([1]).of(np.array([], dtype=np.int64)).tolist() == []


@pytest.mark.parametrize(
    "values",
    [
        [True, False, True],
        np.array([True, False, True]),
        Coded(np.array([1, 0, 1]), [False, True]),
    ],
)
def test_truths_in_any_form(values: object) -> None:
    coded = Coded.of(values)
    assert passing(coded, is_in("planned", True)) == [True, False, True]
    assert len(coded) == 3
    assert passing(coded.kept(np.array([False, True, True])), is_in("planned", True)) == [False, True]


def test_codes_in_any_form_and_the_unknown_passes_nothing() -> None:
    for values in (["b", None, "a", "b"], Coded(np.array([1, -1, 0, 1]), ["a", "b"])):
        coded = Coded.of(values)
        assert passing(coded, is_in("unit", "b")) == [True, False, False, True]
        assert not any(passing(coded, is_in("unit", "c")))


def passing(coded: Coded, test: Test) -> list[bool]:
    """Row by row: the last flag, where −1 points, is that of the unknown."""
    return coded.passing(test)[coded.rows].tolist()


def test_days_from_dates_and_from_arrays() -> None:
    given_days = [date(2024, 2, 29), None, date(1969, 12, 31)]
    found = arrays.days(given_days)
    assert found.tolist() == arrays.days(np.array(given_days, dtype="datetime64[D]")).tolist()
    assert found[0] == arrays.day(date(2024, 2, 29))
    assert found[1] == arrays.FAR
    assert arrays.year_of(int(found[2])) == 1969


@pytest.mark.parametrize(
    ("born", "age", "turns"),
    [
        (date(2012, 2, 29), 1, date(2013, 3, 1)),
        (date(2012, 2, 29), 4, date(2016, 2, 29)),
        (date(2011, 12, 31), 18, date(2029, 12, 31)),
        (date(2011, 3, 1), 0, date(2011, 3, 1)),
    ],
)
def test_birthdays(born: date, age: int, turns: date) -> None:
    assert arrays.birthdays(arrays.days([born]), [age]).tolist() == [[arrays.day(turns)]]


@given(
    st.lists(
        st.tuples(st.integers(0, 3), st.integers(0, 2), st.integers(0, 1), st.integers(1, 9)), min_size=1
    ),
    st.sampled_from([1, 2**40]),
)
def test_rows_alike_are_counted_together_in_order(rows: list, far: int) -> None:
    """Also when the numbers are too large to be packed into one."""
    columns = [np.array(column, dtype=np.int64) for column in zip(*rows, strict=True)]
    columns[0], columns[1] = columns[0] * far, columns[1] * far
    expected, once = Counter[tuple](), Counter[tuple]()
    for *row, times in rows:
        key = (row[0] * far, row[1] * far, row[2])
        expected[key] += times
        once[key] += 1
    for times, wanted in ((columns[3], expected), (None, once)):
        found, number = alike(columns[:3], times)
        told = [tuple(int(part) for part in row) for row in zip(*found, strict=True)]
        assert told == sorted(wanted)
        assert dict(zip(told, number.tolist(), strict=True)) == wanted
