"""The little of a plan that the child's page shows: the going plan, who does what, whether consent holds.

Six questions to the database, where the whole content takes thirteen.
"""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from kring.access import items
from kring.access.actors import Actor
from kring.access.consents import ConsentView
from kring.access.masks import hide
from kring.care.plans.models import Activity, Plan, Summons
from kring.children.models import Child

from .consents import consent_of
from .own import as_contributed
from .reach import own_plans, whole_plans


@dataclass(frozen=True)
class Overview:
    """The child's latest going plan. When `whole` is False only the actor's own activities are there."""

    plan: Plan
    whole: bool
    activities: tuple[Activity, ...]
    consent: ConsentView | None
    meeting: Summons | None


def going_plan_of(actor: Actor, child_id: UUID) -> Plan | None:
    """The child's latest going plan, if the actor may use it as a whole. The page has logged the reading."""
    going = whole_plans(actor, child_id=child_id).filter(status__in=Plan.GOING)
    found = going.select_related("child", "unit__controller").order_by("-need_identified_on", "pk").first()
    if found:
        hide(actor, found.child, found)
    return found


def overview_of(actor: Actor, child: Child) -> Overview | None:
    """The going plan that the actor sees of a child, if any. The page has logged the reading."""
    for whole, plans in ((True, whole_plans), (False, own_plans)):
        going = plans(actor, child_id=child.pk).filter(status__in=Plan.GOING)
        if found := list(going.select_related("unit", "coordinator")):
            latest = min(found, key=lambda plan: (-plan.need_identified_on.toordinal(), plan.pk))
            latest.child = child
            return _overview(actor, latest, whole)
    return None


def _overview(actor: Actor, plan: Plan, whole: bool) -> Overview:
    activities = _activities(actor, plan, whole)
    meeting = _meeting(actor, plan) if whole else None
    hide(actor, plan.child, plan, activities, meeting)
    return Overview(plan, whole, activities, consent_of(actor, plan) if whole else None, meeting)


def _meeting(actor: Actor, plan: Plan) -> Summons | None:
    """The next meeting that has been called and not called off."""
    called = Summons.objects.filter(plan=plan, sent_at__isnull=False, cancelled_at__isnull=True)
    coming = list(called.filter(starts_at__gte=actor.now))
    if not coming:
        return None
    first = min(coming, key=lambda summons: (summons.starts_at, summons.pk))
    first.plan = plan
    return first


def _activities(actor: Actor, plan: Plan, whole: bool) -> tuple[Activity, ...]:
    going = Activity.objects.filter(plan=plan, removed_at__isnull=True)
    if not whole:
        going = going.filter(unit_id=actor.unit_id)
    people = going.select_related("responsible_unit", "responsible_person")
    rows = items.shown(actor, sorted(people, key=_soonest))
    return tuple(rows if whole else map(as_contributed, rows))


def _soonest(activity: Activity) -> tuple[date, datetime, UUID]:
    """What has no day comes last."""
    return activity.due_on or date.max, activity.created_at, activity.pk
