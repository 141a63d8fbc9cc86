"""The chances that rule the synthetic region: what is true, before any child has met care.

Places differ; 2020 and 2021 were years of a pandemic; three municipalities shorten the wait from PILOT_FROM.
"""

from dataclasses import dataclass

import numpy as np

from .people import BOY, Floats, Ints

PILOTS, PILOT_FROM, PILOT_EFFECT = 3, 2022, 0.6
"""How many municipalities try it, from when, and what the wait becomes there."""
PANDEMIC = {2020: 0.7, 2021: 0.85}
"""Contacts and admissions for asthma of those years, against usual."""
NO_SHOW, CANCELLED = 0.06, 0.04
ASTHMA = {0: 0.0011, 1: 0.0016}
SELF_HARM = {0: 0.0030, 1: 0.0010}
"""Admissions a child-year, by sex; self-harm from 10 years."""
REFERRED_FROM = 6
REFERRED, RETURNED, WAIT = 0.02, 0.12, 55.0
"""Referrals to child psychiatry a child-year, from that age; how many are sent on; and the usual scale of the
wait in days.
"""
CONCERNS = 0.015
SUPPORT_EARLIEST, SUPPORT = 7, 60.0
ASSESSED_EARLIEST, ASSESSED = 30, 120.0
FEEDBACK_EARLIEST, FEEDBACK = 30, 60.0
"""Concerns about development a child-year; and the waits from concern to support, from referral to
assessment, and from that to feedback: the earliest day, and the scale of what comes on top.
"""
INTELLECTUAL, LANGUAGE = 0.012, 0.015
"""Children in care in a year for intellectual disability, and for language disorder before school age."""
SCHOOL_AGE = 7
WAITS_DIFFER = 0.3
CONTACTS, CONTACTS_IN_NEED = 3.5, 15.0
DIABETES, RARE = 0.004, 0.012
"""Children in care in a year for diabetes, and for a condition of the made-up code table."""
PLANS, SUMMONS, MEETING, MEETING_EARLIEST, WITH_CHILD = 0.006, 3.0, 15.0, 5, 0.7
"""Plans that are needed a child-year; the scales of the waits for summons and meeting, no meeting earlier
than so many days; and how many meetings the child takes part in.
"""
CONSULTATIONS, SOLVED = 0.02, 0.6
PROGRAMMES, PROGRAMME = 0.008, 150.0
CHANGED = {"symptoms_improved": 0.5, "symptoms_unchanged": 0.4, "symptoms_worse": 0.1}
PLANNED = 0.4
"""Transition plans that stand at 17 and a half."""
ARRANGED = {
    "coordination_need": (0.35, 0.01),
    "care_contact": (0.5, 0.02),
    "plan": (0.3, 0.005),
    "municipal_support": (0.4, 0.03),
}
"""The chance that it holds on the last day of a year, for children with much need and for others."""
ENDED = 0.05
"""Of the others: how many had one that ended in the year."""
PROMISED = {
    "plan_follow_up": (0.04, 0.8),
    "consultation_answer": (0.02, 0.7),
    "monitoring_flag": (0.03, 0.9),
}
"""How many a child-year, and how many of them are kept."""
ANSWERED = {
    "child_listened_to": ("listened", "child", 0.05, 0.85),
    "child_understood": ("understood", "child", 0.05, 0.75),
    "guardian_coordination": ("coordination", "guardian", 0.05, 0.6),
}
"""By indicator: the question, who answers, how often a child-year, and how many answer well."""
ADMITTED, READMITTED = 0.03, 0.08
BY_OWN_HAND = 0.2
"""Of deaths."""
EMERGENCIES = 0.25


@dataclass(frozen=True)
class Way:
    """From one step to another in a process: how often a child-year from 6 years, the scale of the wait in
    days, and the limit that the truth is told for.
    """

    process: str
    begins: str
    ends: str
    rate: float
    scale: float
    limit: int


ASSESSMENT = Way("bup", "assessment_decided", "assessment_started", 0.012, 35.0, 30)
FIRST_LINE = Way("first_line", "first_contact", "first_visit_done", 0.03, 4.0, 3)
PLACED = Way("placement", "placed", "health_examined", 0.004, 25.0, 30)


@dataclass(frozen=True)
class World:
    """How the places differ from the usual, each around 1."""

    treated: Floats
    digital: Floats
    waiting: Floats
    pilots: Ints
    index: Floats
    """Living conditions, made up: the higher, the harder; waits are longer there."""

    def adhd(self, home: Ints, sex: Ints, age: Ints, year: int) -> Floats:
        """The chance that a child is in care for adhd in a year."""
        usual = np.select([age < 6, age < 13], [0.004, 0.05], 0.08)
        grows = 1.03 ** (year - 2015)
        return np.minimum(usual * np.where(sex == BOY, 1.3, 0.7) * self.treated[home] * grows, 0.5)

    def autism(self, home: Ints, sex: Ints, age: Ints, year: int) -> Floats:
        """The same for autism."""
        usual = np.select([age < 6, age < 13], [0.008, 0.02], 0.025)
        return np.minimum(usual * np.where(sex == BOY, 1.4, 0.6) * self.treated[home] ** 0.5, 0.5)

    def developmental(self, home: Ints, sex: Ints, age: Ints, year: int) -> dict[str, Floats]:
        """The chance of each diagnosis of development in a year, by the indicator that tells of it."""
        return {
            "adhd_in_care": self.adhd(home, sex, age, year),
            "autism_in_care": self.autism(home, sex, age, year),
            "intellectual_disability_in_care": np.full(len(home), INTELLECTUAL),
            "language_disorder_in_care": np.where(age < SCHOOL_AGE, LANGUAGE, LANGUAGE / 5),
        }

    def video(self, home: Ints, year: int) -> Floats:
        """The chance that a visit is by video."""
        usual = 0.05 if year < 2020 else 0.18 if year in PANDEMIC else 0.14
        return np.minimum(usual * self.digital[home], 0.9)

    def wait(self, home: Ints, year: int) -> Floats:
        """The scale of the exponential wait for child psychiatry, in days."""
        tried = np.isin(home, self.pilots) & (year >= PILOT_FROM)
        return WAIT * self.waiting[home] * np.where(tried, PILOT_EFFECT, 1.0)


def make(municipalities: int, seed: int) -> World:
    """A world of its own for each seed."""
    chance = np.random.default_rng([seed, 2])

    def around_one(spread: float) -> Floats:
        return np.exp(chance.normal(0, spread, municipalities))

    own = np.random.default_rng([seed, 9])
    treated, digital, waiting = around_one(0.25), around_one(0.3), around_one(WAITS_DIFFER)
    return World(
        treated=treated,
        digital=digital,
        waiting=waiting,
        pilots=np.sort(chance.choice(municipalities, min(PILOTS, municipalities), replace=False)),
        index=0.8 * np.log(waiting) / WAITS_DIFFER + 0.6 * own.normal(0, 1, municipalities),
    )


def usual(year: int) -> float:
    """How much of its usual a year had of contacts and admissions for asthma."""
    return PANDEMIC.get(year, 1.0)
