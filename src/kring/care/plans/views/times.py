"""S41: asking which of several times suit, who can when, and picking one."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from kring.access.permissions import Permission
from kring.access.views import requires
from kring.care.plans import commands, queries
from kring.care.plans.forms import times as forms
from kring.care.plans.forms.words import PlanForm
from kring.care.plans.presenters import summons as summonses
from kring.care.plans.presenters import times as pages
from kring.care.plans.queries.unreached import unreached

from .around import around, names_in
from .editing import Edit, run


@requires(Permission.ANSWER_SUMMONS)
def times(request: HttpRequest, summons_id: UUID) -> HttpResponse:
    """Who can when. Once a time is picked, the summons."""
    row = queries.asked_or_404(request.actor, summons_id, what="plan.times")
    if not row.is_asking:
        return redirect("summons", summons_id=row.pk)
    content = queries.content_of(request.actor, row.plan)
    page = pages.page(row, content, request.actor, names_in(request, content))
    return render(request, "plans/times.html", {"page": page} | around(request, row.plan))


@requires(Permission.SUMMON)
def ask(request: HttpRequest, summons_id: UUID) -> HttpResponse:
    """Propose times, for the first time or other ones."""
    may = Permission.SUMMON
    row = queries.summons_or_404(request.actor, summons_id, what="plan.times.ask", permission=may)
    if row.sent_at:
        return redirect("summons", summons_id=row.pk)
    content = queries.content_of(request.actor, row.plan)
    begun = [row.starts_at] if row.starts_at else [one.starts_at for one in row.proposed_times.all()]

    def form(data: Any) -> forms.ProposeForm:
        made = forms.ProposeForm(data, units=summonses.units_to_call(content), times=sorted(begun))
        return made.asking_again(row) if row.is_asking else made

    def work(form: Any, seen: int) -> str:
        commands.ask_times(by=request.actor, summons_id=row.pk, seen=seen, **form.given())
        return reverse("summons-times", args=[row.pk])

    told = unreached(request.actor, row.plan)
    page = pages.ask_page(row, content, names_in(request, content), told) | around(request, row.plan)
    said = _("Frågan om tider är skickad. Svaren kommer här.")
    edit = {"row": row, "strict": True, "template": "plans/times_ask.html", "said": said}
    return run(request, Edit(form=form, work=work, page=page, **edit))


@requires(Permission.ANSWER_SUMMONS)
def answer(request: HttpRequest, invitation_id: UUID) -> HttpResponse:
    """The unit's own answer, or what the family has said."""
    row = queries.asked_invitation_or_404(request.actor, invitation_id, what="plan.times.answer")
    if not row.summons.is_asking:
        return redirect("summons", summons_id=row.summons_id)

    def form(data: Any) -> forms.SuitsForm:
        return forms.SuitsForm(data, times=pages.labels(row.summons), said=pages.said_by(row))

    def work(form: Any, seen: int) -> str:
        commands.answer_times(by=request.actor, invitation_id=row.pk, **form.given())
        return reverse("summons-times", args=[row.summons_id])

    page = pages.answer_page(row) | around(request, row.summons.plan)
    return run(request, Edit(form=form, work=work, page=page, said=_("Svaret är skickat.")))


@requires(Permission.SUMMON)
def pick(request: HttpRequest, summons_id: UUID) -> HttpResponse:
    """Pick one of the times: the summons is sent to it."""
    may = Permission.SUMMON
    row = queries.asked_or_404(request.actor, summons_id, what="plan.times.pick", permission=may)
    content = queries.content_of(request.actor, row.plan)
    table = pages.rows(row, content, names_in(request, content), request.actor)

    def work(form: Any, seen: int) -> str:
        commands.pick_time(by=request.actor, summons_id=row.pk, seen=seen, **form.given())
        return reverse("summons", args=[row.pk])

    page = pages.pick_page(row, table) | around(request, row.plan)
    edit = Edit(
        form=lambda data: forms.PickForm(data, times=pages.choices(table)),
        work=work, page=page, row=row, strict=True, template="plans/times_pick.html",
        said=_("Tiden är vald och kallelsen är skickad."),
    )  # fmt: skip
    return run(request, edit)


@requires(Permission.SUMMON)
def withdraw(request: HttpRequest, summons_id: UUID) -> HttpResponse:
    may = Permission.SUMMON
    row = queries.asked_or_404(request.actor, summons_id, what="plan.times.withdraw", permission=may)

    def work(form: Any, seen: int) -> str:
        commands.withdraw_times(by=request.actor, summons_id=row.pk, seen=seen)
        return reverse("summons-edit", args=[row.pk])

    page = pages.withdraw_page(row) | around(request, row.plan)
    said = _("Frågan är återtagen. Kallelsen är ett utkast.")
    return run(request, Edit(form=PlanForm, work=work, page=page, row=row, strict=True, said=said))
