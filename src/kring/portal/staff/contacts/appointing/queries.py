"""Contacts around a child as staff meet them, and children who have none."""

from dataclasses import dataclass
from uuid import UUID

from kring.access import gate
from kring.access.actors import Actor
from kring.access.permissions import Permission
from kring.access.policy.doors import NOT_YOURS
from kring.audit.models import Action
from kring.care.contacts import queries as contacts
from kring.care.contacts.queries import Card, CareContact
from kring.children.models import Child
from kring.portal.staff.contacts.of_child import of_this_child

APPOINTS = Permission.APPOINT_CARE_CONTACT
PAGE = 50


@dataclass(frozen=True)
class Around:
    """The child and everyone who is or has been appointed, latest first."""

    child: Child
    cards: list[Card]


def around_child(actor: Actor, child_id: UUID) -> Around:
    """The page's content, with the reading logged."""
    child = gate.child_or_404(actor, Permission.SEE_CHILD, child_id, what="contact.page")
    return Around(child, contacts.cards_of(actor, child))


def to_appoint(actor: Actor, child_id: UUID) -> Around:
    """The same for whoever appoints."""
    child = gate.child_or_404(actor, APPOINTS, child_id, what="contact.form")
    return Around(child, contacts.cards_of(actor, child))


def contact_of(actor: Actor, child_id: UUID, contact_id: UUID) -> CareContact:
    """A contact of this child that the own unit has appointed, with the reading logged.

    Raises:
        gate.Invisible, gate.ReasonNeeded: as `gate.child_or_404`.
        gate.NotAllowed: another unit has appointed it.
    """
    row = contacts.contact_or_404(actor, contact_id, what="contact.form", permission=APPOINTS)
    of_this_child(actor, APPOINTS, row.child_id, child_id)
    if row.unit_id != actor.unit_id:
        raise gate.not_allowed(actor, NOT_YOURS.id, what="contact.form", object_id=str(row.pk))
    return row


@dataclass(frozen=True)
class Without:
    """One page of the unit's children without a named care contact, and how many they are in all."""

    children: list[Child]
    total: int
    page: int
    pages: int


def without_contact(actor: Actor, page: int) -> Without:
    """A page of them; every child on it is logged as listed."""
    found = contacts.children_without_contact(actor)
    total = found.count()
    pages = max(1, -(-total // PAGE))
    page = min(max(1, page), pages)
    children = list(found[(page - 1) * PAGE : page * PAGE])
    gate.log(actor, Action.LIST, [child.pk for child in children], what="contact.none")
    return Without(children, total, page, pages)
