"""From the finest counts to the cells of an indicator's tables: every place, sex and age asked for."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import product
from typing import Any

import numpy as np

from .catalogue import Definition
from .counts import Counts
from .engines.arrays import Ints
from .figures import STANDARDISED, Figure, Observed, standardised, table
from .measures import BAND_NAMES, Rate, years_back
from .tables import SEXES

By = tuple[tuple[str, str | None], ...]
"""What a cell is of, such as (("municipality", "1480"), ("sex", "girl")); () is the whole region."""


@dataclass(frozen=True)
class Cell:
    """One figure of one table, and why it is absent when it is (disclosure.py)."""

    indicator: str
    version: int
    year: int
    by: By
    figure: Figure
    status: str = "shown"


def cells(definition: Definition, counts: Counts, years: Sequence[int]) -> list[Cell]:
    """Every cell of every table, also those that nothing was counted in. Nothing is hidden yet."""
    year, row = _windows(definition, counts, years)
    made: dict[int, list[Cell]] = {one: [] for one in years}
    for stratifiers in definition.stratifiers:
        for place, cell in _table(definition, counts, years, stratifiers, year, row):
            made[years[place]].append(cell)
    return [cell for one in years for cell in made[one]]


def _windows(definition: Definition, counts: Counts, years: Sequence[int]) -> tuple[Ints, Ints]:
    """Which rows belong to which of the years: its own, and those before it that a pooled rate takes in."""
    back = _years_together(definition)
    found = [np.flatnonzero((counts.year > year - back) & (counts.year <= year)) for year in years]
    place = np.repeat(np.arange(len(years)), [len(one) for one in found])
    return place, np.concatenate([np.zeros(0, dtype=np.int64), *found])


def _years_together(definition: Definition) -> int:
    return definition.measure.years if isinstance(definition.measure, Rate) else 1


def years_needed(definition: Definition, years: Sequence[int]) -> list[int]:
    """The years that must be counted for figures of `years`."""
    return sorted({year - before for year in years for before in range(_years_together(definition))})


def covered(definition: Definition, years: Sequence[int], held: Collection[int]) -> list[int]:
    """The years that can be told when the data hold `held`: every year that a figure takes in or looks back
    at.
    """
    back = years_back(definition.measure)
    needed = {year: {one - back for one in years_needed(definition, [year])} for year in years}
    return [year for year in years if needed[year] | {year} <= set(held)]


def _table(
    definition: Definition,
    counts: Counts,
    years: Sequence[int],
    stratifiers: tuple[str, ...],
    year: Ints,
    row: Ints,
) -> Iterator[tuple[int, Cell]]:
    """The cells of one table with their year's place; of sex unknown only where there is anybody."""
    values, place = _axes(definition, counts, stratifiers)
    grid = list(product(*values))
    cell = np.zeros(len(counts.year), dtype=np.int64)
    for column, axis in zip(place, values, strict=True):
        cell = cell * len(axis) + column
    observed = Observed(
        year * len(grid) + cell[row],
        tuple(column[row] for column in counts.outcome),
        counts.times[row],
        len(years) * len(grid),
    )
    found = table(definition.measure, observed)
    if isinstance(definition.measure, Rate) and stratifiers == ("municipality",):
        group = (counts.sex * len(BAND_NAMES) + counts.band)[row]
        more = _standardised(definition.measure, observed, group, len(years))
        found = replace(found, more={**found.more, **more})
    somebody = np.bincount(observed.cell, minlength=observed.cells) > 0
    pairs = [tuple(zip(stratifiers, one, strict=True)) for one in grid]
    known = [SEXES[2] not in one for one in grid]
    for at, figure in enumerate(found.figures()):
        year_at, cell_at = divmod(at, len(grid))
        if known[cell_at] or somebody[at]:
            yield year_at, Cell(definition.slug, definition.version, years[year_at], pairs[cell_at], figure)


def _axes(
    definition: Definition, counts: Counts, stratifiers: tuple[str, ...]
) -> tuple[list[Sequence[Any]], list[Ints]]:
    """The values of each stratifier, and the place of each row's among them."""
    bands = _bands(definition)
    axes: dict[str, tuple[Sequence[Any], Ints]] = {
        "municipality": ([*counts.municipalities, None], counts.home),
        "sex": (SEXES, counts.sex),
        "age_band": (bands, counts.band - BAND_NAMES.index(bands[0])),
    }
    return [axes[name][0] for name in stratifiers], [axes[name][1] for name in stratifiers]


def _bands(definition: Definition) -> list[str]:
    low, high = definition.measure.ages
    return [name for name in BAND_NAMES if int(name.split("-")[0]) <= high and int(name.split("-")[1]) >= low]


def _standardised(measure: Rate, observed: Observed, group: Ints, years: int) -> dict[str, Any]:
    """By age and sex, against the whole region in the same years."""
    groups = len(SEXES) * len(BAND_NAMES)
    by_group = replace(observed, cell=observed.cell * groups + group, cells=observed.cells * groups)
    events = by_group.total(observed.outcome[0]).reshape(years, -1, groups)
    days = by_group.total(1 - observed.outcome[0]).reshape(years, -1, groups)
    made = [standardised(measure.per, *one, one[1].sum(axis=0)) for one in zip(events, days, strict=True)]
    return {name: np.concatenate([one[name] for one in made]) for name in STANDARDISED}
