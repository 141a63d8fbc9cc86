"""What is true of the first diagnosis of a life, which is the first that the data hold: year after year."""

import numpy as np

from . import world as rules
from .draws import by_place, place_by_place
from .people import GROWN, Floats, Ints, People, day
from .world import World

POINTS = (np.arange(8) + 0.5) / 8
"""Where in each child's year its diagnosis may fall, for means over the year."""
SOON = 3
"""Years after which a concern has surely led to support."""


class Firsts:
    """Who has no diagnosis yet, and no support, by chance; a year at a time from the first of the data."""

    def __init__(self, people: People, world: World, first_year: int) -> None:
        self.people, self.world, self.first_year = people, world, first_year
        everybody = len(people.born)
        self.no_autism, self.undiagnosed = np.ones(everybody), np.ones(everybody)

    def of(self, year: int) -> dict[str, dict[str, float]]:
        """The year's truth. Years are asked for in order, from the first."""
        who, first, last, home = self.people.at_end(year)
        sex, age = self.people.sex[who], self.people.age_at_end(who, year)
        chances = self.world.developmental(home, sex, age, year)
        autism, every = chances["autism_in_care"], 1 - np.prod([1 - one for one in chances.values()], axis=0)
        new_autism, new = self.no_autism[who] * autism, self.undiagnosed[who] * every
        self.no_autism[who] *= 1 - autism
        self.undiagnosed[who] *= 1 - every
        return {
            "age_at_autism_diagnosis": self._ages(who, first, last, home, new_autism),
            "support_before_diagnosis": by_place(
                self.people, home, self._supported(who, first, last, year), new
            ),
        }

    def _ages(self, who: Ints, first: Ints, last: Ints, home: Ints, new: Floats) -> dict[str, float]:
        """The median age in years, counted in whole months, of those who are diagnosed this year."""
        born = self.people.born[who]
        months = np.stack(
            [_months_old(born, first + (one * (last - first + 1)).astype(np.int64)) for one in POINTS]
        )

        def middle(these: Ints) -> float:
            times = np.bincount(months[:, these].ravel(), np.tile(new[these], len(POINTS)))
            return float(np.searchsorted(np.cumsum(times), times.sum() / 2)) / 12

        return place_by_place(self.people, home, middle)

    def _supported(self, who: Ints, first: Ints, last: Ints, year: int) -> Floats:
        """The chance of support on a day before the diagnosis, wherever in the year that falls."""
        none = np.zeros(len(who))
        for one in POINTS:
            on = first + one * (last - first)
            none += self._none_before(who, on, year) / len(POINTS)
        return 1 - none

    def _none_before(self, who: Ints, on: Floats, year: int) -> Floats:
        none = np.ones(len(who))
        for begun in range(self.first_year, year + 1):
            first = np.maximum(self.people.birthday(who, rules.REFERRED_FROM), day(begun))
            last = np.minimum(self.people.birthday(who, GROWN) - 1, day(begun + 1) - 1)
            last = np.minimum(last, self.people.gone[who])
            days = np.maximum(last - first + 1, 0)
            concern = rules.CONCERNS * days / 365.25
            soon = 1.0 if begun < year - SOON else _come(on, first, last) / np.maximum(days, 1)
            none *= 1 - concern * soon
        return none


def _come(on: Floats, first: Ints, last: Ints) -> Floats:
    """Of concerns on each of some days: how many have led to support before a day."""
    latest = np.minimum(last, on - rules.SUPPORT_EARLIEST)
    number = np.maximum(latest - first, 0.0)
    nearest = on - rules.SUPPORT_EARLIEST - latest
    scale = rules.SUPPORT
    return number - scale * np.exp(-nearest / scale) * -np.expm1(-number / scale)


def _months_old(born: Ints, on: Ints) -> Ints:
    """Whole months of age on a day."""
    of = [one.astype("datetime64[D]").astype("datetime64[M]") for one in (born, on)]
    of_month = [
        one - month.astype("datetime64[D]").astype(np.int64)
        for one, month in zip((born, on), of, strict=True)
    ]
    return (of[1] - of[0]).astype(np.int64) - (of_month[1] < of_month[0])
