"""What a guardian asks for that is not a step of the plan's own process: the unit gets it as a task."""

from collections.abc import Collection
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction

from kring.access import gate
from kring.access.actors import Actor
from kring.access.permissions import Permission
from kring.access.refusals import EditConflict
from kring.audit.models import Action
from kring.care.plans import commands as plan_commands
from kring.care.plans import queries as plans
from kring.notifications.commands import tell
from kring.timeline.commands import open_task, record_event

from . import queries
from .disclosed import answer_of, other_units
from .rules import answer_by


@transaction.atomic
def propose_change(*, by: Actor, plan_id: UUID, child_id: UUID, message: str) -> None:
    """Ask for a change in the plan or the agreement; the unit that keeps the plan going answers."""
    plan = queries.plan_of(by, child_id, plan_id)
    said = {"title": message[:300], "data": {"message": message, "plan": str(plan.pk)}}
    _ask(by, child_id, "change_proposed", plan.unit_id, None, **said)


@transaction.atomic
def ask_another_time(*, by: Actor, child_id: UUID, visit_id: UUID, seen: int, reason: str) -> None:
    """Ask the unit to move a visit; it stands as booked until the unit has moved it.

    Raises:
        EditConflict: the visit has been changed since the page was shown.
    """
    visit = queries.visit_of(by, child_id, visit_id, Permission.ANSWER_AS_FAMILY)
    if visit.revision != seen:
        raise EditConflict(visit)
    said = {"title": reason[:300], "data": {"message": reason}}
    _ask(by, child_id, "visit_change_asked", visit.unit_id, visit.pk, **said)


@transaction.atomic
def share_with(
    *, by: Actor, plan: Any, unit_id: UUID, categories: Collection[str], ends_on: date | None
) -> None:
    """Let one unit of a plan see some kinds of information, as one's own yes; none at all is to stop.

    What the guardian has said yes to for other units stays as it is. When nothing is left the yes is taken
    back, which closes at once.
    """
    mine = answer_of(plans.consent_of(by, plan), by)
    units = {unit.pk for unit in other_units(plan)} - {unit_id} | {plan.unit_id}
    said = {(row.unit_id, row.category) for row in mine.scopes.all()} if mine else set()
    cells = {cell for cell in said if cell[0] in units} | {(unit_id, name) for name in categories}
    if cells:
        given = {"state": "given", "form": "portal", "cells": cells, "ends_on": ends_on}
        plan_commands.record_consent(by=by, plan_id=plan.pk, guardian_id=by.guardian_id, **given)
    elif mine:
        plan_commands.withdraw_consent(by=by, consent_id=mine.pk)


def _ask(by: Actor, child_id: UUID, kind: str, unit_id: UUID, subject: UUID | None, **event: Any) -> None:
    about: dict[str, Any] = {"child_id": child_id, "subject": subject, "unit_id": unit_id}
    row = record_event(by=by, kind=kind, effective_at=by.now, **about, **event)
    gate.log(by, Action.WRITE, [child_id], what=f"family.{kind}", object_id=str(row.pk))
    due: date = answer_by(by.today)
    about |= {"subject": subject or row.pk}
    task = open_task(by=by, kind=kind, due_on=due, **about)
    units = {unit_id: task.assignee_id}
    tell(by=by, act="family_asked", child_id=child_id, about=about["subject"], units=units)
