"""A hidden day or moment decides as before and tells nothing, whatever is counted from it."""

import copy
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kring import clock
from kring.clock import HiddenDay, HiddenMoment, is_hidden
from kring.design import days

MEETS = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)
HIDDEN = HiddenMoment.of(MEETS)
MOMENTS = st.datetimes(datetime(2000, 1, 1), datetime(2060, 1, 1), timezones=st.just(UTC))


@given(MOMENTS, MOMENTS)
def test_it_stands_in_order_among_others_as_before(one, other):
    hidden = HiddenMoment.of(one)
    assert (hidden < other, hidden == other, hidden > other) == (one < other, one == other, one > other)
    assert (hidden - other) == (one - other)
    assert clock.day_of(hidden) == clock.day_of(one)


@given(MOMENTS)
def test_all_that_is_counted_from_it_is_hidden(moment):
    hidden = HiddenMoment.of(moment)
    counted = [
        hidden.astimezone(clock.STOCKHOLM),
        hidden + timedelta(minutes=30),
        hidden - timedelta(days=1),
        hidden.replace(minute=0),
        hidden.date(),
        hidden.date() + timedelta(days=1),
        days.local(hidden),
        clock.day_of(hidden),
        copy.copy(hidden),
    ]
    assert all(is_hidden(one) for one in counted)
    assert not any(str(one) or one.isoformat() or f"{one}" or f"{one:%d}" for one in counted)


@pytest.mark.parametrize("value", [HIDDEN, HIDDEN.date(), HiddenDay(2026, 11, 24)])
@pytest.mark.parametrize("form", ["{}", "{:%H.%M}", "{:%Y-%m-%d}"])
def test_it_has_no_form_of_its_own(value, form):
    assert form.format(value) == ""
    assert value.strftime("%c") == ""


@pytest.mark.parametrize("words", [days.at, days.day_and_time, days.headline, days.month, days.oclock])
def test_a_hidden_moment_is_said_to_be_hidden(words):
    assert words(HIDDEN) == "Dolt"
    assert "Dolt" not in words(MEETS)


@pytest.mark.parametrize("words", [days.day, days.plain_day])
def test_a_hidden_day_likewise(words):
    assert words(HIDDEN.date()) == words(days.local(HIDDEN)) == "Dolt"
    assert words(date(2026, 11, 24)) != "Dolt"


def test_how_far_away_it_is_is_not_told():
    today = date(2026, 11, 23)
    day = HIDDEN.date()
    assert (days.distance(day, today), days.nights(day, today), days.weekday(day, today)) == ("", "", "Dolt")
    assert days.distance(date(2026, 11, 24), today) == "I morgon"
    assert days.nights(date(2026, 11, 24), today) == "Om 1 natt."


@pytest.mark.parametrize("value", [None, MEETS, MEETS.date()])
def test_other_days_and_moments_are_told(value):
    assert not is_hidden(value)
