"""A file of lines, CSV or NDJSON, one line at a time, so that a fault in one of them never eats the next."""

import csv
import json
from collections.abc import Callable, Iterator
from itertools import chain, count
from typing import IO, Any

from .rules.cells import READERS
from .rules.faults import Fault, FileRefused, Wrong

LONGEST = 20_000
"""Bytes of a line."""
KNOWN = frozenset(READERS) | {"kind"}
BOM = b"\xef\xbb\xbf"
Line = tuple[int, dict[str, str] | Wrong]
"""The line's number in the file, and its cells or what is wrong with it."""


def lines_of(file: IO[bytes]) -> Iterator[Line]:
    """Every line that is not blank.

    Raises:
        FileRefused: there is nothing in it, or the heading of a CSV file cannot be used.
    """
    raw = ((place, line) for place, line in zip(count(1), _pieces(file)) if line.strip())
    first = next(raw, None)
    if first is None:
        raise FileRefused("Filen är tom.")
    place, line = first[0], first[1].removeprefix(BOM)
    if line.lstrip().startswith(b"{"):
        return _read(chain([(place, line)], raw), _object)
    return _read(raw, _csv_reader(line))


def _pieces(file: IO[bytes]) -> Iterator[bytes]:
    """Lines, each cut where it gets too long; the rest of a cut line is passed over."""
    while line := file.readline(LONGEST + 1):
        yield line
        while len(line) > LONGEST and not line.endswith(b"\n"):
            line = file.readline(LONGEST + 1)


def _read(raw: Iterator[tuple[int, bytes]], read: Callable[[str], dict[str, str]]) -> Iterator[Line]:
    for place, line in raw:
        try:
            yield place, read(_decoded(line))
        except Wrong as wrong:
            yield place, wrong


def _decoded(line: bytes) -> str:
    if len(line) > LONGEST:
        raise Wrong(Fault.TOO_LONG)
    try:
        return line.decode("utf-8").rstrip("\r\n")
    except UnicodeDecodeError:
        raise Wrong(Fault.NOT_UTF8) from None


def _csv_reader(heading: bytes) -> Callable[[str], dict[str, str]]:
    try:
        text = _decoded(heading)
        mark = max(",;\t", key=text.count)
        names = [name.strip().lower() for name in _cells(text, mark)]
    except Wrong as wrong:
        raise FileRefused(f"Rubriken: {wrong.sentence}") from None
    for place, name in enumerate(names, 1):
        if name not in KNOWN or names.index(name) != place - 1:
            why = "finns inte" if name not in KNOWN else "står två gånger"
            raise FileRefused(f"Rubriken: kolumn {place} {why}. De som finns är {', '.join(sorted(KNOWN))}.")
    return lambda line: _named(names, _cells(line, mark))


def _cells(line: str, mark: str) -> list[str]:
    try:
        return next(csv.reader([line], delimiter=mark, strict=True), [])
    except csv.Error:
        raise Wrong(Fault.NOT_CSV) from None


def _named(names: list[str], cells: list[str]) -> dict[str, str]:
    if any(cell.strip() for cell in cells[len(names) :]):
        raise Wrong(Fault.CELLS)
    return dict(zip(names, cells, strict=False))


def _object(line: str) -> dict[str, str]:
    try:
        found = json.loads(line)
    except (ValueError, RecursionError):
        raise Wrong(Fault.NOT_JSON) from None
    if not isinstance(found, dict):
        raise Wrong(Fault.NOT_JSON)
    return {name: _as_text(value) for name, value in found.items()}


def _as_text(value: Any) -> str:
    """Text, or what a program writes for it: true, false, null and whole numbers."""
    if value is None or isinstance(value, bool):
        return {None: "", True: "true", False: "false"}[value]
    if isinstance(value, (str, int)):
        return str(value)
    raise Wrong(Fault.NOT_JSON)
