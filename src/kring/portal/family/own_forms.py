"""What a guardian writes of its own in the plan, and how it says that the plan has gone."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from kring.care.plans.queries.items import Activity, Need
from kring.design.fields import DayField

from .forms import SHORT_MAX, TEXT_MAX

FAMILY, CLOSE = "family", "third_party"
NEAR = "near:"
NAME_MAX, OFTEN_MAX = 120, 80
_TOO_LONG = {"max_length": _("Skriv lite kortare, högst %(limit_value)d tecken.")}


def _text(label: Any, *, most: int = TEXT_MAX, missing: Any = "", hint: Any = "") -> forms.CharField:
    """A text; a line where it is short. It must be filled in where there are words for its being missing."""
    widget = forms.Textarea if most > SHORT_MAX else forms.TextInput
    about = {"label": label, "help_text": hint, "error_messages": _TOO_LONG | {"required": missing}}
    return forms.CharField(max_length=most, required=bool(missing), widget=widget, **about)


def _one_of(label: Any, choices: Any, missing: Any, **more: Any) -> forms.ChoiceField:
    errors = {"required": missing, "invalid_choice": missing}
    return forms.ChoiceField(
        label=label, choices=choices, widget=forms.RadioSelect, error_messages=errors, **more
    )


class OwnForm(forms.Form):
    """An item of the family's own. `row`: what stands, when it is changed."""

    shows: Sequence[str] = ()

    def __init__(
        self,
        data: Any = None,
        *,
        row: Any = None,
        goals: Sequence[tuple[str, str]] = (),
        close: Sequence[str] = (),
    ) -> None:
        super().__init__(data, initial=self.of(row) if row else None)
        if "responsible" in self.fields and close:
            one_of_them = [(f"{NEAR}{at}", name) for at, name in enumerate(close)]
            field = self.fields["responsible"]
            field.choices = [field.choices[0], *one_of_them, *field.choices[1:]]
        self.close = {f"{NEAR}{at}": name for at, name in enumerate(close)}
        if "goal_id" in self.fields:
            self.fields["goal_id"].choices = [("", _("Inget särskilt mål")), *goals]

    def of(self, row: Any) -> dict[str, Any]:
        """The item as this form shows it."""
        return {name: getattr(row, name) for name in self.shows}

    def given(self) -> dict[str, Any]:
        """What the command is called with."""
        return dict(self.cleaned_data)


class OwnNeedForm(OwnForm):
    shows = ("area", "text")
    area = _one_of(_("Vad gäller det?"), Need.Area.choices, _("Välj vad det gäller."))
    text = _text(
        _("Vad behöver barnet?"),
        missing=_("Skriv vad barnet behöver."),
        hint=_("Även lek, kultur och fritid hör hit."),
    )


class OwnGoalForm(OwnForm):
    shows = ("words",)
    words = _text(
        _("Målet med era egna ord"),
        missing=_("Skriv målet med egna ord."),
        hint=_("Till exempel: Vi vill att mornarna blir lugna."),
    )


class OwnActivityForm(OwnForm):
    """«Det vi gör själva»: the family, or somebody close to it."""

    shows = ("what", "responsible", "responsible_words", "due_on", "when_words")
    what = _text(
        _("Vad gör ni?"),
        most=SHORT_MAX,
        missing=_("Skriv vad ni gör."),
        hint=_("En sak, till exempel: Läsa tillsammans på kvällen."),
    )
    responsible = _one_of(
        _("Vem gör det?"),
        [(FAMILY, _("Vi själva")), (CLOSE, _("Någon annan som är nära"))],
        _("Välj vem som gör det."),
        initial=FAMILY,
    )
    responsible_words = _text(
        _("Namn"),
        most=NAME_MAX,
        hint=_("Behövs om någon annan gör det. Till exempel: morfar, eller ledaren i simklubben."),
    )
    when_words = _text(_("Hur ofta?"), most=OFTEN_MAX, hint=_("Till exempel: varje kväll"))
    due_on = DayField(label=_("Klart senast"), example="18 12 2026", required=False)
    goal_id = _one_of(_("Hör till målet"), (), _("Välj ett av målen i listan."), required=False)

    def of(self, row: Any) -> dict[str, Any]:
        return super().of(row) | {"goal_id": str(row.goal_id or "")}

    def clean(self) -> dict[str, Any]:
        found = super().clean() or self.cleaned_data
        named = found.get("responsible_words", "").strip()
        if found.get("responsible") == CLOSE and not named and "responsible_words" not in self.errors:
            self.add_error("responsible_words", _("Skriv vem som gör det."))
        return found

    def given(self) -> dict[str, Any]:
        goal = self.cleaned_data["goal_id"]
        given = super().given() | {"goal_id": UUID(goal) if goal else None}
        if given["responsible"] in self.close:
            name = given["responsible_words"].strip() or self.close[given["responsible"]]
            given |= {"responsible": CLOSE, "responsible_words": name}
        return given


class OwnStatusForm(forms.Form):
    """How something that the family does goes."""

    status = _one_of(_("Hur går det?"), Activity.Status.choices, _("Välj hur det går."))


class EvaluateForm(forms.Form):
    """How the plan has gone, in a guardian's own words. Every question may be left."""

    FACES = (
        ("5", _("Mycket bra")),
        ("4", _("Bra")),
        ("3", _("Sådär")),
        ("2", _("Inte så bra")),
        ("1", _("Inte alls bra")),
        ("", _("Vill inte svara")),
    )
    listened = _one_of(
        _("Hur väl lyssnade de på er?"), FACES, _("Välj ett av svaren."), required=False, initial=""
    )
    helped = _one_of(
        _("Hur mycket hjälpte planen?"), FACES, _("Välj ett av svaren."), required=False, initial=""
    )
    words = _text(_("Med egna ord"), hint=_("Vad var bra? Vad kan bli bättre?"))

    def clean(self) -> dict[str, Any]:
        found = super().clean() or self.cleaned_data
        if not self.errors and not any(str(value).strip() for value in found.values()):
            self.add_error(None, _("Svara på minst en fråga, eller gå tillbaka utan att svara."))
        return found

    def given(self) -> dict[str, Any]:
        """What the command is called with."""
        faces = {name: int(self.cleaned_data[name] or 0) or None for name in ("listened", "helped")}
        return faces | {"words": self.cleaned_data["words"]}
