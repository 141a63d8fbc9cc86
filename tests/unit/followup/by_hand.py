"""Figures written by hand, for tests of words and pictures that need no database."""

from datetime import datetime
from typing import Any

from kring import clock
from kring.followup.models import Calculation, Cell, Result
from kring.followup.queries import Indicator

COUNTED = datetime(2026, 11, 16, 10, 0, tzinfo=clock.STOCKHOLM)
DEFINITION: dict[str, Any] = {
    "name": "Bokade besök som inte blev av",
    "why": "Därför.",
    "how": "Så här.",
    "numerator": "Besök som inte blev av",
    "denominator": "Bokade besök",
    "exclusions": "Ingenting",
    "clock": "Kalenderåret",
    "unit": "procent",
    "caveat": "Läs med eftertanke.",
    "owner": "Samordningen",
    "checked_by": "Ingen ännu",
    "direction": "down",
    "stratifiers": [[], ["municipality"], ["sex"]],
    "minimum_n": 5,
    "kind": "ShareOfRows",
    "per": 0,
    "limit": 90,
    "pooled_years": 1,
    "valid_from": "2026-01-01",
    "next_review": "2027-11-01",
    "version": 1,
}


def calculation(**fields: Any) -> Calculation:
    known = {
        "data_version": "0123456789abcdef" * 4,
        "source": "Regionens lager",
        "synthetic": False,
        "first_year": 2013,
        "last_year": 2024,
        "tables": [],
        "made_at": COUNTED,
    }
    return Calculation(**(known | fields))


def cell(year: int = 2024, value: float | None = 6.0, **fields: Any) -> Cell:
    """A cell that is told, or one that is not when a status says so."""
    hidden = fields.get("status", "shown") != "shown"
    figures = {"n": 1000, "x": 60, "value": value, "lower": 5.0, "upper": 7.0}
    known = {"status": "shown", **({} if hidden else figures), "more": {}}
    return Cell(year=year, **(known | fields))


def indicator(
    *cells: Cell, slug: str = "not_brought", made: Calculation | None = None, **definition: Any
) -> Indicator:
    told = Result(slug=slug, version=1, definition=DEFINITION | definition)
    return Indicator(made or calculation(), told, cells)


def row_of_years(values: list[float | None], **fields: Any) -> list[Cell]:
    """The whole region from 2013 on; a year without a value is hidden."""
    return [
        cell(2013 + at, value, **fields) if value is not None else cell(2013 + at, status="few", **fields)
        for at, value in enumerate(values)
    ]
