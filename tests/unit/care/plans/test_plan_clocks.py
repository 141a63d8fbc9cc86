"""The plan's clocks, by the rulings of clocks.md."""

from datetime import date, timedelta

import pytest

from kring.care.plans.rules import discharge_summons_3, follow_up_due, sip_meeting_21, sip_start_3

NEED = date(2026, 11, 2)


def day(n):
    return NEED + timedelta(days=n)


@pytest.mark.parametrize(
    ("started", "today", "closed", "state", "days", "over"),
    [
        (None, day(0), None, "running", 0, False),
        (None, day(3), None, "running", 3, False),
        (None, day(4), None, "running", 4, True),
        (day(3), day(30), None, "stopped", 3, False),
        (day(4), day(30), None, "stopped", 4, True),
        (day(0), day(30), None, "stopped", 0, False),
        (None, day(30), day(2), "censored", 2, False),
        (None, day(60), day(40), "censored", 40, False),
        # Stop before start is unknown, never negative (ruling 10).
        (day(-1), day(5), None, "stopped", None, False),
    ],
)
def test_start_within_three_days(started, today, closed, state, days, over):
    reading = sip_start_3(need=NEED, started=started, closed=closed, today=today)
    assert (reading.clock, reading.state, reading.days, reading.over) == ("sip_start_3", state, days, over)


@pytest.mark.parametrize(
    ("held", "today", "closed", "state", "days", "over"),
    [
        (None, day(21), None, "running", 21, False),
        (None, day(22), None, "running", 22, True),
        (day(21), day(90), None, "stopped", 21, False),
        (day(22), day(90), None, "stopped", 22, True),
        # Closed before a meeting: censored (ruling 20).
        (None, day(90), day(30), "censored", 30, False),
        # Closed after the meeting: the meeting stopped the clock.
        (day(10), day(90), day(30), "stopped", 10, False),
    ],
)
def test_meeting_within_21_days(held, today, closed, state, days, over):
    reading = sip_meeting_21(need=NEED, held=held, closed=closed, today=today)
    assert (reading.state, reading.days, reading.over) == (state, days, over)


@pytest.mark.parametrize(
    ("called", "today", "closed", "state", "days", "over"),
    [
        (None, day(3), None, "running", 3, False),
        (None, day(4), None, "running", 4, True),
        (day(3), day(9), None, "stopped", 3, False),
        (day(4), day(9), None, "stopped", 4, True),
        (None, day(9), day(2), "censored", 2, False),
        (day(-1), day(5), None, "stopped", None, False),
    ],
)
def test_summons_within_three_days_of_the_notice_at_discharge(called, today, closed, state, days, over):
    reading = discharge_summons_3(need=NEED, called=called, closed=closed, today=today)
    assert (reading.clock, reading.state, reading.days, reading.over) == (
        "discharge_summons_3", state, days, over,
    )  # fmt: skip


def test_without_a_need_no_clock_runs():
    for reading in (
        sip_start_3(need=None, started=NEED, closed=None, today=NEED),
        sip_meeting_21(need=None, held=None, closed=None, today=NEED),
    ):
        assert (reading.state, reading.days, reading.over) == ("not_started", None, False)


@pytest.mark.parametrize(
    ("over_new_year", "days"),
    [((date(2026, 12, 31), date(2027, 1, 1)), 1), ((date(2027, 3, 27), date(2027, 3, 29)), 2)],
)
def test_days_are_dates_not_hours(over_new_year, days):
    """Weekends, holidays and the change of clocks do not move anything (rulings 1 and 2)."""
    need, started = over_new_year
    assert sip_start_3(need=need, started=started, closed=None, today=started).days == days


@pytest.mark.parametrize(
    ("planned", "held", "today", "state", "days", "over", "moves"),
    [
        ([], None, day(0), "not_started", None, False, 0),
        ([(day(0), day(30))], None, day(20), "running", -10, False, 0),
        ([(day(0), day(30))], None, day(30), "running", 0, False, 0),
        ([(day(0), day(30))], None, day(31), "running", 1, True, 0),
        ([(day(0), day(30))], day(28), day(90), "stopped", -2, False, 0),
        # Moved in time: counts against the new day, and the move is shown (ruling 21).
        ([(day(0), day(30)), (day(29), day(60))], day(60), day(90), "stopped", 0, False, 1),
        ([(day(0), day(30)), (day(30), day(60))], day(60), day(90), "stopped", 0, False, 1),
        # Moved when it was late already: still counts against the day it missed.
        ([(day(0), day(30)), (day(31), day(60))], day(60), day(90), "stopped", 30, True, 1),
        (
            [(day(0), day(30)), (day(10), day(60)), (day(61), day(90))],
            day(90),
            day(99),
            "stopped",
            30,
            True,
            2,
        ),
    ],
)
def test_follow_up_against_the_day_it_was_set_for(planned, held, today, state, days, over, moves):
    reading = follow_up_due(planned, held=held, today=today)
    assert (reading.state, reading.days, reading.over, reading.moves) == (state, days, over, moves)
