"""The day is the Swedish one: through both changes of the clock, on leap days and at every midnight."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kring import clock

moments = st.datetimes(datetime(1990, 1, 1), datetime(2090, 1, 1), timezones=st.just(UTC))
A_DAY = timedelta(days=1)


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        # In winter the Swedish day begins at 23 UTC, in summer at 22.
        ("2026-01-14 22:59:59.999999", "2026-01-14"),
        ("2026-01-14 23:00", "2026-01-15"),
        ("2026-07-14 21:59:59.999999", "2026-07-14"),
        ("2026-07-14 22:00", "2026-07-15"),
        # The night when the clock goes forward, 29 March 2026: the day before and after each have their own.
        ("2026-03-28 22:59", "2026-03-28"),
        ("2026-03-28 23:00", "2026-03-29"),
        ("2026-03-29 00:59", "2026-03-29"),
        ("2026-03-29 01:00", "2026-03-29"),
        ("2026-03-29 21:59", "2026-03-29"),
        ("2026-03-29 22:00", "2026-03-30"),
        # And back again, 25 October 2026.
        ("2026-10-24 21:59", "2026-10-24"),
        ("2026-10-24 22:00", "2026-10-25"),
        ("2026-10-25 00:30", "2026-10-25"),
        ("2026-10-25 01:30", "2026-10-25"),
        ("2026-10-25 22:59", "2026-10-25"),
        ("2026-10-25 23:00", "2026-10-26"),
        # A leap day, and the day after the last of February when there is none.
        ("2028-02-28 23:00", "2028-02-29"),
        ("2028-02-29 22:59", "2028-02-29"),
        ("2028-02-29 23:00", "2028-03-01"),
        ("2027-02-28 23:00", "2027-03-01"),
        # A new year.
        ("2026-12-31 22:59", "2026-12-31"),
        ("2026-12-31 23:00", "2027-01-01"),
    ],
)
def test_the_day_that_a_moment_falls_on(moment, day):
    assert clock.day_of(utc(moment)).isoformat() == day
    with clock.frozen(utc(moment)):
        assert clock.today().isoformat() == day


@pytest.mark.parametrize("hours", [-11, -5, 0, 1, 2, 5.75, 14])
def test_the_zone_a_moment_is_told_in_makes_no_difference(hours):
    elsewhere = utc("2026-07-14 22:00").astimezone(timezone(timedelta(hours=hours)))
    assert clock.day_of(elsewhere) == date(2026, 7, 15)


@given(moments)
def test_a_day_later_is_the_next_day_but_for_the_hour_that_moves(moment):
    ahead = clock.day_of(moment + A_DAY) - clock.day_of(moment)
    changes = clock.STOCKHOLM.utcoffset(moment) != clock.STOCKHOLM.utcoffset(moment + A_DAY)
    assert ahead == A_DAY or (changes and ahead in (0 * A_DAY, 2 * A_DAY))


@given(moments, moments)
def test_days_come_in_the_order_of_moments(one, other):
    earlier, later = sorted((one, other))
    assert clock.day_of(earlier) <= clock.day_of(later)


@given(moments)
def test_a_swedish_day_is_never_more_than_two_hours_from_that_of_utc(moment):
    assert clock.day_of(moment) in {moment.date(), (moment + timedelta(hours=2)).date()}


@given(moments)
def test_a_clock_that_stands_still_says_the_same_again(moment):
    with clock.frozen(moment):
        assert clock.now() == clock.now() == moment
        assert clock.today() == clock.day_of(moment)


def test_a_clock_that_stood_still_goes_on_after_a_fault():
    moment = utc("2026-11-16 09:00")
    with pytest.raises(LookupError), clock.frozen(moment):
        raise LookupError
    assert clock.now() != moment


def test_clocks_that_stand_still_inside_each_other_come_back_one_by_one():
    outer, inner = utc("2026-11-16 09:00"), utc("2026-11-17 09:00")
    with clock.frozen(outer):
        with clock.frozen(inner):
            assert clock.now() == inner
        assert clock.now() == outer


def test_the_clock_goes():
    first = clock.now()
    assert timedelta() <= clock.now() - first < timedelta(minutes=1)
    assert abs(datetime.now(UTC) - first) < timedelta(minutes=1)
