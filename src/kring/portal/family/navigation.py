"""The places of a guardian's pages, for one child: those that are open. The way to the other children stands
above them, and the ways to what is more seldom needed at the foot of «Hem».
"""

from collections.abc import Collection
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from kring.access.permissions import Permission
from kring.design.shells import NavItem


def places(child_id: UUID, here: str, opened: Collection[Permission], unread: int = 0) -> tuple[NavItem, ...]:
    """Hem, Planen, Tider and Meddelanden as far as they are `opened`; `here` is the name of the current
    place, `unread` how many threads hold something new.
    """
    table = (
        ("family-child", _("Hem"), "home", 0, Permission.SEE_OWN_FAMILY),
        ("family-plan", _("Planen"), "plan", 0, Permission.SEE_PLAN),
        ("family-times", _("Tider"), "calendar", 0, Permission.SEE_APPOINTMENTS),
        ("family-messages", _("Meddelanden"), "message", unread, Permission.SEE_MESSAGES),
    )
    return tuple(
        NavItem(label, reverse(name, args=[child_id]), name == here, icon, count)
        for name, label, icon, count, needs in table
        if needs in opened
    )


def only_record(child_id: UUID) -> tuple[NavItem, ...]:
    """The one place of a guardian who reads a unit's record and nothing more (förlängd tillgång)."""
    return (NavItem(_("Journal"), reverse("family-record", args=[child_id]), True, "document"),)
