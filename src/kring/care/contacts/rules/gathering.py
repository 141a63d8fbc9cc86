"""«Samla på samma dag»: which visits could share a day.

The objective, in this order: most saved journeys; fewest visits moved; most saved school time; earliest day.
Only visits on site in the same week at two units or more are thought of, and only when they fit in one day.
A journey is a day with at least one visit; school time is what visits and the way there take of a school day.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from kring.access.policy.working_days import is_working

SCHOOL_FROM, SCHOOL_TO = time(8), time(15)
ONE_WAY = 30
"""Minutes assumed for a way to or from a visit."""
BETWEEN = 15
"""Minutes assumed between two visits on one day."""
FITS_IN = 7 * 60
"""Minutes that a child can reasonably spend on visits in one day."""
DEFAULT_MINUTES = 45


@dataclass(frozen=True)
class Visit:
    """A visit in Stockholm time. `minutes` as booked; movable when it is still to come and on site."""

    id: UUID
    unit_id: UUID
    starts_at: datetime
    minutes: int = DEFAULT_MINUTES
    movable: bool = True

    @property
    def day(self) -> date:
        return self.starts_at.date()


@dataclass(frozen=True)
class Day:
    """A day that already has several visits."""

    on: date
    visits: tuple[Visit, ...]
    units: int


@dataclass(frozen=True)
class Gathering:
    """A proposal: these visits on this day, these of them moved, and what that saves."""

    week: date
    on: date
    visits: tuple[Visit, ...]
    moved: tuple[Visit, ...]
    saved_journeys: int
    saved_school_minutes: int


def monday_of(day: date) -> date:
    """The first day of the week."""
    return day - timedelta(days=day.weekday())


def days_with_several(visits: Iterable[Visit]) -> list[Day]:
    """Days with two visits or more, in order."""
    by_day: dict[date, list[Visit]] = defaultdict(list)
    for visit in visits:
        by_day[visit.day].append(visit)
    shared = [(on, found) for on, found in sorted(by_day.items()) if len(found) > 1]
    return [Day(on, tuple(found), len({visit.unit_id for visit in found})) for on, found in shared]


def gatherings(visits: Iterable[Visit]) -> list[Gathering]:
    """The best proposal for each week that has one, soonest week first."""
    by_week: dict[date, list[Visit]] = defaultdict(list)
    for visit in sorted(visits, key=lambda visit: (visit.starts_at, str(visit.id))):
        if visit.movable:
            by_week[monday_of(visit.day)].append(visit)
    found = (_best(week, those) for week, those in sorted(by_week.items()))
    return [one for one in found if one]


def _best(week: date, visits: list[Visit]) -> Gathering | None:
    days = sorted({visit.day for visit in visits})
    units = {visit.unit_id for visit in visits}
    if len(days) < 2 or len(units) < 2 or _minutes_together(visits) > FITS_IN:
        return None
    proposals = [_gather(week, on, visits, days) for on in days]
    return min(proposals, key=lambda one: (len(one.moved), -one.saved_school_minutes, one.on))


def _gather(week: date, on: date, visits: Sequence[Visit], days: Sequence[date]) -> Gathering:
    before = sum(school_minutes([visit for visit in visits if visit.day == day]) for day in days)
    after = _school_minutes_together(on, visits)
    return Gathering(
        week=week,
        on=on,
        visits=tuple(visits),
        moved=tuple(visit for visit in visits if visit.day != on),
        saved_journeys=len(days) - 1,
        saved_school_minutes=max(0, before - after),
    )


def _minutes_together(visits: Sequence[Visit]) -> int:
    return sum(visit.minutes for visit in visits) + BETWEEN * (len(visits) - 1)


def school_minutes(visits: Sequence[Visit]) -> int:
    """How much of a school day the visits of one day take, with the way there and back."""
    if not visits or not is_working(visits[0].day):
        return 0
    leaves = min(visit.starts_at for visit in visits) - timedelta(minutes=ONE_WAY)
    back = max(visit.starts_at + timedelta(minutes=visit.minutes + ONE_WAY) for visit in visits)
    return _within_school(leaves, back)


def _school_minutes_together(on: date, visits: Sequence[Visit]) -> int:
    """The same when all are put after each other from the first one that stays on the day."""
    first = min(visit.starts_at for visit in visits if visit.day == on)
    if not is_working(on):
        return 0
    leaves = first - timedelta(minutes=ONE_WAY)
    return _within_school(leaves, first + timedelta(minutes=_minutes_together(visits) + ONE_WAY))


def _within_school(leaves: datetime, back: datetime) -> int:
    begins = datetime.combine(leaves.date(), SCHOOL_FROM, tzinfo=leaves.tzinfo)
    ends = datetime.combine(leaves.date(), SCHOOL_TO, tzinfo=leaves.tzinfo)
    return max(0, int((min(back, ends) - max(leaves, begins)).total_seconds() // 60))
