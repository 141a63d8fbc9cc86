"""Whom a unit has appointed for a child: coordinator, named contact, named physician, then deputies."""

from collections.abc import Iterator
from uuid import UUID

from kring.access.actors import Actor
from kring.access.facts import current
from kring.timeline.owners import knows

from .models import CareContact

ORDER = {"coordinator": 0, "named_care_contact": 1, "named_physician": 2}


@knows
def appointed(by: Actor, child_id: UUID, unit_id: UUID) -> Iterator[UUID]:
    """The people whom the unit itself has appointed for this child."""
    going = CareContact.objects.filter(current(by.today), child_id=child_id, unit_id=unit_id)
    rows = sorted(going, key=lambda row: (ORDER[row.role], row.starts_on))
    yield from (row.person_id for row in rows if row.person_id)
    yield from (row.deputy_id for row in rows if row.deputy_id)
