"""Moments one and two: the need is seen, somebody asks for a plan, a party decides to make one, or not."""

from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction

from kring.access import gate
from kring.access.actors import Actor
from kring.access.facts import current
from kring.access.permissions import Permission
from kring.access.policy.ages import Birth, standing
from kring.access.policy.decision import Outcome
from kring.access.policy.parties import Sector
from kring.access.policy.plans import PLAN_ACTS, Act, PlanAct
from kring.care.plans import queries
from kring.care.plans.models import Closure, Plan, PlanParty
from kring.care.plans.rules import Refusal
from kring.children.commands import hold
from kring.children.models import CareRelation, Child
from kring.timeline import limits

from .telling import tell_family, tell_in_charge
from .writing import change_once, keep_in_charge, leave_nothing_to_do, leave_trace, plan_to_change

DESCRIBED = (
    "what_matters",
    "situation",
    "needed_efforts",
    "other_measures",
    "overall_responsible_id",
    "coordinator_id",
    "early_signs",
)
"""The fields of the plan itself, kept by the unit in charge."""


@transaction.atomic
def start_plan(
    *,
    by: Actor,
    child_id: UUID,
    need_identified_on: date,
    kind: str = "sip",
    requested_by: str = "professional",
    what_matters: str = "",
    situation: str = "",
) -> Plan:
    """Decide that a plan is to be made: one party's judgement is enough (HSL 16:4). The actor's unit is in
    charge.

    Raises:
        Refusal: need_in_future, need_too_early, too_old, unit_may_not_start, open_plan_exists.
    """
    child = gate.child_or_404(by, Permission.START_PLAN, child_id, what="plan.start")
    hold(child_id=child.pk)
    _check_start(by, child, need_identified_on, kind)
    plan = _new_plan(
        by, child, need_identified_on, kind=kind, requested_by=requested_by,
        what_matters=what_matters.strip(), situation=situation.strip(), started_at=by.now,
        coordinator_id=by.person_id, unit_id=by.unit_id,
    )  # fmt: skip
    leave_trace(by=by, plan=plan, what="plan.start", event="sip_need_identified", on=need_identified_on)
    leave_trace(by=by, plan=plan, what="plan.start", event="sip_started", data={"kind": kind})
    tell_family(by=by, plan=plan, act="consent_asked")
    return plan


def _check_start(by: Actor, child: Child, need_on: date, kind: str) -> None:
    if need_on > by.today:
        raise Refusal("need_in_future")
    # The plan's clocks run from the need, so it has to lie where they are known.
    if need_on < (first := limits.first_day("sip_start_3")):
        raise Refusal("need_too_early", year=str(first.year))
    _check_age(by, child, Act.START)
    going = queries.whole_plans(by).filter(child=child, kind=kind, status__in=Plan.GOING)
    if going.exists():
        raise Refusal("open_plan_exists")


def _check_age(by: Actor, child: Child, act: Act) -> None:
    birth = Birth.of(child.birth_date, child.birth_precision)
    young = standing(birth, by.today).under_plan_limit
    # Every private provider in the region's register works on the region's contract, so is publicly funded.
    sector = Sector(by.sector) if by.sector else Sector.DENTAL
    asked = PlanAct(act=act, publicly_funded=True, under_plan_limit=young, sector=sector)
    answer = PLAN_ACTS.decide(asked, on=by.today)
    if answer.outcome is not Outcome.ALLOW:
        raise Refusal("unit_may_not_start" if young else "too_old", rule=answer.rule_id, about=child.pk)


def _new_plan(by: Actor, child: Child, need_on: date, **fields: Any) -> Plan:
    stamp = {"changed_at": by.now, "changed_by_id": by.person_id}
    plan = Plan.objects.create(child=child, need_identified_on=need_on, **stamp, **fields)
    PlanParty.objects.create(
        plan=plan, unit_id=plan.unit_id, contact_id=plan.coordinator_id, joined_at=by.now
    )
    return plan


@transaction.atomic
def request_plan(*, by: Actor, child_id: UUID, unit_id: UUID, what_matters: str = "") -> Plan:
    """Ask a unit around the child to make a plan: guardian, child or staff. The start clock runs from now.

    Raises:
        Refusal: too_old, unit_not_around_child, open_plan_exists.
    """
    child = gate.child_or_404(by, Permission.REQUEST_PLAN, child_id, what="plan.request")
    hold(child_id=child.pk)
    _check_age(by, child, Act.REQUEST)
    if not CareRelation.objects.filter(current(by.today), child=child, unit_id=unit_id).exists():
        raise Refusal("unit_not_around_child")
    if queries.whole_plans(by).filter(child=child, kind=Plan.Kind.SIP, status__in=Plan.GOING).exists():
        raise Refusal("open_plan_exists")
    who = "child" if by.child_id else "guardian" if by.guardian_id else "professional"
    plan = _new_plan(
        by, child, by.today, unit_id=unit_id, requested_by=who, what_matters=what_matters.strip()
    )
    leave_trace(by=by, plan=plan, what="plan.request", event="sip_need_identified", unit_id=unit_id)
    tell_in_charge(by=by, plan=plan, act="plan_requested")
    return plan


@transaction.atomic
def accept_request(*, by: Actor, plan_id: UUID) -> Plan:
    """Decide to make the plan that somebody has asked the actor's unit for.

    Raises:
        Refusal: not_in_charge, already_started, too_old, unit_may_not_start.
    """
    plan = plan_to_change(by=by, plan_id=plan_id, permission=Permission.START_PLAN, what="plan.start")
    keep_in_charge(by=by, plan=plan)
    if plan.started_at:
        raise Refusal("already_started")
    _check_age(by, plan.child, Act.START)
    change_once(by=by, row=plan, seen=plan.revision, started_at=by.now, coordinator_id=by.person_id)
    PlanParty.objects.filter(plan=plan, unit_id=plan.unit_id).update(contact_id=by.person_id)
    leave_trace(by=by, plan=plan, what="plan.start", event="sip_started", data={"kind": plan.kind})
    tell_family(by=by, plan=plan, act="consent_asked")
    return plan


@transaction.atomic
def decline_plan(*, by: Actor, plan_id: UUID, reason: str) -> Plan:
    """Say no to a plan, exceptionally, with a reason that is kept.

    Raises:
        Refusal: not_in_charge, not_a_draft, reason_missing.
    """
    plan = plan_to_change(by=by, plan_id=plan_id, permission=Permission.START_PLAN, what="plan.decline")
    keep_in_charge(by=by, plan=plan)
    if plan.status != Plan.Status.DRAFT:
        raise Refusal("not_a_draft")
    if not reason.strip():
        raise Refusal("reason_missing")
    fields = {"status": Plan.Status.DECLINED, "declined_reason": reason.strip()}
    change_once(by=by, row=plan, seen=plan.revision, **fields)
    leave_nothing_to_do(by=by, plan=plan, result="declined")
    leave_trace(
        by=by, plan=plan, what="plan.decline", event="sip_closed", data={"reason": Closure.Reason.DECLINED}
    )
    return plan


@transaction.atomic
def describe_plan(*, by: Actor, plan_id: UUID, seen: int, **fields: Any) -> Plan:
    """Write the plan's own fields (`DESCRIBED`): the unit in charge. Fields left out stay as they are.

    Raises:
        Refusal: not_in_charge. EditConflict: somebody else changed it.
    """
    plan = plan_to_change(by=by, plan_id=plan_id, permission=Permission.EDIT_PLAN, what="plan.describe")
    keep_in_charge(by=by, plan=plan)
    if unknown := set(fields) - set(DESCRIBED):
        raise TypeError(f"not fields of the plan itself: {sorted(unknown)}")
    clean = {name: value.strip() if isinstance(value, str) else value for name, value in fields.items()}
    change_once(by=by, row=plan, seen=seen, **clean)
    leave_trace(by=by, plan=plan, what="plan.describe")
    return plan
