"""One person's answer about sharing: yes or no, to whom and what, how it was said, through when."""

from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from kring.children.models import Consent, ConsentScope
from kring.design.fields import DayField

from .words import Choice, Choices, PlanForm, Several

FORMS = [pair for pair in Consent.Form.choices if pair[0] != Consent.Form.PORTAL]
MATURE = (
    ("yes", _("Ja, barnet är moget för frågan")),
    ("no", _("Nej, barnet hörs men bestämmer inte själv")),
)
CATEGORIES = ConsentScope.Category.choices


class ConsentForm(PlanForm):
    """Both answers weigh the same: none is chosen beforehand."""

    state = Choice(label=_("Vad är svaret?"), choices=Consent.State.choices, missing=_("Välj ett av svaren."))
    cells = Several(
        label=_("Vem får se vad?"),
        help_text=_("Bara om svaret är ja. Kryssa för varje verksamhet vad den får se."),
        choices=(),
        required=False,
        missing=_("Välj bland verksamheterna i planen."),
    )
    judged_mature = Choice(
        label=_("Är barnet moget för frågan?"),
        help_text=_(
            "Din bedömning som behandlare. Ingen lägsta ålder gäller. Är barnet moget bestämmer det själv."
        ),
        choices=MATURE,
        missing=_("Välj om barnet är moget för frågan."),
    )
    form = Choice(label=_("Hur lämnades svaret?"), choices=FORMS, missing=_("Välj hur svaret lämnades."))
    starts_on = DayField(
        label=_("Gäller från"), help_text=_("Lämna tomt för i dag."), example="16 11 2026", required=False
    )
    ends_on = DayField(
        label=_("Gäller till och med"),
        help_text=_("Lämna tomt om det gäller så länge planen pågår."),
        example="30 6 2027",
        required=False,
    )

    def __init__(
        self, *args: Any, cells: Choices, judges: bool = False, opens: bool = True, **kwargs: Any
    ) -> None:
        """`judges`: the answer is a child's own, and the one who writes it in treats the child. `opens`:
        the one who writes it in may write in a yes.
        """
        super().__init__(*args, **kwargs)
        if not judges:
            del self.fields["judged_mature"]
        if not opens:
            self.fields["state"].choices = [pair for pair in Consent.State.choices if pair[0] != "given"]
            for name in ("cells", "ends_on"):
                del self.fields[name]
            return
        self.fields["cells"].choices = list(cells)

    def given(self) -> dict[str, Any]:
        pairs = (value.split(":") for value in self.cleaned_data.get("cells", ()))
        cells = [(UUID(unit), category) for unit, category in pairs]
        mature = self.cleaned_data.get("judged_mature") == "yes"
        return self.cleaned_data | {"cells": cells, "judged_mature": mature}
