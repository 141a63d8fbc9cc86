"""A visit as one who books at its unit meets it."""

from dataclasses import dataclass
from uuid import UUID

from kring.access import gate
from kring.access.actors import Actor
from kring.access.permissions import Permission
from kring.access.policy.doors import NOT_YOURS
from kring.care.contacts import queries as contacts
from kring.care.contacts.queries import Appointment
from kring.children.models import Child
from kring.portal.staff.contacts.of_child import of_this_child

BOOKS = Permission.BOOK_APPOINTMENT


@dataclass(frozen=True)
class Visit:
    """A visit of the own unit, and what the family has written when it asks for another time."""

    row: Appointment
    wish: str

    @property
    def child(self) -> Child:
        return self.row.child


def child_to_book(actor: Actor, child_id: UUID) -> Child:
    """The child a visit is booked for, with the reading logged."""
    return gate.child_or_404(actor, BOOKS, child_id, what="visit.form")


def visit_of(actor: Actor, child_id: UUID, visit_id: UUID) -> Visit:
    """One visit of this child at the own unit, with the reading logged.

    Raises:
        gate.Invisible, gate.ReasonNeeded: as `gate.child_or_404`.
        gate.NotAllowed: another unit has booked it.
    """
    row = contacts.appointment_or_404(actor, visit_id, what="visit.form", permission=BOOKS)
    of_this_child(actor, BOOKS, row.child_id, child_id)
    if row.unit_id != actor.unit_id:
        raise gate.not_allowed(actor, NOT_YOURS.id, what="visit.form", object_id=str(row.pk))
    return Visit(row, contacts.wishes_of(actor, child_id).get(row.pk, ""))
