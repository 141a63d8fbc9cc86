"""What is true of exponential waits in whole days: their medians, and who still waits when a year ends."""

import numpy as np

from . import world as rules
from .draws import by_place
from .people import GROWN, Floats, Ints, People, day
from .world import World

LIMITS = {
    "still_waiting_child_psychiatry": 30,
    "still_waiting_60_child_psychiatry": 60,
    "still_waiting_90_child_psychiatry": 90,
}
SETTLES = 4
"""Years of referrals among those who still wait: of those before hardly one does."""


def median(scale: Floats | float, earliest: int = 0) -> float:
    """The first day by which half have come, of waits with these scales."""
    scale, days = np.atleast_1d(np.asarray(scale, dtype=float)), 0
    while np.exp(-(days + 1) / scale).mean() > 0.5:
        days += 1
    return float(earliest + days)


def still_waiting(people: People, world: World, year: int) -> dict[str, dict[str, float]]:
    """Of those who wait for child psychiatry on the last day: how many have for longer than each limit."""
    who, _, _, home = people.at_end(year)
    place = np.full(len(people.born), -1)
    place[who] = np.arange(len(who))
    waits, longer = np.zeros(len(who)), {name: np.zeros(len(who)) for name in LIMITS}
    for begun in range(year - SETTLES + 1, year + 1):
        for whose, first, last, scale in _windows(people, world, begun):
            here = place[whose] >= 0
            at, end = place[whose[here]], day(year + 1) - 1
            latest, earliest = end - last[here], end - first[here]
            np.add.at(waits, at, _sum(latest, earliest, scale[here]))
            for name, limit in LIMITS.items():
                part = _sum(np.maximum(latest, limit + 1), earliest, scale[here])
                np.add.at(longer[name], at, part)
    some = np.maximum(waits, 1e-300)
    return {name: by_place(people, home, found / some, waits) for name, found in longer.items()}


def _windows(people: People, world: World, year: int) -> list[tuple[Ints, Ints, Ints, Floats]]:
    """When each could be referred in a year, and the scale of the wait where it lived then."""
    who, first, last = people.present(year, (rules.REFERRED_FROM, GROWN - 1))
    moved = people.moved[who]
    return [
        (who, first, np.minimum(last, moved - 1), world.wait(people.home[who], year)),
        (who, np.maximum(first, moved), last, world.wait(people.next_home[who], year)),
    ]


def _sum(latest: Ints, earliest: Ints, scale: Floats) -> Floats:
    """Of referrals as common every day from the earliest to the latest (in days ago): who still waits."""
    number = np.maximum(earliest - latest + 1, 0)
    return np.exp(-(latest + 1) / scale) * -np.expm1(-number / scale) / -np.expm1(-1 / scale)
