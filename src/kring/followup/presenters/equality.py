"""How a figure follows living conditions in the municipalities, in words that are right about chance."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from kring.followup.queries import Indicator

from . import numbers

Limits = tuple[float, float, float]


@dataclass(frozen=True)
class ByConditions:
    """A sentence, the measures with their limits, and what they rest on."""

    sentence: str
    measures: list[dict[str, str]]
    about: str


def by_conditions(one: Indicator) -> ByConditions | None:
    """Of the last year; None where the region brings no index, or too few municipalities are told."""
    kept = one.result.definition.get("equality")
    if not kept or kept["year"] != one.years[-1]:
        return None
    return ByConditions(
        sentence=_sentence(_limits(kept, "gap")),
        measures=_measures(kept, _apart(one.result.definition)),
        about=_("%(n)s kommuner, de vars värde visas. Index: %(source)s, %(year)s.")
        % {"n": kept["municipalities"], "source": kept["index_source"], "year": kept["index_year"]},
    )


def _limits(kept: Mapping[str, Any], name: str) -> Limits | None:
    found = [kept[f"{name}{end}"] for end in ("", "_lower", "_upper")]
    return None if None in found else (found[0], found[1], found[2])


def _sentence(gap: Limits | None) -> str:
    if gap is None:
        return _("Skillnaden går inte att räkna ut.")
    if gap[1] <= 0 <= gap[2]:
        return _("Skillnaden kan vara slump: osäkerheten rymmer också att det inte är någon skillnad.")
    if gap[0] > 0:
        return _(
            "Värdet är högre där levnadsvillkoren är svårast. Skillnaden är större än slumpen brukar ge."
        )
    return _("Värdet är lägre där levnadsvillkoren är svårast. Skillnaden är större än slumpen brukar ge.")


def _apart(definition: Mapping[str, Any]) -> str:
    """The unit of a difference."""
    return _("procentenheter") if definition["unit"] == "procent" else numbers.unit(definition)


def _measures(kept: Mapping[str, Any], apart: str) -> list[dict[str, str]]:
    told = (
        (_("Femtedelen med svårast villkor mot den med bäst: skillnad"), "gap", apart),
        (_("Samma som kvot"), "ratio_of_gap", _("gånger")),
        (_("Längs hela skalan: skillnad mellan ändarna"), "slope", apart),
        (_("Samma som kvot"), "relative", _("gånger")),
    )
    return [{"label": label, "value": _value(_limits(kept, name), unit)} for label, name, unit in told]


def _value(limits: Limits | None, unit: str) -> str:
    if limits is None:
        return _("Går inte att räkna ut")
    digits = 1 if max(map(abs, limits)) >= 2 else 2
    value, low, high = (numbers.number(one, digits) for one in limits)
    return _("%(value)s %(unit)s (95 %% osäkerhet: %(low)s till %(high)s)") % {
        "value": value,
        "unit": unit,
        "low": low,
        "high": high,
    }
