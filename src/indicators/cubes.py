"""From the finest counts to the cells of an indicator's tables: every place, sex and age asked for."""

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import product

from .catalogue import Definition
from .figures import Counted, Figure, figure, standardised
from .measures import BAND_NAMES, Key, Rate

By = tuple[tuple[str, str | None], ...]
"""What a cell is of, such as (("municipality", "1480"), ("sex", "girl")); () is the whole region."""

SEXES = ("girl", "boy", "unknown")


@dataclass(frozen=True)
class Cell:
    """One figure of one table, and why it is absent when it is (disclosure.py)."""

    indicator: str
    version: int
    year: int
    by: By
    figure: Figure
    status: str = "shown"


def cells(
    definition: Definition,
    counted: Mapping[Key, Counted],
    years: Sequence[int],
    municipalities: Sequence[str],
) -> list[Cell]:
    """Every cell of every table, also those that nothing was counted in. Nothing is hidden yet."""
    made = list[Cell]()
    for year in years:
        of_year = _window(definition, counted, year)
        for stratifiers in definition.stratifiers:
            made += _table(definition, of_year, year, stratifiers, municipalities)
    return made


def _window(definition: Definition, counted: Mapping[Key, Counted], year: int) -> dict[Key, Counted]:
    """The year alone, or with those before it that a pooled rate takes in."""
    measure = definition.measure
    first = year - measure.years + 1 if isinstance(measure, Rate) else year
    return {key: found for key, found in counted.items() if first <= key.year <= year}


def years_needed(definition: Definition, years: Sequence[int]) -> list[int]:
    """The years that must be counted for figures of `years`."""
    back = definition.measure.years if isinstance(definition.measure, Rate) else 1
    return sorted({year - before for year in years for before in range(back)})


def covered(definition: Definition, years: Sequence[int], held: Collection[int]) -> list[int]:
    """The years that can be told when the data hold `held`: pooled figures need every year they take in."""
    return [year for year in years if set(years_needed(definition, [year])) <= set(held)]


def _table(
    definition: Definition,
    counted: Mapping[Key, Counted],
    year: int,
    stratifiers: tuple[str, ...],
    municipalities: Sequence[str],
) -> list[Cell]:
    sums: dict[By, Counted] = defaultdict(Counter)
    for key, found in counted.items():
        sums[_by(key, stratifiers)].update(found)
    values = {"municipality": [*municipalities, None], "sex": SEXES[:2], "age_band": _bands(definition)}
    grid = product(*([(name, value) for value in values[name]] for name in stratifiers))
    found_or_not = dict.fromkeys([*grid, *sums])
    return [
        Cell(
            definition.slug,
            definition.version,
            year,
            by,
            _figure(definition, counted, by, sums[by]),
        )
        for by in found_or_not
    ]


def _figure(definition: Definition, counted: Mapping[Key, Counted], by: By, sums: Counted) -> Figure:
    """The figure of a cell; rates of whole places also standardised."""
    made = figure(definition.measure, sums)
    if isinstance(definition.measure, Rate) and [name for name, _ in by] == ["municipality"]:
        more = _standardised(definition, definition.measure.per, counted, by[0][1])
        return replace(made, more={**made.more, **more})
    return made


def _bands(definition: Definition) -> list[str]:
    low, high = definition.measure.ages
    return [name for name in BAND_NAMES if int(name.split("-")[0]) <= high and int(name.split("-")[1]) >= low]


def _by(key: Key, stratifiers: Collection[str]) -> By:
    return tuple((name, getattr(key, name)) for name in stratifiers)


def _standardised(
    definition: Definition, per: int, counted: Mapping[Key, Counted], municipality: str | None
) -> dict[str, float | None]:
    """By age and sex, against the whole region in the same years."""
    groups = [(sex, band) for sex in SEXES for band in _bands(definition)]
    here, everywhere = ({group: Counter[tuple[int, ...]]() for group in groups} for _ in range(2))
    for key, found in counted.items():
        everywhere[key.sex, key.age_band].update(found)
        if key.municipality == municipality:
            here[key.sex, key.age_band].update(found)
    return standardised(per, here.values(), everywhere.values())
