"""A row of somebody close that an address names, and the child it is about."""

from typing import Any
from uuid import UUID

from kring.access import gate
from kring.access.actors import Actor
from kring.access.permissions import Permission
from kring.access.policy.doors import NOT_YOURS
from kring.care.contacts import queries as contacts
from kring.portal.staff.contacts.of_child import of_this_child

SEES, WRITES = Permission.SEE_CLOSE_PEOPLE, Permission.WRITE_CLOSE_PEOPLE


def child_of(actor: Actor, child_id: UUID, *, writes: bool = False) -> Any:
    """The child, with the reading logged. Raises as `gate.child_or_404`."""
    return gate.child_or_404(actor, WRITES if writes else SEES, child_id, what="close_people")


def own_row(actor: Actor, child_id: UUID, close_id: UUID) -> Any:
    """What the actor's unit, or this guardian, has written, with the reading logged.

    Raises:
        gate.Invisible, gate.ReasonNeeded: as `gate.child_or_404`.
        gate.NotAllowed: somebody else has written it.
    """
    row = contacts.close_person_or_404(actor, close_id, what="close_person.form", permission=WRITES)
    of_this_child(actor, WRITES, row.child_id, child_id)
    if not contacts.wrote(actor, row):
        raise gate.not_allowed(actor, NOT_YOURS.id, what="close_person.form", object_id=str(row.pk))
    return row
