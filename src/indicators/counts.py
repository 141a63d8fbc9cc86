"""How often each outcome was observed in each stratum, as arrays: what every engine hands over.

A row is a year, a stratum and an outcome, with how many times. A stratum is home, sex and age band as one
number; the home after the last municipality is no place (protected).
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from .engines.arrays import Ints
from .measures import BAND_NAMES, Key, Outcome
from .tables import SEXES


@dataclass(frozen=True)
class Counts:
    """Rows alike are one, and in order: year, stratum, outcome. An outcome's parts are columns."""

    municipalities: Sequence[str]
    year: Ints
    stratum: Ints
    outcome: tuple[Ints, ...]
    times: Ints

    @property
    def home(self) -> Ints:
        """The place of each row's municipality; after the last: none."""
        return self.stratum // (len(SEXES) * len(BAND_NAMES))

    @property
    def sex(self) -> Ints:
        """The place of each row's sex."""
        return self.stratum // len(BAND_NAMES) % len(SEXES)

    @property
    def band(self) -> Ints:
        """The place of each row's age band."""
        return self.stratum % len(BAND_NAMES)

    def named(self) -> dict[Key, Counter[Outcome]]:
        """By name, as the reference engine has it."""
        homes = [*self.municipalities, None]
        made: dict[Key, Counter[Outcome]] = {}
        columns = (self.year, self.home, self.sex, self.band, self.times, *self.outcome)
        for year, home, sex, band, times, *outcome in zip(*(one.tolist() for one in columns), strict=True):
            key = Key(year, homes[home], SEXES[sex], BAND_NAMES[band])
            made.setdefault(key, Counter())[tuple(outcome)] = times
        return made


def of_columns(found: Sequence[Any], municipalities: Sequence[str]) -> Counts:
    """From an answer in SQL: year, stratum, the outcome's parts and times, its rows in any order."""
    columns = [np.asarray(one, dtype=np.int64) for one in found]
    order = np.lexsort(columns[-2::-1])
    year, stratum, *outcome, times = (column[order] for column in columns)
    return Counts(municipalities, year, stratum, tuple(outcome), times)


def of_named(counted: Mapping[Key, Counter[Outcome]], municipalities: Sequence[str]) -> Counts:
    """From the reference engine's counts."""
    rows = [
        (key.year, number_of(key, municipalities), *outcome, times)
        for key, found in counted.items()
        for outcome, times in found.items()
        if times
    ]
    if not rows:
        return nothing(municipalities)
    columns = np.array(sorted(rows), dtype=np.int64).T
    return Counts(municipalities, columns[0], columns[1], tuple(columns[2:-1]), columns[-1])


def nothing(municipalities: Sequence[str]) -> Counts:
    """Of whatever measure."""
    none = np.zeros(0, dtype=np.int64)
    return Counts(municipalities, none, none, (none,) * MOST_PARTS, none)


MOST_PARTS = 3
"""No outcome has more."""


def number_of(key: Key, municipalities: Sequence[str]) -> int:
    """The number of a stratum."""
    home = len(municipalities) if key.municipality is None else municipalities.index(key.municipality)
    return (home * len(SEXES) + SEXES.index(key.sex)) * len(BAND_NAMES) + BAND_NAMES.index(key.age_band)
