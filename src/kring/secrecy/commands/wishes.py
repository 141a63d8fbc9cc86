"""A guardian asks, before the child's 13th birthday, to go on seeing some kinds of things after it (S76).

The question opens nothing and is told to nobody but the child, who finds it on its own pages. What the child
answers is not told back: on the birthday the guardian sees what the child lets it see.
"""

from collections.abc import Collection
from uuid import UUID

from django.db import transaction

from kring.access import gate
from kring.access.actors import Actor
from kring.access.permissions import Permission
from kring.access.policy.ages import Birth
from kring.audit.models import Action
from kring.children import commands as children
from kring.children.models import ShareWish
from kring.secrecy.queries.shares import OFFERED, own_wishes
from kring.secrecy.rules.refusals import NotSo
from kring.secrecy.rules.turning import chosen_ahead_for

WHAT = "family.turning.ask"


@transaction.atomic
def ask_to_share(*, by: Actor, child_id: UUID, things: Collection[str]) -> None:
    """Ask for exactly these kinds of things: what was asked for before and is not among them is taken back.

    Raises:
        gate.Invisible: the child's pages are not open to the guardian.
        Refusal: not_soon (outside the months before the birthday), thing_unknown.
    """
    children.hold(child_id=child_id)
    child = gate.child_or_404(by, Permission.SEE_OWN_FAMILY, child_id, what=WHAT)
    if chosen_ahead_for(Birth.of(child.birth_date, child.birth_precision), by.today) is None:
        raise NotSo("not_soon", about=child.pk)
    if not OFFERED.issuperset(things):
        raise NotSo("thing_unknown", about=child.pk)
    before, mine = set(own_wishes(by, child.pk)), {"child": child, "guardian_id": by.guardian_id}
    if before == set(things):
        return
    gone = ShareWish.objects.filter(**mine, ended_at__isnull=True).exclude(thing__in=things)
    gone.update(ended_at=by.now)
    new = [ShareWish(**mine, thing=thing, asked_at=by.now) for thing in sorted(set(things) - before)]
    ShareWish.objects.bulk_create(new)
    gate.log(by, Action.WRITE, [child.pk], what=WHAT)
