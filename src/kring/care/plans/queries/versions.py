"""What was agreed when: versions, what differs between two, and a former party's own copies."""

from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext as _

from kring.access import gate, items
from kring.access.actors import Actor
from kring.access.masks import Mask, hide
from kring.access.permissions import Permission
from kring.access.policy.plans import RECEIVED
from kring.audit.models import Action
from kring.care.plans import rules
from kring.care.plans.models import Activity, Goal, Need, Plan, PlanVersion, ReceivedCopy
from kring.care.plans.rules import hidden

from .content import PlanContent, content_of, snapshot_of
from .reach import is_whole, own_plans, refusal, rule_for, whole_plans
from .received import received_versions


def versions_of(actor: Actor, plan: Plan) -> "QuerySet[PlanVersion]":
    """The versions of a plan, latest first, for those who see it as a whole; otherwise none."""
    if not is_whole(actor, plan):
        return PlanVersion.objects.none()
    versions = PlanVersion.objects.filter(plan_id=plan.pk)
    return versions.defer("stored").select_related("made_by", "plan__child").order_by("-number")


def version_or_404(
    actor: Actor, version_id: UUID, *, what: str, permission: Permission = Permission.SEE_PLAN
) -> PlanVersion:
    """A version with its `content`, what of it the actor may see, and the reading logged: for those who see
    its plan, and for a unit that once received it.
    """
    versions = PlanVersion.objects.select_related(*_WITH)
    whole = whole_plans(actor, permission, each=True).filter(pk=OuterRef("plan"))
    version = versions.filter(Exists(whole), pk=version_id).first()
    seen = version is not None
    if version is None and permission == Permission.SEE_PLAN:
        version = _received(actor).filter(pk=version_id).select_related(*_WITH).first()
    if version is None:
        plan_id = versions.filter(pk=version_id).values_list("plan_id", flat=True).first()
        raise refusal(actor, plan_id or version_id, permission, what=what, part=True)
    version.plan.is_whole = seen
    gate.reason_first(actor, version.plan.child)
    hide(actor, version.plan.child, version)
    rule = rule_for(actor, version.plan) if seen else RECEIVED.id
    gate.log(actor, Action.READ, [version.plan.child_id], what=what, object_id=str(version.pk), rule=rule)
    version.content = version_content(actor, version)
    return version


def version_content(actor: Actor, version: PlanVersion | ReceivedCopy) -> dict[str, Any]:
    """What a version says to an actor that one of the doors here has given it to."""
    said = _readable(actor, version.plan, version.stored)
    words = _hiding(actor, version.plan)
    return hidden.hidden_snapshot(said, words) if words else said


def difference_of(actor: Actor, old: PlanVersion, new: PlanVersion) -> list[rules.Change]:
    """What changed from one version to another."""
    before, after = (_readable(actor, new.plan, version.stored) for version in (old, new))
    return _told(actor, new.plan, rules.difference(before, after))


def changes_now(actor: Actor, content: PlanContent) -> list[rules.Change]:
    """What has been written in the plan since its latest version; nothing while there is none."""
    latest = content.latest_version
    if latest is None:
        return []
    stored = content_of(actor, content.plan, as_stored=True) if _hiding(actor, content.plan) else content
    said = (latest.version.stored, snapshot_of(stored))
    before, after = (_readable(actor, content.plan, one) for one in said)
    return _told(actor, content.plan, rules.difference(before, after))


def _readable(actor: Actor, plan: Plan, said: dict[str, Any]) -> dict[str, Any]:
    """What was said, less the items whose authors withhold them from this reader now."""
    withheld = _withheld(actor, plan)
    return hidden.without(said, withheld) if withheld else said


def _withheld(actor: Actor, plan: Plan) -> frozenset[str]:
    """The items of a plan, those taken out of it too, that the actor is not to see; asked for once."""
    if not hasattr(plan, "withheld"):
        plan.withheld = frozenset() if items.sees_all(actor) else _withheld_items(actor, plan)
    return plan.withheld


def _withheld_items(actor: Actor, plan: Plan) -> frozenset[str]:
    fields = ("pk", "visibility", "visible_to_child_from", "category", "unit_id")
    marked = (
        kind.objects.filter(items.MARKED, plan_id=plan.pk).order_by().values_list(*fields, named=True)
        for kind in (Need, Goal, Activity)
    )
    first, *others = marked
    found = first.union(*others)
    return frozenset(str(item.pk) for item in found if not items.explain(actor, item).opens)


def _told(actor: Actor, plan: Plan, changes: list[rules.Change]) -> list[rules.Change]:
    words = _hiding(actor, plan)
    return [hidden.hidden_change(change, words) for change in changes] if words else changes


def _hiding(actor: Actor, plan: Plan) -> hidden.Words | None:
    """What may stand in a version for this reader; None when nothing is hidden."""
    if not Mask.of(actor, plan.child).hides:
        return None
    return hidden.Words(frozenset({actor.unit_name, actor.name}), _("Dolt"))


_WITH = ("plan__child", "plan__unit", "plan__coordinator", "made_by")


def copies_of(actor: Actor, plan: Plan) -> list[PlanVersion | ReceivedCopy]:
    """What the actor's unit has received of a plan that is closed to it now, latest first: its own copies, of
    versions and of the plan as it stood when it closed (ruling 11).
    """
    versions = _received(actor).filter(plan=plan).defer("stored")
    copies = _copies(actor).filter(plan=plan).defer("stored")
    return [*copies.order_by("-at", "pk"), *versions.order_by("-number")]


def copy_or_404(actor: Actor, copy_id: UUID, *, what: str) -> ReceivedCopy:
    """What the plan said when it closed to the actor's unit, with the reading logged."""
    copies = ReceivedCopy.objects.select_related("plan__child", "plan__unit")
    copy = _copies(actor).filter(pk=copy_id).select_related("plan__child", "plan__unit").first()
    if copy is None:
        plan_id = copies.filter(pk=copy_id).values_list("plan_id", flat=True).first()
        raise refusal(actor, plan_id or copy_id, Permission.SEE_PLAN, what=what, part=True)
    copy.plan.is_whole = False
    gate.reason_first(actor, copy.plan.child)
    hide(actor, copy.plan.child, copy)
    about = {"object_id": str(copy.pk), "rule": RECEIVED.id}
    gate.log(actor, Action.READ, [copy.plan.child_id], what=what, **about)
    return copy


def _received(actor: Actor) -> "QuerySet[PlanVersion]":
    own = own_plans(actor).filter(pk=OuterRef("plan"))
    return received_versions(actor).filter(Exists(own))


def _copies(actor: Actor) -> "QuerySet[ReceivedCopy]":
    own = own_plans(actor).filter(pk=OuterRef("plan"))
    return ReceivedCopy.objects.filter(Exists(own), unit_id=actor.unit_id)
