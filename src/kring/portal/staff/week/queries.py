"""What the week's page shows: about the children who have an open task at the own unit, or all it meets.

What is counted is the whole list; what is shown is a page of it, with the way to the others.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Count, F, Max, Q, QuerySet

from kring import clock
from kring.access import gate
from kring.access.actors import Actor
from kring.access.facts import relations_of
from kring.access.permissions import Permission
from kring.access.policy import ages
from kring.audit.models import Action
from kring.children.models import Child
from kring.organisations.models import Person
from kring.timeline.queries import worklist_tasks

UNTOUCHED_DAYS = (90, 60, 30)
MOST = 50
LIMITS = ("guardian_e_access", "own_record", "adult")
MONTHS_AHEAD = 6


@dataclass(frozen=True)
class Untouched:
    """A child, and the day something last happened; None when nothing ever has."""

    child: Child
    last: date | None


@dataclass(frozen=True)
class Load:
    """How many children a colleague has, and how many of them are overdue. No name: nobody has them."""

    name: str
    children: int
    overdue: int


@dataclass(frozen=True)
class Cut:
    """Which page of a list is shown; `counts` and `total` are of the whole list, by group and in all."""

    counts: Mapping[int, int] = field(default_factory=dict)
    total: int = 0
    page: int = 1
    pages: int = 1


@dataclass(frozen=True)
class Asked:
    """What an address asks for: a page of each list, and whether children without a task are counted in."""

    quiet: int = 1
    soon: int = 1
    everyone: bool = False


@dataclass(frozen=True)
class Week:
    """`untouched` by the number of days; a child stands in the longest that fits. `turning` by years. Both
    are the pages that `quiet` and `soon` tell of.
    """

    untouched: Mapping[int, list[Untouched]]
    turning: Mapping[int, list[Child]]
    load: list[Load]
    quiet: Cut = Cut()
    soon: Cut = Cut()
    asked: Asked = Asked()


def week(actor: Actor, asked: Asked | None = None) -> Week:
    """The page's content; every child on it is logged as listed."""
    asked = asked or Asked()
    known = _children(actor, everyone=asked.everyone)
    quiet, quiet_cut = _cut(_untouched(actor, known), asked.quiet)
    soon, soon_cut = _cut(_turning(actor, known), asked.soon)
    reached = gate.children_for(actor, Permission.SEE_WORKLIST)
    children = reached.in_bulk({row.key for row in [*quiet, *soon]})
    untouched: dict[int, list[Untouched]] = {days: [] for days in UNTOUCHED_DAYS}
    for row in quiet:
        untouched[row.group].append(Untouched(children[row.key], row.day))
    turning: dict[int, list[Child]] = {years: [] for years in _limits(actor)}
    for row in soon:
        turning[row.group].append(children[row.key])
    gate.log(actor, Action.LIST, sorted(children, key=str), what="week")
    return Week(untouched, turning, _load(actor), quiet_cut, soon_cut, asked)


@dataclass(frozen=True)
class _Row:
    """A child in one of the lists, by its key alone: its group and the day it stands there for."""

    group: int
    day: date | None
    key: UUID


def _cut(rows: list[_Row], page: int) -> tuple[list[_Row], Cut]:
    """One page of a list, and how long the list is."""
    pages = max(1, -(-len(rows) // MOST))
    page = min(max(1, page), pages)
    cut = Cut(Counter(row.group for row in rows), len(rows), page, pages)
    return rows[(page - 1) * MOST : page * MOST], cut


def _children(actor: Actor, *, everyone: bool) -> "QuerySet[Child]":
    """Children with an open task at the unit; `everyone`: also those that it meets without one."""
    here = Q(pk__in=worklist_tasks(actor).values("child"))
    if everyone:
        here |= Q(pk__in=relations_of(actor).values("child"))
    return gate.children_for(actor, Permission.SEE_WORKLIST).filter(here)


def _untouched(actor: Actor, children: "QuerySet[Child]") -> list[_Row]:
    """Those with whom nothing has happened for long, longest first."""
    happened = Max("events__effective_at", filter=Q(events__effective_at__lte=actor.now))
    first_quiet = actor.today - timedelta(days=min(UNTOUCHED_DAYS) - 1)
    before = datetime.combine(first_quiet, time(), tzinfo=clock.STOCKHOLM)
    quiet = children.annotate(last=happened).filter(Q(last__lt=before) | Q(last__isnull=True))
    rows = [(last and clock.day_of(last), key) for key, last in quiet.order_by().values_list("pk", "last")]
    rows.sort(key=lambda row: (row[0] or date.min, str(row[1])))
    return [_Row(_longest(last, actor.today), last, key) for last, key in rows]


def _longest(last: date | None, today: date) -> int:
    if last is None:
        return UNTOUCHED_DAYS[0]
    return next(days for days in UNTOUCHED_DAYS if (today - last).days >= days or days == UNTOUCHED_DAYS[-1])


def _limits(actor: Actor) -> list[int]:
    return [ages.limit(key, actor.today).years for key in LIMITS]


def _turning(actor: Actor, children: "QuerySet[Child]") -> list[_Row]:
    """Those whose rights change within some months, by age and then by birthday."""
    until = actor.today + timedelta(days=MONTHS_AHEAD * 30 + 3)
    soon = Q(pk__in=())
    for years in _limits(actor):
        first, last = ages.latest_birth(years, actor.today), ages.latest_birth(years, until)
        soon |= Q(birth_date__gt=first, birth_date__lte=last)
    born = children.filter(soon).order_by().values_list("pk", "birth_date")
    rows = [(ages.age_on(day, actor.today) + 1, day, key) for key, day in born]
    found = [_Row(years, ages.birthday(day, years), key) for years, day, key in rows]
    return sorted(found, key=lambda row: (row.group, row.day, str(row.key)))


NAMED = ("given_name", "family_name", "title", "protected_identity")
_BUSIEST = ("-children", F("assignee__given_name").asc(nulls_last=True), "assignee_id")


def _load(actor: Actor) -> list[Load]:
    late = Count("child", filter=Q(due_on__lt=actor.today), distinct=True)
    people = worklist_tasks(actor).values("assignee_id", *(f"assignee__{part}" for part in NAMED))
    rows = people.annotate(children=Count("child", distinct=True), overdue=late).order_by(*_BUSIEST)
    return [
        Load(_name({part: row[f"assignee__{part}"] for part in NAMED}), row["children"], row["overdue"])
        for row in rows
    ]


def _name(parts: Mapping[str, Any]) -> str:
    return Person(**parts).name if parts["given_name"] else ""
