"""Summonses and meetings, one by one and as a unit's list (S40)."""

from datetime import timedelta
from uuid import UUID

from django.db.models import Exists, OuterRef, Prefetch, Q

from kring.access import gate
from kring.access.actors import Actor
from kring.access.items import blank
from kring.access.masks import hide
from kring.access.permissions import Permission
from kring.audit.models import Action
from kring.care.plans.models import Attendance, Invitation, Meeting, Summons

from .reach import refusal, rule_for, whole_plans

_WITH = ("plan", "plan__child", "plan__unit")
_WHOLE = (*_WITH, "plan__unit__controller", "plan__overall_responsible", "plan__coordinator")
INVITED = Prefetch("invitations", Invitation.objects.select_related("unit", "guardian"))
PRESENT = Prefetch("attendances", Attendance.objects.select_related("unit", "guardian"))


def summons_or_404(
    actor: Actor, summons_id: UUID, *, what: str, permission: Permission = Permission.SEE_PLAN
) -> Summons:
    """A summons, with the reading logged; a draft only for the unit that writes it."""
    rows = Summons.objects.select_related(*_WHOLE, "meeting").prefetch_related(INVITED)
    seen = rows.filter(_sent_or_own(actor), _of_whole_plan(actor, permission))
    summons = seen.filter(pk=summons_id).first()
    if summons is None:
        plan_id = rows.filter(_sent_or_own(actor), pk=summons_id).values_list("plan_id", flat=True).first()
        raise refusal(actor, plan_id or summons_id, permission, what=what, part=True)
    gate.reason_first(actor, summons.plan.child)
    hide(actor, summons.plan.child, summons)
    _log(actor, summons, what)
    return summons


def _of_whole_plan(actor: Actor, permission: Permission) -> Exists:
    return Exists(whole_plans(actor, permission, each=True).filter(pk=OuterRef("plan")))


def _sent_or_own(actor: Actor) -> Q:
    return (
        Q(sent_at__isnull=False) | Q(plan__unit_id=actor.unit_id)
        if actor.is_staff
        else Q(sent_at__isnull=False)
    )


def _log(actor: Actor, row: Summons | Meeting, what: str) -> None:
    row.plan.is_whole = True
    rule = rule_for(actor, row.plan)
    gate.log(actor, Action.READ, [row.plan.child_id], what=what, object_id=str(row.pk), rule=rule)


def meeting_or_404(
    actor: Actor, meeting_id: UUID, *, what: str, permission: Permission = Permission.SEE_PLAN
) -> Meeting:
    """A meeting, with the reading logged."""
    rows = Meeting.objects.select_related(*_WHOLE, "chair", "note_taker", "summons").prefetch_related(PRESENT)
    meeting = rows.filter(_of_whole_plan(actor, permission), pk=meeting_id).first()
    if meeting is None:
        plan_id = Meeting.objects.filter(pk=meeting_id).values_list("plan_id", flat=True).first()
        raise refusal(actor, plan_id or meeting_id, permission, what=what, part=True)
    gate.reason_first(actor, meeting.plan.child)
    hide(actor, meeting.plan.child, meeting)
    blank(actor, [meeting])
    _log(actor, meeting, what)
    return meeting


def meetings_of_unit(actor: Actor, *, past_days: int = 30) -> list[Summons]:
    """The sent summonses to meetings that concern the actor's unit, soonest first; each child is logged as
    listed.
    """
    mine = Q(plan__unit_id=actor.unit_id) | Q(invitations__unit_id=actor.unit_id)
    since = actor.now - timedelta(days=past_days)
    rows = Summons.objects.filter(
        mine, plan__in=whole_plans(actor), sent_at__isnull=False, starts_at__gte=since
    )
    rows = rows.select_related(*_WITH, "meeting").prefetch_related(INVITED).distinct()
    found = list(rows.order_by("starts_at", "pk"))
    for row in found:
        hide(actor, row.plan.child, row)
    gate.log(actor, Action.LIST, {row.plan.child_id for row in found}, what="meetings.list")
    return found
