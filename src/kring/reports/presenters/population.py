"""The children who live in the region: a count of everybody, so chance has no part in it."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kring.design import charts
from kring.followup.presenters import indicator, numbers
from kring.followup.queries import Indicator
from kring.followup.rules.statuses import EVERYWHERE
from kring.reports.rules.shape import kept

from .measures import of_region

NAME = gettext_lazy("Barn 0–17 år som bor i regionen den 31 december")
HIDDEN = gettext_lazy("Visas inte, för att skydda ett litet antal i en annan tabell")


def content(one: Indicator, places: Mapping[str, str]) -> dict[str, Any]:
    """Everything that a report says about how many they are, from an indicator that counts of all of them."""
    year = one.years[-1]
    n = {(cell.year, cell.municipality): cell.n for cell in one.cells if not cell.sex and not cell.age_band}
    region = {of: n.get((of, EVERYWHERE)) for of in one.years}
    return {
        "name": str(NAME),
        "sentence": sentence(year, region[year], region.get(year - 1)),
        "years": [_row(str(of), region[of]) for of in reversed(one.years)],
        "chart": kept(_chart(one, region)),
        "groups": [_counted(row) for row in indicator.groups(of_region(one))],
        "places": [_row(name, n.get((year, code))) for code, name in places.items()],
        "year": year,
        "note": indicator.citation(one),
    }


def sentence(year: int, now: int | None, before: int | None) -> str:
    """How many, and how many more or fewer than a year before. Everybody is counted: no word of chance."""
    if now is None:
        return _("Antalet barn visas inte för %(year)s.") % {"year": year}
    said = _("Den 31 december %(year)s bodde ungefär %(n)s barn i regionen.") % {
        "year": year,
        "n": numbers.count(now),
    }
    return f"{said} {_since(now, before)}" if before else said


def _since(now: int, before: int) -> str:
    if now == before:
        return _("Det är lika många som året före.")
    told = {
        "n": numbers.count(abs(now - before)),
        "share": numbers.number(100 * abs(now - before) / before, 1),
    }
    if now > before:
        return _("Det är ungefär %(n)s fler än året före (%(share)s procent).") % told
    return _("Det är ungefär %(n)s färre än året före (%(share)s procent).") % told


def _row(label: str, n: int | None) -> dict[str, str]:
    return {"label": label, "n": numbers.count(n), "absent": str(HIDDEN) if n is None else ""}


def _counted(row: indicator.Row) -> dict[str, str]:
    """How many are counted of, from a row that says how many of them."""
    return {"label": row.label, "n": row.told.n, "absent": "" if row.told.n else str(HIDDEN)}


def _chart(one: Indicator, region: Mapping[int, int | None]) -> charts.Chart | None:
    if not any(n is not None for n in region.values()):
        return None
    return charts.over_years(
        title=_("Barn i regionen år för år"),
        description=_(
            "Antal barn den 31 december, %(first)s–%(last)s. Alla värden står i tabellen. %(synthetic)s"
        )
        % {"first": one.years[0], "last": one.years[-1], "synthetic": indicator.label(one.calculation)},
        heading=str(NAME),
        notes=indicator.notes(one),
        points=[
            charts.Point(year, n, title="" if n is None else f"{year}: {numbers.count(n)}")
            for year, n in region.items()
        ],
        limits=None,
        words=numbers.number,
    )
