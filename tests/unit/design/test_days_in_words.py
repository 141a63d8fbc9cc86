"""Days and times in words through a whole year, both changes of the clock, and in both languages."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from kring.design import days

MONDAY = date(2026, 11, 16)
any_day = st.dates(date(2000, 1, 1), date(2090, 12, 31))
any_moment = st.datetimes(datetime(2000, 1, 1), datetime(2090, 1, 1), timezones=st.just(UTC))
DAYS = ["mån", "tis", "ons", "tors", "fre", "lör", "sön"]
LONG_DAYS = ["måndag", "tisdag", "onsdag", "torsdag", "fredag", "lördag", "söndag"]
MONTHS = ["jan", "feb", "mar", "apr", "maj", "jun", "jul", "aug", "sep", "okt", "nov", "dec"]
LONG_MONTHS = [
    *("januari", "februari", "mars", "april", "maj", "juni"),
    *("juli", "augusti", "september", "oktober", "november", "december"),
]


@pytest.fixture(autouse=True)
def _swedish():
    with translation.override("sv"):
        yield


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize("n", range(12))
def test_every_month_by_name(n):
    day = date(2026, n + 1, 15)
    assert days.day(day).split()[2] == MONTHS[n]
    assert days.plain_day(day) == f"15 {LONG_MONTHS[n]} 2026"
    assert days.month(utc(f"2026-{n + 1:02}-15 12:00")) == f"{LONG_MONTHS[n].capitalize()} 2026"


@pytest.mark.parametrize("n", range(7))
def test_every_weekday_by_name(n):
    day = MONDAY + timedelta(days=n)
    assert days.day(day) == f"{DAYS[n]} {16 + n} nov 2026"
    assert days.headline(datetime(2026, 11, 16 + n, 12, tzinfo=UTC)).startswith(
        f"{LONG_DAYS[n].capitalize()} {16 + n} november"
    )


@given(any_day)
def test_a_day_is_told_by_weekday_number_month_and_year_in_small_letters(day):
    weekday, number, month, year = days.day(day).split()
    assert (weekday, month) == (DAYS[day.weekday()], MONTHS[day.month - 1])
    assert (int(number), int(year)) == (day.day, day.year)


# Times by Swedish clocks


@pytest.mark.parametrize(
    ("moment", "at", "words"),
    [
        ("2026-01-15 08:00", "09.00", "tors 15 jan 2026 kl. 09.00"),
        ("2026-07-15 08:00", "10.00", "ons 15 jul 2026 kl. 10.00"),
        ("2026-01-15 23:05", "00.05", "fre 16 jan 2026 kl. 00.05"),
        ("2026-07-15 22:05", "00.05", "tors 16 jul 2026 kl. 00.05"),
        # The night of 29 March has no 02.30; that of 25 October has it twice.
        ("2026-03-29 00:59", "01.59", "sön 29 mar 2026 kl. 01.59"),
        ("2026-03-29 01:00", "03.00", "sön 29 mar 2026 kl. 03.00"),
        ("2026-10-25 00:30", "02.30", "sön 25 okt 2026 kl. 02.30"),
        ("2026-10-25 01:30", "02.30", "sön 25 okt 2026 kl. 02.30"),
        ("2028-02-28 23:30", "00.30", "tis 29 feb 2028 kl. 00.30"),
        ("2026-12-31 23:00", "00.00", "fre 1 jan 2027 kl. 00.00"),
    ],
)
def test_a_moment_by_swedish_clocks(moment, at, words):
    assert days.at(utc(moment)) == at
    assert days.day_and_time(utc(moment)) == words


@pytest.mark.parametrize(
    ("moment", "words"),
    [
        ("2026-01-15 08:00", "Klockan 9."),
        ("2026-01-15 08:05", "Klockan 9.05."),
        ("2026-01-15 09:10", "Klockan 10.10."),
        ("2026-01-15 09:00", "Klockan 10."),
        ("2026-01-15 19:00", "Klockan 20."),
        ("2026-01-15 23:00", "Klockan 0."),
        ("2026-01-15 23:30", "Klockan 0.30."),
        ("2026-01-15 11:59", "Klockan 12.59."),
    ],
)
def test_a_child_hears_the_hour_without_noughts(moment, words):
    assert days.oclock(utc(moment)) == words


@given(any_moment)
def test_a_month_and_a_headline_are_of_the_swedish_day(moment):
    here = days.local(moment)
    assert days.month(moment) == f"{LONG_MONTHS[here.month - 1].capitalize()} {here.year}"
    expected = f"{LONG_DAYS[here.weekday()].capitalize()} {here.day} {LONG_MONTHS[here.month - 1]}"
    assert days.headline(moment) == f"{expected} kl. {here:%H.%M}"
    assert here == moment


@given(any_moment)
def test_a_moment_told_as_a_day_is_told_as_its_swedish_day(moment):
    """Nobody who writes a page has to remember it: a moment of the database is in UTC."""
    here = days.local(moment).date()
    assert days.day(moment) == days.day(here)
    assert days.plain_day(moment) == days.plain_day(here)


@pytest.mark.parametrize(
    ("moment", "day", "plain"),
    [
        ("2026-11-16 22:59", "mån 16 nov 2026", "16 november 2026"),
        ("2026-11-16 23:00", "tis 17 nov 2026", "17 november 2026"),
        ("2026-07-31 22:00", "lör 1 aug 2026", "1 augusti 2026"),
        ("2026-12-31 23:00", "fre 1 jan 2027", "1 januari 2027"),
        ("2028-02-28 23:00", "tis 29 feb 2028", "29 februari 2028"),
    ],
)
def test_what_happens_near_midnight_is_told_on_the_right_day(moment, day, plain):
    assert (days.day(utc(moment)), days.plain_day(utc(moment))) == (day, plain)


# How far away


@given(any_day, st.integers(-30, 60))
def test_a_distance_is_told_for_today_through_two_weeks(today, ahead):
    told = days.distance(today + timedelta(ahead), today)
    expected = {0: "I dag", 1: "I morgon"}.get(ahead, f"Om {ahead} dagar")
    assert told == (expected if 0 <= ahead <= 14 else "")


@given(any_day, st.integers(-30, 60))
def test_nights_are_counted_from_tomorrow_on(today, ahead):
    told = days.nights(today + timedelta(ahead), today)
    assert told == ("" if ahead <= 0 else "Om 1 natt." if ahead == 1 else f"Om {ahead} nätter.")


@given(any_day, st.integers(-30, 60))
def test_a_weekday_alone_is_never_one_of_another_week(today, ahead):
    day = today + timedelta(ahead)
    told = days.weekday(day, today)
    if ahead in (0, 1):
        assert told == ("I dag.", "I morgon.")[ahead]
    elif 1 < ahead < 7:
        assert told == f"På {LONG_DAYS[day.weekday()]}."
    else:
        assert told == f"{LONG_DAYS[day.weekday()].capitalize()} {day.day} {LONG_MONTHS[day.month - 1]}."


# In English


@pytest.mark.parametrize(
    ("told", "words"),
    [
        (lambda: days.day(MONDAY), "Mon 16 Nov 2026"),
        (lambda: days.plain_day(MONDAY), "16 November 2026"),
        (lambda: days.headline(utc("2026-11-16 09:00")), "Monday 16 November at 10.00"),
        (lambda: days.month(utc("2026-11-16 09:00")), "November 2026"),
        (lambda: days.distance(MONDAY, MONDAY), "Today"),
        (lambda: days.distance(MONDAY + timedelta(1), MONDAY), "Tomorrow"),
        (lambda: days.distance(MONDAY + timedelta(3), MONDAY), "In 3 days"),
        (lambda: days.nights(MONDAY + timedelta(1), MONDAY), "In 1 night."),
        (lambda: days.nights(MONDAY + timedelta(4), MONDAY), "In 4 nights."),
        (lambda: days.weekday(MONDAY + timedelta(2), MONDAY), "On Wednesday."),
        (lambda: days.weekday(MONDAY + timedelta(9), MONDAY), "Wednesday 25 November."),
    ],
)
def test_the_same_in_english(told, words):
    with translation.override("en"):
        assert told() == words
