"""The words of the pages with one form: title, lead, button and the way back."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from kring.design.addresses import address

Words = dict[str, Any]

# part -> (title, what stands under it, the fields)
PARTS: dict[str, tuple[Any, Any, Sequence[str]]] = {
    "viktigt": (
        gettext_lazy("Vad är viktigt för dig?"),
        gettext_lazy("Barnets egna ord står först i planen. Ändra inte i dem."),
        ("what_matters",),
    ),
    "nulage": (gettext_lazy("Nuläget"), "", ("situation",)),
    "insatser": (gettext_lazy("Vilka insatser som behövs"), "", ("needed_efforts",)),
    "andra": (gettext_lazy("Vad någon annan gör"), "", ("other_measures",)),
    "ansvar": (
        gettext_lazy("Vem som har ansvaret"),
        gettext_lazy("En huvudman har det övergripande ansvaret, och en person är samordnare."),
        ("overall_responsible_id", "coordinator_id"),
    ),
    "tidiga-tecken": (gettext_lazy("Tidiga tecken"), "", ("early_signs",)),
}


def fields_of(part: str) -> Sequence[str]:
    if part not in PARTS:
        raise Http404
    return PARTS[part][2]


def words(plan: Any, title: Any, button: Any, lead: Any = "", **more: Any) -> Words:
    back = reverse("plan-page", args=[plan.pk])
    page = {
        "title": title,
        "lead": lead,
        "button": button,
        "back": back,
        "back_words": _("Tillbaka till planen"),
    }
    return page | more


def start(child_id: UUID) -> Words:
    back = address("child", child_id=child_id) or reverse("plan", args=[child_id])
    return {
        "title": _("Starta en samordnad individuell plan (SIP)"),
        "lead": _("Det räcker att en verksamhet ser behovet. De andra kan inte säga nej till att delta."),
        "button": _("Starta planen"),
        "back": back,
        "back_words": _("Tillbaka till barnets sida"),
    }


def part(plan: Any, name: str) -> Words:
    title, lead, _fields = PARTS[name]
    return words(plan, title, _("Spara"), lead)


def accept(plan: Any) -> Words:
    asked = plan.get_requested_by_display().lower()
    lead = _("Planen är önskad av: %(who)s. När ni beslutar att göra den stannar klockan för start.") % {
        "who": asked
    }
    decline_href = reverse("plan-decline", args=[plan.pk])
    also = {"href": decline_href, "label": _("Planen ska inte göras")}
    return words(
        plan, _("Ska planen göras?"), _("Ja, starta planen"), lead, also=also, quote=plan.what_matters
    )


def decline(plan: Any) -> Words:
    lead = _("Ni får bara undantagsvis säga nej till en plan som någon har bett om.")
    return words(plan, _("Planen görs inte"), _("Spara att planen inte görs"), lead)


def parties(plan: Any, asked: str, n: int) -> Words:
    found = ngettext("%(n)s verksamhet hittades.", "%(n)s verksamheter hittades.", n) % {"n": n}
    nobody = _(
        "Ingen verksamhet har ett sådant namn, eller så är den redan med. Sök på en annan del av namnet."
    )
    lead = _("Den ser ingenting förrän familjen har sagt ja till just den.")
    said = (found if n else nobody) if asked else ""
    return words(plan, _("Bjud in en verksamhet"), _("Bjud in"), lead, found=said)


def unit_choice(unit: Any) -> str:
    place = unit.municipality.name if unit.municipality else unit.controller.name
    return f"{unit.name}, {place}"


def leave(plan: Any) -> Words:
    lead = _("Planen stängs för verksamheten direkt. Det den själv har skrivit står kvar.")
    return words(plan, _("Ska verksamheten lämna planen?"), _("Lämna planen"), lead)


def nothing_now(plan: Any) -> Words:
    lead = _("Då ser alla att ni är med, fast ni inte gör något just nu.")
    return words(plan, _("Vi gör inget just nu"), _("Spara"), lead)


def contact(plan: Any, unit: str) -> Words:
    lead = _("Familjen och de andra i planen ser namnet och enhetens telefon.")
    return words(plan, _("Kontakt hos %(unit)s") % {"unit": unit}, _("Spara"), lead)


def withdraw(plan: Any) -> Words:
    lead = _("Planen stängs direkt för de verksamheter som samtycket öppnade den för.")
    page = words(plan, _("Ta tillbaka samtycket?"), _("Ta tillbaka samtycket"), lead)
    return page | {
        "back": reverse("plan-consent", args=[plan.pk]),
        "back_words": _("Tillbaka till samtycket"),
    }
