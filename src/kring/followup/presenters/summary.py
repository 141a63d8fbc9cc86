"""Every indicator in a row with the two icons of its control chart: what to look closer at first."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kring.followup.queries import Indicator
from kring.followup.rules.change import Judgement

from . import control, deciding, indicator, numbers

SHOWN = {
    "": (gettext_lazy("Alla mått"), None),
    "forsamring": (gettext_lazy("Försämring"), Judgement.WORSE),
    "forbattring": (gettext_lazy("Förbättring"), Judgement.BETTER),
    "forandring": (gettext_lazy("Förändring"), Judgement.CHANGED),
}
"""What may be chosen to be shown, as the address says it."""


@dataclass(frozen=True)
class Row:
    """An indicator: its last value and target, its two icons, and the way to its chart."""

    name: str
    href: str
    told: numbers.Shown
    unit: str
    year: int
    goal: str
    icons: control.Icons
    judgement: Judgement


def rows(found: Sequence[Indicator], place: str, chosen: str, *, staff: bool) -> list[Row]:
    """The indicators by name; of those, what `chosen` of SHOWN says. `staff`: links to where one decides."""
    every = [_row(one, place, staff=staff) for one in found]
    wanted = SHOWN.get(chosen, SHOWN[""])[1]
    return [one for one in every if wanted is None or one.judgement is wanted]


def _row(one: Indicator, place: str, *, staff: bool) -> Row:
    cells, found = one.series(municipality=place), control.changed(one, place)
    last = next((cell for cell in cells if cell.year == one.years[-1]), None)
    return Row(
        name=one.result.definition["name"],
        href=deciding.address(one, place) if staff else indicator.address(one.result.slug, place),
        told=numbers.shown(last),
        unit=numbers.unit(one.result.definition),
        year=one.years[-1],
        goal=control.goal(one, place),
        icons=control.icons(found),
        judgement=found.judgement,
    )


def choices(names: Mapping[str, str], place: str, chosen: str) -> dict[str, Any]:
    """What the address chooses among."""
    return {
        "places": [("", _("Hela regionen")), *names.items()],
        "place": place,
        "kinds": [(key, str(word)) for key, (word, _judgement) in SHOWN.items()],
        "chosen": chosen if chosen in SHOWN else "",
    }


def how_many(found: Sequence[Row], every: int) -> str:
    """What stands over the table."""
    return _("Visar %(n)s av %(all)s mått.") % {"n": len(found), "all": every}
