"""Ending the plan, with the child's own evaluation."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from kring.care.plans.models import Closure

from .shown import ShownForm
from .words import Choice, Words

FACES = (
    ("5", _("Jättebra")),
    ("4", _("Bra")),
    ("3", _("Okej")),
    ("2", _("Inte bra")),
    ("1", _("Jättedåligt")),
    ("", _("Vill inte svara eller är inte frågad")),
)


OF_CHILD = ("child_listened", "child_helped", "child_words")


class CloseForm(ShownForm):
    reason = Choice(
        label=_("Varför avslutas planen?"),
        choices=Closure.Reason.choices,
        missing=_("Välj varför planen avslutas."),
    )
    words = Words(
        label=_("Med egna ord"),
        help_text=_("Vad händer nu, och vem vänder sig familjen till?"),
        required=False,
    )
    child_listened = Choice(label=_("Barnet: De lyssnade på mig"), choices=FACES, required=False)
    child_helped = Choice(label=_("Barnet: Planen hjälpte mig"), choices=FACES, required=False)
    child_words = Words(
        label=_("Barnets egna ord"), help_text=_("Vad var roligt? Vad kan bli bättre?"), required=False
    )

    def __init__(self, *args: Any, answered: bool = False, **kwargs: Any) -> None:
        """`answered`: the child has answered itself, and nobody writes it in its place."""
        super().__init__(*args, **kwargs)
        for name in OF_CHILD if answered else ():
            del self.fields[name]

    def of(self, row: Any) -> dict[str, Any]:
        return {}

    def given(self) -> dict[str, Any]:
        asked = [name for name in ("child_listened", "child_helped") if name in self.fields]
        faces = {name: int(self.cleaned_data[name] or 0) or None for name in asked}
        return super().given() | faces
