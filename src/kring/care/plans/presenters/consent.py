"""Consent in words: each guardian's state, and the matrix of parties and kinds of information."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kring.access.policy.answers import BOARD, CHILD
from kring.care.plans.forms.consent import CATEGORIES
from kring.design import days

from .child import Names
from .disagreeing import Part, guidance


@dataclass(frozen=True)
class SignerWords:
    """One who is to answer: what has been answered, how, from when and through when."""

    name: str
    mark: str
    state: str
    how: str
    period: str
    record_href: str
    withdraw_href: str
    recorded: str = ""
    mature: str = ""


@dataclass(frozen=True)
class PartyRow:
    """One party's row: for each kind of information what each signer has said; `open` when it is shared."""

    name: str
    controller: str
    cells: list[tuple[str, bool, str]]
    own: bool


@dataclass(frozen=True)
class ConsentPage:
    mark: str
    title: str
    text: str
    valid: bool
    signers: list[SignerWords] = field(default_factory=list)
    heads: list[str] = field(default_factory=list)
    parties: list[PartyRow] = field(default_factory=list)
    guidance: tuple[Part, ...] = ()


def name_of(row: Any, names: Names) -> str:
    """Who is to answer: a guardian by name, the child, or the board."""
    return _("Socialnämnden") if row.signer == BOARD else names.of(row.guardian and row.guardian.pk)


def summary(consent: Any, names: Names) -> ConsentPage:
    """How consent stands, in one title and one sentence."""
    state = consent.standing.state
    missing = ", ".join(name_of(row, names) for row in consent.waiting_for)
    mark, title, text = _STANDINGS[state]()
    return ConsentPage(mark, title, text % {"who": missing} if state == "waiting" else text, state == "valid")


_STANDINGS = {
    "valid": lambda: (
        "done",
        _("Samtycke finns"),
        _("Alla som ska svara har sagt ja. Planen delas bara med dem som familjen har sagt ja till."),
    ),
    "waiting": lambda: (
        "waiting",
        _("Samtycke saknas"),
        _("Planen delas inte än. Svar väntas från: %(who)s."),
    ),
    "conflict": lambda: (
        "blocked",
        _("Någon har sagt nej"),
        _("Planen delas inte. Prata med familjen. Ett nej får inte gå att komma runt."),
    ),
    "board": lambda: (
        "nobody",
        _("Socialnämnden bestämmer"),
        _("Barnet är placerat. Nämndens beslut säger vem som samtycker. Planen delas inte härifrån än."),
    ),
    "no_signer": lambda: (
        "nobody",
        _("Ingen känd vårdnadshavare"),
        _("Det är inte känt vem som får samtycka för barnet. Fråga socialnämnden."),
    ),
}


def page(content: Any, names: Names, may_record: bool, today: date, child_row: Any = None) -> ConsentPage:
    """The whole consent page. `child_row`: the child's own place when nobody has asked it yet."""
    words = summary(content.consent, names)
    rows = [*content.consent.signers, *([child_row] if child_row else [])]
    signers = [_signer(content.plan, row, names, may_record, today) for row in rows]
    heads = [str(label) for _value, label in CATEGORIES]
    rows = [_party(content, party, names) for party in content.parties]
    disagree = guidance() if content.consent.standing.state == "conflict" else ()
    return ConsentPage(words.mark, words.title, words.text, words.valid, signers, heads, rows, disagree)


def _signer(plan: Any, row: Any, names: Names, may_record: bool, today: date) -> SignerWords:
    latest = row.latest
    mark, state = state_of(latest, row.holds, today)
    who = row.guardian.pk if row.guardian else WRITTEN[row.signer]
    going = latest is not None and latest.withdrawn_at is None and latest.state == "given"
    own = latest if row.signer == CHILD else None
    record = reverse("plan-consent-answer", args=[plan.pk, who])
    return SignerWords(
        name=name_of(row, names),
        mark=mark,
        state=state,
        how=latest.get_form_display() if latest else "",
        period=period(latest) if latest else "",
        recorded=recorded(latest) if latest else "",
        mature=_("Bedömt som moget för frågan. Barnet bestämmer själv.") if own and own.judged_mature else "",
        record_href=record if may_record else "",
        withdraw_href=reverse("plan-consent-withdraw", args=[latest.pk]) if may_record and going else "",
    )


def recorded(consent: Any) -> str:
    """Who wrote it in, and when; nothing for what was answered on the own pages."""
    if consent.form == "portal":
        return ""
    words = {"who": consent.documented_by.name, "day": days.day(days.local(consent.recorded_at))}
    return _("Inskrivet av %(who)s %(day)s") % words


def state_of(latest: Any, holds: bool, today: date) -> tuple[str, str]:
    """Ja, nej, ej tillfrågad, har fått veta, återtaget, slut: a kind of tag and its word."""
    if latest is None:
        return "waiting", _("Ej tillfrågad")
    if latest.state == "not_asked":
        return "waiting", _("Har fått veta, inte svarat")
    if latest.withdrawn_at:
        return "blocked", _("Återtaget")
    if latest.state == "refused":
        return "blocked", _("Nej")
    return ("done", _("Ja")) if holds else ("waiting", _("Har gått ut"))


def period(consent: Any) -> str:
    start = days.day(consent.starts_on)
    if consent.withdrawn_at:
        end = days.day_and_time(consent.withdrawn_at)
        return _("Från %(start)s, återtaget %(end)s") % {"start": start, "end": end}
    if consent.ends_on:
        return _("Från %(start)s till och med %(end)s") % {"start": start, "end": days.day(consent.ends_on)}
    return _("Från %(start)s, så länge planen pågår") % {"start": start}


def _party(content: Any, party: Any, names: Names) -> PartyRow:
    own = party.unit_id == content.plan.unit_id
    cells = []
    for value, label in CATEGORIES:
        is_open = own or (party.unit_id, value) in content.consent.cells
        said = "" if is_open else _said(content.consent.signers, (party.unit_id, value), names)
        cells.append((str(label), is_open, said))
    return PartyRow(party.unit.name, party.unit.controller.name, cells, own)


def _said(signers: Iterable[Any], cell: Any, names: Names) -> str:
    """Who has said yes to a cell that is not open yet."""
    yes = [row for row in signers if row.holds and cell in _cells(row.latest)]
    who = ", ".join(name_of(row, names) for row in yes)
    return _("Ja från %(who)s. Väntar på fler.") % {"who": who} if who else ""


def _cells(consent: Any) -> set[Any]:
    return {(scope.unit_id, scope.category) for scope in consent.scopes.all()}


def choices(parties: Iterable[Any], own_unit: Any) -> list[tuple[str, list[tuple[str, str]]]]:
    """The matrix as boxes: for each other party, the kinds of information. Grouped by party."""
    return [
        (party.unit.name, [(f"{party.unit_id}:{value}", str(label)) for value, label in CATEGORIES])
        for party in parties
        if party.unit_id != own_unit
    ]


def heads_and_rows(page: ConsentPage) -> list[dict[str, str]]:
    """The columns of the matrix, for the table macro."""
    return [{"label": _("Verksamhet")}, *({"label": head} for head in page.heads)]


BOTH = gettext_lazy("%(who)s svarar. Båda svaren är lika bra, och det går att ändra sig när som helst.")
ONLY_NO = gettext_lazy(
    "%(who)s svarar. Ett nej skriver du in här, och det gäller direkt. Ett ja skrivs in av den "
    "verksamhet som håller i planen."
)


WRITTEN = {CHILD: "barnet", BOARD: "namnden"}
"""How the signers who are no guardians are written in an address."""
BOARD_ANSWERS = gettext_lazy(
    "Beslutet om placeringen säger att socialnämnden samtycker. Ett ja skrivs in när nämndens skriftliga "
    "beslut finns. Vårdnadshavarna hörs, och med ett nej från dem delas inte planen."
)


def answer_page(content: Any, row: Any, names: Names, *, opens: bool = True) -> dict[str, Any]:
    """The words around one person's answer. `opens`: a yes may be written in here."""
    who = name_of(row, names)
    return {
        "title": _("Svar om samtycke"),
        "lead": BOARD_ANSWERS if row.signer == BOARD else (BOTH if opens else ONLY_NO) % {"who": who},
        "opens": opens,
        "button": _("Spara svaret"),
        "back": reverse("plan-consent", args=[content.plan.pk]),
        "back_words": _("Tillbaka till samtycket"),
        "parties": len(content.parties) - 1,
        "party_href": reverse("plan-party-add", args=[content.plan.pk]) if content.in_charge else "",
    }


def first(row: Any) -> dict[str, Any]:
    """What the form shows first: the cells of the answer that holds, never an answer."""
    if not row.holds:
        return {}
    return {"cells": [f"{unit}:{category}" for unit, category in _cells(row.latest)]}
