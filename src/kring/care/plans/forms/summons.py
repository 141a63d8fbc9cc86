"""S41 «Kalla till SIP», the answer to it, and calling it off."""

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from kring import clock
from kring.care.plans.models import Invitation, TakesPart
from kring.design.fields import ClockField, DayField

from .words import LINE, Choice, Choices, PlanForm, Several, Words

ANSWERS = [pair for pair in Invitation.Answer.choices if pair[0] != Invitation.Answer.NONE]
FAMILY_ANSWERS = [pair for pair in ANSWERS if pair[0] != Invitation.Answer.SUBSTITUTE]


def both_or_none(form: forms.Form, day: str, time: str) -> None:
    """A day without a time of day, or the other way round, is half said."""
    said = {name: form.cleaned_data.get(name) for name in (day, time) if name not in form.errors}
    if len(said) == 2 and any(said.values()):
        for name in (name for name, value in said.items() if value is None):
            field = form.fields[name]
            words = field.error_messages["required"]
            form.add_error(name, words % {"example": field.example} if name == day else words)


class WhenForm(PlanForm):
    """When and where a meeting is."""

    refused_at = {"starts_at": "day"}

    day = DayField(label=_("Vilken dag?"), help_text=_("Till exempel 24 11 2026"))
    time = ClockField(label=_("Vilken tid?"), help_text=_("Till exempel 10.00"))
    minutes = forms.IntegerField(
        label=_("Hur många minuter?"),
        initial=60,
        min_value=15,
        max_value=240,
        widget=forms.TextInput,
        error_messages=dict.fromkeys(
            ("required", "invalid", "min_value", "max_value"),
            _("Ange mötets längd i minuter, mellan 15 och 240."),
        ),
    )
    place = Words(
        label=_("Plats"),
        help_text=_("Om ni ses på plats: adress och rum. Fyll i plats eller länk."),
        most=160,
        required=False,
    )
    link = forms.URLField(
        label=_("Länk till digitalt möte"),
        help_text=_("Om ni ses på skärm. Börjar med https://"),
        required=False,
        assume_scheme="https",
        max_length=200,
        widget=forms.TextInput,
        error_messages={
            "invalid": _("Skriv hela länken, till exempel https://mote.example.se/abc."),
            "max_length": _("Använd en länk med högst 200 tecken."),
        },
    )

    def clean(self) -> dict[str, Any]:
        clean = super().clean()
        both_or_none(self, "day", "time")
        whole = not self.errors
        if whole and not (clean["place"] or clean["link"]):
            self.add_error("place", _("Ange en plats eller en länk till mötet."))
        return clean

    def of(self, row: Any) -> dict[str, Any]:
        local = row.starts_at.astimezone(clock.STOCKHOLM) if row.starts_at else None
        return super().of(row) | {"day": local and local.date(), "time": local and local.time()}

    def given(self) -> dict[str, Any]:
        clean = dict(self.cleaned_data)
        day, hour = clean.pop("day"), clean.pop("time")
        return clean | {"starts_at": clock.moment_on(day, hour) if day else None}


class SummonsForm(WhenForm):
    """The child's wish stands first, and nothing can be sent without it. Without a time, the next page asks
    about several.
    """

    field_order = ("child_takes_part", "child_takes_part_words", "question")
    asked = ("day", "time")

    child_takes_part = Choice(
        label=_("Så vill barnet vara med"),
        help_text=_("Fråga barnet. Det går inte att skicka kallelsen utan svaret."),
        choices=TakesPart.choices,
        missing=_("Fyll i «Så vill barnet vara med» innan kallelsen skickas."),
    )
    child_takes_part_words = Words(
        label=_("Barnets egna ord om mötet"),
        help_text=_("Till exempel: Jag vill berätta själv men först med bild."),
        required=False,
    )
    question = Words(
        label=_("Vad handlar mötet om?"),
        help_text=_("I ord som familjen använder. Formulera frågan tillsammans med dem."),
        missing=_("Skriv vad mötet handlar om."),
    )
    adaptations = Words(
        label=_("Anpassningar"),
        help_text=_("Det som gör mötet lättare: tolk, paus, lugnt rum, bilder, kortare tid."),
        required=False,
    )

    def __init__(self, *args: Any, child_said: bool = False, **kwargs: Any) -> None:
        """`child_said`: the child itself has answered how it wants to take part; nobody answers for it."""
        super().__init__(*args, **kwargs)
        for name in self.asked:
            self.fields[name].required = False
        self.fields["day"].help_text = _("Lämna dag och tid tomma om du vill fråga om flera tider.")
        if child_said:
            del self.fields["child_takes_part"]
            self.fields["child_takes_part_words"].label = _("Vad barnet har sagt till dig om mötet")


class SendForm(PlanForm):
    """Which of the parties are called. Those that the family has not said yes to cannot be chosen."""

    unit_ids = Several(label=_("Verksamheter som kallas"), choices=(), required=False)

    def __init__(self, *args: Any, units: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit_ids"].choices = list(units)
        self.fields["unit_ids"].initial = [value for value, _label in units]

    def given(self) -> dict[str, Any]:
        return {"unit_ids": [UUID(value) for value in self.cleaned_data["unit_ids"]]}


class AnswerForm(PlanForm):
    answer = Choice(label=_("Kommer ni?"), choices=ANSWERS)
    substitute = Words(
        label=_("Vem kommer i stället?"),
        help_text=_("Bara om ni skickar en ersättare."),
        most=120,
        required=False,
    )
    reason = Words(
        label=_("Varför kan ni inte komma?"), help_text=_("Bara om ni inte kan."), most=300, required=False
    )

    def __init__(self, *args: Any, family: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if family:
            self.fields["answer"].choices = FAMILY_ANSWERS
            self.fields["answer"].label = _("Vad svarade familjen?")
            del self.fields["substitute"], self.fields["reason"]


class MoveForm(WhenForm):
    """Another time or place, and why. It begins with what holds now."""

    reason = Words(
        label=_("Varför flyttas mötet?"),
        help_text=_("Alla som är kallade kan läsa skälet."),
        most=LINE,
        missing=_("Skriv skälet. Det sparas i planen."),
    )

    def of(self, row: Any) -> dict[str, Any]:
        """What two can have moved at once; the reason is one's own."""
        return {name: value for name, value in super().of(row).items() if name != "reason"}


class CancelForm(PlanForm):
    reason = Words(
        label=_("Varför ställs mötet in?"),
        help_text=_("Alla som är kallade kan läsa skälet."),
        most=LINE,
        missing=_("Skriv skälet. Det sparas i planen."),
    )
