"""How many units and which staff children meet in a year: what is expected, without drawing anything.

Contacts come by Poisson and each meets its staff by a choice of its own, so that what each unit sees of a
child is a Poisson number of its own (the colouring theorem: Kingman, Poisson Processes, 1993, section 5.1).
From that follow, exactly, how many different units a child meets, and how its visits spread over staff.
"""

from dataclasses import dataclass
from functools import cached_property, lru_cache
from math import factorial

import numpy as np

from . import world as rules
from .people import Floats, Ints, People, day

UNITS_A_PLACE, STAFF_A_UNIT = 12, 8
STAFF = UNITS_A_PLACE * STAFF_A_UNIT
SEEN, EMERGENCY = 0.85, 0.05
"""The share of contacts that are visits, in a room or by video; and of those that are emergencies."""
USUAL, USUAL_IN_NEED = 0.65, 0.35
"""How often a contact is with the child's own; else with anybody of the place."""
QUIET = 7
"""The month with half the contacts."""
MANY = 12
"""Visits of a year from which a child has many."""
MOST = 50
"""More visits than any child is expected to have in a year."""
ENOUGH = 3
"""Visits from which continuity is told."""
HALF_DAYS = 2 * 366 + 1
DONE = 1 - rules.NO_SHOW - rules.CANCELLED
COMES = SEEN * DONE
"""Of all contacts: visits that took place."""
BESIDE = (1 - SEEN - EMERGENCY) * DONE + EMERGENCY
"""Of all contacts: by phone, and emergencies, that took place."""


@dataclass(frozen=True)
class Meetings:
    """Of the children here at the end of a year: each one's kind; and of each kind its need, and half-days of
    usual contact where it lives then and where it lived before.
    """

    kind: Ints
    need: Ints
    here: Ints
    before: Ints
    usual: float

    @classmethod
    def of(cls, people: People, year: int) -> "Meetings":
        """From the days that each is here."""
        who, first, last, _ = people.at_end(year)
        moved = np.clip(people.moved[who], first, last + 1)
        moved = np.where(people.moved[who] > last, first, moved)
        here, before = half_days(moved, last, year), half_days(first, moved - 1, year)
        known, kind = np.unique(
            (people.needs[who] * HALF_DAYS + here) * HALF_DAYS + before, return_inverse=True
        )
        rest, before = np.divmod(known, HALF_DAYS)
        return cls(kind, *np.divmod(rest, HALF_DAYS), before, rules.usual(year))

    @cached_property
    def units(self) -> tuple[Floats, Floats]:
        """The chance of each number of different units; and of that number and not many visits besides."""
        table = _units(self.usual)
        here, before = table[self.need, self.here], table[self.need, self.before]
        found = np.zeros((len(here), 2 * UNITS_A_PLACE + 1, MANY + 1))
        found[:, : UNITS_A_PLACE + 1] = here
        moved = np.flatnonzero(self.before)
        found[moved] = _together(here[moved], before[moved])
        return found.sum(axis=2)[self.kind], found[:, :, :MANY].sum(axis=2)[self.kind]

    @cached_property
    def visits(self) -> tuple[Floats, Floats]:
        """By kind: the chance of each number of visits, here and before."""
        table = _poisson(_rates(self.usual) * COMES, MOST)
        return table[self.need, self.here], table[self.need, self.before]

    @property
    def few(self) -> Floats:
        """The chance of not having many visits."""
        here, before = (one[:, :MANY] for one in self.visits)
        each = [here[:, number] * before[:, : MANY - number].sum(axis=1) for number in range(MANY)]
        return np.sum(each, axis=0)[self.kind]

    @property
    def enough(self) -> Floats:
        """The chance of so many visits that continuity is told."""
        return self._expected(np.ones((2, MOST, MOST)))

    @property
    def most_seen(self) -> Floats:
        """The share of visits with whom the child meets most, where it is told; times the chance of that."""
        return self._expected(np.stack([_most_seen(USUAL), _most_seen(USUAL_IN_NEED)]))

    @property
    def concentration(self) -> Floats:
        """The same of pairs of visits that are with the same person."""
        return self._expected(np.stack([_pairs(USUAL), _pairs(USUAL_IN_NEED)]))

    def _expected(self, value: Floats) -> Floats:
        """The mean of a value of how many visits were here and before, of those with enough."""
        here, before = self.visits
        number = np.arange(MOST)
        told = value * (number[:, None] + number >= ENOUGH)
        found = (here * told[self.need, :, 0]).sum(axis=1)  # who lived nowhere else has no visit there
        for need in (0, 1):
            who = np.flatnonzero((self.before > 0) & (self.need == need))
            found[who] = ((here[who] @ told[need]) * before[who]).sum(axis=1)
        return found[self.kind]


def half_days(first: Ints, last: Ints, year: int) -> Ints:
    """Half-days of usual contact in a span of days: a day of the quiet month is one, others are two."""
    quiet = np.minimum(last, day(year, QUIET + 1) - 1) - np.maximum(first, day(year, QUIET)) + 1
    return np.maximum(2 * (last - first + 1) - np.maximum(quiet, 0), 0)


def _rates(usual: float) -> Floats:
    """Expected contacts, by need and half-days."""
    mean = np.array([rules.CONTACTS, rules.CONTACTS_IN_NEED]) * usual
    return mean[:, None] * np.arange(HALF_DAYS) / (2 * 365.25)


def _poisson(mean: Floats, many: int) -> Floats:
    """The chances of 0, 1, … by their mean, along a last axis."""
    each = [np.exp(-mean)]
    for number in range(1, many):
        each.append(each[-1] * mean / number)
    return np.stack(each, axis=-1)


@lru_cache(maxsize=8)
def _units(usual: float) -> Floats:
    """By need and half-days: the chance of so many different units and so many visits; the last is many."""
    rates = _rates(usual)
    made = np.zeros((*rates.shape, UNITS_A_PLACE + 1, MANY + 1))
    made[..., 0, 0] = 1
    own = np.array([USUAL, USUAL_IN_NEED])[:, None]
    for unit in range(UNITS_A_PLACE):
        share = (own * (unit == 0) + (1 - own) / UNITS_A_PLACE) * rates
        made = _one_more(made, _poisson(share * COMES, MANY), np.exp(-share * BESIDE))
    return made


def _one_more(made: Floats, visits: Floats, none_beside: Floats) -> Floats:
    """With one unit more: not met at all, or met with some visits, or only beside them."""
    met = visits.copy()
    met[..., 0] *= 1 - none_beside
    found = made * (visits[..., 0] * none_beside)[..., None, None]
    for number in range(MANY):
        some = met[..., number, None, None]
        found[..., 1:, number:MANY] += some * made[..., :-1, : MANY - number]
        found[..., 1:, MANY] += some[..., 0] * made[..., :-1, MANY - number :].sum(axis=-1)
    found[..., 1:, MANY] += (1 - visits.sum(axis=-1))[..., None] * made[..., :-1, :].sum(axis=-1)
    return found


def _together(here: Floats, before: Floats) -> Floats:
    """Two places' units and visits, which are independent."""
    found = np.zeros((len(here), 2 * UNITS_A_PLACE + 1, MANY + 1))
    for units in range(UNITS_A_PLACE + 1):
        for visits in range(MANY + 1):
            some = before[:, units, visits, None, None]
            there = slice(units, units + UNITS_A_PLACE + 1)
            found[:, there, visits:MANY] += some * here[:, :, : MANY - visits]
            found[:, there, MANY] += some[..., 0] * here[:, :, MANY - visits :].sum(axis=2)
    return found


@lru_cache(maxsize=2)
def _most_seen(own: float) -> Floats:
    """The share of the most seen, of so many visits here and so many before, each with a staff of its own."""
    found = np.zeros((MOST, MOST))
    for number in range(MOST):
        at_most = _none_more_often(own, number)
        found += 1 - at_most[:, None] * at_most
    total = np.add.outer(np.arange(MOST), np.arange(MOST))
    return found / np.maximum(total, 1)


def _none_more_often(own: float, number: int) -> Floats:
    """The chance that nobody is met more often than that, by how many visits there are."""
    other = _powers((1 - own) / STAFF, number)
    whole = _powers(own + (1 - own) / STAFF, number)
    for _ in range(STAFF - 1):
        whole = np.convolve(whole, other)[:MOST]
    return whole * np.array([float(factorial(n)) for n in range(MOST)])


def _powers(share: float, number: int) -> Floats:
    """The exponential series of a share, up to a power."""
    return np.array([share**n / factorial(n) if n <= number else 0.0 for n in range(MOST)])


def _pairs(own: float) -> Floats:
    """The chance that two visits are with the same person, by how many were here and how many before."""
    same = (own + (1 - own) / STAFF) ** 2 + (STAFF - 1) * ((1 - own) / STAFF) ** 2
    pairs = np.arange(MOST) * (np.arange(MOST) - 1)
    total = np.add.outer(np.arange(MOST), np.arange(MOST))
    return same * np.add.outer(pairs, pairs) / np.maximum(total * (total - 1), 1)
