"""S10 and S11."""

from collections.abc import Callable
from functools import partial
from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode

from kring.access import submissions
from kring.access.permissions import Permission
from kring.access.views import requires
from kring.timeline.asked import asked_in
from kring.timeline.by_hand import BY_HAND
from kring.timeline.commands import refuse_others
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
    chosen = queries.chosen_tasks(request.actor, [one] if one else request.POST.getlist("task"))
    action = "done" if one else request.POST.get("action", "")
    if not chosen.tasks:
        return _nothing(request, chosen)
    ids = urlencode({"task": chosen.asked}, doseq=True)
    if action in FORMS:
        return redirect(f"{reverse(FORMS[action])}?{ids}")
    if action == "done" and any(BY_HAND.get(task.kind) for task in chosen.tasks):
        return redirect(f"{reverse('worklist-done')}?{ids}")
    if action in AT_ONCE:
        return redirect(_once(request, lambda: AT_ONCE[action](by=request.actor, chosen=chosen)))
    return redirect("worklist")


FORMS = {"assign": "worklist-assign", "print": "worklist-print"}
AT_ONCE = {"done": bulk.finish_all, "remind": bulk.remind_all}


def _nothing(request: HttpRequest, chosen: queries.Chosen) -> HttpResponse:
    """None of what was ticked is in the actor's list: others' leave their rows, and the list says so."""
    refuse_others(by=request.actor, task_ids=chosen.asked, what="task")
    if chosen.asked:
        messages.warning(request, results.not_there(len(chosen.asked)))
    return redirect("worklist")


def _once(request: HttpRequest, work: Callable[[], Any]) -> str:
    def carry_out() -> str:
        return reverse("worklist-result", kwargs={"bulk_action_id": work().pk})

    key = submissions.key_from(request.POST.get("submission", ""))
    return submissions.once(key=key, by=request.actor, work=carry_out)


def _form_page(request: HttpRequest, template: str, form: Any, chosen: queries.Chosen) -> HttpResponse:
    """What is about to be done, to whom, and how many of those ticked it is not about."""
    context = {
        "form": form,
        "rows": [presenters.task_row(request.actor, task) for task in chosen.tasks],
        "said": presenters.said_in(chosen.tasks, asked_in(chosen.tasks)),
        "asked": chosen.asked,
        "left_out": results.not_there(chosen.left_out),
        "submission": request.POST.get("submission") or uuid4(),
    }
    return render(request, template, context)


@requires(Permission.ASSIGN_TASKS)
def assign(request: HttpRequest) -> HttpResponse:
    actor = request.actor
    chosen = queries.chosen_tasks(actor, request.POST.getlist("task") or request.GET.getlist("task"))
    if not chosen.tasks:
        return _nothing(request, chosen)
    form = AssignForm(request.POST or None, colleagues=queries.colleagues(actor))
    if form.is_valid():
        person = form.cleaned_data["person"]
        work = partial(bulk.assign_all, by=actor, chosen=chosen, person_id=person)
        return redirect(_once(request, work))
    return _form_page(request, "portal/staff/worklist_assign.html", form, chosen)


@requires(Permission.SEE_WORKLIST)
def done(request: HttpRequest) -> HttpResponse:
    """Saying how it ended, where that must be said."""
    actor = request.actor
    chosen = queries.chosen_tasks(actor, request.POST.getlist("task") or request.GET.getlist("task"))
    if not chosen.tasks:
        return _nothing(request, chosen)
    form = DoneForm(request.POST or None)
    if form.is_valid():
        said = form.cleaned_data["result"]
        work = partial(bulk.finish_all, by=actor, chosen=chosen, result=said)
        return redirect(_once(request, work))
    return _form_page(request, "portal/staff/worklist_done.html", form, chosen)


@requires(Permission.SEE_WORKLIST)
def result(request: HttpRequest, bulk_action_id: UUID) -> HttpResponse:
    change = _change(request, bulk_action_id)
    tasks = queries.tasks_of_change(request.actor, change.asked)
    context = {
        "change": change,
        "may_undo": bulk.may_be_undone(change, request.actor.now),
        "rows": results.rows(request.actor, change, tasks),
        "heading": results.heading(change),
        "summary": results.summary(change, tasks),
        "left_out": results.left_out(change, tasks),
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
    chosen = queries.tasks_to_print(request.actor, request.GET.getlist("task"))
    rows = [presenters.task_row(request.actor, task) for task in chosen.tasks]
    left_out = results.not_printed(chosen.left_out)
    context = {"rows": rows, "updated": presenters.updated(request.actor), "left_out": left_out}
    return render(request, "portal/staff/worklist_print.html", context)
