"""Emergency openings: those that are open now, and those that wait to be reviewed."""

from uuid import UUID

from django.db.models import QuerySet

from kring.access import gate, reviewing
from kring.access.actors import Actor
from kring.access.permissions import Permission
from kring.audit.models import Action
from kring.children.models import EmergencyAccess


def opened_now(actor: Actor, child_id: UUID) -> tuple[EmergencyAccess, ...]:
    """What the actor itself has opened around the child at this unit and whose time is not out."""
    mine = EmergencyAccess.objects.filter(child_id=child_id, person_id=actor.person_id, unit_id=actor.unit_id)
    return tuple(mine.filter(opened_at__lte=actor.now, ends_at__gt=actor.now).order_by("opened_at", "pk"))


def emergencies_of(actor: Actor, child_id: UUID) -> list[EmergencyAccess]:
    """The own unit's emergency openings around a child, newest first. The page has logged the reading."""
    rows = EmergencyAccess.objects.filter(unit_id=actor.unit_id)
    about = gate.rows_for(actor, Permission.SEE_CHILD, rows, child_id)
    return list(about.select_related("person", "unit").order_by("-revealed_at", "pk"))


def own_emergency_or_404(actor: Actor, emergency_id: UUID, *, what: str) -> EmergencyAccess:
    """An emergency that the actor itself has begun, at this unit. Raises gate.Invisible."""
    rows = EmergencyAccess.objects.filter(
        pk=emergency_id, person_id=actor.person_id, unit_id=actor.unit_id
    ).select_related("child")
    found = gate.rows_for(actor, Permission.OPEN_EMERGENCY, rows, each=True).first()
    if found is None:
        child_id = EmergencyAccess.objects.filter(pk=emergency_id).values_list("child_id", flat=True).first()
        about = child_id or emergency_id
        refused = gate.refusal(
            actor, Permission.OPEN_EMERGENCY, about, what=what, object_id=str(emergency_id)
        )
        raise gate.Invisible(refused.act)
    gate.reason_first(actor, found.child)
    return found


def _at_provider(actor: Actor) -> "QuerySet[EmergencyAccess]":
    mine = EmergencyAccess.objects.filter(unit__in=reviewing.own_units(actor))
    return mine.select_related("person", "unit", "reviewed_by")


def to_review(actor: Actor) -> list[EmergencyAccess]:
    """The emergency openings at the reviewer's care provider, those not reviewed first.

    Raises:
        gate.NotAllowed: somebody who does not review logs.
    """
    by = reviewing.reviewer(actor, what="emergency.review")
    found = list(_at_provider(actor).order_by("-revealed_at", "pk")[:200])
    found.sort(key=lambda one: one.verdict != EmergencyAccess.Verdict.WAITING)
    gate.log(by, Action.LIST, {one.child_id for one in found}, what="emergency.review")
    return found


def reviewed_or_404(actor: Actor, emergency_id: UUID) -> EmergencyAccess:
    """One of them. Raises gate.NotAllowed, gate.Invisible."""
    by = reviewing.reviewer(actor, what="emergency.review")
    found = _at_provider(actor).filter(pk=emergency_id).first()
    if found is None:
        refused = gate.refusal(by, Permission.REVIEW_LOG, emergency_id, what="emergency.review")
        raise gate.Invisible(refused.act)
    gate.log(by, Action.READ, [found.child_id], what="emergency.review", object_id=str(found.pk))
    return found
