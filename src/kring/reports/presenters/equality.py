"""How much the municipalities differ in an indicator, and what of it is more than chance.

Municipalities stand in the order of the alphabet with their intervals; none is placed above another.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kring.followup.models import Cell
from kring.followup.presenters import indicator, numbers, places
from kring.followup.presenters.equality import by_conditions
from kring.followup.queries import Indicator
from kring.followup.rules import places as funnels
from kring.followup.rules.places import Stand, Told
from kring.followup.rules.statuses import EVERYWHERE, SHOWN
from kring.reports.rules.shape import kept

NOBODY = Told(None, None, None, None, None)


def of_all_children(one: Indicator) -> Indicator:
    """The same, not divided by sex and age."""
    return replace(one, cells=tuple(cell for cell in one.cells if not cell.sex and not cell.age_band))


def content(every: Indicator, names: Mapping[str, str]) -> dict[str, Any]:
    """An indicator in every municipality in the last year."""
    one = of_all_children(every)
    found = places.comparison(one, names)
    stands = stands_of(one, names)
    high, low = ([names[code] for code in names if stands[code] is side] for side in (Stand.HIGH, Stand.LOW))
    told = [cell for cell in last_year(one).values() if cell.municipality in names and cell.value is not None]
    region, slope = numbers.shown(last_year(one).get(EVERYWHERE)), by_conditions(one)
    return {
        "name": one.result.definition["name"],
        "address": indicator.address_of(one.result.slug),
        "unit": numbers.unit(one.result.definition),
        "year": one.years[-1],
        "region": region.absent or region.value,
        "span": span(told),
        "shown": len(told),
        "all": len(names),
        "has_funnel": one.result.definition["kind"] in funnels.SHARES | funnels.RATES,
        "high": high,
        "low": low,
        "sentence": sentence(one, stands, high, low),
        "notes": found.notes,
        "slope": asdict(slope) if slope else None,
        "rows": [asdict(row) | {"href": ""} for row in found.rows],
        "standardised": [asdict(row) | {"href": ""} for row in found.standardised],
        "chart": kept(found.funnel),
        "note": indicator.citation(one),
    }


def last_year(one: Indicator) -> dict[str, Cell]:
    """The cells of all children in the last year, by municipality."""
    return {cell.municipality: cell for cell in one.cells if cell.year == one.years[-1]}


def stands_of(one: Indicator, names: Mapping[str, str]) -> dict[str, Stand]:
    """How each municipality stands against the region."""
    cells = last_year(one)
    told = {code: _told(cells.get(code)) for code in names}
    return funnels.stands(one.result.definition["kind"], told, _told(cells.get(EVERYWHERE)))


def _told(cell: Cell | None) -> Told:
    if cell is None or cell.status != SHOWN:
        return NOBODY
    return Told(cell.n, cell.x, cell.value, cell.lower, cell.upper)


def span(told: Sequence[Cell]) -> str:
    """From the lowest to the highest, without their names: the ends are mostly where children are few."""
    if len(told) < 2:
        return ""
    ends = (min(told, key=lambda cell: cell.value or 0), max(told, key=lambda cell: cell.value or 0))
    low, high = (numbers.number(cell.value or 0, numbers.precision(cell)) for cell in ends)
    return f"{low}–{high}"


def sentence(one: Indicator, stands: Mapping[str, Stand], high: Sequence[str], low: Sequence[str]) -> str:
    """Who differs by more than chance, by name; said in whole sentences."""
    compared = sum(stand is not Stand.UNKNOWN for stand in stands.values())
    if not compared:
        return _("Ingen kommun går att jämföra med regionen.")
    if one.result.definition["kind"] not in funnels.SHARES | funnels.RATES:
        return _("Här finns inga trattgränser, så ingen kommun kan sägas skilja sig mer än slump.")
    if not high and not low:
        return ngettext(
            "Den kommun som går att jämföra skiljer sig inte mer än slumpen kan göra.",
            "Ingen av de %(n)s kommuner som går att jämföra skiljer sig mer än slumpen kan göra.",
            compared,
        ) % {"n": compared}
    said = []
    if high:
        said.append(_("Högre än regionen, mer än slump: %(names)s.") % {"names": ", ".join(high)})
    if low:
        said.append(_("Lägre än regionen, mer än slump: %(names)s.") % {"names": ", ".join(low)})
    return " ".join(said)


def overview(found: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """The chapter's own words and its table: one row an indicator."""
    rows = [{name: one[name] for name in OVERVIEW} | {"slope": _said(one["slope"])} for one in found]
    return {
        "sentences": [
            _(
                "Kommunerna står i bokstavsordning och rangordnas inte: där få barn räknas kan slumpen ensam "
                "ge mycket höga och mycket låga tal."
            ),
            _("Jämförelsen med slumpen är gjord för ett mått i taget: med många mått hamnar någon utanför."),
            _slope(any(one["slope"] for one in found)),
        ],
        "rows": rows,
    }


def _slope(is_counted: bool) -> str:
    """A slope takes an order among the areas to slope over."""
    if is_counted:
        return _(
            "Regionen har ett index över kommunernas levnadsvillkor. Lutningen längs det står vid varje mått."
        )
    return _(
        "Något lutningsindex (skillnad mellan områden med goda och sämre villkor) räknas inte: det "
        "kräver en ordning mellan områdena, som ett områdesindex, och det finns inte i uppgifterna."
    )


def _said(slope: Mapping[str, Any] | None) -> str:
    return str(slope["sentence"]) if slope else ""


OVERVIEW = ("name", "address", "unit", "year", "region", "span", "shown", "all", "sentence")
