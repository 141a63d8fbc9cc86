"""S11: what a bulk action did, row by row, kept in the session so that it can be shown and undone for ten
minutes.

Kept in the session and not in a table: it is the person's own note of what they just did, it holds ids and no
names,
and it is gone when they log out.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from kring.access.actors import Actor
from kring.timeline.commands import assign_tasks, remind, take_back_reminders
from kring.timeline.models import Task

UNDO_SECONDS = 600
KEPT = 5
SESSION_KEY = "bulk"


@dataclass(frozen=True)
class Change:
    """One bulk action. `before` is what each changed task had: an assignee's id, a moment, or nothing."""

    key: str
    kind: str
    at: float
    asked: list[str]
    before: Mapping[str, str | None]
    undone: bool = False

    def may_be_undone(self, now: datetime) -> bool:
        return bool(self.before) and not self.undone and now.timestamp() - self.at <= UNDO_SECONDS


def remind_all(*, by: Actor, tasks: list[Task]) -> Change:
    """Remind whoever has the ball of each task that waits for somebody else."""
    before = {str(task.pk): task.reminded_at and task.reminded_at.isoformat() for task in tasks}
    done = remind(by=by, task_ids=[task.pk for task in tasks])
    return _change("remind", by, tasks, done, before)


def assign_all(*, by: Actor, tasks: list[Task], person_id: UUID) -> Change:
    """Hand the tasks to a colleague at the unit."""
    before = {str(task.pk): task.assignee_id and str(task.assignee_id) for task in tasks}
    done = assign_tasks(by=by, task_ids=[task.pk for task in tasks], person_id=person_id)
    return _change("assign", by, tasks, done, before)


def _change(
    kind: str, by: Actor, tasks: list[Task], done: list[UUID], before: Mapping[str, str | None]
) -> Change:
    changed = {str(pk): before[str(pk)] for pk in done}
    return Change(uuid4().hex, kind, by.now.timestamp(), [str(task.pk) for task in tasks], changed)


def undo(*, by: Actor, change: Change) -> None:
    """Put back what each task had."""
    if change.kind == "remind":
        moments = {UUID(key): value and datetime.fromisoformat(value) for key, value in change.before.items()}
        take_back_reminders(by=by, before=moments)
        return
    for person in set(change.before.values()):
        theirs = [UUID(key) for key, value in change.before.items() if value == person]
        assign_tasks(by=by, task_ids=theirs, person_id=person and UUID(person))


def keep(session: Any, change: Change) -> None:
    """Remember the latest few changes of this session."""
    kept = [one for one in session.get(SESSION_KEY, []) if one["key"] != change.key]
    session[SESSION_KEY] = [*kept, vars(change)][-KEPT:]


def kept_change(session: Any, key: str) -> Change | None:
    """A change made in this session, or None."""
    found = [one for one in session.get(SESSION_KEY, []) if one["key"] == key]
    return Change(**found[0]) if found else None
