"""S42: what is written during the meeting, all in one form, so that pressing a button loses nothing."""

from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from kring.care.plans.models import TookPart
from kring.design.fields import DayField

from .content import OTHERS, read_who
from .shown import ShownForm
from .words import LINE, Choice, Choices, Select, Several, Words

WRITTEN = (
    "child_words",
    "no_child_words_reason",
    "child_took_part",
    "child_took_part_words",
    "notes",
    "note_taker_id",
)
DECIDED = ("what", "who", "responsible_words", "due_on")


class MeetingForm(ShownForm):
    """The child's own words first. What is saved may be half done; ending the meeting asks for the rest."""

    refused_at = {"responsible": "responsible_words", "responsible_person_id": "who", "unit_id": "who"}

    asked = ("child_words", "child_took_part", "present", "what", "who")

    child_words = Words(
        label=_("Barnets egna ord"),
        help_text=_("Det barnet sa, skrev eller ritade, så som barnet sa det."),
        required=False,
    )
    no_child_words_reason = Words(
        label=_("Om barnets ord saknas: varför?"),
        help_text=_("Till exempel: barnet ville inte vara med i dag och frågas efteråt."),
        most=LINE,
        required=False,
    )
    child_took_part = Choice(label=_("Hur var barnet med?"), choices=TookPart.choices, required=False)
    child_took_part_words = Words(label=_("Mer om hur barnet var med"), most=LINE, required=False)
    present = Several(label=_("Vilka är med?"), choices=(), required=False)
    names = Words(
        label=_("Andra som är med"), help_text=_("Ett namn på varje rad."), most=LINE * 3, required=False
    )
    note_taker_id = Select(label=_("Vem antecknar?"), choices=(), required=False)
    what = Words(label=_("Vad ska göras?"), most=LINE * 2, required=False)
    who = Select(label=_("Vem gör det?"), choices=(), required=False)
    responsible_words = Words(label=_("Namn, om det är familjen eller någon annan"), most=120, required=False)
    due_on = DayField(label=_("Klart senast"), example="18 12 2026", required=False)
    notes = Words(
        label=_("Anteckningar"), help_text=_("Kort. Det ni bestämmer står i planen."), required=False
    )

    def __init__(
        self,
        *args: Any,
        invited: Choices,
        people: Choices,
        doers: Choices,
        stored: dict[str, Any],
        deciding: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.stored, self.deciding = stored, deciding
        self.fields["present"].choices = list(invited)
        self.fields["note_taker_id"].choices += list(people)
        self.fields["who"].choices += [*doers, *OTHERS]

    def clean(self) -> dict[str, Any]:
        clean = super().clean()
        if self.deciding and not clean.get("what") and "what" not in self.errors:
            self.add_error("what", _("Skriv vad som ska göras."))
        if clean.get("what") and not clean.get("who") and "who" not in self.errors:
            self.add_error("who", _("Välj vem som gör det."))
        return clean

    def of(self, row: Any) -> dict[str, Any]:
        """Who is there (`stored`) is no field of the meeting itself."""
        written = {name: str(getattr(row, name) or "") for name in WRITTEN}
        return {**self.shown_of(row), **written, **self.stored}

    def written(self) -> dict[str, Any]:
        clean = {name: self.cleaned_data[name] for name in WRITTEN} | self.shown_given()
        return clean | {"note_taker_id": UUID(clean["note_taker_id"]) if clean["note_taker_id"] else None}

    def attendance(self) -> dict[str, Any]:
        chosen = [UUID(value) for value in self.cleaned_data["present"]]
        return {"invitation_ids": chosen, "names": self.cleaned_data["names"].splitlines()[:30]}

    def decided(self) -> dict[str, Any] | None:
        """The activity that was written, if any."""
        clean = {name: self.cleaned_data[name] for name in DECIDED}
        return clean | read_who(clean.pop("who")) if clean["what"] else None
