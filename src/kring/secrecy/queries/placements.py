"""The placements that the actor's own board has decided. Of another board's nothing is told: what they close
stays closed, and the pages say so without saying that there are any.
"""

from dataclasses import replace
from uuid import UUID

from django.db.models import QuerySet

from kring.access import facts, gate, signing
from kring.access.actors import Actor
from kring.access.permissions import Permission
from kring.children.models import Child, Placement
from kring.secrecy.rules.placements import Change, Proposed, changes

WHAT = "placement"
NOT_OWN = "8.6.place.own"


def own_placements(actor: Actor) -> "QuerySet[Placement]":
    """Those of the actor's board that stand, of whatever child."""
    rows = Placement.objects.filter(unit__controller_id=actor.controller_id, withdrawn_at__isnull=True)
    return rows.select_related("unit", "recorded_by")


def placements_of(actor: Actor, child_id: UUID) -> list[Placement]:
    """The own board's placements of a child, latest first. The page has logged the reading."""
    rows = gate.rows_for(actor, Permission.RECORD_PLACEMENT, own_placements(actor), child_id)
    return list(rows.order_by("-starts_on", "pk"))


def placement_or_404(actor: Actor, child_id: UUID, placement_id: UUID) -> Placement:
    """One of them, with its child, and the reading logged.

    Raises:
        Invisible, NotAllowed, ReasonNeeded: as `gate.child_or_404`, for the child and for the placement.
    """
    child = gate.child_or_404(actor, Permission.RECORD_PLACEMENT, child_id, what=WHAT)
    found = own_placements(actor).filter(child=child, pk=placement_id).first()
    if found is None:
        refused = gate.refusal(
            actor, Permission.RECORD_PLACEMENT, child.pk, what=WHAT, object_id=str(placement_id)
        )
        raise gate.Invisible(replace(refused.act, rule=NOT_OWN))
    found.child = child
    return found


def what_changes(
    actor: Actor, child: Child, proposed: Proposed | None, instead_of: UUID | None = None
) -> list[Change]:
    """What is different from today on when a placement is written in, or stands `instead_of` another; None:
    when that other is taken away. Of a child that the actor has been given.
    """
    now = placements_of(actor, child.pk)
    then = [row for row in now if row.pk != instead_of]
    return changes(now, [*then, *([proposed] if proposed else [])], actor.today)


def decides_itself(actor: Actor, child: Child) -> tuple[bool, bool]:
    """Whether the child is grown, and whether it has been judged mature to consent."""
    decided = signing.decisions_about(actor, [child.pk])[child.pk]
    return facts.age_of(actor, child).adult, decided.mature
