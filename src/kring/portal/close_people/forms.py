"""Writing who is close to a child."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kring.children.models import CloseRelation
from kring.design.fields import DayField
from kring.portal.staff.contacts.fields import ContactForm, choice, words

FIELDS = (
    *("kind", "name", "role", "starts_on", "ends_on", "may_contact", "phone", "in_plan", "for_guardians"),
)


class ClosePersonForm(ContactForm):
    """`staff`: staff say whether guardians read it; `numbers`: a number may stand on this page."""

    kind = choice(_("Vad är personen för barnet?"), CloseRelation.Kind.choices, _("Välj vad personen är."))
    name = words(_("Namn"), most=120, missing=_("Skriv vad personen heter."))
    role = words(_("Vad gör personen för barnet?"), help_text=_("Till exempel: Hämtar på tisdagar."))
    starts_on = DayField(
        label=_("Från och med"), help_text=_("Lämna tomt för i dag."), example="1 12 2026", required=False
    )
    ends_on = DayField(
        label=_("Till och med"),
        help_text=_("Lämna tomt om det inte finns något slut."),
        example="30 6 2027",
        required=False,
    )
    may_contact = forms.BooleanField(
        label=_("Personen har sagt ja till att de runt barnet ringer"), required=False
    )
    phone = words(
        _("Telefon"), most=40, help_text=_("Bara om personen har sagt ja. Annars sparas inget nummer.")
    )
    in_plan = forms.BooleanField(
        label=_("Får stå i planens kontaktlista, som alla i planen läser"), required=False
    )
    for_guardians = forms.BooleanField(label=_("Vårdnadshavarna får läsa det här"), required=False)

    def __init__(self, *args: Any, staff: bool = False, numbers: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        left_out = [] if staff else ["for_guardians"]
        left_out += [] if numbers else ["may_contact", "phone"]
        for name in left_out:
            del self.fields[name]

    def given(self) -> dict[str, Any]:
        clean = super().given()
        return {name: value for name, value in clean.items() if name != "starts_on" or value}

    @staticmethod
    def initial_of(row: CloseRelation) -> dict[str, Any]:
        """The person as stored."""
        return {name: getattr(row, name) for name in FIELDS}


class SureForm(ContactForm):
    """Nothing to fill in: the button says what happens."""
