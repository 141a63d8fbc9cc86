"""Files of NDJSON by kind of resource, and on which lines something stands that is not one."""

import gzip
import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from pathlib import Path
from typing import BinaryIO

MOST = 20
"""Ranges of lines that are told of a file."""


def files(folder: Path, resource: str) -> list[Path]:
    """Those of a kind of resource: Encounter.ndjson, Encounter.000.ndjson.gz, Encounter/part-1.ndjson."""
    name = re.compile(rf"{resource}([^A-Za-z].*)?\.ndjson(\.gz)?")
    within = re.compile(r".*\.ndjson(\.gz)?")
    found = (one for one in sorted(folder.rglob("*")) if one.is_file())
    return [
        one
        for one in found
        if name.fullmatch(one.name)
        or (one.parent.name == resource and one.parent != folder and within.fullmatch(one.name))
    ]


def where(path: Path, places: Sequence[int]) -> str:
    """The lines at some places among those that are not blank, as ranges: «3, 17–19»."""
    with _opened(path) as content:
        return told(ranges(_of_file(content, places)))


def _opened(path: Path) -> BinaryIO:
    return gzip.open(path) if path.suffix == ".gz" else path.open("rb")  # type: ignore[return-value]


def _of_file(content: Iterable[bytes], places: Sequence[int]) -> Iterator[int]:
    """From places among lines that hold something to lines of the file."""
    wanted, left, place = set(places), len(places), 0
    for number, line in enumerate(content, 1):
        if not left:
            return
        if line.strip():
            place += 1
            if place in wanted:
                left -= 1
                yield number


def ranges(numbers: Iterable[int]) -> list[tuple[int, int]]:
    """Rising numbers as first and last of each that follow one another."""
    made = []
    for _, group in groupby(enumerate(numbers), key=lambda one: one[1] - one[0]):
        found = [number for _, number in group]
        made.append((found[0], found[-1]))
    return made


def told(found: Sequence[tuple[int, int]]) -> str:
    """As words; the first MOST of them."""
    words = [f"{first}–{last}" if last > first else str(first) for first, last in found[:MOST]]
    return ", ".join(words) + (f" och {len(found) - MOST} till" if len(found) > MOST else "")
