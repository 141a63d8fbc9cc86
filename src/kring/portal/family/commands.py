"""What a guardian asks for that is not a step of the plan's own process: the unit gets it as a task."""

from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction

from kring.access import gate
from kring.access.actors import Actor
from kring.access.permissions import Permission
from kring.access.refusals import EditConflict
from kring.audit.models import Action
from kring.notifications.commands import tell
from kring.timeline.commands import open_task, record_event

from . import queries
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


def _ask(by: Actor, child_id: UUID, kind: str, unit_id: UUID, subject: UUID | None, **event: Any) -> None:
    about: dict[str, Any] = {"child_id": child_id, "subject": subject, "unit_id": unit_id}
    row = record_event(by=by, kind=kind, effective_at=by.now, **about, **event)
    gate.log(by, Action.WRITE, [child_id], what=f"family.{kind}", object_id=str(row.pk))
    due: date = answer_by(by.today)
    about |= {"subject": subject or row.pk}
    task = open_task(by=by, kind=kind, due_on=due, **about)
    units = {unit_id: task.assignee_id}
    tell(by=by, act="family_asked", child_id=child_id, about=about["subject"], units=units)
