"""What a birthday changes, and from which day the pages tell of it. No database."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kring.access.policy.ages import Birth, Precision, birthday
from kring.secrecy.rules.turning import coming_turning, months_before, moves_to_adult_care

BORN = date(2011, 6, 2)


def told(day: date, born: date = BORN) -> int | None:
    found = coming_turning(Birth.of(born), day)
    return found.years if found else None


@pytest.mark.parametrize(
    ("day", "years"),
    [
        (date(2023, 12, 1), None),
        (date(2023, 12, 2), 13),  # twelve years and six months
        (date(2024, 6, 1), 13),
        (date(2024, 6, 2), None),  # the day itself: it has changed
        (date(2026, 12, 1), None),
        (date(2026, 12, 2), 16),
        (date(2027, 6, 1), 16),
        (date(2027, 6, 2), None),
        (date(2028, 12, 1), None),
        (date(2028, 12, 2), 18),
        (date(2029, 6, 1), 18),
        (date(2029, 6, 2), None),
        (date(2031, 1, 1), None),
    ],
)
def test_six_months_before_and_not_on_the_day(day, years):
    assert told(day) == years


@pytest.mark.parametrize(
    ("day", "years"),
    [(date(2024, 8, 27), None), (date(2024, 8, 28), 13), (date(2025, 2, 27), 13), (date(2025, 2, 28), None)],
)
def test_born_on_the_leap_day(day, years):
    """The 13th birthday of somebody born 29 February 2012 is 28 February 2025 (ruling 1)."""
    assert told(day, date(2012, 2, 29)) == years


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2026, 8, 31), 6, date(2026, 2, 28)),
        (date(2024, 8, 31), 6, date(2024, 2, 29)),
        (date(2026, 3, 1), 6, date(2025, 9, 1)),
        (date(2026, 12, 31), 1, date(2026, 11, 30)),
        (date(2026, 1, 15), 12, date(2025, 1, 15)),
    ],
)
def test_months_back(day, months, expected):
    assert months_before(day, months) == expected


@given(st.dates(date(1990, 1, 1), date(2090, 12, 31)), st.integers(0, 60))
def test_so_many_months_back_is_the_same_day_of_the_month_or_its_last(day, months):
    back = months_before(day, months)
    assert (day.year * 12 + day.month) - (back.year * 12 + back.month) == months
    assert back.day == day.day or (back.day < day.day and (back + timedelta(days=1)).day == 1)


@given(st.dates(date(2005, 1, 1), date(2020, 12, 31)), st.integers(0, 22 * 366))
def test_what_is_told_is_always_still_to_come_and_near(born, later):
    day = born + timedelta(days=later)
    found = coming_turning(Birth.of(born), day)
    if found:
        assert day < found.on == birthday(born, found.years)
        assert (found.on - day).days <= 184


def test_of_a_partly_known_birth_date_the_latest_day_counts():
    birth = Birth.of(date(2013, 12, 31), Precision.YEAR)
    assert coming_turning(birth, date(2026, 6, 29)) is None
    assert coming_turning(birth, date(2026, 6, 30)).on == date(2026, 12, 31)


@pytest.mark.parametrize(
    ("day", "ready"),
    [
        (date(2028, 6, 1), False),
        (date(2028, 6, 2), True),
        (date(2030, 1, 1), True),
        # A plan goes on through the 20th year (ruling 25): after that there is no way left to prepare.
        (date(2032, 6, 1), True),
        (date(2032, 6, 2), False),
        (date(2045, 1, 1), False),
    ],
)
def test_adult_care_is_prepared_from_seventeen_for_as_long_as_a_plan_can_go_on(day, ready):
    assert moves_to_adult_care(Birth.of(BORN), day) is ready
