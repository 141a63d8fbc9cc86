"""The four places of a guardian's pages, for one child."""

from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from kring.design.shells import NavItem


def places(child_id: UUID, here: str) -> tuple[NavItem, ...]:
    """Hem, Planen, Tider and the way to the other children; `here` is the name of the current place."""
    table = (
        ("family-child", _("Hem"), "home"),
        ("family-plan", _("Planen"), "plan"),
        ("family-times", _("Tider"), "calendar"),
    )
    mine = [NavItem(label, reverse(name, args=[child_id]), name == here, icon) for name, label, icon in table]
    return (*mine, NavItem(_("Mina barn"), reverse("family-choose"), here == "family-choose", "together"))
