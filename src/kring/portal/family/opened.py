"""What of a child's pages the gate opens to a guardian: from 13 what the young person shares (ruling 20).

Every link on these pages is drawn by this, so that none leads to a closed door, and so that what is closed is
told in the same words whether or not there is anything behind it.
"""

from typing import Any
from uuid import UUID

from kring.access import facts, gate
from kring.access.actors import Actor
from kring.access.permissions import Permission
from kring.log_review.queries.extract import may_have_extract

from .rules import LOOK, READINGS

ALL_AROUND = Permission.SEE_ACCESS_MATRIX
"""Which units the child meets: no kind of thing that is shared, so open only while all else is."""
PAGES = frozenset(
    {
        ALL_AROUND,
        Permission.SEE_OWN_FAMILY,
        Permission.SEE_PLAN,
        Permission.ANSWER_AS_FAMILY,
        Permission.SEE_APPOINTMENTS,
        Permission.SEE_MESSAGES,
        Permission.SEE_MOOD,
    }
)
"""What a guardian's pages are about, less the record, which is a question of its own."""


def opened(actor: Actor, child_id: UUID) -> frozenset[Permission]:
    """Those of `PAGES` that are open to the guardian now. Whoever may know of everyone around the child has
    them all, and is asked about once.
    """
    if gate.among(actor, ALL_AROUND, [child_id]):
        return PAGES
    return frozenset(one for one in PAGES - {ALL_AROUND} if gate.among(actor, one, [child_id]))


def ways(actor: Actor, child: Any) -> frozenset[Permission | str]:
    """The same with the record, and with what the child's age opens and closes: how its own pages look, and
    who has read. Of a child that the guardian has been given.
    """
    found: set[Permission | str] = set(opened(actor, child.pk))
    if gate.among(actor, Permission.SEE_OWN_RECORD, [child.pk]):
        found.add(Permission.SEE_OWN_RECORD)
    if facts.age_of(actor, child).under_guardian_limit:
        found.add(LOOK)
    if may_have_extract(actor, child).opens:
        found.add(READINGS)
    return frozenset(found)
