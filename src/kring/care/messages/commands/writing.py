"""Writing on in a thread."""

from uuid import UUID

from django.db import transaction

from kring.access.actors import Actor
from kring.access.permissions import Permission
from kring.access.refusals import EditConflict
from kring.care.messages import queries
from kring.care.messages.models import Message, Thread
from kring.care.messages.rules import Refusal

from .messages import from_family, from_unit, promise, text_of, thread_to_change


@transaction.atomic
def write(*, by: Actor, thread_id: UUID, text: str, seen: int) -> Message:
    """Write on in a thread: whoever of the family it belongs to, or the unit, which thereby answers.

    `seen`: how many messages the writer had before its eyes. Written into a closed thread it is open again.

    Raises:
        gate.Invisible: no such thread, or hidden.
        Refusal: not_yours, unit_elsewhere, text_missing, text_too_long.
        EditConflict: somebody else of the writer's own side has written meanwhile; nothing is written yet.
    """
    permission = Permission.ANSWER_MESSAGES if by.is_staff else Permission.WRITE_MESSAGE
    thread = thread_to_change(by=by, thread_id=thread_id, permission=permission, act="write")
    text = text_of(text)
    if by.is_staff:
        _nobody_between(by, thread, seen)
        return from_unit(by=by, thread=thread, text=text)
    if not queries.is_own(by, thread):
        raise Refusal("not_yours")
    if thread.unit_id not in {unit.pk for unit in queries.receivers(by, thread.child_id)}:
        raise Refusal("unit_elsewhere")
    if thread.ball != Thread.Ball.UNIT:
        thread.ball, thread.answer_by = Thread.Ball.UNIT, promise(by, thread.unit_id)
    return from_family(by=by, thread=thread, text=text)


def _nobody_between(by: Actor, thread: Thread, seen: int) -> None:
    others = Message.objects.filter(thread=thread, number__gt=seen).exclude(written_by_id=by.person_id)
    if others.exists():
        raise EditConflict(thread)
