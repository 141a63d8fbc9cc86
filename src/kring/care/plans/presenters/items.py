"""The words of the pages where needs, goals and activities are written."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .describe import Words, words
from .doing import doer

TITLES = {
    "need": (gettext_lazy("Lägg till behov"), gettext_lazy("Ändra behovet")),
    "goal": (gettext_lazy("Lägg till mål"), gettext_lazy("Ändra målet")),
    "activity": (gettext_lazy("Lägg till insats"), gettext_lazy("Ändra insatsen")),
}
LEADS = {
    "need": gettext_lazy("Ett behov i taget. Er verksamhet står som den som har skrivit det."),
    "goal": gettext_lazy("Ett mål i taget, med barnets ord först."),
    "activity": gettext_lazy("Vem gör vad till när? En insats i taget."),
}
REMOVALS = {
    "need": gettext_lazy("Ta bort behovet?"),
    "goal": gettext_lazy("Ta bort målet?"),
    "activity": gettext_lazy("Ta bort insatsen?"),
}


def page(plan: Any, kind: str, item: Any = None) -> Words:
    new, change = TITLES[kind]
    more: Words = {}
    if item is not None:
        remove = reverse("plan-remove", args=[kind, item.pk])
        more["also"] = {"href": remove, "label": _("Ta bort ur planen")}
    return words(plan, change if item else new, _("Spara"), LEADS[kind], **more)


def only_status(activity: Any) -> Words:
    """For the one who does what somebody else has written."""
    person, place = doer(activity)
    who = f"{person}, {place}" if place else person
    lead = _("%(what)s. Görs av %(who)s. Skrivet av %(by)s, som kan ändra resten.") % {
        "what": activity.what.rstrip("."),
        "who": who,
        "by": activity.unit.name if activity.unit else _("familjen"),
    }
    return {"title": _("Hur går det?"), "lead": lead, "also": None}


def removal(item: Any, kind: str) -> Words:
    text = getattr(item, {"need": "text", "goal": "words", "activity": "what"}[kind])
    lead = _("Det försvinner ur planen som den är nu. Versioner som redan är gjorda ändras inte.")
    return words(item.plan, REMOVALS[kind], _("Ta bort"), lead, quote=text, danger=True)


def goal_choices(content: Any) -> list[tuple[str, str]]:
    return [(str(row.goal.pk), row.goal.words[:80]) for row in content.goals]
