"""S76 «Snart 13 år»: what changes, when, for the guardian and for the child. What happens by itself is the
law's default; nothing here asks anybody to choose anything now.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext as _

from kring.access.policy import ages
from kring.design import days
from kring.secrecy.rules.turning import is_told


@dataclass(frozen=True)
class Column:
    """What changes for one of the two."""

    heading: str
    lines: Sequence[str]


@dataclass(frozen=True)
class TurningPage:
    """`on` is the birthday; `columns`: you, and your child."""

    title: str
    lead: str
    columns: Sequence[Column]
    kept: Sequence[str]
    extended: Sequence[str]
    later: Sequence[tuple[str, str]]


def turns_on(child: Any, today: date) -> date:
    """The day on which the pages close for guardians; of a partly known birth date the earliest one."""
    born = ages.Birth.of(child.birth_date, child.birth_precision).earliest
    return ages.birthday(born, ages.limit("guardian_e_access", today).years)


def is_soon(child: Any, today: date) -> bool:
    """Whether it is time to tell: from half a year before until the day itself."""
    return is_told(turns_on(child, today), today)


def turning_page(child: Any, today: date) -> TurningPage:
    """The whole page."""
    on = turns_on(child, today)
    told = {
        "name": child.given_name,
        "years": ages.limit("guardian_e_access", today).years,
        "day": days.day(on),
        "last": days.day(on - timedelta(days=1)),
        "record": ages.limit("own_record", today).years,
        "adult": ages.limit("adult", today).years,
    }
    return TurningPage(
        title=_("%(name)s fyller snart %(years)s år") % told,
        lead=_("Det här ändras av sig självt %(day)s. Ni behöver inte göra något.") % told,
        columns=(_you(told), _child(told)),
        kept=_kept(told),
        extended=_extended(told),
        later=_later(child, today),
    )


def _you(told: dict[str, Any]) -> Column:
    lines = (
        _("Du ser sidorna om %(name)s till och med %(last)s."),
        _("Sedan ser du det som %(name)s själv väljer att visa."),
        _(
            "Du är fortfarande vårdnadshavare. Ditt samtycke behövs tills %(name)s är mogen för frågan. "
            "Vården frågar dig vid ett besök eller i telefon, eller här om %(name)s visar planen för dig."
        ),
        _("Du kan ringa vården om %(name)s tills %(name)s fyller %(adult)s år."),
    )
    return Column(_("För dig"), [line % told for line in lines])


def _child(told: dict[str, Any]) -> Column:
    lines = (
        _("%(name)s får egna sidor med egen inloggning: plan, tider och meddelanden."),
        _("%(name)s bestämmer vad du ser, sak för sak, och kan ändra sig när som helst."),
        _("Du får inget meddelande när %(name)s ändrar."),
        _(
            "Journalen på nätet öppnas när %(name)s fyller %(record)s år, eller tidigare om vården "
            "bedömer att %(name)s är mogen för det."
        ),
    )
    return Column(_("För ditt barn"), [line % told for line in lines])


def _kept(told: dict[str, Any]) -> list[str]:
    lines = (
        _("Från %(day)s kan %(name)s låta dig se planen, tiderna, meddelandena eller hur %(name)s mår."),
        _("Det är %(name)s eget val, och det är lika rätt att inte dela."),
        _("Prata gärna om det innan. Ni kan läsa den här sidan tillsammans."),
    )
    return [line % told for line in lines]


def _extended(told: dict[str, Any]) -> list[str]:
    lines = (
        _(
            "Har %(name)s till exempel en funktionsnedsättning kan en enhet låta dig läsa journalen där även "
            "efteråt."
        ),
        _("Enhetens chef beslutar, och %(name)s ska vara med på det. Det gäller bara den enheten."),
        _("Det slutar senast när %(name)s fyller %(record)s år."),
        _("Fråga enheten om det kan passa er."),
    )
    return [line % told for line in lines]


def _later(child: Any, today: date) -> list[tuple[str, str]]:
    table = (
        ("guardian_e_access", _("Egna sidor och egen inloggning")),
        ("own_record", _("Läser sin journal på nätet")),
        ("adult", _("Vuxen: bestämmer själv i allt")),
    )
    limits = [(ages.limit(key, today).years, text) for key, text in table]
    return [(days.day(ages.birthday(child.birth_date, years)), text) for years, text in limits]
