"""How the plan went, said by the child and by its guardians, each for themselves."""

from typing import Any
from uuid import UUID

from django.db import transaction

from kring.access.actors import Actor
from kring.access.permissions import Permission
from kring.care.plans.models import Evaluation, Plan
from kring.care.plans.rules import Refusal

from .outcome import FACES
from .telling import tell_in_charge
from .writing import leave_trace, plan_to_change


@transaction.atomic
def evaluate_plan(
    *, by: Actor, plan_id: UUID, listened: int | None = None, helped: int | None = None, words: str = ""
) -> Evaluation:
    """Say how a plan goes or went, before its end or after it: faces 1-5, words, or both. Said again it
    stands beside what was said before.

    Raises:
        Refusal: not_established, nothing_to_send, face_out_of_range.
    """
    asks = Permission.ANSWER_AS_FAMILY
    plan = plan_to_change(by=by, plan_id=plan_id, permission=asks, what="plan.evaluate", also_over=True)
    if plan.status == Plan.Status.DRAFT:
        raise Refusal("not_established")
    said = _checked(listened, helped, words)
    row = Evaluation.objects.create(plan=plan, guardian_id=by.guardian_id, said_at=by.now, **said)
    leave_trace(by=by, plan=plan, what="plan.evaluate", event="plan_evaluated", object_id=row.pk)
    tell_in_charge(by=by, plan=plan, act="evaluation_sent")
    return row


def _checked(listened: int | None, helped: int | None, words: str) -> dict[str, Any]:
    faces = [face for face in (listened, helped) if face is not None]
    if not faces and not words.strip():
        raise Refusal("nothing_to_send")
    if any(face not in FACES for face in faces):
        raise Refusal("face_out_of_range")
    return {"listened": listened, "helped": helped, "words": words.strip()}
