"""What happens in one year: contacts, diagnoses and steps, drawn from the world's chances.

A table is a column a name; codes are numbers into `words`.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from . import world as rules
from .people import GROWN, Flags, Floats, Ints, People, day
from .world import World

Columns = dict[str, Ints | Flags]
FORMS = ("visit", "video", "phone", "emergency")
STATUSES = ("done", "no_show", "cancelled")
LEVELS = ("primary", "specialist", "dental", "school")
CODES = (
    "F900", "F840", "J459", "X60", "J069", "B349", "R104", "L209", "H669", "A099", "S099", "Z001", "F419",
    "F329", "K590", "R519",
)  # fmt: skip
ADHD, AUTISM, ASTHMA, SELF_HARM, FIRST_OTHER = 0, 1, 2, 3, 4
STEPS = (
    "referral_sent", "referral_accepted", "referral_returned", "first_visit_done", "concern_raised",
    "first_intervention_started", "assessment_started", "diagnosis_feedback_given",
)  # fmt: skip
SENT, ACCEPTED, RETURNED, VISITED, CONCERN, SUPPORT, ASSESSMENT, FEEDBACK = range(len(STEPS))
PROCESSES = ("bup", "ndd")
UNITS_A_PLACE, STAFF_A_UNIT = 12, 8
QUIET = (7,)
"""Months with half the contacts."""
WORDS: dict[str, dict[str, Sequence[str]]] = {
    "contact": {"form": FORMS, "status": STATUSES, "level": LEVELS},
    "diagnosis": {"code": CODES},
    "step": {"kind": STEPS, "process": PROCESSES},
}


@dataclass
class Year:
    """One year's tables, and what was true of it: percentages and days by place, rates by sex."""

    tables: dict[str, Columns]
    truth: dict[str, dict[str, float]] = field(default_factory=dict)


def make(people: People, world: World, year: int, seed: int) -> Year:
    """A year of its own chance: the same whatever other years are asked for."""
    chance = np.random.default_rng([seed, 3, year])
    made = Year({})
    diagnoses = [
        _treated(made, "adhd_in_care", ADHD, people, world, year, chance),
        _treated(made, "autism_in_care", AUTISM, people, world, year, chance),
        _admitted(made, "asthma_admissions", ASTHMA, rules.ASTHMA, (0, 17), people, year, chance),
        _admitted(made, "self_harm_admissions", SELF_HARM, rules.SELF_HARM, (10, 17), people, year, chance),
    ]
    made.tables["contact"], others = _contacts(made, people, world, year, chance)
    made.tables["diagnosis"] = _joined([*diagnoses, others])
    made.tables["step"] = _joined(
        [_first_visits(made, people, world, year, chance), _developments(people, year, chance)]
    )
    return made


def _within(chance: np.random.Generator, first: Ints, last: Ints) -> Ints:
    """A day of each span, all alike."""
    return first + (chance.random(len(first)) * (last - first + 1)).astype(np.int64)


def _joined(parts: Sequence[Columns]) -> Columns:
    return {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}


def _by_place(people: People, home: Ints, chances: Floats) -> dict[str, float]:
    """The mean chance of the whole region and of each municipality, in per cent. Protected children have no
    place, so a place's own is that of the others; chances do not know who is protected.
    """
    total, size = (np.bincount(home, weights, len(people.municipalities)) for weights in (chances, None))
    places = {
        code: float(100 * total[i] / size[i]) for i, code in enumerate(people.municipalities) if size[i]
    }
    return {"region": float(100 * chances.mean()) if len(chances) else 0.0, **places}


def _treated(
    made: Year, name: str, code: int, people: People, world: World, year: int, chance: np.random.Generator
) -> Columns:
    """Diagnoses of those who live here on the last day of the year."""
    who, first, last = people.present(year)
    here = last == day(year + 1) - 1
    who, first, last = who[here], first[here], last[here]
    home = people.home_on(who, last)
    age = year - (people.born[who].astype("datetime64[D]").astype("datetime64[Y]").astype(np.int64) + 1970)
    chances = (world.adhd if code == ADHD else world.autism)(home, people.sex[who], age, year)
    made.truth[name] = _by_place(people, home, chances)
    struck = chance.random(len(who)) < chances
    return _diagnoses(who[struck], _within(chance, first[struck], last[struck]), home[struck], code, False)


def _diagnoses(who: Ints, when: Ints, home: Ints, code: Ints | int, admitted: bool) -> Columns:
    n = len(who)
    return {
        "child": who,
        "day": when,
        "code": np.broadcast_to(np.asarray(code, dtype=np.int64), n).copy(),
        "unit": home * UNITS_A_PLACE,
        "admitted": np.full(n, admitted),
        "main": np.ones(n, dtype=bool),
    }


def _admitted(
    made: Year,
    name: str,
    code: int,
    rate: dict[int, float],
    ages: tuple[int, int],
    people: People,
    year: int,
    chance: np.random.Generator,
) -> Columns:
    """Admissions by days lived here at the ages."""
    who, first, last = people.present(year, ages)
    rates = np.array([rate[0], rate[1]]) * (rules.usual(year) if code == ASTHMA else 1.0)
    made.truth[name] = {sex: float(100_000 * rates[i]) for i, sex in enumerate(("girl", "boy"))}
    number = chance.poisson(rates[people.sex[who]] * (last - first + 1) / 365.25)
    who, first, last = (one.repeat(number) for one in (who, first, last))
    when = _within(chance, first, last)
    return _diagnoses(who, when, people.home_on(who, when), code, True)


def _contacts(
    made: Year, people: People, world: World, year: int, chance: np.random.Generator
) -> tuple[Columns, Columns]:
    """Contacts, and the everyday diagnoses that some of them end in."""
    who, first, last = people.present(year)
    mean = np.where(people.needs[who], rules.CONTACTS_IN_NEED, rules.CONTACTS) * rules.usual(year)
    number = chance.poisson(mean * (last - first + 1) / 365.25)
    who, first, last = (one.repeat(number) for one in (who, first, last))
    when = _within(chance, first, last)
    months = when.astype("datetime64[D]").astype("datetime64[M]").astype(np.int64) % 12 + 1
    kept = ~np.isin(months, QUIET) | (chance.random(len(when)) < 0.5)
    who, when = who[kept], when[kept]
    home, n = people.home_on(who, when), len(who)
    video = world.video(home, year)
    form = np.where(chance.random(n) < video, 1, 0)
    other = chance.random(n)
    form = np.where(other < 0.1, 2, np.where(other < 0.15, 3, form))
    status = np.searchsorted(
        np.cumsum([1 - rules.NO_SHOW - rules.CANCELLED, rules.NO_SHOW]), chance.random(n)
    )
    status = np.where(form == 3, 0, status)
    staff = _staff(people, who, home, chance)
    counted = (form < 2) & (status == 0)
    made.truth["digital_visits"] = _by_place(people, home[counted], video[counted])
    made.truth["not_brought"] = {"region": 100 * rules.NO_SHOW / (1 - rules.CANCELLED)}
    ill = (status == 0) & (chance.random(n) < 0.3)
    code = chance.integers(FIRST_OTHER, len(CODES), n)
    contacts: Columns = {
        "child": who, "day": when, "unit": staff // STAFF_A_UNIT, "staff": staff,
        "level": (staff // STAFF_A_UNIT) % len(LEVELS), "form": form, "status": status, "planned": form != 3,
    }  # fmt: skip
    return contacts, _diagnoses(who[ill], when[ill], home[ill], code[ill], False)


def _staff(people: People, who: Ints, home: Ints, chance: np.random.Generator) -> Ints:
    """Most often the same person, else anybody of the place; children with much need meet more."""
    at_place = UNITS_A_PLACE * STAFF_A_UNIT
    usual = chance.random(len(who)) < np.where(people.needs[who], 0.35, 0.65)
    drawn = np.where(usual, who % at_place, chance.integers(0, at_place, len(who)))
    return home * at_place + drawn


def _first_visits(
    made: Year, people: People, world: World, year: int, chance: np.random.Generator
) -> Columns:
    """Referrals to child psychiatry of a year, and the visits they lead to, whenever those come."""
    who, start, leaves = _referred(people, year, rules.REFERRED, chance)
    home = people.home_on(who, start)
    scale = world.wait(home, year)
    waited = (chance.exponential(scale)).astype(np.int64)
    scales = world.wait(np.arange(len(people.municipalities)), year)
    made.truth["child_psychiatry_first_visit"] = {
        code: float(np.floor(scales[i] * np.log(2))) for i, code in enumerate(people.municipalities)
    }
    made.truth["child_psychiatry_within_30_days"] = {
        "region": float(100 * (1 - np.exp(-31 / scale)).mean()) if len(scale) else 0.0
    }
    answer = np.where(chance.random(len(who)) < 0.12, RETURNED, ACCEPTED)
    return _followed(who, year, 0, leaves, [(start, SENT), (start + 7, answer), (start + waited, VISITED)])


def _referred(people: People, year: int, rate: float, chance: np.random.Generator) -> tuple[Ints, Ints, Ints]:
    """Who is referred, when, and the last day on which anything of it could be seen."""
    who, first, last = people.present(year, (6, GROWN - 1))
    struck = chance.random(len(who)) < rate * (last - first + 1) / 365.25
    who, first, last = who[struck], first[struck], last[struck]
    leaves = np.minimum(people.birthday(who, GROWN) - 1, people.gone[who])
    return who, _within(chance, first, last), leaves


def _developments(people: People, year: int, chance: np.random.Generator) -> Columns:
    """The stepped process: a concern, support and, beside it, referral, assessment and feedback."""
    who, start, leaves = _referred(people, year, 0.015, chance)

    def later(scale: float) -> Ints:
        return chance.exponential(scale, len(who)).astype(np.int64)

    sent = start + 14 + later(20)
    assessed = sent + 30 + later(120)
    steps = [(start, CONCERN), (start + 7 + later(60), SUPPORT), (sent, SENT), (assessed, ASSESSMENT)]
    return _followed(who, year, 1, leaves, [*steps, (assessed + 30 + later(60), FEEDBACK)])


def _followed(
    who: Ints, year: int, process: int, leaves: Ints, steps: Sequence[tuple[Ints, Ints | int]]
) -> Columns:
    """A row a step, until the child leaves; a case of its own for each child, process and year."""
    parts = []
    for when, kind in steps:
        seen = when <= leaves
        n = int(seen.sum())
        parts.append(
            {
                "child": who[seen],
                "day": when[seen],
                "case": (who[seen] * 100 + year % 100) * 2 + process,
                "process": np.full(n, process),
                "kind": np.broadcast_to(np.asarray(kind, dtype=np.int64), len(who))[seen].copy(),
            }
        )
    return _joined(parts)
