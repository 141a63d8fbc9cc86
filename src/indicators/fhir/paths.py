"""A path of the mapping as DuckDB reads it: the shape of the JSON that is asked for, and where in it."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

STEP = re.compile(r"([A-Za-z]\w*)(?:\[([^\]]+)\])?(?:\.|$)")
CHOICE = re.compile(r"([A-Za-z][\w.]*?)(\^?=)(.+)")
EACH = "each"
"""What one of a list is called where a row is made of each."""

Shape = dict[str, Any]
"""Name to the shape within, None for text; a list's name ends with []."""


@dataclass(frozen=True)
class Step:
    """An element, and which of it: "" where it is no list, 0 the first, * each, or a choice."""

    name: str
    which: str = ""

    def __post_init__(self) -> None:
        """ValueError in words for a choice that cannot be read."""
        if self.which not in ("", "0", "*") and not CHOICE.fullmatch(self.which):
            raise ValueError(f"{self.name}[{self.which}]: skriv 0, *, namn=värde eller namn^=början")


def steps(path: str) -> tuple[Step, ...]:
    """The steps of a path. ValueError in words for one that cannot be read."""
    found = list(STEP.finditer(path))
    if not path or path.endswith(".") or "".join(one.group(0) for one in found) != path:
        raise ValueError(f"sökvägen {path!r} går inte att läsa")
    return tuple(Step(one.group(1), one.group(2) or "") for one in found)


def shape(paths: Iterable[tuple[Step, ...]]) -> Shape:
    """What of the JSON the paths together need."""
    made: Shape = {}
    for path in paths:
        at = made
        for place, step in enumerate(path):
            within = at.setdefault(step.name + "[]" * bool(step.which), {})
            if choice := CHOICE.fullmatch(step.which):
                _put(within, choice.group(1).split("."))
            at = within
            if place == len(path) - 1 and step.which not in ("", "0", "*"):
                raise ValueError(f"{step.name}: sökvägen slutar i ett val")
    return made


def _put(at: Shape, names: Iterable[str]) -> None:
    for name in names:
        at = at.setdefault(name, {})


def column_types(of: Shape) -> str:
    """The argument `columns` of read_json."""
    return ", ".join(f"'{name.removesuffix('[]')}': '{_type(name, of[name])}'" for name in of)


def _type(name: str, within: Shape) -> str:
    fields = ", ".join(f'"{one.removesuffix("[]")}" {_type(one, within[one])}' for one in within)
    whole = f"STRUCT({fields})" if within else "VARCHAR"
    return whole + "[]" * name.endswith("[]")


def expression(path: tuple[Step, ...]) -> str:
    """The value at a path; NULL where there is none."""
    made = ""
    for step in path:
        made = f'{made}."{step.name}"' if made else f'"{step.name}"'
        if step.which == "*":
            made = EACH
        elif step.which == "0":
            made = f"({made})[1]"
        elif choice := CHOICE.fullmatch(step.which):
            key = ".".join(f'"{name}"' for name in ["x", *choice.group(1).split(".")])
            value = quoted(choice.group(3))
            test = f"{key} = {value}" if choice.group(2) == "=" else f"starts_with({key}, {value})"
            made = f"(list_filter({made}, lambda x: {test}))[1]"
    return made


def quoted(text: str) -> str:
    """Text as SQL writes it."""
    return "'" + text.replace("'", "''") + "'"
