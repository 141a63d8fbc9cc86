"""Specifications are read as tables: what is given, and what shall be told.

Given: tables after each other with an empty line between; the first line names the table, the second its
columns. A column that is left out has its usual value (USUAL); a dash is unknown.

Told: a line a cell. `of` is the region, or a municipality, a sex, an age band, or two of them; «nowhere» is
those whose place is protected. In every table that is named, cells that are not named have nobody in them.
"""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from indicators import catalogue, cubes, runs, tables
from indicators.complex_conditions import Stem
from indicators.counts import of_named

USUAL: dict[str, dict[str, Any]] = {
    "child": {"born": date(2015, 6, 1), "sex": "girl", "ended": None, "protected": False},
    "residence": {"municipality": "1480", "first": date(2000, 1, 1), "last": None},
    "contact": {
        "unit": "u1", "staff": "s1", "level": "primary", "form": "visit", "status": "done", "planned": True,
    },
    "diagnosis": {"unit": "u1", "admitted": False, "main": True},
    "step": {"case": 1, "process": "ndd", "unit": "u1"},
    "arrangement": {"last": None},
    "deadline": {"kept": True},
    "answer": {"by": "child", "positive": True},
    "hospital": {"planned": False, "reason": "other"},
    "emergency_visit": {"code": None},
    "death": {"cause": "X700"},
}  # fmt: skip


CODE_TABLES = {"complex_conditions": [Stem("Q211", ("cvd",), False), Stem("F71", ("neuromusc",), False)]}
"""What a region has loaded: two beginnings of codes."""


def data(text: str) -> tables.Data:
    """The tables that a text draws. Children without a residence of their own live in 1480."""
    made = tables.empty()
    for block in text.strip().split("\n\n"):
        name, header, *lines = [line.strip() for line in block.strip().splitlines()]
        columns = _cells(header)
        for line in lines:
            row = {**USUAL[name], **dict(zip(columns, _cells(line), strict=True))}
            for column in tables.TABLES[name].columns:
                made[name][column.name].append(_value(column, row[column.name]))
    for child in set(made["child"]["child"]) - set(made["residence"]["child"]):
        for column, value in {"child": child, **USUAL["residence"]}.items():
            made["residence"][column].append(value)
    assert not list(tables.faults(made))
    return made


def _cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.split("|")]


def _value(column: tables.Column, text: Any) -> Any:
    if not isinstance(text, str):
        return text
    if text == "-":
        return None
    read = {
        tables.Kind.KEY: int,
        tables.Kind.DAY: date.fromisoformat,
        tables.Kind.YES: {"yes": True, "no": False}.__getitem__,
    }
    return read.get(column.kind, str)(text)


def check(
    slug: str, given: str, told: str, engine: Callable, *, year: int = 2024, until: date = date(2025, 6, 30)
) -> None:
    """The indicator's cells of a year are those of the table `told`."""
    definition, source = runs.with_lists(catalogue.load(slug), CODE_TABLES), data(given)
    places = sorted(set(source["residence"]["municipality"]))
    counted = engine(definition.measure, source, cubes.years_needed(definition, [year]), until)
    counts = of_named(counted, places)
    cells = {named(cell.by): cell for cell in cubes.cells(definition, counts, [year])}
    header, *lines = [_cells(line) for line in told.strip().splitlines()]
    expected = {line[0]: dict(zip(header[1:], line[1:], strict=True)) for line in lines}
    assert set(expected) <= set(cells), f"no such cells: {set(expected) - set(cells)}"
    for of, values in expected.items():
        shown = {name: _shown(cells[of], name) for name in values}
        assert shown == {name: _number(text) for name, text in values.items()}, of
    tables_named = {tuple(name for name, _ in cells[of].by) for of in expected}
    crowded = [
        of
        for of, cell in cells.items()
        if of not in expected and tuple(n for n, _ in cell.by) in tables_named and cell.figure.n
    ]
    assert not crowded, f"somebody in {crowded}"


def named(by: cubes.By) -> str:
    """A cell's name in the table."""
    return " ".join("nowhere" if value is None else value for _, value in by) or "region"


def _shown(cell: cubes.Cell, name: str) -> float | None:
    if hasattr(cell.figure, name):
        return getattr(cell.figure, name)
    return cell.figure.more[name]


def _number(text: str) -> Any:
    return None if text == "-" else pytest.approx(float(text), rel=1e-3)
