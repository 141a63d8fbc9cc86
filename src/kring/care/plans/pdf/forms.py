"""Why a protected child's plan is printed."""

from django import forms
from django.utils.translation import gettext_lazy as _


class ReasonForm(forms.Form):
    """A reason in words, kept in the access log as written."""

    reason = forms.CharField(
        label=_("Varför behöver planen skrivas ut?"),
        help_text=_("En mening räcker, till exempel «Lämnas till barnet på mötet i dag»."),
        min_length=5,
        max_length=200,
        error_messages={
            "required": _("Skriv varför planen behöver skrivas ut, till exempel «Lämnas på mötet»."),
            "min_length": _("Skriv lite mer om varför, minst %(limit_value)s tecken."),
            "max_length": _("Skriv kortare, högst %(limit_value)s tecken."),
        },
    )
