"""The entries that somebody of the family does not see: that one of them was opened by itself is not told."""

from collections.abc import Collection, Iterator
from typing import Any
from uuid import UUID

from django.db.models import F

from kring.access.actors import Actor
from kring.audit.models import AccessLogRow
from kring.care.record.models import ResourceVersion
from kring.care.record.rules.marks import Marks, marks_in
from kring.log_review.queries.hidden import tells_hidden_items
from kring.timeline.models import Event

from . import family, one

SINGLE = (one.WHAT, one.TEXT, family.ENTRY)
"""What the log says of an entry that was opened by itself; its `object_id` is the entry's event."""
CLOSED = Marks(visibility="care_only")


@tells_hidden_items
def withheld_entries(actor: Actor, child_id: UUID) -> Iterator[UUID]:
    """The events of entries that somebody has opened and this reader does not see now.

    An event that has been corrected goes by its entry as it stands; one whose entry has been withdrawn, or
    has turned out to be another child's, is hidden from everybody.
    """
    events = _opened_singly(child_id)
    marks = _marks(actor, child_id, {key for _pk, _unit, key in events})
    for event_id, unit_id, key in events:
        entry = marks.get(key, CLOSED)
        if not family.may_see(actor, entry, unit_id):
            yield event_id


def _opened_singly(child_id: UUID) -> list[tuple[UUID, UUID | None, Any]]:
    """(event, its unit, the key of what it tells of)."""
    rows = AccessLogRow.objects.filter(child_id=child_id, what__in=SINGLE).exclude(object_id="")
    keys = map(_as_key, rows.values_list("object_id", flat=True).distinct())
    events = Event.objects.filter(child_id=child_id, pk__in={key for key in keys if key})
    told = events.values_list("pk", "unit_id", "data")
    return [(pk, unit_id, (data or {}).get("resource")) for pk, unit_id, data in told]


def _as_key(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _marks(actor: Actor, child_id: UUID, resources: Collection[Any]) -> dict[Any, Marks]:
    """The marks of these entries as they stand, of those that are told about the child."""
    current = ResourceVersion.objects.filter(
        number=F("resource__version"), resource__child_id=child_id, resource__event_id__isnull=False
    )
    bodies = current.filter(resource_id__in=resources).values_list("resource_id", "body")
    return {key: marks_in(body, actor.today) for key, body in bodies}
