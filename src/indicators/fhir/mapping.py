"""The written mapping from FHIR to the flat tables: mapping.toml, and what a region says otherwise."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from indicators.loading import NotReadableError
from indicators.tables import TABLES, Kind

from . import paths
from .paths import Step

OURS = Path(__file__).with_name("mapping.toml")
WORDS = {"paths", "codes", "is", "known", "otherwise", "encounter"}
TARGETS = {
    "patient": "child",
    "residence": "residence",
    "contact": "contact",
    "booking": "contact",
    "diagnosis": "diagnosis",
}
"""The table that each section fills."""


@dataclass(frozen=True)
class Taken:
    """How a column is filled (mapping.toml says what each means)."""

    paths: tuple[tuple[Step, ...], ...] = ()
    codes: Mapping[str, str] | None = None
    one_of: tuple[str, ...] | None = None
    known: bool = False
    otherwise: str | None = None
    encounter: str = ""


@dataclass(frozen=True)
class Section:
    """What a kind of resource becomes."""

    name: str
    resource: str
    columns: Mapping[str, Taken]

    @property
    def each(self) -> str:
        """The list whose every element becomes a row; "" when the resource itself does."""
        steps = [step for one in self.columns.values() for path in one.paths for step in path]
        return next((step.name for step in steps if step.which == "*"), "")

    def source(self, path: Path) -> str:
        """The resources of a file, with the elements that are asked for; a bad line has none of them."""
        wanted = [path for one in self.columns.values() for path in one.paths]
        return read_json(path, {"resourceType": {}, "id": {}} | paths.shape(wanted))


LARGEST = 64 * 2**20
"""Bytes of one resource."""


def read_json(path: Path, shape: paths.Shape) -> str:
    """A file of NDJSON as DuckDB reads it: a row for every line that is not blank, of NULLs for one that
    cannot be read.
    """
    return (
        f"read_json({paths.quoted(str(path))}, format = 'newline_delimited', records = 'true', "
        f"ignore_errors = true, maximum_object_size = {LARGEST}, columns = {{{paths.column_types(shape)}}})"
    )


def load(own: Path | None = None) -> dict[str, Section]:
    """Every section. NotReadableError in words for a file that cannot be used."""
    said = _read(OURS)
    for name, section in (_read(own) if own else {}).items():
        if name not in said:
            raise NotReadableError(f"{own}: [{name}] finns inte; det som finns är {', '.join(said)}")
        said[name]["columns"] |= section.get("columns", {})
    try:
        return {name: _section(name, section) for name, section in said.items()}
    except ValueError as fault:
        raise NotReadableError(f"mappningen: {fault}") from fault


def _read(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as fault:
        raise NotReadableError(f"mappningen {path.name} går inte att läsa: {fault}") from fault


def _section(name: str, said: Mapping[str, Any]) -> Section:
    return Section(
        name,
        said["resource"],
        {column: _taken(name, column, how) for column, how in said["columns"].items()},
    )


def _taken(section: str, column: str, how: Mapping[str, Any]) -> Taken:
    if more := sorted(set(how) - WORDS):
        raise ValueError(
            f"{section}.{column}: {', '.join(more)} finns inte; skriv {', '.join(sorted(WORDS))}"
        )
    made = Taken(
        tuple(paths.steps(path) for path in how.get("paths", ())),
        how.get("codes"),
        tuple(how["is"]) if "is" in how else None,
        how.get("known", False),
        how.get("otherwise"),
        how.get("encounter", ""),
    )
    _check_values(section, column, made)
    return made


def _check_values(section: str, column: str, made: Taken) -> None:
    """Codes become what the table can hold."""
    of = {one.name: one for one in TABLES[TARGETS[section]].columns}.get(column)
    if of is None or of.kind is not Kind.CODE or not of.values:
        return
    given = [*(made.codes or {}).values(), *([made.otherwise] if made.otherwise else [])]
    if wrong := [one for one in given if one not in of.values]:
        raise ValueError(f"{section}.{column}: {wrong[0]!r} är inget av {', '.join(of.values)}")
