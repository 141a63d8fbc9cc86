"""Words for what a row of the log says: what was done, with which part, and why it was open."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from kring.access.policy.catalogue import sentence
from kring.access.reviewing import PURPOSE
from kring.access.roles import ROLES
from kring.audit.models import AccessLogRow
from kring.log_review.rules.acts import is_emergency

ACTS: Mapping[str, object] = MappingProxyType(
    {
        "read": gettext_lazy("Läste: %(parts)s"),
        "list": gettext_lazy("Såg i en lista: %(parts)s"),
        "search": gettext_lazy("Sökte: %(parts)s"),
        "write": gettext_lazy("Skrev i: %(parts)s"),
        "print": gettext_lazy("Skrev ut: %(parts)s"),
        "export": gettext_lazy("Hämtade som fil: %(parts)s"),
        "import": gettext_lazy("Läste in: %(parts)s"),
    }
)
"""In the order in which one reading tells what was done."""

PARTS: Mapping[str, object] = MappingProxyType(
    {
        "plan": gettext_lazy("planen"),
        "meetings": gettext_lazy("möten"),
        "record": gettext_lazy("journalen"),
        "contacts": gettext_lazy("tider"),
        "contact": gettext_lazy("vem som håller ihop vården"),
        "close_person": gettext_lazy("vilka som är nära barnet"),
        "visit": gettext_lazy("tider"),
        "same_day": gettext_lazy("tider"),
        "child.events": gettext_lazy("händelser"),
        "child.access": gettext_lazy("vem som ser vad"),
        "child": gettext_lazy("barnets sida"),
        "search": gettext_lazy("barnet"),
        "worklist": gettext_lazy("arbetslistan"),
        "week": gettext_lazy("arbetslistan"),
        "task": gettext_lazy("uppgifter att göra"),
        "protected": gettext_lazy("skyddade uppgifter"),
        "log_review": gettext_lazy("loggen"),
        "log": gettext_lazy("vem som har läst"),
        "emergency": gettext_lazy("uppgifter i nöd"),
        "consent": gettext_lazy("samtycke"),
        "block": gettext_lazy("spärrar"),
        "maturity": gettext_lazy("mognad"),
        "guardian": gettext_lazy("vårdnadshavares tillgång"),
        "mood": gettext_lazy("hur barnet mår"),
        "message": gettext_lazy("meddelanden"),
        "family": gettext_lazy("barnets sidor"),
        "own": gettext_lazy("barnets sidor"),
        "register": gettext_lazy("vilka som finns runt barnet"),
    }
)
"""What begins `AccessLogRow.what` -> the part; anything else is «uppgifter om barnet»."""

WHY: Mapping[str, object] = MappingProxyType(
    {
        "8.2.1": gettext_lazy("Enheten är med i barnets vård."),
        "8.1.own_unit": gettext_lazy("Enheten är med i stödet till barnet."),
        "8.2.2": gettext_lazy("En annan enhets uppgifter visades efter ett aktivt val."),
        "8.2.5.open": gettext_lazy("Öppnades i nöd, för barnets liv eller hälsa."),
        "8.3.4.open": gettext_lazy("Öppnades i nöd, för barnets liv eller hälsa."),
        "lists.log_review": gettext_lazy("Granskning av vem som har läst."),
        "register.file": gettext_lazy("Lästes in från folkbokföringen eller en annan lista."),
        "import.source": gettext_lazy("Lästes in från ett annat system."),
        "plan.disclosed": gettext_lazy("Planen delas med enheten."),
    }
)
"""A rule as the family needs to hear it; other rules say it in their own sentence."""


def part_of(what: str) -> str:
    """The part of the child's information that a row is about, in a word."""
    found = next((words for begins, words in PARTS.items() if what.startswith(begins)), None)
    return str(found) if found else _("uppgifter om barnet")


def done_in(rows: Sequence[AccessLogRow]) -> str:
    """What one reading did, «Läste: planen, tider. Skrev i: planen.»"""
    sentences = []
    for act, words in ACTS.items():
        parts = dict.fromkeys(part_of(row.what) for row in rows if row.action == act)
        if parts:
            sentences.append(str(words) % {"parts": ", ".join(parts)} + ".")
    return " ".join(sentences)


def why(rows: Sequence[AccessLogRow]) -> str:
    """Why it was open: the sentence of the rule, the emergency first."""
    first = min(rows, key=lambda row: not is_emergency(row.rule))
    if first.purpose == PURPOSE:
        return str(WHY["lists.log_review"])
    return str(WHY[first.rule]) if first.rule in WHY else sentence(first.rule)


def role_words(role: str) -> str:
    """A role as a title; the word for an unknown one tells nothing."""
    return _(ROLES[role].title) if role in ROLES else _("Personal")


def openings(n: int) -> str:
    return ngettext("%(n)s läsning", "%(n)s läsningar", n) % {"n": n}
