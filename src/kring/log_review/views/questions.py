"""Questions from families about one reading."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from kring.access.permissions import Permission
from kring.access.views import requires
from kring.log_review import commands
from kring.log_review.forms import AnswerForm
from kring.log_review.presenters import review as words
from kring.log_review.queries import reviews as queries

from .sent import page, sent


@requires(Permission.REVIEW_LOG)
def questions(request: HttpRequest) -> HttpResponse:
    found = queries.questions(request.actor)
    return page(request, "questions", rows=words.asked_lines(found))


@requires(Permission.REVIEW_LOG)
def question(request: HttpRequest, reading_question_id: UUID) -> HttpResponse:
    found = queries.one_question(request.actor, reading_question_id)
    form = AnswerForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        said = _("Svaret syns nu för den som frågade.")
        if not form.cleaned_data["answer"].strip():
            said = _("Den som frågade ser nu att frågan utreds.")
        work = lambda: _answered(request, reading_question_id, form.cleaned_data["answer"])  # noqa: E731
        if answer := sent(request, form, work, said):
            return answer
    return page(request, "question", form=form, asked=words.asked_line(found))


def _answered(request: HttpRequest, reading_question_id: UUID, answer: str) -> str:
    commands.answer_question(by=request.actor, reading_question_id=reading_question_id, answer=answer)
    return reverse("log-questions")
