"""When a visit is, how, and what to bring."""

from collections.abc import Collection
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kring import clock
from kring.care.contacts.queries import Appointment
from kring.design.fields import ClockField, DayField
from kring.portal.staff.contacts.fields import ContactForm, choice, words

SHORTEST, LONGEST, USUAL = 5, 480, 45


class MoveForm(ContactForm):
    """Another time for a visit."""

    refused_at = {"starts_at": "time", "ends_at": "minutes"}

    day = DayField(label=_("Vilken dag?"), help_text=_("Till exempel 24 11 2026."))
    time = ClockField(label=_("Vilken tid?"), help_text=_("Till exempel 10.00."))
    minutes = forms.IntegerField(
        label=_("Hur många minuter?"),
        initial=USUAL,
        min_value=SHORTEST,
        max_value=LONGEST,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
        error_messages=dict.fromkeys(
            ("required", "invalid", "min_value", "max_value"),
            _("Ange besökets längd i minuter, mellan 5 och 480."),
        ),
    )

    def given(self) -> dict[str, Any]:
        clean = dict(self.cleaned_data)
        return clean | {"starts_at": clock.moment_on(clean.pop("day"), clean.pop("time"))}

    @staticmethod
    def initial_of(row: Appointment) -> dict[str, Any]:
        """The time that holds now."""
        here = row.starts_at.astimezone(clock.STOCKHOLM)
        minutes = int((row.ends_at - row.starts_at).total_seconds() // 60) if row.ends_at else USUAL
        return {"day": here.date(), "time": here.time(), "minutes": minutes}


Visibility, Category = Appointment.Visibility, Appointment.Category
SHOWN = ("visibility", "visible_to_child_from", "category")


def usual(given: dict[str, Any]) -> dict[str, Any]:
    """What is left as it stands means what usually holds."""
    unsaid = {"visibility": str(Visibility.DEFAULT), "category": str(Category.GENERAL)}
    return given | {name: given[name] or value for name, value in unsaid.items() if name in given}


class ReadersForm(ContactForm):
    """Who of the family sees a visit, with what usually holds already chosen."""

    visibility = choice(
        _("Vem i familjen ser besöket?"),
        Visibility.choices,
        _("Välj vem i familjen som ser besöket."),
        initial=Visibility.DEFAULT,
        required=False,
        help_text=_(
            "Brukar gälla: alla i familjen ser det, men inte vårdnadshavare när det rör något känsligt."
        ),
    )
    visible_to_child_from = DayField(
        label=_("Barnet ser besöket från"),
        help_text=_("Bara när det inte visas för barnet ännu. Till exempel 18 12 2026."),
        required=False,
    )
    category = choice(
        _("Rör besöket något av det här?"),
        Category.choices,
        _("Välj vad besöket rör."),
        initial=Category.GENERAL,
        required=False,
    )

    def given(self) -> dict[str, Any]:
        return usual(super().given())

    @staticmethod
    def initial_of(row: Appointment) -> dict[str, Any]:
        """The choice that stands."""
        return {name: getattr(row, name) for name in SHOWN}


class BookForm(MoveForm):
    """A new visit at the own unit."""

    mode = choice(_("Hur ses ni?"), Appointment.Mode.choices, _("Välj hur ni ses."))
    what = words(
        _("Vad ska ni göra?"),
        most=160,
        help_text=_("I ord som familjen förstår. Till exempel: Prova ut bildstöd."),
    )
    with_whom = words(_("Vem möter barnet?"), most=160, help_text=_("Namn och yrke."))
    bring = words(_("Vad ska de ta med?"), help_text=_("Till exempel bildkartan."))
    visibility = ReadersForm.base_fields["visibility"]
    visible_to_child_from = ReadersForm.base_fields["visible_to_child_from"]
    category = ReadersForm.base_fields["category"]

    def __init__(self, *args: Any, without: Collection[str] = (), **kwargs: Any) -> None:
        """`without`: fields that the one who books does not meet."""
        super().__init__(*args, **kwargs)
        for name in without:
            del self.fields[name]

    def given(self) -> dict[str, Any]:
        return usual(super().given())
