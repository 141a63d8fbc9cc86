"""The forms about secrecy. Every question is neutral, and nothing is chosen beforehand."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kring.design.fields import DayField

TOO_LONG = _("Skriv kortare, högst %(limit_value)s tecken.")
Choices = Iterable[tuple[str, Any]]


def _choice(label: Any, choices: Choices, missing: Any, **more: Any) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label,
        choices=choices,
        widget=more.pop("widget", forms.RadioSelect),
        error_messages={"required": missing, "invalid_choice": missing},
        **more,
    )


def _words(label: Any, missing: Any, hint: Any = "", most: int = 500) -> forms.CharField:
    errors = {"required": missing, "max_length": TOO_LONG}
    return forms.CharField(
        label=label, help_text=hint, max_length=most, widget=forms.Textarea, error_messages=errors
    )


def _yes(label: Any, missing: Any, required: bool = True) -> forms.BooleanField:
    return forms.BooleanField(label=label, required=required, error_messages={"required": missing})


class PlainForm(forms.Form):
    """A form of these pages; alone a question that is answered by pressing the button."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, label_suffix="", auto_id="%s", **kwargs)


class BlockForm(PlainForm):
    """What the child wants to have blocked."""

    kind = _choice(
        _("Vem ska inte se uppgifterna?"),
        (
            ("inner", _("Andra enheter hos vår vårdgivare, och alla andra vårdgivare")),
            ("outer", _("Bara andra vårdgivare")),
        ),
        _("Välj vem som inte ska se uppgifterna."),
    )
    documented_from = DayField(
        label=_("Antecknat från och med"),
        help_text=_("Lämna tomt för allt som redan finns."),
        example="3 11 2026",
        required=False,
    )
    documented_to = DayField(
        label=_("Antecknat till och med"),
        help_text=_("Lämna tomt för att också spärra det som antecknas framöver."),
        example="30 11 2026",
        required=False,
    )
    wish = _yes(
        _("Barnet vill det självt och har fått veta vad en spärr innebär"),
        _("Bara barnet självt kan vilja ha en spärr. Kryssa i när ni har pratat om det."),
    )


class WishForm(PlainForm):
    """That the child wants the block lifted."""

    wish = _yes(_("Barnet vill det självt"), _("Kryssa i att barnet vill att spärren hävs."))


class ConsentNowForm(PlainForm):
    """That the patient agrees now: said to the officer who lifts."""

    consents = _yes(
        _("Barnet samtycker nu till att spärren hävs"),
        _("En inre spärr hävs bara när barnet samtycker nu. Kryssa i när du har frågat."),
    )


class AnswerForm(PlainForm):
    """The officer's answer to a request."""

    answer = _choice(
        _("Vad är svaret?"),
        (("lifted", _("Häv spärren")), ("refused", _("Spärren står kvar"))),
        _("Välj ett av svaren."),
    )
    consents = _yes(_("Barnet samtycker nu till att spärren hävs"), "", required=False)
    reason = _words(_("Varför?"), _("Skriv varför. Den som frågade får läsa det."))


class EmergencyForm(PlainForm):
    """What must be so for an emergency, each stated by whoever opens."""

    danger = _yes(
        _("Det är fara för barnets liv eller allvarlig risk för barnets hälsa"),
        _("Nödöppning kräver fara för liv eller allvarlig risk för hälsa."),
    )
    consent_impossible = _yes(
        _("Barnet kan inte tillfrågas nu"), _("Kan barnet tillfrågas ska det få samtycka eller säga nej.")
    )
    indispensable = _yes(
        _("Uppgifterna kan ha betydelse för vård som barnet oundgängligen behöver"),
        _("Bara det som har betydelse för oundgänglig vård får nödöppnas."),
    )
    reason = _words(
        _("Varför behöver du nödöppna?"),
        _("Skriv varför du nödöppnar. Utan skäl öppnas inget."),
        _("Skälet skrivs i loggen, granskas och kan läsas av familjen."),
    )


class InnerEmergencyForm(EmergencyForm):
    """The same inside the care provider, where the law asks for no danger to life."""

    danger = None


class OpenForm(PlainForm):
    """Which of those that were revealed are opened."""

    units = forms.MultipleChoiceField(
        label=_("Vad behöver du öppna?"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": _("Välj vad du behöver öppna."),
            "invalid_choice": _("Välj i listan."),
            "invalid_list": _("Välj i listan."),
        },
    )

    def __init__(self, *args: Any, choices: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["units"].choices = list(choices)


class ReasonForm(PlainForm):
    """Why something is decided about a guardian."""

    reason = _words(
        _("Skälet till beslutet"),
        _("Skriv skälet till beslutet."),
        _("Läses av verksamhetschefen på er enhet, aldrig av familjen."),
    )


class ExtendForm(ReasonForm):
    """Extended access: agreed with the child, and ending."""

    child_agreed = _yes(
        _("Barnet är med på det"), _("Barnet ska vara med på det. Kryssa i när ni är överens.")
    )
    ends_on = DayField(label=_("Gäller till och med"), example="1 6 2027")


class MaturityForm(PlainForm):
    """One judgement of one question."""

    question = _choice(_("Vad gäller bedömningen?"), (), _("Välj vad bedömningen gäller."))
    verdict = _choice(
        _("Är barnet moget för det?"),
        (("yes", _("Ja")), ("no", _("Nej"))),
        _("Välj ja eller nej."),
    )
    grounds = _words(
        _("Vad bygger bedömningen på?"),
        _("Skriv vad bedömningen bygger på."),
        _("Vad barnet förstår av frågan och följderna, och hur ni har pratat om det."),
    )

    def __init__(self, *args: Any, questions: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["question"].choices = list(questions)


class MemberForm(PlainForm):
    """Whom to let in to a protected child, and why."""

    person_id = _choice(_("Vem?"), (), _("Välj någon som arbetar på er enhet."), widget=forms.Select)
    reason = _words(_("Varför behöver hen nå barnet?"), _("Skriv varför hen behöver nå barnet."), most=200)

    def __init__(self, *args: Any, people: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person_id"].choices = [("", _("Välj")), *people]


class AcuteMemberForm(MemberForm):
    """The same from outside the group: the child is named by its number, and nothing is answered of it."""

    number = forms.CharField(
        label=_("Barnets personnummer"),
        help_text=_("Till exempel 20170101-2393."),
        max_length=20,
        error_messages={"required": _("Skriv barnets personnummer."), "max_length": TOO_LONG},
    )
    field_order = ("number", "person_id", "reason")

    def clean_number(self) -> str:
        return "".join(sign for sign in self.cleaned_data["number"] if sign.isalnum())


class VerdictForm(PlainForm):
    """What the review of an emergency opening found."""

    verdict = _choice(
        _("Vad visar granskningen?"),
        (("right", _("Nödöppningen var riktig")), ("wrong", _("Nödöppningen var inte riktig"))),
        _("Välj vad granskningen visar."),
    )
    words = _words(_("Vad bygger det på?"), _("Skriv vad granskningen bygger på."))
