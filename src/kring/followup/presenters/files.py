"""Tables as files: CSV, JSON and XLSX with the same rows, each with its status, source and version.

What is hidden on a page is hidden in a file: both are made from the same guarded cells.
"""

import csv
import io
import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from kring.design import days
from kring.followup.models import Cell
from kring.followup.queries import Indicator
from kring.followup.rules.statuses import NOWHERE

from . import spreadsheet
from .indicator import citation, label

COLUMNS = (
    "indicator", "name", "version", "year", "municipality", "municipality_name", "sex", "age_band",
    "n", "x", "value", "lower95", "upper95", "unit", "status", "label", "source", "data_version",
    "counted_on",
)  # fmt: skip
MORE = {
    "Wait": (
        "p90", "p90_lower", "p90_upper", "within_limit_of_all", "within_limit_of_those_who_came",
        "did_not_come",
    ),
    "Within": ("within_limit_of_those_who_came", "did_not_come"),
    "FollowedBy": ("within_limit_of_those_who_came", "did_not_come"),
    "Rate": ("child_years", "standardised", "standardised_lower", "standardised_upper"),
    "Spread": ("p90", "mean"),
    "AgeAtFirst": ("p90", "mean"),
}  # fmt: skip
"""What else is told of a kind of measure, in columns of its own after the others."""
STATUSES = {
    "shown": "told",
    "few": "fewer than 5, or hidden so that nothing can be worked out",
    "protected": "place protected, not told",
    "missing": "not delivered",
    "not_applicable": "nobody to count",
}
KINDS = {
    "csv": "text/csv; charset=utf-8",
    "json": "application/json",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "svg": "image/svg+xml",
    "png": "image/png",
    "zip": "application/zip",
}


def columns(one: Indicator) -> list[str]:
    """The names of a file's columns."""
    return [*COLUMNS, *MORE.get(one.result.definition["kind"], ())]


def rows(one: Indicator, places: dict[str, str]) -> Iterator[list[Any]]:
    """The cells as they are written in every kind of file: empty where nothing is told."""
    more = MORE.get(one.result.definition["kind"], ())
    definition, made = one.result.definition, one.calculation
    start = [one.result.slug, definition["name"], one.result.version]
    end = [label(made), made.source, made.data_version[:12], days.local(made.made_at).date().isoformat()]
    for cell in one.cells:
        place = [cell.municipality, _place(cell, places), cell.sex, cell.age_band]
        figures = [cell.n, cell.x, cell.value, cell.lower, cell.upper]
        beside = [cell.more.get(name) for name in more]
        yield [*start, cell.year, *place, *figures, definition["unit"], cell.status, *end, *beside]


def _place(cell: Cell, places: dict[str, str]) -> str:
    return "" if cell.municipality == NOWHERE else places.get(cell.municipality, "")


def as_csv(one: Indicator, table: Iterable[Sequence[Any]]) -> bytes:
    """One header, then one line a cell."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(columns(one))
    writer.writerows(["" if value is None else value for value in row] for row in table)
    return text.getvalue().encode()


def as_json(one: Indicator, table: Iterable[Sequence[Any]]) -> bytes:
    """The definition, where the figures come from, what the statuses mean, and the cells."""
    told = about(one) | {"cells": [dict(zip(columns(one), row, strict=True)) for row in table]}
    return json.dumps(told, ensure_ascii=False, indent=1).encode()


def about(one: Indicator) -> dict[str, Any]:
    """What a reader of the figures must know, for programs."""
    return {
        "indicator": one.result.slug,
        "version": one.result.version,
        "definition": one.result.definition,
        "label": label(one.calculation),
        "citation": citation(one),
        "statuses": STATUSES,
    }


def as_xlsx(one: Indicator, table: Iterable[Sequence[Any]]) -> bytes:
    """The cells on the first sheet, what they mean on the second."""
    told = one.result.definition
    meaning = [[name, str(value)] for name, value in told.items()]
    statuses = [[f"status: {name}", value] for name, value in STATUSES.items()]
    notes = [["", label(one.calculation)], ["citation", citation(one)], *meaning, *statuses]
    return spreadsheet.workbook({"cells": [columns(one), *table], "about": notes})


def table_file(one: Indicator, places: dict[str, str], ending: str) -> bytes | None:
    """All the cells of an indicator as a file; None for a kind of file that there is not."""
    table = rows(one, places)
    if ending == "csv":
        return as_csv(one, table)
    if ending == "json":
        return as_json(one, table)
    return as_xlsx(one, table) if ending == "xlsx" else None
