"""What the child and its guardians have said themselves of how a plan went."""

from kring.access.actors import Actor
from kring.access.masks import hide
from kring.care.plans.models import Evaluation, Plan


def evaluations_of(actor: Actor, plan: Plan) -> list[Evaluation]:
    """What was said, the child's first and then by when, latest first, for a page that has logged the
    reading.

    Staff who see the whole plan read all of it. Of the family each reads its own: a guardian does not read
    the child's answer, nor the other guardian's.
    """
    rows = Evaluation.objects.filter(plan=plan).select_related("guardian")
    if not actor.is_staff:
        rows = rows.filter(guardian_id=actor.guardian_id)
    found = sorted(rows, key=lambda row: row.said_at, reverse=True)
    hide(actor, plan.child, found)
    return sorted(found, key=lambda row: row.guardian_id is not None)
