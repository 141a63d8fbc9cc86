"""A question about gathering visits, as one who was asked or who asked reads it."""

from dataclasses import dataclass
from uuid import UUID

from kring.access.actors import Actor
from kring.access.permissions import Permission
from kring.care.contacts import queries as contacts
from kring.care.contacts.queries import SameDayRequest, SameDayVisit
from kring.children.models import Child
from kring.portal.staff.contacts.of_child import of_this_child

BOOKS = Permission.BOOK_APPOINTMENT


@dataclass(frozen=True)
class Question:
    """The question, with the own unit's visits that wait for an answer; `mine`: it may be taken back."""

    child: Child
    request: SameDayRequest
    waiting: list[SameDayVisit]
    mine: bool


def question_of(actor: Actor, child_id: UUID, request_id: UUID) -> Question:
    """One question about this child, with the reading logged.

    Raises:
        gate.Invisible, gate.NotAllowed, gate.ReasonNeeded: as `gate.child_or_404`.
    """
    found = contacts.same_day_or_404(actor, request_id, what="same_day.read", permission=BOOKS)
    of_this_child(actor, BOOKS, found.child_id, child_id)
    is_open = found.state == SameDayRequest.State.ASKED
    waiting = [one for one in found.visits.all() if is_open and _waits(actor, one)]
    waiting.sort(key=lambda one: (one.appointment.starts_at, one.pk))
    return Question(found.child, found, waiting, is_open and contacts.may_withdraw(actor, found))


def _waits(actor: Actor, one: SameDayVisit) -> bool:
    return not one.answer and one.appointment.unit_id == actor.unit_id
