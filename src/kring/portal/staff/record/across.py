"""«Sammanhållen vårddokumentation»: writing in that a family was told of it, and what it answered."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kring.access.consents import ConsentView, SignerRow, across_of
from kring.access.permissions import Permission
from kring.access.policy.answers import CHILD
from kring.access.policy.catalogue import sentence
from kring.access.policy.recording import Said
from kring.access.views import requires
from kring.children.models import Child
from kring.children.presenters import guardian_name
from kring.design import days
from kring.design.fields import DayField
from kring.portal.staff.secrecy.around import around
from kring.portal.staff.secrecy.sending import Page, run
from kring.secrecy.commands.across import record_across
from kring.secrecy.queries.pages import child_for

WHO = gettext_lazy("Välj vem som har fått veta eller svarat.")
WHAT = gettext_lazy("Välj vad personen svarade.")
HOW = gettext_lazy("Välj hur det gick till.")


class AnswerForm(forms.Form):
    """Nothing is chosen beforehand: a yes and a no weigh the same."""

    signer = forms.ChoiceField(
        label=gettext_lazy("Vem?"),
        widget=forms.RadioSelect,
        error_messages={"required": WHO, "invalid_choice": WHO},
    )
    said = forms.ChoiceField(
        label=gettext_lazy("Vad blev svaret?"),
        widget=forms.RadioSelect,
        choices=(
            (Said.NOT_ASKED, gettext_lazy("Har fått veta, inte svarat")),
            (Said.YES, gettext_lazy("Ja, vår verksamhet får läsa")),
            (Said.NO, gettext_lazy("Nej, ingen annan vårdgivare får läsa")),
        ),
        error_messages={"required": WHAT, "invalid_choice": WHAT},
    )
    form = forms.ChoiceField(
        label=gettext_lazy("Hur?"),
        widget=forms.RadioSelect,
        choices=(("oral", gettext_lazy("Muntligt")), ("written", gettext_lazy("Skriftligt"))),
        error_messages={"required": HOW, "invalid_choice": HOW},
    )
    ends_on = DayField(
        label=gettext_lazy("Sista dag"),
        help_text=gettext_lazy("Bara för ett ja. Lämna tomt om det gäller tills vidare."),
        example="30 6 2027",
        required=False,
    )
    judged_mature = forms.BooleanField(
        label=gettext_lazy("Jag behandlar barnet och har bedömt att det är moget för frågan."),
        help_text=gettext_lazy("Bara när barnet själv har svarat ja."),
        required=False,
    )

    def __init__(self, *args: Any, people: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, label_suffix="", auto_id="%s", **kwargs)
        self.fields["signer"].choices = list(people)


@dataclass(frozen=True)
class Told:
    """One person's latest answer, as a line."""

    who: str
    state: str
    when: str


@requires(Permission.SEE_RECORD)
def answer(request: HttpRequest, child_id: UUID) -> HttpResponse:
    """How it stands, and what was heard now."""
    actor = request.actor
    child = child_for(actor, Permission.SEE_RECORD, child_id)
    consent = across_of(actor, child)

    def work(given: Mapping[str, Any]) -> str:
        signer = CHILD if given["signer"] == CHILD else UUID(given["signer"])
        heard = {name: given[name] for name in ("form", "ends_on", "judged_mature")}
        record_across(by=actor, child_id=child_id, signer=signer, said=Said(given["said"]), **heard)
        return reverse("record-answer", args=[child_id])

    page = Page(
        form=AnswerForm(request.POST or None, people=people(child, consent)), work=work,
        title=_("Sammanhållen vårddokumentation"), button=_("Skriv in"), said=_("Svaret är inskrivet."),
        lead=_(
            "Familjen ska få veta att andra vårdgivare kan läsa, och att uppgifter kan spärras, innan någon "
            "läser."
        ),
        back=reverse("child-record", args=[child_id]), back_word=_("Journal"),
        template="portal/staff/record_answer.html",
        context=around(actor, child, "child-record") | {"lines": lines(child, consent), "rules": rules()},
    )  # fmt: skip
    return run(request, page)


def people(child: Child, consent: ConsentView) -> list[tuple[str, str]]:
    """Whose answer there is to write in: the child's, and that of everyone with custody today."""
    guardians = [row.guardian for row in consent.signers if row.guardian]
    return [(CHILD, child.given_name), *((str(one.pk), guardian_name(one)) for one in guardians)]


def lines(child: Child, consent: ConsentView) -> list[Told]:
    """The latest answer of each, in the order of the form; nobody who has not been asked."""
    return [_line(child, row) for row in consent.signers if row.latest]


def _line(child: Child, row: SignerRow) -> Told:
    latest = row.latest
    assert latest is not None  # noqa: S101  the caller has chosen those with an answer
    words = {"given": _("Ja"), "refused": _("Nej"), "not_asked": _("Har fått veta, inte svarat")}
    state = _("Har tagit tillbaka sitt ja") if latest.withdrawn_at else words[latest.state]
    who = guardian_name(row.guardian) if row.guardian else child.given_name
    return Told(who, state, days.day(days.local(latest.recorded_at)))


def rules() -> list[str]:
    """The law behind the page, a sentence each."""
    return [sentence(one) for one in ("8.3.informed", "8.6.across.yes", "8.6.across.mature")]
