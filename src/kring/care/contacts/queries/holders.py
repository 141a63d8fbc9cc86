"""«Vem håller ihop vården?»: the people a family turns to."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from kring.access import gate
from kring.access.actors import Actor
from kring.access.facts import current
from kring.access.masks import hide
from kring.access.permissions import Permission
from kring.audit.models import Action
from kring.care.contacts.models import CareContact, Mandate
from kring.children.models import CareRelation, Child, Disclosure

ORDER = {"coordinator": 0, "named_care_contact": 1, "named_physician": 2}


@dataclass(frozen=True, kw_only=True)
class Card:
    """One to turn to. `name` is empty when a team is appointed; `deputy` answers when the person is away.

    `internal_note` is filled only for the unit that wrote it, never for the family. `mandate`: a
    coordinator's; of a protected child only for the unit that gave it, as its words tell of places.
    """

    id: UUID
    role: str
    role_words: str
    name: str
    title: str
    unit: str
    deputy: str
    phone: str
    phone_hours: str
    note: str
    internal_note: str
    contact: CareContact
    mandate: Mandate | None = None


def who_holds_together(actor: Actor, child_id: UUID) -> list[Card]:
    """Today's contacts around a child that the actor may know of, the coordinator first. The page logs the
    reading.
    """
    going = visible_contacts(actor, child_id).filter(current(actor.today))
    rows = list(going.select_related("child", "person", "deputy", "unit", "mandate"))
    for row in rows:
        hide(actor, row.child, row)
    return [_card(actor, row) for row in sorted(rows, key=_order)]


def _order(contact: CareContact) -> tuple[int, str, str]:
    return ORDER[contact.role], contact.starts_on.isoformat(), str(contact.pk)


def _card(actor: Actor, contact: CareContact) -> Card:
    return Card(
        id=contact.pk,
        role=contact.role,
        role_words=contact.get_role_display(),
        name=contact.person.name if contact.person else "",
        title=contact.person.title if contact.person else "",
        unit=contact.unit.name,
        deputy=contact.deputy.name if contact.deputy else "",
        phone=contact.phone or contact.unit.phone,
        phone_hours=contact.phone_hours or contact.unit.phone_hours,
        note=contact.external_note,
        internal_note=contact.internal_note if actor.unit_id == contact.unit_id else "",
        contact=_without_secrets(actor, contact),
        mandate=_mandate(actor, contact),
    )


def _mandate(actor: Actor, contact: CareContact) -> Mandate | None:
    if contact.child.protection != Child.Protection.NONE and actor.unit_id != contact.unit_id:
        return None
    return getattr(contact, "mandate", None)


def _without_secrets(actor: Actor, contact: CareContact) -> CareContact:
    if actor.unit_id != contact.unit_id:
        contact.internal_note = ""
    return contact


def visible_contacts(actor: Actor, child_id: UUID | None = None) -> "QuerySet[CareContact]":
    """Contacts that the actor may know of: the family all; staff their own provider's, and others' by
    consent.
    """
    rows = gate.rows_for(actor, _asks(actor), CareContact.objects.all(), child_id)
    if not actor.is_staff:
        return rows
    told = open_disclosures(actor, ("plan", "contact_details")).filter(child=OuterRef("child"))
    return rows.filter(Q(unit__controller_id=actor.controller_id) | Q(Exists(told)))


def _asks(actor: Actor) -> Permission:
    return Permission.SEE_CHILD if actor.is_staff else Permission.SEE_PLAN


def open_disclosures(actor: Actor, categories: tuple[str, ...]) -> "QuerySet[Disclosure]":
    """What is disclosed to the actor's unit now."""
    until = Disclosure.holding(actor.today)
    going = Disclosure.objects.filter(until, starts_at__lte=actor.now, ended_at__isnull=True)
    return going.filter(unit_id=actor.unit_id, category__in=categories)


def contacts_of(actor: Actor, child_id: UUID) -> list[Card]:
    """Every contact there has been around a child, latest first, with the reading logged."""
    return cards_of(actor, gate.child_or_404(actor, _asks(actor), child_id, what="contacts.list"))


def cards_of(actor: Actor, child: Child) -> list[Card]:
    """The same for a page that has logged the reading."""
    rows = visible_contacts(actor, child.pk).select_related("child", "person", "deputy", "unit", "mandate")
    rows = list(rows.order_by("-starts_on", "pk"))
    hide(actor, child, rows)
    return [_card(actor, row) for row in rows]


def children_without_contact(actor: Actor) -> "QuerySet[Child]":
    """Children whom the actor's unit meets today and who have no named care contact (patientlagen 6:2) at
    its care provider, by birth. Whoever shows them logs the list.
    """
    met = CareRelation.objects.filter(current(actor.today), unit_id=actor.unit_id)
    named = CareContact.objects.filter(
        current(actor.today),
        child=OuterRef("pk"),
        role=CareContact.Role.NAMED_CARE_CONTACT,
        unit__controller_id=actor.controller_id,
    )
    reached = gate.children_for(actor, Permission.APPOINT_CARE_CONTACT)
    return reached.filter(~Exists(named), pk__in=met.values("child")).order_by("birth_date", "pk")


def contact_or_404(actor: Actor, contact_id: UUID, *, what: str, permission: Permission) -> CareContact:
    """One contact, with the reading logged. Raises gate.Invisible or gate.NotAllowed."""
    rows = visible_contacts(actor).filter(child__in=gate.children_for(actor, permission))
    contact = rows.select_related("child", "unit", "person", "deputy").filter(pk=contact_id).first()
    if contact is None:
        child_id = CareContact.objects.filter(pk=contact_id).values_list("child_id", flat=True).first()
        raise gate.refusal(actor, permission, child_id or contact_id, what=what, object_id=str(contact_id))
    gate.reason_first(actor, contact.child)
    hide(actor, contact.child, contact)
    gate.log(actor, Action.READ, [contact.child_id], what=what, object_id=str(contact.pk))
    return _without_secrets(actor, contact)
