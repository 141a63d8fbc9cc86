"""Numbers of made-up children can belong to nobody, and no two children share one."""

from datetime import date

import pytest

from kring.children import personal_numbers
from synthetic.numbers import TestSeries

DAY = date(2016, 3, 12)


def test_a_date_has_two_numbers_and_then_none():
    series = TestSeries()
    given = [series.give(DAY, "female") for _ in range(3)]
    assert given == ["201603122381", "201603122399", None]


def test_coordination_numbers_are_two_more():
    series = TestSeries()
    assert series.give(DAY, "female") == "201603122381"
    given = [series.give(DAY, "male", coordination=True) for _ in range(3)]
    assert given[2] is None
    assert [number[:11] for number in given[:2]] == ["20160372239", "20160372238"]


def test_numbers_in_use_elsewhere_are_never_given_out():
    series = TestSeries(taken=["201603122381"])
    assert series.give(DAY, "female") == "201603122399"
    assert series.give(DAY, "male") is None


def test_before_2002_the_series_holds_no_number_for_every_day():
    assert TestSeries().give(date(2001, 12, 31), "male") is None


@pytest.mark.parametrize("coordination", [False, True])
@pytest.mark.parametrize("day", [date(2002, 1, 1), date(2004, 2, 29), date(2019, 10, 31), date(2026, 11, 21)])
def test_the_product_reads_every_number_as_an_official_test_number(day, coordination):
    series = TestSeries()
    for sex in ("female", "male"):
        number = series.give(day, sex, coordination)
        read = personal_numbers.parse(number, date(2026, 11, 21))
        assert read.birth_date == day
        assert (read.kind == "coordination") is coordination
        assert personal_numbers.is_official_test_number(number)
