"""Where each has chosen to be told outside Kring, how each address stands, and who gets no post at all."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from django.db.models import F

from kring import clock
from kring.access.actors import Actor
from kring.access.policy.ages import Birth, Standing, standing
from kring.access.policy.notices import CODE_SENT, CodeFacts, Way
from kring.children.models import Child, Guardian
from kring.notifications import codes
from kring.notifications.models import AddressCode, ContactWay
from kring.notifications.rules import same_address
from kring.organisations.models import Person


def contact_ways(person_id: UUID) -> dict[str, ContactWay]:
    """What a person has chosen, by way."""
    return {row.way: row for row in ContactWay.objects.filter(person_id=person_id)}


def code_of(row: ContactWay) -> AddressCode | None:
    """The latest code that was sent to the address of a way: the one that has not ended, else the last."""
    sent = AddressCode.objects.filter(person_id=row.person_id, way=row.way, address=row.address)
    return sent.order_by(F("ended_at").desc(nulls_first=True), "-asked_at").first()


class AddressState(StrEnum):
    """How an address stands: a code is out, it is confirmed, the code can no longer be used, or nothing goes
    there although it is confirmed, because a guardian of the child has it too.
    """

    WAITING = "waiting"
    CONFIRMED = "confirmed"
    OVER = "over"
    SHARED = "shared"


def addresses_of(actor: Actor) -> dict[str, tuple[ContactWay, AddressState]]:
    """The ways a person has chosen, with how each address stands."""
    return {way: (row, _stands(actor, row)) for way, row in contact_ways(actor.person_id).items()}


def _stands(actor: Actor, row: ContactWay) -> AddressState:
    if actor.child_id and guardians_have(actor.child_id, Way(row.way), row.address):
        return AddressState.SHARED
    if row.confirmed_at:
        return AddressState.CONFIRMED
    code = code_of(row)
    over = code is None or codes.is_over(code, actor.now)
    return AddressState.OVER if over else AddressState.WAITING


def guardians_have(child_id: UUID, way: Way, address: str) -> bool:
    """Whether an address is known as one of anybody's who has or has had custody of a child. What belongs to
    somebody with protected identity is not compared: the answer would tell whose it is.
    """
    open_ones = Guardian.objects.filter(protected_identity=False).exclude(person__protected_identity=True)
    guardians = open_ones.filter(custodies__child=child_id)
    known = guardians.values_list("person__email" if way == Way.EMAIL else "phone", flat=True)
    ways = ContactWay.objects.filter(person__as_guardian__in=guardians, way=way, confirmed_at__isnull=False)
    written = [*known, *ways.values_list("address", flat=True)]
    return any(same_address(way, address, other or "") for other in written)


def people(ids: Iterable[UUID]) -> dict[UUID, Person]:
    """People as whom they may be told: `as_guardian` and `as_child` come with them."""
    return Person.objects.select_related("as_guardian", "as_child").in_bulk(list(ids))


def is_protected(person: Person) -> bool:
    """Whether nothing may be sent to a person at all."""
    guardian, child = getattr(person, "as_guardian", None), getattr(person, "as_child", None)
    as_child = child is not None and child.protection != Child.Protection.NONE
    return person.protected_identity or as_child or bool(guardian and guardian.protected_identity)


def no_post_because(actor: Actor) -> str:
    """The rule by which nothing at all is sent to the actor outside Kring; "" when something may be."""
    facts = replace(code_facts(people([actor.person_id])[actor.person_id], actor.now), too_many=False)
    answer = CODE_SENT.decide(facts, on=actor.today)
    return "" if answer.opens else answer.rule_id


def code_facts(
    person: Person, now: datetime, to: tuple[Way, str] | None = None, *, too_many: bool = False
) -> CodeFacts:
    """What the policy asks before a code is sent to its own person, at one address."""
    child = getattr(person, "as_child", None)
    return CodeFacts(
        receiver_protected=is_protected(person),
        own_wish=True,
        too_many=too_many,
        young=child is not None and not age_of(child, now).has_own_post,
        shared_address=child is not None and to is not None and guardians_have(child.pk, *to),
    )


def age_of(child: Child, now: datetime) -> Standing:
    return standing(Birth.of(child.birth_date, child.birth_precision), clock.day_of(now))
