"""Writing events and tasks. Called by other commands, inside their transaction."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from kring.access import gate
from kring.access.actors import Actor
from kring.access.facts import current
from kring.access.permissions import Permission
from kring.access.policy.doors import NOT_IN_LIST
from kring.audit.models import Action
from kring.organisations.models import Assignment

from .by_hand import ANSWERED, BY_HAND, WITHHELD
from .models import BulkAction, Event, SavedView, Task
from .owners import owner_of
from .queries import known_tasks, out_of_reach, worklist_tasks


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

    `more` may hold unit_id (default: the actor's), assignee_id (default for a new one: whoever knows the
    child at the unit), ball, ball_unit_id.
    """
    unit_id = more.pop("unit_id", None) or by.unit_id
    new = more | {"due_on": due_on, "child_id": child_id}
    owner = {"assignee_id": lambda: owner_of(by=by, child_id=child_id, unit_id=unit_id)}
    task, _ = Task.objects.update_or_create(
        unit_id=unit_id,
        kind=kind,
        subject=subject,
        done_at=None,
        defaults=new,
        create_defaults=owner | new | {"opened_at": by.now},
    )
    return task


def close_tasks(
    *,
    by: Actor,
    subject: UUID,
    kinds: tuple[str, ...] = (),
    unit_ids: Iterable[UUID] | None = None,
    result: str = "",
) -> int:
    """Close the open tasks about something (all kinds and units when none is named); returns how many were
    open.
    """
    tasks = Task.objects.filter(subject=subject, done_at__isnull=True)
    if kinds:
        tasks = tasks.filter(kind__in=kinds)
    if unit_ids is not None:
        tasks = tasks.filter(unit_id__in=list(unit_ids))
    return tasks.update(done_at=by.now, done_by_id=by.person_id, result=result)


def set_tasks(
    *, by: Actor, child_id: UUID, unit_id: UUID, subject: UUID, wanted: Mapping[str, Mapping[str, Any]]
) -> None:
    """Let exactly these kinds stand open about something in a unit's worklist, with these fields each."""
    standing = Task.objects.filter(subject=subject, unit_id=unit_id, done_at__isnull=True)
    standing.exclude(kind__in=(*wanted, WITHHELD)).update(done_at=by.now, done_by_id=by.person_id)
    for kind, fields in wanted.items():
        open_task(by=by, kind=kind, child_id=child_id, unit_id=unit_id, subject=subject, **fields)


@transaction.atomic
def assign_tasks(*, by: Actor, task_ids: Iterable[UUID], person_id: UUID | None) -> list[UUID]:
    """Hand open tasks of the actor's own unit to a colleague, or to nobody; returns those that were
    changed: none when the colleague does not work here. What is out of reach leaves its row in the log.

    Raises:
        gate.NotAllowed: the actor's role does not hand tasks over.
    """
    gate.demand(by, Permission.ASSIGN_TASKS, what="task.assign", action=Action.WRITE)
    asked = list(task_ids)
    refuse_others(by=by, task_ids=asked, what="task.assign")
    tasks = worklist_tasks(by).filter(pk__in=asked)
    if person_id and not _works_here(by, person_id):
        return []
    changed = dict(tasks.values_list("pk", "child_id"))
    Task.objects.filter(pk__in=changed).update(assignee_id=person_id)
    gate.log(by, Action.WRITE, set(changed.values()), what="task.assign")
    return list(changed)


def refuse_others(*, by: Actor, task_ids: Iterable[UUID], what: str, action: str = Action.WRITE) -> int:
    """Write to the log what is asked about tasks that the actor does not reach; returns how many. Somebody
    else's and one that never was leave the actor the same answer.
    """
    others = out_of_reach(by, task_ids)
    gate.log_refused(by, action, others, what=what, rule=NOT_IN_LIST.id)
    return len(others)


def _works_here(by: Actor, person_id: UUID) -> bool:
    return Assignment.objects.filter(current(by.today), unit_id=by.unit_id, person_id=person_id).exists()


@transaction.atomic
def remind(*, by: Actor, task_ids: Iterable[UUID]) -> list[UUID]:
    """Note that whoever has the ball has been reminded; returns the tasks it was done for. What is out of
    reach leaves its row in the log.
    """
    asked = list(task_ids)
    refuse_others(by=by, task_ids=asked, what="task.remind")
    waiting = worklist_tasks(by).filter(pk__in=asked, ball__in=(Task.Ball.OTHER, Task.Ball.FAMILY))
    changed = dict(waiting.values_list("pk", "child_id"))
    Task.objects.filter(pk__in=changed).update(reminded_at=by.now)
    gate.log(by, Action.WRITE, set(changed.values()), what="task.remind")
    return list(changed)


@transaction.atomic
def take_back_reminders(*, by: Actor, before: Mapping[UUID, datetime | None]) -> None:
    """Undo reminders: each task is noted again as reminded when it was before, or never. One that is out of
    reach by now stays as it is, with its row in the log.
    """
    refuse_others(by=by, task_ids=before, what="task.remind.undo")
    tasks = list(worklist_tasks(by).filter(pk__in=before))
    for task in tasks:
        task.reminded_at = before[task.pk]
    Task.objects.bulk_update(tasks, ["reminded_at"])
    gate.log(by, Action.WRITE, {task.child_id for task in tasks}, what="task.remind.undo")


@transaction.atomic
def finish_tasks(*, by: Actor, task_ids: Iterable[UUID], result: str = "") -> list[UUID]:
    """Note that tasks which are done outside Kring are done; returns those it could be said of. Steps of a
    plan are not among them: they are done by doing them. What is out of reach leaves its row in the log.
    """
    asked = list(task_ids)
    refuse_others(by=by, task_ids=asked, what="task.done")
    tasks = worklist_tasks(by).filter(pk__in=asked, kind__in=BY_HAND)
    changed = dict(tasks.values_list("pk", "child_id"))
    said = {"done_at": by.now, "done_by_id": by.person_id, "result": result.strip()[:300]}
    Task.objects.filter(pk__in=changed).update(**said)
    for task_id, child_id in changed.items() if said["result"] else ():
        about = {"child_id": child_id, "subject": task_id, "title": said["result"]}
        record_event(by=by, kind=ANSWERED, effective_at=by.now, **about)
    gate.log(by, Action.WRITE, set(changed.values()), what="task.done")
    return list(changed)


@transaction.atomic
def reopen_tasks(*, by: Actor, task_ids: Iterable[UUID]) -> list[UUID]:
    """Undo `finish_tasks`; a task that has been opened anew meanwhile stays as it is, and one that is out of
    reach by now, with its row in the log. Returns those that are open again: their answers are gone.
    """
    reopened: list[UUID] = []
    asked = list(task_ids)
    refuse_others(by=by, task_ids=asked, what="task.done.undo")
    for task in known_tasks(by, asked):
        same = {"unit_id": task.unit_id, "kind": task.kind, "subject": task.subject}
        if task.done_at and not Task.objects.filter(done_at__isnull=True, **same).exists():
            Task.objects.filter(pk=task.pk).update(done_at=None, done_by=None, result="")
            Event.objects.filter(kind=ANSWERED, subject=task.pk).delete()
            gate.log(by, Action.WRITE, [task.child_id], what="task.done.undo")
            reopened.append(task.pk)
    return reopened


@transaction.atomic
def keep_action(
    *,
    by: Actor,
    kind: str,
    asked: Iterable[UUID],
    before: Mapping[UUID, str | None],
    unreached: Iterable[UUID] = (),
) -> BulkAction:
    """Keep what was done to tasks, to be shown and undone."""
    ids = {"asked": [str(one) for one in asked], "unreached": [str(one) for one in unreached]}
    had = {str(one): value for one, value in before.items()}
    mine = {"person_id": by.person_id, "unit_id": by.unit_id, "at": by.now}
    return BulkAction.objects.create(kind=kind, before=had, **ids, **mine)


@transaction.atomic
def note_undone(*, by: Actor, action_id: UUID) -> bool:
    """Note that the actor takes back what it did; False when that has been done already."""
    mine = BulkAction.objects.filter(pk=action_id, person_id=by.person_id, undone_at__isnull=True)
    return bool(mine.update(undone_at=by.now))


def forget_actions(*, before: datetime) -> int:
    """Drop what was kept of actions before a moment; returns how many."""
    return BulkAction.objects.filter(at__lt=before).delete()[0]


@transaction.atomic
def save_view(*, by: Actor, name: str, query: str, for_team: bool = False) -> SavedView:
    """Keep a way of looking at the worklist; the same name again replaces the person's earlier one."""
    return SavedView.objects.update_or_create(
        person_id=by.person_id,
        unit_id=by.unit_id,
        name=name,
        defaults={"query": query, "for_team": for_team},
        create_defaults={"query": query, "for_team": for_team, "created_at": by.now},
    )[0]


@transaction.atomic
def forget_view(*, by: Actor, view_id: UUID) -> bool:
    """Drop one of the person's own saved views; False when it is not theirs or is gone."""
    return bool(SavedView.objects.filter(pk=view_id, person_id=by.person_id).delete()[0])
