"""Visits that were and visits that are booked: often split, several in one week at one hospital."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from .draw import Draw
from .plans import weekday
from .records import Place, SyntheticAppointment, SyntheticChild
from .relations import SPECIALISTS, Neighbourhood
from .texts import words

STOCKHOLM = ZoneInfo("Europe/Stockholm")
PAST = 26 * 7
AHEAD = 13 * 7
"""Days: half a year back, and the thirteen weeks of the strip of split contacts."""
_ORDINARY = frozenset({"primary_care", "child_health_centre", "dental", "pupil_health_medical"})
_SUPPORT = frozenset({"school", "preschool", "social_services", "lss"})
_DONE = (("done", "missed", "cancelled"), (0.9, 0.95, 1.0))
_BOOKED = (("booked", "agreed", "proposed", "cancelled"), (0.7, 0.9, 0.97, 1.0))
_MODES = (("on_site", "video", "phone", "home"), (0.8, 0.92, 0.97, 1.0))


def make(
    child: SyntheticChild, around: Neighbourhood, draw: Draw, today: date
) -> tuple[SyntheticAppointment, ...]:
    """The child's visits in the order of time."""
    current = [around.places[held.unit] for held in child.relations if held.ends_on is None]
    begun = {held.unit: held.starts_on for held in child.relations}
    days = _days_with_much_need(current, draw) if child.needs else _days(current, draw)
    visits: list[SyntheticAppointment] = []
    for place, ahead in days:
        on = weekday(today + timedelta(days=ahead))
        if on >= begun[place.key] and place.kind in words()["visit"]:
            visits.append(_visit(child, len(visits) + 1, place, on, today, draw))
    visits.sort(key=lambda visit: (visit.starts_at, visit.key))
    return tuple(visits)


def _days(current: list[Place], draw: Draw) -> Iterator[tuple[Place, int]]:
    """Most children have no visit booked; some have one or two."""
    ordinary = [place for place in current if place.kind in _ORDINARY]
    if ordinary and draw.chance(0.3):
        yield draw.pick(ordinary), draw.whole(-PAST, AHEAD)


def _days_with_much_need(current: list[Place], draw: Draw) -> Iterable[tuple[Place, int]]:
    special = [place for place in current if place.kind in SPECIALISTS]
    for place in special:
        for _ in range(draw.whole(0, 4)):
            yield place, -draw.whole(1, PAST)
        for _ in range(draw.whole(0, 2)):
            yield place, draw.whole(1, AHEAD)
    for place in current:
        if place.kind in _ORDINARY | _SUPPORT and draw.chance(0.25):
            yield place, draw.whole(-PAST, AHEAD)
    if len(special) > 1 and draw.chance(0.5):
        # The week that Kring exists for: several visits on different days of the same week.
        monday = draw.whole(2, AHEAD - 7)
        for place in draw.some(special, 3):
            yield place, monday + draw.whole(0, 4)


def _visit(
    child: SyntheticChild, number: int, place: Place, on: date, today: date, draw: Draw
) -> SyntheticAppointment:
    what, with_whom, bring = draw.pick(words()["visit"][place.kind])
    starts_at = datetime.combine(on, time(draw.whole(8, 15), draw.pick((0, 15, 30, 45))), STOCKHOLM)
    return SyntheticAppointment(
        key=f"{child.key}-v{number}",
        child=child.key,
        unit=place.key,
        starts_at=starts_at,
        ends_at=starts_at + timedelta(minutes=draw.pick((30, 45, 60, 60, 90))),
        what=what,
        with_whom=with_whom,
        bring=bring,
        mode=draw.weighted(*_MODES),
        status=draw.weighted(*(_DONE if on < today else _BOOKED)),
    )
