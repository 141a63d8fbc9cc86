"""S82 «Hur mår jag?»: saved step by step, seen by nobody before «Skicka», and who sees it is said first."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from kring.access.permissions import Permission
from kring.access.submissions import FIELD, key_from, once
from kring.access.views import requires
from kring.care.monitoring import commands as moods
from kring.care.monitoring import queries as asked
from kring.portal.child_pages import presenters, queries
from kring.portal.child_pages.forms import FaceForm, PlacesForm, StepForm
from kring.portal.child_pages.moods import ABOUT

from .shown import shown


@requires(Permission.ANSWER_MOOD)
def start(request: HttpRequest) -> HttpResponse:
    """Straight to the question when one unit asks; else whom to tell."""
    own = queries.own(request.actor, what="own.mood", permission=Permission.ANSWER_MOOD)
    askings = asked.askings_of(request.actor, own.child.pk)
    if len(askings) == 1:
        return redirect("child-mood-face", askings[0].pk)
    return shown(request, own, "mood_who", page={"readers": presenters.mood_choices(askings)})


def _opened(request: HttpRequest, asking_id: UUID) -> tuple[queries.Own, Any, Any]:
    own = queries.own(request.actor, what="own.mood", permission=Permission.ANSWER_MOOD)
    asking = asked.asking_or_404(request.actor, asking_id, what="own.mood")
    return own, asking, asked.draft_of(request.actor, asking)


@requires(Permission.ANSWER_MOOD)
def face(request: HttpRequest, asking_id: UUID) -> HttpResponse:
    own, asking, draft = _opened(request, asking_id)
    if request.POST.get("go") == "no":
        moods.drop(by=request.actor, asking_id=asking_id)
        return redirect("child-mood-okay")
    data = request.POST if request.method == "POST" else None
    form = FaceForm(data, mode=own.mode, kept=draft.face if draft else "")
    if form.is_valid():
        moods.answer(by=request.actor, asking_id=asking_id, face=form.cleaned_data["face"])
        return redirect("child-mood-where", asking_id)
    return shown(request, own, "mood_face", page=presenters.mood_step(1, asking.pk), form=form)


@requires(Permission.ANSWER_MOOD)
def where(request: HttpRequest, asking_id: UUID) -> HttpResponse:
    """The body; nothing chosen, or «Hoppa över», is an answer too."""
    own, asking, draft = _opened(request, asking_id)
    if draft is None:
        return redirect("child-mood-face", asking_id)
    form = PlacesForm(request.POST if request.method == "POST" else None, mode=own.mode, kept=draft.places)
    if form.is_valid():
        chosen = [] if request.POST.get("go") == "skip" else form.cleaned_data["places"]
        moods.answer(by=request.actor, asking_id=asking_id, places=chosen)
        return redirect("child-mood-words", asking_id)
    return shown(request, own, "mood_where", page=presenters.mood_step(2, asking.pk), form=form)


@requires(Permission.ANSWER_MOOD)
def words(request: HttpRequest, asking_id: UUID) -> HttpResponse:
    own, asking, draft = _opened(request, asking_id)
    if draft is None:
        return redirect("child-mood-face", asking_id)
    data = request.POST if request.method == "POST" else None
    form = StepForm(ABOUT, data, kept=draft.words, mode=own.mode)
    if form.is_valid():
        said = "" if request.POST.get("go") == "skip" else form.text()
        moods.answer(by=request.actor, asking_id=asking_id, words=said)
        return redirect("child-mood-check", asking_id)
    return shown(request, own, "mood_words", page=presenters.mood_step(3, asking.pk), form=form)


@requires(Permission.ANSWER_MOOD)
def check(request: HttpRequest, asking_id: UUID) -> HttpResponse:
    """Who will see it, and «Skicka»."""
    own, asking, draft = _opened(request, asking_id)
    if draft is None or not draft.face:
        return redirect("child-mood-thanks" if request.method == "POST" else "child-mood-face", asking_id)
    guardians = asked.guardians_who_see(request.actor, own.child)
    if request.method == "POST":
        shows = bool(guardians) and request.POST.get("shown") != "no"
        return _sent(request, asking_id, shows)
    page = presenters.check_page(asking, draft, guardians, own.words)
    return shown(request, own, "mood_check", page=page, step=presenters.mood_step(4, asking.pk))


def _sent(request: HttpRequest, asking_id: UUID, shows: bool) -> HttpResponse:
    def send() -> str:
        moods.send(by=request.actor, asking_id=asking_id, shown_to_guardians=shows)
        return reverse("child-mood-thanks", args=[asking_id])

    return redirect(once(key=key_from(request.POST.get(FIELD, "")), by=request.actor, work=send))


@requires(Permission.ANSWER_MOOD)
def thanks(request: HttpRequest, asking_id: UUID) -> HttpResponse:
    """Says again who sees it, and what adults must tell."""
    own, asking, _draft = _opened(request, asking_id)
    answer = asked.latest_of(request.actor, asking)
    if answer is None:
        return redirect("child-mood-face", asking_id)
    guardians = asked.guardians_who_see(request.actor, own.child)
    lines = presenters.thanks_page(asking, answer, guardians, own.words)
    return shown(request, own, "mood_thanks", page={"lines": lines})


@requires(Permission.ANSWER_MOOD)
def okay(request: HttpRequest) -> HttpResponse:
    """After «Vill inte svara»: nothing is kept, and that is fine."""
    own = queries.own(request.actor, what="own.mood", permission=Permission.ANSWER_MOOD)
    return shown(request, own, "mood_okay")
