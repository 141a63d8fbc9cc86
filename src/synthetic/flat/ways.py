"""Ways through care in steps: referrals, stepped support, plans, consultations, programmes, placements."""

from collections.abc import Sequence

import numpy as np

from . import waiting
from . import world as rules
from .draws import Columns, Year, chosen, come_by, everywhere, joined, later, leaves, referred
from .people import Ints, People, day
from .world import World

STEPS = (
    "referral_sent", "referral_accepted", "referral_returned", "first_visit_done", "concern_raised",
    "first_intervention_started", "assessment_started", "diagnosis_feedback_given", "assessment_decided",
    "first_contact", "plan_need_noted", "plan_summons_sent", "meeting_with_child", "meeting_without_child",
    "consultation_asked", "consultation_solved", "consultation_referred", "programme_started",
    "programme_completed", "symptoms_improved", "symptoms_unchanged", "symptoms_worse", "placed",
    "health_examined", "transition_planned",
)  # fmt: skip
NUMBER = {step: number for number, step in enumerate(STEPS)}
PROCESSES = ("bup", "ndd", "first_line", "sip", "consultation", "programme", "placement", "transition")
CASES = 16
"""More than there are processes."""
Step = tuple[Ints, str | Ints]
"""When, and what: one step for all, or the number of each one's own."""


def make(made: Year, people: People, world: World, year: int, seed: int, chance: np.random.Generator) -> None:
    """All the steps of the cases that begin in a year, whenever those come."""
    own = np.random.default_rng([seed, 4, year])
    parts = [_first_visits(made, people, world, year, chance), _developments(made, people, year, chance)]
    made.tables["step"] = joined(
        [
            *parts,
            _simple(made, people, year, own, "child_psychiatry_assessment", rules.ASSESSMENT),
            _simple(made, people, year, own, "first_line_assessment", rules.FIRST_LINE),
            _simple(made, people, year, own, "placed_children_examined", rules.PLACED),
            _plans(made, people, year, own),
            _consultations(made, people, year, own),
            _programmes(made, people, year, own),
            _transitions(made, people, year, own),
        ]
    )


def _first_visits(
    made: Year, people: People, world: World, year: int, chance: np.random.Generator
) -> Columns:
    """Referrals to child psychiatry of a year, and the visits they lead to, whenever those come."""
    who, start, last = referred(people, year, rules.REFERRED, chance)
    home = people.home_on(who, start)
    scale = world.wait(home, year)
    waited = later(chance, scale, len(who))
    scales = world.wait(np.arange(len(people.municipalities)), year)
    made.truth["child_psychiatry_first_visit"] = {
        "region": waiting.median(scale) if len(scale) else 0.0,
        **{code: waiting.median(scales[i]) for i, code in enumerate(people.municipalities)},
    }
    made.truth["referrals_sent_on"] = everywhere(people, 100 * rules.RETURNED)
    made.truth |= waiting.still_waiting(people, world, year)
    made.truth["child_psychiatry_within_30_days"] = {
        "region": float(100 * (1 - np.exp(-31 / scale)).mean()) if len(scale) else 0.0
    }
    returned = chance.random(len(who)) < rules.RETURNED
    answer = np.where(returned, NUMBER["referral_returned"], NUMBER["referral_accepted"])
    steps: list[Step] = [(start, "referral_sent"), (start + 7, answer), (start + waited, "first_visit_done")]
    return _followed(who, year, "bup", last, steps)


def _developments(made: Year, people: People, year: int, chance: np.random.Generator) -> Columns:
    """The stepped process: a concern, support and, beside it, referral, assessment and feedback."""
    who, start, last = referred(people, year, rules.CONCERNS, chance)
    n = len(who)
    sent = start + 14 + later(chance, 20, n)
    assessed = sent + rules.ASSESSED_EARLIEST + later(chance, rules.ASSESSED, n)
    support = start + rules.SUPPORT_EARLIEST + later(chance, rules.SUPPORT, n)
    feedback = assessed + rules.FEEDBACK_EARLIEST + later(chance, rules.FEEDBACK, n)
    for name, scale, earliest in (
        ("detection_to_support", rules.SUPPORT, rules.SUPPORT_EARLIEST),
        ("referral_to_assessment", rules.ASSESSED, rules.ASSESSED_EARLIEST),
        ("assessment_duration", rules.FEEDBACK, rules.FEEDBACK_EARLIEST),
    ):
        made.truth[name] = everywhere(people, waiting.median(scale, earliest))
    steps: list[Step] = [
        (start, "concern_raised"), (support, "first_intervention_started"), (sent, "referral_sent"),
        (assessed, "assessment_started"), (feedback, "diagnosis_feedback_given"),
    ]  # fmt: skip
    return _followed(who, year, "ndd", last, steps)


def _simple(
    made: Year, people: People, year: int, chance: np.random.Generator, name: str, way: rules.Way
) -> Columns:
    """A beginning and one end, after an exponential wait."""
    who, start, last = referred(people, year, way.rate, chance)
    made.truth[name] = everywhere(people, come_by(way.limit, way.scale))
    steps: list[Step] = [(start, way.begins), (start + later(chance, way.scale, len(who)), way.ends)]
    return _followed(who, year, way.process, last, steps)


def _plans(made: Year, people: People, year: int, chance: np.random.Generator) -> Columns:
    """A coordinated plan: the need is noted, a summons sent, a meeting held with or without the child."""
    who, start, last = referred(people, year, rules.PLANS, chance)
    n = len(who)
    sent, met = later(chance, rules.SUMMONS, n), rules.MEETING_EARLIEST + later(chance, rules.MEETING, n)
    made.truth["plan_summons_in_time"] = everywhere(people, come_by(3, rules.SUMMONS))
    made.truth["plan_meeting_in_time"] = everywhere(
        people, come_by(21, rules.MEETING, rules.MEETING_EARLIEST)
    )
    made.truth["child_at_plan_meeting"] = everywhere(people, 100 * rules.WITH_CHILD)
    there = np.where(
        chance.random(n) < rules.WITH_CHILD, NUMBER["meeting_with_child"], NUMBER["meeting_without_child"]
    )
    steps: list[Step] = [
        (start, "plan_need_noted"),
        (start + sent, "plan_summons_sent"),
        (start + met, there),
    ]
    return _followed(who, year, "sip", last, steps)


def _consultations(made: Year, people: People, year: int, chance: np.random.Generator) -> Columns:
    """A question between units about a child, and how it ends."""
    who, start, last = referred(people, year, rules.CONSULTATIONS, chance)
    made.truth["consultation_without_referral"] = everywhere(people, 100 * rules.SOLVED)
    solved = chance.random(len(who)) < rules.SOLVED
    end = np.where(solved, NUMBER["consultation_solved"], NUMBER["consultation_referred"])
    steps: list[Step] = [(start, "consultation_asked"), (start + 3 + later(chance, 10, len(who)), end)]
    return _followed(who, year, "consultation", last, steps)


def _programmes(made: Year, people: People, year: int, chance: np.random.Generator) -> Columns:
    """A programme of support, completed after a while, and what the answers say then."""
    who, start, last = referred(people, year, rules.PROGRAMMES, chance)
    made.truth["programme_completed"] = everywhere(people, come_by(180, rules.PROGRAMME))
    made.truth["programme_symptoms_improved"] = everywhere(people, 100 * rules.CHANGED["symptoms_improved"])
    completed = start + later(chance, rules.PROGRAMME, len(who))
    changed = chosen(chance, {NUMBER[name]: share for name, share in rules.CHANGED.items()}, len(who))
    steps: list[Step] = [
        (start, "programme_started"),
        (completed, "programme_completed"),
        (completed + 7, changed),
    ]
    return _followed(who, year, "programme", last, steps)


def _transitions(made: Year, people: People, year: int, chance: np.random.Generator) -> Columns:
    """A plan for adult care before 17 and a half, later, or never."""
    who, first, last = people.present(year, (17, 17))
    half = people.months_old(who, 17 * 12 + 6)
    here = (first <= half) & (half <= last)
    who, half = who[here], half[here]
    made.truth["transition_plan"] = everywhere(people, 100 * rules.PLANNED)
    before = chance.random(len(who)) < rules.PLANNED
    early = half - (chance.random(len(who)) * (half - day(year) + 1)).astype(np.int64)
    late = half + 1 + later(chance, 200, len(who))
    return _followed(
        who, year, "transition", leaves(people, who), [(np.where(before, early, late), "transition_planned")]
    )


def _followed(who: Ints, year: int, process: str, last: Ints, steps: Sequence[Step]) -> Columns:
    """A row a step, until the child leaves; a case of its own for each child, process and year."""
    parts = []
    number = PROCESSES.index(process)
    for when, kind in steps:
        seen = when <= last
        n = int(seen.sum())
        of_each = np.asarray(NUMBER[kind] if isinstance(kind, str) else kind, dtype=np.int64)
        parts.append(
            {
                "child": who[seen],
                "day": when[seen],
                "case": (who[seen] * 100 + year % 100) * CASES + number,
                "process": np.full(n, number),
                "kind": np.broadcast_to(of_each, len(who))[seen].copy(),
            }
        )
    return joined(parts)
