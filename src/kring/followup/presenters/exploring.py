"""S102: a table by choice, its chart where there is one, and its files."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kring.design import charts
from kring.followup.forms import ALL, Choice
from kring.followup.models import Cell
from kring.followup.queries import Indicator
from kring.followup.rules.statuses import NOWHERE

from . import indicator, numbers
from .indicator import Row

MOST = 200
"""Rows on the page; the file has all of them."""
KINDS = ("csv", "xlsx", "json")
DIVIDED = {
    (): gettext_lazy("hela regionen"),
    ("municipality",): gettext_lazy("kommun"),
    ("sex",): gettext_lazy("kön"),
    ("age_band",): gettext_lazy("ålder"),
    ("municipality", "sex"): gettext_lazy("kommun och kön"),
}


def context(one: Indicator, choice: Choice, places: Mapping[str, str], query: str) -> dict[str, Any]:
    """What the page shows."""
    rows = [Row(_name(cell, choice, places), numbers.shown(cell)) for cell in _ordered(one.cells)]
    return {
        "name": one.result.definition["name"],
        "unit": numbers.unit(one.result.definition),
        "rows": rows[:MOST],
        "told": _how_many(len(rows)),
        "missing": _missing(one, choice),
        "chart": _chart(one, choice, places),
        "downloads": _downloads(query),
        "source": indicator.source(one.calculation),
        "citation": indicator.citation(one),
        "label": indicator.label(one.calculation),
    }


def _ordered(cells: Sequence[Cell]) -> list[Cell]:
    """The newest year first."""
    return sorted(cells, key=lambda cell: -cell.year)


def _name(cell: Cell, choice: Choice, places: Mapping[str, str]) -> str:
    said = [str(cell.year)]
    if cell.municipality:
        said.append(
            _("Skyddad ort")
            if cell.municipality == NOWHERE
            else places.get(cell.municipality, cell.municipality)
        )
    if cell.sex or cell.age_band:
        said += [indicator.group_of(cell)]
    return ", ".join(said)


def _how_many(rows: int) -> str:
    if rows <= MOST:
        return ""
    return _("Visar %(n)s av %(all)s rader. Filerna har alla.") % {"n": MOST, "all": rows}


def _missing(one: Indicator, choice: Choice) -> str:
    """Said when the indicator has no such table."""
    tables = [tuple(table) for table in one.result.definition["stratifiers"]]
    if tuple(choice.divided) in tables:
        return ""
    known = ", ".join(str(DIVIDED.get(table, "")) for table in tables if table in DIVIDED)
    return _("Måttet finns inte uppdelat så. Det finns för: %(known)s.") % {"known": known}


def _chart(one: Indicator, choice: Choice, places: Mapping[str, str]) -> charts.Chart | None:
    """The control chart, where the choice is the whole region or one municipality over all years."""
    if choice.year or choice.sex or choice.age_band or choice.municipality == ALL:
        return None
    return indicator.chart(one, choice.municipality, places.get(choice.municipality, ""))


def _downloads(query: str) -> list[dict[str, str]]:
    return [
        {
            "label": kind.upper(),
            "href": reverse("explore-file", kwargs={"ending": kind}) + (query and f"?{query}"),
        }
        for kind in KINDS
    ]
