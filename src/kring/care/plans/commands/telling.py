"""Who is told of what is done in a plan; which act tells whom is `notifications.rules`."""

from collections.abc import Iterable
from uuid import UUID

from django.db import transaction

from kring.access.actors import Actor
from kring.access.policy.answers import CHILD
from kring.care.plans import queries
from kring.care.plans.models import Plan, PlanParty, PlanVersion, Summons
from kring.children.models import Disclosure
from kring.notifications.commands import close_to_units, tell
from kring.timeline.owners import owner_of

OF_CONSENT = frozenset({"consent_asked", "consent_ended"})


@transaction.atomic
def tell_family(*, by: Actor, plan: Plan, act: str, about: UUID | None = None) -> None:
    """Tell the child's guardians and, of what it is told itself, the child; of consent those who answer."""
    only = _who_answer(by, plan) if act in OF_CONSENT else None
    tell(by=by, act=act, child_id=plan.child_id, about=about or plan.pk, family=True, only=only)


def _who_answer(by: Actor, plan: Plan) -> set[UUID]:
    """The people who give consent to the plan today: guardians, or the child that decides itself."""
    consent = queries.consent_of(by, plan)
    rows = [row for row in consent.signers if row.signer in consent.requirement.signers]
    people = {row.guardian.person_id for row in rows if row.guardian and row.guardian.person_id}
    itself = plan.child.person_id if any(row.signer == CHILD for row in rows) else None
    return people | ({itself} if itself else set())


@transaction.atomic
def tell_in_charge(*, by: Actor, plan: Plan, act: str, about: UUID | None = None) -> None:
    """Tell whoever keeps the plan going: the coordinator, else those who lead the unit."""
    units = {plan.unit_id: plan.coordinator_id}
    tell(by=by, act=act, child_id=plan.child_id, about=about or plan.pk, units=units)


@transaction.atomic
def tell_units(*, by: Actor, plan: Plan, act: str, about: UUID, unit_ids: Iterable[UUID]) -> None:
    """Tell at each of these units the one who has this child's plan there."""
    units = {unit_id: owner_at(by, plan, unit_id) for unit_id in unit_ids}
    tell(by=by, act=act, child_id=plan.child_id, about=about, units=units)


def owner_at(by: Actor, plan: Plan, unit_id: UUID) -> UUID | None:
    """Who at a party's unit takes what comes: the person the party has named, else as for any task."""
    party = PlanParty.objects.filter(plan=plan, unit_id=unit_id, left_at__isnull=True).first()
    first = party.contact_id if party else None
    return owner_of(by=by, child_id=plan.child_id, unit_id=unit_id, first=first)


@transaction.atomic
def tell_all_of_version(*, by: Actor, plan: Plan, version: PlanVersion, act: str) -> None:
    """Tell the family and every party that the plan is open to that there is a version to read."""
    tell_family(by=by, plan=plan, act=act, about=version.pk)
    going = Disclosure.objects.filter(subject=plan.pk, category="plan", ended_at__isnull=True)
    others = going.exclude(unit_id=plan.unit_id).values_list("unit_id", flat=True)
    tell_units(by=by, plan=plan, act=act, about=version.pk, unit_ids=sorted(others))


@transaction.atomic
def tell_no_more(*, by: Actor, plan: Plan, unit_id: UUID) -> None:
    """The plan is closed to a unit: what it was told about it and has not read is gone at once."""
    summonses = Summons.objects.filter(plan=plan).values_list("pk", flat=True)
    versions = PlanVersion.objects.filter(plan=plan).values_list("pk", flat=True)
    close_to_units(abouts=[plan.pk, *summonses, *versions], unit_ids=[unit_id])
