"""Rows in the log, written as the gate writes them."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from kring.access.actors import possible_actors
from kring.audit.commands import Act, record
from kring.audit.models import AccessLogRow
from kring.organisations.models import Person
from tests.cast import NOW


def opened(
    subject: str, child_id: UUID, at: datetime | None = None, *, role: str | None = None, **more: Any
) -> AccessLogRow:
    """Somebody of the cast opened something of a child's; an hour ago unless told."""
    at = at or NOW - timedelta(hours=1)
    person = Person.objects.get(subject=subject)
    ways = possible_actors(person, now=NOW, strong_auth=True)
    actor = next(way for way in ways if role in (None, way.role))
    who = {"person_id": person.pk, "role": actor.role, "unit_id": actor.unit_id}
    told = {"action": "read", "rule": "8.2.1", "what": "plan", **who, **more}
    record([Act(at=at, child_id=child_id, **told)])
    return AccessLogRow.objects.latest("id")


def key_of(row: AccessLogRow) -> UUID:
    """The key of the reading that begins with this row."""
    return UUID(row.digest[:32])
