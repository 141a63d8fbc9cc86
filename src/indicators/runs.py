"""A run: a delivery of tables in, every indicator's tables out, guarded, one CSV file an indicator.

The file says for each cell what it is of, its figure with its interval, and its status; where the status is
not `shown` the figure is empty. What else a figure carries stands in columns of its own.
"""

import csv
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

from . import catalogue, code_lists, cubes, disclosure, equality, loading
from .catalogue import Definition
from .complex_conditions import Stem
from .counts import Counts, nothing
from .cubes import Cell
from .engines import fast
from .engines.shelf import Shelf
from .measures import Measure
from .selections import filled, lacking, tables_of

Read = TypeVar("Read")
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
    known: date | None = None,
) -> int:
    """Every indicator of the delivery in `folder`, as files in `out`; the number of cells that are shown.

    `kept`: a folder for what was counted; next time only years whose files have changed are read again.
    `known`: the last day that the data can tell of, or when the files were written; who waits then waits on.
    NotReadableError (loading.py) when the delivery does not fit the schema.
    """
    tell("Läser in tabellerna")
    delivery = loading.Delivery(folder)
    stems, index = _read(code_lists.found, folder), _read(equality.found, folder)
    definitions = [with_lists(catalogue.load(slug), stems) for slug in catalogue.slugs()]
    held, known = delivery.held("contact"), known or loading.written_on(folder)
    shelf = Shelf(kept, delivery.mark) if kept else None
    asked = {
        measure: cubes.years_needed(one, years)
        for one in definitions
        for measure in (one.measure, *one.variants.values())
        if can_be_counted(measure, delivery)
    }
    counted = fast.tally_all(asked, delivery, min(date(max([*held, *years]), 12, 31), known), shelf)
    places = next(iter(counted.values())).municipalities
    out.mkdir(parents=True, exist_ok=True)
    write_stems(out / "code_tables", stems)
    shown = 0
    for place, definition in enumerate(definitions, 1):
        there = definition.measure in counted
        counts = counted[definition.measure] if there else nothing(places)
        told = guarded(definition, counts, years, held if there else ())
        write(out / f"{definition.slug}.csv", told)
        if definition.variants:
            own = {"": [cell for cell in told if not cell.by]}
            others = variants(definition, counted, years, held)
            write_sensitivity(out / "sensitivity" / f"{definition.slug}.csv", own | others)
        if index:
            equality.write(out / "equality" / f"{definition.slug}.csv", equality.of_cells(told, index), index)
        shown += sum(cell.status == disclosure.SHOWN for cell in told)
        tell(f"{place} av {len(definitions)}: {definition.texts['name']}")
    return shown


def _read(found: Callable[[Path], Read], folder: Path) -> Read:
    """What lies beside the tables. NotReadableError when it cannot be used."""
    try:
        return found(folder)
    except ValueError as fault:
        raise loading.NotReadableError(str(fault)) from fault


def with_lists(definition: Definition, stems: Mapping[str, list[Stem]]) -> Definition:
    """A definition whose measure has the code tables that there are in it."""
    return replace(definition, measure=filled(definition.measure, code_lists.as_lists(stems)))


def can_be_counted(measure: Measure, delivery: loading.Delivery) -> bool:
    """Whether every table and code table that it needs was delivered."""
    return not lacking(measure) and all(delivery.has(table) for table in tables_of(measure))


def guarded(
    definition: Definition, counts: Counts, years: Sequence[int], held: Collection[int]
) -> list[Cell]:
    """An indicator's cells as they may leave the house; `held`: the years that the data have contacts of."""
    told = cubes.covered(definition, years, held)
    return disclosure.protected(cubes.cells(definition, counts, years), definition.minimum_n, told)


def variants(
    definition: Definition, counted: Mapping[Measure, Counts], years: Sequence[int], held: Collection[int]
) -> dict[str, list[Cell]]:
    """What each variant of a definition gives for the whole region, guarded as the definition itself."""
    made = {
        name: replace(definition, measure=measure, stratifiers=((),))
        for name, measure in definition.variants.items()
    }
    return {
        name: disclosure.protected(
            cubes.cells(one, counted[one.measure], years), one.minimum_n, cubes.covered(one, years, held)
        )
        for name, one in made.items()
        if one.measure in counted
    }


def write_sensitivity(path: Path, lines: Mapping[str, Sequence[Cell]]) -> None:
    """The definition (its region as it was told) and each of its variants, beside each other."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["variant", *COLUMNS])
        writer.writerows([name, *_row(cell)] for name, cells in lines.items() for cell in cells)


def write_stems(folder: Path, stems: Mapping[str, list[Stem]]) -> None:
    """By what beginnings of codes each code table was matched, and which of them are ambiguous."""
    for name, found in stems.items():
        folder.mkdir(parents=True, exist_ok=True)
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(["begins_with", "conditions", "ambiguous"])
            writer.writerows([one.text, " ".join(one.conditions), int(one.ambiguous)] for one in found)


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
