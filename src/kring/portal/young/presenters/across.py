"""«Andra vårdgivares journal»: who of care may read what other care providers have written about one, told to
the young person itself, with its own answer when it decides.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from kring.access.policy.consents import Decider
from kring.design.alphabet import swedish

from .consent import Check, said_now, until
from .to_you import to_you


@dataclass(frozen=True)
class AcrossPage:
    """Who decides, what one has answered, who reads now; `answers`: there is something to answer about;
    `stop`: there is a yes of one's own to take back.
    """

    rule: str
    said: str
    tone: str
    reads: Sequence[str]
    who_is_told: str
    answers: bool
    decides: bool
    stop: str


def across_page(found: Any, own: Any) -> AcrossPage:
    """`found` is `deciding.Across`, `own` whose pages these are."""
    said, tone = said_now(found) if found.decides or found.mine else ("", "neutral")
    return AcrossPage(
        rule=_who_decides(found.consent.requirement.decider),
        said=said,
        tone=tone,
        reads=_reads(found),
        who_is_told=who_is_told(own),
        answers=found.decides and bool(found.units),
        decides=found.decides,
        stop=reverse("young-across-stop") if found.holds else "",
    )


def _who_decides(decider: Decider) -> str:
    words = {
        Decider.CHILD: _("Du bestämmer själv vilka som får läsa det andra vårdgivare har skrivit om dig."),
        Decider.BOARD: _("Socialnämnden bestämmer. Säg vad du tycker till någon som behandlar dig."),
    }
    theirs = _("Dina vårdnadshavare svarar. Du får säga vad du tycker till någon som behandlar dig.")
    return words.get(decider, theirs)


def _reads(found: Any) -> list[str]:
    if found.consent.standing.state == "conflict":
        return [to_you("8.6.conflict")]
    names = {scope.unit_id: scope.unit.name for row in found.consent.signers for scope in _scopes(row)}
    told = (names[unit_id] for unit_id, _category in found.consent.cells if unit_id in names)
    opened = sorted(told, key=swedish)
    lines = [_("%(unit)s får läsa det som andra vårdgivare har skrivit.") % {"unit": one} for one in opened]
    return lines or [_("Ingen har fått ett ja till att läsa det som andra vårdgivare har skrivit.")]


def _scopes(row: Any) -> Sequence[Any]:
    return row.latest.scopes.all() if row.latest else ()


def who_is_told(own: Any) -> str:
    """Who learns what one answers. Nobody gets a message."""
    if own.guardians_see:
        return _("Vården ser ditt svar. Vårdnadshavare som ser dina sidor ser också ditt svar.")
    return _("Vården ser ditt svar. Ingen vårdnadshavare får veta det här.")


def across_check(said: Mapping[str, Any], units: Mapping[str, str], own: Any) -> Check:
    """What an answer opens or closes, before it is given."""
    heading, told = _("Stämmer det här?"), who_is_told(own)
    if said["state"] == "refused":
        lines = [_("Du svarar nej."), *_stops(), _("Ditt nej gäller också om det är bråttom."), told]
        return Check(heading, lines, _("Ja, spara mitt nej"))
    chosen = [_("%(unit)s får läsa.") % {"unit": units[key]} for key in said["units"]]
    last = until(said["ends_on"]) if said["ends_on"] else _("Det gäller tills du säger stopp.")
    lines = [_("Du svarar ja."), *chosen, last, told, _("Du kan ändra dig när du vill.")]
    return Check(heading, lines, _("Ja, spara mitt ja"))


def stop_check(own: Any) -> Check:
    """Before one's own yes is taken back."""
    lines = [*_stops(), who_is_told(own), _("Du kan säga ja igen när du vill.")]
    return Check(_("Ta tillbaka ditt ja?"), lines, _("Ja, ta tillbaka mitt ja"))


def _stops() -> list[str]:
    return [
        _("De läser inget nytt från och med nu."),
        _("Varje vårdgivare läser ändå sin egen journal."),
    ]


def across_now(found: Any) -> dict[str, Any]:
    """Whom one has let read, to change. The answer itself is never chosen beforehand."""
    if not found.holds:
        return {}
    scopes = found.mine.scopes.all()
    return {"units": [str(scope.unit_id) for scope in scopes], "ends_on": found.mine.ends_on}
