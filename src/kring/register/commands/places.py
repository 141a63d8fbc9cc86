"""A region from its files, and what they changed."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db import transaction
from django.db.models import Model

from kring.access.actors import Actor
from kring.organisations.commands import load_region
from kring.organisations.models import Administration, Controller, Grouping, Municipality, Region, Unit

from .writing import log

TABLES: tuple[type[Model], ...] = (Region, Grouping, Municipality, Administration, Controller, Unit)
Rows = Mapping[Any, Mapping[str, Any]]


@dataclass(frozen=True)
class Changes:
    """Of one table: the rows that are new, and those that differ, with the columns that do."""

    table: str
    new: tuple[str, ...]
    changed: Mapping[str, tuple[str, ...]]

    def __bool__(self) -> bool:
        return bool(self.new or self.changed)


@transaction.atomic
def read_places(*, by: Actor, path: Path) -> list[Changes]:
    """Make or refresh a region from its file, all of it or nothing, and say what changed, table by table.

    Raises:
        RegionFileError: a row cannot be used; nothing is taken in.
    """
    before = {table: _rows(table) for table in TABLES}
    load_region(path=path)
    return [_compared(by, table, before[table], _rows(table)) for table in TABLES]


def _rows(table: type[Model]) -> Rows:
    return {row.pop("id"): row for row in table._default_manager.order_by("pk").values()}


def _compared(by: Actor, table: type[Model], before: Rows, after: Rows) -> Changes:
    new = [key for key in after if key not in before]
    changed = {key: _differing(before[key], row) for key, row in after.items() if key in before}
    changed = {key: columns for key, columns in changed.items() if columns}
    for row in table._default_manager.filter(pk__in=[*new, *changed]):
        log(by, (table._meta.model_name or "", row, None))
    names = {key: str(row["name"]) for key, row in after.items()}
    told = {names[key]: columns for key, columns in changed.items()}
    return Changes(table._meta.model_name or "", tuple(names[key] for key in new), told)


def _differing(before: Mapping[str, Any], after: Mapping[str, Any]) -> tuple[str, ...]:
    return tuple(name for name, value in after.items() if before[name] != value)
