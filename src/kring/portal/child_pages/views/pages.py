"""The pages to read, and the small answers on them."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from kring.access.permissions import Permission
from kring.access.submissions import FIELD, key_from, once
from kring.access.views import requires
from kring.care.plans import commands as plans
from kring.portal.child_pages import commands, presenters, queries
from kring.portal.child_pages.forms import WRONG, RequestForm, VerdictForm, WrongForm

from .shown import shown


def home_of_child(
    request: HttpRequest, own: queries.Own, *, soon: str = "", others: bool = False
) -> HttpResponse:
    """The first page of a child; the young have another. `soon`: what is told of the birthday to come;
    `others`: somebody older with these pages decides what others see.
    """
    words, plan = own.words, queries.going_plan(request.actor)
    coming = queries.coming(request.actor, plan)
    prepared = queries.preparation(request.actor, plan) if coming.meeting else None
    page = {
        "name": own.child.given_name,
        "next": presenters.first_coming(coming, words, request.actor.today),
        "prepare": bool(coming.meeting) and not (prepared and prepared.sent_at),
    }
    cards = presenters.home_cards(words, own.mode, asked=queries.is_asked(request.actor))
    decides = queries.waits_for_the_child(request.actor, own.child, plan)
    more = {"soon": soon, "others": others, "decides": decides}
    return shown(request, own, "home", "child-home", page=page, parts=cards, **more)


@requires(Permission.SEE_OWN_PAGES)
def plan(request: HttpRequest) -> HttpResponse:
    own = queries.own(request.actor, what="own.plan", permission=Permission.SEE_PLAN)
    found = queries.going_plan(request.actor)
    version = queries.agreed(request.actor, found)
    read = bool(version) and queries.has_read(request.actor, version)
    page = presenters.plan_page(found, version, read, own.words)
    more = {"plan_id": found.pk if found else None, "prints": queries.may_print(request.actor, own.child)}
    more["was"] = found is None and queries.plan_to_evaluate(request.actor) is not None
    parts = presenters.plan_parts(page) if page.exists else []
    return shown(request, own, "plan", "child-plan", page=page, parts=parts, **more)


@require_POST
@requires(Permission.SEE_OWN_PAGES)
def plan_read(request: HttpRequest) -> HttpResponse:
    own = queries.own(request.actor, what="own.plan.read")

    def say() -> str:
        plans.acknowledge(by=request.actor, version_id=key_from(request.POST.get("version", "")))
        return reverse("child-plan")

    to = once(key=key_from(request.POST.get(FIELD, "")), by=request.actor, work=say)
    messages.success(request, own.words["thanks_read"])
    return redirect(to)


@require_POST
@requires(Permission.SEE_OWN_PAGES)
def plan_unclear(request: HttpRequest) -> HttpResponse:
    own = queries.own(request.actor, what="own.plan.unclear")

    def say() -> str:
        commands.say_unclear(by=request.actor, goal_id=key_from(request.POST.get("goal", "")))
        return presenters.at_part(reverse("child-plan"), request.POST.get("del", ""))

    to = once(key=key_from(request.POST.get(FIELD, "")), by=request.actor, work=say)
    messages.success(request, own.words["understood_later"])
    return redirect(to)


@requires(Permission.SEE_OWN_PAGES)
def plan_request(request: HttpRequest) -> HttpResponse:
    own = queries.own(request.actor, what="own.plan.request", permission=Permission.REQUEST_PLAN)
    units = [(str(unit.pk), unit.name) for unit in queries.units_around(request.actor, own.child)]
    form = RequestForm(request.POST or None, units=units[:6])
    if form.is_valid():
        try:
            return _asked(request, own, form)
        except plans.Refusal as refused:
            form.add_error(None, refused.message)
    return shown(request, own, "request_plan", "child-plan", form=form)


def _asked(request: HttpRequest, own: queries.Own, form: RequestForm) -> HttpResponse:
    said = form.cleaned_data

    def ask() -> str:
        unit_id = UUID(said["unit"])
        plans.request_plan(
            by=request.actor, child_id=own.child.pk, unit_id=unit_id, what_matters=said["message"]
        )
        return reverse("child-plan")

    to = once(key=key_from(request.POST.get(FIELD, "")), by=request.actor, work=ask)
    messages.success(request, own.words["want_plan_done"])
    return redirect(to)


@requires(Permission.SEE_OWN_PAGES)
def meetings(request: HttpRequest) -> HttpResponse:
    actor = request.actor
    own = queries.own(actor, what="own.meetings", permission=Permission.SEE_APPOINTMENTS)
    found = queries.going_plan(actor)
    coming = queries.coming(actor, found)
    prepared = queries.preparation(actor, found) if found else None
    page = presenters.meetings_page(found, coming, prepared, own.words, actor.today)
    parts = ["meeting", *(["visits"] if page.visits else [])]
    return shown(request, own, "meetings", "child-meeting", page=page, parts=parts)


@requires(Permission.SEE_OWN_PAGES)
def adults(request: HttpRequest) -> HttpResponse:
    own = queries.own(request.actor, what="own.adults")
    parties = queries.people_of(request.actor, queries.going_plan(request.actor))
    found = presenters.adults(queries.contacts_of(request.actor), parties, own.words)
    writes = queries.may_write(request.actor, own.child)
    return shown(request, own, "adults", "child-adults", parts=found, writes=writes)


@requires(Permission.SEE_OWN_PAGES)
def talk_now(request: HttpRequest) -> HttpResponse:
    own = queries.own(request.actor, what="own.talk_now")
    nurse = queries.school_nurse(request.actor, own.child)
    ways = presenters.ways_to_talk(nurse, own.words)
    return shown(request, own, "talk_now", page={"ways": ways})


@requires(Permission.SEE_OWN_PAGES)
def good_to_know(request: HttpRequest) -> HttpResponse:
    own = queries.own(request.actor, what="own.good_to_know")
    answers = presenters.good_to_know(own.words)
    return shown(request, own, "good_to_know", parts=answers)


@requires(Permission.SEE_OWN_PAGES)
def visit(request: HttpRequest) -> HttpResponse:
    own = queries.own(request.actor, what="own.visit")
    return shown(request, own, "visit", parts=presenters.visit_strip(own.words))


@requires(Permission.SEE_OWN_PAGES)
def say(request: HttpRequest) -> HttpResponse:
    own = queries.own(request.actor, what="own.say")
    judged = queries.judged_clear(request.actor)
    said = presenters.said(queries.said_by(request.actor), own.words, judged)
    return shown(request, own, "say", page={"cards": presenters.say_cards(own.words), "said": said})


@require_POST
@requires(Permission.SEE_OWN_PAGES)
def clear(request: HttpRequest) -> HttpResponse:
    """«Blev det tydligt?» after an answer."""
    own = queries.own(request.actor, what="own.clear")
    again: list[bool | None] = []

    def tell() -> str:
        key, said = key_from(request.POST.get("said", "")), request.POST.get("clear", "")
        again.append(commands.say_clear(by=request.actor, event_id=key, clear=said))
        return reverse("child-say")

    to = once(key=key_from(request.POST.get(FIELD, "")), by=request.actor, work=tell)
    if again and again[0] is not None:
        messages.success(request, own.words["clear_again" if again[0] else "clear_thanks"])
    return redirect(to)


@requires(Permission.SEE_OWN_PAGES)
def wrong(request: HttpRequest) -> HttpResponse:
    """«Säg till om något är fel»."""
    own = queries.own(request.actor, what="own.wrong")
    form = WrongForm(request.POST or None, empty=own.words["wrong_choose"])
    if form.is_valid():

        def tell() -> str:
            told = commands.say_wrong(by=request.actor, words=form.text())
            return reverse("child-say" if told else "child-talk-now")

        to = once(key=key_from(request.POST.get(FIELD, "")), by=request.actor, work=tell)
        read = to == reverse("child-say")
        messages.success(request, own.words["wrong_done" if read else "wrong_nobody"])
        return redirect(to)
    pictures = {choice.value: choice.picture for choice in WRONG}
    return shown(request, own, "wrong", page={"pictures": pictures}, form=form)


@requires(Permission.SEE_OWN_PAGES)
def after(request: HttpRequest) -> HttpResponse:
    actor = request.actor
    own = queries.own(actor, what="own.after", permission=Permission.SEE_PLAN)
    found = queries.latest_plan(actor)
    meeting = queries.last_meeting(actor, found)
    decided = queries.decisions(actor, found, meeting) if meeting else []
    page = presenters.after_page(meeting, decided)
    form = VerdictForm(request.POST if request.POST.get("go") != "skip" and request.POST else None)
    if request.method == "POST" and (meeting is None or request.POST.get("go") == "skip"):
        return redirect("child-home")
    if meeting and form.is_valid():
        return _judged(request, own, meeting.pk, form.cleaned_data["verdict"])
    parts = ["decisions", *(["verdict"] if page.held else [])]
    return shown(request, own, "after", page=page, form=form, parts=parts)


def _judged(request: HttpRequest, own: queries.Own, meeting_id: UUID, verdict: str) -> HttpResponse:
    def judge() -> str:
        plans.judge_meeting(by=request.actor, meeting_id=meeting_id, verdict=verdict)
        return reverse("child-after")

    to = once(key=key_from(request.POST.get(FIELD, "")), by=request.actor, work=judge)
    messages.success(request, own.words["thanks_answer"])
    return redirect(to)
