"""Blocks as those see them who may lift them: the child its own, its unit's staff, the provider's officer."""

from uuid import UUID

from django.db.models import F, Q, QuerySet

from kring.access import gate
from kring.access.actors import Actor
from kring.access.permissions import Permission
from kring.audit.models import Action
from kring.children.models import AccessBlock, LiftRequest

LISTED = 200


def blocking_permission(actor: Actor) -> Permission:
    """What it takes to set and lift: the child's own, or that of staff who write it down for the child."""
    return Permission.DOCUMENT_BLOCK if actor.is_staff else Permission.SET_BLOCK


def own_blocks(actor: Actor, child_id: UUID) -> "QuerySet[AccessBlock]":
    """Blocks, standing and lifted, newest first: of the child itself all, of staff those on what their own
    unit or care provider has written. The page has logged the reading.
    """
    rows = AccessBlock.objects.select_related("unit", "controller", "documented_by", "lifted_by", "maturity")
    about = gate.rows_for(actor, blocking_permission(actor), rows, child_id)
    return _concerning(actor, about).order_by("-created_at", "pk")


def _concerning(actor: Actor, rows: "QuerySet[AccessBlock]") -> "QuerySet[AccessBlock]":
    if not actor.is_staff:
        return rows
    return rows.filter(Q(unit_id=actor.unit_id) | Q(unit__isnull=True, controller_id=actor.controller_id))


def own_block_or_404(actor: Actor, block_id: UUID, *, what: str) -> AccessBlock:
    """One of them, locked until it is written. Raises gate.Invisible."""
    rows = AccessBlock.objects.select_for_update(of=("self",)).filter(pk=block_id)
    found = _concerning(actor, gate.rows_for(actor, blocking_permission(actor), rows, each=True)).first()
    if found is None:
        raise _unseen(actor, blocking_permission(actor), block_id, what)
    return found


def officers_block_or_404(actor: Actor, block_id: UUID, *, what: str) -> AccessBlock:
    """A block at the officer's own care provider: no relation to the child is asked for (rulings 2 and 7).
    Raises gate.Invisible.
    """
    rows = AccessBlock.objects.select_for_update(of=("self",)).filter(controller_id=actor.controller_id)
    found = gate.own_rows_for(actor, Permission.LIFT_BLOCK, rows).filter(pk=block_id).first()
    if found is None:
        raise _unseen(actor, Permission.LIFT_BLOCK, block_id, what)
    return found


def _unseen(actor: Actor, permission: Permission, block_id: UUID, what: str) -> gate.Invisible:
    child_id = AccessBlock.objects.filter(pk=block_id).values_list("child_id", flat=True).first()
    refused = gate.refusal(actor, permission, child_id or block_id, what=what, object_id=str(block_id))
    return gate.Invisible(refused.act)


def requests_to_answer(actor: Actor) -> list[LiftRequest]:
    """Requests at the officer's care provider, waiting ones first; each child is logged as listed."""
    rows = LiftRequest.objects.filter(block__in=_at_provider(actor))
    rows = rows.select_related("block__child", "block__unit", "block__controller", "unit__controller")
    found = list(rows.order_by(F("answered_at").desc(nulls_first=True), "asked_at")[:LISTED])
    found.sort(key=lambda one: (one.answer != LiftRequest.Answer.WAITING, one.asked_at))
    gate.log(actor, Action.LIST, {one.block.child_id for one in found}, what="block.requests")
    return found


def request_or_404(actor: Actor, request_id: UUID, *, what: str) -> LiftRequest:
    """One of them, with the reading logged. Raises gate.Invisible."""
    rows = LiftRequest.objects.filter(pk=request_id, block__in=_at_provider(actor))
    around = ("block__child", "block__unit", "block__controller", "unit__controller")
    found = rows.select_related(*around).first()
    if found is None:
        raise _unseen(actor, Permission.LIFT_BLOCK, request_id, what)
    gate.log(actor, Action.READ, [found.block.child_id], what=what, object_id=str(request_id))
    return found


def _at_provider(actor: Actor) -> "QuerySet[AccessBlock]":
    rows = AccessBlock.objects.filter(controller_id=actor.controller_id)
    return gate.own_rows_for(actor, Permission.LIFT_BLOCK, rows)


def standing_at_provider(actor: Actor, child_id: UUID) -> list[AccessBlock]:
    """The inner blocks of a child that the officer may lift when the child agrees. The page has logged it."""
    rows = AccessBlock.objects.filter(controller_id=actor.controller_id, kind="inner", lifted_at__isnull=True)
    found = gate.own_rows_for(actor, Permission.LIFT_BLOCK, rows, child_id)
    return list(found.select_related("unit", "controller").order_by("created_at", "pk"))
