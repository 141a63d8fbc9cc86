"""Opening a protected child."""

from uuid import UUID

from django.db import transaction

from kring.access import gate
from kring.access.actors import Actor
from kring.access.permissions import Permission
from kring.audit.models import Action
from kring.children.models import Child


def is_door(*, by: Actor, child_id: UUID) -> None:
    """Let a member of the child's restricted group come to the door.

    Raises:
        gate.Invisible: no such child, not protected, or not in the group; the three cannot be told apart.
    """
    group = gate.children_for(by, Permission.SEE_CHILD).exclude(protection=Child.Protection.NONE)
    if not group.filter(pk=child_id).exists():
        refused = gate.refusal(by, Permission.SEE_CHILD, child_id, what="protected.door")
        raise gate.Invisible(refused.act)


@transaction.atomic
def give_reason(*, by: Actor, child_id: UUID, reason: str) -> None:
    """Write to the log why the child is opened."""
    is_door(by=by, child_id=child_id)
    gate.log(by, Action.READ, [child_id], what="protected.open", reason=reason)
