"""Lives as spans: every day of every child in its stratum, held against the reference engine day by day."""

from datetime import date, timedelta

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from indicators import tables
from indicators.engines import plain_lives
from indicators.engines.arrays import FAR, day
from indicators.engines.lives import OUT, Lives
from indicators.measures import BAND_NAMES, band_of
from tests.generative.test_engines import data_of
from tests.spec.reading import data

AGES = (0, 20)


def lives_of(given_tables: tables.Data) -> Lives:
    return Lives(given_tables["child"], given_tables["residence"], [AGES, (10, 17)], range(2001, 2032))


def named(lives: Lives, place: int, on: date) -> tuple[str | None, str, str] | None:
    """Home, sex and age band as the spans have it; None outside."""
    span = lives.on(np.array([place]), np.array([day(on)]), on.year)
    stratum = lives.told(AGES)[lives.stratum[span]][0]
    if stratum == OUT:
        return None
    rest, band = divmod(int(stratum), len(BAND_NAMES))
    home, sex = divmod(rest, len(tables.SEXES))
    return [*lives.municipalities, None][home], tables.SEXES[sex], BAND_NAMES[band]


def expected(life: plain_lives.Life, on: date) -> tuple[str | None, str, str] | None:
    if not life.counts_on(on, AGES):
        return None
    return None if life.protected else life.home_on(on), life.sex, band_of(life.age_on(on))


@given(data_of(), st.lists(st.dates(date(2001, 1, 1), date(2024, 12, 31)), min_size=3, max_size=12))
@settings(max_examples=60)
def test_any_day_is_that_of_the_reference(given_tables: tables.Data, days: list[date]) -> None:
    lives, slowly = lives_of(given_tables), plain_lives.lives_of(given_tables)
    for place, child in enumerate(lives.places.keys.tolist()):
        for on in days:
            assert named(lives, place, on) == expected(slowly[child], on)


@given(data_of(), st.integers(2019, 2022), st.dates(date(2019, 1, 1), date(2023, 6, 1)))
@settings(max_examples=60)
def test_days_lived_are_counted_one_by_one(given_tables: tables.Data, year: int, until: date) -> None:
    lives, slowly = lives_of(given_tables), plain_lives.lives_of(given_tables)
    found = lives.lived(year, day(until))
    days = [date(year, 1, 1) + timedelta(days=one) for one in range(366)]
    days = [one for one in days if one.year == year and one <= until]
    assert found.sum() == sum(life.counts_on(on, AGES) for life in slowly.values() for on in days)


@given(data_of())
@settings(max_examples=40)
def test_a_stay_lasts_until_the_first_day_outside(given_tables: tables.Data) -> None:
    lives = lives_of(given_tables)
    for place in range(len(lives)):
        spans = range(lives.begin[place], [*lives.begin[1:], len(lives.first)][place])
        for span in spans:
            left = next(
                (one for one in spans if one >= span and lives.stratum[one] == OUT and lives.first[one]), None
            )
            if lives.stratum[span] != OUT:
                assert lives.stays(np.array([span]))[0] == (FAR if left is None else lives.first[left] - 1)


MOVED = """
    child
    child | born       | sex
    5     | 2010-03-01 | boy
    2     | 2012-02-29 | girl

    residence
    child | municipality | first      | last
    5     | 1480         | 2010-03-01 | 2020-06-30
    5     | 1490         | 2020-07-01 | -
"""


def test_a_span_begins_at_a_birthday_that_divides_and_at_a_move() -> None:
    lives = lives_of(data(MOVED))
    place = lives.places.of(np.array([5]))[0]
    found = {
        on: named(lives, place, date.fromisoformat(on))
        for on in (
            "2010-02-28",
            "2010-03-01",
            "2016-02-29",
            "2016-03-01",
            "2020-06-30",
            "2020-07-01",
            "2031-03-01",
        )
    }
    assert list(found.values()) == [
        None, ("1480", "boy", "0-5"), ("1480", "boy", "0-5"), ("1480", "boy", "6-12"),
        ("1480", "boy", "6-12"), ("1490", "boy", "6-12"), None,
    ]  # fmt: skip


def test_what_is_over_before_the_first_year_is_left_out_and_nothing_else() -> None:
    """1480 of the boy ended in 2020; of 2021 both say the same."""
    given_tables = data(MOVED)
    late = Lives(given_tables["child"], given_tables["residence"], [AGES, (10, 17)], [2021])
    assert len(late.first) < len(lives_of(given_tables).first)
    for place in (0, 1):
        for on in (date(2021, 1, 1), date(2022, 3, 1), date(2031, 3, 1)):
            place_on = late.on(np.array([place]), np.array([day(on)]), 2021)
            told = late.told(AGES)[late.stratum[place_on]][0]
            assert (told == OUT) == (named(lives_of(given_tables), place, on) is None)


def test_no_class_is_older_than_anything_asked_for() -> None:
    given_tables = data(MOVED)
    assert Lives(given_tables["child"], given_tables["residence"], [(0, 17)]).cuts == [0, 6, 13, 18]


def test_ages_that_are_not_asked_for_are_outside() -> None:
    lives = lives_of(data(MOVED))
    told = lives.told((10, 17))
    assert [int(one) != OUT for one in told[lives.at_end(2021)]] == [False, True]
    assert lives.grown(np.array([1]), (10, 17)).tolist() == [day(date(2028, 2, 29))]
    assert told[OUT] == OUT
