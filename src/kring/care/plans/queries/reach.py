"""Which plans an actor reaches, and the door to one of them.

*Whole*: the unit that keeps the plan going, a party that it is disclosed to now, and the family. *Own*: for a
party whose disclosure has ended, the plans that hold something it contributed or of which it has a copy; it
sees that and no more, and needs nothing else that ties it to the child (rulings 11 and 30). *Visible* is
either.
"""

from dataclasses import replace
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from kring.access import gate
from kring.access.actors import Actor
from kring.access.masks import hide
from kring.access.permissions import Permission
from kring.access.policy.plans import CONSENTED, OWN_ITEM, RECEIVED
from kring.audit.models import Action
from kring.care.plans.models import Activity, Goal, Need, Plan, PlanVersion, ReceivedCopy
from kring.children.models import ChildNumber

from .explained import CATEGORY, explain_whole
from .received import received_versions


def whole_plans(
    actor: Actor,
    permission: Permission = Permission.SEE_PLAN,
    child_id: UUID | None = None,
    *,
    each: bool = False,
) -> "QuerySet[Plan]":
    """The plans that the actor may use as a whole for this purpose; of one child when it is given.

    `each`: put plan by plan, for one that the caller picks by its key.
    """
    plans = Plan.objects.all()
    return gate.shared_rows_for(actor, permission, plans, CATEGORY, child_id=child_id, each=each)


def own_plans(
    actor: Actor, permission: Permission = Permission.SEE_PLAN, child_id: UUID | None = None
) -> "QuerySet[Plan]":
    """The plans in which the actor's unit has something of its own, whatever has happened to them since.

    `contributes` tells items of its own from copies alone.
    """
    plans = gate.own_rows_for(actor, permission, Plan.objects.all(), child_id)
    copies = ReceivedCopy.objects.filter(plan=OuterRef("pk"), unit_id=actor.unit_id)
    versions = received_versions(actor).filter(plan=OuterRef("pk"))
    plans = plans.annotate(contributes=_has_own_items(actor))
    return plans.filter(Q(contributes=True) | Exists(copies) | Exists(versions))


def visible_plans(
    actor: Actor, permission: Permission = Permission.SEE_PLAN, child_id: UUID | None = None
) -> "QuerySet[Plan]":
    """The plans of which the actor sees anything at all; of one child when it is given."""
    ways = (find(actor, permission, child_id).values("pk") for find in (whole_plans, own_plans))
    whole, own = ways
    return Plan.objects.filter(Q(pk__in=whole) | Q(pk__in=own))


def _has_own_items(actor: Actor) -> Q:
    contributed = Q()
    for items in (Need, Goal, Activity):
        mine = items.objects.filter(plan=OuterRef("pk"), unit_id=actor.unit_id, removed_at__isnull=True)
        contributed |= Q(Exists(mine))
    return contributed


def plan_or_404(
    actor: Actor, plan_id: UUID, *, what: str, permission: Permission = Permission.SEE_PLAN
) -> Plan:
    """The plan, with the reading logged by the rule that opened it.

    Raises:
        gate.Invisible: it does not exist or is not disclosed to the actor; the two cannot be told apart.
        gate.NotAllowed: the actor sees it, but not for this purpose.
        gate.ReasonNeeded: the child is protected and nobody has said yet why it is opened.
    """
    plan = plan_in_reach(actor, plan_id, permission)
    if plan is None:
        raise refusal(actor, plan_id, permission, what=what)
    gate.reason_first(actor, plan.child)
    hide(actor, plan.child, plan)
    rule = rule_for(actor, plan)
    gate.log(actor, Action.READ, [plan.child_id], what=what, object_id=str(plan.pk), rule=rule)
    return plan


def plan_in_reach(actor: Actor, plan_id: UUID, permission: Permission) -> Plan | None:
    """The plan as a page needs it, marked with whether the actor sees the whole of it."""
    with_number = {"child_number": _number(actor), **_latest()}
    for whole, plans in ((True, _whole_one), (False, own_plans)):
        found = plans(actor, permission).select_related(*_WITH).annotate(**with_number)
        if plan := found.filter(pk=plan_id).first():
            plan.is_whole = whole
            return plan
    return None


def _whole_one(actor: Actor, permission: Permission) -> "QuerySet[Plan]":
    return whole_plans(actor, permission, each=True)


def _child_of(plan_id: UUID) -> UUID:
    """Whom a plan is about. For one that does not exist its own id, so that the same is asked on."""
    return Plan.objects.filter(pk=plan_id).values_list("child_id", flat=True).first() or plan_id


_WITH = ("child", "unit", "unit__controller", "overall_responsible", "coordinator")


def _number(actor: Actor) -> Subquery:
    """The number that a plan's child goes by now."""
    numbers = ChildNumber.objects.filter(child_id=OuterRef("child_id")).exclude(
        kind=ChildNumber.Kind.EXTERNAL
    )
    current = numbers.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=actor.today)).order_by(
        "-starts_on", "pk"
    )
    return Subquery(current.values("value")[:1])


def _latest() -> dict[str, Subquery]:
    """A plan's latest version: its number and when it was made."""
    versions = PlanVersion.objects.filter(plan=OuterRef("pk")).order_by("-number")
    return {
        "version_number": Subquery(versions.values("number")[:1]),
        "version_at": Subquery(versions.values("made_at")[:1]),
    }


def rule_for(actor: Actor, plan: Plan) -> str:
    """The rule by which the actor sees this plan."""
    if not actor.is_staff or plan.unit_id == actor.unit_id:
        return gate.rule_of(actor)
    if is_whole(actor, plan):
        return CONSENTED.id
    return OWN_ITEM.id if getattr(plan, "contributes", True) else RECEIVED.id


def is_own(actor: Actor, plan: Plan) -> bool:
    """Whether a plan that the actor sees is its unit's own, or its family's: then it sees the whole of it."""
    return not actor.is_staff or plan.unit_id == actor.unit_id


def is_whole(actor: Actor, plan: Plan) -> bool:
    """Whether the actor sees the plan as a whole; `plan_or_404` has asked already."""
    asked = getattr(plan, "is_whole", None)
    return whole_plans(actor, child_id=plan.child_id).filter(pk=plan.pk).exists() if asked is None else asked


def refusal(
    actor: Actor, plan_id: UUID, permission: Permission, *, what: str, part: bool = False
) -> gate.Invisible | gate.NotAllowed:
    """The exception to raise for a plan out of reach, or for a `part` of it: a version, a summons, a meeting.

    The same is asked for one that does not exist. A unit that only sees its own items knows of no parts.
    """
    child_id = _child_of(plan_id)
    refused = gate.refusal(actor, permission, child_id, what=what, object_id=str(plan_id))
    why = explain_whole(actor, Permission.SEE_PLAN, plan_id, child_id)
    known = whole_plans(actor, child_id=child_id) if part else visible_plans(actor, child_id=child_id)
    if known.filter(pk=plan_id).exists():
        return gate.NotAllowed(refused.act)
    if isinstance(refused, gate.NotAllowed):
        return gate.Invisible(replace(refused.act, rule=why.rule_id))
    return refused


def plans_of(actor: Actor, child_id: UUID) -> list[Plan]:
    """The child's plans that the actor sees, going ones first and then the latest; the reading is logged."""
    gate.child_or_404(actor, Permission.SEE_PLAN, child_id, what="plans.list")
    plans = list(visible_plans(actor, child_id=child_id).select_related(*_WITH))
    for plan in plans:
        hide(actor, plan.child, plan)
    return sorted(plans, key=lambda plan: (plan.is_over, -plan.need_identified_on.toordinal()))
