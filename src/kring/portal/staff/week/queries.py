"""What the week's page shows: all about the children who have an open task at the own unit."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Count, F, Max, Q, QuerySet

from kring import clock
from kring.access import gate
from kring.access.actors import Actor
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
class Week:
    """`untouched` by the number of days; a child stands in the longest that fits. `turning` by years."""

    untouched: Mapping[int, list[Untouched]]
    turning: Mapping[int, list[Child]]
    load: list[Load]


def week(actor: Actor) -> Week:
    """The page's content; every child on it is logged as listed."""
    found = Week(_untouched(actor), _turning(actor), _load(actor))
    listed = {row.child.pk for rows in found.untouched.values() for row in rows}
    listed |= {child.pk for children in found.turning.values() for child in children}
    gate.log(actor, Action.LIST, sorted(listed, key=str), what="week")
    return found


def _children(actor: Actor) -> "QuerySet[Child]":
    busy = worklist_tasks(actor).values("child")
    return gate.children_for(actor, Permission.SEE_WORKLIST).filter(pk__in=busy)


def _untouched(actor: Actor) -> Mapping[int, list[Untouched]]:
    happened = Max("events__effective_at", filter=Q(events__effective_at__lte=actor.now))
    first_quiet = actor.today - timedelta(days=min(UNTOUCHED_DAYS) - 1)
    before = datetime.combine(first_quiet, time(), tzinfo=clock.STOCKHOLM)
    quiet = _children(actor).annotate(last=happened).filter(Q(last__lt=before) | Q(last__isnull=True))
    rows = [
        Untouched(child, child.last and clock.day_of(child.last))
        for child in quiet.order_by(F("last").asc(nulls_first=True), "pk")[:MOST]
    ]
    by_days: dict[int, list[Untouched]] = {days: [] for days in UNTOUCHED_DAYS}
    for row in rows:
        by_days[_longest(row.last, actor.today)].append(row)
    return by_days


def _longest(last: date | None, today: date) -> int:
    if last is None:
        return UNTOUCHED_DAYS[0]
    return next(days for days in UNTOUCHED_DAYS if (today - last).days >= days or days == UNTOUCHED_DAYS[-1])


def _turning(actor: Actor) -> Mapping[int, list[Child]]:
    limits = [ages.limit(key, actor.today).years for key in LIMITS]
    until = actor.today + timedelta(days=MONTHS_AHEAD * 30 + 3)
    soon = Q(pk__in=())
    for years in limits:
        first, last = ages.latest_birth(years, actor.today), ages.latest_birth(years, until)
        soon |= Q(birth_date__gt=first, birth_date__lte=last)
    found: dict[int, list[Child]] = {years: [] for years in limits}
    for child in _children(actor).filter(soon).order_by("birth_date", "pk")[: MOST * 2]:
        found[ages.age_on(child.birth_date, actor.today) + 1].append(child)
    return {
        years: sorted(rows, key=lambda one: ages.birthday(one.birth_date, years))
        for years, rows in found.items()
    }


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
