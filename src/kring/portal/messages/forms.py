"""Beginning a thread, writing in one, and how soon the unit promises to answer."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kring.care.messages.presenters import TEXT_SIGNS, TITLE_SIGNS, WEEKDAYS, says

TOO_LONG = _("Skriv kortare, högst %(limit_value)s tecken. Nu är det %(show_value)s.")


def _text(label: Any) -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=TEXT_SIGNS,
        widget=forms.Textarea,
        error_messages={"required": says("text_missing"), "max_length": TOO_LONG},
    )


class NewThreadForm(forms.Form):
    """To which unit, what it is about, the words, and who else of the family sees it."""

    unit = forms.ChoiceField(
        label=_("Vilka vill du skriva till?"),
        widget=forms.RadioSelect,
        error_messages={"required": says("unit_missing"), "invalid_choice": says("unit_missing")},
    )
    title = forms.CharField(
        label=_("Vad gäller det?"),
        help_text=_("Några ord räcker, till exempel Bildstöd."),
        max_length=TITLE_SIGNS,
        error_messages={"required": says("title_missing"), "max_length": TOO_LONG},
    )
    text = _text(_("Meddelande"))
    visibility = forms.ChoiceField(
        label=_("Vilka ska se tråden?"),
        widget=forms.RadioSelect,
        error_messages={
            "required": says("visibility_unknown"),
            "invalid_choice": says("visibility_unknown"),
        },
    )

    def __init__(
        self, data: Any = None, *, units: Sequence[Any], readers: Mapping[str, str], nearest: str
    ) -> None:
        """`readers`: what may be chosen with its words; with nothing to choose among, `nearest` holds."""
        super().__init__(data, initial={"unit": str(units[0].pk) if len(units) == 1 else ""})
        self.fields["unit"].choices = [(str(unit.pk), unit.name) for unit in units]
        self.fields["visibility"].choices = list(readers.items())
        self.nearest = nearest
        if not readers:
            del self.fields["visibility"]

    @property
    def chosen(self) -> str:
        """The choice of readers that holds."""
        return str(self.cleaned_data.get("visibility", self.nearest))


class BeginForm(forms.Form):
    """To whom of the family a unit writes, what it is about, and the words."""

    to = forms.MultipleChoiceField(
        label=_("Vem vill du skriva till?"),
        help_text=_("Var och en får en egen tråd. Ingen annan i familjen ser den."),
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": says("receiver_missing"),
            "invalid_choice": says("receiver_unreached"),
            "invalid_list": says("receiver_missing"),
        },
    )
    title = forms.CharField(
        label=_("Vad gäller det?"),
        help_text=_("Några ord räcker, till exempel Bildstöd."),
        max_length=TITLE_SIGNS,
        error_messages={"required": says("title_missing"), "max_length": TOO_LONG},
    )
    text = _text(_("Meddelande"))

    def __init__(self, data: Any = None, *, choices: Mapping[str, str]) -> None:
        """`choices`: who reads on the net, by key; the only one there is stands chosen."""
        super().__init__(data, initial={"to": list(choices) if len(choices) == 1 else []})
        self.fields["to"].choices = list(choices.items())


class WriteForm(forms.Form):
    """One message more. `seen`: how many the writer had before its eyes."""

    text = _text(_("Skriv ett svar"))
    seen = forms.IntegerField(min_value=0, max_value=10**6, required=False, widget=forms.HiddenInput)

    @property
    def seen_to(self) -> int:
        """The number of the last message seen; 0 when the form does not say."""
        return int(self.cleaned_data.get("seen") or 0)


class AnswerTimeForm(forms.Form):
    """Within how many weekdays the unit answers."""

    weekdays = forms.TypedChoiceField(
        label=_("Vi svarar inom"),
        coerce=int,
        choices=[(n, n) for n in WEEKDAYS],
        error_messages={
            "required": _("Välj hur många vardagar."),
            "invalid_choice": _("Välj hur många vardagar."),
        },
    )
