"""What stands around a child for a time, what was promised to a day, and what is answered to questions."""

import numpy as np

from . import world as rules
from .draws import Columns, Year, by_place, everywhere, joined, within
from .people import Floats, Ints, People, day

ARRANGEMENTS = ("coordination_need", "care_contact", "plan", "municipal_support")
DEADLINES = ("plan_follow_up", "consultation_answer", "monitoring_flag")
DEADLINE_MEASURES = ("plan_follow_up_kept", "consultation_answered_in_time", "monitoring_flags_handled")
ITEMS = ("listened", "understood", "coordination")
ANSWERERS = ("child", "guardian", "staff")
MOST_AFTER = 90
"""Days that something goes on into the next year; each year's last day is drawn anew."""


def make(made: Year, people: People, complexity: Floats, year: int, seed: int) -> None:
    """The year's rows. `complexity`: for each who lives here on its last day the chance of complex needs."""
    chance = np.random.default_rng([seed, 5, year])
    made.tables["arrangement"] = _arrangements(made, people, complexity, year, chance)
    made.tables["deadline"] = _deadlines(made, people, year, chance)
    made.tables["answer"] = _answers(made, people, year, chance)


def _arrangements(
    made: Year, people: People, complexity: Floats, year: int, chance: np.random.Generator
) -> Columns:
    """Some hold on the last day of the year, some have ended before it."""
    who, first, last, home = people.at_end(year)
    end, parts = day(year + 1) - 1, []
    chances = {kind: np.where(people.needs[who], *rules.ARRANGED[kind]) for kind in ARRANGEMENTS}
    for kind, name in enumerate(ARRANGEMENTS):
        holds = chance.random(len(who)) < chances[name]
        over = ~holds & (chance.random(len(who)) < rules.ENDED) & (first < end)
        begun = within(chance, first[holds], last[holds])
        after = end + chance.integers(0, MOST_AFTER, int(holds.sum()))
        before = within(chance, first[over], np.full(int(over.sum()), end - 1))
        parts += [
            _spells(who[holds], begun, after, kind),
            _spells(who[over], before, within(chance, before, np.full(len(before), end - 1)), kind),
        ]
    made.truth["complex_needs_judged"] = by_place(people, home, chances["coordination_need"])
    made.truth["complex_needs_care_contact"] = by_place(people, home, chances["care_contact"], complexity)
    made.truth["complex_needs_plan"] = by_place(
        people, home, chances["plan"], complexity * chances["municipal_support"]
    )
    return joined(parts)


def _spells(who: Ints, first: Ints, last: Ints, kind: int) -> Columns:
    return {"child": who, "day": first, "last": last, "kind": np.full(len(who), kind)}


def _deadlines(made: Year, people: People, year: int, chance: np.random.Generator) -> Columns:
    """Most are kept."""
    parts = []
    for kind, name in enumerate(DEADLINES):
        rate, kept = rules.PROMISED[name]
        who, when = _happens(people, year, rate, (0, 17), chance)
        made.truth[DEADLINE_MEASURES[kind]] = everywhere(people, 100 * kept)
        done = chance.random(len(who)) < kept
        parts.append({"child": who, "day": when, "kind": np.full(len(who), kind), "kept": done})
    return joined(parts)


def _answers(made: Year, people: People, year: int, chance: np.random.Generator) -> Columns:
    """Children answer from six years, guardians for all; each question by itself."""
    parts = []
    for name, (item, by, rate, positive) in rules.ANSWERED.items():
        ages = (6, 17) if by == "child" else (0, 17)
        who, when = _happens(people, year, rate, ages, chance)
        made.truth[name] = everywhere(people, 100 * positive)
        parts.append(
            {
                "child": who,
                "day": when,
                "item": np.full(len(who), ITEMS.index(item)),
                "by": np.full(len(who), ANSWERERS.index(by)),
                "positive": chance.random(len(who)) < positive,
            }
        )
    return joined(parts)


def _happens(
    people: People, year: int, rate: float, ages: tuple[int, int], chance: np.random.Generator
) -> tuple[Ints, Ints]:
    """To whom and when, so often a child-year."""
    who, first, last = people.present(year, ages)
    number = chance.poisson(rate * (last - first + 1) / 365.25)
    who, first, last = (one.repeat(number) for one in (who, first, last))
    return who, within(chance, first, last)
