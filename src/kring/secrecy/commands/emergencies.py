"""Opening in an emergency (nödöppning) in two steps, asking for a lift, and the review afterwards."""

from collections.abc import Iterable
from uuid import UUID

from django.db import transaction

from kring.access import gate, reviewing
from kring.access.actors import Actor
from kring.access.facts import current
from kring.access.permissions import Permission
from kring.access.policy.blocking import BlockKind
from kring.access.policy.deciding import EMERGENCY_LASTS
from kring.access.policy.decision import Decision, Outcome
from kring.access.policy.staff import Step
from kring.audit.models import Action
from kring.children.models import AccessBlock, CareRelation, Child, EmergencyAccess, LiftRequest
from kring.secrecy.queries.emergencies import own_emergency_or_404, reviewed_or_404
from kring.secrecy.queries.urgent import Urgent, blocks_held_by
from kring.secrecy.rules.refusals import NotSo, closed
from kring.timeline.commands import open_task

from .blocks import LIFT_TASK

LOGGED = 200
"""Characters of a reason that the log holds; the row keeps it whole."""


@transaction.atomic
def reveal_in_emergency(
    *,
    by: Actor,
    child_id: UUID,
    kind: BlockKind,
    reason: str,
    danger: bool = False,
    indispensable: bool = False,
    consent_impossible: bool = False,
) -> EmergencyAccess:
    """The first step: learn which unit (inner) or care provider (outer) has something that is closed.

    Raises:
        Invisible, NotAllowed, ReasonNeeded: as `gate.child_or_404`.
        Refusal: nothing_there, or closed by table 8.2 or 8.3.
    """
    child = gate.child_or_404(by, Permission.OPEN_EMERGENCY, child_id, what="emergency.page")
    row = EmergencyAccess(
        child=child,
        kind=kind.value,
        person_id=by.person_id,
        unit_id=by.unit_id,
        danger=danger,
        indispensable=indispensable,
        consent_impossible=consent_impossible,
        reason=reason.strip()[:500],
        revealed_at=by.now,
    )
    rules = _opening(child_id, (answer for _, answer in Urgent.of(by, child, row).revealing()))
    row.save()
    _log(by, row, "emergency.reveal", rules)
    return row


@transaction.atomic
def open_in_emergency(*, by: Actor, emergency_id: UUID, unit_ids: Iterable[UUID]) -> EmergencyAccess:
    """The second step: open what these units have, for a limited time.

    Raises:
        Invisible: not an emergency that the actor has begun.
        Refusal: choose_what, emergency_over, or closed by table 8.2 or 8.3.
    """
    row = own_emergency_or_404(by, emergency_id, what="emergency.open")
    _still_going(by, row)
    urgent, wanted = Urgent.of(by, row.child, row), set(unit_ids)
    asked = [one for one in urgent.candidates() if one.unit.pk in wanted]
    if not asked:
        raise NotSo("choose_what", about=row.child_id)
    rules = _opening(row.child_id, (urgent.decide(one, Step.OPEN) for one in asked))
    row.units = sorted(str(pk) for pk in {one.unit.pk for one in asked} | _uuids(row.units))
    row.opened_at = row.opened_at or by.now
    row.ends_at = row.ends_at or by.now + EMERGENCY_LASTS.lasts
    row.save(update_fields=["units", "opened_at", "ends_at"])
    _log(by, row, "emergency.open", rules)
    return row


def _uuids(texts: Iterable[str]) -> set[UUID]:
    return {UUID(text) for text in texts}


def _still_going(by: Actor, row: EmergencyAccess) -> None:
    """What was stated holds for as long as an opening would: after that it is stated anew."""
    ends = row.ends_at or row.revealed_at + EMERGENCY_LASTS.lasts
    if ends <= by.now:
        raise NotSo("emergency_over", about=row.child_id)


@transaction.atomic
def close_emergency(*, by: Actor, emergency_id: UUID) -> EmergencyAccess:
    """End it before its time.

    Raises:
        Invisible: not an emergency that the actor has begun.
    """
    row = own_emergency_or_404(by, emergency_id, what="emergency.close")
    if row.opened_at is not None and row.ends_at and row.ends_at > by.now:
        row.ends_at = max(by.now, row.opened_at + type(EMERGENCY_LASTS.lasts).resolution)
        row.save(update_fields=["ends_at"])
        gate.log(by, Action.WRITE, [row.child_id], what="emergency.close", object_id=str(row.pk))
    return row


@transaction.atomic
def ask_for_lift(*, by: Actor, emergency_id: UUID, controller_id: int) -> list[LiftRequest]:
    """Ask another care provider to lift what the child has blocked there: it is never opened (8.3 row 8).

    Raises:
        Invisible: not an emergency that the actor has begun.
        Refusal: nothing_there, already_asked, emergency_over, or closed by table 8.3.
    """
    row = own_emergency_or_404(by, emergency_id, what="emergency.request_lift")
    _still_going(by, row)
    urgent = Urgent.of(by, row.child, row)
    about = [one for one in urgent.candidates() if one.unit.controller_id == controller_id]
    rules = _opening(row.child_id, (urgent.decide(one, Step.REQUEST_LIFT) for one in about))
    made = [_ask(by, row, block) for block in blocks_held_by(row.child, controller_id)]
    requests = [one for one in made if one]
    if not requests:
        raise NotSo("already_asked", about=row.child_id)
    _log(by, row, "emergency.request_lift", rules)
    return requests


def _ask(by: Actor, row: EmergencyAccess, block: AccessBlock) -> LiftRequest | None:
    request, is_new = LiftRequest.objects.get_or_create(
        block=block,
        unit_id=by.unit_id,
        answer=LiftRequest.Answer.WAITING,
        defaults={"asked_by_id": by.person_id, "asked_at": by.now, "reason": row.reason},
    )
    unit_id = block.unit_id or _meets(by, row.child, block.controller_id)
    if is_new and unit_id:
        more = {"unit_id": unit_id, "subject": block.pk, "due_on": by.today}
        open_task(by=by, kind=LIFT_TASK, child_id=row.child_id, **more)
    return request if is_new else None


def _meets(by: Actor, child: Child, controller_id: int) -> UUID | None:
    """A unit of a care provider that meets the child today."""
    met = CareRelation.objects.filter(current(by.today), child=child, unit__controller_id=controller_id)
    return met.order_by("starts_on", "pk").values_list("unit_id", flat=True).first()


@transaction.atomic
def review_emergency(
    *, by: Actor, emergency_id: UUID, verdict: EmergencyAccess.Verdict, words: str
) -> EmergencyAccess:
    """What the review of an emergency opening found.

    Raises:
        gate.NotAllowed: somebody who does not review logs. gate.Invisible: not at this care provider.
        Refusal: already_reviewed, own_opening.
    """
    row = reviewed_or_404(by, emergency_id)
    if row.person_id == by.person_id:
        raise NotSo("own_opening", about=row.child_id)
    if row.verdict != EmergencyAccess.Verdict.WAITING:
        raise NotSo("already_reviewed", about=row.child_id)
    row.verdict, row.review_words = verdict, words.strip()[:500]
    row.reviewed_by_id, row.reviewed_at = by.person_id, by.now
    row.save(update_fields=["verdict", "review_words", "reviewed_by", "reviewed_at"])
    as_reviewer = reviewing.reviewer(by, what="emergency.review")
    gate.log(as_reviewer, Action.WRITE, [row.child_id], what="emergency.verdict", object_id=str(row.pk))
    return row


def _opening(child_id: UUID, answers: Iterable[Decision]) -> list[str]:
    """The rules that open. Raises Refusal when there is nothing, or nothing that opens."""
    found = list(answers)
    opening = sorted({one.rule_id for one in found if one.outcome is Outcome.ALLOW})
    if not opening and found:
        # Whichever unit comes first, the same is said.
        raise closed(min(found, key=lambda one: one.rule_id), child_id, "reason")
    if not opening:
        raise NotSo("nothing_there", about=child_id)
    return opening


def _log(by: Actor, row: EmergencyAccess, what: str, rules: list[str]) -> None:
    more = {"what": what, "object_id": str(row.pk), "reason": row.reason[:LOGGED]}
    for rule in rules:
        gate.log(by, Action.READ, [row.child_id], rule=rule, **more)
