"""Who the family turns to: appointed by the operations manager or the coordinator (HSF 2017:80 4:1)."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction

from kring.access import gate
from kring.access.actors import Actor
from kring.access.facts import current
from kring.access.permissions import Permission
from kring.access.refusals import EditConflict
from kring.audit.models import Action
from kring.care.contacts import queries
from kring.care.contacts.models import CareContact, Mandate
from kring.care.contacts.rules import Refusal
from kring.children.commands import hold
from kring.organisations.models import Assignment
from kring.timeline.commands import record_event

P = Permission.APPOINT_CARE_CONTACT
NOTES = ("phone", "phone_hours", "external_note", "internal_note")


@transaction.atomic
def appoint(
    *,
    by: Actor,
    child_id: UUID,
    role: str,
    person_id: UUID | None = None,
    starts_on: date | None = None,
    handover_until: date | None = None,
    **notes: str,
) -> CareContact:
    """Appoint a person at the actor's unit, or its team. A contact in the same role goes on through
    `handover_until`.

    Without a handover day the former one ends the day before. `notes` may hold `NOTES`.

    Raises:
        Refusal: role_missing, person_not_at_unit, appointed_elsewhere, handover_too_short, starts_too_early.
    """
    child = gate.child_or_404(by, P, child_id, what="contact.appoint")
    if role not in CareContact.Role.values:
        raise Refusal("role_missing")
    _check_person(by, person_id)
    starts_on = starts_on or by.today
    hold(child_id=child.pk)
    _hand_over(by, child.pk, role, starts_on, handover_until)
    stamp = {"recorded_at": by.now, "recorded_by_id": by.person_id}
    contact = CareContact.objects.create(
        child=child,
        unit_id=by.unit_id,
        role=role,
        person_id=person_id,
        starts_on=starts_on,
        **_tidy(notes),
        **stamp,
    )
    _trace(by, contact, "contact.appoint", event="care_contact_appointed")
    return contact


def _check_person(by: Actor, person_id: UUID | None) -> None:
    here = Assignment.objects.filter(current(by.today), unit_id=by.unit_id, person_id=person_id)
    if person_id and not here.exists():
        raise Refusal("person_not_at_unit")


def _tidy(notes: dict[str, str]) -> dict[str, str]:
    if unknown := set(notes) - set(NOTES):
        raise TypeError(f"not fields of a contact: {sorted(unknown)}")
    return {name: value.strip() for name, value in notes.items()}


def _hand_over(by: Actor, child_id: UUID, role: str, starts_on: date, until: date | None) -> None:
    going = CareContact.objects.select_for_update().filter(child_id=child_id, role=role, ends_on__isnull=True)
    if going.filter(unit__controller_id=by.controller_id).exclude(unit_id=by.unit_id).exists():
        raise Refusal("appointed_elsewhere")
    former = going.filter(unit_id=by.unit_id).first()
    if former is None:
        return
    if until and until < starts_on:
        raise Refusal("handover_too_short")
    last = until or starts_on - timedelta(days=1)
    if last < former.starts_on:
        raise Refusal("starts_too_early")
    _save(former, None, ends_on=last)


def _trace(by: Actor, contact: CareContact, what: str, event: str = "") -> None:
    gate.log(by, Action.WRITE, [contact.child_id], what=what, object_id=str(contact.pk))
    if event:
        about = {"subject": contact.pk, "data": {"role": contact.role}}
        record_event(by=by, kind=event, child_id=contact.child_id, effective_at=by.now, **about)


def _own(by: Actor, contact_id: UUID, what: str) -> CareContact:
    found = queries.contact_or_404(by, contact_id, what=what, permission=P)
    contact = CareContact.objects.select_for_update().get(pk=found.pk)
    if contact.unit_id != by.unit_id:
        raise Refusal("not_your_contact", contact.child_id)
    if contact.ends_on and contact.ends_on < by.today:
        raise Refusal("already_ended")
    return contact


def _save(contact: CareContact, seen: int | None, **fields: Any) -> None:
    """Change a contact, held since it was read, that still is as its writer saw it when `seen` says so."""
    if seen is not None and contact.revision != seen:
        raise EditConflict(contact)
    for name, value in fields.items():
        setattr(contact, name, value)
    contact.revision += 1
    contact.save(update_fields=[*fields, "revision"])


def _check_deputy(by: Actor, contact: CareContact, deputy_id: UUID | None) -> None:
    _check_person(by, deputy_id)
    if deputy_id and deputy_id == contact.person_id:
        raise Refusal("deputy_is_same")


@transaction.atomic
def set_deputy(*, by: Actor, contact_id: UUID, deputy_id: UUID | None) -> CareContact:
    """Name who answers when the contact is away; None takes it back.

    Raises:
        Refusal: not_your_contact, already_ended, person_not_at_unit, deputy_is_same.
    """
    contact = _own(by, contact_id, "contact.deputy")
    _check_deputy(by, contact, deputy_id)
    _save(contact, None, deputy_id=deputy_id)
    _trace(by, contact, "contact.deputy")
    return contact


@transaction.atomic
def change_contact(
    *, by: Actor, contact_id: UUID, seen: int, deputy_id: UUID | None = None, **notes: str
) -> CareContact:
    """Change the deputy and what is said of a contact: how it is reached, to the family, within the unit.

    Raises:
        Refusal: not_your_contact, already_ended, person_not_at_unit, deputy_is_same.
        EditConflict: it has been changed since it was shown.
    """
    contact = _own(by, contact_id, "contact.change")
    _check_deputy(by, contact, deputy_id)
    _save(contact, seen, deputy_id=deputy_id, **_tidy(notes))
    _trace(by, contact, "contact.change")
    return contact


@transaction.atomic
def end_contact(*, by: Actor, contact_id: UUID, ends_on: date, seen: int | None = None) -> CareContact:
    """End an appointment; the last day counts.

    Raises:
        Refusal: not_your_contact, already_ended, ends_before_start.
        EditConflict: it has been changed since it was shown as `seen`.
    """
    contact = _own(by, contact_id, "contact.end")
    if ends_on < contact.starts_on:
        raise Refusal("ends_before_start")
    _save(contact, seen, ends_on=ends_on)
    _trace(by, contact, "contact.end", event="care_contact_ended")
    return contact


@transaction.atomic
def give_mandate(*, by: Actor, contact_id: UUID, seen: int | None = None, **mandate: Any) -> Mandate:
    """Say what a coordinator may do for the child: may_book, may_summon_sip, may_read, may_speak_with,
    escalates_to, ends_when. The mandate tells; what the coordinator reaches is still the gate's to say.

    Raises:
        Refusal: not_your_contact, already_ended, no_mandate_for_role.
        EditConflict: the contact or its mandate has been changed since it was shown as `seen`.
    """
    contact = _own(by, contact_id, "contact.mandate")
    if contact.role != CareContact.Role.COORDINATOR:
        raise Refusal("no_mandate_for_role")
    _save(contact, seen)
    row, _ = Mandate.objects.update_or_create(contact=contact, defaults=mandate)
    _trace(by, contact, "contact.mandate")
    return row
