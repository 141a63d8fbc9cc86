"""The family's own part of the plan: the pages to write it, and how the plan went."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kring.design import days

from .deeds import Fact

TITLES = {
    "need": (gettext_lazy("Skriv vad barnet behöver"), gettext_lazy("Ändra det barnet behöver")),
    "goal": (gettext_lazy("Skriv ett eget mål"), gettext_lazy("Ändra målet")),
    "activity": (gettext_lazy("Skriv vad ni gör själva"), gettext_lazy("Ändra det ni gör")),
}
LEADS = {
    "need": gettext_lazy("Ett behov i taget. Det står i planen som familjens eget."),
    "goal": gettext_lazy("Ett mål i taget. Det står i planen som familjens eget."),
    "activity": gettext_lazy("En sak i taget. Det står i planen som familjens eget."),
}
REMOVALS = {
    "need": gettext_lazy("Ta bort det barnet behöver?"),
    "goal": gettext_lazy("Ta bort målet?"),
    "activity": gettext_lazy("Ta bort det ni gör?"),
}
TEXTS = {"need": "text", "goal": "words", "activity": "what"}


@dataclass(frozen=True)
class OwnPage:
    """A page with one form. `quote`: what it is about; `now`: what somebody else has written meanwhile."""

    title: str
    lead: str
    send: str
    back: str
    who_sees: str = ""
    quote: str = ""
    remove: str = ""
    now: Sequence[Fact] = ()


def write_page(plan: Any, kind: str, item: Any = None, now: Any = None) -> OwnPage:
    """Writing something of one's own, or changing it."""
    child_id = plan.child_id
    remove = reverse("family-own-remove", args=[child_id, kind, item.pk]) if item else ""
    return OwnPage(
        title=str(TITLES[kind][item is not None]),
        lead=str(LEADS[kind]),
        send=_("Spara i planen"),
        back=reverse("family-plan", args=[child_id]),
        who_sees=_("Alla som ser planen ser det ni skriver."),
        remove=remove,
        now=standing(kind, now) if now else (),
    )


def standing(kind: str, item: Any) -> list[Fact]:
    """An item as it stands now, for whoever wrote meanwhile."""
    said = [Fact(_("Så står det nu"), getattr(item, TEXTS[kind]))]
    if kind == "activity":
        said += [
            Fact(_("Hur ofta?"), item.when_words),
            Fact(_("Klart senast"), days.day(item.due_on) if item.due_on else ""),
            Fact(_("Hur går det?"), item.get_status_display()),
        ]
    if item.removed_at:
        said.append(Fact(_("Borttaget"), days.day_and_time(item.removed_at)))
    return [one for one in said if one.value]


def remove_page(item: Any, kind: str, now: Any = None) -> OwnPage:
    """Taking something of one's own out."""
    return OwnPage(
        title=str(REMOVALS[kind]),
        lead=_("Det försvinner ur planen som den är nu. Versioner som redan är gjorda ändras inte."),
        send=_("Ta bort"),
        back=reverse("family-plan", args=[item.plan.child_id]),
        quote=getattr(item, TEXTS[kind]),
        now=standing(kind, now) if now else (),
    )


def status_page(activity: Any, now: Any = None) -> OwnPage:
    """Saying how something goes."""
    return OwnPage(
        title=_("Hur går det?"),
        lead="",
        send=_("Spara"),
        back=reverse("family-plan", args=[activity.plan.child_id]),
        quote=activity.what,
        now=standing("activity", now) if now else (),
    )


@dataclass(frozen=True)
class Said:
    """What this guardian has answered before."""

    when: str
    lines: Sequence[str]


@dataclass(frozen=True)
class EvaluatePage:
    """How the plan went. `said`: one's own earlier answers, the latest first; they stay as they are."""

    title: str
    lead: str
    who_sees: str
    send: str
    back: str
    said: Sequence[Said] = ()


def evaluate_page(plan: Any, before: Sequence[Any], faces: Any) -> EvaluatePage:
    """The questions, and what one has answered before."""
    over = (
        _("Planen är avslutad.") if plan.is_over else _("Planen pågår fortfarande. Du kan svara igen sedan.")
    )
    return EvaluatePage(
        title=_("Hur har det gått med planen?"),
        lead=over,
        who_sees=_(
            "De verksamheter som är med i planen läser ditt svar. Barnet och andra i familjen ser det inte."
        ),
        send=_("Skicka svaret"),
        back=reverse("family-plan", args=[plan.child_id]),
        said=[_said(one, faces) for one in before],
    )


def _said(row: Any, faces: Any) -> Said:
    words = {int(value): str(word) for value, word in faces if value}
    lines = [
        _("Hur väl lyssnade de på er? %(answer)s") % {"answer": words[row.listened]} if row.listened else "",
        _("Hur mycket hjälpte planen? %(answer)s") % {"answer": words[row.helped]} if row.helped else "",
        row.words,
    ]
    return Said(days.day_and_time(row.said_at), [line for line in lines if line])
