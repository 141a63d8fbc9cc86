"""Which rows are about something that a reader of the extract does not see, for a whole log at once."""

from collections.abc import Callable, Collection, Iterable
from uuid import UUID

from django.db.models import Q

from kring.access.actors import Actor
from kring.access.policy.extract import ExtractReader
from kring.log_review.rules.hidden import hidden_beginnings

Source = Callable[[Actor, UUID], Iterable[object]]
SOURCES: list[Source] = []


def tells_hidden_items(source: Source) -> Source:
    """Register `(actor, child_id) -> keys` of the items about a child that are hidden from the actor now, for
    packages on higher floors. The keys are those that stand as `object_id` in the log.
    """
    SOURCES.append(source)
    return source


def hidden_items(actor: Actor, child_id: UUID) -> frozenset[str]:
    """Every such key, as the log has it."""
    return frozenset(str(key) for source in SOURCES for key in source(actor, child_id))


def hidden_rows(reader: ExtractReader, items: Collection[str]) -> Q:
    """The same question as `rules.hidden.touches_hidden`, put to the database."""
    found = Q(object_id__in=list(items)) if items else Q(pk__in=())
    for word in hidden_beginnings(reader):
        found |= Q(what__startswith=word)
    return found
