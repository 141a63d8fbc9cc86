"""Ending the plan."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from kring.access.permissions import Permission
from kring.access.views import requires
from kring.care.plans import commands
from kring.care.plans.forms.closure import CloseForm
from kring.care.plans.presenters import settling

from .around import around, preview_of, whole_plan
from .editing import Edit, run


@requires(Permission.CLOSE_PLAN)
def close(request: HttpRequest, plan_id: UUID) -> HttpResponse:
    plan = whole_plan(request, plan_id, "plan.close", Permission.CLOSE_PLAN)

    def work(form: Any, seen: int) -> str:
        commands.close_plan(by=request.actor, plan_id=plan.pk, seen=seen, **form.given())
        return reverse("plan-follow-ups", args=[plan.pk])

    page = settling.close(plan) | around(request, plan)
    edit = Edit(
        form=CloseForm, work=work, page=page, row=plan, strict=True, template="plans/close.html",
        said=_("Planen är avslutad."), preview=preview_of(request, "closure"),
    )  # fmt: skip
    return run(request, edit)
