"""The four parts of S71."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from kring.design.addresses import address


@dataclass(frozen=True)
class Tab:
    """One of the four parts."""

    label: str
    href: str
    current: bool


def sharing_tabs(child: Any, here: str) -> list[Tab]:
    """What is shared, and who has read; a part that nobody has built is left out."""
    table = ((_("Delning och samtycke"), "family-sharing"), (_("Vem har läst"), "family-readings"))
    found = [(label, name, address(name, child_id=child.pk)) for label, name in table]
    return [Tab(label, href, name == here) for label, name, href in found if href]


def tabs(child: Any, here: str) -> list[Tab]:
    """Plan, Patientkontrakt, SIP, Historik; the tabs are addresses."""
    table = (
        (_("Plan"), "family-plan"),
        (_("Patientkontrakt"), "family-agreement"),
        (_("SIP"), "family-sip"),
        (_("Historik"), "family-history"),
    )
    return [Tab(label, reverse(name, args=[child.pk]), name == here) for label, name in table]
