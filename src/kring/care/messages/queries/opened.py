"""One thread with what has been written in it, for whoever has been let in."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from kring.access.actors import Actor
from kring.access.masks import hide
from kring.care.messages.models import Message, Side, Thread
from kring.organisations.models import Person

from .addressees import is_reached
from .reach import is_own
from .standing import owners_of


def messages_of(thread: Thread) -> list[Message]:
    """What has been written in a thread that has been let through, in order."""
    return list(thread.messages.select_related("written_by").order_by("number"))


@dataclass(frozen=True)
class Opened:
    """A thread with its messages. `seen_by_unit`, `seen_by_family`: the last message each side has opened;
    `mine`: the reader writes in it; `reached`: whoever began it can still open it (told to staff).
    """

    thread: Thread
    messages: Sequence[Message]
    mine: bool
    seen_by_unit: int
    seen_by_family: int
    assignee: Person | None = None
    reached: bool = True


def opened(actor: Actor, thread: Thread) -> Opened:
    """The page of a thread that `thread_or_404` has let through."""
    seen: dict[Any, int] = {}
    readings = thread.readings.exclude(person_id=actor.person_id)
    for side, number in readings.values_list("side", "seen"):
        seen[side] = max(number, seen.get(side, 0))
    assignee = owners_of(actor, [thread]).get(thread.pk) if actor.is_staff else None
    written = messages_of(thread)
    reached = not actor.is_staff or is_reached(actor, thread.child, thread.guardian)
    hide(actor, thread.child, thread, written)
    mine = actor.is_staff or is_own(actor, thread)
    seen_by = (seen.get(Side.UNIT, 0), seen.get(Side.FAMILY, 0))
    return Opened(thread, written, mine, *seen_by, assignee, reached)
