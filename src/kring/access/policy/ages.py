"""Ages and age limits: whole years on Swedish days, and what a partly known birth date allows.

Where the birth date is only partly known, both answers are the careful ones: a limit is *reached* only when
it surely is, and somebody is *under* it only when they surely are. Between the two, nothing that hangs on
the limit opens.
"""

from calendar import isleap, monthrange
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from kring.access.policy.decision import Rule
from kring.access.policy.sources import FIRST_DAY, law, ruling

LEAP_DAY = ruling(
    "ages.leap_day",
    "Den som är född den 29 februari fyller år den 28 februari de år som inte är skottår.",
    1,
    sign_off=True,
)


def birthday(birth_date: date, years: int) -> date:
    """The day somebody turns `years`, from 00:00 Stockholm time (lag 1930:173 1 §)."""
    year = birth_date.year + years
    if (birth_date.month, birth_date.day) == (2, 29) and not isleap(year):
        return date(year, 2, 28)
    return birth_date.replace(year=year)


def age_on(birth_date: date, day: date) -> int:
    """Whole years on a day; 0 before birth."""
    years = max(0, day.year - birth_date.year)
    return years if not years or birthday(birth_date, years) <= day else years - 1


def latest_birth(years: int, day: date) -> date:
    """The latest birth date with which somebody has turned `years` on the day."""
    year = day.year - years
    if (day.month, day.day) == (2, 29) and not isleap(year):
        return date(year, 2, 28)
    if (day.month, day.day) == (2, 28) and not isleap(day.year) and isleap(year):
        return date(year, 2, 29)
    return day.replace(year=year)


def _end_of_month(day: date) -> date:
    return day.replace(day=monthrange(day.year, day.month)[1])


class Precision(StrEnum):
    """How much of a birth date is known."""

    DAY = "day"
    MONTH = "month"
    YEAR = "year"


@dataclass(frozen=True)
class Birth:
    """The days somebody may be born, first and last included; the same day when it is known."""

    earliest: date
    latest: date

    @classmethod
    def of(cls, birth_date: date, precision: str = Precision.DAY) -> "Birth":
        """The span of a stored date; of a partly known date only its known parts count."""
        match Precision(precision):
            case Precision.YEAR:
                return cls(date(birth_date.year, 1, 1), date(birth_date.year, 12, 31))
            case Precision.MONTH:
                return cls(birth_date.replace(day=1), _end_of_month(birth_date))
            case _:
                return cls(birth_date, birth_date)

    def is_under(self, years: int, day: date) -> bool:
        """Whether somebody surely has not turned `years` on the day."""
        return day < birthday(self.earliest, years)

    def has_turned(self, years: int, day: date) -> bool:
        """Whether somebody surely has turned `years` on the day."""
        return birthday(self.latest, years) <= day


def is_under(birth_date: date, years: int, day: date, precision: str = Precision.DAY) -> bool:
    """Whether somebody with this stored birth date surely has not turned `years` on the day."""
    return Birth.of(birth_date, precision).is_under(years, day)


def surely_under_after(years: int, day: date) -> Mapping[Precision, date]:
    """The same question for a database, by precision: surely under `years` when born after this date.

    It holds for stored dates that are the latest possible ones (last of the month, last of the year).
    """
    turned = latest_birth(years, day)
    year_ends = date(turned.year, 12, 31)
    return {Precision.DAY: turned, Precision.MONTH: _end_of_month(turned), Precision.YEAR: year_ends}


@dataclass(frozen=True)
class AgeLimit:
    """An age in whole years at which a rule changes something."""

    key: str
    years: int
    rule: Rule


SOCIAL_SERVICES_ACT = date(2025, 7, 1)
"""Socialtjänstlagen (2025:400) took effect."""

AGE_LIMITS = (
    AgeLimit(
        "guardian_e_access",
        13,
        law(
            "ages.guardian_e_access",
            "Vårdnadshavares tillgång på nätet upphör den dag barnet fyller 13 år.",
            "1177, Inera: regler för ombud och barn",
        ),
    ),
    AgeLimit(
        "own_e_services",
        13,
        law(
            "ages.own_e_services",
            "Från 13 år använder den unga själv vårdens e-tjänster.",
            "1177, Inera: regler för ombud och barn",
        ),
    ),
    AgeLimit(
        "own_record",
        16,
        law(
            "ages.own_record",
            "Från 16 år läser den unga själv sin journal på nätet.",
            "1177, Inera: regler för journal på nätet",
        ),
    ),
    AgeLimit(
        "own_post",
        13,
        Rule(
            "ages.own_post",
            "Från 13 år kan den unga själv välja att få mejl eller sms till en egen, bekräftad adress.",
            "Kring, aviseringar",
            FIRST_DAY,
            needs_sign_off=True,
        ),
    ),
    AgeLimit(
        "social_apply",
        12,
        Rule(
            "ages.social_apply",
            "Från 12 år får barnet självt ansöka om vissa insatser hos socialtjänsten.",
            "SoL 2025:400",
            SOCIAL_SERVICES_ACT,
            needs_sign_off=True,
        ),
    ),
    AgeLimit(
        "social_own",
        15,
        Rule(
            "ages.social_own",
            "Från 15 år tar barnet självt emot insatser utan behovsprövning och för sin talan.",
            "SoL 2025:400",
            SOCIAL_SERVICES_ACT,
            needs_sign_off=True,
        ),
    ),
    AgeLimit("adult", 18, law("ages.adult", "Den som har fyllt 18 år är vuxen.", "FB 9:1")),
    AgeLimit(
        "plan_ends",
        21,
        ruling("ages.plan_ends", "En samordnad individuell plan kan löpa till och med 20 års ålder.", 25),
    ),
)


def limit(key: str, on: date) -> AgeLimit:
    """The limit in force on a day. LookupError when none is: the caller must then keep closed."""
    for one in AGE_LIMITS:
        if one.key == key and one.rule.in_force(on):
            return one
    raise LookupError(f"no age limit {key} on {on}")


@dataclass(frozen=True)
class Standing:
    """What somebody's age surely allows on a day; every field closed when not sure or without a rule."""

    under_guardian_limit: bool = False
    has_own_e_services: bool = False
    has_own_record: bool = False
    has_own_post: bool = False
    adult: bool = False
    under_plan_limit: bool = False


def standing(birth: Birth, on: date) -> Standing:
    """Where somebody stands among the limits in force on the day."""
    try:
        years = {one: limit(one, on).years for one in _KEYS}
    except LookupError:
        return Standing()
    return Standing(
        under_guardian_limit=birth.is_under(years["guardian_e_access"], on),
        has_own_e_services=birth.has_turned(years["own_e_services"], on),
        has_own_record=birth.has_turned(years["own_record"], on),
        has_own_post=birth.has_turned(years["own_post"], on),
        adult=birth.has_turned(years["adult"], on),
        under_plan_limit=birth.is_under(years["plan_ends"], on),
    )


_KEYS = ("guardian_e_access", "own_e_services", "own_record", "own_post", "adult", "plan_ends")
