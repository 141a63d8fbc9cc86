"""How many children live where: the facts of 2019, scaled to the number asked for."""

import csv
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from pathlib import Path
from random import Random
from typing import NamedTuple

BASE = Path(__file__).parent / "data" / "population_2019.csv"


class Cell(NamedTuple):
    """Children of one municipality, age (whole years) and sex."""

    municipality: str
    age: int
    sex: str
    children: float


@cache
def base() -> tuple[Cell, ...]:
    """The facts: Statistics Sweden, 31 December 2019."""
    with BASE.open(encoding="utf-8", newline="") as lines:
        rows = csv.DictReader(line for line in lines if not line.startswith("#"))
        return tuple(cell for row in rows for cell in _cells(row))


def _cells(row: dict[str, str]) -> Iterator[Cell]:
    for sex, column in (("female", "girls"), ("male", "boys")):
        yield Cell(row["municipality"], int(row["age"]), sex, float(row[column]))


def cells_of(municipalities: Sequence[str]) -> list[Cell]:
    """The cells of these municipalities; one that the facts lack gets the average of those they have."""
    known = {cell.municipality for cell in base()}
    missing = [code for code in municipalities if code not in known]
    wanted = set(municipalities)
    cells = [cell for cell in base() if cell.municipality in wanted]
    return cells + [cell for code in missing for cell in _average(code, len(known))]


def _average(code: str, municipalities: int) -> Iterator[Cell]:
    sums: dict[tuple[int, str], float] = {}
    for cell in base():
        sums[cell.age, cell.sex] = sums.get((cell.age, cell.sex), 0) + cell.children
    for (age, sex), total in sums.items():
        yield Cell(code, age, sex, total / municipalities)


def spread(cells: Sequence[Cell], children: int, source: Random) -> Iterator[Cell]:
    """One cell for each child, in step with the facts, mixed within each municipality.

    Walks the cells with equal strides from a drawn start, so that each municipality gets its share to within
    one child, and small ones are not rounded away however few children are asked for.
    """
    stride = sum(cell.children for cell in cells) / max(children, 1)
    next_stop = source.random() * stride
    reached, left = 0.0, children
    together: list[Cell] = []
    for cell in cells:
        if together and together[0].municipality != cell.municipality:
            yield from _mixed(together, source)
            together = []
        reached += cell.children
        while next_stop < reached and left:
            together.append(cell)
            next_stop += stride
            left -= 1
    yield from _mixed(together + [cells[-1]] * left, source)


def _mixed(cells: Iterable[Cell], source: Random) -> list[Cell]:
    mixed = list(cells)
    source.shuffle(mixed)
    return mixed
