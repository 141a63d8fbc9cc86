"""What is left to a unit of plans that are closed to it: what it wrote, and nothing others have added."""

from django.db.models import Exists, Max, OuterRef, Subquery

from kring.access import gate
from kring.access.actors import Actor
from kring.access.policy.plans import OWN_ITEM
from kring.audit.models import Action
from kring.care.plans.models import Activity, Goal, Need, Plan
from kring.children.models import Disclosure

from .explained import CATEGORY
from .reach import own_plans, whole_plans

SHOWN_AT_MOST = 200


def closed_plans(actor: Actor) -> list[Plan]:
    """The plans closed to the actor's unit in which it has something of its own, the latest closed first;
    each child is logged as listed. `closed_at` is when, or None after the end of a consent's last day.
    """
    told = Disclosure.objects.filter(unit_id=actor.unit_id, category=CATEGORY, subject=OuterRef("pk"))
    closed = told.values("subject").annotate(at=Max("ended_at")).values("at")
    going = whole_plans(actor, each=True).filter(pk=OuterRef("pk"))
    plans = own_plans(actor).filter(~Exists(going)).annotate(closed_at=Subquery(closed))
    found = list(plans.select_related("child").order_by("-closed_at", "pk")[:SHOWN_AT_MOST])
    gate.log(actor, Action.LIST, {plan.child_id for plan in found}, what="plans.closed", rule=OWN_ITEM.id)
    return found


def as_contributed(item: Need | Goal | Activity) -> Need | Goal | Activity:
    """The item as its unit wrote it, for a unit outside the plan: how a goal goes is said at follow-ups, and
    of an activity that another unit does, that unit says how it goes. `elsewhere` marks such an activity.
    """
    if isinstance(item, Goal):
        item.status = ""
    if isinstance(item, Activity):
        item.elsewhere = (
            item.responsible == Activity.Responsible.UNIT and item.responsible_unit_id != item.unit_id
        )
        if item.elsewhere:
            item.responsible_unit = item.responsible_person = None
        if item.elsewhere or item.responsible == Activity.Responsible.FAMILY:
            item.status = ""
    return item
