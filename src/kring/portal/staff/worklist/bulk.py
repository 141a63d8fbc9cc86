"""S11: what is done to many rows at once: carried out, kept and shown row by row, undone for ten minutes.

Whoever has the ball is told through the one door when reminded, and post outside Kring waits the ten minutes.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from kring.access.actors import Actor
from kring.notifications.commands import take_back, tell
from kring.timeline import commands
from kring.timeline.asked import asked_in
from kring.timeline.models import BulkAction, Task
from kring.timeline.owners import owner_of

from .queries import Chosen

UNDO = timedelta(minutes=10)
KEPT = timedelta(days=30)
Kind = BulkAction.Kind


def may_be_undone(action: BulkAction, now: datetime) -> bool:
    """Something was done, it has not been undone, and it is not too long ago."""
    return bool(action.before) and action.undone_at is None and now - action.at <= UNDO


@transaction.atomic
def remind_all(*, by: Actor, chosen: Chosen) -> BulkAction:
    """Remind whoever has the ball of each task that waits for somebody else."""
    moments = {task.pk: task.reminded_at and task.reminded_at.isoformat() for task in chosen.tasks}
    _others(by, chosen, "task.remind")
    done = set(commands.remind(by=by, task_ids=moments))
    unreached = [task.pk for task in chosen.tasks if task.pk in done and not _tell(by, task)]
    return _keep(by, "remind", chosen, {key: moments[key] for key in done}, unreached)


def _tell(by: Actor, task: Task) -> int:
    """How many were told that somebody waits for them."""
    about = {"act": "reminder", "child_id": task.child_id, "about": task.pk, "wait": UNDO}
    if task.ball == Task.Ball.FAMILY:
        return tell(by=by, family=True, **about)
    if task.ball_unit_id is None:
        return 0
    owner = owner_of(by=by, child_id=task.child_id, unit_id=task.ball_unit_id)
    return tell(by=by, units={task.ball_unit_id: owner}, **about)


@transaction.atomic
def assign_all(*, by: Actor, chosen: Chosen, person_id: UUID) -> BulkAction:
    """Hand the tasks to a colleague at the unit."""
    had = {task.pk: task.assignee_id and str(task.assignee_id) for task in chosen.tasks}
    _others(by, chosen, "task.assign")
    done = commands.assign_tasks(by=by, task_ids=had, person_id=person_id)
    return _keep(by, "assign", chosen, {key: had[key] for key in done})


@transaction.atomic
def finish_all(*, by: Actor, chosen: Chosen, result: str = "") -> BulkAction:
    """Note as done those that are done by hand. Whoever asked is told that there is an answer to read."""
    _others(by, chosen, "task.done")
    done = commands.finish_tasks(by=by, task_ids=[task.pk for task in chosen.tasks], result=result)
    if result.strip():
        _tell_askers(by, [task for task in chosen.tasks if task.pk in set(done)])
    return _keep(by, "done", chosen, dict.fromkeys(done))


ANSWERS = {
    "change_proposed": "proposal_answered",
    "visit_change_asked": "time_answered",
    "child_wrong": "said_answered",
}
"""What was asked -> the act that tells whoever asked; «Jag förstår inte» is answered by a talk."""


def _tell_askers(by: Actor, tasks: Iterable[Task]) -> None:
    told = {task.pk: task for task in tasks if task.kind in ANSWERS}
    for key, askings in asked_in(told.values()).items():
        task, people = told[key], {one.event.recorded_by_id for one in askings}
        about = {"child_id": task.child_id, "about": task.pk, "family": True}
        tell(by=by, act=ANSWERS[task.kind], only=people - {None}, wait=UNDO, **about)


def _others(by: Actor, chosen: Chosen, what: str) -> None:
    """What was ticked and is not the actor's to change leaves its row."""
    commands.refuse_others(by=by, task_ids=set(chosen.asked) - {task.pk for task in chosen.tasks}, what=what)


def _keep(
    by: Actor,
    kind: str,
    chosen: Chosen,
    before: dict[UUID, str | None],
    unreached: Iterable[UUID] = (),
) -> BulkAction:
    commands.forget_actions(before=by.now - KEPT)
    return commands.keep_action(by=by, kind=kind, asked=chosen.asked, before=before, unreached=unreached)


@transaction.atomic
def undo(*, by: Actor, action: BulkAction) -> None:
    """Put back what each task had, once."""
    if not commands.note_undone(by=by, action_id=action.pk):
        return
    before = {UUID(key): value for key, value in action.before.items()}
    match action.kind:
        case Kind.REMIND:
            moments = {key: value and datetime.fromisoformat(value) for key, value in before.items()}
            commands.take_back_reminders(by=by, before=moments)
            take_back(by=by, act="reminder", abouts=before)
        case Kind.DONE:
            reopened = commands.reopen_tasks(by=by, task_ids=before)
            for act in ANSWERS.values():
                take_back(by=by, act=act, abouts=reopened)
        case Kind.ASSIGN:
            _hand_back(by, before)


def _hand_back(by: Actor, before: dict[UUID, str | None]) -> None:
    for person in set(before.values()):
        theirs = [key for key, value in before.items() if value == person]
        commands.assign_tasks(by=by, task_ids=theirs, person_id=person and UUID(person))
