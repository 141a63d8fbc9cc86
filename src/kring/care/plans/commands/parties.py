"""Who takes part in the plan."""

from uuid import UUID

from django.db import transaction

from kring.access.actors import Actor
from kring.access.permissions import Permission
from kring.care.plans.models import Plan, PlanParty
from kring.care.plans.rules import Refusal
from kring.organisations.models import Assignment

from .disclosures import settle_disclosures
from .telling import tell_family
from .writing import keep_in_charge, leave_trace, plan_to_change


@transaction.atomic
def join_party(*, by: Actor, plan_id: UUID, unit_id: UUID, contact_id: UUID | None = None) -> PlanParty:
    """Take a unit into the plan. It sees nothing until the family has said yes to it.

    Raises:
        Refusal: not_in_charge, already_party, person_not_at_unit.
    """
    plan = plan_to_change(by=by, plan_id=plan_id, permission=Permission.EDIT_PLAN, what="plan.party")
    keep_in_charge(by=by, plan=plan)
    if contact_id and not works_at(by, contact_id, unit_id):
        raise Refusal("person_not_at_unit")
    fields = {"joined_at": by.now, "left_at": None, "contact_id": contact_id}
    party = PlanParty.objects.filter(plan=plan, unit_id=unit_id).first()
    if party and party.left_at is None:
        raise Refusal("already_party")
    party, _ = PlanParty.objects.update_or_create(plan=plan, unit_id=unit_id, defaults=fields)
    settle_disclosures(by=by, plan=plan)
    leave_trace(by=by, plan=plan, what="plan.party")
    if plan.started_at:
        tell_family(by=by, plan=plan, act="consent_asked")
    return party


def works_at(by: Actor, person_id: UUID, unit_id: UUID) -> bool:
    """Whether a person has an assignment at a unit today."""
    begun = Assignment.objects.filter(person_id=person_id, unit_id=unit_id, starts_on__lte=by.today)
    return begun.exclude(ends_on__lt=by.today).exists()


@transaction.atomic
def leave_party(*, by: Actor, plan_id: UUID, unit_id: UUID) -> None:
    """Let a unit leave: its own wish, or by the unit in charge. The plan closes to it at once; its items
    stay.

    Raises:
        Refusal: not_a_party, in_charge_stays, not_in_charge.
    """
    plan = plan_to_change(by=by, plan_id=plan_id, permission=Permission.EDIT_PLAN, what="plan.party")
    if unit_id == plan.unit_id:
        raise Refusal("in_charge_stays")
    if unit_id != by.unit_id:
        keep_in_charge(by=by, plan=plan)
    if not PlanParty.objects.filter(plan=plan, unit_id=unit_id, left_at__isnull=True).update(left_at=by.now):
        raise Refusal("not_a_party")
    leave_trace(by=by, plan=plan, what="plan.party")
    settle_disclosures(by=by, plan=plan)


@transaction.atomic
def state_nothing_now(*, by: Actor, plan_id: UUID, words: str) -> PlanParty:
    """Say, for the actor's own unit, why it does nothing in the plan just now. Empty words take it back.

    Raises:
        Refusal: not_a_party.
    """
    plan = plan_to_change(by=by, plan_id=plan_id, permission=Permission.EDIT_PLAN, what="plan.party")
    party = own_party(by, plan)
    party.nothing_now = words.strip()[:300]
    party.save(update_fields=["nothing_now"])
    leave_trace(by=by, plan=plan, what="plan.party")
    return party


def own_party(by: Actor, plan: Plan) -> PlanParty:
    """The actor's own unit as a party."""
    party = PlanParty.objects.filter(plan=plan, unit_id=by.unit_id, left_at__isnull=True).first()
    if party is None:
        raise Refusal("not_a_party")
    return party


@transaction.atomic
def name_contact(*, by: Actor, plan_id: UUID, unit_id: UUID, contact_id: UUID | None = None) -> PlanParty:
    """Name whom to turn to at a party: the party itself does, or the unit in charge when it knows. None takes
    the name back.

    Raises:
        Refusal: not_a_party, not_in_charge, person_not_at_unit.
    """
    plan = plan_to_change(by=by, plan_id=plan_id, permission=Permission.EDIT_PLAN, what="plan.party")
    if unit_id != by.unit_id:
        keep_in_charge(by=by, plan=plan)
    if contact_id and not works_at(by, contact_id, unit_id):
        raise Refusal("person_not_at_unit")
    going = PlanParty.objects.filter(plan=plan, unit_id=unit_id, left_at__isnull=True)
    party = going.select_for_update().first()
    if party is None:
        raise Refusal("not_a_party")
    party.contact_id = contact_id
    party.save(update_fields=["contact"])
    leave_trace(by=by, plan=plan, what="plan.party")
    return party
