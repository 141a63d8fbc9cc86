"""Writing about the child and the people around it. Called by commands on higher floors, which hold the gate
and the log.
"""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet

from kring.organisations.models import Person, Unit

from .models import (
    CareRelation,
    Child,
    ChildNumber,
    Consent,
    ConsentScope,
    Custody,
    Disclosure,
    Guardian,
    ProtectedGroupMember,
)


@transaction.atomic
def register_child(*, numbers: Iterable[tuple[str, str, str]] = (), **fields: Any) -> Child:
    """Make a child. `numbers` are (kind, system, value); a number that already names a child raises
    IntegrityError.
    """
    child = Child.objects.create(**fields)
    ChildNumber.objects.bulk_create(
        [ChildNumber(child=child, kind=kind, system=system, value=value) for kind, system, value in numbers]
    )
    return child


@transaction.atomic
def hold(*, child_id: UUID) -> None:
    """Let other holders of the child wait until the caller's transaction ends: for what there may be one of.

    Nobody who only refers to the child waits.
    """
    Child.objects.select_for_update(no_key=True).filter(pk=child_id).first()


def give_custody(
    *, child: Child, guardian: Guardian, starts_on: date, ends_on: date | None = None
) -> Custody:
    """Record custody as the population register has it; the same period again changes nothing."""
    return Custody.objects.get_or_create(
        child=child, guardian=guardian, starts_on=starts_on, defaults={"ends_on": ends_on}
    )[0]


def relate(*, child: Child, unit: Unit, starts_on: date, kind: str = "care", **more: Any) -> CareRelation:
    """Record that a unit takes part in the care, schooling or support of a child. `more` may hold person and
    ends_on.
    """
    return CareRelation.objects.get_or_create(
        child=child, unit=unit, kind=kind, person=more.get("person"), defaults={"starts_on": starts_on} | more
    )[0]


def take_part(*, child_id: UUID, unit_id: UUID, today: date) -> None:
    """Let a unit invited to a shared plan reach the child as long as the plan is disclosed to it, unless
    something else already does.
    """
    going = _going_relations(child_id, unit_id, today).filter(person__isnull=True, starts_on__lte=today)
    last_day = _last_day_of_plans(child_id, unit_id)
    coordination = going.filter(kind=CareRelation.Kind.COORDINATION)
    if not coordination.update(ends_on=last_day) and not going.exists():
        kind = CareRelation.Kind.COORDINATION
        CareRelation.objects.create(
            child_id=child_id, unit_id=unit_id, kind=kind, starts_on=today, ends_on=last_day
        )


def _going_relations(child_id: UUID, unit_id: UUID, today: date) -> "QuerySet[CareRelation]":
    going = Q(ends_on__isnull=True) | Q(ends_on__gte=today)
    return CareRelation.objects.filter(going, child_id=child_id, unit_id=unit_id)


def _last_day_of_plans(child_id: UUID, unit_id: UUID) -> date | None:
    """Through which day plans of the child are disclosed to the unit; None when one of them has no end."""
    days = [row.last_day for row in _disclosed_plans(child_id, unit_id)]
    return None if None in days else max(days, default=None)


def _disclosed_plans(child_id: UUID, unit_id: UUID) -> "QuerySet[Disclosure]":
    category = ConsentScope.Category.PLAN
    return Disclosure.objects.filter(child_id=child_id, unit_id=unit_id, category=category, ended_at=None)


def no_longer_take_part(*, child_id: UUID, unit_id: UUID, today: date) -> None:
    """End at once what `take_part` opened, unless another plan is disclosed to the unit: then it holds for
    that one.

    The last day counts, so it is yesterday; a relation begun today has had no day of its own and goes. When
    the unit saw the plan is told by the disclosure.
    """
    coordination = _going_relations(child_id, unit_id, today).filter(kind=CareRelation.Kind.COORDINATION)
    others = _disclosed_plans(child_id, unit_id).filter(Disclosure.holding(today))
    if others.exists():
        coordination.update(ends_on=_last_day_of_plans(child_id, unit_id))
        return
    coordination.filter(starts_on=today).delete()
    coordination.filter(starts_on__lt=today).update(ends_on=today - timedelta(days=1))


def add_to_restricted_group(
    *, child: Child, person: Person, added_by: Person, now: datetime, reason: str
) -> ProtectedGroupMember:
    """Let a person reach a child with protected identity (ruling 9: decided by the unit head, logged by the
    caller).
    """
    return ProtectedGroupMember.objects.get_or_create(
        child=child, person=person, defaults={"added_by": added_by, "added_at": now, "reason": reason}
    )[0]


@transaction.atomic
def record_consent(*, scope: Iterable[tuple[UUID, str]] = (), **fields: Any) -> Consent:
    """Store one person's answer. `scope` are (unit id, category) cells; an earlier answer stays as it was."""
    consent = Consent.objects.create(**fields)
    ConsentScope.objects.bulk_create(
        [ConsentScope(consent=consent, unit_id=unit_id, category=category) for unit_id, category in scope]
    )
    return consent


def withdraw_consent(*, consent: Consent, now: datetime) -> None:
    """Take an answer back from now on; what was disclosed before is ended by the caller's own rules."""
    Consent.objects.filter(pk=consent.pk, withdrawn_at__isnull=True).update(withdrawn_at=now)


def disclose(
    *, child_id: UUID, unit_id: UUID, category: str, subject: UUID, now: datetime, **days: date | None
) -> Disclosure:
    """Let a unit see a shared thing from now. Already open: the last day is moved, nothing else. `days`:
    ends_on, and closes_on, which is told to nobody.
    """
    until = {name: days.get(name) for name in ("ends_on", "closes_on")}
    disclosure, _ = Disclosure.objects.update_or_create(
        unit_id=unit_id,
        category=category,
        subject=subject,
        ended_at=None,
        defaults=until,
        create_defaults={"child_id": child_id, "starts_at": now, **until},
    )
    return disclosure


def end_disclosures(
    *, subject: UUID, now: datetime, unit_ids: Iterable[UUID] | None = None, category: str = ""
) -> int:
    """Close a shared thing at once, for some units or kinds, or for all; returns how many were open."""
    still_open = Disclosure.objects.filter(subject=subject, ended_at__isnull=True)
    if unit_ids is not None:
        still_open = still_open.filter(unit_id__in=list(unit_ids))
    if category:
        still_open = still_open.filter(category=category)
    return still_open.update(ended_at=now)
