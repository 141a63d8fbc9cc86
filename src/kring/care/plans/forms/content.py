"""Needs, goals and activities: each party's own."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from kring.care.plans.models import Activity, Goal, Need
from kring.design.fields import DayField

from .shown import ShownForm
from .words import LINE, Choice, Choices, PlanForm, Select, Words

FAMILY, OTHER, CLOSE = "family", "other", "close:"
NEAR = _("Nära barnet")


class NeedForm(ShownForm):
    area = Choice(
        label=_("Vad gäller det?"), choices=Need.Area.choices, missing=_("Välj vad behovet gäller.")
    )
    text = Words(
        label=_("Vad behöver barnet?"),
        help_text=_("Även lek, kultur och fritid hör hit."),
        missing=_("Skriv vad barnet behöver."),
    )


class GoalForm(ShownForm):
    words = Words(
        label=_("Målet med barnets egna ord"),
        help_text=_("Till exempel: Jag vill kunna berätta i klassen."),
        missing=_("Skriv målet med barnets egna ord."),
    )
    explanation = Words(
        label=_("Förklaring"),
        help_text=_("För de vuxna runt barnet: vad betyder det i praktiken?"),
        required=False,
    )
    term = Choice(label=_("När?"), choices=Goal.Term.choices, missing=_("Välj kort eller lång sikt."))


class ActivityForm(ShownForm):
    """Who does what by when. `who` is one list: units and their people, the family, somebody else."""

    refused_at = {
        "responsible": "responsible_words",
        "responsible_person_id": "who",
        "unit_id": "who",
    }

    what = Words(
        label=_("Vad ska göras?"),
        most=LINE * 2,
        help_text=_("En sak, som går att se när den är klar."),
        missing=_("Skriv vad som ska göras."),
    )
    who = Select(label=_("Vem gör det?"), choices=(), missing=_("Välj vem som gör det."))
    responsible_words = Words(
        label=_("Namn, om det är familjen eller någon annan"),
        help_text=_("Till exempel: morfar, eller ledaren i simklubben."),
        most=120,
        required=False,
    )
    due_on = DayField(
        label=_("Klart senast"), help_text=_("Till exempel 18 12 2026"), example="18 12 2026", required=False
    )
    when_words = Words(
        label=_("Hur ofta, om det upprepas"),
        help_text=_("Till exempel: varje tisdag"),
        most=80,
        required=False,
    )
    goal_id = Select(label=_("Hör till målet"), choices=(), required=False, empty=_("Inget särskilt mål"))
    status = Choice(label=_("Hur går det?"), choices=Activity.Status.choices)

    def __init__(
        self,
        *args: Any,
        people: Choices,
        goals: Choices = (),
        close: Sequence[tuple[str, str]] = (),
        quick: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.close = {f"{CLOSE}{at}": name for at, (name, _label) in enumerate(close)}
        near = [(value, label) for value, (_name, label) in zip(self.close, close, strict=True)]
        named = [(NEAR, near)] if near else []
        self.fields["who"].choices += [*people, *named, *OTHERS]
        self.fields["goal_id"].choices += list(goals)
        for name in ("when_words", "goal_id", "status", *self.folded) if quick else ():
            del self.fields[name]

    def of(self, row: Any) -> dict[str, Any]:
        return super().of(row) | {"who": who_of(row), "goal_id": str(row.goal_id or "")}

    def given(self) -> dict[str, Any]:
        clean = super().given()
        responsible = self.read_who(clean.pop("who"), clean.get("responsible_words", ""))
        goal = {"goal_id": UUID(clean["goal_id"]) if clean["goal_id"] else None} if "goal_id" in clean else {}
        return clean | responsible | goal

    def read_who(self, value: str, words: str) -> dict[str, Any]:
        """The list's value as a command takes it. Somebody close is named in words, as they stand in the list
        unless others were written.
        """
        if value in self.close:
            return read_who(OTHER) | {"responsible_words": words.strip() or self.close[value]}
        return read_who(value)


OTHERS = ((_("Andra"), ((FAMILY, _("Familjen")), (OTHER, _("Någon annan")))),)


def who_of(activity: Activity) -> str:
    """An activity's doer as the value of the list."""
    if activity.responsible != Activity.Responsible.UNIT:
        return FAMILY if activity.responsible == Activity.Responsible.FAMILY else OTHER
    return f"{activity.responsible_unit_id}:{activity.responsible_person_id or ''}"


def read_who(value: str) -> dict[str, Any]:
    """The list's value as a command takes it. The value is one of the choices, so it can be read."""
    if value in (FAMILY, OTHER):
        kind = Activity.Responsible.FAMILY if value == FAMILY else Activity.Responsible.THIRD_PARTY
        return {"responsible": kind}
    unit, _colon, person = value.partition(":")
    ids = {"responsible_unit_id": UUID(unit), "responsible_person_id": UUID(person) if person else None}
    return {"responsible": Activity.Responsible.UNIT, **ids}


class StatusForm(PlanForm):
    status = Choice(label=_("Hur går det?"), choices=Activity.Status.choices, missing=_("Välj hur det går."))
