"""«Samla på samma dag»: which visits, which day, and a line to those who are asked."""

from django import forms
from django.utils.translation import gettext_lazy as _

from kring.design.fields import DayField


class SameDayForm(forms.Form):
    """Two visits or more at different units, and the day to gather them on."""

    visits = forms.MultipleChoiceField(
        label=_("Vilka besök?"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": _("Välj minst två besök hos olika verksamheter."),
            "invalid_choice": _("Välj bland besöken i listan."),
        },
    )
    on = DayField(label=_("Vilken dag?"), help_text=_("Till exempel 24 11 2026."))
    message = forms.CharField(
        label=_("Hälsning till dem som får frågan"),
        widget=forms.Textarea,
        required=False,
        max_length=500,
        error_messages={"max_length": _("Skriv kortare, högst %(limit_value)s tecken.")},
    )

    def __init__(self, *args: object, choices: list[tuple[str, str]], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["visits"].choices = choices
