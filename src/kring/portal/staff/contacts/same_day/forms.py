"""The answer for one visit."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kring import clock
from kring.design.fields import TIME_WORDS, ClockField
from kring.portal.staff.contacts.fields import ContactForm, choice, words

YES, NO = "yes", "no"


class AnswerForm(ContactForm):
    """Yes with a time on the day, or no with a reason."""

    refused_at = {"starts_at": "time"}
    asked = ("time", "reason")

    answer = choice(
        _("Går det?"),
        ((YES, _("Ja, besöket flyttas till dagen")), (NO, _("Nej, det går inte"))),
        _("Välj ja eller nej."),
    )
    time = ClockField(
        label=_("Vilken tid?"), help_text=_("Om svaret är ja. Till exempel 10.00."), required=False
    )
    reason = words(
        _("Varför går det inte?"),
        help_text=_("Om svaret är nej. De andra som är frågade och familjen läser det."),
    )

    def __init__(self, *args: Any, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.on = on

    def clean(self) -> dict[str, Any]:
        """Each answer needs its own field."""
        clean = super().clean()
        answer = clean.get("answer")
        if answer == YES and not clean.get("time") and "time" not in self.errors:
            self.add_error("time", forms.ValidationError(TIME_WORDS))
        if answer == NO and not clean.get("reason", "").strip() and "reason" not in self.errors:
            self.add_error("reason", forms.ValidationError(_("Skriv varför det inte går.")))
        return clean

    def given(self) -> dict[str, Any]:
        clean = self.cleaned_data
        if clean["answer"] == NO:
            return {"answer": NO, "reason": clean["reason"]}
        return {"answer": YES, "starts_at": clock.moment_on(self.on, clean["time"])}
