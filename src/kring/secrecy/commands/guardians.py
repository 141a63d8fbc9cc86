"""A unit head's decisions about one guardian's access on the net. Nobody in the family is told, and what was
on its way to a guardian who is blocked is taken back in the same transaction.
"""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction

from kring.access import facts, gate
from kring.access.actors import Actor
from kring.access.permissions import Permission
from kring.access.policy import ages
from kring.access.policy.deciding import GUARDIAN_ACCESS, AccessAct, GuardianAccess
from kring.audit.models import Action
from kring.children.models import Child, Custody, GuardianDecision
from kring.notifications.commands import close_to_guardian
from kring.secrecy.queries.guardians import decision_or_404, holding
from kring.secrecy.rules.refusals import NotSo, closed
from kring.timeline.commands import close_tasks, open_task
from kring.timeline.limits import due_on

REVIEW_TASK = "guardian_review"
WHAT = "guardian.decision"


@transaction.atomic
def block_guardian(
    *, by: Actor, child_id: UUID, guardian_id: UUID, reason: str, acute: bool = False
) -> GuardianDecision:
    """Close a guardian's access at once. An acute decision is tried again within some days.

    Raises:
        Invisible, NotAllowed: as `gate.child_or_404`.
        Refusal: guardian_unknown, same_decision, or closed by table 8.5 c.
    """
    review_on = due_on(REVIEW_TASK, by.today) if acute else None
    made = _decide(by, child_id, guardian_id, AccessAct.BLOCK, reason, review_on=review_on)
    close_to_guardian(child_id=child_id, guardian_id=guardian_id)
    if review_on:
        more = {"due_on": review_on, "subject": made.pk, "assignee_id": by.person_id}
        open_task(by=by, kind=REVIEW_TASK, child_id=child_id, **more)
    return made


@transaction.atomic
def keep_guardian(*, by: Actor, child_id: UUID, guardian_id: UUID, reason: str) -> GuardianDecision:
    """Let a guardian keep the access although another has protected identity (ruling 8).

    Raises:
        As `block_guardian`.
    """
    return _decide(by, child_id, guardian_id, AccessAct.KEEP, reason)


@transaction.atomic
def extend_guardian(
    *, by: Actor, child_id: UUID, guardian_id: UUID, reason: str, child_agreed: bool, ends_on: date
) -> GuardianDecision:
    """Let a guardian read this unit's record after the child's 13th birthday, as agreed with the child, at
    most until the day before the 16th.

    Raises:
        As `block_guardian`.
    """
    more = {"child_agreed": child_agreed, "ends_on": ends_on}
    return _decide(by, child_id, guardian_id, AccessAct.EXTEND, reason, **more)


def last_day_of_extension(child: Child, today: date) -> date:
    """The day before the child surely may have turned 16."""
    born = ages.Birth.of(child.birth_date, child.birth_precision).earliest
    return ages.birthday(born, ages.limit("own_record", today).years) - timedelta(days=1)


def _decide(
    by: Actor, child_id: UUID, guardian_id: UUID, act: AccessAct, reason: str, **more: Any
) -> GuardianDecision:
    child = gate.child_or_404(by, Permission.DECIDE_GUARDIAN_ACCESS, child_id, what=WHAT)
    custodies = list(facts.custodies(by).filter(child=child).select_related("guardian"))
    if guardian_id not in {one.guardian_id for one in custodies}:
        raise NotSo("guardian_unknown")
    answer = GUARDIAN_ACCESS.decide(_facts(by, child, custodies, guardian_id, act, reason, more), on=by.today)
    if not answer.opens:
        raise closed(answer, child_id)
    kind = GuardianDecision.Kind(act.value)
    if holding(by, child_id).filter(guardian_id=guardian_id, kind=kind, unit_id=by.unit_id).exists():
        raise NotSo("same_decision")
    made = GuardianDecision.objects.create(
        child=child,
        guardian_id=guardian_id,
        kind=kind,
        unit_id=by.unit_id,
        reason=reason.strip()[:500],
        starts_on=by.today,
        decided_by_id=by.person_id,
        decided_at=by.now,
        **more,
    )
    _log(by, made, answer.rule_id)
    return made


def _facts(
    by: Actor,
    child: Child,
    custodies: list[Custody],
    guardian_id: UUID,
    act: AccessAct,
    reason: str,
    more: dict[str, Any],
) -> GuardianAccess:
    age = facts.age_of(by, child)
    others = [one.guardian for one in custodies if one.guardian_id != guardian_id]
    ends_on = more.get("ends_on")
    return GuardianAccess(
        **_head(by),
        act=act,
        custody=True,
        reason=bool(reason.strip()),
        other_protected=any(one.protected_identity for one in others),
        of_age=age.has_own_e_services and not age.has_own_record,
        agreed=bool(more.get("child_agreed")),
        ends_in_time=ends_on is not None and by.today <= ends_on <= last_day_of_extension(child, by.today),
    )


def _head(by: Actor) -> dict[str, bool]:
    return {
        "strong_auth": by.strong_auth,
        "assignment_active": by.assignment_id is not None,
        "unit_head": by.may(Permission.DECIDE_GUARDIAN_ACCESS),
    }


@transaction.atomic
def end_decision(*, by: Actor, decision_id: UUID) -> GuardianDecision:
    """End one of the own unit's decisions, from now.

    Raises:
        Invisible: no such decision of the own unit.
        Refusal: already_ended, or closed by table 8.5 c.
    """
    made = _own(by, decision_id)
    made.ended_at, made.ended_by_id = by.now, by.person_id
    made.save(update_fields=["ended_at", "ended_by"])
    close_tasks(by=by, subject=made.pk, kinds=(REVIEW_TASK,))
    return made


@transaction.atomic
def confirm_decision(*, by: Actor, decision_id: UUID) -> GuardianDecision:
    """Try an acute decision again and let it stand.

    Raises:
        Invisible: no such decision of the own unit.
        Refusal: already_ended, or closed by table 8.5 c.
    """
    made = _own(by, decision_id)
    made.review_on = None
    made.save(update_fields=["review_on"])
    close_tasks(by=by, subject=made.pk, kinds=(REVIEW_TASK,))
    return made


def _own(by: Actor, decision_id: UUID) -> GuardianDecision:
    made = decision_or_404(by, decision_id, what=WHAT)
    if made.ended_at is not None:
        raise NotSo("already_ended", about=made.child_id)
    own = made.unit_id == by.unit_id
    answer = GUARDIAN_ACCESS.decide(GuardianAccess(**_head(by), act=AccessAct.END, own=own), on=by.today)
    if not answer.opens:
        raise closed(answer, made.child_id)
    _log(by, made, answer.rule_id)
    return made


def _log(by: Actor, made: GuardianDecision, rule: str) -> None:
    gate.log(by, Action.WRITE, [made.child_id], what=WHAT, object_id=str(made.pk), rule=rule)
