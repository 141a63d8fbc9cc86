"""What the board has decided. Nothing is chosen beforehand, and where the child lives is not asked."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kring.children.models import Placement
from kring.design.fields import DayField
from kring.portal.staff.secrecy.forms import TOO_LONG, PlainForm
from kring.secrecy.rules.placements import Proposed

UNNAMED = "unnamed"
"""The word of a form for a decision that names nobody; the row has none."""
YES, NO = "yes", "no"


def _radios(label: Any, choices: Any, missing: Any, hint: Any = "") -> forms.ChoiceField:
    errors = {"required": missing, "invalid_choice": missing}
    return forms.ChoiceField(
        label=label, choices=choices, help_text=hint, widget=forms.RadioSelect, error_messages=errors
    )


class PlacementForm(PlainForm):
    """One placement, as the decision says it."""

    kind = _radios(_("Hur är barnet placerat?"), Placement.Kind.choices, _("Välj hur barnet är placerat."))
    home = _radios(
        _("I vilken form?"),
        Placement.Home.choices,
        _("Välj i vilken form barnet är placerat."),
        _("Skriv inte någonstans i Kring var barnet bor."),
    )
    decided_on = DayField(label=_("Dagen då nämnden fattade beslutet"), example="12 11 2026")
    starts_on = DayField(label=_("Placeringens första dag"), example="16 11 2026")
    ends_on = DayField(
        label=_("Placeringens sista dag"),
        help_text=_("Lämna tomt om den gäller tills vidare."),
        example="31 5 2027",
        required=False,
    )
    guardians_keep_access = _radios(
        _("Behåller vårdnadshavarna sina sidor om barnet?"),
        ((YES, _("Ja, det säger beslutet")), (NO, _("Nej, eller beslutet säger det inte"))),
        _("Välj om vårdnadshavarna behåller sina sidor."),
    )
    signer = _radios(
        _("Vem samtycker för barnet enligt beslutet?"),
        [(key or UNNAMED, words) for key, words in reversed(Placement.Signer.choices)],
        _("Välj vem som samtycker."),
        _("Familjehem och annan personal där barnet bor samtycker inte till något."),
    )

    def proposed(self) -> Proposed:
        """What was filled in, as the row has it."""
        given = dict(self.cleaned_data)
        given["guardians_keep_access"] = given["guardians_keep_access"] == YES
        given["signer"] = "" if given["signer"] == UNNAMED else given["signer"]
        return Proposed(**given)

    @classmethod
    def initial_of(cls, row: Placement) -> Mapping[str, Any]:
        """A placement in the form's words."""
        same = {name: getattr(row, name) for name in ("kind", "home", "decided_on", "starts_on", "ends_on")}
        keeps = YES if row.guardians_keep_access else NO
        return same | {"guardians_keep_access": keeps, "signer": row.signer or UNNAMED}


class EndForm(PlainForm):
    """That it ends."""

    ends_on = DayField(
        label=_("Placeringens sista dag"),
        help_text=_("Till och med den dagen gäller placeringen."),
        example="30 11 2026",
    )
    decided_on = DayField(label=_("Dagen då nämnden beslutade att den upphör"), example="16 11 2026")

    def days(self) -> dict[str, Any]:
        return dict(self.cleaned_data)


class WithdrawForm(PlainForm):
    """That it was written in by mistake."""

    reason = forms.CharField(
        label=_("Varför tas placeringen bort?"),
        help_text=_("Till exempel att den skrevs in på fel barn. Skälet skrivs i loggen."),
        max_length=200,
        widget=forms.Textarea,
        error_messages={"required": _("Skriv varför placeringen tas bort."), "max_length": TOO_LONG},
    )
