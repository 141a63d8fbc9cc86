"""S10 and S11."""

from dataclasses import replace
from uuid import uuid4

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode

from kring.access import submissions
from kring.access.permissions import Permission
from kring.access.views import requires

from . import bulk, presenters, queries, results
from .filters import choice_from
from .forms import AssignForm
from .page import page_context


@requires(Permission.SEE_WORKLIST)
def worklist(request: HttpRequest) -> HttpResponse:
    asked = choice_from(request.GET.dict())
    choice, page = queries.page_of(request.actor, asked, chosen="vy" in request.GET)
    context = page_context(request.actor, choice, page, all_chosen="alla" in request.GET)
    return render(request, "portal/staff/worklist.html", context | {"submission": uuid4()})


@requires(Permission.SEE_WORKLIST)
def act(request: HttpRequest) -> HttpResponse:
    """The three buttons under the list. A link here, or nothing chosen, leads back to the list."""
    tasks = queries.chosen_tasks(request.actor, request.POST.getlist("task"))
    if not tasks:
        return redirect("worklist")
    ids = urlencode({"task": [str(task.pk) for task in tasks]}, doseq=True)
    match request.POST.get("action"):
        case "assign":
            return redirect(f"{reverse('worklist-assign')}?{ids}")
        case "print":
            return redirect(f"{reverse('worklist-print')}?{ids}")
        case "remind":
            return redirect(_once(request, lambda: bulk.remind_all(by=request.actor, tasks=tasks)))
    return redirect("worklist")


def _once(request: HttpRequest, work) -> str:
    def carry_out() -> str:
        change = work()
        bulk.keep(request.session, change)
        return reverse("worklist-result", kwargs={"key": change.key})

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
def result(request: HttpRequest, key: str) -> HttpResponse:
    change = bulk.kept_change(request.session, key)
    if change is None:
        raise Http404
    tasks = queries.tasks_of_change(request.actor, change.asked)
    context = {
        "change": change,
        "may_undo": change.may_be_undone(request.actor.now),
        "rows": results.rows(request.actor, change, tasks),
        "heading": results.heading(change),
        "summary": results.summary(change),
    }
    return render(request, "portal/staff/worklist_result.html", context)


@requires(Permission.SEE_WORKLIST)
def undo(request: HttpRequest, key: str) -> HttpResponse:
    change = bulk.kept_change(request.session, key)
    if change is None:
        raise Http404
    if request.method == "POST" and change.may_be_undone(request.actor.now):
        bulk.undo(by=request.actor, change=change)
        bulk.keep(request.session, replace(change, undone=True))
    return redirect("worklist-result", key=key)


@requires(Permission.SEE_WORKLIST)
def print_list(request: HttpRequest) -> HttpResponse:
    tasks = queries.tasks_to_print(request.actor, request.GET.getlist("task"))
    rows = [presenters.task_row(request.actor, task) for task in tasks]
    context = {"rows": rows, "updated": presenters.updated(request.actor)}
    return render(request, "portal/staff/worklist_print.html", context)
