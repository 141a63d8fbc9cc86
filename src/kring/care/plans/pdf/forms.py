"""What is asked before a plan is printed: why, of a protected child's; whom it may harm, of a guardian's."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

TOO_LONG = _("Skriv kortare, högst %(limit_value)s tecken.")


def _in_words(label: Any, hint: Any, missing: Any, short: Any) -> forms.CharField:
    """A sentence that is kept in the access log as written."""
    errors = {"required": missing, "min_length": short, "max_length": TOO_LONG}
    return forms.CharField(label=label, help_text=hint, min_length=5, max_length=200, error_messages=errors)


class ReasonForm(forms.Form):
    """A reason in words, kept in the access log as written."""

    reason = _in_words(
        _("Varför behöver planen skrivas ut?"),
        _("En mening räcker, till exempel «Lämnas till barnet på mötet i dag»."),
        _("Skriv varför planen behöver skrivas ut, till exempel «Lämnas på mötet»."),
        _("Skriv lite mer om varför, minst %(limit_value)s tecken."),
    )


CHOOSE = _("Välj vem som ska få pappret.")


class HandOverForm(forms.Form):
    """The harm test of one copy on paper (ruling 22): who gets it, and what was found."""

    guardian = forms.ChoiceField(
        label=_("Vem ska få pappret?"),
        widget=forms.RadioSelect,
        error_messages={"required": CHOOSE, "invalid_choice": CHOOSE},
    )
    tested = forms.BooleanField(
        label=_("Jag har läst planen och prövat att inget i den kan skada barnet eller någon annan."),
        error_messages={"required": _("Läs planen och pröva om något i den kan skada, innan den lämnas ut.")},
    )
    reason = _in_words(
        _("Vad kom du fram till?"),
        _("En mening räcker, till exempel «Inget som rör någon annan än familjen»."),
        _("Skriv kort vad du kom fram till."),
        _("Skriv lite mer, minst %(limit_value)s tecken."),
    )

    def __init__(self, *args: object, guardians: Iterable[tuple[str, str]], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["guardian"].choices = list(guardians)
