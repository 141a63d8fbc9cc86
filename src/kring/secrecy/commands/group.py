"""The restricted group around a child with protected identity: decided by the unit head (ruling 9)."""

from uuid import UUID

from django.db import transaction

from kring.access import gate
from kring.access.actors import Actor
from kring.access.facts import current
from kring.access.permissions import Permission
from kring.access.policy.deciding import GROUP, Group
from kring.audit.models import Action
from kring.children.commands import add_to_restricted_group
from kring.children.models import CareRelation, Child, ProtectedGroupMember
from kring.organisations.models import Assignment, Person
from kring.secrecy.rules.refusals import NotSo, closed

WHAT = "protected.group"


def _decide(by: Actor, child: Child, reason: str) -> str:
    meets = CareRelation.objects.filter(current(by.today), child=child, unit_id=by.unit_id)
    facts = Group(
        strong_auth=by.strong_auth,
        assignment_active=by.assignment_id is not None,
        unit_head=by.may(Permission.MANAGE_PROTECTED_GROUP),
        takes_part=meets.exists(),
        reason=bool(reason.strip()),
    )
    answer = GROUP.decide(facts, on=by.today)
    if not answer.opens:
        raise closed(answer, child.pk, "reason")
    return answer.rule_id


@transaction.atomic
def add_to_group(*, by: Actor, child_id: UUID, person_id: UUID, reason: str) -> ProtectedGroupMember:
    """Let a colleague reach the child.

    Raises:
        Invisible, NotAllowed, ReasonNeeded: as `gate.child_or_404`.
        Refusal: not_protected, colleague_unknown, or closed by table 8.8 e.
    """
    child = _protected(by, child_id)
    rule = _decide(by, child, reason)
    return _add(by, child, person_id, reason, rule)


def _protected(by: Actor, child_id: UUID) -> Child:
    child = gate.child_or_404(by, Permission.MANAGE_PROTECTED_GROUP, child_id, what=WHAT)
    if child.protection == Child.Protection.NONE:
        raise NotSo("not_protected")
    return child


def _add(by: Actor, child: Child, person_id: UUID, reason: str, rule: str) -> ProtectedGroupMember:
    _colleague(by, person_id)
    made = add_to_restricted_group(
        child=child,
        person=Person.objects.get(pk=person_id),
        added_by=Person.objects.get(pk=by.person_id),
        now=by.now,
        reason=reason.strip()[:200],
    )
    _log(by, child, person_id, reason, rule)
    return made


def _colleague(by: Actor, person_id: UUID) -> None:
    """Raises Refusal when somebody does not work at the actor's unit today."""
    here = Assignment.objects.filter(current(by.today), unit_id=by.unit_id, person_id=person_id)
    if not here.exists():
        raise NotSo("colleague_unknown")


@transaction.atomic
def add_by_number(*, by: Actor, number: str, person_id: UUID, reason: str) -> None:
    """The acute route, for a unit head outside the group: a colleague reaches the protected child that the
    unit meets. It answers the same, and asks the same, whether there is such a child or not.

    Raises:
        gate.NotAllowed: the actor's role does not decide about groups.
        Refusal: colleague_unknown.
    """
    gate.demand(by, Permission.MANAGE_PROTECTED_GROUP, what=WHAT, action=Action.WRITE)
    met = CareRelation.objects.filter(current(by.today), unit_id=by.unit_id, child__numbers__value=number)
    relation = met.exclude(child__protection=Child.Protection.NONE).select_related("child").first()
    _colleague(by, person_id)
    if relation is None:
        gate.log(by, Action.WRITE, [None], what=WHAT, reason=reason[:200], outcome="refused")
    else:
        _add(by, relation.child, person_id, reason, _decide(by, relation.child, reason))


@transaction.atomic
def remove_from_group(*, by: Actor, child_id: UUID, person_id: UUID) -> None:
    """A colleague of the own unit no longer reaches the child, from the next request on.

    Raises:
        Invisible, NotAllowed, ReasonNeeded: as `gate.child_or_404`.
        Refusal: not_protected, colleague_unknown, last_in_group, or closed by table 8.8 e.
    """
    child = _protected(by, child_id)
    rule = _decide(by, child, "-")
    own = Assignment.objects.filter(unit_id=by.unit_id).values("person")
    group = ProtectedGroupMember.objects.filter(child=child, person__in=own)
    if not group.filter(person_id=person_id).exists():
        raise NotSo("colleague_unknown")
    if group.count() == 1:
        raise NotSo("last_in_group")
    group.filter(person_id=person_id).delete()
    _log(by, child, person_id, "", rule)


def _log(by: Actor, child: Child, person_id: UUID, reason: str, rule: str) -> None:
    more = {"what": WHAT, "object_id": str(person_id), "reason": reason.strip()[:200], "rule": rule}
    gate.log(by, Action.WRITE, [child.pk], **more)
