"""A unit begins a thread with somebody of the family."""

from collections.abc import Collection
from uuid import UUID

from django.db import transaction

from kring.access import gate
from kring.access.actors import Actor
from kring.access.permissions import Permission
from kring.care.messages import queries, rules
from kring.care.messages.models import Side, Thread
from kring.care.messages.queries.addressees import Addressee
from kring.care.messages.rules import Refusal
from kring.children.models import Child

from .messages import from_unit, text_of, title_of


@transaction.atomic
def begin_with_family(
    *, by: Actor, child_id: UUID, to: Collection[str], title: str, text: str
) -> list[Thread]:
    """Write to guardians, or to the young person, from a unit that takes part around the child.

    Each of them gets a thread of its own, which nobody else of the family sees (`rules.nearest`). `to`:
    keys of `queries.addressees`.

    Raises:
        gate.Invisible, gate.NotAllowed, gate.ReasonNeeded: as for every page about a child.
        Refusal: receiver_missing, receiver_unreached, title_missing, title_too_long, text_missing,
            text_too_long.
    """
    what = rules.told_as("begin", kept=True)
    child = gate.child_or_404(by, Permission.ANSWER_MESSAGES, child_id, what=what)
    title, text = title_of(title), text_of(text)
    if not to:
        raise Refusal("receiver_missing")
    reached = {one.key: one for one in queries.addressees(by, child)}
    if not set(to) <= set(reached):
        raise Refusal("receiver_unreached")
    return [_begin(by, child, one, title, text) for key, one in reached.items() if key in to]


def _begin(by: Actor, child: Child, to: Addressee, title: str, text: str) -> Thread:
    guardian_id = to.guardian.pk if to.guardian else None
    thread = Thread.objects.create(
        child=child,
        unit_id=by.unit_id,
        guardian_id=guardian_id,
        title=title,
        begun_by=Side.UNIT,
        visibility=rules.nearest(guardian=guardian_id is not None),
        ball=Thread.Ball.FAMILY,
        opened_at=by.now,
        changed_at=by.now,
    )
    from_unit(by=by, thread=thread, text=text, event="message_from_unit")
    return thread
