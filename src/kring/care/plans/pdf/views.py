"""The plan as a file to print. A protected child's, and a copy for a guardian, are made only after a second
page, with a reason.
"""

from functools import partial
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from kring.access.actors import Actor
from kring.access.gate import ReasonNeeded
from kring.access.leaving import still_open
from kring.access.permissions import Permission
from kring.access.policy.catalogue import sentence
from kring.access.views import requires

from . import make, queries
from .forms import HandOverForm, ReasonForm
from .rules import Version


@requires(Permission.SEE_PLAN)
def plan_pdf(request: HttpRequest, plan_id: UUID, version: Version | None = None) -> HttpResponse:
    actor = request.actor
    version = version or queries.own_version(actor)
    printing = queries.printing_or_404(actor, plan_id, version)
    if printing.version is Version.FAMILY and actor.is_staff and not printing.stopped_by:
        return _handed_over(request, printing)
    form = ReasonForm(request.POST or None)
    if printing.stopped_by and not form.is_valid():
        return render(request, "plans/pdf/confirm.html", {"form": form})
    reason = form.cleaned_data["reason"] if printing.stopped_by else ""
    return _printed(actor, printing, reason)


def _handed_over(request: HttpRequest, printing: queries.Printing) -> HttpResponse:
    """Staff hand a guardian a copy after a harm test of its own, also where the guardian reads on the net."""
    actor, plan = request.actor, printing.content.plan
    receivers = queries.receivers(actor, printing)
    opened = [(str(one.guardian.pk), one.guardian.name) for one in receivers if one.decision.opens]
    form = HandOverForm(request.POST or None, guardians=opened)
    if not form.is_valid():
        closed = [
            (one.guardian.name, sentence(one.decision.rule_id)) for one in receivers if not one.decision.opens
        ]
        context = {"form": form, "plan": plan, "opened": opened, "closed": closed}
        return render(request, "plans/pdf/hand_over.html", context)
    found = form.cleaned_data
    answer = _printed(actor, printing, found["reason"])
    queries.log_handed_over(actor, printing, found["guardian"], found["reason"])
    return answer


def _printed(actor: Actor, printing: queries.Printing, reason: str) -> HttpResponse:
    plan_id, version = printing.content.plan.pk, printing.version

    def ask(by: Actor) -> dict[str, Any]:
        again = queries.printing_or_404(by, plan_id, version)
        if again.stopped_by and not reason:
            raise ReasonNeeded(again.content.plan.child_id)
        return _words(by, again)

    paper = still_open(actor, _words(actor, printing), ask, partial(make.typeset, version, on=actor.today))
    queries.log_printed(actor, printing, reason)
    return _file(paper, make.file_name(actor.today))


def _words(actor: Actor, printing: queries.Printing) -> dict[str, Any]:
    how = {"changed": printing.changed, "marked": bool(printing.stopped_by)}
    return make.words_of(printing.version, printing.content, actor, **how)


def _file(paper: bytes, name: str) -> HttpResponse:
    """Shown in the browser's own reader, saved under a name that tells nothing; kept by nobody on the way."""
    response = HttpResponse(paper, content_type="application/pdf")
    response.headers["Content-Disposition"] = f'inline; filename="{name}"'
    response.headers["Cache-Control"] = "no-store"
    return response
