"""The family begins a thread with a unit."""

from uuid import UUID

from django.db import transaction

from kring.access import gate
from kring.access.actors import Actor
from kring.access.permissions import Permission
from kring.care.messages import queries, rules
from kring.care.messages.models import Thread
from kring.care.messages.rules import Refusal

from .messages import from_family, promise, text_of, title_of


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
    what = rules.told_as("begin", kept=rules.is_kept(visibility))
    child = gate.child_or_404(by, Permission.WRITE_MESSAGE, child_id, what=what)
    title, text = title_of(title), text_of(text)
    if visibility not in rules.choices_of(guardian=by.guardian_id is not None):
        raise Refusal("visibility_unknown")
    if unit_id is None:
        raise Refusal("unit_missing")
    if unit_id not in {unit.pk for unit in queries.receivers(by, child_id)}:
        raise Refusal("unit_elsewhere")
    when = {"opened_at": by.now, "changed_at": by.now, "answer_by": promise(by, unit_id)}
    about = {"child": child, "unit_id": unit_id, "guardian_id": by.guardian_id}
    thread = Thread.objects.create(title=title, visibility=visibility, **about, **when)
    from_family(by=by, thread=thread, text=text)
    return thread
