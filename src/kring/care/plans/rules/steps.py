"""The next step of a plan: what, who has the ball, and by when. An open plan always has one."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from uuid import UUID

from kring.timeline.limits import due_on, limit_for


class Ball(StrEnum):
    OURS = "ours"
    OTHER = "other"
    FAMILY = "family"


@dataclass(frozen=True)
class SummonsFacts:
    """The summons that is out now. `waiting_units`: those that have not answered, in a steady order."""

    sent_on: date
    meets_on: date
    waiting_units: tuple[UUID, ...] = ()
    waiting_family: bool = False
    meeting_begun: bool = False


@dataclass(frozen=True)
class TimesFacts:
    """The question about several times that is out now. `first_on`: the first day of those proposed."""

    asked_on: date
    first_on: date
    waiting_units: tuple[UUID, ...] = ()
    waiting_family: bool = False


@dataclass(frozen=True)
class State:
    """What decides the next step. `consent`: valid, waiting, conflict, board or no_signer; `asked`: whether
    anyone has been asked yet; `invited_on`: the day a unit was taken in that the family has not answered
    about since.
    """

    status: str
    kind: str
    need_on: date
    started_on: date | None = None
    consent: str = "waiting"
    asked: bool = False
    summons: SummonsFacts | None = None
    times: TimesFacts | None = None
    met_on: date | None = None
    follow_up_on: date | None = None
    invited_on: date | None = None


@dataclass(frozen=True)
class Step:
    """`ball_unit` names the unit when the ball is one other's; when several have it, none is singled out."""

    kind: str
    ball: Ball
    due_on: date
    ball_unit: UUID | None = field(default=None)


def next_step(plan: State, today: date) -> Step | None:
    """The one next step of a plan, the first that is due; None when it is over."""
    return next(iter(open_steps(plan, today)), None)


def open_steps(plan: State, today: date) -> list[Step]:
    """What is to be done now, the first due first: the plan's own step, and the answer about a unit that was
    taken in, which holds up nothing else.
    """
    own = _own_step(plan, today)
    if own is None:
        return []
    if plan.consent != "valid" or plan.invited_on is None or plan.started_on is None:
        return [own]
    answer = Step("sip_party_consent", Ball.FAMILY, due_on("sip_consent_7", plan.invited_on))
    return sorted([own, answer], key=lambda step: step.due_on)


def _own_step(plan: State, today: date) -> Step | None:
    if plan.status not in ("draft", "established"):
        return None
    if plan.started_on is None:
        return Step("sip_start", Ball.OURS, due_on("sip_start_3", plan.need_on))
    if plan.consent != "valid":
        return _consent(plan)
    if plan.summons:
        return _meeting(plan.summons, today)
    if plan.times:
        return _times(plan, plan.times, today)
    if plan.status == "established":
        return _after_agreement(plan, today)
    if plan.met_on:
        return Step("sip_establish", Ball.OURS, due_on("sip_establish_7", plan.met_on))
    return Step("sip_summon", Ball.OURS, summon_by(plan))


def _after_agreement(plan: State, today: date) -> Step:
    if plan.follow_up_on:
        return Step("follow_up", Ball.OURS, plan.follow_up_on)
    return Step("sip_close", Ball.OURS, today)


def _consent(plan: State) -> Step:
    assert plan.started_on is not None  # noqa: S101  told apart by the caller
    due = due_on("sip_consent_7", plan.started_on)
    if plan.consent in ("conflict", "board", "no_signer"):
        return Step("sip_consent_conflict", Ball.OURS, due)
    return Step("sip_consent", Ball.FAMILY if plan.asked else Ball.OURS, due)


def _meeting(summons: SummonsFacts, today: date) -> Step:
    waiting = (summons.waiting_units or summons.waiting_family) and today < summons.meets_on
    if summons.meeting_begun or not waiting:
        return Step("sip_meeting", Ball.OURS, summons.meets_on)
    due = min(due_on("summons_answer_7", summons.sent_on), summons.meets_on)
    return _wait("sip_answers", summons, due)


def _wait(kind: str, asked: SummonsFacts | TimesFacts, due: date) -> Step:
    """Others have the ball: the one unit that is silent, several, or the family."""
    if asked.waiting_units:
        only = len(asked.waiting_units) == 1 and not asked.waiting_family
        return Step(kind, Ball.OTHER, due, asked.waiting_units[0] if only else None)
    return Step(kind, Ball.FAMILY, due)


def _times(plan: State, times: TimesFacts, today: date) -> Step:
    """To ask about times stops no clock: before the first meeting one is picked by the last day to summon."""
    waiting = (times.waiting_units or times.waiting_family) and today < times.first_on
    if waiting:
        return _wait("sip_times", times, min(due_on("summons_answer_7", times.asked_on), times.first_on))
    first_meeting = plan.status == "draft" and plan.met_on is None
    due = min(summon_by(plan), times.first_on) if first_meeting else times.first_on
    return Step("sip_pick_time", Ball.OURS, due)


def running_clock(plan: State) -> tuple[str, date] | None:
    """The task that holds the last day of the plan's own clock while it runs, whatever the next step is: of a
    SIP its first meeting, of a plan at discharge its summons.
    """
    if plan.status != "draft" or plan.started_on is None or plan.met_on is not None:
        return None
    if plan.kind == "sip":
        return "sip_meeting", meet_by(plan)
    # The step that takes it has the same last day.
    at_it = _own_step(plan, plan.need_on)
    waits = at_it is not None and at_it.kind not in ("sip_summon", "sip_pick_time")
    return ("discharge_summons", summon_by(plan)) if waits and plan.summons is None else None


def meet_by(plan: State) -> date:
    """The last day for the first meeting."""
    return due_on("sip_meeting_21", plan.need_on)


def summon_by(plan: State) -> date:
    """The last day to summon: three days from notice at discharge (2017:612 4 kap.), else so that answers
    fit in.
    """
    if plan.kind == "discharge":
        return due_on("discharge_summons_3", plan.need_on)
    latest = meet_by(plan) - timedelta(days=limit_for("summons_answer_7", plan.need_on).days)
    return max(latest, plan.started_on or latest)
