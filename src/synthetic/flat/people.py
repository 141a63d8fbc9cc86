"""Who lives where and when: everybody who is 0-17 at some time in the years asked for."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from synthetic import population

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]

GROWN = 18
MOVE, LEAVE, DIE, PROTECTED = 0.3, 0.08, 0.002, 0.003
"""Chances over a childhood: another municipality, out of the region, death; and of protected identity."""
NEVER = 1 << 30
GIRL, BOY = 0, 1
SEXES = ("girl", "boy")


def day(year: int, month: int = 1, of_month: int = 1) -> int:
    """The number of a day, from 1970."""
    return int(np.datetime64(f"{year:04d}-{month:02d}-{of_month:02d}").astype(np.int64))


@dataclass(frozen=True)
class People:
    """Everybody, an array a fact. A day that never comes is NEVER. `home` until `moved`, then `next_home`;
    gone after `gone`, whether dead or moved out.
    """

    municipalities: Sequence[str]
    born: Ints
    sex: Ints
    home: Ints
    moved: Ints
    next_home: Ints
    gone: Ints
    dead: Flags
    protected: Flags
    needs: Flags

    def home_on(self, who: Ints, when: Ints) -> Ints:
        """Where each lives; only for days on which they are here."""
        return np.where(when < self.moved[who], self.home[who], self.next_home[who])

    def birthday(self, who: Ints, age: int) -> Ints:
        """The day each turns `age`; who was born on 29 February ages on 1 March."""
        return self.months_old(who, 12 * age)

    def months_old(self, who: Ints, age: int) -> Ints:
        """The day each is so many months old; a day that the month lacks is counted into the next."""
        months = self.born[who].astype("datetime64[D]").astype("datetime64[M]")
        of_month = self.born[who] - months.astype("datetime64[D]").astype(np.int64)
        return (months + age).astype("datetime64[D]").astype(np.int64) + of_month

    def age_at_end(self, who: Ints, year: int) -> Ints:
        """Whole years on the last day of a year."""
        return year - (self.born[who].astype("datetime64[D]").astype("datetime64[Y]").astype(np.int64) + 1970)

    def present(self, year: int, ages: tuple[int, int] = (0, GROWN - 1)) -> tuple[Ints, Ints, Ints]:
        """Who is here at one of the ages some day of a year, with the first and last such day."""
        who = np.arange(len(self.born))
        first = np.maximum(self.birthday(who, ages[0]), day(year))
        last = np.minimum(np.minimum(self.birthday(who, ages[1] + 1) - 1, self.gone), day(year + 1) - 1)
        here = first <= last
        return who[here], first[here], last[here]

    def at_end(self, year: int) -> tuple[Ints, Ints, Ints, Ints]:
        """Who is here as a child on the last day of a year: who, its first and last day of it, and home."""
        who, first, last = self.present(year)
        here = last == day(year + 1) - 1
        return who[here], first[here], last[here], self.home_on(who[here], last[here])


def make(children: int, first_year: int, last_year: int, seed: int) -> People:
    """About so many children 0-17 at any time; each year's births are alike but for chance."""
    chance = np.random.default_rng([seed, 1])
    codes, weights = _mix()
    births = range(first_year - GROWN + 1, last_year + 1)
    number = chance.poisson(children / GROWN, len(births))
    n = int(number.sum())
    cell = chance.choice(weights.size, n, p=weights.ravel())
    born = np.array([day(one) for one in births]).repeat(number) + (chance.random(n) * 365).astype(np.int64)
    childhood = born + (chance.random((2, n)) * 365 * GROWN).astype(np.int64)
    dead = chance.random(n) < DIE
    leaves = dead | (chance.random(n) < LEAVE)
    return People(
        municipalities=codes,
        born=born,
        sex=cell % 2,
        home=cell // 2,
        moved=np.where(chance.random(n) < MOVE, childhood[0] + 1, NEVER),
        next_home=chance.choice(weights.shape[0], n, p=weights.sum(axis=1)),
        gone=np.where(leaves, childhood[1], NEVER),
        dead=dead,
        protected=chance.random(n) < PROTECTED,
        needs=chance.random(n) < 0.2,
    )


def _mix() -> tuple[list[str], Floats]:
    """The share of each municipality and sex among children, by the facts of 2019."""
    codes = sorted({cell.municipality for cell in population.base()})
    weights = np.zeros((len(codes), 2))
    for cell in population.base():
        weights[codes.index(cell.municipality), int(cell.sex == "male")] += cell.children
    return codes, weights / weights.sum()
