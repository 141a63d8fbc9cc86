"""The tables as arrays: children found by their keys, columns coded in any form they come."""

from datetime import date

import numpy as np
import pytest

from indicators.engines import arrays
from indicators.engines.arrays import Children, Coded
from indicators.measures import is_in


@pytest.mark.parametrize("keys", [[0, 1, 2], [2, 0, 1], [7, 3, 5], [10**12, 5, 7], [-4, 9, 2]])
def test_each_child_is_found_at_its_place_and_no_other(keys: list[int]) -> None:
    """Keys close together, far apart, and below nought."""
    known = Children(keys)
    assert known.places(keys).tolist() == [0, 1, 2]
    assert known.places([99, -1, 10**15, 4]).tolist() == [-1] * 4
    assert known.places([keys[2], 99, keys[0]]).tolist() == [2, -1, 0]


def test_nobody_is_found_among_nobody() -> None:
    assert Children([]).places([1, 2]).tolist() == [-1, -1]


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
    assert coded.passes(is_in("planned", True)).tolist() == [True, False, True]
    assert len(coded) == 3
    assert coded.kept(np.array([False, True, True])).passes(is_in("planned", True)).tolist() == [False, True]


def test_codes_in_any_form_and_the_unknown_passes_nothing() -> None:
    for values in (["b", None, "a", "b"], Coded(np.array([1, -1, 0, 1]), ["a", "b"])):
        coded = Coded.of(values)
        assert coded.passes(is_in("unit", "b")).tolist() == [True, False, False, True]
        assert not coded.passes(is_in("unit", "c")).any()


def test_numbers_are_coded_by_value() -> None:
    coded = Coded.of(np.array([30, 10, 30]))
    assert [coded.codes[row] for row in coded.rows] == [30, 10, 30]


def test_days_from_dates_and_from_arrays() -> None:
    given = [date(2024, 2, 29), None, date(1969, 12, 31)]
    found = arrays.days(given)
    assert found.tolist() == arrays.days(np.array(given, dtype="datetime64[D]")).tolist()
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
    assert arrays.birthdays(arrays.days([born]), age).tolist() == [arrays.day(turns)]
