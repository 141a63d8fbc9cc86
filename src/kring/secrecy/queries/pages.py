"""The child, let in by the gate, for a page about one kind of secrecy."""

from uuid import UUID

from kring.access import gate
from kring.access.actors import Actor
from kring.access.permissions import Permission
from kring.children.models import Child

WHAT = {
    Permission.DOCUMENT_BLOCK: "block.page",
    Permission.LIFT_BLOCK: "block.page",
    Permission.ASSESS_MATURITY: "maturity",
    Permission.DECIDE_GUARDIAN_ACCESS: "guardian.decision",
    Permission.RECORD_PLACEMENT: "placement",
    Permission.OPEN_EMERGENCY: "emergency.page",
    Permission.SEE_RECORD: "consent.across",
}


def child_for(actor: Actor, permission: Permission, child_id: UUID) -> Child:
    """The child, with the reading logged.

    Raises:
        Invisible, NotAllowed, ReasonNeeded: as `gate.child_or_404`.
    """
    return gate.child_or_404(actor, permission, child_id, what=WHAT[permission])
