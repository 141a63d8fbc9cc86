"""Who is asking: a person in one role at one place at one moment."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from kring import clock
from kring.organisations.models import Assignment, Person

from .permissions import Permission
from .roles import ROLES


@dataclass(frozen=True, kw_only=True)
class Actor:
    """A person acting in one role. Someone who is both nurse and guardian is two actors, one at a time.

    `now` is the moment of asking; every decision is taken for the Stockholm day it falls on. `opened` are the
    protected children for whom a reason has been written in this session; None outside a session (a job).
    `reached` is the gate's own note of the children it has found in this actor's sets, (child, scope) ->
    rule; an actor made from another by `replace` begins without.
    """

    person_id: UUID
    role: str
    now: datetime
    assignment_id: UUID | None = None
    unit_id: UUID | None = None
    unit_name: str = ""
    controller_id: int | None = None
    sector: str = ""
    shares_across_providers: bool = False
    guardian_id: UUID | None = None
    child_id: UUID | None = None
    strong_auth: bool = False
    purpose: str = "care"
    opened: frozenset[UUID] | None = field(default=None, compare=False)
    name: str = field(default="", compare=False)
    reached: dict[tuple[UUID, str], str] = field(default_factory=dict, init=False, compare=False, repr=False)

    @property
    def today(self) -> date:
        return clock.day_of(self.now)

    @property
    def is_staff(self) -> bool:
        return self.unit_id is not None

    def may(self, permission: Permission) -> bool:
        """Whether the role does this kind of work at all: the first lock. For whom is the gate's to say."""
        return permission in ROLES[self.role].permissions


def active_assignments(person: Person, today: date) -> list[Assignment]:
    """A person's assignments that hold on a day; first and last day count."""
    read = "assignments" in getattr(person, "_prefetched_objects_cache", {})
    mine = person.assignments.all() if read else person.assignments.select_related("unit__controller")
    return [a for a in mine if a.starts_on <= today <= (a.ends_on or date.max) and a.role in ROLES]


def possible_actors(person: Person, *, now: datetime, strong_auth: bool) -> list[Actor]:
    """Every way in which a person may act now: each assignment, as guardian, as the child itself."""
    actors = [
        _at_work(person, assignment, now, strong_auth)
        for assignment in active_assignments(person, clock.day_of(now))
    ]
    return [*actors, *_in_the_family(person, now, strong_auth)]


def _in_the_family(person: Person, now: datetime, strong_auth: bool) -> Iterator[Actor]:
    if guardian := getattr(person, "as_guardian", None):
        yield _plain(person, "guardian", now, strong_auth, guardian_id=guardian.id)
    if child := getattr(person, "as_child", None):
        yield _plain(person, "child", now, strong_auth, child_id=child.id)


def _at_work(person: Person, assignment: Assignment, now: datetime, strong_auth: bool) -> Actor:
    unit = assignment.unit
    return Actor(
        person_id=person.id,
        name=person.name,
        role=assignment.role,
        now=now,
        assignment_id=assignment.id,
        unit_id=unit.id,
        unit_name=unit.name,
        controller_id=unit.controller_id,
        sector=unit.sector,
        shares_across_providers=unit.controller.shares_across_providers,
        strong_auth=strong_auth,
    )


def _plain(person: Person, role: str, now: datetime, strong_auth: bool, **more: Any) -> Actor:
    return Actor(person_id=person.id, name=person.name, role=role, now=now, strong_auth=strong_auth, **more)


def key_of(actor: Actor) -> str:
    """The word that a session keeps to say in which of the possible ways its person acts."""
    return f"{actor.role}:{actor.assignment_id or ''}"


def actor_from(person: Person, *, key: str, now: datetime, strong_auth: bool) -> Actor | None:
    """The actor a session has chosen, or None when it no longer holds (the assignment has ended, say).

    Asks only about the chosen way, as every request comes through here.
    """
    role, _, assignment_id = key.partition(":")
    if not assignment_id:
        return next((actor for actor in _in_the_family(person, now, strong_auth) if actor.role == role), None)
    found = [a for a in active_assignments(person, clock.day_of(now)) if f"{a.role}:{a.id}" == key]
    return _at_work(person, found[0], now, strong_auth) if found else None
