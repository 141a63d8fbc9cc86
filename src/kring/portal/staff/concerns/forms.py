"""What was seen or heard, and to whom it was handed."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kring.portal.staff.secrecy.forms import PlainForm

WAYS = (
    ("phone", _("Per telefon, och skriftligt efteråt")),
    ("letter", _("Skriftligt")),
    ("visit", _("Vid ett besök")),
)


class ConcernForm(PlainForm):
    """The note; it is locked when it is saved."""

    text = forms.CharField(
        label=_("Vad har du sett eller hört?"),
        help_text=_("Skriv vad barnet har sagt med barnets egna ord, när det var och vem som var med."),
        widget=forms.Textarea,
        max_length=4000,
        error_messages={
            "required": _("Skriv vad du har sett eller hört."),
            "max_length": _("Skriv kortare, högst %(limit_value)s tecken."),
        },
    )


class HandOverForm(PlainForm):
    """To whom, and how."""

    unit_id = forms.ChoiceField(
        label=_("Till vilken socialtjänst?"),
        error_messages={"required": _("Välj en socialtjänst."), "invalid_choice": _("Välj en socialtjänst.")},
    )
    how = forms.ChoiceField(
        label=_("Hur lämnades den?"),
        widget=forms.RadioSelect,
        choices=WAYS,
        error_messages={
            "required": _("Välj hur den lämnades."),
            "invalid_choice": _("Välj hur den lämnades."),
        },
    )

    def __init__(self, *args: Any, units: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit_id"].choices = [("", _("Välj")), *units]
