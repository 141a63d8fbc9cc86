"""What was agreed when: versions, what differs between two, and a former party's own copies."""

from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet

from kring.access import gate
from kring.access.actors import Actor
from kring.access.permissions import Permission
from kring.access.policy.plans import RECEIVED
from kring.audit.models import Action
from kring.care.plans import rules
from kring.care.plans.models import Plan, PlanVersion
from kring.children.models import Disclosure

from .reach import CATEGORY, refusal, rule_for, whole_plans


def versions_of(actor: Actor, plan: Plan) -> "QuerySet[PlanVersion]":
    """The versions of a plan, latest first, for those who see it as a whole; otherwise none."""
    shared = whole_plans(actor).filter(pk=plan.pk)
    versions = PlanVersion.objects.filter(plan_id=plan.pk, plan__in=shared)
    return versions.defer("content").select_related("made_by").order_by("-number")


def version_or_404(
    actor: Actor, version_id: UUID, *, what: str, permission: Permission = Permission.SEE_PLAN
) -> PlanVersion:
    """A version, with the reading logged: by those who see its plan, and by a unit that once received it."""
    versions = PlanVersion.objects.select_related("plan", "plan__child", "made_by")
    version = versions.filter(pk=version_id, plan__in=whole_plans(actor, permission)).first()
    rule = rule_for(actor, version.plan) if version else RECEIVED.id
    if version is None and permission == Permission.SEE_PLAN:
        version = _received(actor).filter(pk=version_id).first()
    if version is None:
        plan_id = versions.filter(pk=version_id).values_list("plan_id", flat=True).first()
        raise refusal(actor, plan_id or version_id, permission, what=what, part=True)
    gate.reason_first(actor, version.plan.child)
    gate.log(actor, Action.READ, [version.plan.child_id], what=what, object_id=str(version.pk), rule=rule)
    return version


def version_content(actor: Actor, version: PlanVersion) -> dict[str, Any]:
    """What a version says, for an actor that `version_or_404` or `versions_of` has given it to."""
    return version.content


def difference_of(actor: Actor, old: PlanVersion, new: PlanVersion) -> list[rules.Change]:
    """What changed from one version to another."""
    return rules.difference(version_content(actor, old), version_content(actor, new))


def copies_of(actor: Actor, child_id: UUID) -> "QuerySet[PlanVersion]":
    """Versions that the actor's unit received while they were disclosed to it: its own copies (ruling 11)."""
    return _received(actor).filter(plan__child_id=child_id).defer("content").order_by("-made_at")


def _received(actor: Actor) -> "QuerySet[PlanVersion]":
    if not actor.is_staff:
        return PlanVersion.objects.none()
    told = Disclosure.objects.filter(
        unit_id=actor.unit_id,
        category=CATEGORY,
        subject=OuterRef("plan_id"),
        ended_at__gte=OuterRef("made_at"),
    )
    plans = gate.rows_for(actor, Permission.SEE_PLAN, Plan.objects.all())
    return PlanVersion.objects.select_related("plan__child").filter(Exists(told), plan__in=plans)
