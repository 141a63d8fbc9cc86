"""Appointing a contact, changing what is said of it, ending it, and a coordinator's mandate."""

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from kring.care.contacts.presenters import READS
from kring.care.contacts.queries import CareContact, Mandate
from kring.design.fields import DayField
from kring.portal.staff.contacts.fields import Choices, ContactForm, choice, select, several, words

NOTES = ("phone", "phone_hours", "external_note", "internal_note")
MANDATE = ("may_book", "may_summon_sip", "may_read", "may_speak_with", "escalates_to", "ends_when")
NOTE = 1000
PERSON_MISSING = _("Välj en person som arbetar på enheten i dag.")


class NotesForm(ContactForm):
    """How a contact is reached, and what is said of it."""

    phone = words(_("Telefon"), most=40, help_text=_("Lämna tomt för enhetens eget nummer."))
    phone_hours = words(_("Telefontid"), most=80, help_text=_("Till exempel: Vardagar 8–12."))
    external_note = words(
        _("Det familjen kan läsa"), most=NOTE, help_text=_("Till exempel vad kontakten hjälper till med.")
    )
    internal_note = words(
        _("Intern anteckning"), most=NOTE, help_text=_("Bara din enhet läser den, aldrig familjen.")
    )


class AppointForm(NotesForm):
    """A person at the own unit, or its team. The former one in the role ends."""

    refused_at = {"person_id": "person"}
    asked = ("person",)
    field_order = ("role", "person", "starts_on", "handover_until")

    role = choice(_("Vilken kontakt?"), CareContact.Role.choices, _("Välj vilken kontakt det gäller."))
    person = select(
        _("Vem?"),
        PERSON_MISSING,
        required=False,
        help_text=_("Någon på din enhet. Välj teamet om ingen enskild person är kontakt."),
    )
    starts_on = DayField(
        label=_("Från och med"), help_text=_("Lämna tomt för i dag."), example="1 12 2026", required=False
    )
    handover_until = DayField(
        label=_("Den förra kontaktens sista dag"),
        help_text=_(
            "Vid överlämning arbetar båda till och med den dagen. Annars slutar den förra dagen före."
        ),
        example="15 12 2026",
        required=False,
    )

    def __init__(self, *args: Any, people: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].choices = [("", _("Enhetens team")), *people]

    def given(self) -> dict[str, Any]:
        clean = dict(self.cleaned_data)
        return clean | {"person_id": _key(clean.pop("person"))}


class ChangeForm(NotesForm):
    """The deputy, and what is said of the contact."""

    refused_at = {"deputy_id": "deputy", "person_id": "deputy"}
    field_order = ("deputy",)

    deputy = select(
        _("Ersättare"), PERSON_MISSING, required=False, help_text=_("Den som svarar när kontakten är borta.")
    )

    def __init__(self, *args: Any, people: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["deputy"].choices = [("", _("Ingen ersättare")), *people]

    def given(self) -> dict[str, Any]:
        clean = dict(self.cleaned_data)
        return clean | {"deputy_id": _key(clean.pop("deputy"))}

    @staticmethod
    def initial_of(row: CareContact) -> dict[str, Any]:
        """The contact as it stands."""
        return {name: getattr(row, name) for name in NOTES} | {"deputy": str(row.deputy_id or "")}


class EndForm(ContactForm):
    """That it ends."""

    ends_on = DayField(
        label=_("Sista dag"), help_text=_("Till och med den dagen gäller uppdraget."), example="30 11 2026"
    )


class MandateForm(ContactForm):
    """What a coordinator may do for the child."""

    may_book = forms.BooleanField(label=_("Får boka besök åt familjen"), required=False)
    may_summon_sip = forms.BooleanField(label=_("Får kalla till SIP-möte"), required=False)
    may_read = several(
        _("Vad ingår att läsa?"),
        [(kind, _word) for kind, _word in READS.items()],
        _("Välj i listan."),
        required=False,
        help_text=_("Mandatet öppnar inget i sig. Vad samordnaren når följer av vården och samtyckena."),
    )
    may_speak_with = words(
        _("Vilka får samordnaren prata med?"), most=NOTE, help_text=_("Till exempel: Skolan och logopeden.")
    )
    escalates_to = words(_("Vem lyfts frågor till när de inte går att lösa?"), most=160)
    ends_when = words(_("När slutar uppdraget?"), most=160, help_text=_("Till exempel: När planen avslutas."))

    @staticmethod
    def initial_of(row: Mandate | None) -> dict[str, Any]:
        """The mandate as it stands; nothing when none is given."""
        return {name: getattr(row, name) for name in MANDATE} if row else {}


def _key(text: str) -> UUID | None:
    return UUID(text) if text else None
