"""S83 «Förbered mitt möte»: eight steps that are saved at each press, seen by nobody before «Skicka»."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from kring.access.actors import Actor
from kring.access.leaving import still_open
from kring.access.permissions import Permission
from kring.access.submissions import FIELD, key_from, once
from kring.access.views import requires
from kring.care.plans import commands as plans
from kring.care.plans.pdf import make
from kring.design import days
from kring.portal.child_pages import commands, presenters, queries
from kring.portal.child_pages.forms import StepForm
from kring.portal.child_pages.steps import LAST, Step, step_numbered

from .shown import shown


@requires(Permission.PREPARE_MEETING)
def prepare(request: HttpRequest) -> HttpResponse:
    """Goes on where the child stopped."""
    queries.own(request.actor, what="own.prepare", permission=Permission.PREPARE_MEETING)
    found = queries.going_plan(request.actor)
    if found is None:
        return redirect("child-meeting")
    return redirect(presenters.prepare_href(queries.preparation(request.actor, found)))


@requires(Permission.PREPARE_MEETING)
def step(request: HttpRequest, number: int) -> HttpResponse:
    """One step. Each press saves; «Pausa» saves and goes home, «Hoppa över» goes on."""
    own = queries.own(request.actor, what="own.prepare", permission=Permission.PREPARE_MEETING)
    asked, found = step_numbered(number), queries.going_plan(request.actor)
    if asked is None:
        raise Http404
    if found is None:
        return redirect("child-meeting")
    kept = _kept(request, asked, found)
    if request.method != "POST":
        return _ask(
            request,
            own,
            asked,
            found,
            kept,
            StepForm(asked, kept=kept, mode=own.mode) if asked.field else None,
        )
    return _answered(request, own, asked, found, kept)


def _kept(request: HttpRequest, asked: Step, found: Any) -> str:
    prepared = queries.preparation(request.actor, found) if asked.field else None
    return getattr(prepared, asked.field) if prepared else ""


def _ask(
    request: HttpRequest, own: queries.Own, asked: Step, found: Any, kept: str, form: StepForm | None
) -> HttpResponse:
    told = _told(request, own, asked, found) if not asked.field else []
    page = presenters.step_page(asked, own.mode, told)
    return shown(request, own, "step", page=page, form=form, kept=kept)


def _told(request: HttpRequest, own: queries.Own, asked: Step, found: Any) -> list[presenters.Picked]:
    actor, words = request.actor, own.words
    summons = queries.next_meeting(actor, found)
    if asked.key == "when":
        return presenters.told_when(summons, words, actor.today)
    called = queries.invited_to(actor, summons)
    names = presenters.invited(called, queries.people_of(actor, found), words)
    return presenters.told_who(names, words)


def _answered(request: HttpRequest, own: queries.Own, asked: Step, found: Any, kept: str) -> HttpResponse:
    form = StepForm(asked, request.POST, kept=kept, mode=own.mode) if asked.field else None
    chosen = request.POST.get("text")
    if form and chosen is None and not form.is_valid():
        return _ask(request, own, asked, found, kept, form)
    text = _lines(chosen) if chosen is not None else form.text() if form else ""
    if kept not in (_lines(request.POST.get("was", "")), text):
        page = presenters.conflict_page(asked, text, kept, own.words)
        return shown(request, own, "conflict", page=page)
    return _saved(request, own, asked, found, text)


@require_POST
@requires(Permission.PREPARE_MEETING)
def autosave(request: HttpRequest, number: int) -> HttpResponse:
    """Save while the child writes; the page is told whether it is saved, and the buttons save in any case."""
    own = queries.own(request.actor, what="own.prepare", permission=Permission.PREPARE_MEETING)
    asked, found = step_numbered(number), queries.going_plan(request.actor)
    if asked is None or found is None or not asked.field:
        raise Http404
    kept, words = _kept(request, asked, found), own.words
    form = StepForm(asked, request.POST, kept=kept, mode=own.mode)
    was = _lines(request.POST.get("was", ""))
    if not form.is_valid() or kept not in (was, form.text()):
        return shown(request, own, "autosaved", kept=was, said=words["not_saved"])
    if kept != form.text():
        answers = {asked.field: form.text()}
        plans.prepare_meeting(by=request.actor, plan_id=found.pk, step=asked.number, **answers)
    said = words["saved_now"] % {"time": days.at(request.actor.now)}
    return shown(request, own, "autosaved", kept=form.text(), said=said)


def _lines(text: str) -> str:
    """Browsers send other line ends than those that were kept."""
    return "\n".join(text.splitlines())


def _saved(request: HttpRequest, own: queries.Own, asked: Step, found: Any, text: str) -> HttpResponse:
    pause = request.POST.get("go") == "pause"
    at = asked.number if pause else min(asked.number + 1, LAST)

    def save() -> str:
        answers = {asked.field: text} if asked.field else {}
        plans.prepare_meeting(by=request.actor, plan_id=found.pk, step=at, **answers)
        return _next(asked, pause=pause)

    try:
        to = once(key=key_from(request.POST.get(FIELD, "")), by=request.actor, work=save)
    except plans.Refusal as refused:
        messages.error(request, refused.message)
        return redirect(request.path)
    if pause:
        messages.success(request, own.words["saved"])
    return redirect(to)


def _next(asked: Step, *, pause: bool) -> str:
    if pause:
        return reverse("child-home")
    if asked.number == LAST:
        return reverse("child-prepare-check")
    return reverse("child-prepare-step", args=[asked.number + 1])


@requires(Permission.PREPARE_MEETING)
def check(request: HttpRequest) -> HttpResponse:
    """All answers before they are sent, and «Skicka»."""
    own = queries.own(request.actor, what="own.prepare.check", permission=Permission.PREPARE_MEETING)
    found = queries.going_plan(request.actor)
    prepared = queries.preparation(request.actor, found) if found else None
    if prepared is None:
        return redirect("child-meeting")
    if request.method == "POST":
        return _sent(request, found)
    page = {
        "answers": presenters.answers(prepared, own.mode),
        "back": reverse("child-prepare-step", args=[LAST]),
    }
    return shown(request, own, "check", page=page)


def _sent(request: HttpRequest, found: Any) -> HttpResponse:
    def send() -> str:
        plans.send_preparation(by=request.actor, plan_id=found.pk)
        return reverse("child-prepare-sent")

    try:
        return redirect(once(key=key_from(request.POST.get(FIELD, "")), by=request.actor, work=send))
    except plans.Refusal as refused:
        messages.error(request, refused.message)
        return redirect("child-prepare-check")


@requires(Permission.PREPARE_MEETING)
def sent(request: HttpRequest) -> HttpResponse:
    own = queries.own(request.actor, what="own.prepare.sent", permission=Permission.PREPARE_MEETING)
    return shown(request, own, "sent")


@requires(Permission.PREPARE_MEETING)
def paper(request: HttpRequest) -> HttpResponse:
    """«Mitt papper»: to print and bring."""
    own = queries.own(request.actor, what="own.paper", permission=Permission.PREPARE_MEETING)
    found = queries.going_plan(request.actor)
    prepared = queries.preparation(request.actor, found) if found else None
    if prepared is None:
        return redirect("child-meeting")
    summons = queries.next_meeting(request.actor, found)
    page = {
        "answers": presenters.answers(prepared, own.mode),
        "when": presenters.on_paper(summons),
        "change": reverse("child-prepare-step", args=[3]),
        "prints": queries.may_print(request.actor, own.child),
    }
    return shown(request, own, "paper", page=page)


@requires(Permission.PREPARE_MEETING)
def paper_file(request: HttpRequest) -> HttpResponse:
    """The same paper as a tagged PDF, for those who print on another machine."""
    actor = request.actor
    told = _on_paper(actor)
    if told is None:
        return redirect("child-meeting")
    paper = still_open(actor, told, _still_on_paper, lambda said: _typeset(said, actor.today))
    commands.print_paper(by=actor, child=queries.own(actor, what="own.paper").child)
    response = HttpResponse(paper, content_type="application/pdf")
    name = make.file_name(actor.today)
    response.headers["Content-Disposition"] = f'inline; filename="{name}"'
    response.headers["Cache-Control"] = "no-store"
    return response


Told = tuple[list[tuple[str, Any]], str]


def _on_paper(by: Actor) -> Told | None:
    """What «Mitt papper» says, and when the meeting is; None while nothing is prepared."""
    own = queries.own(by, what="own.paper", permission=Permission.PREPARE_MEETING)
    found = queries.going_plan(by)
    prepared = queries.preparation(by, found) if found else None
    if prepared is None:
        return None
    answers = [(one.heading, one.lines) for one in presenters.answers(prepared, own.mode)]
    return answers, presenters.on_paper(queries.next_meeting(by, found))


def _still_on_paper(by: Actor) -> Told:
    """The same, of a paper that is being made."""
    told = _on_paper(by)
    if told is None:
        raise Http404
    return told


def _typeset(told: Told, today: date) -> bytes:
    answers, when = told
    return make.preparation(answers, when=when, on=today)
