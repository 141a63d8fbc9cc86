"""Why the child is opened."""

from django import forms
from django.utils.translation import gettext_lazy as _


class ReasonForm(forms.Form):
    """A reason in words; it is read by the log reviewer."""

    reason = forms.CharField(
        label=_("Varför behöver du öppna barnets sidor nu?"),
        help_text=_("En mening räcker, till exempel «Förbereder SIP-mötet på torsdag»."),
        min_length=5,
        max_length=200,
        error_messages={
            "required": _("Skriv varför du behöver öppna barnets sidor, till exempel «Förbereder mötet»."),
            "min_length": _("Skriv lite mer om varför, minst %(limit_value)s tecken."),
            "max_length": _("Skriv kortare, högst %(limit_value)s tecken."),
        },
    )


class RevealForm(forms.Form):
    """A reason for one field; nothing is shown without it."""

    reason = forms.CharField(
        label=_("Varför behöver du se uppgiften nu?"),
        help_text=_("En mening räcker, till exempel «Ska ringa skolan om mötet på torsdag»."),
        min_length=5,
        max_length=200,
        error_messages={
            "required": _("Skriv varför du behöver se uppgiften, till exempel «Ska ringa skolan»."),
            "min_length": _("Skriv lite mer om varför, minst %(limit_value)s tecken."),
            "max_length": _("Skriv kortare, högst %(limit_value)s tecken."),
        },
    )
