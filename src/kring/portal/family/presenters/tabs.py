"""The four parts of S71."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _


@dataclass(frozen=True)
class Tab:
    """One of the four parts."""

    label: str
    href: str
    current: bool


def tabs(child: Any, here: str) -> list[Tab]:
    """Plan, Patientkontrakt, SIP, Historik; the tabs are addresses."""
    table = (
        (_("Plan"), "family-plan"),
        (_("Patientkontrakt"), "family-agreement"),
        (_("SIP"), "family-sip"),
        (_("Historik"), "family-history"),
    )
    return [Tab(label, reverse(name, args=[child.pk]), name == here) for label, name in table]
