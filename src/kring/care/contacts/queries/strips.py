"""Split contacts: the strip of weeks, days with several visits, and what could be gathered (S25)."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.db.models import QuerySet

from kring import clock
from kring.access import gate
from kring.access.actors import Actor
from kring.access.permissions import Permission
from kring.care.contacts import rules
from kring.care.contacts.models import Appointment
from kring.design.alphabet import swedish
from kring.organisations.models import Unit

from .visits import GONE, visible_appointments

WEEKS = 13


@dataclass(frozen=True)
class StripRow:
    """One unit's visits, week by week."""

    unit: Unit
    weeks: tuple[tuple[Appointment, ...], ...]

    @property
    def visits(self) -> int:
        return sum(len(week) for week in self.weeks)


@dataclass(frozen=True)
class Strip:
    """`mondays` are the weeks' first days; `whole` is False when other units' visits are not open to the
    actor.
    """

    mondays: tuple[date, ...]
    rows: tuple[StripRow, ...]
    several: tuple[rules.Day, ...]
    gatherings: tuple[rules.Gathering, ...]
    appointments: dict[UUID, Appointment]

    @property
    def visits(self) -> int:
        return len(self.appointments)

    @property
    def units(self) -> int:
        return len(self.rows)


def strip(actor: Actor, child_id: UUID, *, weeks: int = WEEKS) -> Strip:
    """The child's visits from this week on, by unit and week, with the reading logged."""
    gate.child_or_404(actor, Permission.SEE_APPOINTMENTS, child_id, what="contacts.strip")
    return strip_of(actor, child_id, weeks=weeks)


def strip_of(actor: Actor, child_id: UUID, *, weeks: int = WEEKS) -> Strip:
    """The same in one question, for a page that has logged the reading."""
    first = rules.monday_of(actor.today)
    mondays = tuple(first + timedelta(weeks=n) for n in range(weeks))
    rows = _between(visible_appointments(actor, child_id=child_id), first, first + timedelta(weeks=weeks))
    visits = [visit_of(row, actor) for row in rows]
    return Strip(
        mondays=mondays,
        rows=_by_unit(rows, mondays),
        several=tuple(rules.days_with_several(visits)),
        gatherings=tuple(rules.gatherings(visits)),
        appointments={row.pk: row for row in rows},
    )


def _between(rows: "QuerySet[Appointment]", first: date, after: date) -> list[Appointment]:
    rows = rows.filter(starts_at__gte=_midnight(first), starts_at__lt=_midnight(after))
    found = rows.exclude(status__in=GONE).select_related("unit")
    return sorted(found, key=lambda row: (row.starts_at, row.pk))


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), tzinfo=clock.STOCKHOLM)


def _by_unit(rows: Sequence[Appointment], mondays: tuple[date, ...]) -> tuple[StripRow, ...]:
    weeks: dict[UUID, dict[date, list[Appointment]]] = defaultdict(lambda: defaultdict(list))
    units: dict[UUID, Unit] = {}
    for row in rows:
        units[row.unit_id] = row.unit
        weeks[row.unit_id][rules.monday_of(clock.day_of(row.starts_at))].append(row)
    ordered = sorted(units.values(), key=lambda unit: (swedish(unit.name), str(unit.pk)))
    return tuple(StripRow(unit, tuple(tuple(weeks[unit.pk][day]) for day in mondays)) for unit in ordered)


def visit_of(row: Appointment, actor: Actor) -> rules.Visit:
    """A booked visit as the rules read it."""
    minutes = (
        (row.ends_at - row.starts_at).total_seconds() // 60
        if row.ends_at
        else rules.gathering.DEFAULT_MINUTES
    )
    here = row.starts_at.astimezone(clock.STOCKHOLM)
    # Units are asked from tomorrow on (`request_same_day`): what is today stays where it is.
    movable = row.mode == Appointment.Mode.ON_SITE and here.date() > actor.today
    return rules.Visit(row.pk, row.unit_id, here, int(minutes), movable)


@dataclass(frozen=True)
class Counts:
    """A child's coming visits: how many, at how many units, and how many of them could be gathered."""

    visits: int = 0
    units: int = 0
    gatherable: int = 0


def contact_counts(actor: Actor, child_ids: Iterable[UUID], *, weeks: int = WEEKS) -> dict[UUID, Counts]:
    """The same for a list of children, in one question. The list has logged the children."""
    first = rules.monday_of(actor.today)
    seen = visible_appointments(actor).filter(child_id__in=list(child_ids))
    by_child: dict[UUID, list[rules.Visit]] = defaultdict(list)
    for row in _between(seen, first, first + timedelta(weeks=weeks)):
        by_child[row.child_id].append(visit_of(row, actor))
    return {child_id: _counts(visits) for child_id, visits in by_child.items()}


def _counts(visits: list[rules.Visit]) -> Counts:
    found = rules.gatherings(visits)
    units = len({visit.unit_id for visit in visits})
    return Counts(len(visits), units, sum(len(one.visits) for one in found))
