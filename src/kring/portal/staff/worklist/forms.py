"""Handing tasks to a colleague, and saying how they ended."""

from django import forms
from django.utils.translation import gettext_lazy as _

from kring.organisations.models import Person


class DoneForm(forms.Form):
    """How it ended, where that must be said."""

    result = forms.CharField(
        label=_("Hur blev det?"),
        help_text=_(
            "Kort, till exempel vad ni kom överens om. Den som frågade läser svaret på sin egen sida."
        ),
        max_length=300,
        widget=forms.Textarea,
        error_messages={
            "required": _("Skriv hur det blev."),
            "max_length": _("Skriv högst 300 tecken."),
        },
    )


class AssignForm(forms.Form):
    """One colleague at the unit."""

    person = forms.TypedChoiceField(
        label=_("Vem ska ta över?"),
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Välj vem som ska ta över."),
            "invalid_choice": _("Välj någon som arbetar på enheten i dag."),
        },
    )

    def __init__(self, *args: object, colleagues: list[Person], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].choices = [
            (
                str(one.pk),
                f"{one.name}, {one.title.lower()}" if one.title and not one.protected_identity else one.name,
            )
            for one in colleagues
        ]
