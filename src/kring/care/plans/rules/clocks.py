"""The plan's clocks (clocks.md rulings 1, 2, 19, 20 and 21): days are differences of Stockholm dates."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from kring.timeline.limits import limit_for


@dataclass(frozen=True)
class Reading:
    """What a clock shows. `days` is None when unknown; `over` tells that the limit is passed.

    `state`: running, stopped, not_started or censored. `moves`: how many times a follow-up was moved.
    """

    clock: str
    state: str
    days: int | None = None
    over: bool = False
    moves: int = 0


def sip_start_3(*, need: date | None, started: date | None, closed: date | None, today: date) -> Reading:
    """From the need to the first party's decision to make a plan (ruling 19)."""
    return _from_need("sip_start_3", need, started, closed, today)


def sip_meeting_21(*, need: date | None, held: date | None, closed: date | None, today: date) -> Reading:
    """From the need to the first meeting held; a plan closed before it is censored (rulings 19 and 20)."""
    return _from_need("sip_meeting_21", need, held, closed, today)


def discharge_summons_3(
    *, need: date | None, called: date | None, closed: date | None, today: date
) -> Reading:
    """From the notice that the child is ready for discharge to the summons being sent (2017:612 4 kap.)."""
    return _from_need("discharge_summons_3", need, called, closed, today)


def _from_need(clock: str, need: date | None, stop: date | None, closed: date | None, today: date) -> Reading:
    if need is None:
        return Reading(clock, "not_started")
    state = "stopped" if stop else "censored" if closed else "running"
    days = ((stop or closed or today) - need).days
    if days < 0:
        return Reading(clock, state)
    return Reading(clock, state, days, over=state != "censored" and days > limit_for(clock, need).days)


def follow_up_due(planned: Sequence[tuple[date, date]], *, held: date | None, today: date) -> Reading:
    """Days past the due day; minus is days left or early. `planned` are (set on, due on) in the order they
    were set.

    A move made by the due day counts against the new day; one made after it does not (ruling 21).
    """
    if not planned:
        return Reading("follow_up_due", "not_started")
    due = planned[0][1]
    for set_on, moved_to in planned[1:]:
        if set_on > due:
            break
        due = moved_to
    days = ((held or today) - due).days
    state = "stopped" if held else "running"
    return Reading("follow_up_due", state, days, over=days > 0, moves=len(planned) - 1)
