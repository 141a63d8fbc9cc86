"""The threads of a guardian or a young person, as their own pages list them."""

from uuid import UUID

from kring.access.actors import Actor
from kring.access.masks import hide
from kring.care.messages.models import Thread
from kring.children.models import Child

from .reach import AROUND, SEE, SHOWN_AT_MOST, threads_for
from .standing import unread


def family_threads(actor: Actor, child: Child) -> list[Thread]:
    """What somebody of the family reads about a child, latest first; each has `unread`. The page has logged
    the reading.
    """
    rows = threads_for(actor, child.pk).annotate(unread=unread(actor)).select_related(*AROUND)
    found = list(rows.order_by("-changed_at", "pk")[:SHOWN_AT_MOST])
    hide(actor, child, found)
    return found


def unread_count(actor: Actor, child_id: UUID) -> int:
    """How many of the actor's own threads about a child hold something new; 0 where messages are closed."""
    if not actor.may(SEE):
        return 0
    own = threads_for(actor, child_id).filter(guardian_id=actor.guardian_id)
    return own.filter(unread(actor)).count()
