"""Days in words: the same words for the same distance, always by Swedish clocks."""

from datetime import UTC, date, datetime

import pytest
from django.utils import translation

from kring.design import days

MONDAY = date(2026, 11, 16)
TUESDAY_TEN = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _swedish():
    with translation.override("sv"):
        yield


def test_a_day_for_adults():
    assert days.day(date(2026, 11, 24)) == "tis 24 nov 2026"
    assert days.plain_day(date(2026, 11, 24)) == "24 november 2026"


def test_a_moment_is_shown_by_swedish_clocks():
    assert days.day_and_time(TUESDAY_TEN) == "tis 24 nov 2026 kl. 10.00"


def test_in_summer_the_clock_is_two_hours_ahead():
    assert days.at(datetime(2026, 7, 1, 9, 0, tzinfo=UTC)) == "11.00"


def test_late_in_the_evening_the_day_is_the_swedish_one():
    assert days.day_and_time(datetime(2026, 11, 24, 23, 30, tzinfo=UTC)) == "ons 25 nov 2026 kl. 00.30"


def test_the_headline_has_weekday_and_month_in_full():
    assert days.headline(TUESDAY_TEN) == "Tisdag 24 november kl. 10.00"


def test_a_month():
    assert days.month(TUESDAY_TEN) == "November 2026"


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (date(2026, 11, 15), ""),
        (date(2026, 11, 16), "I dag"),
        (date(2026, 11, 17), "I morgon"),
        (date(2026, 11, 18), "Om 2 dagar"),
        (date(2026, 11, 30), "Om 14 dagar"),
        (date(2026, 12, 1), ""),
    ],
)
def test_distance_within_two_weeks(value, words):
    assert days.distance(value, MONDAY) == words


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (date(2026, 11, 16), "I dag."),
        (date(2026, 11, 17), "I morgon."),
        (date(2026, 11, 19), "På torsdag."),
        (date(2026, 11, 22), "På söndag."),
        (date(2026, 11, 23), "Måndag 23 november."),
        (date(2026, 11, 24), "Tisdag 24 november."),
    ],
)
def test_a_child_hears_which_day(value, words):
    assert days.weekday(value, MONDAY) == words


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (date(2026, 11, 15), ""),
        (date(2026, 11, 16), ""),
        (date(2026, 11, 17), "Om 1 natt."),
        (date(2026, 11, 19), "Om 3 nätter."),
    ],
)
def test_a_child_counts_nights(value, words):
    assert days.nights(value, MONDAY) == words


@pytest.mark.parametrize(
    ("hour", "minute", "words"), [(9, 0, "Klockan 10."), (9, 30, "Klockan 10.30."), (7, 5, "Klockan 8.05.")]
)
def test_a_child_hears_the_time(hour, minute, words):
    assert days.oclock(datetime(2026, 11, 24, hour, minute, tzinfo=UTC)) == words


def test_midnight_is_said_as_nought():
    assert days.oclock(datetime(2026, 11, 24, 23, 0, tzinfo=UTC)) == "Klockan 0."
