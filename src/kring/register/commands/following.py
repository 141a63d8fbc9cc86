"""What follows at once when custody or protection changes: the same as when it is decided on a page."""

from collections.abc import Collection, Iterable
from uuid import UUID

from kring.access import facts, gate
from kring.access.actors import Actor, possible_actors
from kring.access.permissions import Permission
from kring.care.plans.jobs import follow_new_decider
from kring.care.plans.queries.turning import with_going_plans
from kring.children.models import Child, Custody, Guardian
from kring.notifications.commands import close_to_guardian
from kring.notifications.queries import told_about
from kring.register.rules.rows import Kind

from .writing import NEW, Written


def concerned(by: Actor, child_ids: Collection[UUID]) -> set[UUID]:
    """Those of the children whose custody somebody follows: a plan goes on, or something has been told."""
    return with_going_plans(by, child_ids) | told_about(child_ids)


def follow(by: Actor, kind: Kind, written: Written) -> None:
    """Let consents, disclosures and notices follow what a line has changed."""
    row = written.row
    if isinstance(row, Custody):
        follow_custody(by, row)
    elif isinstance(row, Guardian) and "protected_identity" in written.fields:
        held = facts.custodies(by).filter(guardian=row)
        _close_around(by, held.values_list("child_id", flat=True))
    elif isinstance(row, Child) and written.became != NEW and "protection" in written.fields:
        _close_around(by, [row.pk])


def follow_custody(by: Actor, custody: Custody) -> None:
    """Plans are settled by who has custody now; a guardian who no longer has it is told nothing more."""
    if not facts.custodies(by).filter(child=custody.child_id, guardian=custody.guardian_id).exists():
        close_to_guardian(child_id=custody.child_id, guardian_id=custody.guardian_id)
    _close_around(by, [custody.child_id])


def _close_around(by: Actor, child_ids: Iterable[UUID]) -> None:
    for child_id in list(child_ids):
        held = facts.custodies(by).filter(child=child_id).select_related("guardian__person")
        for guardian in {custody.guardian for custody in held}:
            if guardian.person and not _reaches(by, guardian, child_id):
                close_to_guardian(child_id=child_id, guardian_id=guardian.pk)
        follow_new_decider(child_id, by.now)


def _reaches(by: Actor, guardian: Guardian, child_id: UUID) -> bool:
    ways = possible_actors(guardian.person, now=by.now, strong_auth=True)
    (actor,) = (way for way in ways if way.guardian_id == guardian.pk)
    return gate.children_for(actor, Permission.SEE_OWN_FAMILY, child_id).exists()
