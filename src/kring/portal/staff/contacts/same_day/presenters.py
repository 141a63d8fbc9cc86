"""A question about gathering visits as ready strings."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from kring.care.contacts.presenters import answer_word
from kring.care.contacts.queries import Appointment, SameDayRequest, SameDayVisit
from kring.design import days
from kring.portal.staff.contacts.editing import Facts, Page
from kring.portal.staff.contacts.fields import ContactForm

from .queries import Question

Context = dict[str, Any]
Work = Callable[[ContactForm, int], str]

TONES = {"asked": "wait", "agreed": "good", "declined": "warn", "withdrawn": "neutral"}
ANSWER_TONES = {"yes": "good", "no": "warn", "": "wait"}


def label(one: Appointment) -> str:
    """«tis 24 nov 2026 kl. 10.00, Logopedmottagningen: Träning»."""
    what = f": {one.what}" if one.what else ""
    return f"{days.day_and_time(one.starts_at)}, {one.unit.name}{what}"


@dataclass(frozen=True)
class AnswerRow:
    """One visit, and what its unit said."""

    visit: str
    answer: str
    tone: str


def answers(request: SameDayRequest) -> list[AnswerRow]:
    """Every visit of the question, in order of time."""
    rows = sorted(request.visits.all(), key=lambda row: row.appointment.starts_at)
    return [_answer(row, request) for row in rows]


def _answer(row: SameDayVisit, request: SameDayRequest) -> AnswerRow:
    is_open = request.state == SameDayRequest.State.ASKED
    tone = ANSWER_TONES[row.answer] if row.answer or is_open else "neutral"
    return AnswerRow(label(row.appointment), answer_word(row, request), tone)


def context(found: Question) -> Context:
    """What stands on the page whether there is something to answer or not."""
    request, keys = found.request, [found.child.pk, found.request.pk]
    return {
        "day": days.day(request.on),
        "iso": request.on.isoformat(),
        "message": request.message,
        "state": request.get_state_display(),
        "tone": TONES[request.state],
        "answers": answers(request),
        "withdraw_href": reverse("same-day-withdraw", args=keys) if found.mine else "",
        "back_href": reverse("child-contacts", args=[found.child.pk]),
    }


def asked_now(found: Question, posted: str) -> SameDayVisit | None:
    """The visit to answer for: the one a form was about, else the first that waits; None when none does."""
    if posted:
        return next((one for one in found.waiting if str(one.pk) == posted), None)
    return found.waiting[0] if found.waiting else None


def answer_page(asked: SameDayVisit, form: ContactForm, work: Work, context: Context) -> Page:
    """The question for one visit."""
    return Page(
        form=form,
        work=work,
        title=_("Samla på samma dag"),
        button=_("Svara"),
        back=context["back_href"],
        back_word=_("Uppdelade kontakter"),
        said=_("Svaret är skickat."),
        revision=asked.appointment.revision,
        told=_now,
        context=context | {"asked": asked.pk, "asked_about": label(asked.appointment)},
        template="portal/staff/contacts/question.html",
    )


def _now(current: Appointment) -> Facts:
    return [{"label": _("Besöket"), "value": days.day_and_time(current.starts_at)}]


def withdraw_page(found: Question, form: ContactForm, work: Work, back: str, context: Context) -> Page:
    """Taking the question back."""
    day = {"label": _("Dag"), "value": days.day(found.request.on)}
    visits = [{"label": _("Besök"), "value": label(row.appointment)} for row in found.request.visits.all()]
    return Page(
        form=form,
        work=work,
        title=_("Ta tillbaka frågan"),
        button=_("Ta tillbaka frågan"),
        back=back,
        back_word=_("Samla på samma dag"),
        said=_("Frågan är återtagen. Ingen behöver svara längre."),
        lead=_("Besök som redan är flyttade står kvar på sin nya tid."),
        facts=[day, *visits],
        context=context,
    )
