"""How each figure follows living conditions: municipalities by an index that the region brings itself.

The index is a table of its own beside the others, area_index.csv: municipality, index (the higher, the
harder the living conditions), source and year. What is told is made of the municipalities' cells as they may
be told, and of the index, which is public: nothing hidden can come back by it. A municipality whose figure is
not shown takes no part, and how many did is said.
"""

import csv
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from .cubes import Cell
from .disclosure import SHOWN
from .statistics.inequality import Group, Z, gap, inequality
from .statistics.intervals import Estimate

COLUMNS = ("municipality", "index", "source", "year")
FEWEST = 10
"""Municipalities that must be told for a line through them to be."""
MEASURES = ("gap", "ratio_of_gap", "slope", "relative")


@dataclass(frozen=True)
class AreaIndex:
    """The index of each municipality, and where it comes from."""

    of: Mapping[str, float]
    source: str
    year: str


@dataclass(frozen=True)
class Equality:
    """One year of one indicator: of how many municipalities, and each measure with its limits."""

    year: int
    municipalities: int
    told: Mapping[str, Estimate]


def found(folder: Path) -> AreaIndex | None:
    """The index of a delivery; None when it has none. ValueError in words when it cannot be used."""
    path = folder / "area_index.csv"
    if not path.is_file():
        return None
    with path.open(encoding="utf-8-sig", newline="") as lines:
        rows = list(csv.DictReader(lines))
    if not rows or set(COLUMNS) - set(rows[0]):
        raise ValueError(f"area_index.csv: kolumnerna {', '.join(COLUMNS)} ska finnas, med minst en rad")
    return AreaIndex(dict(_indices(rows)), rows[0]["source"], rows[0]["year"])


def _indices(rows: Sequence[Mapping[str, str]]) -> Iterator[tuple[str, float]]:
    seen: set[str] = set()
    for place, row in enumerate(rows, 2):
        if row["municipality"] in seen:
            raise ValueError(f"area_index.csv, rad {place}: kommunen står redan i en rad ovanför")
        seen.add(row["municipality"])
        try:
            yield row["municipality"], float(row["index"])
        except (TypeError, ValueError) as fault:
            raise ValueError(f"area_index.csv, rad {place}: index ska vara ett tal med punkt") from fault


def of_cells(cells: Sequence[Cell], index: AreaIndex) -> list[Equality]:
    """Each year that enough municipalities are told of; `cells` have been through disclosure control."""
    years: dict[int, list[tuple[float, str, Group]]] = {}
    for cell in cells:
        place = dict(cell.by).get("municipality") if len(cell.by) == 1 else None
        group = _group(cell)
        if place is not None and place in index.of and group:
            years.setdefault(cell.year, []).append((index.of[place], place, group))
    return [_of_year(year, some) for year, some in sorted(years.items()) if len(some) >= FEWEST]


def _group(cell: Cell) -> Group | None:
    one = cell.figure
    if cell.status != SHOWN or one.value is None or one.lower is None or one.upper is None or not one.n:
        return None
    return Group(one.value, (one.upper - one.lower) / (2 * Z), one.n)


def _of_year(year: int, some: list[tuple[float, str, Group]]) -> Equality:
    groups = [group for _, _, group in sorted(some, key=lambda one: one[:2])]
    line, apart = inequality(groups), gap(groups)
    told = (apart.difference, apart.ratio, line.slope, line.relative)
    return Equality(year, len(groups), dict(zip(MEASURES, told, strict=True)))


def write(path: Path, rows: Sequence[Equality], index: AreaIndex) -> None:
    """One indicator's years as a CSV file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    limits = [f"{name}{end}" for name in MEASURES for end in ("", "_lower", "_upper")]
    with path.open("w", encoding="utf-8", newline="") as lines:
        writer = csv.writer(lines)
        writer.writerow(["year", "municipalities", *limits, "index_source", "index_year"])
        for one in rows:
            told = [value for name in MEASURES for value in _listed(one.told[name])]
            writer.writerow([one.year, one.municipalities, *told, index.source, index.year])


def _listed(one: Estimate) -> list[float | str]:
    """Empty for what is unknown."""
    return ["" if value is None else value for value in (one.value, one.lower95, one.upper95)]
