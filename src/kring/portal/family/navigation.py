"""The four places of a guardian's pages, for one child. The way to the other children stands above them."""

from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from kring.design.addresses import address
from kring.design.shells import NavItem

SHARING = ("family-sharing", "family-readings")


def places(child_id: UUID, here: str) -> tuple[NavItem, ...]:
    """Hem, Planen, Tider and Delning; `here` is the name of the current place."""
    table = (
        ("family-child", _("Hem"), "home"),
        ("family-plan", _("Planen"), "plan"),
        ("family-times", _("Tider"), "calendar"),
    )
    mine = [NavItem(label, reverse(name, args=[child_id]), name == here, icon) for name, label, icon in table]
    return (*mine, _sharing(child_id, here))


def _sharing(child_id: UUID, here: str) -> NavItem:
    """What is shared, and who has read: two pages of one place."""
    readings = reverse("family-readings", args=[child_id])
    sharing = address("family-sharing", child_id=child_id)
    label = _("Delning") if sharing else _("Vem har läst")
    return NavItem(label, sharing or readings, here in SHARING, "eye")


def only_record(child_id: UUID) -> tuple[NavItem, ...]:
    """The one place of a guardian who reads a unit's record and nothing more (förlängd tillgång)."""
    return (NavItem(_("Journal"), reverse("family-record", args=[child_id]), True, "document"),)
