"""Contacts around a child as ready strings."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kring.access.actors import Actor
from kring.access.permissions import Permission
from kring.care.contacts.presenters import mandate_lines
from kring.care.contacts.queries import Card, CareContact, Mandate
from kring.children.models import Child
from kring.children.presenters import age_in_list, name_in_list
from kring.design import days
from kring.organisations.models import Person
from kring.portal.staff.contacts.editing import Facts, Page
from kring.portal.staff.contacts.fields import ContactForm
from kring.portal.staff.secrecy.around import around

from .queries import Around, Without

COORDINATOR, NAMED = "coordinator", "named_care_contact"
Work = Callable[[ContactForm, int], str]


@dataclass(frozen=True)
class ContactCard:
    """One contact, with what its own unit may do about it."""

    title: str
    who: str
    state: str
    tone: str
    facts: list[str]
    mandate: list[str]
    acts: list[tuple[str, str]]


def page_context(actor: Actor, found: Around) -> dict[str, Any]:
    """Everything the list reads."""
    may = actor.may(Permission.APPOINT_CARE_CONTACT)
    return around(actor, found.child, "child-contacts") | {
        "contacts": [_card(actor, one) for one in found.cards],
        "appoint_href": reverse("appoint-contact", args=[found.child.pk]) if may else "",
        "missing": "" if _has_named(actor, found) else _("Ingen fast vårdkontakt är utsedd."),
    }


def _has_named(actor: Actor, found: Around) -> bool:
    return any(one.role == NAMED and _state(one.contact, actor.today)[0] == GOING for one in found.cards)


GOING, COMING, ENDED = "going", "coming", "ended"


def _state(row: CareContact, today: date) -> tuple[str, str, str]:
    """Whether it goes on, with its word and tone."""
    if row.starts_on > today:
        return COMING, _("Från %(day)s") % {"day": days.day(row.starts_on)}, "wait"
    if row.ends_on and row.ends_on < today:
        return ENDED, _("Avslutat %(day)s") % {"day": days.day(row.ends_on)}, "neutral"
    if row.ends_on:
        return GOING, _("Till och med %(day)s") % {"day": days.day(row.ends_on)}, "warn"
    return GOING, _("Sedan %(day)s") % {"day": days.day(row.starts_on)}, "good"


def _card(actor: Actor, one: Card) -> ContactCard:
    state, word, tone = _state(one.contact, actor.today)
    who = ", ".join(part for part in (one.name or _("Enhetens team"), one.title, one.unit) if part)
    facts = (
        " ".join(part for part in (one.phone, one.phone_hours) if part),
        _("Ersättare: %(name)s") % {"name": one.deputy} if one.deputy else "",
        one.note,
        _("Intern anteckning: %(note)s") % {"note": one.internal_note} if one.internal_note else "",
    )
    return ContactCard(
        title=str(one.role_words), who=who, state=word, tone=tone,
        facts=[fact for fact in facts if fact], mandate=mandate_lines(one.mandate),
        acts=_acts(actor, one) if state != ENDED else [],
    )  # fmt: skip


def _acts(actor: Actor, one: Card) -> list[tuple[str, str]]:
    """What the unit that appointed it may do."""
    row = one.contact
    if row.unit_id != actor.unit_id or not actor.may(Permission.APPOINT_CARE_CONTACT):
        return []
    keys = [row.child_id, row.pk]
    hand_over = reverse("appoint-contact", args=keys[:1]) + "?" + urlencode({"roll": one.role})
    mandate = [(_("Mandat"), reverse("contact-mandate", args=keys))] if one.role == COORDINATOR else []
    return [
        (_("Ändra"), reverse("change-contact", args=keys)),
        *mandate,
        (_("Lämna över"), hand_over),
        (_("Avsluta"), reverse("end-contact", args=keys)),
    ]


def people(colleagues: list[Person]) -> list[tuple[str, str]]:
    """Colleagues as choices, with their titles; protected staff go by their title alone."""
    return [(str(one.pk), _named(one)) for one in colleagues]


def _named(one: Person) -> str:
    return f"{one.name}, {one.title.lower()}" if one.title and not one.protected_identity else one.name


def role_from(text: str) -> dict[str, str]:
    """What an address fills in of the form; nothing when it says something else."""
    return {"role": text} if text in CareContact.Role.values else {}


def appoint_page(actor: Actor, found: Around, form: ContactForm, work: Work) -> Page:
    """Appointing, and handing over."""
    return _page(
        actor, found.child, form, work,
        title=_("Utse en kontakt"), button=_("Utse"), said=_("Kontakten är utsedd."),
        lead=_("Den som redan har uppdraget på din enhet slutar när den nya börjar."),
        facts=[_going(one) for one in found.cards if _is_own(actor, one)],
    )  # fmt: skip


def _is_own(actor: Actor, one: Card) -> bool:
    return one.contact.unit_id == actor.unit_id and _state(one.contact, actor.today)[0] != ENDED


def _going(one: Card) -> dict[str, str]:
    return {"label": str(one.role_words), "value": one.name or _("Enhetens team")}


def facts_of(row: CareContact) -> Facts:
    """A contact as it stands."""
    rows = (
        (_("Kontakt"), str(row.get_role_display())),
        (_("Vem"), row.person.name if row.person else _("Enhetens team")),
        (_("Ersättare"), row.deputy.name if row.deputy else ""),
        (_("Telefon"), row.phone),
        (_("Telefontid"), row.phone_hours),
        (_("Det familjen kan läsa"), row.external_note),
        (_("Intern anteckning"), row.internal_note),
        (_("Sista dag"), days.day(row.ends_on) if row.ends_on else ""),
    )
    return [{"label": label, "value": value} for label, value in rows if value]


def mandate_facts(row: CareContact) -> Facts:
    """A coordinator's mandate as it stands."""
    mandate: Mandate | None = getattr(row, "mandate", None)
    lines = mandate_lines(mandate) or [_("Inget mandat är skrivet.")]
    return [{"label": _("Mandat"), "value": " ".join(lines)}]


def change_page(actor: Actor, row: CareContact, form: ContactForm, work: Work) -> Page:
    """The deputy and the words."""
    return _page(
        actor, row.child, form, work, row=row, told=facts_of, facts=facts_of(row)[:2],
        title=_("Ändra kontakten"), button=_("Spara"), said=_("Kontakten är ändrad."),
    )  # fmt: skip


def end_page(actor: Actor, row: CareContact, form: ContactForm, work: Work) -> Page:
    """Its last day."""
    return _page(
        actor, row.child, form, work, row=row, told=facts_of, facts=facts_of(row)[:2],
        title=_("Avsluta uppdraget"), button=_("Avsluta uppdraget"), said=_("Den sista dagen är sparad."),
        lead=_("Ska någon annan ta över? Välj «Lämna över» i stället, så står familjen inte utan."),
    )  # fmt: skip


def mandate_page(actor: Actor, row: CareContact, form: ContactForm, work: Work) -> Page:
    """What a coordinator may do."""
    return _page(
        actor, row.child, form, work, row=row, told=mandate_facts, facts=facts_of(row)[:2],
        title=_("Samordnarens mandat"), button=_("Spara mandatet"), said=_("Mandatet är sparat."),
        lead=_("Skriv det ni har kommit överens om med familjen. Familjen läser det på sin första sida."),
    )  # fmt: skip


def _page(
    actor: Actor, child: Child, form: ContactForm, work: Work, row: CareContact | None = None, **words: Any
) -> Page:
    more = {"revision": row.revision} if row else {}
    return Page(
        form=form, work=work, back=home(child.pk), back_word=_("Vårdkontakter"),
        context=around(actor, child, "child-contacts"), **more, **words,
    )  # fmt: skip


def home(child_id: UUID) -> str:
    """The list of the child's contacts."""
    return reverse("care-contacts", args=[child_id])


def without_context(actor: Actor, found: Without) -> dict[str, Any]:
    """The list of children without a named care contact."""
    total = ngettext("%(n)s barn", "%(n)s barn", found.total) % {"n": found.total}
    return {
        "total": total,
        "lines": [(name_in_list(one), age_in_list(one, actor.today), home(one.pk)) for one in found.children],
        "shown": _("Sida %(page)s av %(pages)s") % {"page": found.page, "pages": found.pages},
        "previous": f"?sida={found.page - 1}" if found.page > 1 else "",
        "next": f"?sida={found.page + 1}" if found.page < found.pages else "",
    }
