"""S42 and S44: holding the meeting, and what came of it."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from kring.access.permissions import Permission
from kring.access.views import requires
from kring.care.plans import commands, queries
from kring.care.plans.forms.meeting import MeetingForm
from kring.care.plans.forms.plan import SureForm
from kring.care.plans.presenters import held as words
from kring.care.plans.presenters import shown
from kring.design.shells import IDENTITY_HIDDEN

from .around import around, doers, is_hidden, names_in, prepared_for, staff
from .editing import Edit, run


@requires(Permission.HOLD_MEETING)
def start(request: HttpRequest, summons_id: UUID) -> HttpResponse:
    row = queries.summons_or_404(
        request.actor, summons_id, what="plan.meeting.start", permission=Permission.HOLD_MEETING
    )

    def work(form: Any, seen: int) -> str:
        begun = commands.start_meeting(by=request.actor, summons_id=row.pk)
        return reverse("meeting", args=[begun.pk])

    content = queries.content_of(request.actor, row.plan)
    page = words.start_page(row) | {"prepared": prepared_for(request, content)} | around(request, row.plan)
    return run(request, Edit(form=SureForm, work=work, page=page, template="plans/meeting_start.html"))


@requires(Permission.HOLD_MEETING)
def meeting(request: HttpRequest, meeting_id: UUID) -> HttpResponse:
    """The whole meeting on one page and in one form."""
    row = queries.meeting_or_404(
        request.actor, meeting_id, what="plan.meeting", permission=Permission.HOLD_MEETING
    )
    content = queries.content_of(request.actor, row.plan)
    if row.ended_at or not content.in_charge:
        return redirect("meeting-after", meeting_id=row.pk)
    if request.POST.get("do") == "hide":
        _turn(request)

    def work(form: Any, seen: int) -> str:
        return _save(request, row, form, seen)

    page = words.page(row, content, request.actor, names_in(request, content)) | around(request, row.plan)
    page["prepared"] = prepared_for(request, content)
    form = _form_of(request, row, content)
    edit = Edit(
        form=form, work=work, page=page, row=row, template="plans/meeting.html", said=_said(request),
        preview=lambda form: {"preview": shown.preview("meeting", form.written(), request.actor.today)},
    )  # fmt: skip
    return run(request, edit)


def _form_of(request: HttpRequest, row: Any, content: Any) -> Any:
    choices = words.choices(row, content, names_in(request, content), is_hidden(request))
    people = staff(request.actor, content)
    lists = {"people": people, "doers": doers(request.actor, content), **choices}

    def form(data: Any) -> MeetingForm:
        made = MeetingForm(data, deciding=request.POST.get("do") == "decide", **lists)
        made.initial = made.of(row)
        return made

    return form


def _save(request: HttpRequest, row: Any, form: MeetingForm, seen: int) -> str:
    """Everything on the page at once, whichever button was pressed."""
    by = request.actor
    written = commands.write_meeting(by=by, meeting_id=row.pk, seen=seen, **form.written())
    commands.attend(by=by, meeting_id=row.pk, **form.attendance())
    if activity := form.decided():
        commands.contribute_activity(by=by, plan_id=row.plan_id, **activity)
    if request.POST.get("do") == "end":
        commands.end_meeting(by=by, meeting_id=row.pk, seen=written.revision)
        return reverse("meeting-after", args=[row.pk])
    return reverse("meeting", args=[row.pk]) + ("#beslut" if activity else "")


SAID = {
    "decide": gettext_lazy("Insatsen står i planen."),
    "end": gettext_lazy("Mötet är avslutat."),
    "write": gettext_lazy("Sparat."),
}


def _said(request: HttpRequest) -> str:
    return str(SAID.get(request.POST.get("do", ""), SAID["write"]))


@requires(Permission.EDIT_PLAN)
def after(request: HttpRequest, meeting_id: UUID) -> HttpResponse:
    """S44: what was decided, and what comes now."""
    row = queries.meeting_or_404(request.actor, meeting_id, what="plan.meeting.after")
    content = queries.content_of(request.actor, row.plan)
    page = words.after(row, content, request.actor, names_in(request, content))
    return render(request, "plans/after.html", page | around(request, row.plan))


@require_POST
@requires(Permission.HOLD_MEETING)
def hide_identity(request: HttpRequest) -> HttpResponseRedirect:
    """«Dölj personuppgifter»: kept in the session, so that every open tab follows."""
    _turn(request)
    back = request.headers.get("Referer", "")
    safe = url_has_allowed_host_and_scheme(back, {request.get_host()}, require_https=request.is_secure())
    return redirect(back if safe else "home")


def _turn(request: HttpRequest) -> None:
    request.session[IDENTITY_HIDDEN] = not is_hidden(request)
