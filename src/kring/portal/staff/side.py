"""The child's own list to the left: its places, as a table."""

from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext_lazy

from kring.access.actors import Actor
from kring.access.permissions import Permission
from kring.design.addresses import address


@dataclass(frozen=True)
class SideLink:
    """One place of the child's own list to the left."""

    label: str
    href: str
    current: bool
    icon: str


SIDE = (
    ("child", gettext_lazy("Översikt"), "home", Permission.SEE_CHILD),
    ("plan", gettext_lazy("Plan"), "plan", Permission.SEE_PLAN),
    ("child-contacts", gettext_lazy("Kontakter"), "calendar", Permission.SEE_APPOINTMENTS),
    ("close-people", gettext_lazy("Nära barnet"), "people", Permission.SEE_CLOSE_PEOPLE),
    ("child-record", gettext_lazy("Journal"), "document", Permission.SEE_RECORD),
    ("child-mood-staff", gettext_lazy("Mående"), "heart", Permission.ASK_MOOD),
    ("child-messages", gettext_lazy("Meddelanden"), "message", Permission.ANSWER_MESSAGES),
    ("child-events", gettext_lazy("Händelser"), "history", Permission.SEE_PLAN),
    ("child-page-look", gettext_lazy("Barnets egna sidor"), "person", Permission.SET_LOOK),
    ("child-access", gettext_lazy("Vem ser vad"), "eye", Permission.SEE_ACCESS_MATRIX),
    ("officer-blocks", gettext_lazy("Spärrar att häva"), "unlock", Permission.LIFT_BLOCK),
    ("child-concern", gettext_lazy("Oro för barnet"), "flag", Permission.REPORT_CONCERN),
)


def side_links(actor: Actor, child_id: UUID, here: str) -> list[SideLink]:
    """The child's places that the actor's role opens; those that nobody has built are left out."""
    mine = [(name, label, icon) for name, label, icon, permission in SIDE if actor.may(permission)]
    found = [(name, label, address(name, child_id=child_id), icon) for name, label, icon in mine]
    return [SideLink(str(label), href, name == here, icon) for name, label, href, icon in found if href]
