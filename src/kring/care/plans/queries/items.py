"""One need, goal or activity for the unit that wrote it or does it, and the plan of one stored answer."""

from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from kring.access import gate
from kring.access.actors import Actor
from kring.access.items import explain
from kring.access.masks import hide
from kring.access.permissions import Permission
from kring.audit.models import Action
from kring.care.plans.models import Activity, Goal, Need, Plan
from kring.children.models import Consent

from .reach import own_plans, refusal, rule_for, whole_plans

Item = Need | Goal | Activity
KINDS: dict[str, type[Need] | type[Goal] | type[Activity]] = {
    "need": Need,
    "goal": Goal,
    "activity": Activity,
}


def item_or_404(
    actor: Actor, kind: str, item_id: UUID, *, what: str, permission: Permission = Permission.EDIT_PLAN
) -> Item:
    """An item still in a plan that the actor reaches, with the reading logged.

    A unit that the plan is closed to still reaches what it wrote itself (ruling 30).

    Raises:
        gate.Invisible, gate.NotAllowed: out of reach, taken out, or not there.
    """
    items = KINDS[kind].objects.filter(removed_at__isnull=True).select_related("unit", *_WITH)
    item = _seen(actor, items, permission).filter(pk=item_id).first()
    if item is None or not explain(actor, item).opens:
        plan_id = items.filter(pk=item_id).values_list("plan_id", flat=True).first()
        raise refusal(actor, plan_id or item_id, permission, what=what)
    gate.reason_first(actor, item.plan.child)
    hide(actor, item.plan.child, item)
    item.plan.is_whole = item.whole
    rule = rule_for(actor, item.plan)
    gate.log(actor, Action.READ, [item.plan.child_id], what=what, object_id=str(item.pk), rule=rule)
    return item


_WITH = ("plan__child", "plan__unit__controller", "plan__coordinator")


def _seen(actor: Actor, items: "QuerySet[Item]", permission: Permission) -> "QuerySet[Item]":
    """Those of the items that the actor sees; `whole` tells whether it is by the shared plan."""
    shared = whole_plans(actor, permission, each=True).filter(pk=OuterRef("plan"))
    own = own_plans(actor, permission).filter(pk=OuterRef("plan"))
    items = items.annotate(whole=Exists(shared))
    reached = Q(whole=True)
    if actor.is_staff:
        reached |= Q(Exists(own), unit_id=actor.unit_id)
    return items.filter(reached)


def consent_or_404(actor: Actor, consent_id: UUID, *, what: str) -> Plan:
    """The plan that one stored answer is about, for those who may record answers to it, with the reading
    logged.
    """
    stored = Consent.objects.filter(pk=consent_id, purpose=Consent.Purpose.PLAN)
    plan_id = stored.values_list("subject", flat=True).first()
    permission = Permission.RECORD_CONSENT
    plans = whole_plans(actor, permission, each=True).select_related(*_PLAN)
    plan = plans.filter(pk=plan_id or consent_id).first()
    if plan is None:
        raise refusal(actor, plan_id or consent_id, permission, what=what)
    plan.is_whole = True
    gate.reason_first(actor, plan.child)
    hide(actor, plan.child, plan)
    rule = rule_for(actor, plan)
    gate.log(actor, Action.READ, [plan.child_id], what=what, object_id=str(consent_id), rule=rule)
    return plan


_PLAN = ("child", "unit__controller", "coordinator")
