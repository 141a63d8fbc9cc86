"""An indicator in a report: what it says, its table, its chart, and how it stands against the last report."""

from copy import copy
from dataclasses import asdict, replace
from typing import Any

from django.utils.translation import gettext as _

from kring.followup.presenters import indicator, words
from kring.followup.queries import Indicator
from kring.followup.rules.statuses import EVERYWHERE
from kring.reports.rules.comparing import MEANING, Facts
from kring.reports.rules.shape import kept


def until(one: Indicator, year: int) -> Indicator:
    """The indicator as it was known when `year` was the last one; what is decided of later years is left."""
    calculation = copy(one.calculation)
    calculation.last_year = year
    return replace(
        one,
        calculation=calculation,
        cells=tuple(cell for cell in one.cells if cell.year <= year),
        decisions=tuple(row for row in one.decisions if (row.year or year) <= year),
    )


def of_region(one: Indicator) -> Indicator:
    """The same without its municipalities."""
    return replace(one, cells=tuple(cell for cell in one.cells if cell.municipality == EVERYWHERE))


def content(found: Indicator, change: str) -> dict[str, Any]:
    """Everything that a report says about an indicator. `change`: a sentence about the last report."""
    one = of_region(found)
    headline, definition = indicator.headline(one), one.result.definition
    return {
        "name": definition["name"],
        "address": indicator.address_of(one.result.slug),
        "headline": {name: getattr(headline, name) for name in HEADLINE},
        "tags": tags(headline),
        "goal": headline.goal,
        "sentence": sentence(headline),
        "sure": headline.sure,
        "change": change,
        "years": [asdict(row) for row in indicator.years(one)],
        "chart": kept(indicator.chart(one)),
        "groups": [asdict(row) for row in indicator.groups(one)],
        "both_sides": indicator.both_sides(one),
        "definition": definition["how"],
        "numerator": definition["numerator"],
        "denominator": definition["denominator"],
        "caveat": definition["caveat"],
        "aim": words.aim(definition),
        "note": indicator.citation(one),
    }


HEADLINE = ("value", "unit", "kind", "year", "interval", "absent")


def tags(headline: indicator.Headline) -> list[list[str]]:
    """What the years are part of, and whether the target is met: word, tone and icon of each."""
    told = headline.icons
    return [
        [told.variation, told.tone, told.icon],
        *([[told.trial, "wait", "hourglass"]] if told.trial else []),
        *([[told.met, told.met_tone, told.met_icon]] if told.met else []),
    ]


def sentence(headline: indicator.Headline) -> str:
    """The year's figure with its interval, and what all the years say of chance."""
    told = {"year": headline.year, "value": headline.value, "unit": headline.unit, "kind": headline.kind}
    if headline.absent:
        said = _("För %(year)s visas inget tal: %(why)s.") % (told | {"why": _uncapitalised(headline.absent)})
    elif headline.interval:
        said = _(
            "%(year)s var det %(value)s %(unit)s (%(kind)s; 95 procents konfidensintervall %(interval)s)."
        ) % (told | {"interval": headline.interval})
    else:
        said = _("%(year)s var det %(value)s %(unit)s (%(kind)s).") % told
    return f"{said} {headline.words}"


def _uncapitalised(text: str) -> str:
    return text[:1].lower() + text[1:]


def facts(one: Indicator) -> dict[str, Any]:
    """What the next report needs to compare itself with."""
    definition = one.result.definition
    return {
        "version": one.result.version,
        "name": definition["name"],
        "definition": {name: definition.get(name) for name in MEANING},
        "years": {str(cell.year): [cell.value, cell.lower, cell.upper] for cell in one.series()},
    }


def facts_from(kept: dict[str, Any]) -> Facts:
    """The same, read again."""
    years = {year: tuple(figures) for year, figures in kept["years"].items()}
    return Facts(kept["version"], kept["definition"], years)
