"""Stays in hospital with those that follow, visits to an emergency department, and deaths."""

import numpy as np

from . import world as rules
from .draws import Columns, Year, everywhere, joined, later, referred, within
from .people import DIE, GROWN, LEAVE, Flags, Ints, People, day

KINDS = ("admitted", "discharged")
REASONS = ("newborn", "cancer", "other")
EMERGENCIES = ("J459", "H669", "J069", "A099", "N390", "S099", "S525", "T179", "R104")
AVOIDABLE = 5
"""The first of them could have been seen to elsewhere."""
CAUSES = ("X700", "V499", "C719")
FOLLOWED_FOR = 30


def make(made: Year, people: People, year: int, seed: int) -> None:
    """The year's rows."""
    chance = np.random.default_rng([seed, 6, year])
    made.tables["hospital"] = _stays(made, people, year, chance)
    made.tables["emergency_visit"] = _emergencies(made, people, year, chance)
    made.tables["death"] = _deaths(made, people, year, chance)


def _stays(made: Year, people: People, year: int, chance: np.random.Generator) -> Columns:
    """One begins, and some are followed by another before 30 days have gone, and that by another."""
    made.truth["readmissions"] = everywhere(people, 100 * rules.READMITTED)
    who, start, last = referred(people, year, rules.ADMITTED, chance)
    planned, parts = chance.random(len(who)) < 0.3, []
    reason = chance.choice(len(REASONS), len(who), p=[0.0, 0.06, 0.94])
    while len(who):
        left = start + later(chance, 3, len(who))
        for kind, when in enumerate((start, left)):
            parts.append(_days(who, when, kind, planned, reason, when <= last))
        again = chance.random(len(who)) < rules.READMITTED
        start = left + 1 + chance.integers(0, FOLLOWED_FOR, len(who))
        who, start, last, reason = who[again], start[again], last[again], reason[again]
        planned = np.zeros(len(who), dtype=bool)
    return joined([*parts, _days(who, start, 0, planned, reason, planned)])


def _days(who: Ints, when: Ints, kind: int, planned: Flags, reason: Ints, seen: Flags) -> Columns:
    return {
        "child": who[seen],
        "day": when[seen],
        "kind": np.full(int(seen.sum()), kind),
        "planned": planned[seen],
        "reason": reason[seen],
    }


def _emergencies(made: Year, people: People, year: int, chance: np.random.Generator) -> Columns:
    who, first, last = people.present(year)
    number = chance.poisson(rules.EMERGENCIES * (last - first + 1) / 365.25)
    who, first, last = (one.repeat(number) for one in (who, first, last))
    code = chance.integers(0, len(EMERGENCIES), len(who))
    rate = rules.EMERGENCIES * AVOIDABLE / len(EMERGENCIES)
    made.truth["avoidable_emergency_visits"] = everywhere(people, 1_000 * rate)
    return {"child": who, "day": within(chance, first, last), "code": code}


def _dying(youngest: int, eldest: int) -> float:
    """Deaths a child-year between two ages, when those who die or leave do so evenly over a childhood."""
    gone = 1 - (1 - DIE) * (1 - LEAVE)
    alive = (eldest - youngest) - gone * (eldest**2 - youngest**2) / (2 * GROWN)
    return DIE * (eldest - youngest) / GROWN / alive * 365.25 / 365


def _deaths(made: Year, people: People, year: int, chance: np.random.Generator) -> Columns:
    """Who dies does so on the last day that it is followed."""
    when = people.gone
    who = np.flatnonzero(people.dead & (when >= day(year)) & (when < day(year + 1)))
    own = rules.BY_OWN_HAND
    made.truth["suicide_deaths"] = {"region": 100_000 * own * _dying(10, GROWN)}
    cause = chance.choice(len(CAUSES), len(who), p=[own, (1 - own) / 2, (1 - own) / 2])
    return {"child": who, "day": when[who], "cause": cause}
