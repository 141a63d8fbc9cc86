"""Who has the ball in a plan, with what, and by when."""

from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest

from kring.care.plans import rules
from kring.care.plans.rules.steps import Ball, summon_by

NEED = date(2026, 11, 2)
TODAY = date(2026, 11, 16)
SCHOOL, HEALTH = UUID(int=1), UUID(int=2)
ASKED_FOR = rules.State("draft", "sip", NEED)
STARTED = replace(ASKED_FOR, started_on=date(2026, 11, 3))
AGREED = replace(STARTED, consent="valid", asked=True)
OUT = rules.SummonsFacts(sent_on=date(2026, 11, 10), meets_on=date(2026, 11, 20))
MET = replace(AGREED, met_on=date(2026, 11, 12))
SETTLED = replace(MET, status="established", follow_up_on=date(2027, 2, 1))


def summoned(state, **facts):
    return replace(state, summons=replace(OUT, **facts))


@pytest.mark.parametrize(
    ("state", "kind", "ball", "due"),
    [
        (ASKED_FOR, "sip_start", Ball.OURS, date(2026, 11, 5)),
        (STARTED, "sip_consent", Ball.OURS, date(2026, 11, 10)),
        (replace(STARTED, asked=True), "sip_consent", Ball.FAMILY, date(2026, 11, 10)),
        (replace(STARTED, consent="conflict"), "sip_consent_conflict", Ball.OURS, date(2026, 11, 10)),
        (replace(STARTED, consent="no_signer"), "sip_consent_conflict", Ball.OURS, date(2026, 11, 10)),
        (AGREED, "sip_summon", Ball.OURS, date(2026, 11, 16)),
        (replace(AGREED, kind="discharge"), "sip_summon", Ball.OURS, date(2026, 11, 5)),
        (summoned(AGREED), "sip_meeting", Ball.OURS, date(2026, 11, 20)),
        (summoned(AGREED, waiting_family=True), "sip_answers", Ball.FAMILY, date(2026, 11, 17)),
        (summoned(AGREED, waiting_units=(SCHOOL,)), "sip_answers", Ball.OTHER, date(2026, 11, 17)),
        (
            summoned(AGREED, meeting_begun=True, waiting_units=(SCHOOL,)),
            "sip_meeting",
            Ball.OURS,
            date(2026, 11, 20),
        ),
        (MET, "sip_establish", Ball.OURS, date(2026, 11, 19)),
        (SETTLED, "follow_up", Ball.OURS, date(2027, 2, 1)),
        (summoned(SETTLED), "sip_meeting", Ball.OURS, date(2026, 11, 20)),
        (replace(SETTLED, follow_up_on=None), "sip_close", Ball.OURS, TODAY),
        (replace(SETTLED, consent="waiting", asked=True), "sip_consent", Ball.FAMILY, date(2026, 11, 10)),
        (replace(SETTLED, consent="conflict"), "sip_consent_conflict", Ball.OURS, date(2026, 11, 10)),
    ],
)
def test_each_state_has_one_next_step(state, kind, ball, due):
    step = rules.next_step(state, TODAY)
    assert (step.kind, step.ball, step.due_on) == (kind, ball, due)


INVITED = date(2026, 11, 14)


@pytest.mark.parametrize(
    ("state", "kinds"),
    [
        (SETTLED, ["sip_party_consent", "follow_up"]),
        (replace(SETTLED, follow_up_on=TODAY), ["follow_up", "sip_party_consent"]),
        (summoned(SETTLED), ["sip_meeting", "sip_party_consent"]),
        (AGREED, ["sip_summon", "sip_party_consent"]),
        (replace(SETTLED, consent="waiting", asked=True), ["sip_consent"]),
        (replace(SETTLED, consent="conflict"), ["sip_consent_conflict"]),
        (ASKED_FOR, ["sip_start"]),
        (replace(SETTLED, status="ended"), []),
    ],
)
def test_the_answer_about_a_unit_that_was_taken_in_is_a_step_beside_the_plan_s_own(state, kinds):
    steps = rules.open_steps(replace(state, invited_on=INVITED), TODAY)
    assert [step.kind for step in steps] == kinds
    asked = [step for step in steps if step.kind == "sip_party_consent"]
    assert all((one.ball, one.due_on) == (Ball.FAMILY, date(2026, 11, 21)) for one in asked)
    first = rules.next_step(replace(state, invited_on=INVITED), TODAY)
    assert (first.kind if first else None) == next(iter(kinds), None)


def test_nobody_taken_in_is_no_step():
    assert [step.kind for step in rules.open_steps(SETTLED, TODAY)] == ["follow_up"]


@pytest.mark.parametrize("status", ["ended", "declined"])
def test_a_plan_that_is_over_has_none(status):
    assert rules.next_step(replace(SETTLED, status=status), TODAY) is None


@pytest.mark.parametrize(
    ("units", "family", "named"),
    [
        ((HEALTH,), False, HEALTH),
        ((HEALTH,), True, None),
        ((HEALTH, SCHOOL), False, None),
        ((HEALTH, SCHOOL), True, None),
    ],
)
def test_one_that_has_not_answered_is_named_and_none_of_several(units, family, named):
    step = rules.next_step(summoned(AGREED, waiting_units=units, waiting_family=family), TODAY)
    assert (step.ball, step.ball_unit) == (Ball.OTHER, named)


@pytest.mark.parametrize("day", [date(2026, 11, 20), date(2026, 11, 25)])
def test_from_the_day_of_the_meeting_nobody_waits_for_answers(day):
    assert rules.next_step(summoned(AGREED, waiting_units=(SCHOOL,)), day).kind == "sip_meeting"


def test_answers_are_due_before_the_meeting_even_when_it_is_soon():
    soon = summoned(AGREED, meets_on=date(2026, 11, 18), waiting_family=True, sent_on=date(2026, 11, 15))
    assert rules.next_step(soon, TODAY).due_on == date(2026, 11, 18)


@pytest.mark.parametrize(
    ("started", "due"),
    [
        (date(2026, 11, 3), date(2026, 11, 16)),
        # Started late: the summons cannot be due before the plan was.
        (date(2026, 11, 20), date(2026, 11, 20)),
    ],
)
def test_the_summons_leaves_room_for_answers(started, due):
    assert summon_by(replace(AGREED, started_on=started)) == due


def test_the_meeting_is_due_21_days_from_the_need():
    assert rules.meet_by(STARTED) == date(2026, 11, 23)


AT_DISCHARGE = replace(AGREED, kind="discharge")
LAST_DAY = date(2026, 11, 5)


@pytest.mark.parametrize(
    ("state", "clock"),
    [
        (STARTED, ("sip_meeting", date(2026, 11, 23))),
        (AGREED, ("sip_meeting", date(2026, 11, 23))),
        (summoned(AGREED), ("sip_meeting", date(2026, 11, 23))),
        (MET, None),
        (SETTLED, None),
        (ASKED_FOR, None),
        # The law's three days stand in the worklist also while consent is waited for...
        (replace(STARTED, kind="discharge"), ("discharge_summons", LAST_DAY)),
        (replace(AT_DISCHARGE, consent="conflict"), ("discharge_summons", LAST_DAY)),
        # ...or while times are asked about; the step that sends the summons has that day itself.
        (
            replace(AT_DISCHARGE, times=rules.TimesFacts(NEED, date(2026, 11, 9), (SCHOOL,))),
            ("discharge_summons", LAST_DAY),
        ),
        (AT_DISCHARGE, None),
        (replace(AT_DISCHARGE, times=rules.TimesFacts(NEED, date(2026, 11, 9))), None),
        (summoned(AT_DISCHARGE), None),
        (replace(AT_DISCHARGE, met_on=TODAY), None),
    ],
)
def test_the_plan_s_own_clock_has_a_task_of_its_own_while_it_runs(state, clock):
    assert rules.running_clock(state) == clock
