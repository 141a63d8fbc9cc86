"""What S25 shows."""

from dataclasses import dataclass
from uuid import UUID

from kring.access import gate
from kring.access.actors import Actor
from kring.access.permissions import Permission
from kring.care.contacts.queries import SameDayRequest, Strip, same_day_requests, strip_of
from kring.children.models import Child


@dataclass(frozen=True)
class Contacts:
    """The child, its visits, and the questions about gathering them that the unit has a part in."""

    child: Child
    strip: Strip
    requests: list[SameDayRequest]


def contacts(actor: Actor, child_id: UUID) -> Contacts:
    """The page's content, with the reading logged."""
    child = gate.child_or_404(actor, Permission.SEE_APPOINTMENTS, child_id, what="contacts.strip")
    return Contacts(child, strip_of(actor, child_id), list(same_day_requests(actor, child_id)))


def to_gather(actor: Actor, child_id: UUID) -> Contacts:
    """The same for the form that asks units to move visits."""
    child = gate.child_or_404(actor, Permission.REQUEST_SAME_DAY, child_id, what="same_day.form")
    return Contacts(child, strip_of(actor, child_id), [])
