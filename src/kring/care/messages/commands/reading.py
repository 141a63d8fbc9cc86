"""Opening a thread: how far each side has read is noted."""

from uuid import UUID

from django.db import transaction

from kring.access.actors import Actor
from kring.care.messages import queries
from kring.care.messages.models import Reading, Side, Thread
from kring.notifications.commands import mark_seen


@transaction.atomic
def read(*, by: Actor, thread_id: UUID, child_id: UUID | None = None) -> queries.Opened:
    """Open a thread to its end, which is noted. With `child_id` only one about that child.

    Raises:
        gate.Invisible: no such thread, or hidden; gate.ReasonNeeded: as for every page about a child.
    """
    thread = queries.thread_or_404(by, thread_id, act="read", child_id=child_id)
    note_seen(by=by, thread=thread)
    return queries.opened(by, thread)


@transaction.atomic
def note_seen(*, by: Actor, thread: Thread) -> None:
    """That somebody has had everything in a thread before its eyes; its notices of it are read."""
    mark_seen(by=by, about=thread.pk)
    side = Side.UNIT if by.is_staff else Side.FAMILY
    Reading.objects.update_or_create(
        thread=thread,
        person_id=by.person_id,
        side=side,
        defaults={"seen": thread.revision, "read_at": by.now},
    )
