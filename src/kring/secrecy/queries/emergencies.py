"""Emergency openings: those that are open now, and those that wait to be reviewed."""

from uuid import UUID

from kring.access.actors import Actor
from kring.children.models import EmergencyAccess


def opened_now(actor: Actor, child_id: UUID) -> tuple[EmergencyAccess, ...]:
    """What the actor itself has opened around the child at this unit and whose time is not out."""
    mine = EmergencyAccess.objects.filter(child_id=child_id, person_id=actor.person_id, unit_id=actor.unit_id)
    return tuple(mine.filter(opened_at__lte=actor.now, ends_at__gt=actor.now).order_by("opened_at", "pk"))
