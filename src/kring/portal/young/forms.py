"""«Jag vill läsa mer»: whom to ask, and what to say."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kring.secrecy.commands.asking import WORDS_MAX


class AskForm(forms.Form):
    """One question to one care unit."""

    unit = forms.ChoiceField(
        label=_("Vilken mottagning vill du fråga?"),
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Välj vilken mottagning du vill fråga."),
            "invalid_choice": _("Välj vilken mottagning du vill fråga."),
        },
    )
    words = forms.CharField(
        label=_("Vill du skriva något till dem?"),
        required=False,
        max_length=WORDS_MAX,
        widget=forms.Textarea,
        error_messages={"max_length": _("Skriv högst 300 tecken.")},
    )

    def __init__(self, data: Any = None, *, units: Sequence[Any]) -> None:
        super().__init__(data)
        self.names = {str(unit.pk): unit.name for unit in units}
        self.fields["unit"].choices = list(self.names.items())
