"""What a guardian fills in. Every error says how to go on."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from kring.design.fields import DayField

TEXT_MAX = 2_000
SHORT_MAX = 300

_TOO_LONG = {"max_length": _("Skriv lite kortare, högst %(limit_value)d tecken.")}


def _text(label: Any, *, most: int = TEXT_MAX, missing: Any = None, hint: Any = "") -> forms.CharField:
    errors = _TOO_LONG | ({"required": missing} if missing else {})
    about = {"label": label, "help_text": hint, "error_messages": errors}
    return forms.CharField(max_length=most, required=bool(missing), widget=forms.Textarea, **about)


def _choice(label: Any, choices: Sequence[tuple[str, Any]], missing: Any) -> forms.ChoiceField:
    errors = {"required": missing, "invalid_choice": missing}
    return forms.ChoiceField(label=label, choices=choices, widget=forms.RadioSelect, error_messages=errors)


class WishForm(forms.Form):
    """S76: what a guardian asks to go on seeing. Nothing at all takes the question back."""

    things = forms.MultipleChoiceField(
        label=_("Vad vill du fråga om att få se?"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": _("Välj bland det som står i listan.")},
    )

    def __init__(self, data: Any = None, *, choices: Sequence[tuple[str, str]], now: Sequence[str]) -> None:
        super().__init__(data, initial={"things": list(now)})
        self.fields["things"].choices = list(choices)


def _last_day(hint: Any) -> DayField:
    return DayField(label=_("Sista dag för ditt ja"), help_text=hint, example="30 6 2027", required=False)


class AnswerForm(forms.Form):
    """The answer to a call to a meeting. A yes and a no weigh the same: the family never has to say why."""

    answer = _choice(
        _("Kan du komma?"),
        [("comes", _("Ja, jag kommer")), ("declines", _("Nej, jag kan inte"))],
        _("Välj om du kommer eller inte kan."),
    )
    reason = _text(
        _("Vill du säga något mer?"),
        most=SHORT_MAX,
        hint=_("Du behöver inte säga varför. Skriv gärna en tid som passar bättre."),
    )


class SuitsForm(forms.Form):
    """Which of several times for a meeting suit: a yes or a no to each, none chosen beforehand."""

    def __init__(
        self, data: Any = None, *, times: Sequence[tuple[UUID, str]] = (), said: Mapping[UUID, bool]
    ) -> None:
        super().__init__(data)
        self.times = {f"t-{key}": key for key, _label in times}
        for key, label in times:
            choices = [("yes", _("Ja, jag kan")), ("no", _("Nej, jag kan inte"))]
            self.fields[f"t-{key}"] = _choice(label, choices, _("Välj ja eller nej för varje tid."))
        self.initial = {f"t-{key}": "yes" if can else "no" for key, can in said.items()}

    def suits(self) -> dict[UUID, bool]:
        """Each time, and whether it suits."""
        return {key: self.cleaned_data[name] == "yes" for name, key in self.times.items()}


class AcknowledgeForm(forms.Form):
    """Having read a version, with room for what one wants to say about it."""

    comment = _text(_("Vill du säga något om planen?"))


class RequestPlanForm(forms.Form):
    """Asking for a plan: what the child needs, and which unit gets the question."""

    message = _text(
        _("Vad behöver barnet hjälp med?"), missing=_("Skriv med egna ord vad barnet behöver hjälp med.")
    )
    unit = _choice(_("Vem ska få frågan?"), [], _("Välj vem som ska få frågan."))

    def __init__(self, data: Any = None, *, units: Sequence[tuple[str, str]] = ()) -> None:
        super().__init__(data)
        self.fields["unit"].choices = list(units)


class ProposeForm(forms.Form):
    """A change the family wants in the plan or the agreement."""

    message = _text(
        _("Vad vill ni ändra eller lägga till?"), missing=_("Skriv vad ni vill ändra eller lägga till.")
    )


class ChangeTimeForm(forms.Form):
    """Asking for another time."""

    reason = _text(
        _("Varför, och när passar det bättre?"),
        most=SHORT_MAX,
        missing=_("Skriv när det passar bättre, till exempel «efter klockan 15»."),
    )


class ConfirmForm(forms.Form):
    """Nothing to fill in: the button says what happens."""


class SameDayForm(forms.Form):
    """«Samma dag?»: which visits, and the day that suits."""

    visits = forms.MultipleChoiceField(
        label=_("Vilka besök vill ni ha samma dag?"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": _("Välj minst två besök."),
            "invalid_choice": _("Välj bland besöken i listan."),
        },
    )
    on = DayField(label=_("Vilken dag passar?"), example="1 12 2026")
    message = _text(_("Vill du säga något mer?"), most=SHORT_MAX)

    def __init__(self, data: Any = None, *, visits: Sequence[tuple[str, str]] = ()) -> None:
        super().__init__(data)
        self.fields["visits"].choices = list(visits)

    def clean_visits(self) -> list[str]:
        chosen = self.cleaned_data["visits"]
        if len(set(chosen)) < 2:
            raise forms.ValidationError(_("Välj minst två besök."))
        return chosen


class ConsentForm(forms.Form):
    """The guardian's own yes or no to a plan, and to whom a yes opens what. Nothing is chosen beforehand."""

    state = _choice(
        _("Vill du att planen görs och delas?"),
        [("given", _("Ja")), ("refused", _("Nej"))],
        _("Välj ja eller nej."),
    )
    plan = forms.MultipleChoiceField(
        label=_("Om du svarar ja: vilka får se planen?"), required=False, widget=forms.CheckboxSelectMultiple
    )
    appointment = forms.MultipleChoiceField(
        label=_("Och vilka får se bokade tider?"), required=False, widget=forms.CheckboxSelectMultiple
    )

    ends_on = _last_day(_("Lämna tomt om ditt ja ska gälla så länge planen pågår."))

    def __init__(self, data: Any = None, *, units: Sequence[tuple[str, str]] = (), now: Any = None) -> None:
        super().__init__(data, initial=now)
        for name in ("plan", "appointment"):
            self.fields[name].choices = list(units)
            self.fields[name].error_messages["invalid_choice"] = _("Välj bland dem som är med i planen.")

    def clean(self) -> dict[str, Any]:
        answered = super().clean() or {}
        if answered.get("state") == "given" and not answered.get("plan"):
            self.add_error("plan", _("Välj minst en som får se planen, eller svara nej."))
        return answered

    def cells(self) -> set[tuple[UUID, str]]:
        """The pairs of unit and kind of information that a yes opens."""
        chosen = ((name, key) for name in ("plan", "appointment") for key in self.cleaned_data.get(name, []))
        return {(UUID(key), name) for name, key in chosen}


class ShareForm(forms.Form):
    """What one unit of a plan may see. Shows what already holds; nothing is chosen for who shares nothing."""

    what = forms.MultipleChoiceField(
        label=_("Vad får de se?"),
        choices=[("plan", _("Planen")), ("appointment", _("Bokade tider"))],
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": _("Välj minst en sak, eller gå tillbaka och välj «Sluta dela»."),
            "invalid_choice": _("Välj bland det som står i listan."),
        },
    )
    ends_on = _last_day(_("Gäller alla som du delar planen med. Lämna tomt för så länge planen pågår."))


class AcrossForm(forms.Form):
    """Yes or no to certain units reading what other care providers have written. Nothing is chosen."""

    state = _choice(
        _("Får de läsa det som andra vårdgivare har skrivit?"),
        [("given", _("Ja")), ("refused", _("Nej"))],
        _("Välj ja eller nej."),
    )
    units = forms.MultipleChoiceField(
        label=_("Om du svarar ja: vilka får läsa?"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": _("Välj bland dem som står i listan.")},
    )
    ends_on = _last_day(_("Lämna tomt om ditt ja ska gälla tills du säger stopp."))

    def __init__(self, data: Any = None, *, units: Sequence[tuple[str, str]] = (), now: Any = None) -> None:
        super().__init__(data, initial=now)
        self.fields["units"].choices = list(units)

    def clean(self) -> dict[str, Any]:
        answered = super().clean() or {}
        if answered.get("state") == "given" and not answered.get("units"):
            self.add_error("units", _("Välj minst en som får läsa, eller svara nej."))
        return answered
