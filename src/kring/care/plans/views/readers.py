"""Who reads what was written of a meeting, a follow-up or the end: chosen anew, with the texts before one."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from kring.access.permissions import Permission
from kring.access.views import requires
from kring.care.plans import commands, queries
from kring.care.plans.forms.shown import ReadersForm
from kring.care.plans.presenters import readers as words

from .around import around
from .editing import Edit, run


@requires(Permission.HOLD_MEETING)
def of_meeting(request: HttpRequest, meeting_id: UUID) -> HttpResponse:
    return _change(request, "meeting", meeting_id)


@requires(Permission.FOLLOW_UP_PLAN)
def of_follow_up(request: HttpRequest, follow_up_id: UUID) -> HttpResponse:
    return _change(request, "follow_up", follow_up_id)


@requires(Permission.CLOSE_PLAN)
def of_closure(request: HttpRequest, plan_id: UUID) -> HttpResponse:
    return _change(request, "closure", plan_id)


@requires(Permission.EDIT_PLAN)
def review(request: HttpRequest, row_id: UUID) -> HttpResponse:
    """From the task to the page where the text and its readers are changed."""
    return redirect(queries.review_page_of(request.actor, row_id), row_id)


def _change(request: HttpRequest, kind: str, key: UUID) -> HttpResponse:
    found = queries.kept_or_404(request.actor, kind, key, what=f"plan.{kind}.readers.page")
    if getattr(found.row, "ended_at", True) is None:
        return redirect("meeting", meeting_id=key)  # it goes on: the choice stands on its own form
    page = words.page(kind, found, request.actor.today) | around(request, found.row.plan)

    def work(form: Any, seen: int) -> str:
        asked = form.given()
        known = request.POST.get("previewed") == words.mark(asked)
        commands.change_readers(
            by=request.actor, kind=kind, row_id=key, seen=seen, shown_to_writer=known, **asked
        )
        return page["back"]

    edit = Edit(
        form=lambda data: _form(data, found.row),
        work=work, page=page, row=found.row, template="plans/readers.html",
        said=_("Det nya valet gäller från och med nu."),
        preview=lambda form: words.preview(kind, found, form.given(), request.actor.today),
    )  # fmt: skip
    return run(request, edit)


def _form(data: Any, row: Any) -> ReadersForm:
    """The form that shows the choice that stands first."""
    made = ReadersForm(data)
    made.initial = made.of(row)
    return made
