"""Who else is close to a child, for those who may know it."""

from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from kring.access import gate
from kring.access.actors import Actor
from kring.access.facts import current
from kring.access.masks import Mask, hide
from kring.access.permissions import Permission
from kring.access.policy.protected import Field
from kring.audit.models import Action
from kring.children.models import Child, CloseRelation
from kring.design.alphabet import swedish

from .holders import open_disclosures

SEES = Permission.SEE_CLOSE_PEOPLE


def visible_close_people(actor: Actor, child_id: UUID | None = None) -> "QuerySet[CloseRelation]":
    """Those that the actor may know of. Staff: what guardians have written for them, what their own provider
    has, and what others have for the plan's contact list while a plan is disclosed to their unit. A guardian:
    what it has written itself, and what a unit shows to guardians; never what the other one has written.
    """
    rows = gate.rows_for(actor, SEES, CloseRelation.objects.filter(removed_at__isnull=True), child_id)
    if not actor.is_staff:
        return rows.filter(Q(guardian_id=actor.guardian_id) | Q(unit__isnull=False, for_guardians=True))
    told = open_disclosures(actor, ("plan",)).filter(child=OuterRef("child"))
    ours = Q(unit__controller_id=actor.controller_id) | Q(guardian__isnull=False)
    return rows.filter(ours | Q(Exists(told), in_plan=True))


def close_people_of(actor: Actor, child: Child) -> list[CloseRelation]:
    """All of them, those who are close now first and then by name, for a page that has logged the reading."""
    found = list(visible_close_people(actor, child.pk).select_related("unit", "guardian"))
    hide(actor, child, found)
    return sorted(found, key=lambda row: (is_over(row, actor), swedish(row.name), str(row.pk)))


def is_over(row: CloseRelation, actor: Actor) -> bool:
    """Whether somebody was close and is not any more."""
    return row.ends_on is not None and row.ends_on < actor.today


def close_person_or_404(
    actor: Actor, close_id: UUID, *, what: str, permission: Permission = SEES
) -> CloseRelation:
    """One of them as it is stored, with the reading logged. Raises gate.Invisible or gate.NotAllowed."""
    rows = visible_close_people(actor).filter(child__in=gate.children_for(actor, permission))
    row = rows.select_related("child", "unit", "guardian").filter(pk=close_id).first()
    if row is None:
        child_id = CloseRelation.objects.filter(pk=close_id).values_list("child_id", flat=True).first()
        raise gate.refusal(actor, permission, child_id or close_id, what=what, object_id=str(close_id))
    gate.reason_first(actor, row.child)
    gate.log(actor, Action.READ, [row.child_id], what=what, object_id=str(row.pk))
    return row


def wrote(actor: Actor, row: CloseRelation) -> bool:
    """Whether the actor's unit, or this very guardian, wrote it."""
    return row.unit_id == actor.unit_id and row.guardian_id == actor.guardian_id


def shows_numbers(actor: Actor, child: Child) -> bool:
    """Whether telephone numbers around the child may stand on this reader's page."""
    return Mask.of(actor, child).shows(Field.PHONE, actor.unit_id)


def close_in_plan(actor: Actor, child_id: UUID) -> list[CloseRelation]:
    """Those of them who are close now and whose names may stand in the plan, to choose among as doers."""
    rows = visible_close_people(actor, child_id).filter(current(actor.today), in_plan=True)
    return sorted(rows, key=lambda row: (swedish(row.name), str(row.pk)))
