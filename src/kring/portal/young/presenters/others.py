"""S91 «Vad andra ser»: a table of people and things, each cell with its rule in words, and the young person's
own choice where the law leaves it one.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kring.access.policy.family import BLOCKED, GUARDIAN_PROTECTED, OTHER_PROTECTED
from kring.access.policy.parties import PARTIES, Sector
from kring.access.policy.plans import CONSENTED, DRAFT, NOT_DISCLOSED
from kring.access.policy.same_provider import ROW_1
from kring.children.models import YoungShare
from kring.children.presenters import guardian_name
from kring.design import days
from kring.secrecy.queries.shares import RECORD, THINGS

from .to_you import to_you

WORDS = {**dict(YoungShare.Thing.choices), RECORD: gettext_lazy("Min journal")}
UNSAID = frozenset({BLOCKED.id, GUARDIAN_PROTECTED.id, OTHER_PROTECTED.id})
"""Rules that a guardian is not to notice. Somebody may look over one's shoulder: why is told by voice."""
CHOOSE_BEFORE_OTHERS = "8.2.2.choice"
OWN_LISTS = "lists.care"
OWN_CHILDREN = "8.1.own_unit"


@dataclass(frozen=True)
class Shown:
    """A cell: a word with its icon, the rule, and where to change it when one decides oneself."""

    tone: str
    word: str
    icon: str
    rule: str
    href: str = ""
    change: str = ""


@dataclass(frozen=True)
class Column:
    """Somebody who sees or does not see: a person or a unit, and what they are."""

    name: str
    more: str


@dataclass(frozen=True)
class Line:
    """One kind of thing, with a cell for each column."""

    label: str
    cells: Sequence[Shown]


@dataclass(frozen=True)
class Matrix:
    """People across, things down; the cells of a line in the order of the columns."""

    columns: Sequence[Column]
    lines: Sequence[Line]


@dataclass(frozen=True)
class OthersPage:
    """The guardians first, whom one decides about; then those who help one."""

    guardians: Matrix
    units: Matrix


def others_page(found: Any) -> OthersPage:
    """The whole page."""
    return OthersPage(
        Matrix(
            [Column(guardian_name(one.guardian), _("Vårdnadshavare")) for one in found.guardians],
            _lines([_of_guardian(one) for one in found.guardians]),
        ),
        _units(found),
    )


def _units(found: Any) -> Matrix:
    """Those who see exactly the same stand in one column, so that the table stays narrow."""
    alike: dict[tuple[Shown, ...], list[Any]] = {}
    for one in found.units:
        alike.setdefault(tuple(_of_unit(one, found).values()), []).append(one.unit)
    columns = [Column(", ".join(unit.name for unit in units), _kinds(units)) for units in alike.values()]
    return Matrix(columns, _lines([dict(zip(THINGS, cells, strict=True)) for cells in alike]))


def _kinds(units: Sequence[Any]) -> str:
    return units[0].get_kind_display() if len(units) == 1 else ""


def _lines(columns: Sequence[dict[str, Shown]]) -> list[Line]:
    return [Line(str(WORDS[thing]), [column[thing] for column in columns]) for thing in THINGS]


def _sees(rule: str) -> Shown:
    return Shown("good", _("Ser"), "eye", rule)


def _sees_not(rule: str) -> Shown:
    return Shown("lock", _("Ser inte"), "eye-off", rule)


def _sees_own(rule: str) -> Shown:
    return Shown("neutral", _("Ser bara det egna"), "note", rule)


def _nothing_yet(why: str) -> Shown:
    return Shown("neutral", _("Inget än"), "ring", why)


def _of_guardian(one: Any) -> dict[str, Shown]:
    return {cell.thing: _guardian_cell(one.guardian, cell) for cell in one.cells}


def _guardian_cell(guardian: Any, cell: Any) -> Shown:
    if cell.rule in UNSAID:
        return _sees_not(_("Ser inget av dina sidor på nätet. Fråga din mottagning om du vill veta varför."))
    shown = _sees(to_you(cell.rule)) if cell.sees else _sees_not(to_you(cell.rule))
    if not cell.chosen_by_young:
        return shown
    place = reverse("young-share") + "?" + urlencode({"vem": guardian.pk, "vad": cell.thing})
    change = _("Sluta visa") if cell.sees else _("Visa")
    return Shown(shown.tone, shown.word, shown.icon, shown.rule, place, change)


def _of_unit(one: Any, found: Any) -> dict[str, Shown]:
    care = PARTIES[Sector(one.unit.sector)].care_provider
    return {
        "plan": _plan(one, found.plan),
        "appointment": _sees(to_you(CONSENTED.id)) if "appointment" in one.told else _times(care),
        "message": _messages(one, found),
        "mood_answer": _mood(one, care, any(unit.asks for unit in found.units)),
        RECORD: _sees_own(to_you(ROW_1.id)) if care else _sees_not(_outside_care(one.unit)),
    }


def _plan(one: Any, plan: Any) -> Shown:
    if plan is None:
        return _nothing_yet(_("Du har ingen plan än."))
    if plan.status == "draft":
        return _sees(to_you(DRAFT.id)) if one.keeps else _sees_not(to_you(DRAFT.id))
    shown = one.keeps or "plan" in one.told
    return _sees(to_you(CONSENTED.id)) if shown else _sees_not(to_you(NOT_DISCLOSED.id))


def _times(care: bool) -> Shown:
    return _sees_own(to_you(OWN_LISTS if care else OWN_CHILDREN))


def _messages(one: Any, found: Any) -> Shown:
    if one.writes:
        return _sees_own(_("Enheten ser det som du och den har skrivit till varandra."))
    if any(unit.writes for unit in found.units):
        return _sees_not(_("Bara den enhet du skriver med ser det."))
    return _nothing_yet(_("Du har inga meddelanden än. Bara den enhet du skriver med ser dem."))


def _mood(one: Any, care: bool, asked: bool) -> Shown:
    if not asked:
        return _nothing_yet(_("Ingen frågar hur du mår här just nu."))
    if one.asks:
        return _sees(to_you(ROW_1.id))
    return _sees_not(to_you(CHOOSE_BEFORE_OTHERS) if care else _outside_care(one.unit))


def _outside_care(unit: Any) -> str:
    return to_you(PARTIES[Sector(unit.sector)].rule.id)


@dataclass(frozen=True)
class ShareCheck:
    """The page that asks once more: what happens, to whom, and what nobody is told."""

    heading: str
    effects: Sequence[str]
    button: str
    want: str


def share_check(guardian: Any, cell: Any, since: date | None = None) -> ShareCheck:
    """Before anything changes; `since`: the day from which it is chosen, when that is yet to come (S76)."""
    told = {"name": guardian_name(guardian), "what": str(WORDS[cell.thing])}
    quiet = _("%(name)s får inget meddelande om att du ändrat.") % told
    back = _("Du kan ändra tillbaka när du vill.")
    effect = _effect(cell.sees, told, since)
    if cell.sees:
        stop = _("Sluta visa")
        return ShareCheck(_("Sluta visa %(what)s för %(name)s?") % told, [effect, quiet, back], stop, "stop")
    effects = [effect, quiet, back, *_more(cell.thing)]
    return ShareCheck(_("Visa %(what)s för %(name)s?") % told, effects, _("Visa"), "show")


def _effect(sees: bool, told: dict[str, str], since: date | None) -> str:
    if since is None:
        now = _("%(name)s ser det inte längre, från och med nu.")
        return (now if sees else _("%(name)s ser det från och med nu, på Mina sidor.")) % told
    then = _("%(name)s ser det inte från %(day)s.") if sees else _("%(name)s ser det från %(day)s.")
    return then % (told | {"day": days.plain_day(since)})


def _more(thing: str) -> list[str]:
    texts = {
        "plan": _("I planen står också vilka som hjälper dig och vad ni har bestämt."),
        "appointment": _("I tiderna står också var du ska vara och när."),
        "mood_answer": _("Det gäller också det du redan har svarat, om du inte valde bort det i svaret."),
        "message": _(
            "Det gäller också det du redan har skrivit och fått svar på, om du inte valde bort det."
        ),
    }
    return [texts[thing]] if thing in texts else []


def share_done(guardian: Any, cell: Any, *, shown: bool, since: date | None = None) -> str:
    """What has happened, or will on the day `since`, said on the page one comes back to."""
    told = {"name": guardian_name(guardian), "what": str(WORDS[cell.thing])}
    if since:
        chosen = _("Ditt val är sparat: %(what)s. %(effect)s")
        return chosen % (told | {"effect": _effect(not shown, told, since)})
    if shown:
        return _("Nu ser %(name)s %(what)s. Ingen har fått något meddelande.") % told
    return _("Nu ser %(name)s inte längre %(what)s. Ingen har fått något meddelande.") % told
