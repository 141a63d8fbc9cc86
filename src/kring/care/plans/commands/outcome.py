"""Moments five and six: establish, agree on versions, follow up, end."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction

from kring.access import items
from kring.access.actors import Actor
from kring.access.permissions import Permission
from kring.care.plans import queries, rules
from kring.care.plans.models import (
    Acknowledgement,
    Closure,
    FollowUp,
    Goal,
    GoalReview,
    Plan,
    PlannedFollowUp,
    PlanVersion,
)
from kring.care.plans.rules import Refusal
from kring.care.plans.rules.shown import NOTHING_CHOSEN

from .calling import missing_names
from .telling import tell_all_of_version, tell_family
from .writing import (
    change_once,
    follow_review,
    keep_in_charge,
    leave_nothing_to_do,
    leave_trace,
    plan_to_change,
    readers_chosen,
)

FACES = range(1, 6)
NEEDS_WORDS = ("declined", "other")


def _held(by: Actor, plan_id: UUID, permission: Permission, what: str) -> Plan:
    plan = plan_to_change(by=by, plan_id=plan_id, permission=permission, what=what)
    keep_in_charge(by=by, plan=plan)
    return plan


@transaction.atomic
def establish_plan(*, by: Actor, plan_id: UUID, seen: int, follow_up_on: date | None = None) -> PlanVersion:
    """Settle the plan: the four statutory items, a consent in force and a day for follow-up. Makes version 1.

    Raises:
        Refusal: not_in_charge, not_started, not_a_draft, gaps (named), consent_waiting, consent_conflict,
            consent_no_signer, follow_up_missing, follow_up_passed. EditConflict.
    """
    plan = _held(by, plan_id, Permission.ESTABLISH_PLAN, "plan.establish")
    if plan.started_at is None:
        raise Refusal("not_started")
    if plan.status != Plan.Status.DRAFT:
        raise Refusal("not_a_draft")
    content = queries.content_of(by, plan)
    if content.gaps:
        raise Refusal("gaps", what="; ".join(str(gap) for gap in content.gaps))
    require_consent(by=by, plan=plan)
    due = _coming(by, follow_up_on or plan.follow_up_on)
    change_once(by=by, row=plan, seen=seen, status=Plan.Status.ESTABLISHED, follow_up_on=due)
    version = _make_version(by, plan, "established")
    data = {"version": version.number}
    leave_trace(by=by, plan=plan, what="plan.establish", event="plan_established", data=data)
    _plan_follow_up(by, plan, due)
    tell_all_of_version(by=by, plan=plan, version=version, act="plan_established")
    return version


@transaction.atomic
def require_consent(*, by: Actor, plan: Plan) -> None:
    """Refuse while the consent that the plan rests on is not in force."""
    consent = queries.consent_of(by, plan)
    if not consent.standing.is_valid:
        raise Refusal(f"consent_{consent.standing.state}", who=missing_names(consent))


def _coming(by: Actor, day: date | None) -> date:
    if day is None:
        raise Refusal("follow_up_missing")
    if day <= by.today:
        raise Refusal("follow_up_passed")
    return day


def _make_version(by: Actor, plan: Plan, reason: str) -> PlanVersion:
    content = queries.snapshot_of(queries.content_of(by, plan, as_stored=True))
    number = PlanVersion.objects.filter(plan=plan).count() + 1
    stamp = {"made_at": by.now, "made_by_id": by.person_id, "reason": reason[:200]}
    return PlanVersion.objects.create(plan=plan, number=number, stored=content, **stamp)


def _plan_follow_up(by: Actor, plan: Plan, due: date, reason: str = "") -> None:
    PlannedFollowUp.objects.create(
        plan=plan, due_on=due, reason=reason[:200], planned_at=by.now, planned_by_id=by.person_id
    )
    data = {"due_on": due.isoformat()}
    leave_trace(
        by=by,
        plan=plan,
        what="plan.follow_up.plan",
        event="follow_up_planned",
        data=data,
        reason=reason[:300],
    )


@transaction.atomic
def publish_version(*, by: Actor, plan_id: UUID, seen: int, reason: str = "") -> PlanVersion:
    """Agree on what an established plan says now. Earlier versions stay as they were.

    Raises:
        Refusal: not_in_charge, not_established, nothing_changed, consent_*. EditConflict.
    """
    plan = _held(by, plan_id, Permission.ESTABLISH_PLAN, "plan.version")
    if plan.status != Plan.Status.ESTABLISHED:
        raise Refusal("not_established")
    require_consent(by=by, plan=plan)
    plan = Plan.objects.select_related("overall_responsible", "coordinator", "child", "unit").get(pk=plan.pk)
    latest = PlanVersion.objects.filter(plan=plan).order_by("-number").first()
    now = queries.snapshot_of(queries.content_of(by, plan, as_stored=True))
    if latest and not rules.difference(latest.stored, now):
        raise Refusal("nothing_changed")
    change_once(by=by, row=plan, seen=seen)
    version = _make_version(by, plan, reason.strip())
    data = {"version": version.number}
    leave_trace(by=by, plan=plan, what="plan.version", event="plan_version", object_id=version.pk, data=data)
    tell_all_of_version(by=by, plan=plan, version=version, act="plan_version")
    return version


@transaction.atomic
def acknowledge(*, by: Actor, version_id: UUID, comment: str = "") -> Acknowledgement:
    """Say, as guardian or child, that one has read a version. It is no signature; said again it changes
    nothing.
    """
    permission = Permission.ACKNOWLEDGE_PLAN
    version = queries.version_or_404(by, version_id, what="plan.acknowledge", permission=permission)
    said = {"at": by.now, "comment": comment.strip()}
    row, _ = Acknowledgement.objects.get_or_create(version=version, guardian_id=by.guardian_id, defaults=said)
    leave_trace(by=by, plan=version.plan, what="plan.acknowledge", object_id=version.pk)
    return row


@transaction.atomic
def hold_follow_up(
    *,
    by: Actor,
    plan_id: UUID,
    seen: int,
    statuses: Mapping[UUID, tuple[str, str]],
    child_words: str = "",
    summary: str = "",
    next_on: date | None = None,
    held_on: date | None = None,
    **shown: Any,
) -> FollowUp:
    """Say how each goal stands as (status, comment), and when the next follow-up is; None when the plan
    can end. `shown`: who of the family reads the summary and the comments, see `rules.shown`.

    Raises:
        Refusal: not_in_charge, not_established, held_in_future, goal_status_missing, follow_up_passed,
            choice_missing, visible_from_missing. EditConflict.
    """
    plan = _held(by, plan_id, Permission.FOLLOW_UP_PLAN, "plan.follow_up")
    if plan.status != Plan.Status.ESTABLISHED:
        raise Refusal("not_established")
    held_on = held_on or by.today
    if held_on > by.today:
        raise Refusal("held_in_future")
    going = Goal.objects.filter(plan=plan, removed_at__isnull=True)
    goals = {goal.pk: goal for goal in items.shown(by, going)}
    _check_statuses(goals, statuses)
    due = _coming(by, next_on) if next_on else None
    was_due = plan.follow_up_on
    change_once(by=by, row=plan, seen=seen, follow_up_on=due)
    words = {"child_words": child_words.strip(), "summary": summary.strip()}
    words |= readers_chosen(by=by, chosen=shown)
    stamp = {"recorded_at": by.now, "recorded_by_id": by.person_id}
    stamp |= {"changed_at": by.now, "changed_by_id": by.person_id}
    follow_up = FollowUp.objects.create(
        plan=plan, held_on=held_on, was_due_on=was_due, next_on=due, **words, **stamp
    )
    _review(by, follow_up, goals, statuses)
    data = {"was_due_on": was_due.isoformat() if was_due else ""}
    leave_trace(
        by=by,
        plan=plan,
        what="plan.follow_up",
        event="followed_up",
        on=held_on,
        object_id=follow_up.pk,
        data=data,
    )
    follow_review(by=by, plan=plan, row=follow_up, unit_id=plan.unit_id)
    if due:
        _plan_follow_up(by, plan, due)
    return follow_up


def _check_statuses(goals: Mapping[UUID, Goal], statuses: Mapping[UUID, tuple[str, str]]) -> None:
    known = set(Goal.Status.values)
    if set(statuses) != set(goals) or any(status not in known for status, _ in statuses.values()):
        raise Refusal("goal_status_missing")


def _review(
    by: Actor, follow_up: FollowUp, goals: Mapping[UUID, Goal], statuses: Mapping[UUID, tuple[str, str]]
) -> None:
    rows = [
        GoalReview(follow_up=follow_up, goal=goals[key], status=status, comment=comment.strip())
        for key, (status, comment) in statuses.items()
    ]
    GoalReview.objects.bulk_create(rows)
    for row in rows:
        change_once(by=by, row=row.goal, seen=row.goal.revision, status=row.status)


@transaction.atomic
def move_follow_up(*, by: Actor, plan_id: UUID, seen: int, to: date, reason: str) -> PlannedFollowUp:
    """Set another day for the coming follow-up; the moves are counted and shown (ruling 21).

    Raises:
        Refusal: not_in_charge, not_established, follow_up_passed, follow_up_unchanged, reason_missing.
        EditConflict.
    """
    plan = _held(by, plan_id, Permission.FOLLOW_UP_PLAN, "plan.follow_up.move")
    if plan.status != Plan.Status.ESTABLISHED:
        raise Refusal("not_established")
    due = _coming(by, to)
    if due == plan.follow_up_on:
        raise Refusal("follow_up_unchanged")
    if not reason.strip():
        raise Refusal("reason_missing")
    change_once(by=by, row=plan, seen=seen, follow_up_on=due)
    _plan_follow_up(by, plan, due, reason.strip())
    return PlannedFollowUp.objects.filter(plan=plan).latest("pk")


@transaction.atomic
def close_plan(*, by: Actor, plan_id: UUID, seen: int, reason: str, **said: Any) -> Closure:
    """End the plan with a reason and the child's own evaluation.

    `said` may hold words, child_words, child_listened and child_helped (faces 1-5, None when not asked), and
    who of the family reads the words, see `rules.shown`.

    Raises:
        Refusal: not_in_charge, closing_reason_missing, closing_words_missing, face_out_of_range,
            choice_missing, visible_from_missing.
        EditConflict.
    """
    plan = _held(by, plan_id, Permission.CLOSE_PLAN, "plan.close")
    shown = {name: said.pop(name) for name in NOTHING_CHOSEN if name in said}
    clean = _closing(reason, said) | readers_chosen(by=by, chosen=shown)
    change_once(by=by, row=plan, seen=seen, status=Plan.Status.ENDED, follow_up_on=None)
    stamp = {"ended_at": by.now, "ended_by_id": by.person_id, "changed_at": by.now}
    closure = Closure.objects.create(plan=plan, reason=reason, changed_by_id=by.person_id, **stamp, **clean)
    leave_nothing_to_do(by=by, plan=plan, result="closed")
    leave_trace(by=by, plan=plan, what="plan.close", event="sip_closed", data={"reason": reason})
    follow_review(by=by, plan=plan, row=closure, unit_id=plan.unit_id)
    tell_family(by=by, plan=plan, act="plan_closed")
    return closure


def _closing(reason: str, said: dict[str, Any]) -> dict[str, Any]:
    clean = {name: value.strip() if isinstance(value, str) else value for name, value in said.items()}
    if unknown := set(clean) - {"words", "child_words", "child_listened", "child_helped"}:
        raise TypeError(f"not fields of a closure: {sorted(unknown)}")
    if reason not in Closure.Reason.values:
        raise Refusal("closing_reason_missing")
    if reason in NEEDS_WORDS and not clean.get("words"):
        raise Refusal("closing_words_missing")
    faces = (clean.get("child_listened"), clean.get("child_helped"))
    if any(face is not None and face not in FACES for face in faces):
        raise Refusal("face_out_of_range")
    return clean
