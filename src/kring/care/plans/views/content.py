"""Needs, goals and activities: add, change and take out one's own."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kring.access.permissions import Permission
from kring.access.views import requires
from kring.care.plans import commands, queries
from kring.care.plans.forms import content as forms
from kring.care.plans.forms.plan import SureForm
from kring.care.plans.presenters import items
from kring.care.plans.queries.items import item_or_404

from .around import around, close_doers, doers, preview_of, whole_plan
from .editing import Edit, run


def _plan_href(plan: Any, place: str) -> str:
    return f"{reverse('plan-page', args=[plan.pk])}#{place}"


def _with(form: Any, row: Any) -> Any:
    """A form that shows a stored row first."""
    form.initial = form.of(row)
    return form


@dataclass(frozen=True)
class Written:
    """An item that is written as it stands: its form, its place on the plan's page, and the commands."""

    kind: str
    form: Callable[[Any], Any]
    place: str
    add: Callable[..., Any]
    edit: Callable[..., Any]
    added: Any


NEED = Written(
    "need",
    forms.NeedForm,
    "behov",
    commands.contribute_need,
    commands.edit_need,
    gettext_lazy("Behovet står i planen."),
)
GOAL = Written(
    "goal",
    forms.GoalForm,
    "mal",
    commands.contribute_goal,
    commands.edit_goal,
    gettext_lazy("Målet står i planen."),
)


@requires(Permission.EDIT_PLAN)
def add_need(request: HttpRequest, plan_id: UUID) -> HttpResponse:
    return _add(request, plan_id, NEED)


@requires(Permission.EDIT_PLAN)
def change_need(request: HttpRequest, need_id: UUID) -> HttpResponse:
    return _change(request, need_id, NEED)


@requires(Permission.EDIT_PLAN)
def add_goal(request: HttpRequest, plan_id: UUID) -> HttpResponse:
    return _add(request, plan_id, GOAL)


@requires(Permission.EDIT_PLAN)
def change_goal(request: HttpRequest, goal_id: UUID) -> HttpResponse:
    return _change(request, goal_id, GOAL)


def _add(request: HttpRequest, plan_id: UUID, of: Written) -> HttpResponse:
    plan = whole_plan(request, plan_id, f"plan.{of.kind}", Permission.EDIT_PLAN)

    def work(form: Any, seen: int) -> str:
        of.add(by=request.actor, plan_id=plan.pk, **form.given())
        return _plan_href(plan, of.place)

    page = items.page(plan, of.kind) | around(request, plan)
    preview = preview_of(request, of.kind)
    return run(request, Edit(form=of.form, work=work, page=page, said=str(of.added), preview=preview))


def _change(request: HttpRequest, item_id: UUID, of: Written) -> HttpResponse:
    item = item_or_404(request.actor, of.kind, item_id, what=f"plan.{of.kind}")

    def form(data: Any) -> Any:
        return _with(of.form(data), item)

    def work(form: Any, seen: int) -> str:
        of.edit(by=request.actor, seen=seen, **{f"{of.kind}_id": item.pk}, **form.given())
        return _plan_href(item.plan, of.place)

    page = items.page(item.plan, of.kind, item) | around(request, item.plan)
    told = {"said": _("Sparat i planen."), "preview": preview_of(request, of.kind)}
    return run(request, Edit(form=form, work=work, page=page, row=item, **told))


def activity_form(
    request: HttpRequest, content: Any, row: Any = None, quick: bool = False
) -> Callable[[Any], Any]:
    """The form of an activity, with the plan's doers and goals to choose among."""
    choices: dict[str, Any] = {
        "people": doers(request.actor, content),
        "close": close_doers(content),
        "goals": items.goal_choices(content),
    }
    first = {"goal_id": request.GET.get("mal", ""), "status": "planned"}

    def form(data: Any) -> Any:
        made = forms.ActivityForm(data, quick=quick, **choices)
        made.initial = made.of(row) if row else first
        return made

    return form


@requires(Permission.EDIT_PLAN)
def add_activity(request: HttpRequest, plan_id: UUID) -> HttpResponse:
    actor = request.actor
    plan = whole_plan(request, plan_id, "plan.activity", Permission.EDIT_PLAN)

    def work(form: Any, seen: int) -> str:
        commands.contribute_activity(by=actor, plan_id=plan.pk, **form.given())
        return _plan_href(plan, "vem-gor-vad")

    page = items.page(plan, "activity") | around(request, plan)
    form = activity_form(request, queries.content_of(actor, plan))
    told = {"said": _("Insatsen står i planen."), "preview": preview_of(request, "activity")}
    return run(request, Edit(form=form, work=work, page=page, **told))


@requires(Permission.EDIT_PLAN)
def change_activity(request: HttpRequest, activity_id: UUID) -> HttpResponse:
    """The one who wrote it changes all of it; the one who does it says how it goes."""
    activity = item_or_404(request.actor, "activity", activity_id, what="plan.activity")
    page = items.page(activity.plan, "activity", activity) | around(request, activity.plan)
    if activity.unit_id != request.actor.unit_id:
        return _say_how_it_goes(request, activity, page | items.only_status(activity))

    def work(form: Any, seen: int) -> str:
        commands.edit_activity(by=request.actor, activity_id=activity.pk, seen=seen, **form.given())
        return _plan_href(activity.plan, "vem-gor-vad")

    form = activity_form(request, queries.content_of(request.actor, activity.plan), activity)
    told = {"said": _("Sparat i planen."), "preview": preview_of(request, "activity")}
    return run(request, Edit(form=form, work=work, page=page, row=activity, **told))


def _say_how_it_goes(request: HttpRequest, activity: Any, page: dict[str, Any]) -> HttpResponse:
    def work(form: Any, seen: int) -> str:
        commands.set_activity_status(by=request.actor, activity_id=activity.pk, seen=seen, **form.given())
        return _plan_href(activity.plan, "vem-gor-vad")

    edit = Edit(
        form=lambda data: _with(forms.StatusForm(data), activity),
        work=work,
        page=page,
        row=activity,
        said=_("Sparat i planen."),
    )
    return run(request, edit)


REMOVERS = {"need": commands.remove_need, "goal": commands.remove_goal, "activity": commands.remove_activity}


@requires(Permission.EDIT_PLAN)
def remove(request: HttpRequest, kind: str, item_id: UUID) -> HttpResponse:
    """Take an own item out, after a question."""
    item = item_or_404(request.actor, kind, item_id, what=f"plan.{kind}")

    def work(form: Any, seen: int) -> str:
        REMOVERS[kind](by=request.actor, seen=seen, **{f"{kind}_id": item.pk})
        return _plan_href(item.plan, "main")

    page = items.removal(item, kind) | around(request, item.plan)
    edit = Edit(
        form=SureForm,
        work=work,
        page=page,
        row=item,
        said=_("Borttaget ur planen. Äldre versioner har det kvar."),
    )
    return run(request, edit)
