"""Which days are working days: the one rule for everything that is promised or counted in them.

Public holidays are those of the Act on public holidays. Saturday and three eves are put on a level with them,
as in the Act on how statutory time is counted. Each day off is a dated row: a new holiday is a new row.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache, partial
from types import MappingProxyType

from kring.access.policy.decision import Rule
from kring.access.policy.sources import law

HOLIDAYS, EQUAL = "lag (1989:253) 1 §", "lag (1930:173) 2 §"
DAY = timedelta(days=1)
SATURDAY, SUNDAY = 5, 6
WEEKEND = (SATURDAY, SUNDAY)


def easter(year: int) -> date:
    """Easter Day of a Gregorian year, by the method of Meeus, Jones and Butcher."""
    century, of_century = divmod(year, 100)
    golden = year % 19
    skipped = century - century // 4 - (8 * century + 13) // 25
    moon = (19 * golden + skipped + 15) % 30
    moon -= moon // 28 * (1 - moon // 28 * (29 // (moon + 1)) * ((21 - golden) // 11))
    sunday = (year + year // 4 + moon + 2 - century + century // 4) % 7
    after = moon - sunday  # days from 28 March: -6 to 28
    return date(year, 3, 28) + after * DAY


def _on(month: int, day: int, year: int) -> date:
    return date(year, month, day)


def _from_easter(days: int, year: int) -> date:
    return easter(year) + days * DAY


def _first(weekday: int, month: int, day: int, year: int) -> date:
    """The first such weekday from a day on."""
    start = date(year, month, day)
    return start + (weekday - start.weekday()) % 7 * DAY


@dataclass(frozen=True)
class DayOff:
    """A day of the year that is no working day, and by which rule."""

    rule: Rule
    falls: Callable[[int], date]


def _off(key: str, says: str, source: str, falls: Callable[[int], date]) -> DayOff:
    return DayOff(law(f"days.{key}", says, source), falls)


WEEKEND_RULE = law("days.weekend", "Lördagar och söndagar är inga arbetsdagar.", f"{HOLIDAYS}; {EQUAL}")
DAYS_OFF = (
    _off("new_year", "Nyårsdagen är helgdag.", HOLIDAYS, partial(_on, 1, 1)),
    _off("epiphany", "Trettondedag jul är helgdag.", HOLIDAYS, partial(_on, 1, 6)),
    _off("good_friday", "Långfredagen är helgdag.", HOLIDAYS, partial(_from_easter, -2)),
    _off("easter", "Påskdagen är helgdag.", HOLIDAYS, easter),
    _off("easter_monday", "Annandag påsk är helgdag.", HOLIDAYS, partial(_from_easter, 1)),
    _off("first_of_may", "Första maj är helgdag.", HOLIDAYS, partial(_on, 5, 1)),
    _off("ascension", "Kristi himmelsfärdsdag är helgdag.", HOLIDAYS, partial(_from_easter, 39)),
    _off("whitsun", "Pingstdagen är helgdag.", HOLIDAYS, partial(_from_easter, 49)),
    _off("national_day", "Nationaldagen är helgdag.", HOLIDAYS, partial(_on, 6, 6)),
    _off("midsummer_eve", "Midsommarafton är likställd med helgdag.", EQUAL, partial(_first, 4, 6, 19)),
    _off("midsummer", "Midsommardagen är helgdag.", HOLIDAYS, partial(_first, SATURDAY, 6, 20)),
    _off("all_saints", "Alla helgons dag är helgdag.", HOLIDAYS, partial(_first, SATURDAY, 10, 31)),
    _off("christmas_eve", "Julafton är likställd med helgdag.", EQUAL, partial(_on, 12, 24)),
    _off("christmas", "Juldagen är helgdag.", HOLIDAYS, partial(_on, 12, 25)),
    _off("boxing_day", "Annandag jul är helgdag.", HOLIDAYS, partial(_on, 12, 26)),
    _off("new_years_eve", "Nyårsafton är likställd med helgdag.", EQUAL, partial(_on, 12, 31)),
)


@lru_cache(maxsize=64)
def days_off(year: int) -> Mapping[date, Rule]:
    """The holidays of a year and the days on a level with them, less those of a rule not in force."""
    falling = ((off.falls(year), off.rule) for off in DAYS_OFF)
    return MappingProxyType({day: rule for day, rule in falling if rule.in_force(day)})


def why_off(day: date) -> Rule | None:
    """The rule by which a day is no working day; None for one that is."""
    return days_off(day.year).get(day) or (WEEKEND_RULE if day.weekday() in WEEKEND else None)


def is_working(day: date) -> bool:
    """Whether a day is a working day."""
    return why_off(day) is None


def on_or_after(day: date) -> date:
    """The day, or the first working day after it."""
    return day if is_working(day) else on_or_after(day + DAY)


def on_or_before(day: date) -> date:
    """The day, or the last working day before it."""
    return day if is_working(day) else on_or_before(day - DAY)


def working_days_after(day: date, count: int) -> date:
    """So many working days later. What begins on a day off counts as begun on the first working day after."""
    at = on_or_after(day)
    for _step in range(count):
        at = on_or_after(at + DAY)
    return at


def off_within_weeks(first: date, last: date) -> list[date]:
    """The days between two, both counted, that are off though Monday to Friday."""
    found = (day for year in range(first.year, last.year + 1) for day in days_off(year))
    return sorted(day for day in found if first <= day <= last and day.weekday() not in WEEKEND)


def rules() -> tuple[Rule, ...]:
    """Every rule of days off, in reading order."""
    return (WEEKEND_RULE, *(off.rule for off in DAYS_OFF))
