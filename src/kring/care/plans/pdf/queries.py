"""What is needed to print a plan, through the gate, and the line in the access log that says so."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from uuid import UUID

from kring.access import facts, gate, leaving
from kring.access.actors import Actor
from kring.access.permissions import Permission
from kring.access.policy.decision import Decision
from kring.access.policy.family import FAMILY, Channel, HarmTest
from kring.access.policy.protected import Act
from kring.access.policy.visibility import FamilyReader
from kring.audit.models import Action
from kring.care.plans.models import Plan
from kring.care.plans.queries import PlanContent, changes_now, content_of, plan_or_404
from kring.care.plans.queries.reach import rule_for
from kring.children.models import Child, Guardian
from kring.secrecy.queries.guardians import guardians_of

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


@dataclass(frozen=True)
class Receiver:
    """A guardian who might be handed the paper, and what 8.5 says of a copy that has been tried for harm."""

    guardian: Guardian
    decision: Decision


def receivers(actor: Actor, printing: Printing) -> list[Receiver]:
    """To whom staff may hand the family's version: everyone with custody today, each with the table's answer.

    Nobody when no test is needed: the family's own copy, and a protected child's paper, which is stopped by
    a rule of its own.
    """
    if printing.version is not Version.FAMILY or not actor.is_staff or printing.stopped_by:
        return []
    child = printing.content.plan.child
    return [Receiver(one, _after_harm_test(actor, child, one)) for one in guardians_of(actor, child.pk)]


def _after_harm_test(actor: Actor, child: Child, guardian: Guardian) -> Decision:
    as_guardian = Actor(
        person_id=actor.person_id, role="guardian", guardian_id=guardian.pk, now=actor.now, strong_auth=True
    )
    asked = facts.family(as_guardian, Permission.SEE_PLAN, child, child.pk)
    tested = replace(asked, channel=Channel.PAPER, harm_test=HarmTest.PASSED)
    return FAMILY.decide(tested, on=actor.today)


def log_handed_over(actor: Actor, printing: Printing, guardian_id: str, reason: str) -> None:
    """Write to the log who was to get the copy, by which rule, and what the harm test found."""
    plan = printing.content.plan
    (found,) = [one for one in receivers(actor, printing) if str(one.guardian.pk) == guardian_id]
    more = {"object_id": guardian_id, "rule": found.decision.rule_id, "reason": reason}
    gate.log(actor, Action.PRINT, [plan.child_id], what="plan.pdf.handed_over", **more)


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
