"""Closing a thread at the unit."""

from uuid import UUID

from django.db import transaction

from kring.access.actors import Actor
from kring.access.permissions import Permission
from kring.access.refusals import EditConflict
from kring.care.messages.models import Thread
from kring.care.messages.rules import Refusal

from .messages import leave_trace, nobody_waits, thread_to_change


@transaction.atomic
def close(*, by: Actor, thread_id: UUID, seen: int) -> Thread:
    """Say, at the unit, that nothing more is waited for. What the family writes later opens it again.

    Raises:
        gate.Invisible: no such thread, or hidden; gate.NotAllowed: the family.
        Refusal: already_closed.
        EditConflict: something has been written meanwhile that has not been read.
    """
    thread = thread_to_change(by=by, thread_id=thread_id, permission=Permission.ANSWER_MESSAGES, act="close")
    if thread.ball == Thread.Ball.CLOSED:
        raise Refusal("already_closed")
    if thread.revision > seen:
        raise EditConflict(thread)
    thread.ball, thread.answer_by, thread.changed_at = Thread.Ball.CLOSED, None, by.now
    thread.save(update_fields=["ball", "answer_by", "changed_at"])
    nobody_waits(by=by, thread=thread)
    leave_trace(by=by, thread=thread, act="close", event="message_thread_closed")
    return thread
