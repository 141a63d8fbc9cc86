"""The child's own preparation: eight small steps, saved all the time, seen by nobody before the child
sends it.
"""

from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import F

from kring.access.actors import Actor
from kring.access.permissions import Permission
from kring.care.plans.models import Invitation, Plan, Preparation, Summons, TakesPart
from kring.care.plans.rules import Refusal

from .telling import tell_in_charge
from .writing import leave_trace, plan_to_change

ANSWERS = ("good_at", "hard", "wish", "not_talk_about", "takes_part", "pause_sign")
STEPS = range(1, 9)


def _plan(by: Actor, plan_id: UUID) -> Plan:
    return plan_to_change(by=by, plan_id=plan_id, permission=Permission.PREPARE_MEETING, what="plan.prepare")


def _latest(plan: Plan) -> Preparation | None:
    return Preparation.objects.for_next_meeting().filter(plan=plan).order_by("-changed_at").first()


@transaction.atomic
def prepare_meeting(*, by: Actor, plan_id: UUID, step: int, **answers: Any) -> Preparation:
    """Save where the child is and what it has answered (`ANSWERS`). After sending, a change begins a new one
    from it; after the meeting, an empty one.

    Raises:
        Refusal: step_out_of_range, choice_missing.
    """
    plan = _plan(by, plan_id)
    if unknown := set(answers) - set(ANSWERS):
        raise TypeError(f"not answers of a preparation: {sorted(unknown)}")
    if step not in STEPS:
        raise Refusal("step_out_of_range")
    if answers.get("takes_part", "") not in ("", *TakesPart.values):
        raise Refusal("choice_missing")
    row = _going(by, plan)
    row.step = step
    for name, value in answers.items():
        setattr(row, name, value.strip())
    row.revision, row.changed_at, row.changed_by_id = row.revision + 1, by.now, by.person_id
    row.save()
    leave_trace(by=by, plan=plan, what="plan.prepare", object_id=row.pk)
    return row


def _going(by: Actor, plan: Plan) -> Preparation:
    latest = _latest(plan)
    if latest and latest.sent_at is None:
        return latest
    same = {name: getattr(latest, name) for name in ANSWERS} if latest else {}
    return Preparation(plan=plan, revision=0, changed_at=by.now, changed_by_id=by.person_id, **same)


@transaction.atomic
def send_preparation(*, by: Actor, plan_id: UUID) -> Preparation:
    """Show the preparation to the unit that keeps the plan going, which is told. «Så vill jag vara med» goes
    as the child's own into every summons to a meeting that is not over, also into one that is sent.

    Raises:
        Refusal: nothing_to_send, preparation_sent.
    """
    plan = _plan(by, plan_id)
    row = _latest(plan)
    if row is None or not any(getattr(row, name) for name in ANSWERS):
        raise Refusal("nothing_to_send")
    if row.sent_at:
        raise Refusal("preparation_sent")
    row.sent_at = by.now
    row.save(update_fields=["sent_at"])
    if row.takes_part:
        _say_itself(by, plan, row.takes_part)
    leave_trace(by=by, plan=plan, what="plan.prepare.send", object_id=row.pk)
    tell_in_charge(by=by, plan=plan, act="preparation_sent")
    return row


def _say_itself(by: Actor, plan: Plan, takes_part: str) -> None:
    ahead = Summons.objects.filter(plan=plan, cancelled_at__isnull=True, meeting__ended_at__isnull=True)
    ids = list(ahead.values_list("pk", flat=True))
    # Whoever has one open meets the answer as somebody else's edit, and does not write over it unseen.
    stamp = {"revision": F("revision") + 1, "changed_at": by.now, "changed_by_id": by.person_id}
    Summons.objects.filter(pk__in=ids).update(child_takes_part=takes_part, child_said_itself=True, **stamp)
    own = Invitation.objects.filter(summons__in=ids, is_child=True)
    own.update(reason=takes_part, answered_at=by.now)
