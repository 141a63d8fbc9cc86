"""Who else is close to the child of a plan: a line each in its contact list, and perhaps a doer."""

from kring.access.actors import Actor
from kring.access.facts import current
from kring.access.masks import hide
from kring.care.plans.models import Plan
from kring.children.models import CloseRelation
from kring.design.alphabet import swedish


def close_in_plan(actor: Actor, plan: Plan) -> list[CloseRelation]:
    """Those close today whom somebody has written for the plan's contact list, for staff who see the whole
    plan and a page that has logged the reading. Around a protected child none whose name is hidden.
    """
    rows = CloseRelation.objects.filter(current(actor.today), child_id=plan.child_id, in_plan=True)
    found = list(rows.filter(removed_at__isnull=True))
    hide(actor, plan.child, found)
    return sorted((row for row in found if row.name), key=lambda row: (swedish(row.name), str(row.pk)))
