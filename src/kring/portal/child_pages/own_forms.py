"""What a child writes of its own in the plan, and how it says that the plan went."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from .forms import OWN_WORDS_MAX
from .steps import Choice

AREAS = (
    Choice("school", _("Skolan"), "school"),
    Choice("home", _("Hemma"), "home"),
    Choice("friends", _("Kompisar"), "friends"),
    Choice("play", _("Leka"), "play"),
    Choice("health", _("Kroppen"), "body"),
    Choice("leisure", _("Det jag gör på fritiden"), "sun"),
)
"""What a need may be about, of `Need.Area`: those that a child has a picture for."""
FACES = [
    ("5", _("Jättebra")),
    ("4", _("Bra")),
    ("3", _("Okej")),
    ("2", _("Inte bra")),
    ("1", _("Jättedåligt")),
    ("", _("Vill inte svara")),
]
_FACE = {"required": False, "initial": "", "error_messages": {"invalid_choice": _("Välj en bild.")}}


class WordsForm(forms.Form):
    """Something in the child's own words. `name` is what the item keeps them as."""

    text = forms.CharField(
        max_length=OWN_WORDS_MAX,
        widget=forms.Textarea,
        error_messages={"required": _("Skriv några ord."), "max_length": _("Skriv lite kortare.")},
    )

    def __init__(self, data: Any = None, *, name: str = "words", row: Any = None) -> None:
        super().__init__(data, initial=self.of(row, name) if row else None)
        self.name = name

    def of(self, row: Any, name: str) -> dict[str, Any]:
        """The item as this form shows it."""
        return {"text": getattr(row, name)}

    def given(self) -> dict[str, Any]:
        """What the command is called with."""
        return {self.name: self.cleaned_data["text"]}


class NeedWordsForm(WordsForm):
    """With a picture of what it is about."""

    area = forms.ChoiceField(
        choices=[(one.value, one.word) for one in AREAS],
        widget=forms.RadioSelect,
        error_messages={"required": _("Välj en bild."), "invalid_choice": _("Välj en bild.")},
    )
    field_order = ("area", "text")

    def of(self, row: Any, name: str) -> dict[str, Any]:
        return super().of(row, name) | {"area": row.area}

    def given(self) -> dict[str, Any]:
        return super().given() | {"area": self.cleaned_data["area"]}


class ChildEvaluateForm(forms.Form):
    """«Hur gick det?»: two faces and own words, each of which may be left."""

    listened = forms.ChoiceField(choices=FACES, widget=forms.RadioSelect, **_FACE)
    helped = forms.ChoiceField(choices=FACES, widget=forms.RadioSelect, **_FACE)
    words = forms.CharField(
        required=False,
        max_length=OWN_WORDS_MAX,
        widget=forms.Textarea,
        error_messages={"max_length": _("Skriv lite kortare.")},
    )

    def __init__(self, data: Any = None, *, empty: str = "") -> None:
        super().__init__(data)
        self.empty = empty

    def clean(self) -> dict[str, Any]:
        found = super().clean() or self.cleaned_data
        if not self.errors and not any(str(value).strip() for value in found.values()):
            self.add_error("listened", self.empty)
        return found

    def given(self) -> dict[str, Any]:
        """What the command is called with."""
        faces = {name: int(self.cleaned_data[name] or 0) or None for name in ("listened", "helped")}
        return faces | {"words": self.cleaned_data["words"]}
