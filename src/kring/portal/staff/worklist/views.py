"""S10 and S11."""

from collections.abc import Callable
from typing import Any
from uuid import UUID, uuid4

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode

from kring.access import submissions
from kring.access.permissions import Permission
from kring.access.views import requires
from kring.timeline.by_hand import BY_HAND
from kring.timeline.queries import bulk_action

from . import bulk, presenters, queries, results
from .filters import choice_from
from .forms import AssignForm, DoneForm
from .page import page_context


@requires(Permission.SEE_WORKLIST)
def worklist(request: HttpRequest) -> HttpResponse:
    asked = choice_from(request.GET.dict())
    choice, page = queries.page_of(request.actor, asked, chosen="vy" in request.GET)
    context = page_context(request.actor, choice, page, all_chosen="alla" in request.GET)
    return render(request, "portal/staff/worklist.html", context | {"submission": uuid4()})


@requires(Permission.SEE_WORKLIST)
def act(request: HttpRequest) -> HttpResponse:
    """The buttons under the list, and the one in a row. A link here, or nothing chosen, leads back."""
    one = request.POST.get("done")
    tasks = queries.chosen_tasks(request.actor, [one] if one else request.POST.getlist("task"))
    if not tasks:
        return redirect("worklist")
    ids = urlencode({"task": [str(task.pk) for task in tasks]}, doseq=True)
    match "done" if one else request.POST.get("action"):
        case "assign":
            return redirect(f"{reverse('worklist-assign')}?{ids}")
        case "print":
            return redirect(f"{reverse('worklist-print')}?{ids}")
        case "done" if any(BY_HAND.get(task.kind) for task in tasks):
            return redirect(f"{reverse('worklist-done')}?{ids}")
        case "done":
            return redirect(_once(request, lambda: bulk.finish_all(by=request.actor, tasks=tasks)))
        case "remind":
            return redirect(_once(request, lambda: bulk.remind_all(by=request.actor, tasks=tasks)))
    return redirect("worklist")


def _once(request: HttpRequest, work: Callable[[], Any]) -> str:
    def carry_out() -> str:
        return reverse("worklist-result", kwargs={"bulk_action_id": work().pk})

    key = submissions.key_from(request.POST.get("submission", ""))
    return submissions.once(key=key, by=request.actor, work=carry_out)


@requires(Permission.ASSIGN_TASKS)
def assign(request: HttpRequest) -> HttpResponse:
    chosen = request.POST.getlist("task") or request.GET.getlist("task")
    tasks = queries.chosen_tasks(request.actor, chosen)
    if not tasks:
        return redirect("worklist")
    form = AssignForm(request.POST or None, colleagues=queries.colleagues(request.actor))
    if form.is_valid():
        person = form.cleaned_data["person"]
        return redirect(
            _once(request, lambda: bulk.assign_all(by=request.actor, tasks=tasks, person_id=person))
        )
    rows = [presenters.task_row(request.actor, task) for task in tasks]
    submission = request.POST.get("submission") or uuid4()
    context = {"form": form, "rows": rows, "submission": submission}
    return render(request, "portal/staff/worklist_assign.html", context)


@requires(Permission.SEE_WORKLIST)
def done(request: HttpRequest) -> HttpResponse:
    """Saying how it ended, where that must be said."""
    chosen = request.POST.getlist("task") or request.GET.getlist("task")
    tasks = queries.chosen_tasks(request.actor, chosen)
    if not tasks:
        return redirect("worklist")
    form = DoneForm(request.POST or None)
    if form.is_valid():
        said = form.cleaned_data["result"]
        return redirect(_once(request, lambda: bulk.finish_all(by=request.actor, tasks=tasks, result=said)))
    rows = [presenters.task_row(request.actor, task) for task in tasks]
    submission = request.POST.get("submission") or uuid4()
    context = {"form": form, "rows": rows, "submission": submission}
    return render(request, "portal/staff/worklist_done.html", context)


@requires(Permission.SEE_WORKLIST)
def result(request: HttpRequest, bulk_action_id: UUID) -> HttpResponse:
    change = _change(request, bulk_action_id)
    tasks = queries.tasks_of_change(request.actor, change.asked)
    context = {
        "change": change,
        "may_undo": bulk.may_be_undone(change, request.actor.now),
        "rows": results.rows(request.actor, change, tasks),
        "heading": results.heading(change),
        "summary": results.summary(change),
    }
    return render(request, "portal/staff/worklist_result.html", context)


def _change(request: HttpRequest, bulk_action_id: UUID) -> Any:
    """What the actor itself did; somebody else's is as one that is not."""
    change = bulk_action(request.actor, bulk_action_id)
    if change is None:
        raise Http404
    return change


@requires(Permission.SEE_WORKLIST)
def undo(request: HttpRequest, bulk_action_id: UUID) -> HttpResponse:
    change = _change(request, bulk_action_id)
    if request.method == "POST" and bulk.may_be_undone(change, request.actor.now):
        bulk.undo(by=request.actor, action=change)
    return redirect("worklist-result", bulk_action_id=bulk_action_id)


@requires(Permission.SEE_WORKLIST)
def print_list(request: HttpRequest) -> HttpResponse:
    tasks = queries.tasks_to_print(request.actor, request.GET.getlist("task"))
    rows = [presenters.task_row(request.actor, task) for task in tasks]
    context = {"rows": rows, "updated": presenters.updated(request.actor)}
    return render(request, "portal/staff/worklist_print.html", context)
