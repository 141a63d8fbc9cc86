"""What S25 shows."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from uuid import UUID

from kring.access import gate
from kring.access.actors import Actor
from kring.access.permissions import Permission
from kring.care.contacts.queries import SameDayRequest, Strip, same_day_requests, strip_of, wishes_of
from kring.children.models import Child


@dataclass(frozen=True)
class Contacts:
    """The child, its visits, the questions about gathering them that the unit has a part in, and what the
    family has written where it waits for another time.
    """

    child: Child
    strip: Strip
    requests: list[SameDayRequest]
    wishes: Mapping[UUID, str] = field(default_factory=dict)


def contacts(actor: Actor, child_id: UUID) -> Contacts:
    """The page's content, with the reading logged."""
    child = gate.child_or_404(actor, Permission.SEE_APPOINTMENTS, child_id, what="contacts.strip")
    requests = same_day_requests(actor, child_id)
    return Contacts(child, strip_of(actor, child_id), requests, wishes_of(actor, child_id))


def to_gather(actor: Actor, child_id: UUID) -> Contacts:
    """The same for the form that asks units to move visits."""
    child = gate.child_or_404(actor, Permission.REQUEST_SAME_DAY, child_id, what="same_day.form")
    return Contacts(child, strip_of(actor, child_id), [])
