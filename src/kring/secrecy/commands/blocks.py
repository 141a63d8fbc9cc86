"""Setting and lifting blocks, and answering those who ask for a lift. They act at once."""

from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction

from kring.access import facts, gate
from kring.access.actors import Actor
from kring.access.policy.blocking import BLOCKING, Asker, BlockAct, Blocking, BlockKind
from kring.audit.models import Action
from kring.children.models import AccessBlock, Child, LiftRequest
from kring.organisations.models import Unit
from kring.secrecy.queries import lifting
from kring.secrecy.queries.around import units_around
from kring.secrecy.rules.refusals import NotSo, closed
from kring.timeline.commands import close_tasks

LIFT_TASK = "lift_asked"


@transaction.atomic
def set_block(
    *,
    by: Actor,
    child_id: UUID,
    kind: BlockKind,
    unit_id: UUID,
    documented_from: date | None = None,
    documented_to: date | None = None,
) -> AccessBlock:
    """Block what a unit (inner) or its whole care provider (outer) documents on some days. Staff write it
    down at the child's wish, for their own unit; the child itself blocks any unit that meets it.

    Raises:
        Invisible, NotAllowed: as `gate.child_or_404`.
        Refusal: closed (the child is not mature for it), unit_unknown, days_turned, block_exists.
    """
    child = gate.child_or_404(by, lifting.blocking_permission(by), child_id, what="block.set")
    mature = maturity_for_block(by, child)
    wish = Blocking(asker=Asker.CHILD, kind=kind, mature=mature[0], strong_auth=by.strong_auth)
    decision = BLOCKING.decide(wish, on=by.today)
    if not decision.opens:
        raise closed(decision, child_id)
    unit = _unit(by, child, unit_id)
    days = {"documented_from": documented_from, "documented_to": documented_to}
    if documented_from and documented_to and documented_to < documented_from:
        raise NotSo("days_turned")
    of_what = {"child": child, "kind": kind.value, "controller_id": unit.controller_id, **days}
    of_what["unit"] = unit if kind is BlockKind.INNER else None
    if AccessBlock.objects.filter(**of_what, lifted_at__isnull=True).exists():
        raise NotSo("block_exists")
    writer = by.person_id if by.is_staff else None
    block = AccessBlock.objects.create(
        **of_what, maturity=mature[1], documented_by_id=writer, created_at=by.now
    )
    _log(by, block, "block.set", decision.rule_id)
    return block


def maturity_for_block(by: Actor, child: Child) -> tuple[bool, Any]:
    """Whether the child decides about a block itself, and the assessment that says so."""
    judged = facts.maturities(by, "block").filter(child=child).first()
    return judged is not None or facts.age_of(by, child).adult, judged


def _unit(by: Actor, child: Child, unit_id: UUID) -> Unit:
    units = {unit.pk: unit for unit in units_around(by, child.pk)}
    if unit_id not in units:
        raise NotSo("unit_unknown")
    return units[unit_id]


@transaction.atomic
def lift_own_block(*, by: Actor, block_id: UUID) -> AccessBlock:
    """Lift a block: the child its own, or staff of the unit or care provider that has it, at its wish.

    Raises:
        Invisible: no such block that the actor sees.
        Refusal: already_lifted.
    """
    block = lifting.own_block_or_404(by, block_id, what="block.lift")
    asked = Blocking(
        asker=Asker.CHILD,
        act=BlockAct.LIFT,
        kind=BlockKind(block.kind),
        is_set=block.lifted_at is None,
        strong_auth=by.strong_auth,
    )
    return _lift(by, block, asked)


@transaction.atomic
def lift_as_officer(*, by: Actor, block_id: UUID, consents: bool, reason: str = "") -> AccessBlock:
    """Lift a block as the care provider's competent officer: an inner one when the patient agrees now, an
    outer one after a recorded request.

    Raises:
        Invisible: no such block at the officer's care provider.
        Refusal: already_lifted, or closed by table 8.4.
    """
    block = lifting.officers_block_or_404(by, block_id, what="block.lift.officer")
    waiting = block.requests.filter(answer=LiftRequest.Answer.WAITING)
    asked = Blocking(
        asker=Asker.OFFICER,
        act=BlockAct.LIFT,
        kind=BlockKind(block.kind),
        is_set=block.lifted_at is None,
        strong_auth=by.strong_auth,
        assignment_active=by.assignment_id is not None,
        own_provider=block.controller_id == by.controller_id,
        consents=consents,
        asked_for=waiting.exists(),
    )
    return _lift(by, block, asked, reason)


def _lift(by: Actor, block: AccessBlock, asked: Blocking, reason: str = "") -> AccessBlock:
    if block.lifted_at is not None:
        raise NotSo("already_lifted", about=block.child_id)
    decision = BLOCKING.decide(asked, on=by.today)
    if not decision.opens:
        raise closed(decision, block.child_id)
    block.lifted_at, block.lifted_by_id, block.lifted_by_rule = by.now, by.person_id, decision.rule_id
    block.save(update_fields=["lifted_at", "lifted_by", "lifted_by_rule"])
    answered = {"answered_by_id": by.person_id, "answered_at": by.now, "answer_reason": reason.strip()[:500]}
    waiting = block.requests.filter(answer=LiftRequest.Answer.WAITING)
    waiting.update(answer=LiftRequest.Answer.LIFTED, **answered)
    close_tasks(by=by, subject=block.pk, kinds=(LIFT_TASK,))
    _log(by, block, "block.lift", decision.rule_id)
    return block


@transaction.atomic
def refuse_lift(*, by: Actor, request_id: UUID, reason: str) -> LiftRequest:
    """Say no to a request: the block stays.

    Raises:
        Invisible: no such request at the officer's care provider.
        Refusal: already_answered.
    """
    asked = lifting.request_or_404(by, request_id, what="block.refuse")
    if asked.answer != LiftRequest.Answer.WAITING:
        raise NotSo("already_answered", about=asked.block.child_id)
    asked.answer, asked.answer_reason = LiftRequest.Answer.REFUSED, reason.strip()[:500]
    asked.answered_by_id, asked.answered_at = by.person_id, by.now
    asked.save(update_fields=["answer", "answer_reason", "answered_by", "answered_at"])
    if not asked.block.requests.filter(answer=LiftRequest.Answer.WAITING).exists():
        close_tasks(by=by, subject=asked.block_id, kinds=(LIFT_TASK,))
    _log(by, asked.block, "block.refuse", "8.4.officer.request")
    return asked


def _log(by: Actor, block: AccessBlock, what: str, rule: str) -> None:
    gate.log(by, Action.WRITE, [block.child_id], what=what, object_id=str(block.pk), rule=rule)
