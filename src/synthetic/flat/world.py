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
REFERRED, WAIT = 0.02, 55.0
"""Referrals to child psychiatry a child-year from 6 years, and the usual scale of the wait in days."""
CONTACTS, CONTACTS_IN_NEED = 3.5, 15.0


@dataclass(frozen=True)
class World:
    """How the places differ from the usual, each around 1."""

    treated: Floats
    digital: Floats
    waiting: Floats
    pilots: Ints

    def adhd(self, home: Ints, sex: Ints, age: Ints, year: int) -> Floats:
        """The chance that a child is in care for adhd in a year."""
        usual = np.select([age < 6, age < 13], [0.004, 0.05], 0.08)
        grows = 1.03 ** (year - 2015)
        return np.minimum(usual * np.where(sex == BOY, 1.3, 0.7) * self.treated[home] * grows, 0.5)

    def autism(self, home: Ints, sex: Ints, age: Ints, year: int) -> Floats:
        """The same for autism."""
        usual = np.select([age < 6, age < 13], [0.008, 0.02], 0.025)
        return np.minimum(usual * np.where(sex == BOY, 1.4, 0.6) * self.treated[home] ** 0.5, 0.5)

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

    return World(
        treated=around_one(0.25),
        digital=around_one(0.3),
        waiting=around_one(0.3),
        pilots=np.sort(chance.choice(municipalities, min(PILOTS, municipalities), replace=False)),
    )


def usual(year: int) -> float:
    """How much of its usual a year had of contacts and admissions for asthma."""
    return PANDEMIC.get(year, 1.0)
