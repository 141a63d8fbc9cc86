"""The fields of these forms, with errors that tell the fix, and the form they stand in."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kring.access.refusals import Refusal

TOO_LONG = _("Skriv högst %(limit_value)s tecken. Nu är det %(show_value)s.")
LINE = 200

Choices = Iterable[tuple[str, Any]]


class ContactForm(forms.Form):
    """A form about a contact or a visit. Nothing in it is chosen beforehand unless it stands so already."""

    refused_at: Mapping[str, str] = {}
    """A refusal's field -> the form's own, where they differ."""

    asked: Iterable[str] = ()
    """Fields that may be empty and yet are not «(frivilligt)»: another answer asks for them."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, label_suffix="", auto_id="%s", **kwargs)

    def mark_asked(self) -> None:
        """Show the asked fields as such. Only after the form has been checked."""
        for name in self.asked:
            self.fields[name].required = True

    def refuse(self, refusal: Refusal) -> None:
        """Put a command's words at the field they are about, or on top."""
        name = self.refused_at.get(refusal.field, refusal.field)
        self.add_error(name if name in self.fields else None, refusal.message)

    def given(self) -> dict[str, Any]:
        """What a command is called with."""
        return dict(self.cleaned_data)


def choice(label: Any, choices: Choices, missing: Any, **more: Any) -> forms.ChoiceField:
    """One of several, as radio buttons."""
    errors = {"required": missing, "invalid_choice": missing}
    return forms.ChoiceField(
        label=label, choices=choices, widget=forms.RadioSelect, error_messages=errors, **more
    )


def select(label: Any, missing: Any, **more: Any) -> forms.ChoiceField:
    """One of many, as a list to open; its choices are given when the form is made."""
    errors = {"required": missing, "invalid_choice": missing}
    return forms.ChoiceField(label=label, choices=(), widget=forms.Select, error_messages=errors, **more)


def several(label: Any, choices: Choices, wrong: Any, **more: Any) -> forms.MultipleChoiceField:
    """Any number of several, as boxes."""
    errors = {"required": wrong, "invalid_choice": wrong, "invalid_list": wrong}
    boxes = forms.CheckboxSelectMultiple
    return forms.MultipleChoiceField(
        label=label, choices=choices, widget=boxes, error_messages=errors, **more
    )


def words(label: Any, *, most: int = LINE, missing: Any = "", **more: Any) -> forms.CharField:
    """A line, or a text when `most` is large; not asked for unless there are words for its being missing.
    Nothing is cut off: too long a text is said to be so.
    """
    widget = forms.Textarea if most > LINE else forms.TextInput
    errors = {"required": missing, "max_length": TOO_LONG}
    field = forms.CharField(
        label=label, max_length=most, widget=widget, required=bool(missing), error_messages=errors, **more
    )
    # With `maxlength` a browser throws away the end of what is pasted.
    field.widget.attrs.pop("maxlength", None)
    return field
