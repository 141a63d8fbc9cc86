"""Choosing anew who reads: the text, how each reader meets it now, and how by the new choice."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kring.access.items import reaches_more
from kring.care.plans.rules.shown import NOTHING_CHOSEN, Readers

from . import shown
from .describe import Words

LEADS = {
    "meeting": gettext_lazy("Det som skrevs ned på mötet. Orden ändras inte, bara vilka som läser dem."),
    "follow_up": gettext_lazy(
        "Det som skrevs vid uppföljningen. Orden ändras inte, bara vilka som läser dem."
    ),
    "closure": gettext_lazy(
        "Det som skrevs när planen avslutades. Orden ändras inte, bara vilka som läser dem."
    ),
}
CHANGE = {
    "meeting": "meeting-readers",
    "follow_up": "plan-follow-up-readers",
    "closure": "plan-close-readers",
}


def page(kind: str, found: Any, today: date) -> Words:
    """The page before anything is chosen."""
    plan = found.row.plan
    after = ("meeting-after", found.row.pk) if kind == "meeting" else ("plan-follow-ups", plan.pk)
    return {
        "title": _("Ändra vem som läser"),
        "lead": LEADS[kind],
        "button": _("Spara"),
        "back": reverse(after[0], args=[after[1]]),
        "back_words": _("Tillbaka"),
        "now": _as_met(kind, found, vars(Readers.of(found.row)), today),
        "nothing": not found.texts,
    }


def preview(kind: str, found: Any, asked: Mapping[str, Any], today: date) -> Words:
    """How each reader will meet the text; `more`: somebody reads more than now."""
    return {
        "then": _as_met(kind, found, asked, today),
        "more": reaches_more(Readers.of(found.row), _choice(asked), today),
        "previewed": mark(asked),
    }


def mark(asked: Mapping[str, Any]) -> str:
    """What a form sends back to say that this choice has been shown."""
    return _choice(asked).mark


def _choice(asked: Mapping[str, Any]) -> Readers:
    return Readers(**{name: asked[name] for name in NOTHING_CHOSEN})


def _as_met(kind: str, found: Any, choice: Mapping[str, Any], today: date) -> list[shown.Seen]:
    said = {shown.SAYS[kind]: "\n\n".join(found.texts)}
    family = shown.preview(kind, {**said, **choice}, today)
    return [*family, shown.to_parties(choice["visibility"], said[shown.SAYS[kind]])]


def change_href(kind: str, key: Any, *, may: bool, texts: Any) -> str:
    """Where the choice is changed, for whoever may, when anything was written."""
    return reverse(CHANGE[kind], args=[key]) if may and any(texts) else ""
