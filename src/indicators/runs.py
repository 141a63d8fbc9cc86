"""A run: a delivery of tables in, every indicator's tables out, guarded, one CSV file an indicator.

The file says for each cell what it is of, its figure with its interval, and its status; where the status is
not `shown` the figure is empty. What else a figure carries stands in columns of its own.
"""

import csv
from collections.abc import Callable, Collection, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from . import catalogue, cubes, disclosure, loading
from .counts import Counts
from .cubes import Cell
from .engines import fast
from .engines.shelf import Shelf

COLUMNS = (
    "indicator",
    "version",
    "year",
    *catalogue.STRATIFIERS,
    "n",
    "x",
    "value",
    "lower",
    "upper",
    "status",
)
EVERYWHERE, NOWHERE = "", "protected"
"""How a cell tells that it is not broken down by something, and that the place is not told."""


def run(
    folder: Path,
    out: Path,
    years: Sequence[int],
    tell: Callable[[str], None] = lambda text: None,
    kept: Path | None = None,
) -> int:
    """Every indicator of the delivery in `folder`, as files in `out`; the number of cells that are shown.

    `kept`: a folder for what was counted; next time only years whose files have changed are read again.
    NotReadableError (loading.py) when the delivery does not fit the schema.
    """
    tell("Läser in tabellerna")
    delivery, definitions = loading.Delivery(folder), [catalogue.load(slug) for slug in catalogue.slugs()]
    held = delivery.held("contact")
    asked = {one.measure: cubes.years_needed(one, years) for one in definitions}
    shelf = Shelf(kept, delivery.mark) if kept else None
    counted = fast.tally_all(asked, delivery, date(max([*held, *years]), 12, 31), shelf)
    out.mkdir(parents=True, exist_ok=True)
    shown = 0
    for place, definition in enumerate(definitions, 1):
        told = guarded(definition, counted[definition.measure], years, held)
        write(out / f"{definition.slug}.csv", told)
        shown += sum(cell.status == disclosure.SHOWN for cell in told)
        tell(f"{place} av {len(definitions)}: {definition.texts['name']}")
    return shown


def guarded(
    definition: catalogue.Definition, counts: Counts, years: Sequence[int], held: Collection[int]
) -> list[Cell]:
    """An indicator's cells as they may leave the house; `held`: the years that the data have contacts of."""
    told = cubes.covered(definition, years, held)
    return disclosure.protected(cubes.cells(definition, counts, years), definition.minimum_n, told)


def write(path: Path, cells: Sequence[Cell]) -> None:
    """One indicator's cells as a CSV file."""
    more = sorted({name for cell in cells for name in cell.figure.more})
    with path.open("w", encoding="utf-8", newline="") as lines:
        writer = csv.writer(lines)
        writer.writerow([*COLUMNS, *more])
        writer.writerows(
            [*_row(cell), *(_shown(cell, cell.figure.more.get(name)) for name in more)] for cell in cells
        )


def _row(cell: Cell) -> list[Any]:
    by = dict(cell.by)
    of = [
        NOWHERE if by.get(name, EVERYWHERE) is None else by.get(name, EVERYWHERE)
        for name in catalogue.STRATIFIERS
    ]
    one = cell.figure
    figures = [_shown(cell, value) for value in (one.n, one.x, one.value, one.lower, one.upper)]
    return [cell.indicator, cell.version, cell.year, *of, *figures, cell.status]


def _shown(cell: Cell, value: float | None) -> Any:
    """Empty for what is hidden or unknown: never a nought that could be read as none."""
    return "" if cell.status != disclosure.SHOWN or value is None else value
