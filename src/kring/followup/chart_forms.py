"""What is decided about a chart, each with why. The choices of forms.py only show; these are kept."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kring.design.fields import DayField

from .models import ChartDecision
from .rules.decisions import Kind, Proposed

MOST_DIGITS = 9
REASON_SIGNS = ChartDecision._meta.get_field("reason").max_length
WORDS_SIGNS = ChartDecision._meta.get_field("words").max_length
TOO_LONG = _("Skriv kortare, högst %(limit_value)s tecken. Nu är det %(show_value)s.")


class ChartForm(forms.Form):
    """Why, and what the page had shown: the number of the last decision."""

    kind: Kind
    title: Any
    reason = forms.CharField(
        label=_("Varför?"),
        help_text=_("Skälet visas för alla bredvid diagrammet."),
        max_length=REASON_SIGNS,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Skriv skälet. Det visas bredvid diagrammet."), "max_length": TOO_LONG},
    )

    def __init__(self, data: Any = None, **more: Any) -> None:
        super().__init__(data, auto_id=f"{self.kind.value}-%s", **more)

    def proposed(self) -> Proposed:
        """What is to be decided."""
        return Proposed(kind=self.kind, **self.cleaned_data)


class _Year(ChartForm):
    year = forms.IntegerField(widget=forms.HiddenInput, min_value=1900, max_value=2199)


class SplitForm(_Year):
    """New limits from a year on."""

    kind, title = Kind.SPLIT, _("Börja nya gränser här")


class FixForm(_Year):
    """Limits counted from the years up to and with one."""

    kind, title = Kind.FIX, _("Räkna gränserna på åren till och med detta")


class NoteForm(ChartForm):
    """What happened on a day."""

    kind, title = Kind.NOTE, _("Skriv in en händelse")
    on = DayField(label=_("Vilken dag?"), example="1 3 2021")
    words = forms.CharField(
        label=_("Vad hände?"),
        help_text=_("Några ord, till exempel Start pilot eller Ny journal. Inget om enskilda barn."),
        max_length=WORDS_SIGNS,
        error_messages={"required": _("Skriv vad som hände."), "max_length": TOO_LONG},
    )
    reason = forms.CharField(
        label=_("Mer att veta"),
        required=False,
        max_length=REASON_SIGNS,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"max_length": TOO_LONG},
    )
    field_order = ("on", "words", "reason")


class Number(forms.CharField):
    """A number with a comma or a point."""

    def clean(self, value: Any) -> float | None:
        """Raises ValidationError with words that tell the fix."""
        text = super().clean(value)
        try:
            return float(text.replace(",", ".").replace(" ", ""))
        except ValueError:
            raise forms.ValidationError(self.error_messages["required"]) from None


class TargetForm(ChartForm):
    """The target from a year on."""

    kind, title = Kind.TARGET, _("Sätt ett mål")
    value = Number(
        label=_("Mål"),
        max_length=12,
        error_messages={"required": _("Ange målet som ett tal, till exempel 30.")},
    )
    year = forms.IntegerField(
        label=_("Från och med året"),
        min_value=2000,
        max_value=2099,
        widget=forms.TextInput,
        error_messages=dict.fromkeys(
            ("required", "invalid", "min_value", "max_value"), _("Ange ett år, till exempel 2025.")
        ),
    )
    reason = forms.CharField(
        label=_("Vem beslutade, och varför?"),
        help_text=_("Skälet visas för alla bredvid diagrammet."),
        max_length=REASON_SIGNS,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Skriv vem som beslutade och varför."), "max_length": TOO_LONG},
    )
    field_order = ("value", "year", "reason")


class UndoForm(ChartForm):
    """Taking something back."""

    kind, title = Kind.UNDO, _("Ta tillbaka")
    undoes = forms.UUIDField(widget=forms.HiddenInput)


FORMS: Mapping[str, type[ChartForm]] = {
    one.kind.value: one for one in (SplitForm, FixForm, NoteForm, TargetForm, UndoForm)
}


def seen(text: str) -> int:
    """The number that the sender had seen; -1, which no chart has, when the form does not tell."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= MOST_DIGITS else -1


def undo_form(key: str) -> UndoForm:
    """The form that takes a row back."""
    return UndoForm(initial={"undoes": key})
