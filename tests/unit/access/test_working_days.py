"""Which days are working days in Sweden: a list written by hand, and what holds for every day there is."""

from collections import Counter
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kring.access.policy import working_days
from kring.access.policy.catalogue import sentence
from kring.access.policy.review import hours_of
from kring.access.policy.working_days import (
    DAYS_OFF,
    days_off,
    easter,
    is_working,
    off_within_weeks,
    on_or_after,
    on_or_before,
    why_off,
    working_days_after,
)

DAYS = st.dates(date(2023, 1, 1), date(2099, 12, 31))
DAY = timedelta(days=1)

# Written from the almanac, day by day. Every day of the law, on whatever weekday it falls.
ALMANAC = {
    "new_year": "2024-01-01 2025-01-01 2026-01-01 2027-01-01 2028-01-01",
    "epiphany": "2024-01-06 2025-01-06 2026-01-06 2027-01-06 2028-01-06",
    "good_friday": "2024-03-29 2025-04-18 2026-04-03 2027-03-26 2028-04-14",
    "easter": "2024-03-31 2025-04-20 2026-04-05 2027-03-28 2028-04-16",
    "easter_monday": "2024-04-01 2025-04-21 2026-04-06 2027-03-29 2028-04-17",
    "first_of_may": "2024-05-01 2025-05-01 2026-05-01 2027-05-01 2028-05-01",
    "ascension": "2024-05-09 2025-05-29 2026-05-14 2027-05-06 2028-05-25",
    "whitsun": "2024-05-19 2025-06-08 2026-05-24 2027-05-16 2028-06-04",
    "national_day": "2024-06-06 2025-06-06 2026-06-06 2027-06-06 2028-06-06",
    "midsummer_eve": "2024-06-21 2025-06-20 2026-06-19 2027-06-25 2028-06-23",
    "midsummer": "2024-06-22 2025-06-21 2026-06-20 2027-06-26 2028-06-24",
    "all_saints": "2024-11-02 2025-11-01 2026-10-31 2027-11-06 2028-11-04",
    "christmas_eve": "2024-12-24 2025-12-24 2026-12-24 2027-12-24 2028-12-24",
    "christmas": "2024-12-25 2025-12-25 2026-12-25 2027-12-25 2028-12-25",
    "boxing_day": "2024-12-26 2025-12-26 2026-12-26 2027-12-26 2028-12-26",
    "new_years_eve": "2024-12-31 2025-12-31 2026-12-31 2027-12-31 2028-12-31",
}
ROWS = [(key, date.fromisoformat(day)) for key, days in ALMANAC.items() for day in days.split()]

# How many of Monday to Friday that takes from each year.
LOST = {2024: 11, 2025: 12, 2026: 10, 2027: 8, 2028: 9}


@pytest.mark.parametrize(("key", "day"), ROWS, ids=[f"{key}-{day:%Y}" for key, day in ROWS])
def test_each_day_of_the_almanac_is_off_by_its_own_rule(key, day):
    assert not is_working(day)
    rule = why_off(day)
    assert rule is not None
    assert rule.id == f"days.{key}"


@pytest.mark.parametrize("year", LOST)
def test_no_other_day_from_monday_to_friday_is_off(year):
    known = {day for _key, day in ROWS}
    first, last = date(year, 1, 1), date(year, 12, 31)
    off = off_within_weeks(first, last)
    assert off == sorted(day for day in known if day.year == year and day.weekday() < 5)
    assert len(off) == LOST[year]
    every = [first + n * DAY for n in range((last - first).days + 1)]
    assert [day for day in every if day.weekday() < 5 and not is_working(day)] == off


@pytest.mark.parametrize(
    "day",
    ["2026-01-05", "2026-04-02", "2026-04-30", "2026-05-15", "2026-06-05", "2026-10-30", "2026-12-23",
     "2026-12-30", "2026-05-25", "2026-11-16"],
)  # fmt: skip
def test_eves_that_the_law_does_not_name_are_working_days(day):
    """Maundy Thursday, Walpurgis, the day between, and Whit Monday, which has been one since 2005."""
    assert is_working(date.fromisoformat(day))


def test_saturday_and_sunday_are_off_by_a_rule_of_their_own():
    assert {why_off(date(2026, 11, day)) for day in (21, 22)} == {working_days.WEEKEND_RULE}
    assert "Lördagar och söndagar" in sentence("days.weekend")


def test_every_rule_has_words_a_source_and_one_row():
    keys = [off.rule.id for off in DAYS_OFF]
    assert sorted(keys) == sorted(f"days.{key}" for key in ALMANAC)
    assert max(Counter(keys).values()) == 1
    assert all(sentence(off.rule.id) == off.rule.says for off in DAYS_OFF)
    assert {off.rule.source for off in DAYS_OFF} == {"lag (1989:253) 1 §", "lag (1930:173) 2 §"}


def test_a_rule_that_is_not_in_force_takes_no_day():
    """Kring decides by no older law: what was before its first day is counted by weekends alone."""
    assert not days_off(2022)
    assert is_working(date(2022, 12, 26))
    assert not is_working(date(2023, 1, 6))


def test_an_own_holiday_from_a_day_on_is_a_new_row(monkeypatch):
    new = working_days._off("new", "En ny helgdag.", "lag", lambda year: date(year, 9, 15))
    monkeypatch.setattr(working_days, "DAYS_OFF", (*DAYS_OFF, new))
    days_off.cache_clear()
    try:
        assert why_off(date(2026, 9, 15)) == new.rule
        assert is_working(date(2026, 9, 16))
    finally:
        days_off.cache_clear()


# Counting


@pytest.mark.parametrize(
    ("sent", "count", "by"),
    [
        ("2026-11-16", 0, "2026-11-16"),
        ("2026-11-16", 1, "2026-11-17"),
        ("2026-11-16", 2, "2026-11-18"),
        ("2026-11-16", 5, "2026-11-23"),
        ("2026-11-19", 2, "2026-11-23"),
        ("2026-11-20", 1, "2026-11-23"),
        ("2026-11-21", 0, "2026-11-23"),
        ("2026-11-21", 1, "2026-11-24"),
        ("2026-11-22", 2, "2026-11-25"),
        # Christmas of 2026: from the 24th to the 27th nobody answers.
        ("2026-12-22", 2, "2026-12-28"),
        ("2026-12-23", 1, "2026-12-28"),
        ("2026-12-24", 0, "2026-12-28"),
        ("2026-12-24", 2, "2026-12-30"),
        ("2026-12-30", 1, "2027-01-04"),
        ("2026-12-31", 1, "2027-01-05"),
        ("2027-01-05", 1, "2027-01-07"),
        # Easter, Ascension and midsummer.
        ("2026-04-02", 1, "2026-04-07"),
        ("2026-04-03", 1, "2026-04-08"),
        ("2026-05-13", 2, "2026-05-18"),
        ("2026-06-18", 1, "2026-06-22"),
        ("2027-06-24", 2, "2027-06-29"),
    ],
)
def test_a_promise_counts_working_days(sent, count, by):
    assert working_days_after(date.fromisoformat(sent), count) == date.fromisoformat(by)


@given(DAYS, st.integers(0, 15))
def test_as_many_working_days_as_promised_and_not_one_more(sent, count):
    day = working_days_after(sent, count)
    between = [sent + n * DAY for n in range(1, (day - sent).days + 1)]
    assert is_working(day)
    # A letter of a day off counts as one of the next working day.
    assert sum(is_working(one) for one in between) == count + (not is_working(sent))


@given(DAYS, st.integers(0, 14))
def test_who_promises_more_days_never_promises_sooner(sent, count):
    assert working_days_after(sent, count) < working_days_after(sent, count + 1)
    assert working_days_after(sent, count) <= working_days_after(sent + DAY, count)


@given(DAYS)
def test_the_nearest_working_days_lie_on_each_side(day):
    after, before = on_or_after(day), on_or_before(day)
    assert is_working(after)
    assert is_working(before)
    assert before <= day <= after
    assert (before == day) == is_working(day) == (after == day)
    assert not any(is_working(before + n * DAY) for n in range(1, (after - before).days))
    assert (after - before).days <= 6, "no stretch of days off is longer than Christmas"


@given(st.dates(date(2023, 1, 1), date(2060, 12, 31)), st.integers(0, 800))
def test_the_days_between_two_days_are_those_of_each_day(first, length):
    last = first + length * DAY
    every = (first + n * DAY for n in range(length + 1))
    assert off_within_weeks(first, last) == [
        day for day in every if day.weekday() < 5 and not is_working(day)
    ]


def as_gauss_had_it(year):
    """Another way to Easter, with the two exceptions that its author named."""
    a, b, c = year % 19, year % 4, year % 7
    k = year // 100
    m = (15 - (13 + 8 * k) // 25 + k - k // 4) % 30
    n = (4 + k - k // 4) % 7
    d = (19 * a + m) % 30
    e = (2 * b + 4 * c + 6 * d + n) % 7
    if d == 29 and e == 6:
        return date(year, 4, 19)
    if d == 28 and e == 6 and (11 * m + 11) % 30 < 19:
        return date(year, 4, 18)
    return date(year, 3, 22) + (d + e) * DAY


@pytest.mark.parametrize("century", range(1600, 2600, 100))
def test_easter_is_where_another_method_puts_it(century):
    for year in range(century, century + 100):
        assert easter(year) == as_gauss_had_it(year)
        assert easter(year).weekday() == 6
        assert date(year, 3, 22) <= easter(year) <= date(year, 4, 25)


@given(st.integers(2023, 2099))
def test_each_year_has_the_law_s_days_and_each_lies_where_the_law_says(year):
    fell = {off.rule.id.removeprefix("days."): off.falls(year) for off in DAYS_OFF}
    assert fell["midsummer"].weekday() == fell["all_saints"].weekday() == 5
    assert date(year, 6, 20) <= fell["midsummer"] <= date(year, 6, 26)
    assert date(year, 10, 31) <= fell["all_saints"] <= date(year, 11, 6)
    assert fell["midsummer_eve"] == fell["midsummer"] - DAY
    assert fell["ascension"].weekday() == 3
    assert fell["whitsun"] - fell["easter"] == 49 * DAY
    assert fell["easter_monday"] - fell["good_friday"] == 3 * DAY
    assert set(days_off(year)) == set(fell.values())


# Who works when


@pytest.mark.parametrize(
    ("moment", "works"),
    [
        (datetime(2026, 12, 23, 9, tzinfo=UTC), True),
        (datetime(2026, 12, 24, 9, tzinfo=UTC), False),
        (datetime(2026, 12, 25, 9, tzinfo=UTC), False),
        (datetime(2026, 12, 28, 9, tzinfo=UTC), True),
        # Midsummer eve begins at midnight in Stockholm, two hours before UTC's.
        (datetime(2026, 6, 18, 21, 59, tzinfo=UTC), False),
        (datetime(2026, 6, 19, 9, tzinfo=UTC), False),
    ],
)
def test_a_clinic_is_closed_when_the_almanac_is_red(moment, works):
    assert hours_of("habilitation", date(2026, 6, 1)).covers(moment) is works
