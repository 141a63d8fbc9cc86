"""Who is to read how the child feels."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


class ReaderForm(forms.Form):
    """One of the unit's own people."""

    reader = forms.ChoiceField(
        label=_("Vem läser svaren?"),
        help_text=_("Barnet får se namnet innan det svarar."),
        error_messages={
            "required": _("Välj vem som läser svaren."),
            "invalid_choice": _("Välj vem som läser svaren."),
        },
    )

    def __init__(self, data: Any = None, *, people: Sequence[tuple[str, str]], reads: str = "") -> None:
        super().__init__(data, initial={"reader": reads})
        self.fields["reader"].choices = [("", _("Välj")), *people]
