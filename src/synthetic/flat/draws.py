"""What the parts of a year share: their tables and truth, and how days and rows are drawn."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from . import world as rules
from .people import GROWN, Flags, Floats, Ints, People

Columns = dict[str, Ints | Flags]


@dataclass
class Year:
    """One year's tables, and what was true of it: percentages and days by place, rates by sex."""

    tables: dict[str, Columns]
    truth: dict[str, dict[str, float]] = field(default_factory=dict)


def within(chance: np.random.Generator, first: Ints, last: Ints) -> Ints:
    """A day of each span, all alike."""
    return first + (chance.random(len(first)) * (last - first + 1)).astype(np.int64)


def later(chance: np.random.Generator, scale: float | Floats, number: int) -> Ints:
    """Whole days of an exponential wait."""
    return chance.exponential(scale, number).astype(np.int64)


def joined(parts: Sequence[Columns]) -> Columns:
    """Rows after one another."""
    return {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}


def referred(people: People, year: int, rate: float, chance: np.random.Generator) -> tuple[Ints, Ints, Ints]:
    """Who is referred, when, and the last day on which anything of it could be seen."""
    who, first, last = people.present(year, (rules.REFERRED_FROM, GROWN - 1))
    struck = chance.random(len(who)) < rate * (last - first + 1) / 365.25
    who, first, last = who[struck], first[struck], last[struck]
    return who, within(chance, first, last), leaves(people, who)


def leaves(people: People, who: Ints) -> Ints:
    """The last day that each is here as a child."""
    return np.minimum(people.birthday(who, GROWN) - 1, people.gone[who])


def by_place(people: People, home: Ints, chances: Floats, weights: Floats | None = None) -> dict[str, float]:
    """The mean chance of the whole region and of each municipality, in per cent; `weights`: how likely each
    is to be among those it is told of. Protected children have no place, so a place's own is that of the
    others; chances do not know who is protected.
    """
    given = np.ones(len(home)) if weights is None else weights
    places = len(people.municipalities)
    total, size = (np.bincount(home, one, places) for one in (chances * given, given))
    told = {code: float(100 * total[i] / size[i]) for i, code in enumerate(people.municipalities) if size[i]}
    return {"region": float(100 * total.sum() / size.sum()) if size.sum() else 0.0, **told}


def place_by_place(people: People, home: Ints, told: Callable[[Ints], float]) -> dict[str, float]:
    """What is told of the rows of the whole region, and of those of each municipality that has any."""
    every = {code: np.flatnonzero(home == i) for i, code in enumerate(people.municipalities)}
    return {
        "region": told(np.arange(len(home))),
        **{code: told(these) for code, these in every.items() if len(these)},
    }


def everywhere(people: People, value: float) -> dict[str, float]:
    """The same in the region and in every place."""
    return dict.fromkeys(["region", *people.municipalities], value)


def come_by(limit: int, scale: float, earliest: int = 0) -> float:
    """How many per cent of exponential waits in whole days, from the earliest on, end by a limit."""
    return 100 * (1 - float(np.exp(-(limit - earliest + 1) / scale)))


def chosen(chance: np.random.Generator, shares: Mapping[int, float], number: int) -> Ints:
    """One of some codes for each row, by how common they are."""
    return chance.choice(np.array(list(shares)), number, p=np.array(list(shares.values())))
