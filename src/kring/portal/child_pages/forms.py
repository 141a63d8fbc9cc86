"""What a child fills in. Nothing is required but a choice of reader, and every question may be skipped."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from .moods import faces_for, places_for
from .steps import Choice, Step, as_text, from_text

OWN_WORDS_MAX = 500
SIGN_MAX = 50
_NOT_THERE = dict.fromkeys(("invalid_choice", "invalid_list"), _("Välj en bild."))


class StepForm(forms.Form):
    """The answer of one step: pictures to choose, and own words where the step has room for them."""

    def __init__(self, step: Step, data: Any = None, *, kept: str = "", mode: str = "") -> None:
        chosen, own = from_text(step, kept)
        super().__init__(data, initial={"chosen": chosen[:1] if step.one else chosen, "own": own})
        self.step = step
        self.fields["chosen"] = _pictures(step, step.choices_for(mode, chosen))
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


def _pictures(step: Step, shown: Sequence[Choice]) -> forms.Field:
    choices = [(choice.value, choice.word) for choice in shown]
    if step.one:
        return forms.ChoiceField(
            choices=choices, required=False, widget=forms.RadioSelect, error_messages=_NOT_THERE
        )
    return forms.MultipleChoiceField(
        choices=choices, required=False, widget=forms.CheckboxSelectMultiple, error_messages=_NOT_THERE
    )


def _own_words(most: int) -> forms.Field:
    errors = {"max_length": _("Skriv lite kortare.")}
    return forms.CharField(required=False, max_length=most, widget=forms.Textarea, error_messages=errors)


class FaceForm(forms.Form):
    """«Hur mår du i dag?»: a face, or «Jag vet inte»."""

    face = forms.ChoiceField(
        widget=forms.RadioSelect,
        error_messages={"required": _("Välj en bild."), "invalid_choice": _("Välj en bild.")},
    )

    def __init__(self, data: Any = None, *, mode: str, kept: str = "") -> None:
        super().__init__(data, initial={"face": kept})
        self.fields["face"].choices = [(one.value, one.word) for one in faces_for(mode, kept)]


class PlacesForm(forms.Form):
    """«Var känns det?»: places of the body, none is as well."""

    places = forms.MultipleChoiceField(
        required=False, widget=forms.CheckboxSelectMultiple, error_messages=_NOT_THERE
    )

    def __init__(self, data: Any = None, *, mode: str, kept: Sequence[str] = ()) -> None:
        super().__init__(data, initial={"places": list(kept)})
        self.fields["places"].choices = [(one.value, one.word) for one in places_for(mode, kept)]


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


WRONG = (
    Choice("plan", _("Något i min plan"), "plan"),
    Choice("adult", _("Något en vuxen gjorde"), "adults"),
    Choice("place", _("Något på mottagningen"), "hospital"),
    Choice("page", _("Den här sidan"), "computer"),
)


class WrongForm(forms.Form):
    """«Säg till om något är fel»: a picture, own words, or both."""

    about = forms.ChoiceField(
        required=False,
        choices=[(choice.value, choice.word) for choice in WRONG],
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": _("Välj en bild.")},
    )
    own = _own_words(OWN_WORDS_MAX // 2)

    def __init__(self, data: Any = None, *, empty: str = "") -> None:
        super().__init__(data)
        self.empty = empty

    def clean(self) -> dict[str, Any]:
        found = super().clean() or self.cleaned_data
        if not (found.get("about") or found.get("own")) and not self.errors:
            self.add_error("about", self.empty)
        return found

    def text(self) -> str:
        """What the unit reads."""
        word = next((str(one.word) for one in WRONG if one.value == self.cleaned_data["about"]), "")
        return ". ".join(part for part in (word, self.cleaned_data["own"].strip()) if part)


class LookForm(forms.Form):
    """How the child's pages are to look, as adults choose it."""

    look = forms.ChoiceField(
        label=_("Så ska sidorna se ut"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Välj ett av svaren."), "invalid_choice": _("Välj ett av svaren.")},
    )

    def __init__(self, data: Any = None, *, looks: Sequence[tuple[str, str]], kept: str) -> None:
        super().__init__(data, initial={"look": kept})
        self.fields["look"].choices = list(looks)
