"""What happens in one year: contacts and diagnoses here, and the rest beside, drawn from the world's chances.

A table is a column a name; codes are numbers into `words`.
"""

from collections.abc import Callable, Sequence

import numpy as np

from . import around, hospital, ways
from . import world as rules
from .draws import Columns, Year, by_place, everywhere, joined, place_by_place, within
from .meetings import EMERGENCY, QUIET, SEEN, STAFF_A_UNIT, UNITS_A_PLACE, USUAL, USUAL_IN_NEED, Meetings
from .people import Floats, Ints, People
from .world import World

FORMS = ("visit", "video", "phone", "emergency")
STATUSES = ("done", "no_show", "cancelled")
LEVELS = ("primary", "specialist", "dental", "school")
CODES = (
    "F900", "F840", "J459", "X60", "J069", "B349", "R104", "L209", "H669", "A099", "S099", "Z001", "F419",
    "F329", "K590", "R519", "E101", "G409", "Q211", "E840", "C910", "F700", "F801",
)  # fmt: skip
ASTHMA, SELF_HARM, FIRST_OTHER, DIABETES, FIRST_RARE, AFTER_RARE = 2, 3, 4, 16, 17, 21
DEVELOPMENTAL = {
    "adhd_in_care": 0,
    "autism_in_care": 1,
    "intellectual_disability_in_care": 21,
    "language_disorder_in_care": 22,
}
WORDS: dict[str, dict[str, Sequence[str]]] = {
    "contact": {"form": FORMS, "status": STATUSES, "level": LEVELS},
    "diagnosis": {"code": CODES},
    "step": {"kind": ways.STEPS, "process": ways.PROCESSES},
    "arrangement": {"kind": around.ARRANGEMENTS},
    "deadline": {"kind": around.DEADLINES},
    "answer": {"item": around.ITEMS, "by": around.ANSWERERS},
    "hospital": {"kind": hospital.KINDS, "reason": hospital.REASONS},
    "emergency_visit": {"code": hospital.EMERGENCIES},
    "death": {"cause": hospital.CAUSES},
}


def make(people: People, world: World, year: int, seed: int) -> Year:
    """A year of its own chance: the same whatever other years are asked for."""
    chance = np.random.default_rng([seed, 3, year])
    made = Year({})
    diagnoses = [
        *_treated(made, people, world, year, chance, ("adhd_in_care", "autism_in_care")),
        _admitted(made, "asthma_admissions", ASTHMA, rules.ASTHMA, (0, 17), people, year, chance),
        _admitted(made, "self_harm_admissions", SELF_HARM, rules.SELF_HARM, (10, 17), people, year, chance),
    ]
    made.tables["contact"], others = _contacts(made, people, world, year, chance)
    rest = _treated(
        made, people, world, year, np.random.default_rng([seed, 8, year]), list(DEVELOPMENTAL)[2:]
    )
    made.tables["diagnosis"] = joined([*diagnoses, *rest, others, *_long(made, people, year, seed)])
    ways.make(made, people, world, year, seed, chance)
    _, _, _, home = people.at_end(year)
    meetings, well = Meetings.of(people, year), _well(people, world, year)
    complexity = 1 - well * meetings.few
    made.truth["complex_needs_vgr"] = by_place(people, home, complexity)
    made.truth |= _spread(people, home, meetings, well)
    around.make(made, people, complexity, year, seed)
    hospital.make(made, people, year, seed)
    return made


def _long(made: Year, people: People, year: int, seed: int) -> list[Columns]:
    """Diabetes, and rare conditions that the made-up code table lists, of those who are here at the end."""
    chance = np.random.default_rng([seed, 7, year])
    who, first, last, home = people.at_end(year)
    ill, rare = (chance.random(len(who)) < share for share in (rules.DIABETES, rules.RARE))
    code = chance.integers(FIRST_RARE, AFTER_RARE, int(rare.sum()))
    made.truth["complex_needs_codes"] = everywhere(people, 100 * rules.RARE)
    return [
        _diagnoses(who[these], within(chance, first[these], last[these]), home[these], which, False)
        for these, which in ((ill, DIABETES), (rare, code))
    ]


def _well(people: People, world: World, year: int) -> Floats:
    """Of each who is here at the end of the year: the chance of no long illness."""
    who, first, last, home = people.at_end(year)
    age, sex = people.age_at_end(who, year), people.sex[who]
    asthma = np.array([rules.ASTHMA[0], rules.ASTHMA[1]])[sex] * rules.usual(year)
    well = np.exp(-asthma * (last - first + 1) / 365.25) * (1 - rules.DIABETES) * (1 - rules.RARE)
    for name, ill in world.developmental(home, sex, age, year).items():
        if name != "language_disorder_in_care":  # which is not on the list
            well *= 1 - ill
    return well


def _spread(people: People, home: Ints, meetings: Meetings, well: Floats) -> dict[str, dict[str, float]]:
    """Units and staff of a year: medians of how many units, means of how visits spread."""
    units, few_visits = meetings.units

    def middle(chances: Floats) -> Callable[[Ints], float]:
        def told(these: Ints) -> float:
            times = chances[these, 1:].sum(axis=0)
            return 1 + float(np.searchsorted(np.cumsum(times), times.sum() / 2))

        return told

    enough = meetings.enough
    return {
        "units_per_child": place_by_place(people, home, middle(units)),
        "complex_needs_units": place_by_place(people, home, middle(units - well[:, None] * few_visits)),
        "usual_provider": by_place(people, home, meetings.most_seen / enough, enough),
        "concentration_of_visits": by_place(people, home, meetings.concentration / enough, enough),
    }


def _treated(
    made: Year, people: People, world: World, year: int, chance: np.random.Generator, names: Sequence[str]
) -> list[Columns]:
    """Diagnoses of development, of those who live here on the last day of the year."""
    who, first, last, home = people.at_end(year)
    chances, parts = world.developmental(home, people.sex[who], people.age_at_end(who, year), year), []
    for name in names:
        made.truth[name] = by_place(people, home, chances[name])
        struck = chance.random(len(who)) < chances[name]
        when = within(chance, first[struck], last[struck])
        parts.append(_diagnoses(who[struck], when, home[struck], DEVELOPMENTAL[name], False))
    return parts


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
    each = {sex: float(100_000 * rates[i]) for i, sex in enumerate(("girl", "boy"))}
    days = np.bincount(people.sex[who], last - first + 1, len(each))
    made.truth[name] = {"region": float(100_000 * (rates * days).sum() / days.sum()), **each}
    number = chance.poisson(rates[people.sex[who]] * (last - first + 1) / 365.25)
    who, first, last = (one.repeat(number) for one in (who, first, last))
    when = within(chance, first, last)
    return _diagnoses(who, when, people.home_on(who, when), code, True)


def _contacts(
    made: Year, people: People, world: World, year: int, chance: np.random.Generator
) -> tuple[Columns, Columns]:
    """Contacts, and the everyday diagnoses that some of them end in."""
    who, first, last = people.present(year)
    mean = np.where(people.needs[who], rules.CONTACTS_IN_NEED, rules.CONTACTS) * rules.usual(year)
    number = chance.poisson(mean * (last - first + 1) / 365.25)
    who, first, last = (one.repeat(number) for one in (who, first, last))
    when = within(chance, first, last)
    months = when.astype("datetime64[D]").astype("datetime64[M]").astype(np.int64) % 12 + 1
    kept = (months != QUIET) | (chance.random(len(when)) < 0.5)
    who, when = who[kept], when[kept]
    home, n = people.home_on(who, when), len(who)
    video = world.video(home, year)
    form = np.where(chance.random(n) < video, 1, 0)
    other = chance.random(n)
    form = np.where(other < 1 - SEEN - EMERGENCY, 2, np.where(other < 1 - SEEN, 3, form))
    status = np.searchsorted(
        np.cumsum([1 - rules.NO_SHOW - rules.CANCELLED, rules.NO_SHOW]), chance.random(n)
    )
    status = np.where(form == 3, 0, status)
    staff = _staff(people, who, home, chance)
    counted = (form < 2) & (status == 0)
    made.truth["digital_visits"] = by_place(people, home[counted], video[counted])
    made.truth["not_brought"] = {"region": 100 * rules.NO_SHOW / (1 - rules.CANCELLED)}
    ill = (status == 0) & (chance.random(n) < 0.3)
    code = chance.integers(FIRST_OTHER, DIABETES, n)
    contacts: Columns = {
        "child": who, "day": when, "unit": staff // STAFF_A_UNIT, "staff": staff,
        "level": (staff // STAFF_A_UNIT) % len(LEVELS), "form": form, "status": status, "planned": form != 3,
    }  # fmt: skip
    return contacts, _diagnoses(who[ill], when[ill], home[ill], code[ill], False)


def _staff(people: People, who: Ints, home: Ints, chance: np.random.Generator) -> Ints:
    """Most often the same person, else anybody of the place; children with much need meet more."""
    at_place = UNITS_A_PLACE * STAFF_A_UNIT
    usual = chance.random(len(who)) < np.where(people.needs[who], USUAL_IN_NEED, USUAL)
    drawn = np.where(usual, who % at_place, chance.integers(0, at_place, len(who)))
    return home * at_place + drawn
