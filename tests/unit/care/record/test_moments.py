"""FHIR's dates and times: how exactly each is known, and which Swedish day it is."""

from datetime import UTC, date, datetime

import pytest

from kring.care.record.rules.moments import Day, Moment, day_of, moment_of


def utc(*parts):
    return datetime(*parts, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "at", "precision"),
    [
        # A partial one is its beginning in Sweden: winter time is an hour before UTC, summer time two.
        ("2019", utc(2018, 12, 31, 23), "year"),
        ("2019-01", utc(2018, 12, 31, 23), "month"),
        ("2019-07", utc(2019, 6, 30, 22), "month"),
        ("2019-05-03", utc(2019, 5, 2, 22), "day"),
        ("2026-03-29", utc(2026, 3, 28, 23), "day"),
        ("2026-03-30", utc(2026, 3, 29, 22), "day"),
        ("2026-10-25", utc(2026, 10, 24, 22), "day"),
        ("2026-10-26", utc(2026, 10, 25, 23), "day"),
        ("2024-02-29", utc(2024, 2, 28, 23), "day"),
        # A whole time has its own zone, or is Swedish when the sender left it out.
        ("2019-05-03T10:15:00+02:00", utc(2019, 5, 3, 8, 15), "time"),
        ("2019-05-03T10:15:00Z", utc(2019, 5, 3, 10, 15), "time"),
        ("2019-05-03T10:15:00", utc(2019, 5, 3, 8, 15), "time"),
        ("2019-12-03T10:15:00", utc(2019, 12, 3, 9, 15), "time"),
        ("2019-05-03T10:15:00.250Z", utc(2019, 5, 3, 10, 15, 0, 250000), "time"),
        ("2019-05-03T10:15Z", utc(2019, 5, 3, 10, 15), "time"),
        # A leap second is the second before it: a calendar has none.
        ("2016-12-31T23:59:60Z", utc(2016, 12, 31, 23, 59, 59), "time"),
        ("2016-12-31T23:59:60.5Z", utc(2016, 12, 31, 23, 59, 59, 500000), "time"),
    ],
)
def test_a_moment_and_how_exactly_it_is_known(text, at, precision):
    assert moment_of(text) == Moment(at, precision)


@pytest.mark.parametrize(
    "text",
    [
        "19", "019", "20190", "2019-", "2019-5", "2019-00", "2019-13", "2019-05-00", "2019-05-32",
        "2019-02-29", "2100-02-29", "2019-05-03 10:15:00", "2019-05-03T25:00:00Z", "2019-05-03T10:61:00Z",
        "T10:00", "2019-05-03T10:15:00+25:00", "٢٠١٩", "2019\N{NON-BREAKING HYPHEN}05", "0000-01-01", " 2019",
        "2019 ", "2019-05-03T", True, {},
    ],
)  # fmt: skip
def test_what_no_calendar_holds_is_no_moment(text):
    assert moment_of(text) is None


@pytest.mark.parametrize("text", ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-12:00", "0001"])
def test_a_moment_outside_what_can_be_stored_is_none_and_no_crash(text):
    assert moment_of(text) is None


@pytest.mark.parametrize(
    ("text", "last", "precision"),
    [
        ("2019", date(2019, 12, 31), "year"),
        ("2019-02", date(2019, 2, 28), "month"),
        ("2020-02", date(2020, 2, 29), "month"),
        ("2100-02", date(2100, 2, 28), "month"),
        ("2000-02", date(2000, 2, 29), "month"),
        ("2019-04", date(2019, 4, 30), "month"),
        ("2019-12", date(2019, 12, 31), "month"),
        ("2019-05-03", date(2019, 5, 3), "day"),
        # Of a whole time its own date, whatever day it is in Sweden.
        ("2019-05-03T23:30:00Z", date(2019, 5, 3), "day"),
        ("2019-05-03T00:30:00+02:00", date(2019, 5, 3), "day"),
        ("2019-05-03Tnonsense", date(2019, 5, 3), "day"),
    ],
)
def test_a_day_is_the_latest_it_can_be(text, last, precision):
    assert day_of(text) == Day(last, precision)


@pytest.mark.parametrize("text", ["2019-00", "2019-13", "2019-02-30", "0000", "x", "", None, 2019, "٢٠١٩-٠٥"])
def test_what_is_no_day_is_none(text):
    assert day_of(text) is None
