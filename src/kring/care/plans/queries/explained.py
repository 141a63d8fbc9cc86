"""Why an actor sees a plan, or not: the facts that the tables of access ask for, and their answers.

The sets of `reach` and `received` are the same tables read as sets; a test holds the two together.
"""

from collections.abc import Iterable
from uuid import UUID

from kring.access import facts, gate
from kring.access.actors import Actor
from kring.access.permissions import Permission
from kring.access.policy.decision import Decision, strictest
from kring.access.policy.plans import PLAN_VIEW, ConsentState, Part, PlanView
from kring.care.plans.models import Activity, Goal, Need, Plan, PlanParty
from kring.children.models import Disclosure

CATEGORY = "plan"


def explain_whole(actor: Actor, permission: Permission, plan_id: UUID, child_id: UUID) -> Decision:
    """Why the actor may or may not see the shared plan. One that does not exist is refused likewise."""
    child = gate.explain(actor, permission, child_id)
    shared = _decide(actor, permission, plan_id, Part.SHARED_PLAN)
    in_charge = Plan.objects.filter(pk=plan_id, unit_id=actor.unit_id).exists()
    return child if in_charge or not actor.is_staff else strictest(child, shared)


def explain_own(
    actor: Actor, permission: Permission, plan_id: UUID, child_id: UUID, part: Part = Part.OWN_ITEM
) -> Decision:
    """Why the actor may or may not see its own items in a plan, or the copies it has received."""
    return strictest(gate.explain_own(actor, permission, child_id), _decide(actor, permission, plan_id, part))


def _decide(actor: Actor, permission: Permission, plan_id: UUID, part: Part) -> Decision:
    told = list(Disclosure.objects.filter(unit_id=actor.unit_id, category=CATEGORY, subject=plan_id))
    takes_part = PlanParty.objects.filter(plan=plan_id, unit_id=actor.unit_id, left_at__isnull=True).exists()
    asked = PlanView(
        strong_auth=actor.strong_auth,
        assignment_active=actor.assignment_id is not None,
        profile_covers=facts.profile_covers(actor, permission),
        part=part,
        contributed_by_own_unit=part is Part.OWN_ITEM and _contributed(actor, plan_id),
        takes_part=takes_part,
        draft=not Plan.objects.filter(pk=plan_id).exclude(status=Plan.Status.DRAFT).exists(),
        disclosure_open=any(_is_open(actor, row) for row in told),
        consent=_consent(actor, told, takes_part),
        was_disclosed=any(row.starts_at <= actor.now for row in told),
    )
    return PLAN_VIEW.decide(asked, on=actor.today)


def _contributed(actor: Actor, plan_id: UUID) -> bool:
    own = {"plan": plan_id, "unit_id": actor.unit_id, "removed_at__isnull": True}
    return any(items.objects.filter(**own).exists() for items in (Need, Goal, Activity))


def _is_open(actor: Actor, row: Disclosure) -> bool:
    return row.ended_at is None and row.starts_at <= actor.now and not _is_over(actor, row)


def _is_over(actor: Actor, row: Disclosure) -> bool:
    return row.last_day is not None and row.last_day < actor.today


def _consent(actor: Actor, told: Iterable[Disclosure], takes_part: bool) -> ConsentState:
    """The consent behind the disclosure, which is open exactly while there is one."""
    latest = max((row for row in told if row.starts_at <= actor.now), key=_when, default=None)
    if latest is None or not takes_part:
        return ConsentState.NONE
    if _is_over(actor, latest):
        return ConsentState.EXPIRED
    return ConsentState.IN_FORCE if latest.ended_at is None else ConsentState.WITHDRAWN


def _when(row: Disclosure) -> tuple[bool, object]:
    return row.ended_at is None, row.starts_at
