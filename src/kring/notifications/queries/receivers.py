"""Who is told: the family, those who lead a unit, and what the policy asks about each of them."""

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from kring.access import gate
from kring.access.actors import Actor, possible_actors
from kring.access.facts import current
from kring.access.permissions import Permission
from kring.access.policy.notices import NoticeFacts, Receiver, Way
from kring.access.policy.protected import Grade
from kring.access.roles import ROLES
from kring.children.models import Child, Custody
from kring.notifications.models import ContactWay, Notice
from kring.notifications.rules import Telling, Topic, receiver_of
from kring.organisations.models import Assignment, Person

from .addresses import age_of, guardians_have, is_protected

HEADS = ("coordinator", "unit_head")
"""Who is told what nobody at the unit has been given yet."""


def guardians_of(child_id: UUID, now_actor: Actor) -> list[UUID]:
    """The people who have custody of a child today and can log in."""
    held = Custody.objects.filter(current(now_actor.today), child_id=child_id)
    found = held.filter(guardian__person__isnull=False).values_list("guardian__person", flat=True)
    return sorted(set(found))


def heads_at(unit_id: UUID, now_actor: Actor) -> list[UUID]:
    """Who is told what has no owner at a unit: its coordinators and heads, else all who hand tasks over."""
    here = dict(
        Assignment.objects.filter(current(now_actor.today), unit_id=unit_id).values_list("person", "role")
    )
    return sorted(
        [one for one, role in here.items() if role in HEADS]
        or [one for one, role in here.items() if _hands_over(role)]
    )


def _hands_over(role: str) -> bool:
    return role in ROLES and Permission.ASSIGN_TASKS in ROLES[role].permissions


def facts_of(
    telling: Telling, child: Child, person: Person, unit_id: UUID | None, now: datetime
) -> NoticeFacts:
    """What the policy asks about one person and one child at this moment, for the list in Kring; that the
    child has done it itself is for the teller to say.
    """
    receiver, age = receiver_of(child.person_id, person.pk, unit_id), age_of(child, now)
    ways = possible_actors(person, now=now, strong_auth=True) if person.is_active else []
    here = [one for one in ways if _is(one, receiver, unit_id)]
    return NoticeFacts(
        grade=Grade(child.protection),
        receiver=receiver,
        receiver_protected=is_protected(person),
        reaches=any(_reaches(one, telling.permission, child.pk) for one in here),
        way=Way.IN_APP,
        chosen=False,
        telling=False,
        own_act=False,
        young=receiver == Receiver.CHILD and not age.has_own_e_services,
        of_age=age.has_own_post,
    )


def post_facts(
    facts: NoticeFacts, child: Child, row: ContactWay | None, topic: Topic, way: Way
) -> NoticeFacts:
    """The same of one way out, as it is chosen now."""
    to_child = facts.receiver == Receiver.CHILD
    return replace(
        facts,
        way=way,
        chosen=row is not None and topic in row.topics,
        confirmed=row is not None and row.confirmed_at is not None,
        shared_address=to_child and row is not None and guardians_have(child.pk, way, row.address),
    )


def _is(actor: Actor, receiver: Receiver, unit_id: UUID | None) -> bool:
    """Whether this is the way of acting in which the receiver is told."""
    if receiver == Receiver.STAFF:
        return actor.unit_id == unit_id
    return (actor.child_id if receiver == Receiver.CHILD else actor.guardian_id) is not None


def _reaches(actor: Actor, permission: Permission, child_id: UUID) -> bool:
    return gate.children_for(actor, permission, child_id).exists()


def told_about(child_ids: Collection[UUID]) -> set[UUID]:
    """Those of the children about whom somebody has a notice, read or not."""
    return set(Notice.objects.filter(child__in=list(child_ids)).values_list("child_id", flat=True))
