"""What the family or the child has asked that a unit answers by hand, and how it was answered.

The asking is an event with the words, its answer stands on the task that it became (`Task.result`). Who asked
reads its own asking and nobody else in the family does; the unit that was asked reads both.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q

from kring.access import gate
from kring.access.actors import Actor
from kring.access.permissions import Permission

from .by_hand import BY_HAND
from .models import Event, Task

MOST = 10
CLEAR = "answer_clear"
"""The event that somebody has said whether an answer was clear, about what it had asked."""


def words_of(event: Event) -> str:
    """All that somebody asked; a title has room for its beginning only."""
    message = (event.data or {}).get("message", "") if event.kind in BY_HAND else ""
    return str(message) or event.title or event.reason


@dataclass(frozen=True)
class Asked:
    """One asking. `answered_at` is empty while it waits; `answer` may be empty of what needed no words."""

    event: Event
    task: Task | None

    @property
    def words(self) -> str:
        return words_of(self.event)

    @property
    def answered_at(self) -> datetime | None:
        return self.task.done_at if self.task else None

    @property
    def answer(self) -> str:
        return self.task.result if self.task else ""


def asked_by(actor: Actor, child_id: UUID, kinds: Collection[str], permission: Permission) -> list[Asked]:
    """What the actor itself has asked about a child it reaches, latest first. The page has logged the
    reading.
    """
    mine = Event.objects.filter(kind__in=kinds, recorded_by_id=actor.person_id)
    events = gate.rows_for(actor, permission, mine, child_id).select_related("unit")
    return _with_tasks(list(events.order_by("-recorded_at", "-pk")[:MOST]))


def judged_by(actor: Actor, child_id: UUID, permission: Permission) -> set[UUID]:
    """The askings whose answer the actor has said was clear, or not. The page has logged the reading."""
    mine = Event.objects.filter(kind=CLEAR, recorded_by_id=actor.person_id)
    return set(gate.rows_for(actor, permission, mine, child_id).values_list("subject", flat=True))


def _with_tasks(events: list[Event]) -> list[Asked]:
    subjects = {key for one in events for key in (one.pk, one.subject) if key}
    children = {one.child_id for one in events}
    tasks = list(Task.objects.filter(subject__in=subjects, child_id__in=children, kind__in=BY_HAND))
    return [Asked(one, next((task for task in tasks if _became(one, task)), None)) for one in events]


def _became(event: Event, task: Task) -> bool:
    """Whether an asking is, or went into, a task: asked while it stood open."""
    same = task.kind == event.kind and task.unit_id == event.unit_id and task.child_id == event.child_id
    if task.subject in (event.pk, None):
        return same and task.subject is not None
    ended = task.done_at is not None and task.done_at < event.recorded_at
    return same and task.subject == event.subject and task.opened_at <= event.recorded_at and not ended


def asked_in(tasks: Iterable[Task]) -> dict[UUID, list[Asked]]:
    """What was asked in each of some tasks that the actor has been let through to, first asked first."""
    found = {task.pk: task for task in tasks if task.kind in BY_HAND and task.subject}
    subjects = {task.subject for task in found.values()}
    events = Event.objects.filter(Q(pk__in=subjects) | Q(subject__in=subjects), kind__in=BY_HAND)
    rows = list(events.order_by("recorded_at", "pk"))
    return {
        key: [Asked(event, task) for event in rows if _became(event, task)] for key, task in found.items()
    }
