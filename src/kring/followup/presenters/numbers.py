"""Figures in words: Swedish and English numbers, four kinds of absence, never a nought that is not one."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from kring.followup.rules.statuses import SHOWN

THIN, MINUS = "\N{NARROW NO-BREAK SPACE}", "\N{MINUS SIGN}"
ABSENT = {
    "few": gettext_lazy("Färre än 5, eller dolt för att skydda"),
    "protected": gettext_lazy("Skyddad ort – visas inte"),
    "missing": gettext_lazy("Uppgift saknas"),
    "not_applicable": gettext_lazy("Inga barn att räkna"),
}
SHORT = {
    "few": gettext_lazy("dolt"),
    "protected": gettext_lazy("skyddat"),
    "missing": gettext_lazy("saknas"),
    "not_applicable": gettext_lazy("inga"),
}
"""The marks under a chart's axis."""
UNITS = {
    "procent": gettext_lazy("procent"),
    "dagar": gettext_lazy("dagar"),
    "enheter": gettext_lazy("enheter"),
    "per 100 000 barn och år": gettext_lazy("per 100 000 barn och år"),
    "per 1 000 barn och år": gettext_lazy("per 1 000 barn och år"),
    "års ålder": gettext_lazy("års ålder"),
}
KINDS = {
    "Wait": gettext_lazy("median"),
    "Spread": gettext_lazy("median"),
    "AgeAtFirst": gettext_lazy("median"),
    "Continuity": gettext_lazy("medelvärde"),
    "Rate": gettext_lazy("tal"),
}


@dataclass(frozen=True)
class Shown:
    """A cell ready to be written: its figure and interval, or why there is none."""

    value: str
    interval: str
    n: str
    x: str
    absent: str
    status: str


def number(value: float, digits: int | None = None) -> str:
    """«371 316», «4,1», «0,25»: two decimals at most, fewer the larger it is."""
    shown = f"{value:,.{decimals(value) if digits is None else digits}f}"
    if get_language() != "en":
        shown = shown.replace(",", THIN).replace(".", ",")
    return shown.replace("-", MINUS)


def decimals(value: float) -> int:
    """How many decimals are worth writing."""
    size = abs(value)
    return 0 if size >= 100 or value == int(value) else 1 if size >= 10 else 2


def count(value: int | None) -> str:
    """A rounded count; nothing where there is none."""
    return "" if value is None else number(value, 0)


def unit(definition: Mapping[str, Any]) -> str:
    """The unit in the reader's language."""
    return str(UNITS.get(definition["unit"], definition["unit"]))


def middle(definition: Mapping[str, Any]) -> str:
    """What kind of number the value is."""
    return str(KINDS.get(definition["kind"], _("andel")))


def shown(cell: Any) -> Shown:
    """A cell of the tables in words."""
    if cell is None or cell.status != SHOWN:
        status = "missing" if cell is None else cell.status
        return Shown("", "", "", "", str(ABSENT[status]), status)
    n, x = count(cell.n), count(cell.x)
    if cell.value is None:
        return Shown("", "", n, x, _("Går inte att räkna ut"), SHOWN)
    return Shown(number(cell.value, precision(cell)), interval(cell), n, x, "", SHOWN)


def precision(cell: Any) -> int:
    """How many decimals a value and its limits are written with, all three alike."""
    most = 0 if abs(cell.value) >= 100 else 1 if abs(cell.value) >= 10 else 2
    told = [one for one in (cell.value, cell.lower, cell.upper) if one is not None]
    return min(most, max(decimals(one) for one in told))


def interval(cell: Any) -> str:
    """«36–41», as finely as the value itself; «från 36» and «högst 41» where one limit is unknown."""
    if cell.lower is None and cell.upper is None:
        return ""
    digits = precision(cell)
    low, high = (None if one is None else number(one, digits) for one in (cell.lower, cell.upper))
    if low is None:
        return _("högst %(high)s") % {"high": high}
    if high is None:
        return _("från %(low)s") % {"low": low}
    return f"{low}–{high}"


def of_hundred(value: float) -> str:
    """«Ungefär 4 av 100», beside a share in per cent."""
    if value >= 1 or value == 0:
        return _("ungefär %(n)s av 100") % {"n": round(value)}
    return _("ungefär %(n)s av 1 000") % {"n": round(value * 10)}
