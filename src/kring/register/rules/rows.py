"""One line: which columns its kind has and needs."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from types import MappingProxyType
from typing import Any

from .cells import READERS
from .faults import Fault, Wrong
from .periods import Period


class Kind(StrEnum):
    """What a line is about, in the order in which lines are taken in: people first, then what ties them."""

    PERSON = "person"
    GUARDIAN = "guardian"
    CHILD = "child"
    ASSIGNMENT = "assignment"
    CUSTODY = "custody"
    RELATION = "relation"


WHO = frozenset({"key", "number", "hsa_id"})
NAMES = frozenset({"given_name", "family_name"})
LANGUAGES = frozenset({"language", "interpreter_language"})
PERIOD = frozenset({"from", "to"})
COLUMNS: Mapping[Kind, frozenset[str]] = MappingProxyType(
    {
        Kind.PERSON: WHO | NAMES | {"title", "email", "protected"},
        Kind.GUARDIAN: WHO | NAMES | LANGUAGES | {"email", "phone", "protected"},
        Kind.CHILD: NAMES | LANGUAGES | {"child", "birth_date", "sex", "municipality", "protection"},
        Kind.ASSIGNMENT: WHO | PERIOD | {"role", "unit"},
        Kind.CUSTODY: WHO | PERIOD | {"child"},
        Kind.RELATION: WHO | PERIOD | {"child", "unit", "relation"},
    }
)
NEEDED: Mapping[Kind, tuple[str, ...]] = MappingProxyType(
    {
        Kind.PERSON: (),
        Kind.GUARDIAN: (),
        Kind.CHILD: ("child",),
        Kind.ASSIGNMENT: ("role", "unit", "from"),
        Kind.CUSTODY: ("child", "from"),
        Kind.RELATION: ("child", "unit", "from"),
    }
)
NAMES_SOMEBODY = frozenset({Kind.PERSON, Kind.GUARDIAN, Kind.ASSIGNMENT, Kind.CUSTODY})


@dataclass(frozen=True, slots=True)
class Row:
    """A line that can be read. `cells` holds no empty ones: an empty cell says nothing."""

    line: int
    kind: Kind
    cells: Mapping[str, Any]

    def only(self, *names: str) -> dict[str, Any]:
        """Those of these columns that are filled in."""
        return {name: self.cells[name] for name in names if name in self.cells}

    @property
    def period(self) -> Period:
        return Period(self.cells["from"], self.cells.get("to"))


def read_row(line: int, given: Mapping[str, str], today: date) -> Row:
    """A line as it may be taken in.

    Raises:
        Wrong: the first fault of the line.
    """
    filled = {name: cell.strip() for name, cell in given.items() if cell.strip()}
    try:
        kind = Kind(filled.pop("kind", ""))
    except ValueError:
        raise Wrong(Fault.KIND) from None
    if filled.keys() - COLUMNS[kind]:
        raise Wrong(Fault.UNKNOWN_COLUMN)
    if missing := [name for name in NEEDED[kind] if name not in filled]:
        raise Wrong(Fault.MISSING, column=missing[0])
    if kind in NAMES_SOMEBODY and not filled.keys() & WHO:
        raise Wrong(Fault.WHO)
    cells = {name: READERS[name](name, cell, today) for name, cell in filled.items()}
    if "to" in cells and cells["to"] < cells["from"]:
        raise Wrong(Fault.PERIOD)
    return Row(line, kind, cells)
