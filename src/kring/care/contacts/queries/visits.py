"""Booked visits: whose an actor sees, and one of them."""

from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from kring import clock
from kring.access import gate, items
from kring.access.actors import Actor
from kring.access.masks import hide
from kring.access.permissions import Permission
from kring.audit.models import Action
from kring.care.contacts.models import Appointment, SameDayRequest, SameDayVisit
from kring.children.models import Child
from kring.organisations.queries import works_at
from kring.secrecy.queries.blocks import blocked_to
from kring.timeline.models import Event, Task

from .holders import open_disclosures

CHANGE_ASKED = "visit_change_asked"
"""The family's «Be om en annan tid», as an event and as the unit's task: both about the visit."""
GONE = (Appointment.Status.CANCELLED, Appointment.Status.MISSED)


def visible_appointments(
    actor: Actor, permission: Permission = Permission.SEE_APPOINTMENTS, child_id: UUID | None = None
) -> "QuerySet[Appointment]":
    """Visits that the actor sees: the family all that no unit has chosen to keep from it, staff their own
    unit's and those of others by consent. Of one child when it is given.

    Of a child with protected identity nobody sees another unit's visits: a place can tell where the
    child lives. Nor what the child has blocked there, whatever has been consented to.
    """
    rows = _reached(actor, permission, child_id)
    if not actor.is_staff:
        return rows.filter(items.rows_for(items.reader_of(actor), actor.today))
    own = Q(unit_id=actor.unit_id)
    # Reception sees the bookings of its own unit and nothing else (ruling 26).
    if not actor.may(Permission.SEE_PLAN):
        return rows.filter(own)
    told = open_disclosures(actor, ("appointment",)).filter(child=OuterRef("child"))
    others = Q(Exists(told), child__protection=Child.Protection.NONE) & ~blocked_to(actor, "starts_at")
    if not items.sees_all(actor):
        others &= ~Q(visibility=Appointment.Visibility.CARE_ONLY)
    return rows.filter(own | others)


def _reached(actor: Actor, permission: Permission, child_id: UUID | None) -> "QuerySet[Appointment]":
    if child_id is not None:
        return gate.rows_for(actor, permission, Appointment.objects.all(), child_id)
    # Asked visit by visit: whoever asks without a child asks about a few visits, never about all.
    return Appointment.objects.filter(Exists(gate.children_for(actor, permission, OuterRef("child"))))


def visits_of_unit(actor: Actor, day: date) -> list[Appointment]:
    """The day's visits at the actor's own unit, by time; every child among them is logged as listed.

    For reception by the rule of the least fields (ruling 26): the page shows no more than they.
    """
    midnight = datetime.combine(day, time(), tzinfo=clock.STOCKHOLM)
    rows = visible_appointments(actor, Permission.SEE_UNIT_LIST).filter(unit_id=actor.unit_id)
    rows = rows.filter(starts_at__gte=midnight, starts_at__lt=midnight + timedelta(days=1))
    found = list(rows.exclude(status__in=GONE).select_related("child").order_by("starts_at", "pk"))
    gate.log(actor, Action.LIST, {one.child_id for one in found}, what="visits.unit", rule="lists.minimum")
    return found


def appointments_of(
    actor: Actor, child_id: UUID, *, since: datetime | None = None, until: datetime | None = None
) -> "QuerySet[Appointment]":
    """A child's visits that the actor sees, soonest first; from now on unless `since` says otherwise."""
    rows = visible_appointments(actor, child_id=child_id).filter(starts_at__gte=since or actor.now)
    if until:
        rows = rows.filter(starts_at__lt=until)
    return rows.select_related("unit").order_by("starts_at", "pk")


def next_appointment(actor: Actor, child_id: UUID) -> Appointment | None:
    """The child's next visit that is not called off."""
    return appointments_of(actor, child_id).exclude(status__in=GONE).first()


def appointment_or_404(
    actor: Actor, appointment_id: UUID, *, what: str, permission: Permission = Permission.SEE_APPOINTMENTS
) -> Appointment:
    """One visit, with the reading logged. Raises gate.Invisible or gate.NotAllowed."""
    rows = visible_appointments(actor, permission).select_related("unit", "child")
    appointment = rows.filter(pk=appointment_id).first()
    if appointment is None:
        raise _refusal(actor, Appointment, appointment_id, permission, what)
    gate.reason_first(actor, appointment.child)
    gate.log(actor, Action.READ, [appointment.child_id], what=what, object_id=str(appointment.pk))
    return appointment


def _refusal(
    actor: Actor,
    model: type[Appointment] | type[SameDayRequest],
    row_id: UUID,
    permission: Permission,
    what: str,
) -> Exception:
    child_id = model.objects.filter(pk=row_id).values_list("child_id", flat=True).first()
    refused = gate.refusal(actor, permission, child_id or row_id, what=what, object_id=str(row_id))
    # The child may be well known to the actor and the visit still not: then it does not exist for them.
    seen = visible_appointments(actor).filter(pk=row_id).exists()
    return refused if seen else gate.Invisible(refused.act)


def same_day_requests(actor: Actor, child_id: UUID) -> list[SameDayRequest]:
    """Requests to gather visits around a child that the actor's unit has made or is asked in; the family
    sees all.
    """
    rows = gate.rows_for(actor, Permission.SEE_APPOINTMENTS, SameDayRequest.objects.all(), child_id)
    rows = rows.filter(_concerns(actor)) if actor.is_staff else rows
    rows = rows.select_related("child").prefetch_related(_visits(actor)).distinct()
    found = list(rows.order_by("-asked_at"))
    for row in found:
        hide(actor, row.child, row)
    return found


def _visits(actor: Actor) -> Prefetch:
    """The visits of such a request; to the family without those that are kept from it."""
    rows = SameDayVisit.objects.select_related("appointment__unit")
    if not actor.is_staff:
        shown = items.rows_for(items.reader_of(actor), actor.today)
        rows = rows.filter(appointment__in=Appointment.objects.filter(shown))
    return Prefetch("visits", rows)


def _concerns(actor: Actor) -> Q:
    return Q(unit_id=actor.unit_id) | Q(visits__appointment__unit_id=actor.unit_id)


def same_day_or_404(
    actor: Actor, request_id: UUID, *, what: str, permission: Permission = Permission.SEE_APPOINTMENTS
) -> SameDayRequest:
    """One such request, with the reading logged. Raises gate.Invisible or gate.NotAllowed."""
    rows = gate.rows_for(actor, permission, SameDayRequest.objects.filter(pk=request_id))
    rows = rows.filter(_concerns(actor)) if actor.is_staff else rows
    found = rows.select_related("child", "unit").prefetch_related(_visits(actor)).first()
    if found is None:
        raise _refusal(actor, SameDayRequest, request_id, permission, what)
    gate.reason_first(actor, found.child)
    hide(actor, found.child, found)
    gate.log(actor, Action.READ, [found.child_id], what=what, object_id=str(found.pk))
    return found


def may_withdraw(actor: Actor, request: SameDayRequest) -> bool:
    """Whether the question is the actor's to take back: whoever asked, or a colleague at the unit that did.
    What the family has asked is the family's alone.
    """
    if actor.person_id == request.asked_by_id:
        return True
    return actor.unit_id == request.unit_id and works_at(request.asked_by_id, request.unit_id, actor.today)


def wishes_of(actor: Actor, child_id: UUID) -> dict[UUID, str]:
    """What the family has written where it waits for another time of a visit at the actor's unit, by visit.
    The page has logged the reading.
    """
    waiting = _open_wishes(actor, child_id).values("subject")
    asked = Event.objects.filter(child_id=child_id, kind=CHANGE_ASKED, unit_id=actor.unit_id)
    rows = asked.filter(subject__in=waiting).order_by("recorded_at")
    return {row.subject: row.data.get("message") or row.title for row in rows}


def _open_wishes(actor: Actor, child_id: UUID) -> "QuerySet[Task]":
    """The unit's open tasks about visits that the family wants to have changed."""
    tasks = Task.objects.filter(child_id=child_id, unit_id=actor.unit_id, kind=CHANGE_ASKED)
    return tasks.filter(done_at__isnull=True)
