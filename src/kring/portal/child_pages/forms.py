"""What a child fills in. Nothing is required but a choice of reader, and every question may be skipped."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from .steps import Step, as_text, from_text

OWN_WORDS_MAX = 500
SIGN_MAX = 50


class StepForm(forms.Form):
    """The answer of one step: pictures to choose, and own words where the step has room for them."""

    def __init__(self, step: Step, data: Any = None, *, kept: str = "") -> None:
        chosen, own = from_text(step, kept)
        super().__init__(data, initial={"chosen": chosen[:1] if step.one else chosen, "own": own})
        self.step = step
        self.fields["chosen"] = _pictures(step)
        if step.own_words:
            most = SIGN_MAX if step.one else OWN_WORDS_MAX
            self.fields["own"] = _own_words(most)
        if step.one and not self.is_bound:
            self.initial["chosen"] = chosen[0] if chosen else None

    def text(self) -> str:
        """What is kept, also of an answer that was not quite filled in."""
        found = self.cleaned_data.get("chosen") or []
        chosen = [found] if isinstance(found, str) else found
        return as_text(self.step, chosen, self.cleaned_data.get("own", ""))


def _pictures(step: Step) -> forms.Field:
    choices = [(choice.value, choice.word) for choice in step.choices]
    if step.one:
        return forms.ChoiceField(choices=choices, required=False, widget=forms.RadioSelect)
    return forms.MultipleChoiceField(choices=choices, required=False, widget=forms.CheckboxSelectMultiple)


def _own_words(most: int) -> forms.Field:
    errors = {"max_length": _("Skriv lite kortare.")}
    return forms.CharField(required=False, max_length=most, widget=forms.Textarea, error_messages=errors)


class VerdictForm(forms.Form):
    """«Blev det som du ville?» in three faces."""

    verdict = forms.ChoiceField(
        choices=[("yes", _("Ja")), ("partly", _("Lite")), ("no", _("Nej"))],
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Välj en bild. Eller hoppa över."),
            "invalid_choice": _("Välj en bild. Eller hoppa över."),
        },
    )


class RequestForm(forms.Form):
    """The child asks for a plan: what about, and who is to read it."""

    message = forms.CharField(
        max_length=OWN_WORDS_MAX,
        widget=forms.Textarea,
        error_messages={"required": _("Skriv några ord."), "max_length": _("Skriv lite kortare.")},
    )
    unit = forms.ChoiceField(
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Välj vem som ska läsa."),
            "invalid_choice": _("Välj vem som ska läsa."),
        },
    )

    def __init__(self, data: Any = None, *, units: Sequence[tuple[str, str]] = ()) -> None:
        super().__init__(data)
        self.fields["unit"].choices = list(units)
