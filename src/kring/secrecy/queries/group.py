"""Who of the own unit reaches a child with protected identity, and who could."""

from uuid import UUID

from kring.access import gate
from kring.access.actors import Actor
from kring.access.facts import current
from kring.access.permissions import Permission
from kring.children.models import Child, ProtectedGroupMember
from kring.design.alphabet import Swedish
from kring.organisations.models import Assignment, Person


def group_of(actor: Actor, child_id: UUID) -> tuple[Child, list[ProtectedGroupMember]]:
    """The child and the own unit's members of its group, by name, with the reading logged. Whom other units
    have let in is theirs to know.

    Raises:
        Invisible, NotAllowed, ReasonNeeded: as `gate.child_or_404`.
    """
    child = gate.child_or_404(actor, Permission.MANAGE_PROTECTED_GROUP, child_id, what="protected.group")
    own = Assignment.objects.filter(unit_id=actor.unit_id).values("person")
    members = ProtectedGroupMember.objects.filter(child=child, person__in=own)
    rows = members.select_related("person", "added_by")
    return child, list(rows.order_by(Swedish("person__given_name"), Swedish("person__family_name")))


def colleagues(actor: Actor) -> list[Person]:
    """Everybody who works at the actor's unit today, by name."""
    here = Assignment.objects.filter(current(actor.today), unit_id=actor.unit_id).values("person")
    return list(Person.objects.filter(pk__in=here).order_by(Swedish("given_name"), Swedish("family_name")))
