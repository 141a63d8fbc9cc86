"""What the current versions tell of, on the children's timelines.

An event is never changed: a new version that tells something else corrects it with a new event, and one that
the source calls a mistake (entered-in-error), or that turned out to be about another child, is withdrawn by
one.
"""

from collections.abc import Iterable
from typing import Any
from uuid import UUID, uuid4

from kring.access.actors import Actor
from kring.care.record.models import Resource, Source
from kring.care.record.rules.happenings import WITHDRAWN, Happening, happening_of, is_told, is_withdrawn
from kring.timeline.models import Event

from .slots import in_portions


class Timeline:
    """Collects events while a parcel is taken in. Each resource is told of its event before either is
    written.
    """

    def __init__(self, by: Actor, source: Source) -> None:
        self.by, self.source = by, source
        self.before: dict[UUID, Event] = {}
        self.events: list[tuple[Event, Resource]] = []

    def recall(self, resources: Iterable[Resource]) -> None:
        """Ask for the events that the resources have now."""
        for portion in in_portions(r.event_id for r in resources if r.event_id):
            self.before.update(Event.objects.in_bulk(portion))

    def tell(self, resource: Resource, tree: dict[str, Any]) -> bool:
        """Put the current version on the timeline; False when it has no time that can be read."""
        if not is_told(resource.kind):
            return True
        withdrawn = is_withdrawn(tree)
        happening = None if withdrawn else happening_of(tree)
        old = self.before.get(resource.event_id) if resource.event_id else None
        if old and (happening is None or old.child_id != resource.child_id):
            self._withdraw(old, resource)
            old = None
        if happening and resource.child_id and not (old and _tells_the_same(old, happening)):
            self._add(resource, happening, old)
        return withdrawn or happening is not None

    def _add(self, resource: Resource, happening: Happening, old: Event | None) -> None:
        event = self._event(
            child_id=resource.child_id,
            kind=happening.kind,
            title=happening.title,
            effective_at=happening.at,
            ends_at=happening.ends_at,
            data=happening.data,
            documented_on=happening.documented_on,
            corrects=old,
        )
        resource.event_id = event.id
        self.events.append((event, resource))

    def _withdraw(self, old: Event, resource: Resource) -> None:
        withdrawal = self._event(
            child_id=old.child_id,
            kind=WITHDRAWN,
            title=old.title,
            effective_at=old.effective_at,
            corrects=old,
        )
        resource.event_id = None
        self.events.append((withdrawal, resource))

    def _event(self, **more: Any) -> Event:
        return Event(
            id=uuid4(),
            unit_id=self.source.unit_id,
            source=self.source.key,
            recorded_at=self.by.now,
            recorded_by_id=self.by.person_id,
            role=self.by.role,
            **more,
        )

    def save(self) -> None:
        """Write the events, each with the key of the resource it tells of."""
        for event, resource in self.events:
            event.data = (event.data or {}) | {"resource": resource.pk}
        Event.objects.bulk_create(event for event, _ in self.events)


def _tells_the_same(old: Event, new: Happening) -> bool:
    told = {name: text for name, text in old.data.items() if name != "resource"}
    return (old.kind, old.title, old.effective_at, old.ends_at, old.documented_on, told) == (
        new.kind,
        new.title,
        new.at,
        new.ends_at,
        new.documented_on,
        new.data,
    )
