"""What follows when only the day has changed: carried out by Kring itself, for the unit in charge."""

from uuid import UUID

from django.db import transaction

from kring.access.actors import Actor
from kring.care.plans.models import Plan

from .disclosures import settle_disclosures
from .telling import tell_family, tell_in_charge
from .writing import leave_trace, show_next_step


def _held(plan_id: UUID) -> Plan | None:
    rows = Plan.objects.select_related("child", "unit").select_for_update(of=("self",))
    return rows.filter(pk=plan_id, status__in=Plan.GOING).first()


@transaction.atomic
def follow_ended_consent(*, by: Actor, plan_id: UUID) -> None:
    """A yes has run out: the plan closes to the other parties, the worklist asks for a new answer, and both
    family and coordinator are told.
    """
    if (plan := _held(plan_id)) is None:
        return
    settle_disclosures(by=by, plan=plan)
    leave_trace(by=by, plan=plan, what="plan.consent.ended", event="consent_ended")
    tell_family(by=by, plan=plan, act="consent_ended")
    tell_in_charge(by=by, plan=plan, act="consent_ended")


@transaction.atomic
def close_ended_disclosures(*, by: Actor, plan_id: UUID) -> None:
    """What is no longer open to a unit is closed there in every list, and a plan that goes on asks anew."""
    if plan := Plan.objects.select_related("child", "unit").filter(pk=plan_id).first():
        settle_disclosures(by=by, plan=plan)
        if plan.status in Plan.GOING:
            show_next_step(by=by, plan=plan)


@transaction.atomic
def follow_new_decider(*, by: Actor, plan_id: UUID) -> None:
    """Somebody else consents for the child than before: what is open follows, and the worklist asks the right
    one. Nobody is told by it: a placement is the social services' to tell, a judgement its unit's.
    """
    if plan := _held(plan_id):
        settle_disclosures(by=by, plan=plan)
        show_next_step(by=by, plan=plan)


@transaction.atomic
def redraw_next_step(*, by: Actor, plan_id: UUID) -> None:
    """Let the worklist show what today's next step is."""
    if plan := _held(plan_id):
        show_next_step(by=by, plan=plan)
