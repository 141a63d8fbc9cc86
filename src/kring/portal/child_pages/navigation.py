"""The places of the young's pages. Smaller children choose among pictures on their first page instead."""

from django.urls import reverse
from django.utils.translation import gettext as _

from kring.design.shells import NavItem

from .rules import YOUNG


def places(mode: str, here: str) -> tuple[NavItem, ...]:
    """Four places in U, none in B1 and B2; `here` is the name of the current place."""
    if mode != YOUNG:
        return ()
    table = (
        ("child-home", _("Min sida"), "home"),
        ("child-plan", _("Min plan"), "plan"),
        ("child-meeting", _("Mina möten"), "together"),
        ("young-others", _("Vad andra ser"), "eye"),
    )
    return tuple(NavItem(label, reverse(name), name == here, icon) for name, label, icon in table)
