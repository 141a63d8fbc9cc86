"""Writing events and tasks. Called by other commands, inside their transaction."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from kring.access.actors import Actor

from .models import Event, Task


def record_event(
    *, by: Actor, kind: str, child_id: UUID, effective_at: datetime, subject: UUID | None = None, **more: Any
) -> Event:
    """Store that something happened. `more` may hold title, reason, data, unit_id, ends_at, corrects,
    source.
    """
    more.setdefault("unit_id", by.unit_id)
    return Event.objects.create(
        kind=kind,
        child_id=child_id,
        effective_at=effective_at,
        subject=subject,
        recorded_at=by.now,
        recorded_by_id=by.person_id,
        role=by.role,
        **more,
    )


def open_task(
    *, by: Actor, kind: str, child_id: UUID, due_on: date, subject: UUID | None = None, **more: Any
) -> Task:
    """Put the next step in a unit's worklist, or move its due day and ball when it already stands there.

    `more` may hold unit_id (default: the actor's), assignee_id, ball, ball_unit_id.
    """
    unit_id = more.pop("unit_id", None) or by.unit_id
    new = more | {"due_on": due_on, "child_id": child_id}
    task, _ = Task.objects.update_or_create(
        unit_id=unit_id,
        kind=kind,
        subject=subject,
        done_at=None,
        defaults=new,
        create_defaults=new | {"opened_at": by.now},
    )
    return task


def close_tasks(*, by: Actor, subject: UUID, kinds: tuple[str, ...] = (), result: str = "") -> int:
    """Close the open tasks about something (all kinds when none is named); returns how many were open."""
    tasks = Task.objects.filter(subject=subject, done_at__isnull=True)
    if kinds:
        tasks = tasks.filter(kind__in=kinds)
    return tasks.update(done_at=by.now, done_by_id=by.person_id, result=result)
