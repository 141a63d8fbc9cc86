"""A row that an address names together with a child must be about that child."""

from uuid import UUID

from kring.access import gate
from kring.access.actors import Actor
from kring.access.permissions import Permission


def of_this_child(actor: Actor, permission: Permission, found: UUID, wanted: UUID) -> None:
    """Stop an address that mixes two children: it is no address of ours, and answers as none."""
    if found != wanted:
        raise gate.Invisible(gate.refusal(actor, permission, wanted, what="contacts.other_child").act)
