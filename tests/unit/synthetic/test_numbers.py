"""Numbers of made-up children can belong to nobody, and no two children share one."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kring.children import personal_numbers
from synthetic.numbers import TestSeries

DAY = date(2016, 3, 12)
SEXES = ("female", "male")
days = st.dates(date(2002, 1, 1), date(2026, 11, 21))


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


@pytest.mark.parametrize(("born", "number"), [(date(2001, 12, 31), None), (date(2002, 1, 1), "200201012382")])
def test_the_series_begins_with_2002(born, number):
    assert TestSeries().give(born, "female") == number


@pytest.mark.parametrize(
    ("born", "sex", "coordination", "number"),
    [
        # Worked by hand: 1 0 5 9 0 7 over 2 1 2 1 …, and so on. The first is the agency's own example.
        (date(2017, 1, 1), "male", False, "201701012393"),
        (date(2017, 1, 1), "female", False, "201701012385"),
        (date(2016, 3, 12), "male", False, "201603122399"),
        (date(2004, 2, 29), "female", False, "200402292387"),
        (date(2015, 5, 5), "female", False, "201505052389"),
        (date(2017, 1, 1), "male", True, "201701612390"),
        (date(2026, 1, 1), "female", True, "202601612381"),
    ],
)
def test_known_numbers(born, sex, coordination, number):
    assert TestSeries().give(born, sex, coordination) == number


@given(days, st.sampled_from(SEXES), st.booleans())
def test_the_check_digit_is_the_one_that_the_product_wants(born, sex, coordination):
    number = TestSeries().give(born, sex, coordination)
    assert number[11] == personal_numbers.check_digit(number[2:11])


@given(days)
def test_no_number_is_given_twice_and_none_is_left_over(born):
    series = TestSeries()
    given = [series.give(born, sex, kind) for kind in (False, True) for sex in SEXES for _ in range(2)]
    assert len(set(given) - {None}) == 4
    official = {
        number.digits12
        for kind in (personal_numbers.Kind.PERSONAL, personal_numbers.Kind.COORDINATION)
        for number in personal_numbers.official_test_numbers(born, kind)
    }
    assert set(given) - {None} == official


@pytest.mark.parametrize("coordination", [False, True])
@pytest.mark.parametrize("day", [date(2002, 1, 1), date(2004, 2, 29), date(2019, 10, 31), date(2026, 11, 21)])
def test_the_product_reads_every_number_as_an_official_test_number(day, coordination):
    series = TestSeries()
    for sex in SEXES:
        number = series.give(day, sex, coordination)
        read = personal_numbers.parse(number, date(2026, 11, 21))
        assert read.birth_date == day
        assert (read.kind == "coordination") is coordination
        assert personal_numbers.is_official_test_number(number)
