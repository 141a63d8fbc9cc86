"""Visits that somebody of the family does not see: their rows in the log are not told of."""

from collections.abc import Iterator
from uuid import UUID

from kring.access import items
from kring.access.actors import Actor
from kring.care.contacts.models import Appointment
from kring.log_review.queries.hidden import tells_hidden_items


@tells_hidden_items
def withheld_visits(actor: Actor, child_id: UUID) -> Iterator[UUID]:
    """The keys of a child's visits that are kept from this reader now."""
    marked = Appointment.objects.filter(items.MARKED, child_id=child_id)
    yield from (visit.pk for visit in marked if not items.explain(actor, visit).opens)
