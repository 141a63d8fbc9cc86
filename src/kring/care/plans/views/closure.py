"""Ending the plan."""

from functools import partial
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from kring.access.permissions import Permission
from kring.access.views import requires
from kring.care.plans import commands, queries
from kring.care.plans.forms.closure import OF_CHILD, CloseForm
from kring.care.plans.presenters import evaluations, settling

from .around import around, content_for, preview_of, said_by_family
from .editing import Edit, run


@requires(Permission.CLOSE_PLAN)
def close(request: HttpRequest, plan_id: UUID) -> HttpResponse:
    content = content_for(request.actor, plan_id, "plan.close", Permission.CLOSE_PLAN)
    plan, answers = content.plan, content.evaluations
    if not content.whole:
        raise queries.refusal(request.actor, plan_id, Permission.CLOSE_PLAN, what="plan.close")

    def work(form: Any, seen: int) -> str:
        commands.close_plan(by=request.actor, plan_id=plan.pk, seen=seen, **form.given())
        return reverse("plan-follow-ups", args=[plan.pk])

    page = settling.close(plan) | around(request, plan)
    page["said"] = said_by_family(request, content)
    # Whoever has begun to write what the child said keeps it, though the child answers meanwhile.
    form = partial(
        CloseForm, answered=evaluations.child_answered(answers) and OF_CHILD[-1] not in request.POST
    )
    edit = Edit(
        form=form, work=work, page=page, row=plan, strict=True, template="plans/close.html",
        said=_("Planen är avslutad."), preview=preview_of(request, "closure"),
    )  # fmt: skip
    return run(request, edit)
