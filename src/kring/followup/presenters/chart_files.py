"""A control chart as files: every year with its limits, mark and target, and what was decided."""

import csv
import io
import json
from collections.abc import Sequence
from typing import Any

from django.urls import reverse

from kring.design import days
from kring.followup.queries import Indicator
from kring.followup.rules.decisions import Kind, target_in, targets

from . import control, files, spreadsheet
from .indicator import ENDINGS, MARKS, address_of, citation, label

COLUMNS = (
    "indicator", "name", "version", "municipality", "municipality_name", "year", "n", "x", "value", "lower95",
    "upper95", "unit", "status", "mean", "lower_limit", "upper_limit", "limit_group", "limits_counted_from",
    "mark", "rule", "target", "assurance", "decisions", "label", "source", "data_version", "counted_on",
)  # fmt: skip
"""One row a year. `limits_counted_from`: 1 for the years that the last limits are counted from."""
DECIDED = (
    "number", "kind", "year", "day", "value", "words", "reason", "role", "unit", "decided_at", "pilot",
    "takes_back",
)  # fmt: skip
"""One row a decision, also what was taken back and what took it back."""


def rows(one: Indicator, place: str, where: str) -> list[list[Any]]:
    """The chart's years, oldest first."""
    cells = {cell.year: cell for cell in one.series(municipality=place)}
    found, aims = control.changed(one, place), targets(one.decided(place))
    definition, made = one.result.definition, one.calculation
    start = [one.result.slug, definition["name"], one.result.version, place, where]
    end = [label(made), made.source, made.data_version[:12], days.local(made.made_at).date().isoformat()]
    told = []
    for year in found.years:
        cell = cells.get(year.year)
        figures = [getattr(cell, name, None) for name in ("n", "x", "value", "lower", "upper")]
        status = cell.status if cell else "missing"
        limits = [year.mean, year.lower, year.upper, year.group + 1, int(year.year in found.counted_from)]
        mark = [MARKS[year.judgement] if year.value is not None else None, year.cause or None]
        aim = [target_in(aims, year.year), found.assurance.value if year is found.years[-1] else None]
        said = "; ".join(control.beside(one, place, year.year)) or None
        beside = [*limits, *mark, *aim, said]
        told.append([*start, year.year, *figures, definition["unit"], status, *beside, *end])
    return told


def decided(one: Indicator, place: str) -> list[list[Any]]:
    """What has been decided about the chart, in order."""
    numbers = {row.pk: row.number for row in one.decided(place)}
    return [
        [
            row.number,
            row.kind,
            row.year,
            row.on.isoformat() if row.on else None,
            row.value,
            row.words or None,
            row.reason or None,
            row.role,
            row.unit,
            days.local(row.at).isoformat(timespec="seconds"),
            str(row.pilot) if row.pilot else None,
            numbers[row.undoes_id] if row.kind == Kind.UNDO else None,
        ]
        for row in one.decided(place)
    ]


def chart_file(one: Indicator, place: str, where: str, ending: str) -> bytes | None:
    """The chart as CSV, XLSX or JSON; None for another kind."""
    table = rows(one, place, where)
    if ending == "csv":
        return _csv(table)
    if ending == "json":
        return _json(one, place, table)
    return _xlsx(one, place, table) if ending == "xlsx" else None


def _csv(table: Sequence[Sequence[Any]]) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows(["" if value is None else value for value in row] for row in table)
    return text.getvalue().encode()


def _json(one: Indicator, place: str, table: Sequence[Sequence[Any]]) -> bytes:
    told = files.about(one) | {
        "years": [dict(zip(COLUMNS, row, strict=True)) for row in table],
        "decisions": [dict(zip(DECIDED, row, strict=True)) for row in decided(one, place)],
    }
    return json.dumps(told, ensure_ascii=False, indent=1).encode()


def _xlsx(one: Indicator, place: str, table: Sequence[Sequence[Any]]) -> bytes:
    about = [["", label(one.calculation)], ["citation", citation(one)]]
    return spreadsheet.workbook(
        {"chart": [COLUMNS, *table], "decisions": [DECIDED, *decided(one, place)], "about": about}
    )


def downloads(slug: str, place: str = "") -> list[dict[str, str]]:
    """The files of a chart, of the region or of a municipality."""
    query = f"?kommun={place}" if place else ""
    return [
        {
            "label": ending.upper(),
            "href": reverse("chart-file", kwargs={"measure": address_of(slug), "ending": ending}) + query,
        }
        for ending in ENDINGS
    ]
