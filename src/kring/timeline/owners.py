"""Who at a unit takes a child's new task: somebody by name where anybody is known, else the unit's own queue.

Packages on higher floors know people that this floor does not (a named care contact, say) and register what
they know with `knows`. Whoever is proposed must work at the unit today in a role with a worklist, and reach
the child there; otherwise the next one is asked.
"""

from collections.abc import Callable, Iterator
from uuid import UUID

from kring.access import gate
from kring.access.actors import Actor, possible_actors
from kring.access.permissions import Permission
from kring.organisations.models import Person

from .models import Task

Source = Callable[[Actor, UUID, UUID], Iterator[UUID]]
SOURCES: list[Source] = []


def knows(source: Source) -> Source:
    """Register `(actor, child_id, unit_id) -> people`, the likeliest first."""
    SOURCES.append(source)
    return source


def owner_of(*, by: Actor, child_id: UUID, unit_id: UUID | None, first: UUID | None = None) -> UUID | None:
    """The person who takes the child's next task at a unit; None when it is the unit's to share out.

    `first` is whom the caller would ask, such as the person a party has named.
    """
    if unit_id is None:
        return None
    asked: set[UUID] = set()
    for person_id in _candidates(by, child_id, unit_id, first):
        if person_id not in asked and _can_own(by, person_id, child_id, unit_id):
            return person_id
        asked.add(person_id)
    return None


def _candidates(by: Actor, child_id: UUID, unit_id: UUID, first: UUID | None) -> Iterator[UUID]:
    if first:
        yield first
    for source in SOURCES:
        yield from source(by, child_id, unit_id)
    # Whoever already holds something of this child's at the unit knows the child.
    held = Task.objects.filter(
        unit_id=unit_id, child_id=child_id, done_at__isnull=True, assignee__isnull=False
    )
    yield from held.order_by("due_on", "pk").values_list("assignee_id", flat=True)


def _can_own(by: Actor, person_id: UUID, child_id: UUID, unit_id: UUID) -> bool:
    person = Person.objects.filter(pk=person_id, is_active=True).first()
    ways = possible_actors(person, now=by.now, strong_auth=True) if person else []
    return any(
        gate.children_for(way, Permission.SEE_WORKLIST, child_id).exists()
        for way in ways
        if way.unit_id == unit_id
    )
