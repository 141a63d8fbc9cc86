"""Booked visits: a unit books, moves and cancels its own; the family agrees or cancels."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import F

from kring.access import facts, gate, items
from kring.access.actors import Actor
from kring.access.permissions import Permission
from kring.access.policy.visibility import FamilyReader
from kring.access.refusals import EditConflict
from kring.audit.models import Action
from kring.care.contacts import queries
from kring.care.contacts.models import Appointment
from kring.care.contacts.queries.visits import CHANGE_ASKED
from kring.care.contacts.rules import Refusal
from kring.care.contacts.rules.readers import readers_checked
from kring.notifications.commands import tell
from kring.timeline.commands import close_tasks, record_event
from kring.timeline.owners import owner_of

COMING = (Appointment.Status.PROPOSED, Appointment.Status.BOOKED, Appointment.Status.AGREED)


@transaction.atomic
def book(
    *,
    by: Actor,
    child_id: UUID,
    starts_at: datetime | None,
    minutes: int = 45,
    mode: str = "on_site",
    visibility: str = "default",
    category: str = "general",
    visible_to_child_from: date | None = None,
    **said: str,
) -> Appointment:
    """Book a visit at the actor's own unit, with its choice of who of the family sees it. `said` may hold
    what, with_whom and bring.

    Raises:
        Refusal: time_missing, time_passed, ends_before_it_starts, choice_missing, readers_missing,
            visible_from_missing.
    """
    child = gate.child_or_404(by, Permission.BOOK_APPOINTMENT, child_id, what="visit.book")
    ends_at = _ends(by, starts_at, minutes)
    if mode not in Appointment.Mode.values:
        raise Refusal("choice_missing")
    fields = {name: value.strip() for name, value in said.items()}
    shown = readers_checked(visibility, category, visible_to_child_from, by.today)
    appointment = Appointment.objects.create(
        child=child, unit_id=by.unit_id, starts_at=starts_at, ends_at=ends_at, mode=mode, **fields, **shown
    )
    _trace(by, appointment, "visit.book", event="visit_booked")
    return appointment


def _ends(by: Actor, starts_at: datetime | None, minutes: int) -> datetime:
    if starts_at is None:
        raise Refusal("time_missing")
    if starts_at <= by.now:
        raise Refusal("time_passed")
    if minutes < 1:
        raise Refusal("ends_before_it_starts")
    return starts_at + timedelta(minutes=minutes)


def _trace(by: Actor, appointment: Appointment, what: str, event: str) -> None:
    gate.log(by, Action.WRITE, [appointment.child_id], what=what, object_id=str(appointment.pk))
    about = {"subject": appointment.pk, "unit_id": appointment.unit_id}
    record_event(by=by, kind=event, child_id=appointment.child_id, effective_at=by.now, **about)


@transaction.atomic
def choose_readers(
    *,
    by: Actor,
    appointment_id: UUID,
    seen: int,
    visibility: str,
    category: str = "general",
    visible_to_child_from: date | None = None,
) -> Appointment:
    """Choose anew who of the family sees a visit of the own unit; it acts on the next request.

    Raises:
        Refusal: not_your_visit, visit_over, readers_missing, visible_from_missing. EditConflict.
    """
    appointment = _coming(by, appointment_id, "visit.readers")
    if not by.is_staff:
        raise Refusal("not_your_visit", appointment.child_id)
    shown = readers_checked(visibility, category, visible_to_child_from, by.today)
    change_visit(by=by, appointment=appointment, seen=seen, **shown)
    gate.log(by, Action.WRITE, [appointment.child_id], what="visit.readers", object_id=str(appointment.pk))
    return appointment


def _coming(by: Actor, appointment_id: UUID, what: str) -> Appointment:
    """A visit to come that is the actor's to change: the unit's own, or the family's."""
    permission = Permission.BOOK_APPOINTMENT if by.is_staff else Permission.ANSWER_AS_FAMILY
    appointment = queries.appointment_or_404(by, appointment_id, what=what, permission=permission)
    if by.is_staff and appointment.unit_id != by.unit_id:
        raise Refusal("not_your_visit", appointment.child_id)
    if appointment.status not in COMING or appointment.starts_at <= by.now:
        raise Refusal("visit_over")
    return appointment


@transaction.atomic
def change_visit(*, by: Actor, appointment: Appointment, seen: int, **fields: Any) -> None:
    """Change a visit that is still as the actor saw it; raises EditConflict when it is not."""
    rows = Appointment.objects.filter(pk=appointment.pk, revision=seen)
    if not rows.update(revision=F("revision") + 1, **fields):
        raise EditConflict(Appointment.objects.get(pk=appointment.pk))
    appointment.refresh_from_db(fields=[*fields, "revision"])


@transaction.atomic
def agree(*, by: Actor, appointment_id: UUID, seen: int) -> Appointment:
    """Say yes to the time: the family itself, or the unit that has its spoken word.

    Raises:
        Refusal: not_your_visit, visit_over. EditConflict: it has been moved since it was shown.
    """
    appointment = _coming(by, appointment_id, "visit.agree")
    change_visit(by=by, appointment=appointment, seen=seen, status=Appointment.Status.AGREED)
    _trace(by, appointment, "visit.agree", event="visit_agreed")
    _answer_wish(by, appointment, "Familjen har sagt ja till tiden.")
    return appointment


@transaction.atomic
def cancel_appointment(*, by: Actor, appointment_id: UUID, seen: int) -> Appointment:
    """Call a visit off. Raises Refusal: not_your_visit, visit_over. EditConflict."""
    appointment = _coming(by, appointment_id, "visit.cancel")
    change_visit(by=by, appointment=appointment, seen=seen, status=Appointment.Status.CANCELLED)
    _trace(by, appointment, "visit.cancel", event="visit_cancelled")
    _answer_wish(by, appointment, "Besöket är avbokat.")
    _tell_the_other_side(by, appointment, "visit_cancelled")
    return appointment


def _answer_wish(by: Actor, visit: Appointment, result: str) -> None:
    """A wish for another time that stands open is answered by what now becomes of the visit. Whoever asked
    reads `result`, which is kept in Swedish as all that units answer.
    """
    close_tasks(by=by, subject=visit.pk, kinds=(CHANGE_ASKED,), result=result)


def _tell_the_other_side(by: Actor, visit: Appointment, act: str) -> None:
    """What the unit does the family is told, and the other way round."""
    about = {"act": act, "child_id": visit.child_id, "about": visit.pk}
    if by.is_staff:
        tell(by=by, family=True, only=who_sees(by, [visit]), **about)
    else:
        owner = owner_of(by=by, child_id=visit.child_id, unit_id=visit.unit_id)
        tell(by=by, units={visit.unit_id: owner}, **about)


def who_sees(by: Actor, visits: Sequence[Appointment]) -> set[UUID] | None:
    """The people of the family from whom not every one of a child's visits is kept; None when some visit is
    kept from nobody.
    """
    opens = {
        one: any(items.of_family(one, visit, by.today).opens for visit in visits) for one in FamilyReader
    }
    if all(opens.values()):
        return None
    people = set()
    if opens[FamilyReader.GUARDIAN]:
        held = facts.custodies(by).filter(child_id=visits[0].child_id)
        people = set(held.values_list("guardian__person_id", flat=True))
    return people | ({visits[0].child.person_id} if opens[FamilyReader.CHILD] else set())


@transaction.atomic
def move_appointment(
    *, by: Actor, appointment_id: UUID, seen: int, starts_at: datetime | None, minutes: int | None = None
) -> Appointment:
    """Move a visit of the own unit. A time the family had agreed to has to be agreed anew.

    Raises:
        Refusal: not_your_visit, visit_over, time_missing, time_passed. EditConflict.
    """
    appointment = _coming(by, appointment_id, "visit.move")
    if not by.is_staff:
        raise Refusal("not_your_visit", appointment.child_id)
    ends_at = _ends(by, starts_at, minutes or _minutes(appointment))
    fields = {"starts_at": starts_at, "ends_at": ends_at, "status": Appointment.Status.BOOKED}
    change_visit(by=by, appointment=appointment, seen=seen, **fields)
    _trace(by, appointment, "visit.move", event="visit_moved")
    _answer_wish(by, appointment, "Besöket är flyttat. Den nya tiden står bland tiderna.")
    _tell_the_other_side(by, appointment, "visit_moved")
    return appointment


def _minutes(appointment: Appointment) -> int:
    if appointment.ends_at is None:
        return 45
    return int((appointment.ends_at - appointment.starts_at).total_seconds() // 60)
