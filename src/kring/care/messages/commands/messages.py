"""What every command that writes does: one message more, whose turn it is now, and who is told of it."""

from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction

from kring.access.actors import Actor
from kring.access.permissions import Permission
from kring.access.policy.working_days import working_days_after
from kring.audit.models import Action
from kring.care.messages import queries
from kring.care.messages.models import TEXT_MAX, TITLE_MAX, Message, Side, Thread
from kring.care.messages.rules import Refusal
from kring.notifications.commands import take_back, tell
from kring.organisations.models import Person
from kring.timeline.commands import close_tasks, open_task, record_event
from kring.timeline.models import Task

from .reading import note_seen

RECEIVED, ANSWERED = "message_received", "message_answered"


@transaction.atomic
def thread_to_change(*, by: Actor, thread_id: UUID, permission: Permission, act: str) -> Thread:
    """The thread, let through and then locked, as it stands now.

    Raises:
        gate.Invisible, gate.NotAllowed: as `queries.thread_or_404`.
    """
    queries.thread_or_404(by, thread_id, act=act, permission=permission)
    return Thread.objects.select_for_update().get(pk=thread_id)


@transaction.atomic
def from_family(*, by: Actor, thread: Thread, text: str) -> Message:
    """A message to the unit, which gets its task and is told."""
    message = _add(by, thread, Side.FAMILY, text)
    about = {"child_id": thread.child_id, "unit_id": thread.unit_id, "subject": thread.pk}
    task = open_task(by=by, kind=queries.TASK, due_on=thread.answer_by or by.today, **about)
    leave_trace(by=by, thread=thread, act="write", event="message_written", message=message)
    _tell_unit(by, thread, task)
    return message


def _tell_unit(by: Actor, thread: Thread, task: Task) -> None:
    units = {thread.unit_id: task.assignee_id}
    tell(by=by, act=RECEIVED, child_id=thread.child_id, about=thread.pk, units=units)


@transaction.atomic
def from_unit(*, by: Actor, thread: Thread, text: str, event: str = ANSWERED) -> Message:
    """A message to whoever of the family the thread belongs to, who is told; the unit waits for nothing."""
    thread.ball, thread.answer_by = Thread.Ball.FAMILY, None
    nobody_waits(by=by, thread=thread)
    message = _add(by, thread, Side.UNIT, text)
    leave_trace(by=by, thread=thread, act="write", event=event, message=message)
    _tell_owner(by, thread)
    return message


def _tell_owner(by: Actor, thread: Thread) -> None:
    """Whoever of the family the thread belongs to, and nobody else of it."""
    itself = {"as_guardian": thread.guardian_id} if thread.guardian_id else {"as_child": thread.child_id}
    whose = frozenset(Person.objects.filter(**itself).values_list("pk", flat=True))
    tell(by=by, act=ANSWERED, child_id=thread.child_id, about=thread.pk, family=True, only=whose)


@transaction.atomic
def nobody_waits(*, by: Actor, thread: Thread) -> None:
    """Nobody at the unit needs to answer any longer."""
    close_tasks(by=by, subject=thread.pk, kinds=(queries.TASK,))
    take_back(by=by, act=RECEIVED, abouts=[thread.pk])


def _add(by: Actor, thread: Thread, side: Any, text: str) -> Message:
    thread.revision, thread.changed_at = thread.revision + 1, by.now
    thread.save(update_fields=["revision", "changed_at", "ball", "answer_by"])
    written = {"written_by_id": by.person_id, "role": by.role, "written_at": by.now}
    message = Message.objects.create(thread=thread, number=thread.revision, side=side, text=text, **written)
    note_seen(by=by, thread=thread)
    return message


@transaction.atomic
def leave_trace(*, by: Actor, thread: Thread, act: str, event: str, message: Message | None = None) -> None:
    """The log row and the event of what was done with a thread."""
    queries.log(by, Action.WRITE, thread, act)
    data = {"message": str(message.pk)} if message else {}
    about = {"subject": thread.pk, "unit_id": thread.unit_id, "data": data}
    record_event(by=by, kind=event, child_id=thread.child_id, effective_at=by.now, **about)


def promise(by: Actor, unit_id: UUID) -> date:
    """The last day to answer what is written to a unit now."""
    return working_days_after(by.today, queries.answer_times(by, [unit_id])[unit_id])


def title_of(given: str) -> str:
    """A title on one line.

    Raises:
        Refusal: title_missing, title_too_long.
    """
    title = " ".join(given.split())
    if not title:
        raise Refusal("title_missing")
    if len(title) > TITLE_MAX:
        raise Refusal("title_too_long", most=str(TITLE_MAX))
    return title


def text_of(given: str) -> str:
    """The words of a message.

    Raises:
        Refusal: text_missing, text_too_long.
    """
    text = given.replace("\r\n", "\n").strip()
    if not text:
        raise Refusal("text_missing")
    if len(text) > TEXT_MAX:
        raise Refusal("text_too_long", most=str(TEXT_MAX), now=str(len(text)))
    return text
