"""A question about gathering visits: reading how it goes, answering for the own visits, taking it back."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from kring.access.permissions import Permission
from kring.access.views import requires
from kring.care.contacts.commands import answer_same_day, withdraw_same_day
from kring.portal.staff.contacts.editing import Page, run, sent_already
from kring.portal.staff.contacts.fields import ContactForm
from kring.portal.staff.secrecy.around import around

from . import presenters, queries
from .forms import AnswerForm

QUESTION = "portal/staff/contacts/question.html"


@requires(Permission.BOOK_APPOINTMENT)
def question(request: HttpRequest, child_id: UUID, same_day_request_id: UUID) -> HttpResponse:
    """How it goes, with one waiting visit at a time to answer for."""
    if address := sent_already(request):
        return redirect(address)
    found = queries.question_of(request.actor, child_id, same_day_request_id)
    context = around(request.actor, found.child, "child-contacts") | presenters.context(found)
    asked = presenters.asked_now(found, request.POST.get("visit", ""))
    if asked:
        return run(request, _answering(request, found, asked, context))
    if request.method == "POST":
        messages.info(request, _("Frågan har redan fått svar. Så här gick det."))
        return redirect(request.path)
    return render(request, QUESTION, context)


def _answering(
    request: HttpRequest, found: queries.Question, asked: queries.SameDayVisit, context: presenters.Context
) -> Page:
    def work(form: ContactForm, seen: int) -> str:
        answer_same_day(by=request.actor, visit_id=asked.pk, seen=seen, **form.given())
        return request.path

    form = AnswerForm(request.POST or None, on=found.request.on)
    return presenters.answer_page(asked, form, work, context)


@requires(Permission.BOOK_APPOINTMENT)
def withdraw(request: HttpRequest, child_id: UUID, same_day_request_id: UUID) -> HttpResponse:
    """The asker takes the question back."""
    if address := sent_already(request):
        return redirect(address)
    found = queries.question_of(request.actor, child_id, same_day_request_id)
    back = reverse("same-day-question", args=[child_id, same_day_request_id])
    if not found.mine:
        return redirect(back)

    def work(_form: ContactForm, _seen: int) -> str:
        withdraw_same_day(by=request.actor, request_id=same_day_request_id)
        return back

    context = around(request.actor, found.child, "child-contacts")
    return run(
        request, presenters.withdraw_page(found, ContactForm(request.POST or None), work, back, context)
    )
