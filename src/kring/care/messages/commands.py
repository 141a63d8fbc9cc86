"""Writing, answering and closing; who has read; and within how long a unit promises to answer.

What is written, whose turn it is, the unit's task, the event and the log row are one transaction.
"""

from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction

from kring import clock
from kring.access import gate
from kring.access.actors import Actor
from kring.access.permissions import Permission
from kring.access.policy.staff import WorkNeed
from kring.access.policy.working_days import working_days_after
from kring.access.refusals import EditConflict
from kring.audit.models import Action, Outcome
from kring.notifications.commands import take_back, tell
from kring.organisations.models import Person
from kring.timeline.commands import close_tasks, open_task, record_event
from kring.timeline.models import Task

from . import queries, rules
from .models import TEXT_MAX, TITLE_MAX, AnswerTime, Message, Reading, Side, Thread
from .rules import Refusal

WRITE, ANSWER = Permission.WRITE_MESSAGE, Permission.ANSWER_MESSAGES
RECEIVED, ANSWERED = "message_received", "message_answered"


@transaction.atomic
def begin_thread(
    *, by: Actor, child_id: UUID, unit_id: UUID | None, title: str, text: str, visibility: str
) -> Thread:
    """Write to a unit that takes part around the child. It gets a task, due when its promise is.

    Raises:
        gate.Invisible, gate.NotAllowed: as for every page about a child.
        Refusal: unit_missing, unit_elsewhere, title_missing, title_too_long, text_missing, text_too_long,
            visibility_unknown.
    """
    kept = rules.is_kept(visibility)
    child = gate.child_or_404(by, WRITE, child_id, what=rules.told_as("begin", kept=kept))
    title, text = _one_line(title), _said(text)
    if visibility not in rules.choices_of(guardian=by.guardian_id is not None):
        raise Refusal("visibility_unknown")
    if unit_id is None:
        raise Refusal("unit_missing")
    if unit_id not in {unit.pk for unit in queries.receivers(by, child_id)}:
        raise Refusal("unit_elsewhere")
    when = {"opened_at": by.now, "changed_at": by.now, "answer_by": _promise(by, unit_id)}
    thread = Thread.objects.create(
        child=child,
        unit_id=unit_id,
        guardian_id=by.guardian_id,
        title=title,
        visibility=visibility,
        **when,
    )
    _from_family(by, thread, text)
    return thread


@transaction.atomic
def write(*, by: Actor, thread_id: UUID, text: str, seen: int) -> Message:
    """Write on in a thread: whoever of the family began it, or the unit, which thereby answers.

    `seen`: how many messages the writer had before its eyes. Written into a closed thread it is open again.

    Raises:
        gate.Invisible: no such thread, or hidden.
        Refusal: not_yours, unit_elsewhere, text_missing, text_too_long.
        EditConflict: somebody else of the writer's own side has written meanwhile; nothing is written yet.
    """
    thread = _to_change(by, thread_id, ANSWER if by.is_staff else WRITE, act="write")
    text = _said(text)
    if by.is_staff:
        _nobody_between(by, thread, seen)
        return _from_unit(by, thread, text)
    if not queries.is_own(by, thread):
        raise Refusal("not_yours")
    if thread.unit_id not in {unit.pk for unit in queries.receivers(by, thread.child_id)}:
        raise Refusal("unit_elsewhere")
    if thread.ball != Thread.Ball.UNIT:
        thread.ball, thread.answer_by = Thread.Ball.UNIT, _promise(by, thread.unit_id)
    return _from_family(by, thread, text)


@transaction.atomic
def close(*, by: Actor, thread_id: UUID, seen: int) -> Thread:
    """Say, at the unit, that nothing more is waited for. What the family writes later opens it again.

    Raises:
        gate.Invisible: no such thread, or hidden; gate.NotAllowed: the family.
        Refusal: already_closed.
        EditConflict: something has been written meanwhile that has not been read.
    """
    thread = _to_change(by, thread_id, ANSWER, act="close")
    if thread.ball == Thread.Ball.CLOSED:
        raise Refusal("already_closed")
    if thread.revision > seen:
        raise EditConflict(thread)
    thread.ball, thread.answer_by, thread.changed_at = Thread.Ball.CLOSED, None, by.now
    thread.save(update_fields=["ball", "answer_by", "changed_at"])
    _answered(by, thread)
    _trace(by, thread, "close", "message_thread_closed")
    return thread


def _to_change(by: Actor, thread_id: UUID, permission: Permission, *, act: str) -> Thread:
    """The thread, let through and then locked, as it stands now."""
    queries.thread_or_404(by, thread_id, act=act, permission=permission)
    return Thread.objects.select_for_update().get(pk=thread_id)


def _nobody_between(by: Actor, thread: Thread, seen: int) -> None:
    others = Message.objects.filter(thread=thread, number__gt=seen).exclude(written_by_id=by.person_id)
    if others.exists():
        raise EditConflict(thread)


def _from_family(by: Actor, thread: Thread, text: str) -> Message:
    message = _add(by, thread, Side.FAMILY, text)
    about = {"child_id": thread.child_id, "unit_id": thread.unit_id, "subject": thread.pk}
    task = open_task(by=by, kind=queries.TASK, due_on=thread.answer_by or by.today, **about)
    _trace(by, thread, "write", "message_written", message)
    _tell_unit(by, thread, task)
    return message


def _tell_unit(by: Actor, thread: Thread, task: Task) -> None:
    tell(
        by=by,
        act=RECEIVED,
        child_id=thread.child_id,
        about=thread.pk,
        units={thread.unit_id: task.assignee_id},
    )


def _from_unit(by: Actor, thread: Thread, text: str) -> Message:
    thread.ball, thread.answer_by = Thread.Ball.FAMILY, None
    message = _add(by, thread, Side.UNIT, text)
    _answered(by, thread)
    _trace(by, thread, "write", "message_answered", message)
    if thread.guardian_id:
        whose = Person.objects.filter(as_guardian=thread.guardian_id).values_list("pk", flat=True)
        only = frozenset(whose)
        tell(by=by, act=ANSWERED, child_id=thread.child_id, about=thread.pk, family=True, only=only)
    return message


def _answered(by: Actor, thread: Thread) -> None:
    """Nobody at the unit needs to answer any longer."""
    close_tasks(by=by, subject=thread.pk, kinds=(queries.TASK,))
    take_back(by=by, act=RECEIVED, abouts=[thread.pk])


def _add(by: Actor, thread: Thread, side: Any, text: str) -> Message:
    thread.revision, thread.changed_at = thread.revision + 1, by.now
    thread.save(update_fields=["revision", "changed_at", "ball", "answer_by"])
    message = Message.objects.create(
        thread=thread,
        number=thread.revision,
        side=side,
        text=text,
        written_by_id=by.person_id,
        role=by.role,
        written_at=by.now,
    )
    _seen(by, thread)
    return message


def _promise(by: Actor, unit_id: UUID) -> date:
    return working_days_after(by.today, queries.answer_times(by, [unit_id])[unit_id])


def _trace(by: Actor, thread: Thread, act: str, event: str, message: Message | None = None) -> None:
    queries.log(by, Action.WRITE, thread, act)
    data = {"message": str(message.pk)} if message else {}
    about = {"subject": thread.pk, "unit_id": thread.unit_id, "data": data}
    record_event(by=by, kind=event, child_id=thread.child_id, effective_at=by.now, **about)


def _one_line(title: str) -> str:
    title = " ".join(title.split())
    if not title:
        raise Refusal("title_missing")
    if len(title) > TITLE_MAX:
        raise Refusal("title_too_long", most=str(TITLE_MAX))
    return title


def _said(text: str) -> str:
    text = text.replace("\r\n", "\n").strip()
    if not text:
        raise Refusal("text_missing")
    if len(text) > TEXT_MAX:
        raise Refusal("text_too_long", most=str(TEXT_MAX), now=str(len(text)))
    return text


@transaction.atomic
def read(*, by: Actor, thread_id: UUID, child_id: UUID | None = None) -> queries.Opened:
    """Open a thread to its end, which is noted. With `child_id` only one about that child.

    Raises:
        gate.Invisible: no such thread, or hidden; gate.ReasonNeeded: as for every page about a child.
    """
    thread = queries.thread_or_404(by, thread_id, act="read", child_id=child_id)
    _seen(by, thread)
    return queries.opened(by, thread)


def _seen(by: Actor, thread: Thread) -> None:
    side = Side.UNIT if by.is_staff else Side.FAMILY
    Reading.objects.update_or_create(
        thread=thread,
        person_id=by.person_id,
        side=side,
        defaults={"seen": thread.revision, "read_at": by.now},
    )


@transaction.atomic
def set_answer_time(*, by: Actor, weekdays: int) -> AnswerTime:
    """Promise, for the actor's unit, an answer within so many weekdays; promises already given stand.

    Raises:
        gate.NotAllowed: somebody else than the unit's head.
        Refusal: time_out_of_range.
    """
    gate.demand(by, Permission.SET_ANSWER_TIME, what="message.time", action=Action.WRITE)
    if not 1 <= weekdays <= rules.LONGEST:
        raise Refusal("time_out_of_range", most=str(rules.LONGEST))
    known = {"unit_id": by.unit_id, "starts_on": clock.day_of(by.now)}
    chosen = {"weekdays": weekdays, "set_by_id": by.person_id, "set_at": by.now}
    return AnswerTime.objects.update_or_create(**known, defaults=chosen)[0]


@transaction.atomic
def choose_actively(*, by: Actor, child_id: UUID, purpose: WorkNeed) -> None:
    """Log that the actor asks to see what other units of the care provider hold, and for what; one row for
    each rule that then decides (ruling 23). The session keeps the choice.
    """
    found = queries.child_page(by, child_id, purpose)
    asking = replace(by, purpose=purpose)
    for rule, opens in sorted({(one.decision.rule_id, one.decision.opens) for one in found.elsewhere}):
        outcome = Outcome.ALLOWED if opens else Outcome.REFUSED
        gate.log(
            asking,
            Action.READ,
            [child_id],
            what=rules.told_as("choice", kept=False),
            rule=rule,
            outcome=outcome,
        )
