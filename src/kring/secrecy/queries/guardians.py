"""A unit head's own decisions about guardians' access. Of other units' decisions nothing is told."""

from collections.abc import Collection, Mapping
from types import MappingProxyType
from uuid import UUID

from django.db.models import QuerySet

from kring.access import facts, gate, signing
from kring.access.actors import Actor
from kring.access.facts import current
from kring.access.permissions import Permission
from kring.children.models import Child, Guardian, GuardianDecision
from kring.design.alphabet import Swedish

WHAT = "guardian.decision"


def holding(actor: Actor, child_id: UUID) -> "QuerySet[GuardianDecision]":
    """Decisions about any guardian of a child that hold now."""
    return GuardianDecision.objects.filter(current(actor.today), child_id=child_id, ended_at__isnull=True)


def _own(actor: Actor) -> "QuerySet[GuardianDecision]":
    rows = GuardianDecision.objects.filter(unit_id=actor.unit_id)
    return rows.select_related("guardian", "decided_by", "ended_by")


def decisions_of(actor: Actor, child_id: UUID) -> list[GuardianDecision]:
    """The own unit's decisions, newest first. The page has logged the reading."""
    rows = gate.rows_for(actor, Permission.DECIDE_GUARDIAN_ACCESS, _own(actor), child_id)
    return list(rows.order_by("-decided_at", "pk"))


def decision_or_404(actor: Actor, decision_id: UUID, *, what: str) -> GuardianDecision:
    """One of them. Raises gate.Invisible."""
    permission = Permission.DECIDE_GUARDIAN_ACCESS
    rows = gate.rows_for(actor, permission, _own(actor).filter(pk=decision_id), each=True)
    found = rows.select_related("child").first()
    if found is None:
        child_id = GuardianDecision.objects.filter(pk=decision_id).values_list("child_id", flat=True).first()
        refused = gate.refusal(actor, permission, child_id or decision_id, what=what)
        raise gate.Invisible(refused.act)
    gate.reason_first(actor, found.child)
    return found


def guardians_of(actor: Actor, child_id: UUID) -> list[Guardian]:
    """Everybody who has custody of a child today, by name."""
    held = facts.custodies(actor).filter(child_id=child_id).select_related("guardian")
    by_name = map(Swedish, ("guardian__given_name", "guardian__family_name"))
    return [one.guardian for one in held.order_by(*by_name)]


SEEN: Mapping[str, Permission] = MappingProxyType(
    {
        "pages": Permission.SEE_OWN_FAMILY,
        "plan": Permission.SEE_PLAN,
        "appointment": Permission.SEE_APPOINTMENTS,
        "record": Permission.SEE_OWN_RECORD,
        "contact_details": Permission.SEE_ACCESS_MATRIX,
    }
)
"""What a guardian can be shown on the net, and the permission that its page asks for."""


def what_guardians_see(actor: Actor, child: Child) -> dict[UUID, frozenset[str]]:
    """Guardian -> what of `SEEN` is open to it on the net now: the gate's own answer to a strong log-in,
    whatever it is that opens or closes.
    """
    return {one.pk: _seen(actor, child, one) for one in guardians_of(actor, child.pk)}


def reads_own_record(actor: Actor, child: Child) -> bool:
    """Whether the child reads its own record on the net now: the gate's answer, as for its guardians."""
    if child.person_id is None or not facts.age_of(actor, child).has_own_e_services:
        return False
    itself = Actor(
        now=actor.now, strong_auth=True, person_id=child.person_id, child_id=child.pk, role="child"
    )
    return gate.children_for(itself, SEEN["record"], child.pk).exists()


def out_of_reach(actor: Actor, child: Child) -> set[UUID]:
    """Guardians to whom nothing about the plan can be told inside Kring, never why: blocked, protected,
    beside a protected one, or without a way in. What a young person shares with whom does not show in it.
    """
    untold = signing.untold_guardians(actor, child.pk)
    if not facts.age_of(actor, child).under_guardian_limit:
        return untold
    others = (one for one in guardians_of(actor, child.pk) if one.pk not in untold)
    return untold | {one.pk for one in others if not _seen(actor, child, one, ("plan",))}


def _seen(
    actor: Actor, child: Child, guardian: Guardian, kinds: Collection[str] = tuple(SEEN)
) -> frozenset[str]:
    if guardian.person_id is None:
        return frozenset()
    who = {"person_id": guardian.person_id, "guardian_id": guardian.pk, "role": "guardian"}
    as_guardian = Actor(now=actor.now, strong_auth=True, **who)
    reaches = gate.children_for
    return frozenset(kind for kind in kinds if reaches(as_guardian, SEEN[kind], child.pk).exists())
