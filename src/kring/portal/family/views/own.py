"""S71: what a guardian writes of its own in the plan, how that goes, and how the plan went."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from kring.access.permissions import Permission
from kring.access.refusals import EditConflict
from kring.access.views import requires
from kring.care.plans import commands
from kring.portal.family import own_forms, queries
from kring.portal.family.forms import ConfirmForm
from kring.portal.family.presenters import own as words
from kring.portal.family.presenters.own import EvaluatePage, OwnPage

from .shown import sent, shown

HERE = "family-plan"
FORMS = {"need": own_forms.OwnNeedForm, "goal": own_forms.OwnGoalForm, "activity": own_forms.OwnActivityForm}
ADD = {
    "need": commands.contribute_need,
    "goal": commands.contribute_goal,
    "activity": commands.contribute_activity,
}
CHANGE = {"need": commands.edit_need, "goal": commands.edit_goal, "activity": commands.edit_activity}
REMOVE = {"need": commands.remove_need, "goal": commands.remove_goal, "activity": commands.remove_activity}


@requires(Permission.SEE_OWN_FAMILY)
def add(request: HttpRequest, child_id: UUID, kind: str) -> HttpResponse:
    """A need, a goal or something the family does."""
    plan = queries.plan_to_write_in(request.actor, child_id)
    if plan is None:
        return redirect(HERE, child_id)
    form = FORMS[kind](request.POST or None, **_choices(request, kind, plan))

    def work() -> str:
        ADD[kind](by=request.actor, plan_id=plan.pk, **form.given())
        return reverse(HERE, args=[child_id])

    said = _("Det står i planen nu.")
    answer = sent(request, form, work, said) if form.is_valid() else None
    return answer or shown(
        request, "own", about=plan.child, here=HERE, page=words.write_page(plan, kind), form=form
    )


def _choices(request: HttpRequest, kind: str, plan: Any) -> dict[str, Any]:
    """What something that the family does may belong to, and who close to the child may do it."""
    if kind != "activity":
        return {}
    close = queries.close_doers(request.actor, plan.child_id)
    return {"goals": queries.goal_choices(request.actor, plan), "close": close}


@requires(Permission.SEE_OWN_FAMILY)
def change(request: HttpRequest, child_id: UUID, kind: str, item_id: UUID) -> HttpResponse:
    """What a guardian of the child has written."""
    item = queries.own_item(request.actor, child_id, kind, item_id)
    form = FORMS[kind](request.POST or None, row=item, **_choices(request, kind, item.plan))

    def work(seen: int) -> None:
        CHANGE[kind](by=request.actor, seen=seen, **{f"{kind}_id": item.pk}, **form.given())

    def page(now: Any) -> OwnPage:
        return words.write_page(item.plan, kind, item, now)

    return _about_one(request, item, form, work, page)


@requires(Permission.SEE_OWN_FAMILY)
def remove(request: HttpRequest, child_id: UUID, kind: str, item_id: UUID) -> HttpResponse:
    """Take it out, after a question."""
    item = queries.own_item(request.actor, child_id, kind, item_id)

    def work(seen: int) -> None:
        REMOVE[kind](by=request.actor, seen=seen, **{f"{kind}_id": item.pk})

    form = ConfirmForm(request.POST if request.method == "POST" else None)
    return _about_one(request, item, form, work, lambda now: words.remove_page(item, kind, now))


@requires(Permission.SEE_OWN_FAMILY)
def status(request: HttpRequest, child_id: UUID, activity_id: UUID) -> HttpResponse:
    """How something that the family does goes."""
    row = queries.family_activity(request.actor, child_id, activity_id)
    form = own_forms.OwnStatusForm(request.POST or None, initial={"status": row.status})

    def work(seen: int) -> None:
        said = form.cleaned_data["status"]
        commands.set_activity_status(by=request.actor, activity_id=row.pk, seen=seen, status=said)

    return _about_one(request, row, form, work, lambda now: words.status_page(row, now))


def _about_one(
    request: HttpRequest,
    item: Any,
    form: forms.Form,
    work: Callable[[int], None],
    page: Callable[[Any], OwnPage],
) -> HttpResponse:
    """A page about one item. When somebody else has changed it what stands now is shown, and nothing is
    lost.
    """
    child, now = item.plan.child, None

    def carried_out() -> str:
        work(_seen(request))
        return reverse(HERE, args=[child.pk])

    if form.is_valid():
        try:
            if answer := sent(request, form, carried_out, _("Sparat i planen.")):
                return answer
        except EditConflict as other:
            now = other.current
            form.add_error(None, _("Någon har ändrat medan du skrev. Läs det som står nu och spara igen."))
    seen = now.revision if now else _seen(request) or item.revision
    return shown(request, "own", about=child, here=HERE, page=page(now), form=form, seen=seen)


def _seen(request: HttpRequest) -> int:
    text = request.POST.get("seen", "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else 0


@requires(Permission.SEE_OWN_FAMILY)
def evaluate(request: HttpRequest, child_id: UUID, plan_id: UUID) -> HttpResponse:
    """How the plan has gone, for one's own part."""
    plan = queries.plan_of(request.actor, child_id, plan_id)
    form = own_forms.EvaluateForm(request.POST if request.method == "POST" else None)

    def work() -> str:
        commands.evaluate_plan(by=request.actor, plan_id=plan.pk, **form.given())
        return reverse(HERE, args=[child_id])

    said = _("Tack. Ditt svar finns hos dem som är med i planen.")
    answer = sent(request, form, work, said) if form.is_valid() else None
    before = queries.own_evaluations(request.actor, plan)
    page: EvaluatePage = words.evaluate_page(plan, before, form.FACES)
    return answer or shown(request, "evaluate", about=plan.child, here=HERE, page=page, form=form)
