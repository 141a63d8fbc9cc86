"""The indicators that there are: each a folder in definitions/ with definition.toml and measure.py.

The text says what it is to people, the measure says it to the engines; a change of meaning is a new version
with the day it holds from.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from importlib import import_module
from pathlib import Path
from typing import Any

from .measures import Measure

FOLDER = Path(__file__).parent / "definitions"
DIRECTIONS = ("up", "down", "none")
STRATIFIERS = ("municipality", "sex", "age_band")
TEXTS = (
    "name", "why", "how", "numerator", "denominator", "exclusions", "clock", "unit", "owner", "checked_by",
    "caveat",
)  # fmt: skip


@dataclass(frozen=True)
class Definition:
    """An indicator: texts in plain Swedish, how it is broken down and guarded, and its measure.

    `direction`: whether more is better (up), worse (down) or neither. `stratifiers`: the tables it gives;
    the empty one is the whole region. `variants`: the lines of its sensitivity table, what other limits give.
    """

    slug: str
    texts: Mapping[str, str]
    direction: str
    stratifiers: tuple[tuple[str, ...], ...]
    minimum_n: int
    version: int
    valid_from: date
    next_review: date
    measure: Measure
    variants: Mapping[str, Measure] = field(default_factory=dict)

    def is_due(self, today: date) -> bool:
        """Whether somebody should have looked at it again."""
        return today >= self.next_review


def slugs() -> list[str]:
    """The names of every indicator's folder."""
    return sorted(path.parent.name for path in FOLDER.glob("*/definition.toml"))


def load(slug: str) -> Definition:
    """An indicator by its folder's name. ValueError in words when its definition lacks something."""
    given = tomllib.loads((FOLDER / slug / "definition.toml").read_text(encoding="utf-8"))
    declared = import_module(f"indicators.definitions.{slug}.measure")
    return read(slug, given, declared.MEASURE, getattr(declared, "VARIANTS", {}))


def read(
    slug: str, given: Mapping[str, Any], measure: Measure, variants: Mapping[str, Measure] | None = None
) -> Definition:
    """A definition from the fields of its file."""
    wrong = [*_missing(given), *_out_of_range(given)]
    if wrong:
        raise ValueError(f"{slug}: {', '.join(wrong)}")
    return Definition(
        slug=slug,
        texts={name: given[name] for name in TEXTS},
        direction=given["direction"],
        stratifiers=tuple(tuple(one) for one in given["stratifiers"]),
        minimum_n=given["minimum_n"],
        version=given["version"],
        valid_from=given["valid_from"],
        next_review=given["next_review"],
        measure=measure,
        variants=variants or {},
    )


KINDS: Mapping[str, type] = {
    **dict.fromkeys(TEXTS, str),
    "direction": str,
    "stratifiers": list,
    "minimum_n": int,
    "version": int,
    "valid_from": date,
    "next_review": date,
}


def _missing(given: Mapping[str, Any]) -> list[str]:
    lacking = [name for name, kind in KINDS.items() if not isinstance(given.get(name), kind)]
    empty = [name for name in TEXTS if isinstance(given.get(name), str) and not given[name].strip()]
    unknown = [name for name in given if name not in KINDS]
    return [f"{name} saknas" for name in lacking + empty] + [f"{name} är okänt" for name in unknown]


def _out_of_range(given: Mapping[str, Any]) -> list[str]:
    wrong = list[str]()
    if given.get("direction") not in DIRECTIONS:
        wrong.append(f"direction ska vara {', '.join(DIRECTIONS)}")
    tables = [tuple(one) for one in given.get("stratifiers") or ()]
    if () not in tables or len(set(tables)) < len(tables):
        wrong.append("stratifiers ska ha hela regionen, och varje tabell en gång")
    if any(name not in STRATIFIERS for one in tables for name in one):
        wrong.append(f"stratifiers delar bara upp efter {', '.join(STRATIFIERS)}")
    if not isinstance(given.get("minimum_n"), int) or given["minimum_n"] < 5:
        wrong.append("minimum_n är minst 5")
    return wrong
