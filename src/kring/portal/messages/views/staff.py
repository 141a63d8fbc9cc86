"""The unit's inbox, a thread with its answer, and «Meddelanden» on the child's page."""

from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kring.access import session
from kring.access.permissions import Permission
from kring.access.policy.staff import WorkNeed
from kring.access.refusals import EditConflict, Refusal
from kring.access.submissions import FIELD, key_from, once
from kring.access.views import requires
from kring.care.messages import commands, queries
from kring.children.presenters import child_bar
from kring.portal.messages.forms import AnswerTimeForm, WriteForm
from kring.portal.messages.presenters import staff as presenters
from kring.portal.staff.record.forms import PurposeForm
from kring.portal.staff.side import side_links

ANSWER = Permission.ANSWER_MESSAGES
CHOICE = "messages"
"""What the session calls the active choice to read other units' threads."""


@requires(ANSWER)
def inbox(request: HttpRequest) -> HttpResponse:
    """The unit's threads, those to answer first by promised day."""
    return _inbox(request, None)


def _inbox(request: HttpRequest, form: AnswerTimeForm | None) -> HttpResponse:
    tab, ball = presenters.ball_of(request.GET.get("visa", ""))
    number = request.GET.get("sida", "")
    found = queries.inbox(
        request.actor, ball, page=int(number) if number.isdecimal() and len(number) < 6 else 1
    )
    sets_time = request.actor.may(Permission.SET_ANSWER_TIME)
    context = {
        "page": presenters.inbox_page(request.actor, found, tab),
        "form": (form or AnswerTimeForm(initial={"weekdays": found.weekdays})) if sets_time else None,
    }
    return render(request, "portal/messages/inbox.html", context)


@require_POST
@requires(Permission.SET_ANSWER_TIME)
def answer_time(request: HttpRequest) -> HttpResponse:
    """How soon the unit promises to answer, from today on."""
    form = AnswerTimeForm(request.POST)
    if not form.is_valid():
        return _inbox(request, form)
    commands.set_answer_time(by=request.actor, weekdays=form.cleaned_data["weekdays"])
    messages.success(request, _("Svarstiden är ändrad. Den gäller nya meddelanden."))
    return redirect("messages")


@requires(ANSWER)
def thread(request: HttpRequest, thread_id: UUID) -> HttpResponse:
    found = commands.read(by=request.actor, thread_id=thread_id)
    return _thread(request, found, WriteForm(initial={"seen": found.thread.revision}))


def _thread(request: HttpRequest, found: Any, form: WriteForm, overtaken: str = "") -> HttpResponse:
    page = presenters.thread_page(request.actor, found)
    context = around_child(request, found.thread.child) | {
        "page": page,
        "form": form,
        "overtaken": overtaken,
        "thread_id": found.thread.pk,
        "submission": request.POST.get(FIELD) or uuid4(),
        "close_submission": uuid4(),
    }
    return render(request, "portal/messages/thread.html", context)


def around_child(request: HttpRequest, child: Any) -> dict[str, Any]:
    """What every page of a child has around it."""
    return {
        "child_bar": child_bar(child, request.actor.today),
        "side": side_links(request.actor, child.pk, "child-messages"),
        "child_id": child.pk,
    }


@require_POST
@requires(ANSWER)
def answer(request: HttpRequest, thread_id: UUID) -> HttpResponse:
    """Answered once, however often it is sent; overtaken by somebody else's words, it is asked once more."""
    form = WriteForm(request.POST)

    def work() -> str:
        text = form.cleaned_data["text"]
        commands.write(by=request.actor, thread_id=thread_id, text=text, seen=form.seen_to)
        return reverse("message-thread", args=[thread_id])

    return _done(request, thread_id, form, work, _("Svaret är skickat."), valid=form.is_valid())


@require_POST
@requires(ANSWER)
def close(request: HttpRequest, thread_id: UUID) -> HttpResponse:
    form = WriteForm(request.POST)
    form.is_valid()

    def work() -> str:
        commands.close(by=request.actor, thread_id=thread_id, seen=form.seen_to)
        return reverse("messages")

    return _done(request, thread_id, form, work, _("Tråden är avslutad."), valid=True)


def _done(
    request: HttpRequest, thread_id: UUID, form: WriteForm, work: Any, said: str, *, valid: bool
) -> HttpResponse:
    overtaken = False
    if valid:
        try:
            to = once(key=key_from(request.POST.get(FIELD, "")), by=request.actor, work=work)
            messages.success(request, said)
            return redirect(to)
        except Refusal as refused:
            form.add_error(refused.field if refused.field in form.fields else None, refused.message)
        except EditConflict:
            overtaken = True
    seen = form.seen_to if hasattr(form, "cleaned_data") else 0
    found = commands.read(by=request.actor, thread_id=thread_id)
    words = presenters.came_between(found, seen) if overtaken else ""
    return _thread(request, found, _shown_again(form, found, overtaken), words)


def _shown_again(form: WriteForm, found: Any, overtaken: bool) -> WriteForm:
    """The words are kept. What came between has been shown now, and so is seen when it is sent again."""
    if not overtaken:
        return form
    return WriteForm(initial={"text": form.data.get("text", ""), "seen": found.thread.revision})


@requires(ANSWER)
def child(request: HttpRequest, child_id: UUID) -> HttpResponse:
    """The own unit's threads; other units' after an active choice."""
    chosen = session.active_choices(request, child_id, request.actor.now).get(CHOICE, "")
    found = queries.child_page(request.actor, child_id, WorkNeed(chosen) if chosen else WorkNeed.NONE)
    page = presenters.child_page(request.actor, found)
    page_of = {"page": page, "begins": found.takes_part}
    return render(request, "portal/messages/child.html", around_child(request, found.child) | page_of)


@requires(ANSWER)
def choose(request: HttpRequest, child_id: UUID) -> HttpResponse:
    """The active choice: for what, and then back to the page, which shows them."""
    found = queries.child_page(request.actor, child_id)
    form = PurposeForm(request.POST or None, for_care_only=False)
    if form.is_valid():
        purpose = form.cleaned_data["purpose"]
        commands.choose_actively(by=request.actor, child_id=child_id, purpose=WorkNeed(purpose))
        session.choose_actively(request, child_id, CHOICE, purpose, request.actor.now)
        return redirect("child-messages", child_id=child_id)
    back = {"back": reverse("child-messages", args=[child_id]), "back_word": _("Meddelanden")}
    context = around_child(request, found.child) | back | {"form": form}
    return render(request, "portal/staff/choose_units.html", context)
