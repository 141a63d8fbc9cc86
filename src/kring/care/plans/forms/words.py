"""The fields of the plan's forms, with errors that tell the fix, and the form they stand in."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django import forms
from django.core.validators import ProhibitNullCharactersValidator
from django.utils.translation import gettext_lazy as _

from kring.care.plans.rules import Refusal

LONG, LINE = 4000, 200
"""Most characters in a text and in one line."""

TOO_LONG = _("Skriv högst %(limit_value)s tecken. Nu är det %(show_value)s.")
UNWRITABLE = _("Texten innehåller ett tecken som inte går att spara. Skriv om den delen.")
CHOOSE = _("Välj ett av svaren.")
WRITE = _("Skriv något i fältet.")
OPEN = _("Välj")

Choices = Iterable[tuple[str, Any]]


class Words(forms.CharField):
    """A text, or a line when `most` is small. Nothing is cut off: too long a text is said to be so."""

    def __init__(self, *, most: int = LONG, missing: Any = WRITE, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.Textarea if most > LINE * 2 else forms.TextInput)
        messages = {"required": missing, "max_length": TOO_LONG}
        super().__init__(max_length=most, error_messages=messages, **kwargs)
        for validator in self.validators:
            if isinstance(validator, ProhibitNullCharactersValidator):
                validator.message = UNWRITABLE

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        """Without `maxlength`, by which a browser throws away the end of what is pasted."""
        attrs = super().widget_attrs(widget)
        attrs.pop("maxlength", None)
        return attrs


class Choice(forms.ChoiceField):
    """One of several, as radio buttons with none chosen beforehand unless `widget` says otherwise."""

    def __init__(self, *, choices: Choices, missing: Any = CHOOSE, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.RadioSelect)
        messages = {"required": missing, "invalid_choice": missing}
        super().__init__(choices=choices, error_messages=messages, **kwargs)


class Select(Choice):
    """One of many, as a list to open; the first line is empty."""

    def __init__(self, *, choices: Choices, empty: Any = OPEN, **kwargs: Any) -> None:
        super().__init__(choices=[("", empty), *choices], widget=forms.Select, **kwargs)


class Several(forms.MultipleChoiceField):
    """Any number of several, as boxes."""

    def __init__(self, *, choices: Choices, missing: Any = CHOOSE, **kwargs: Any) -> None:
        messages = {"required": missing, "invalid_choice": missing, "invalid_list": missing}
        kwargs.setdefault("widget", forms.CheckboxSelectMultiple)
        super().__init__(choices=choices, error_messages=messages, **kwargs)


class PlanForm(forms.Form):
    """A form about a plan. `of` reads a stored row as the form's first values, to edit and to compare."""

    refused_at: Mapping[str, str] = {}
    """A refusal's field -> the form's own, where they differ."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, label_suffix="", auto_id="%s", **kwargs)

    folded: Sequence[str] = ()
    """Fields that stand folded under a heading, because most leave them as they are."""

    asked: Sequence[str] = ()
    """Fields that may be empty when saved and yet are not «(frivilligt)»: something later asks for them."""

    def mark_asked(self) -> None:
        """Show the asked fields as such. Only after the form has been checked."""
        for name in self.asked:
            self.fields[name].required = True

    def of(self, row: Any) -> dict[str, Any]:
        """What the form would show for a stored row; by default the row's fields of the same names."""
        return {name: getattr(row, name, "") for name in self.fields}

    def refuse(self, refusal: Refusal) -> None:
        """Put a command's words at the field they are about, or on top."""
        name = self.refused_at.get(refusal.field, refusal.field)
        self.add_error(name if name in self.fields else None, refusal.message)

    def given(self) -> dict[str, Any]:
        """What a command is called with."""
        return dict(self.cleaned_data)
