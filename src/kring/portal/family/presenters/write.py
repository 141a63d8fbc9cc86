"""Pages with one question to write an answer to."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _


@dataclass(frozen=True)
class WritePage:
    """A question, who reads the answer, and the button."""

    title: str
    lead: str
    who_sees: str
    send: str
    back: str


def request_page(child: Any) -> WritePage:
    """Asking for a plan."""
    return WritePage(
        title=_("Be om en plan"),
        lead=_("En samordnad individuell plan (SIP) samlar alla som hjälper barnet. Den kostar ingenting."),
        who_sees=_("Bara den du väljer får din fråga. Ingen annan ser planen förrän ni har sagt ja."),
        send=_("Skicka frågan"),
        back=reverse("family-plan", args=[child.pk]),
    )


def propose_page(child: Any, plan: Any) -> WritePage:
    """Proposing a change."""
    return WritePage(
        title=_("Föreslå en ändring"),
        lead=_("Det ni skriver ändrar inte planen direkt. Den som håller i planen läser och hör av sig."),
        who_sees=_("%(unit)s läser det ni skriver.") % {"unit": plan.unit.name},
        send=_("Skicka förslaget"),
        back=reverse("family-plan", args=[child.pk]),
    )
