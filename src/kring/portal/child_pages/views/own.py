"""The child's own part of its plan, and «Hur gick det?»."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from kring.access.permissions import Permission
from kring.access.refusals import EditConflict
from kring.access.submissions import FIELD, key_from, once
from kring.access.views import requires
from kring.care.plans import commands as plans
from kring.portal.child_pages import own_forms, queries
from kring.portal.child_pages.presenters import own as presenters

from .shown import shown

HERE, PLACE = "child-own-part", "child-plan"
WRITES = Permission.WRITE_FAMILY_PART
FORMS = {"goal": own_forms.WordsForm, "need": own_forms.NeedWordsForm, "activity": own_forms.WordsForm}
ADD = {"goal": plans.contribute_goal, "need": plans.contribute_need, "activity": plans.contribute_activity}
CHANGE = {"goal": plans.edit_goal, "need": plans.edit_need, "activity": plans.edit_activity}
REMOVE = {"goal": plans.remove_goal, "need": plans.remove_need, "activity": plans.remove_activity}


@requires(Permission.SEE_OWN_PAGES)
def own_part(request: HttpRequest) -> HttpResponse:
    """What the child has written itself, what it does, and the ways to write more."""
    own = queries.own(request.actor, what="own.part", permission=WRITES)
    content = queries.own_content(request.actor)
    parts = presenters.own_parts(content, request.actor, own.words) if content else []
    cards = presenters.own_cards(own.words)
    return shown(request, own, "own_part", PLACE, parts=parts, cards=cards, has_plan=content is not None)


@requires(Permission.SEE_OWN_PAGES)
def add(request: HttpRequest, kind: str) -> HttpResponse:
    """A goal, a need or something the child does."""
    own = queries.own(request.actor, what="own.part", permission=WRITES)
    plan = queries.going_plan(request.actor)
    if plan is None:
        return redirect(HERE)
    form = FORMS[kind](request.POST or None, name=presenters.TEXTS[kind])

    def work() -> None:
        ADD[kind](by=request.actor, plan_id=plan.pk, **form.given())

    return _written(request, own, kind, form, work)


@requires(Permission.SEE_OWN_PAGES)
def change(request: HttpRequest, kind: str, item_id: UUID) -> HttpResponse:
    """What the child has written."""
    own = queries.own(request.actor, what="own.part", permission=WRITES)
    item = queries.own_item(request.actor, kind, item_id)
    form = FORMS[kind](request.POST or None, name=presenters.TEXTS[kind], row=item)

    def work() -> None:
        CHANGE[kind](by=request.actor, seen=_seen(request), **{f"{kind}_id": item.pk}, **form.given())

    return _written(request, own, kind, form, work, item)


def _written(
    request: HttpRequest, own: Any, kind: str, form: Any, work: Callable[[], None], item: Any = None
) -> HttpResponse:
    """The page to write on, or what came of it. What somebody else has written meanwhile is shown beside."""
    page = {
        "title": own.words[f"own_{kind}"],
        "pictures": {one.value: one.picture for one in own_forms.AREAS},
    }
    seen = (_seen(request) or item.revision) if item else ""
    if form.is_valid():
        try:
            return _done(request, work, own.words["own_saved"])
        except EditConflict as other:
            page["now"], seen = getattr(other.current, presenters.TEXTS[kind]), other.current.revision
            form.add_error("text", own.words["own_moved_on"])
        except plans.Refusal as refused:
            form.add_error(None, _why(refused, own))
    return shown(request, own, "own_write", PLACE, page=page, form=form, seen=seen)


@requires(Permission.SEE_OWN_PAGES)
def remove(request: HttpRequest, kind: str, item_id: UUID) -> HttpResponse:
    """Take it out, after a question."""
    own = queries.own(request.actor, what="own.part", permission=WRITES)
    item = queries.own_item(request.actor, kind, item_id)
    form = forms.Form(request.POST if request.method == "POST" else None)

    def work() -> None:
        REMOVE[kind](by=request.actor, seen=_seen(request), **{f"{kind}_id": item.pk})

    if form.is_valid():
        return _pressed(request, own, work, own.words["own_removed"])
    page = {"text": getattr(item, presenters.TEXTS[kind])}
    return shown(request, own, "own_remove", PLACE, page=page, seen=item.revision)


@require_POST
@requires(Permission.SEE_OWN_PAGES)
def done(request: HttpRequest, activity_id: UUID) -> HttpResponse:
    """«Det är klart»: something the child or the family does."""
    own = queries.own(request.actor, what="own.part", permission=WRITES)

    def work() -> None:
        plans.set_activity_status(
            by=request.actor, activity_id=activity_id, seen=_seen(request), status="done"
        )

    return _pressed(request, own, work, own.words["own_ticked"])


def _pressed(request: HttpRequest, own: Any, work: Callable[[], None], said: str) -> HttpResponse:
    """One press; what has moved on since is shown again before it is pressed again."""
    try:
        return _done(request, work, said)
    except EditConflict:
        messages.info(request, own.words["own_moved_on"])
    except plans.Refusal as refused:
        messages.info(request, _why(refused, own))
    return redirect(HERE)


def _why(refused: plans.Refusal, own: Any) -> str:
    return str(own.words["own_closed" if refused.code == "plan_is_over" else "own_moved_on"])


def _done(request: HttpRequest, work: Callable[[], None], said: str) -> HttpResponse:
    def carried_out() -> str:
        work()
        return reverse(HERE)

    to = once(key=key_from(request.POST.get(FIELD, "")), by=request.actor, work=carried_out)
    messages.success(request, said)
    return redirect(to)


def _seen(request: HttpRequest) -> int:
    text = request.POST.get("seen", "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else 0


@requires(Permission.SEE_OWN_PAGES)
def evaluate(request: HttpRequest) -> HttpResponse:
    """«Hur gick det?», of the plan that is going on or the latest that is over."""
    actor = request.actor
    own = queries.own(actor, what="own.evaluate", permission=Permission.ANSWER_AS_FAMILY)
    plan = queries.plan_to_evaluate(actor)
    form = own_forms.ChildEvaluateForm(
        request.POST if request.method == "POST" else None, empty=own.words["evaluate_empty"]
    )
    if plan and form.is_valid():

        def say() -> str:
            plans.evaluate_plan(by=actor, plan_id=plan.pk, **form.given())
            return reverse("child-evaluate")

        to = once(key=key_from(request.POST.get(FIELD, "")), by=actor, work=say)
        messages.success(request, own.words["evaluate_thanks"])
        return redirect(to)
    before = presenters.answered(queries.own_evaluations(actor, plan), own.words) if plan else []
    page = {"exists": plan is not None, "before": before}
    parts = ["ask", *(["before"] if before else [])] if plan else []
    return shown(request, own, "evaluate", PLACE, page=page, form=form, parts=parts)
