"""Systematic review of the access log (8.7): what makes an opening worth asking about, as dated rules.

A pattern is no proof of anything: most who open at night have a reason. It only says why a row was looked at.
"""

from dataclasses import dataclass
from datetime import date, datetime

from kring.access.policy.decision import Rule
from kring.access.policy.sources import FIRST_DAY
from kring.access.policy.working_days import is_working
from kring.clock import STOCKHOLM

SOURCE = "PDL 4:3; HSLF-FS 2016:40 4:9; IMY"


def _pattern(rule_id: str, says: str) -> Rule:
    return Rule(rule_id, says, SOURCE, FIRST_DAY, needs_sign_off=True)


OWN_CHILD = _pattern("log.own_child", "Läsaren är vårdnadshavare för barnet.")
SAME_NAME = _pattern("log.same_name", "Läsaren och barnet har samma efternamn.")
COLLEAGUE = _pattern("log.colleague", "Barnet, eller en vårdnadshavare, arbetar på läsarens enhet.")
NO_RELATION = _pattern("log.no_relation", "Enheten hade ingen vårdrelation till barnet den dagen.")
AFTER_END = _pattern("log.after_end", "Enhetens vårdrelation till barnet hade tagit slut.")
NIGHT = _pattern("log.night", "Öppnades utanför enhetens arbetstider.")
NEIGHBOUR = _pattern(
    "log.neighbour", "Uppgifterna hörde till en annan enhet och öppnades med ett aktivt val."
)
PROTECTED = _pattern("log.protected", "Barnet har skyddade personuppgifter.")
WATCHED = _pattern("log.watched", "Barnet var ställt under extra uppsikt i loggen den dagen.")
MANY = _pattern("log.many", "Läsaren öppnade många fler än vad som är vanligt på enheten.")
EMERGENCY = _pattern("log.emergency", "Öppnades som nödöppning.")
RANDOM = _pattern("log.random", "Raden valdes av slumpen, utan något mönster.")

PATTERNS = (
    EMERGENCY,
    OWN_CHILD,
    SAME_NAME,
    COLLEAGUE,
    NO_RELATION,
    AFTER_END,
    NIGHT,
    NEIGHBOUR,
    PROTECTED,
    WATCHED,
    MANY,
)
"""In the order in which they are told, the gravest first."""


@dataclass(frozen=True)
class OpenHours:
    """When a kind of unit works: from one hour to before another, on working days. `kinds`: of `Unit`."""

    rule: Rule
    kinds: frozenset[str]
    opens: int
    closes: int

    def covers(self, moment: datetime) -> bool:
        """Whether the unit works at a moment."""
        here = moment.astimezone(STOCKHOLM)
        return is_working(here.date()) and self.opens <= here.hour < self.closes


def _hours(rule_id: str, says: str, kinds: set[str], opens: int, closes: int) -> OpenHours:
    return OpenHours(_pattern(rule_id, says), frozenset(kinds), opens, closes)


HOURS = (
    _hours(
        "log.hours.day",
        "Mottagningar och socialtjänst arbetar klockan 6–21 på vardagar.",
        {
            "paediatric_outpatient",
            "child_psychiatry",
            "habilitation",
            "speech_language",
            "primary_care",
            "youth_mental_health",
            "child_health_centre",
            "dental",
            "social_services",
            "lss",
        },
        6,
        21,
    ),
    _hours(
        "log.hours.school",
        "Skola, förskola och elevhälsa arbetar klockan 6–18 på vardagar.",
        {"school", "preschool", "pupil_health_medical"},
        6,
        18,
    ),
)
"""A kind that is not named works round the clock (a hospital ward)."""


@dataclass(frozen=True)
class Much:
    """Many openings: at least so many, so many times what is usual, at a unit with so many readers."""

    rule: Rule
    least: int
    times: int
    readers: int


MUCH = Much(
    _pattern("log.many.limit", "Många: minst 30, och minst tre gånger enhetens median av minst fem läsare."),
    least=30,
    times=3,
    readers=5,
)


@dataclass(frozen=True)
class WatchLimit:
    """For how many days at most a child is put under extra watch at a time, from the day it is decided."""

    rule: Rule
    days: int


WATCH = WatchLimit(
    _pattern("log.watch.limit", "Extra uppsikt gäller högst ett år i taget och beslutas sedan på nytt."), 365
)


def hours_of(kind: str, on: date) -> OpenHours | None:
    """The hours of a kind of unit on a day; None when it works round the clock or no rule is in force."""
    return next((one for one in HOURS if kind in one.kinds and one.rule.in_force(on)), None)


def rules() -> tuple[Rule, ...]:
    """Every rule of the review, in reading order."""
    return (*PATTERNS, RANDOM, *(one.rule for one in HOURS), MUCH.rule, WATCH.rule)
