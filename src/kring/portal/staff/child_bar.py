"""The context bar: on every page about a child, who it is and how it communicates (ux.md c1)."""

from dataclasses import dataclass
from datetime import date
from typing import Protocol
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kring.access.actors import Actor
from kring.access.permissions import Permission
from kring.portal.places import address

from .ages import age

TINTS = 6


class ChildFacts(Protocol):
    """What the bar needs of a child."""

    pk: UUID
    birth_date: date
    protection: str
    communication: str
    name: str


@dataclass(frozen=True)
class ChildBar:
    """Ready strings for `parts.context_bar`. `tint` is the child's own colour, so that two tabs differ."""

    name: str
    age: str
    number: str
    communication: str
    coordinator: str
    contact: str
    tint: int
    protected: str


@dataclass(frozen=True)
class SideLink:
    """One place of the child's own list to the left."""

    label: str
    href: str
    current: bool
    icon: str


def bar_of(
    child: ChildFacts, today: date, *, number: str = "", coordinator: str = "", contact: str = ""
) -> ChildBar:
    """The bar of one child. `number` as stored, twelve digits or the issuer's own form."""
    protected = child.protection != "none"
    return ChildBar(
        name=child.name,
        age=age(child.birth_date, today),
        number=_with_hyphen(number),
        communication=child.communication,
        coordinator=coordinator,
        contact="" if protected else contact,
        tint=child.pk.int % TINTS + 1,
        protected=rules_of_protection() if protected else "",
    )


def rules_of_protection() -> str:
    """What the banner of a protected child says to the one who opened it."""
    return _(
        "Lämna inte ut adress, telefon, skola, enhet, tid eller plats. Utskrift, kalenderfil och aviseringar "
        "är avstängda."
    )


def _with_hyphen(number: str) -> str:
    return f"{number[:8]}-{number[8:]}" if len(number) == 12 and number.isdecimal() else number


SIDE = (
    ("child", gettext_lazy("Översikt"), "home", Permission.SEE_CHILD),
    ("plan", gettext_lazy("Plan"), "plan", Permission.SEE_PLAN),
    ("child-contacts", gettext_lazy("Kontakter"), "calendar", Permission.SEE_APPOINTMENTS),
    ("child-events", gettext_lazy("Händelser"), "history", Permission.SEE_PLAN),
    ("child-access", gettext_lazy("Vem ser vad"), "eye", Permission.SEE_ACCESS_MATRIX),
)


def side_links(actor: Actor, child_id: UUID, here: str) -> list[SideLink]:
    """The child's places that the actor's role opens; those that nobody has built are left out."""
    mine = [(name, label, icon) for name, label, icon, permission in SIDE if actor.may(permission)]
    found = [(name, label, address(name, child_id=child_id), icon) for name, label, icon in mine]
    return [SideLink(str(label), href, name == here, icon) for name, label, href, icon in found if href]
