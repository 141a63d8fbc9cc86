"""What a reviewer and a family fill in."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kring.children.personal_numbers import PersonalNumberError, parse
from kring.design.fields import DayField

from .models import Review, SampledRow
from .rules.sampling import LARGEST, SMALLEST

LONGEST = 1000
SHORT = 500
_TOO_LONG = {"max_length": _("Skriv kortare, högst %(limit_value)s tecken.")}


def _text(label: Any, missing: Any, most: int = LONGEST, **more: Any) -> forms.CharField:
    errors = _TOO_LONG | ({"required": missing} if missing else {})
    return forms.CharField(
        label=label,
        max_length=most,
        required=bool(missing),
        widget=forms.Textarea,
        error_messages=errors,
        **more,
    )


def _digits(text: str, today: date) -> str:
    """A personal number in its one form; nothing written stays nothing."""
    if not text:
        return ""
    try:
        return parse(text, today).digits12
    except PersonalNumberError as problem:
        raise forms.ValidationError(problem.message) from None


class StartForm(forms.Form):
    """What a review is to cover."""

    starts_on = DayField(label=_("Från och med"), example="1 10 2026")
    ends_on = DayField(label=_("Till och med"), example="31 10 2026")
    covers = forms.ChoiceField(
        label=_("Vad ska granskas?"),
        choices=Review.Covers.choices,
        widget=forms.RadioSelect,
        error_messages=dict.fromkeys(("required", "invalid_choice"), _("Välj vad som ska granskas.")),
    )
    unit = forms.ChoiceField(
        label=_("Enhet, om du väljer en enhet"),
        required=False,
        error_messages={"invalid_choice": _("Välj en enhet i listan.")},
    )
    person = forms.CharField(
        label=_("Hela namnet eller HSA-id, om du väljer en medarbetare"),
        required=False,
        max_length=161,
        error_messages=_TOO_LONG,
    )
    number = forms.CharField(
        label=_("Personnummer, om du väljer ett barn"),
        required=False,
        max_length=40,
        error_messages=_TOO_LONG,
    )
    size = forms.IntegerField(
        label=_("Hur många rader ska du titta på?"),
        min_value=SMALLEST,
        max_value=LARGEST,
        initial=30,
        error_messages={
            "required": _("Skriv ett antal, till exempel 30."),
            "invalid": _("Skriv ett antal med siffror, till exempel 30."),
            "min_value": _("Skriv ett antal från %(limit_value)s."),
            "max_value": _("Skriv ett antal upp till %(limit_value)s."),
        },
    )

    def __init__(self, data: Any = None, *, today: date, units: Sequence[tuple[str, str]]) -> None:
        super().__init__(data)
        self.today = today
        self.fields["unit"].choices = [("", _("Välj enhet")), *units]

    def clean_number(self) -> str:
        return _digits(self.cleaned_data["number"], self.today)

    def clean_ends_on(self) -> date:
        ends = self.cleaned_data["ends_on"]
        if ends > self.today:
            raise forms.ValidationError(_("Ange en dag som har varit, senast i dag."))
        if (starts := self.cleaned_data.get("starts_on")) and ends < starts:
            raise forms.ValidationError(_("Ange en dag som inte är före den första dagen."))
        return ends

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        needs = {
            "unit": ("unit", _("Välj vilken enhet som ska granskas.")),
            "person": ("person", _("Skriv medarbetarens hela namn eller HSA-id.")),
            "child": ("number", _("Skriv barnets personnummer.")),
        }
        field, words = needs.get(said.get("covers", ""), ("", ""))
        if field and not said.get(field) and field not in self.errors:
            self.add_error(field, words)
        return said


class JudgeForm(forms.Form):
    """What was found about one row."""

    outcome = forms.ChoiceField(
        label=_("Var öppningen rätt?"),
        choices=[one for one in SampledRow.Outcome.choices if one[0] != SampledRow.Outcome.WAITING],
        widget=forms.RadioSelect,
        error_messages=dict.fromkeys(
            ("required", "invalid_choice"), _("Välj rätt, fel eller att frågan är ställd.")
        ),
    )
    reason = _text(
        _("Hur vet du det?"),
        _("Skriv hur du har bedömt raden, till exempel «Besök bokat samma dag»."),
        SHORT,
    )


class CloseForm(forms.Form):
    """What the whole review came to."""

    conclusion = _text(
        _("Vad visade granskningen?"),
        _("Skriv vad granskningen visade och vad ni gör nu, med en eller två meningar."),
    )


class WatchForm(forms.Form):
    """Whom to put under extra watch, for which days, and why. The days are judged by the command."""

    number = forms.CharField(
        label=_("Barnets personnummer"),
        max_length=40,
        error_messages=_TOO_LONG | {"required": _("Skriv barnets personnummer.")},
    )
    starts_on = DayField(label=_("Från och med"), example="1 10 2026")
    ends_on = DayField(label=_("Till och med, högst ett år framåt"), example="1 4 2027")
    reason = _text(
        _("Varför ska läsningarna granskas extra?"),
        _("Skriv varför, till exempel «Känd familj som många är nyfikna på»."),
        SHORT,
    )

    def __init__(self, data: Any = None, *, today: date) -> None:
        super().__init__(data)
        self.today = today

    def clean_number(self) -> str:
        return _digits(self.cleaned_data["number"], self.today)


class EndWatchForm(forms.Form):
    """Sure: nothing to fill in."""


class AskForm(forms.Form):
    """A question about one reading."""

    words = _text(
        _("Vad undrar du över?"),
        _("Skriv vad du undrar, till exempel «Varför läste ni planen på en lördag?»."),
    )


class AnswerForm(forms.Form):
    """The answer to the family; left empty, the family is told that it is being looked into."""

    answer = _text(
        _("Svar till familjen"),
        None,
        help_text=_("Skriv inget namn på personal. Lämna tomt för att bara säga att frågan utreds."),
    )
