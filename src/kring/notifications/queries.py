"""Reading one's own notices and choices; who at a unit is told; the outbox as numbers."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet

from kring.access import gate
from kring.access.actors import Actor, possible_actors
from kring.access.facts import current
from kring.access.permissions import Permission
from kring.access.policy.notices import CodeFacts, NoticeFacts, Receiver, Way
from kring.access.policy.protected import Grade
from kring.access.roles import ROLES
from kring.children.models import Child, Custody
from kring.organisations.models import Assignment, Person

from . import codes
from .models import AddressCode, ContactWay, Delivery, Notice
from .rules import TELLINGS, Telling

LISTED = 50
HEADS = ("coordinator", "unit_head")
"""Who is told what nobody at the unit has been given yet."""


def notices_of(actor: Actor) -> "QuerySet[Notice]":
    """The actor's own notices in this way of acting, newest first, of what the actor reaches now: for a young
    person's guardian that depends on what is shared.
    """
    reached = Q(pk__in=())
    for permission in {row.permission for row in TELLINGS.values() if actor.may(row.permission)}:
        acts = [row.act for row in TELLINGS.values() if row.permission == permission]
        children = gate.children_for(actor, permission, OuterRef("child"))
        reached |= Q(Exists(children), act__in=acts)
    return _told(actor).filter(reached).order_by("-made_at", "pk")


def _told(actor: Actor) -> "QuerySet[Notice]":
    """What the actor has been told in this way of acting, whether it reaches it now or not."""
    return Notice.objects.filter(person_id=actor.person_id, unit_id=actor.unit_id)


def unread(actor: Actor) -> "QuerySet[Notice]":
    """What the actor has not seen."""
    return notices_of(actor).filter(read_at__isnull=True)


def unread_count(actor: Actor) -> int:
    """How many the actor has not seen, of those it reaches now. The number stands on every page: one light
    question when nothing waits, and one more for each kind of thing that does, however much of it.
    """
    waiting = _told(actor).filter(read_at__isnull=True)
    about: dict[Permission, list[UUID]] = {}
    for act, child_id in waiting.values_list("act", "child_id"):
        about.setdefault(TELLINGS[act].permission, []).append(child_id)
    return sum(_reached(actor, permission, children) for permission, children in about.items())


def _reached(actor: Actor, permission: Permission, child_ids: list[UUID]) -> int:
    seen = gate.among(actor, permission, child_ids)
    return sum(one in seen for one in child_ids)


def listed(actor: Actor) -> list[Notice]:
    """The latest notices, read and unread."""
    return list(notices_of(actor)[:LISTED])


def contact_ways(person_id: UUID) -> dict[str, ContactWay]:
    """What a person has chosen, by way."""
    return {row.way: row for row in ContactWay.objects.filter(person_id=person_id)}


def code_of(row: ContactWay) -> AddressCode | None:
    """The latest code that was sent to the address of a way: the one that has not ended, else the last."""
    sent = AddressCode.objects.filter(person_id=row.person_id, way=row.way, address=row.address)
    return sent.order_by(F("ended_at").desc(nulls_first=True), "-asked_at").first()


class AddressState(StrEnum):
    """How an address stands: a code is out, it is confirmed, or the code can no longer be used."""

    WAITING = "waiting"
    CONFIRMED = "confirmed"
    OVER = "over"


def addresses_of(actor: Actor) -> dict[str, tuple[ContactWay, AddressState]]:
    """The ways a person has chosen, with how each address stands."""
    return {way: (row, _stands(actor, row)) for way, row in contact_ways(actor.person_id).items()}


def _stands(actor: Actor, row: ContactWay) -> AddressState:
    if row.confirmed_at:
        return AddressState.CONFIRMED
    code = code_of(row)
    over = code is None or codes.is_over(code, actor.now)
    return AddressState.OVER if over else AddressState.WAITING


def is_protected(person: Person) -> bool:
    """Whether nothing may be sent to a person at all; `as_guardian` comes with it."""
    guardian = getattr(person, "as_guardian", None)
    return person.protected_identity or bool(guardian and guardian.protected_identity)


def gets_post(actor: Actor) -> bool:
    """Whether anything may be sent to the actor outside Kring."""
    return not is_protected(Person.objects.select_related("as_guardian").get(pk=actor.person_id))


def code_facts(person: Person, *, too_many: bool = False) -> CodeFacts:
    """What the policy asks before a code is sent to its own person."""
    return CodeFacts(receiver_protected=is_protected(person), own_wish=True, too_many=too_many)


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
    """What the policy asks about one person and one child at this moment, for the list in Kring."""
    ways = possible_actors(person, now=now, strong_auth=True) if person.is_active else []
    here = [one for one in ways if one.unit_id == unit_id and (unit_id or one.guardian_id)]
    return NoticeFacts(
        grade=Grade(child.protection),
        receiver=Receiver.STAFF if unit_id else Receiver.GUARDIAN,
        receiver_protected=is_protected(person),
        reaches=any(_reaches(one, telling.permission, child.pk) for one in here),
        way=Way.IN_APP,
        chosen=False,
        telling=False,
    )


def _reaches(actor: Actor, permission: Permission, child_id: UUID) -> bool:
    return gate.children_for(actor, permission, child_id).exists()


@dataclass(frozen=True)
class Outbox:
    """The outbox without anybody in it: how many are in each state, and the latest that went wrong."""

    counts: dict[tuple[str, str], int]
    oldest: datetime | None
    troubled: list[Delivery]


def outbox(actor: Actor) -> Outbox:
    """How sending goes, for an administrator, who learns nothing of to whom or about whom."""
    rows = Delivery.objects.values_list("way", "state").annotate(n=Count("pk")).order_by("way", "state")
    waiting = Delivery.objects.filter(state=Delivery.State.WAITING, not_before__lte=actor.now)
    troubled = Delivery.objects.exclude(reason="").order_by("-ended_at", "-not_before")
    return Outbox(
        counts={(way, state): n for way, state, n in rows},
        oldest=waiting.order_by("not_before").values_list("not_before", flat=True).first(),
        troubled=list(troubled[:LISTED]),
    )
