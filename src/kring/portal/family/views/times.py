"""S72 Tider: the list, agreeing, asking for another time, cancelling, «Samma dag?», the calendar file."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from kring.access.permissions import Permission
from kring.access.refusals import EditConflict
from kring.access.views import requires
from kring.care.contacts import commands as contacts
from kring.portal.family import commands, queries
from kring.portal.family.calendar_file import calendar_file
from kring.portal.family.forms import ChangeTimeForm, ConfirmForm, SameDayForm
from kring.portal.family.opened import opened
from kring.portal.family.presenters import times as presenters

from .shown import sent, shown

HERE = "family-times"


@requires(Permission.SEE_OWN_FAMILY)
def times(request: HttpRequest, child_id: UUID) -> HttpResponse:
    actor = request.actor
    child = queries.child_of(actor, child_id, what="family.times", permission=Permission.SEE_APPOINTMENTS)
    visits = queries.coming_visits(actor, child_id)
    meetings = queries.coming_meetings(actor, queries.going_plan(actor, child_id))
    asked = queries.same_day_requests(actor, child_id)
    answers = Permission.ANSWER_AS_FAMILY in opened(actor, child_id)
    page = presenters.times_page(
        visits, meetings, asked, child, actor.today, actor.person_id, answers=answers
    )
    return shown(request, "times", about=child, here=HERE, page=page)


@requires(Permission.SEE_OWN_FAMILY)
def agree(request: HttpRequest, child_id: UUID, visit_id: UUID) -> HttpResponse:
    def work(seen: int, form: forms.Form) -> None:
        contacts.agree(by=request.actor, appointment_id=visit_id, seen=seen)

    words = (_("Passar tiden?"), _("Ja, tiden passar"), _("Tack. Nu är tiden överenskommen."))
    return _about_one(request, child_id, visit_id, ConfirmForm, work, words)


@requires(Permission.SEE_OWN_FAMILY)
def change(request: HttpRequest, child_id: UUID, visit_id: UUID) -> HttpResponse:
    def work(seen: int, form: forms.Form) -> None:
        reason = form.cleaned_data["reason"]
        commands.ask_another_time(
            by=request.actor, child_id=child_id, visit_id=visit_id, seen=seen, reason=reason
        )

    said = _("Frågan är skickad. Tiden gäller tills ni har fått en ny.")
    words = (_("Be om en annan tid"), _("Skicka frågan"), said)
    return _about_one(request, child_id, visit_id, ChangeTimeForm, work, words)


@requires(Permission.SEE_OWN_FAMILY)
def cancel(request: HttpRequest, child_id: UUID, visit_id: UUID) -> HttpResponse:
    def work(seen: int, form: forms.Form) -> None:
        contacts.cancel_appointment(by=request.actor, appointment_id=visit_id, seen=seen)

    said = _("Tiden är avbokad. Behöver ni en ny tid, ring mottagningen.")
    words = (_("Avboka tiden"), _("Ja, avboka tiden"), said)
    return _about_one(request, child_id, visit_id, ConfirmForm, work, words)


def _about_one(
    request: HttpRequest,
    child_id: UUID,
    visit_id: UUID,
    kind: type[forms.Form],
    work: Callable[[int, forms.Form], None],
    words: tuple[str, str, str],
) -> HttpResponse:
    """A page about one visit with one button; `words` are its title, the button and what is said after."""
    child = queries.child_of(
        request.actor, child_id, what="family.visit", permission=Permission.SEE_APPOINTMENTS
    )
    visit = queries.visit_of(request.actor, child_id, visit_id, Permission.ANSWER_AS_FAMILY)
    form = kind(request.POST) if request.method == "POST" else kind()
    if form.is_valid():
        try:
            answer = sent(request, form, lambda: _done(request, child_id, work, form), words[2])
        except EditConflict:
            return _conflict(request, child, visit, form)
        if answer:
            return answer
    page = presenters.time_page(visit, *words[:2])
    return shown(request, "time", about=child, here=HERE, page=page, form=form)


def _done(
    request: HttpRequest, child_id: UUID, work: Callable[[int, forms.Form], None], form: forms.Form
) -> str:
    seen = request.POST.get("seen", "")
    work(int(seen) if seen.isdecimal() and len(seen) < 10 else 0, form)
    return reverse(HERE, args=[child_id])


def _conflict(request: HttpRequest, child: Any, visit: Any, form: forms.Form) -> HttpResponse:
    written = [(str(field.label), form.cleaned_data.get(name, "")) for name, field in form.fields.items()]
    page = presenters.conflict_page(visit, written, request.path)
    return shown(request, "conflict", about=child, here=HERE, page=page)


@requires(Permission.SEE_OWN_FAMILY)
def same_day(request: HttpRequest, child_id: UUID) -> HttpResponse:
    actor = request.actor
    child = queries.child_of(actor, child_id, what="family.same_day", permission=Permission.REQUEST_SAME_DAY)
    visits = presenters.visit_choices(queries.coming_visits(actor, child_id))
    form = SameDayForm(request.POST or None, visits=visits)
    if form.is_valid():
        said = _("Frågan är skickad till mottagningarna. Tiderna gäller tills ni får svar.")
        answer = sent(request, form, lambda: _asked(request, child_id, form), said)
        if answer:
            return answer
    return shown(request, "write", about=child, here=HERE, page=presenters.same_day_page(child), form=form)


def _asked(request: HttpRequest, child_id: UUID, form: SameDayForm) -> str:
    said = form.cleaned_data
    ids = [UUID(key) for key in said["visits"]]
    contacts.request_same_day(
        by=request.actor, child_id=child_id, on=said["on"], appointment_ids=ids, message=said["message"]
    )
    return reverse(HERE, args=[child_id])


@requires(Permission.SEE_OWN_FAMILY)
def withdraw_same_day(request: HttpRequest, child_id: UUID, same_day_request_id: UUID) -> HttpResponse:
    """Whoever asked takes the question back."""
    asked = queries.same_day_request_of(request.actor, child_id, same_day_request_id)

    def work() -> str:
        contacts.withdraw_same_day(by=request.actor, request_id=asked.pk)
        return reverse(HERE, args=[child_id])

    form = ConfirmForm(request.POST if request.method == "POST" else None)
    said = _("Frågan är återtagen. Tiderna gäller som de står.")
    answer = sent(request, form, work, said) if form.is_valid() else None
    page = presenters.withdraw_page(asked)
    return answer or shown(request, "time", about=asked.child, here=HERE, page=page, form=form)


@requires(Permission.SEE_OWN_FAMILY)
def calendar(request: HttpRequest, child_id: UUID, visit_id: UUID) -> HttpResponse:
    """Only when: no name, no unit, no reason, not in the file's name either."""
    visit = queries.visit_for_calendar(request.actor, child_id, visit_id)
    text = calendar_file(
        key=str(visit.pk), starts_at=visit.starts_at, ends_at=visit.ends_at, now=request.actor.now
    )
    return _file(text)


@requires(Permission.SEE_OWN_FAMILY)
def meeting_calendar(request: HttpRequest, child_id: UUID, summons_id: UUID) -> HttpResponse:
    """The same for a meeting about the plan: a move or a cancelling takes the place of the earlier file."""
    called = queries.summons_for_calendar(request.actor, child_id, summons_id)
    text = calendar_file(
        key=str(called.pk),
        starts_at=called.starts_at,
        ends_at=called.starts_at + timedelta(minutes=called.minutes),
        now=request.actor.now,
        sequence=called.moves + bool(called.cancelled_at),
        cancelled=bool(called.cancelled_at),
    )
    return _file(text)


def _file(text: str) -> HttpResponse:
    answer = HttpResponse(text, content_type="text/calendar; charset=utf-8")
    answer.headers["Content-Disposition"] = 'attachment; filename="tid.ics"'
    return answer
