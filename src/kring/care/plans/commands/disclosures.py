"""Letting disclosures follow consent: open exactly while every required signer's yes covers the unit."""

from uuid import UUID

from django.db import transaction

from kring.access.actors import Actor
from kring.care.plans import queries
from kring.care.plans.models import Plan, PlanParty, ReceivedCopy, Summons
from kring.children import commands as children
from kring.children.models import Disclosure
from kring.timeline.commands import close_tasks

from .telling import tell_no_more

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
    # What closes first: a copy is of what the plan says now, to those who could read it until now.
    closing = _standing(plan) - wanted
    _leave_copies(by, plan, {unit_id for unit_id, category in closing if category == CATEGORY})
    for unit_id, category in sorted(wanted, key=str):
        what = {"unit_id": unit_id, "category": category, "subject": plan.pk}
        children.disclose(
            child_id=plan.child_id,
            now=by.now,
            ends_on=consent.standing.last_day,
            closes_on=consent.closes_on,
            **what,
        )
        if category == CATEGORY:
            children.take_part(child_id=plan.child_id, unit_id=unit_id, today=by.today)
    for unit_id, category in closing:
        _close(by, plan, unit_id, category)


def _other_parties(plan: Plan) -> set[UUID]:
    parties = PlanParty.objects.filter(plan=plan, left_at__isnull=True).exclude(unit_id=plan.unit_id)
    return set(parties.values_list("unit_id", flat=True))


def _standing(plan: Plan) -> set[tuple[UUID, str]]:
    going = Disclosure.objects.filter(subject=plan.pk, ended_at__isnull=True)
    return set(going.values_list("unit_id", "category"))


def _leave_copies(by: Actor, plan: Plan, unit_ids: set[UUID]) -> None:
    """Let each unit keep what was disclosed to it, with its date (ruling 11). A disclosure that has run out
    is of an earlier day: its unit keeps the versions of that time.
    """
    told = Disclosure.objects.filter(subject=plan.pk, category=CATEGORY, unit_id__in=unit_ids, ended_at=None)
    readable = [row for row in told if row.last_day is None or row.last_day >= by.today]
    if not readable:
        return
    described = Plan.objects.select_related("overall_responsible", "coordinator", "child", "unit")
    now = described.get(pk=plan.pk)
    now.is_whole = True
    said = queries.snapshot_of(queries.content_of(by, now, as_stored=True))
    copies = [
        ReceivedCopy(plan=plan, unit_id=row.unit_id, stored=said, since=row.starts_at, at=by.now)
        for row in readable
    ]
    ReceivedCopy.objects.bulk_create(copies)


def _close(by: Actor, plan: Plan, unit_id: UUID, category: str) -> None:
    children.end_disclosures(subject=plan.pk, now=by.now, unit_ids=[unit_id], category=category)
    if category != CATEGORY:
        return
    tell_no_more(by=by, plan=plan, unit_id=unit_id)
    children.no_longer_take_part(child_id=plan.child_id, unit_id=unit_id, today=by.today)
    for summons_id in Summons.objects.filter(plan=plan).values_list("pk", flat=True):
        close_tasks(by=by, subject=summons_id, unit_ids=[unit_id])
