"""What a unit keeps from the family and is to look at again on a day: its tasks, and the page of each."""

from collections.abc import Mapping
from types import MappingProxyType
from uuid import UUID

from django.db.models import QuerySet

from kring.access import gate
from kring.access.actors import Actor
from kring.access.permissions import Permission
from kring.care.plans.models import Activity, FollowUp, Goal, Meeting, Need
from kring.timeline.by_hand import WITHHELD
from kring.timeline.models import Task

from .reach import refusal

PAGES: Mapping[str, type[Need] | type[Goal] | type[Activity] | type[Meeting] | type[FollowUp]] = (
    MappingProxyType(
        {
            "plan-need": Need,
            "plan-goal": Goal,
            "plan-activity": Activity,
            "meeting-readers": Meeting,
            "plan-follow-up-readers": FollowUp,
        }
    )
)
CLOSURE = "plan-close-readers"
"""The end of a plan, which is known by its plan."""


def reviews_of(actor: Actor, child_id: UUID) -> list[Task]:
    """What the actor's unit is to look at again around a child, soonest first. The page has logged the
    reading.
    """
    return list(_open(actor, child_id).order_by("due_on", "pk"))


def review_page_of(actor: Actor, row_id: UUID) -> str:
    """The name of the page where one withheld text is looked at again.

    Raises:
        gate.Invisible: the actor's unit has no such thing to do.
    """
    if not _open(actor).filter(subject=row_id).exists():
        raise refusal(actor, row_id, Permission.EDIT_PLAN, what="plan.review", part=True)
    return next((name for name, model in PAGES.items() if model.objects.filter(pk=row_id).exists()), CLOSURE)


def _open(actor: Actor, child_id: UUID | None = None) -> "QuerySet[Task]":
    mine = Task.objects.filter(unit_id=actor.unit_id, kind=WITHHELD, done_at__isnull=True)
    return gate.rows_for(actor, Permission.EDIT_PLAN, mine, child_id)
