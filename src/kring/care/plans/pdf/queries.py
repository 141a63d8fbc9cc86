"""What is needed to print a plan, through the gate, and the line in the access log that says so."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from uuid import UUID

from kring.access import gate, leaving
from kring.access.actors import Actor
from kring.access.permissions import Permission
from kring.access.policy.protected import Act
from kring.access.policy.visibility import FamilyReader
from kring.audit.models import Action
from kring.care.plans.models import Plan
from kring.care.plans.queries import PlanContent, changes_now, content_of, plan_or_404
from kring.care.plans.queries.reach import rule_for

from .rules import Version, refused, versions_for


@dataclass(frozen=True)
class Printing:
    """A plan that may be printed. `stopped_by`: the rule that stops it until somebody writes why."""

    content: PlanContent
    version: Version
    changed: bool
    stopped_by: str


PAPER_FOR: Mapping[Version, frozenset[FamilyReader]] = {
    Version.PROFESSIONAL: frozenset(),
    # A paper that comes home is read by both.
    Version.FAMILY: frozenset(FamilyReader),
    Version.CHILD: frozenset(FamilyReader),
}
"""Whoever prints it: a version for the family holds nothing that is withheld from the family."""


def own_version(actor: Actor) -> Version:
    """The version that is the reader's own."""
    return versions_for(actor.role)[0]


def printing_or_404(actor: Actor, plan_id: UUID, version: Version) -> Printing:
    """The plan as this reader sees it, with the reading logged.

    Raises:
        gate.Invisible: no such plan, or not for the reader to know of; the two cannot be told apart.
        gate.NotAllowed: the version is not for this reader, or a protected child's paper outside its group.
        gate.ReasonNeeded: the child is protected and nobody has said yet why it is opened.
    """
    plan = plan_or_404(actor, plan_id, what=f"plan.pdf.{version}")
    content = content_of(actor, plan, paper_for=PAPER_FOR[version])
    stopped_by = leaving.stopped_by(actor, plan.child, Act.PRINT)
    rule = refused(actor.role, version, whole=content.whole) or ("" if actor.is_staff else stopped_by)
    if rule:
        raise _not_allowed(actor, plan, version, rule)
    return Printing(content, version, _changed(actor, content), stopped_by)


def _not_allowed(actor: Actor, plan: Plan, version: Version, rule: str) -> gate.NotAllowed:
    what = f"plan.pdf.{version}"
    refusal = gate.refusal(actor, Permission.SEE_PLAN, plan.child_id, what=what, object_id=str(plan.pk))
    return gate.NotAllowed(replace(refusal.act, action=Action.PRINT, rule=rule))


def _changed(actor: Actor, content: PlanContent) -> bool:
    """Whether something has been written since the latest version, so that the paper is not that one."""
    return bool(changes_now(actor, content))


def log_printed(actor: Actor, printing: Printing, reason: str) -> None:
    """Write to the log that the plan was printed, by which rule, and why when it had been stopped."""
    plan = printing.content.plan
    rule = printing.stopped_by or rule_for(actor, plan)
    what = f"plan.pdf.{printing.version}"
    more = {"object_id": str(plan.pk), "rule": rule, "reason": reason}
    gate.log(actor, Action.PRINT, [plan.child_id], what=what, **more)
