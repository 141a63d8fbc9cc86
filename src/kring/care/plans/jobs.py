"""The day's own work on plans, carried out once a day by whatever process watches over the jobs.

It acts as Kring itself, a machine of the unit that keeps the plan going, and its log rows say so. Doing it
again changes nothing, so two workers that do it on the same day do no harm.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from kring import clock
from kring.access.actors import Actor
from kring.jobs.registry import upkeep
from kring.organisations.commands import the_house

from .commands import turning
from .models import Plan
from .queries import turning as waiting

_done: list[date] = []
AT_MOST = 200
"""Plans at one look; the rest at the next."""
WORK: tuple[tuple[Callable[[Actor], list[UUID]], Callable[..., None]], ...] = (
    (waiting.plans_with_ended_consent, turning.follow_ended_consent),
    (waiting.plans_with_ended_disclosure, turning.close_ended_disclosures),
    (waiting.plans_of_new_deciders, turning.follow_new_decider),
    (waiting.plans_that_meet_today, turning.redraw_next_step),
)


@upkeep
def turn_the_day(now: datetime) -> None:
    """Carry out what the new day brings, unless this process has done it already."""
    today = clock.day_of(now)
    if today in _done:
        return
    if work_through(now) < AT_MOST:
        _done[:] = [today]


def work_through(now: datetime) -> int:
    """Do what there is; returns how many plans there were."""
    nobody, count = _nobody(now), 0
    for find, carry_out in WORK:
        for plan_id in find(nobody)[: AT_MOST - count]:
            carry_out(by=_for_unit_of(plan_id, nobody), plan_id=plan_id)
            count += 1
    return count


def follow_new_decider(child_id: UUID, now: datetime) -> None:
    """Let the child's plans follow at once, in the caller's transaction, when somebody else consents for it
    than before: a placement is written in, the child is judged mature, custody changes.
    """
    nobody = _nobody(now)
    for plan_id in waiting.going_plans_around(nobody, child_id):
        turning.follow_new_decider(by=_for_unit_of(plan_id, nobody), plan_id=plan_id)


def _nobody(now: datetime) -> Actor:
    return Actor(person_id=the_house().pk, role="machine", now=now, strong_auth=True)


def _for_unit_of(plan_id: UUID, nobody: Actor) -> Actor:
    unit = Plan.objects.select_related("unit__controller").get(pk=plan_id).unit
    place: dict[str, Any] = {"unit_id": unit.pk, "unit_name": unit.name, "sector": unit.sector}
    return replace(nobody, controller_id=unit.controller_id, **place)
