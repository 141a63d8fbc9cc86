"""Which of several times: what may be asked about, who can when, and whose turn it is. No database."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kring.care.plans import rules
from kring.care.plans.rules.steps import Ball, summon_by
from kring.care.plans.rules.times import FEWEST, MOST, may_propose, silent, who_can_when
from tests.unit.care.plans.test_next_step import AGREED, HEALTH, MET, SCHOOL, SETTLED, summoned

NOW = datetime(2026, 11, 16, 9, tzinfo=UTC)
TODAY = date(2026, 11, 16)


def at(*hours: int) -> list[datetime]:
    return [NOW + timedelta(hours=hour) for hour in hours]


@pytest.mark.parametrize(
    ("times", "code"),
    [
        ([], "too_few_times"),
        (at(1), "too_few_times"),
        (at(1, 2), ""),
        (at(1, 2, 3, 4, 5), ""),
        (at(1, 2, 3, 4, 5, 6), "too_many_times"),
        (at(2, 1, 2), "times_same"),
        (at(0, 1), "time_passed"),
        (at(24, -1), "time_passed"),
    ],
)
def test_two_to_five_times_ahead_all_different(times, code):
    assert may_propose(times, NOW) == code


def ids(first: int, many: int) -> list[UUID]:
    return [UUID(int=number) for number in range(first, first + many)]


TIMES, PEOPLE = ids(1, MOST), ids(100, 4)
ANSWERS = st.dictionaries(st.tuples(st.sampled_from(PEOPLE), st.sampled_from(TIMES)), st.booleans())


@given(said=ANSWERS, many=st.integers(FEWEST, MOST))
def test_everybody_stands_once_for_each_time_and_the_best_is_the_best(said, many):
    times = TIMES[:many]
    table = who_can_when(times, PEOPLE, said)
    assert [row.time for row in table] == times
    for row in table:
        assert sorted((*row.can, *row.cannot, *row.silent)) == PEOPLE
        assert all(said[one, row.time] for one in row.can)
        assert not any(said[one, row.time] for one in row.cannot)
        assert row.is_best == (len(row.can) > 0 and all(len(row.can) >= len(one.can) for one in table))
    unheard = {one for row in table for one in row.silent}
    assert set(silent(times, PEOPLE, said)) == unheard


DISAGREED = replace(AGREED, consent="conflict")
OUT = rules.TimesFacts(asked_on=date(2026, 11, 10), first_on=date(2026, 11, 20))


def asked(state, **facts):
    return replace(state, times=replace(OUT, **facts))


@pytest.mark.parametrize(
    ("state", "kind", "ball", "unit", "due"),
    [
        (asked(AGREED, waiting_units=(SCHOOL,)), "sip_times", Ball.OTHER, SCHOOL, date(2026, 11, 17)),
        (asked(AGREED, waiting_units=(SCHOOL, HEALTH)), "sip_times", Ball.OTHER, None, date(2026, 11, 17)),
        (asked(AGREED, waiting_family=True), "sip_times", Ball.FAMILY, None, date(2026, 11, 17)),
        # Nobody has longer than to the first of the times.
        (
            asked(AGREED, waiting_family=True, first_on=date(2026, 11, 17), asked_on=TODAY),
            "sip_times", Ball.FAMILY, None, date(2026, 11, 17),
        ),
        # The first day is here: picked, or other times, whoever is silent.
        (asked(AGREED, waiting_units=(SCHOOL,), first_on=TODAY), "sip_pick_time", Ball.OURS, None, TODAY),
        # All have answered. To have asked does not lengthen the time to summon.
        (asked(AGREED), "sip_pick_time", Ball.OURS, None, summon_by(AGREED)),
        (asked(replace(AGREED, kind="discharge")), "sip_pick_time", Ball.OURS, None, date(2026, 11, 5)),
        # After the first meeting no clock runs from the need.
        (asked(MET), "sip_pick_time", Ball.OURS, None, date(2026, 11, 20)),
        (asked(SETTLED), "sip_pick_time", Ball.OURS, None, date(2026, 11, 20)),
        # What is called to comes before what is asked about, and consent before both.
        (asked(summoned(AGREED)), "sip_meeting", Ball.OURS, None, date(2026, 11, 20)),
        (asked(DISAGREED), "sip_consent_conflict", Ball.OURS, None, date(2026, 11, 10)),
    ],
)  # fmt: skip
def test_whose_turn_it_is_while_times_are_asked_about(state, kind, ball, unit, due):
    step = rules.next_step(state, TODAY)
    assert (step.kind, step.ball, step.ball_unit, step.due_on) == (kind, ball, unit, due)


def test_the_last_day_for_the_first_meeting_stands_whatever_is_asked():
    assert rules.meet_by(asked(AGREED)) == rules.meet_by(AGREED) == date(2026, 11, 23)
