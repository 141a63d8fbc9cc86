"""Opening a protected child."""

from uuid import UUID

from django.db import transaction

from kring.access import gate
from kring.access.actors import Actor
from kring.access.permissions import Permission
from kring.access.policy.protected import Field
from kring.audit.models import Action
from kring.children.models import Child

from .queries import Chosen, hidden_field_or_404


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


@transaction.atomic
def reveal_field(*, by: Actor, child_id: UUID, field: Field, about: UUID, reason: str) -> Chosen:
    """Show one hidden field, once, with the reason in the log: which kind of field and by which rule, never
    what it says.

    Raises:
        gate.Invisible: no such field is hidden from the actor, or no reason shows it.
    """
    chosen = hidden_field_or_404(by, child_id, field, about)
    gate.log(by, Action.READ, [child_id], what=f"protected.reveal.{field}", reason=reason, rule=chosen.rule)
    return chosen
