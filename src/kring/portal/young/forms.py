"""«Jag vill läsa mer»: whom to ask, and what to say. «Mina spärrar»: what to close, and to whom.
«Vem får se min plan?»: one's own yes or no.
"""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kring.access.policy.blocking import BlockKind
from kring.portal.family.forms import AcrossForm as FamilyAcrossForm
from kring.portal.family.forms import ConsentForm as FamilyConsentForm
from kring.secrecy.commands.asking import WORDS_MAX


class AskForm(forms.Form):
    """One question to one care unit."""

    unit = forms.ChoiceField(
        label=_("Vilken mottagning vill du fråga?"),
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Välj vilken mottagning du vill fråga."),
            "invalid_choice": _("Välj vilken mottagning du vill fråga."),
        },
    )
    words = forms.CharField(
        label=_("Vill du skriva något till dem?"),
        required=False,
        max_length=WORDS_MAX,
        widget=forms.Textarea,
        error_messages={"max_length": _("Skriv högst 300 tecken.")},
    )

    def __init__(self, data: Any = None, *, units: Sequence[Any]) -> None:
        super().__init__(data)
        self.names = {str(unit.pk): unit.name for unit in units}
        self.fields["unit"].choices = list(self.names.items())


class BlockForm(forms.Form):
    """What one unit has written, closed to some or to all others."""

    unit = forms.ChoiceField(
        label=_("Vem har skrivit det du vill spärra?"),
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Välj vem som har skrivit det du vill spärra."),
            "invalid_choice": _("Välj vem som har skrivit det du vill spärra."),
        },
    )
    kind = forms.ChoiceField(
        label=_("Vilka ska inte se det?"),
        widget=forms.RadioSelect,
        choices=[
            (BlockKind.INNER.value, _("Ingen annan än de själva ska se det")),
            (BlockKind.OUTER.value, _("Andra vårdgivare ska inte se det")),
        ],
        error_messages={
            "required": _("Välj vilka som inte ska se det."),
            "invalid_choice": _("Välj vilka som inte ska se det."),
        },
    )

    def __init__(self, data: Any = None, *, units: Sequence[Any]) -> None:
        super().__init__(data)
        self.units = {str(unit.pk): unit for unit in units}
        self.fields["unit"].choices = [(key, unit.name) for key, unit in self.units.items()]


class ConsentForm(FamilyConsentForm):
    """The same answer as a guardian's, asked in the young person's words."""

    def __init__(self, data: Any = None, *, units: Sequence[tuple[str, str]] = (), now: Any = None) -> None:
        super().__init__(data, units=units, now=now)
        self.fields["state"].label = _("Får de andra i planen se den?")
        self.fields["plan"].label = _("Om du svarar ja: vilka får se din plan?")
        self.fields["appointment"].label = _("Vilka får också se dina bokade tider?")


class AcrossForm(FamilyAcrossForm):
    """The same question about others' records, to the young person."""

    def __init__(self, data: Any = None, *, units: Sequence[tuple[str, str]] = (), now: Any = None) -> None:
        super().__init__(data, units=units, now=now)
        self.fields["state"].label = _("Får de läsa det som andra vårdgivare har skrivit om dig?")
