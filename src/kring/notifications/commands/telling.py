"""Telling through the one door, and taking back what has not been read."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from kring.access.actors import Actor
from kring.access.policy.notices import NOTICES, Receiver, earliest
from kring.children.models import Child
from kring.notifications import queries
from kring.notifications.models import Delivery, Notice
from kring.notifications.rules import FAMILY, STAFF, TELLINGS, Telling, receiver_of
from kring.notifications.tasks import send_waiting
from kring.organisations.models import Person

Place = tuple[UUID, UUID | None]
"""Somebody, at a unit or as guardian."""


@transaction.atomic
def tell(
    *,
    by: Actor,
    act: str,
    child_id: UUID,
    about: UUID,
    family: bool = False,
    units: Mapping[UUID, UUID | None] | None = None,
    only: Collection[UUID] | None = None,
    wait: timedelta = timedelta(),
) -> int:
    """Tell a child's family (its guardians, the child itself: whom of them the row names), or at each unit
    the one named (None: whoever leads there), that something waits; returns how many were told. Whoever did
    it is not told, no guardian of what the child did, and an unread notice is not doubled.

    `only`: of the family, none but these people. `wait`: post outside Kring leaves no sooner than this.

    Raises:
        KeyError: no such row in `rules.TELLINGS`.
        ValueError: the row does not tell the family, or units.
    """
    telling = TELLINGS[act]
    if (family and not telling.to & FAMILY) or (units and not telling.to & STAFF):
        raise ValueError(f"{telling.id} tells only {sorted(telling.to)}")
    child = Child.objects.filter(pk=child_id).first()
    if child is None:
        return 0
    at_home = _at_home(by, telling, child) if family else []
    places: list[Place] = [(one, None) for one in at_home if only is None or one in only]
    places += _at_work(by, units or {})
    return _write(by, telling, child, about, places, by.now + wait)


def _at_home(by: Actor, telling: Telling, child: Child) -> list[UUID]:
    """Those of the family that the row tells; whether they may be told is the policy's to say."""
    guardians = queries.guardians_of(child.pk, by) if Receiver.GUARDIAN in telling.to else []
    itself = [child.person_id] if Receiver.CHILD in telling.to and child.person_id else []
    return [*guardians, *itself]


def _at_work(by: Actor, units: Mapping[UUID, UUID | None]) -> list[Place]:
    found: list[Place] = []
    for unit_id, person_id in units.items():
        people = [person_id] if person_id else queries.heads_at(unit_id, by)
        found += [(one, unit_id) for one in people]
    return found


def _write(
    by: Actor, telling: Telling, child: Child, about: UUID, places: Iterable[Place], leaves: datetime
) -> int:
    told = [place for place in dict.fromkeys(places) if place[0] != by.person_id]
    people = queries.people(one for one, _ in told)
    waiting = _unread(telling, about, people)
    written: set[UUID] = set()
    for person_id, unit_id in told:
        person = people.get(person_id)
        if person and (person_id, unit_id) not in waiting and _may(by, telling, child, person, unit_id):
            notice = Notice.objects.create(
                person=person, unit_id=unit_id, child=child, act=telling.act, about=about, made_at=by.now
            )
            # One act, one letter: also to somebody who is told both as guardian and at work.
            if person_id not in written:
                receiver = receiver_of(child.person_id, person_id, unit_id)
                _send_out(telling, notice, earliest(receiver, leaves))
            written.add(person_id)
    return len(written)


def _unread(telling: Telling, about: UUID, people: Iterable[UUID]) -> set[Place]:
    rows = Notice.objects.filter(act=telling.act, about=about, person__in=list(people), read_at__isnull=True)
    return set(rows.values_list("person_id", "unit_id"))


def _may(by: Actor, telling: Telling, child: Child, person: Person, unit_id: UUID | None) -> bool:
    facts = queries.facts_of(telling, child, person, unit_id, by.now)
    return NOTICES.decide(replace(facts, own_act=by.child_id == child.pk), on=by.today).opens


def _send_out(telling: Telling, notice: Notice, leaves: datetime) -> None:
    for way, chosen in queries.contact_ways(notice.person_id).items():
        if chosen.confirmed_at and telling.topic in chosen.topics:
            Delivery.objects.create(notice=notice, way=way, not_before=leaves)
            send_waiting.enqueue()


@transaction.atomic
def take_back(*, by: Actor, act: str, abouts: Iterable[UUID]) -> None:
    """What was told is no longer so: unread notices go, and what has not left stays."""
    rows = Notice.objects.filter(act=act, about__in=list(abouts), read_at__isnull=True)
    untold = rows.exclude(deliveries__state__in=[Delivery.State.TAKEN, Delivery.State.SENT])
    Notice.objects.filter(pk__in=list(untold.values_list("pk", flat=True))).delete()


@transaction.atomic
def close_to_units(*, abouts: Iterable[UUID], unit_ids: Iterable[UUID]) -> None:
    """These units no longer see these things: nothing more is told there about them, at once."""
    Notice.objects.filter(about__in=list(abouts), unit_id__in=list(unit_ids)).delete()


@transaction.atomic
def close_to_guardian(*, child_id: UUID, guardian_id: UUID) -> int:
    """A guardian is not to notice this child any more: what was told goes, and what waits to leave with it.
    Returns how many notices there were.
    """
    told = Notice.objects.filter(child_id=child_id, person__as_guardian=guardian_id, unit__isnull=True)
    return told.delete()[1].get(Notice._meta.label, 0)


def mark_seen(*, by: Actor, about: UUID) -> None:
    """The actor has opened the thing itself, by whatever way: what told of it is read."""
    mine = Notice.objects.filter(person_id=by.person_id, unit_id=by.unit_id, about=about)
    mine.filter(read_at__isnull=True).update(read_at=by.now)


def mark_read(*, by: Actor, notice_id: UUID | None = None) -> None:
    """The actor has seen one of its notices, or all."""
    rows = queries.unread(by)
    if notice_id:
        rows = rows.filter(pk=notice_id)
    Notice.objects.filter(pk__in=list(rows.values_list("pk", flat=True))).update(read_at=by.now)
