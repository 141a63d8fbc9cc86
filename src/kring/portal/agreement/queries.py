"""What the agreement is put together from, for whoever reads it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from kring.access.actors import Actor
from kring.care.contacts import queries as contacts

NOT_COMING = ("cancelled", "missed", "done")


@dataclass(frozen=True)
class Parts:
    """The plan's content (None without a plan), the times to come (None where they are closed to the reader),
    and those who hold the care together, the coordinator first.
    """

    content: Any
    visits: Sequence[Any] | None
    contacts: Sequence[Any]


def parts_of(actor: Actor, child_id: UUID, content: Any, *, times: bool) -> Parts:
    """The three, for a page that has logged the reading. `times`: they are open to the reader."""
    visits = contacts.appointments_of(actor, child_id).exclude(status__in=NOT_COMING) if times else None
    return Parts(
        content, None if visits is None else list(visits), contacts.who_holds_together(actor, child_id)
    )
