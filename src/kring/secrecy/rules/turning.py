"""What changes on a birthday, and from when the pages tell of it."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date

from kring.access.policy import ages
from kring.access.policy.ages import Birth
from kring.access.policy.decision import Rule
from kring.access.policy.sources import ruling

LIMITS = ("own_e_services", "own_record", "adult")
"""Ages at which something changes on the child's own pages, as `ages` names them."""
TOLD_BEFORE: tuple[tuple[int, Rule], ...] = (
    (6, ruling("pages.turning_6", "Sex månader före en åldersgräns berättar sidorna vad som ändras.", 20)),
)
ADULT_CARE: tuple[tuple[int, Rule], ...] = (
    (17, ruling("pages.adult_care_17", "Från 17 år finns sidan om att byta till vuxenvården.", 20)),
)


@dataclass(frozen=True)
class Turning:
    """An age limit to come: what it is called among `ages`, how many years, and on which day."""

    limit: str
    years: int
    on: date


def coming_turning(birth: Birth, on: date) -> Turning | None:
    """The age limit that the pages tell of on a day; None outside its last months."""
    return next((one for one in _turnings(birth, on) if is_told(one.on, on)), None)


def is_told(turning: date, on: date) -> bool:
    """Whether the pages tell, on a day, of an age limit that is reached on the day `turning`."""
    months = _in_force(TOLD_BEFORE, on)
    return bool(months) and months_before(turning, months) <= on < turning


def closes_on(birth: Birth, on: date) -> date:
    """The day on which a child's pages close for its guardians; of a partly known birth date the earliest."""
    return ages.birthday(birth.earliest, ages.limit("guardian_e_access", on).years)


def chosen_ahead_for(birth: Birth, on: date) -> date | None:
    """The day from which the child's own choice counts, while that is still to come and is told of (S76)."""
    day = closes_on(birth, on)
    return day if is_told(day, on) else None


def _turnings(birth: Birth, on: date) -> list[Turning]:
    found = []
    for key in LIMITS:
        try:
            years = ages.limit(key, on).years
        except LookupError:
            continue
        found.append(Turning(key, years, ages.birthday(birth.latest, years)))
    return found


def moves_to_adult_care(birth: Birth, on: date) -> bool:
    """Whether somebody is old enough to prepare for adult care, and has not yet left the plan's ages."""
    years = _in_force(ADULT_CARE, on)
    return bool(years) and birth.has_turned(years, on) and ages.standing(birth, on).under_plan_limit


def _in_force(rows: tuple[tuple[int, Rule], ...], on: date) -> int:
    return next((number for number, rule in reversed(rows) if rule.in_force(on)), 0)


def months_before(day: date, months: int) -> date:
    """The same day of the month some months earlier; the month's last day where it has no such day."""
    at = day.year * 12 + day.month - 1 - months
    year, month = divmod(at, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
