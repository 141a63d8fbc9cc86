"""Letting disclosures follow consent: open exactly while every required signer's yes covers the unit."""

from uuid import UUID

from django.db import transaction

from kring.access.actors import Actor
from kring.care.plans import queries
from kring.care.plans.models import Plan, PlanParty, Summons
from kring.children import commands as children
from kring.children.models import Disclosure
from kring.timeline.commands import close_tasks

CATEGORY = "plan"


@transaction.atomic
def settle_disclosures(*, by: Actor, plan: Plan) -> None:
    """Open and close what the consents of today say. Closing is at once; what a unit contributed stays its
    own.
    """
    consent = queries.consent_of(by, plan)
    parties = _other_parties(plan)
    # The unit in charge has the plan already; the others' booked times it gets by consent like everyone.
    wanted = {
        (unit_id, category)
        for unit_id, category in consent.cells
        if unit_id in parties or (unit_id == plan.unit_id and category != CATEGORY)
    }
    for unit_id, category in sorted(wanted, key=str):
        what = {"unit_id": unit_id, "category": category, "subject": plan.pk}
        children.disclose(child_id=plan.child_id, now=by.now, ends_on=consent.standing.last_day, **what)
        if category == CATEGORY:
            children.take_part(child_id=plan.child_id, unit_id=unit_id, today=by.today)
    for unit_id, category in _standing(plan) - wanted:
        _close(by, plan, unit_id, category)


def _other_parties(plan: Plan) -> set[UUID]:
    parties = PlanParty.objects.filter(plan=plan, left_at__isnull=True).exclude(unit_id=plan.unit_id)
    return set(parties.values_list("unit_id", flat=True))


def _standing(plan: Plan) -> set[tuple[UUID, str]]:
    going = Disclosure.objects.filter(subject=plan.pk, ended_at__isnull=True)
    return set(going.values_list("unit_id", "category"))


def _close(by: Actor, plan: Plan, unit_id: UUID, category: str) -> None:
    children.end_disclosures(subject=plan.pk, now=by.now, unit_ids=[unit_id], category=category)
    if category != CATEGORY:
        return
    children.no_longer_take_part(child_id=plan.child_id, unit_id=unit_id, today=by.today)
    for summons_id in Summons.objects.filter(plan=plan).values_list("pk", flat=True):
        close_tasks(by=by, subject=summons_id, unit_ids=[unit_id])
