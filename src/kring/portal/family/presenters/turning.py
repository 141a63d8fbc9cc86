"""S76 «Snart 13 år»: what changes, when, for the guardian and for the child, and what the guardian may ask to
go on seeing. What happens by itself is the law's default; the child answers on its own pages.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext as _

from kring.access.policy import ages
from kring.design import days
from kring.secrecy.rules.turning import chosen_ahead_for, closes_on

from .sharing import Check


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
    together: Sequence[str]
    extended: Sequence[str]
    later: Sequence[tuple[str, str]]


def turns_on(child: Any, today: date) -> date:
    """The day on which the pages close for guardians; of a partly known birth date the earliest one."""
    return closes_on(_birth(child), today)


def _birth(child: Any) -> ages.Birth:
    return ages.Birth.of(child.birth_date, child.birth_precision)


def is_soon(child: Any, today: date) -> bool:
    """Whether it is time to tell: from half a year before until the day itself."""
    return chosen_ahead_for(_birth(child), today) is not None


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
        together=_together(told),
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


def _together(told: dict[str, Any]) -> list[str]:
    lines = (
        _("Läs sidan tillsammans och prata om vad du ska få se från %(day)s."),
        _("%(name)s bestämmer, och det är lika rätt att inte dela. Utan svar ser du inget från %(day)s."),
        _("%(name)s svarar på sina egna sidor, helst senast %(last)s, och kan ändra sig när som helst."),
        _("Svaret står bara där. Du ser på födelsedagen vad %(name)s har valt att visa dig."),
    )
    return [line % told for line in lines]


def wish_check(child: Any, things: Sequence[str], back: str) -> Check:
    """Once more before the child is asked, or the question is taken back."""
    name = {"name": child.given_name}
    words = dict(wish_choices())
    lines = [
        _("Du frågar om att få se: %(what)s.") % {"what": ", ".join(words[one].lower() for one in things)}
    ]
    if not things:
        lines = [_("Du frågar inte efter något. Det du har frågat om förut tas bort.")]
    lines += [_("%(name)s ser vad du frågar om på sina egna sidor. Ingen annan får veta det.") % name]
    return Check(_("Stämmer det här?"), lines, _("Ja, spara"), back)


def wish_choices() -> list[tuple[str, str]]:
    """The kinds of things that a young person decides about, in the guardian's words."""
    return [
        ("plan", _("Planen")),
        ("appointment", _("Bokade tider")),
        ("message", _("Meddelanden")),
        ("mood_answer", _("Hur barnet mår")),
    ]


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
