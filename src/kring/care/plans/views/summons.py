"""S40 and S41: the list of meetings, calling to one, answering and calling off."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from kring.access.permissions import Permission
from kring.access.views import requires
from kring.care.plans import commands, queries
from kring.care.plans.forms import summons as forms
from kring.care.plans.presenters import meetings as words
from kring.care.plans.presenters import summons as pages
from kring.care.plans.queries.people import invitation_or_404
from kring.care.plans.queries.unreached import unreached

from .around import around, is_hidden, names_in, prepared_for
from .consent import _whole
from .editing import Edit, run


@requires(Permission.HOLD_MEETING)
def meetings(request: HttpRequest) -> HttpResponse:
    rows = queries.meetings_of_unit(request.actor)
    asked = queries.asked_of_unit(request.actor)
    context = {"lists": words.lists(rows, request.actor, is_hidden(request), asked)}
    return render(request, "plans/meetings.html", context)


@requires(Permission.EDIT_PLAN)
def meetings_of_plan(request: HttpRequest, plan_id: UUID) -> HttpResponse:
    content = _whole(request, plan_id, "plan.meetings")
    may = content.in_charge and request.actor.may(Permission.SUMMON) and not content.plan.is_over
    context = {
        "rows": words.of_plan(content, request.actor),
        "prepared": prepared_for(request, content),
        "summon_href": reverse("summon", args=[content.plan.pk]) if may else "",
    }
    return render(
        request, "plans/plan_meetings.html", context | around(request, content.plan, "plan-meetings")
    )


@requires(Permission.SUMMON)
def summon(request: HttpRequest, plan_id: UUID) -> HttpResponse:
    """S41. A draft that is already there is gone on with."""
    content = _whole(request, plan_id, "plan.summons.new", Permission.SUMMON)
    if request.method != "POST" and (draft := pages.draft_of(content)):
        return redirect("summons-times" if draft.is_asking else "summons-edit", summons_id=draft.pk)

    def work(form: Any, seen: int) -> str:
        return _next_page(commands.draft_summons(by=request.actor, plan_id=content.plan.pk, **form.given()))

    wish = queries.preparation_of(request.actor, content.plan)
    told = unreached(request.actor, content.plan)
    page = pages.form_page(content, names_in(request, content), wish, told) | around(request, content.plan)
    said = bool(pages.own_wish(wish))
    form = lambda data: forms.SummonsForm(data, child_said=said)  # noqa: E731
    return run(request, Edit(form=form, work=work, page=page, template="plans/summon.html"))


def _next_page(summons: Any) -> str:
    """Without a time of its own, several are asked about."""
    return reverse("summons-check" if summons.starts_at else "summons-ask", args=[summons.pk])


@requires(Permission.SUMMON)
def edit(request: HttpRequest, summons_id: UUID) -> HttpResponse:
    row = queries.summons_or_404(request.actor, summons_id, what="plan.summons", permission=Permission.SUMMON)
    if row.is_asking:
        return redirect("summons-times", summons_id=row.pk)
    content = queries.content_of(request.actor, row.plan)

    wish = queries.preparation_of(request.actor, row.plan)

    def form(data: Any) -> forms.SummonsForm:
        made = forms.SummonsForm(data, child_said=bool(pages.own_wish(wish)))
        made.initial = made.of(row)
        return made

    def work(form: Any, seen: int) -> str:
        return _next_page(
            commands.edit_summons(by=request.actor, summons_id=row.pk, seen=seen, **form.given())
        )

    told = unreached(request.actor, row.plan)
    page = pages.form_page(content, names_in(request, content), wish, told) | around(request, row.plan)
    return run(request, Edit(form=form, work=work, page=page, row=row, template="plans/summon.html"))


@requires(Permission.SUMMON)
def check(request: HttpRequest, summons_id: UUID) -> HttpResponse:
    """Read everything once more, then send."""
    row = queries.summons_or_404(request.actor, summons_id, what="plan.summons", permission=Permission.SUMMON)
    if row.is_asking:
        return redirect("summons-times", summons_id=row.pk)
    content = queries.content_of(request.actor, row.plan)
    units = pages.units_to_call(content)

    def work(form: Any, seen: int) -> str:
        commands.send_summons(by=request.actor, summons_id=row.pk, seen=seen, **form.given())
        return reverse("summons", args=[row.pk])

    told = unreached(request.actor, row.plan)
    page = pages.check_page(row, content, names_in(request, content), told) | around(request, row.plan)
    edit = Edit(
        form=lambda data: forms.SendForm(data, units=units),
        work=work, page=page, row=row, strict=True, template="plans/summon_check.html",
        said=_("Kallelsen är skickad. Svaren kommer här."),
    )  # fmt: skip
    return run(request, edit)


@requires(Permission.ANSWER_SUMMONS)
def summons(request: HttpRequest, summons_id: UUID) -> HttpResponse:
    """One summons: what it is about, who has answered what."""
    row = queries.summons_or_404(request.actor, summons_id, what="plan.summons")
    if row.is_asking:
        return redirect("summons-times", summons_id=row.pk)
    content = queries.content_of(request.actor, row.plan)
    page = pages.page(row, content, request.actor, names_in(request, content))
    met = words.meeting_of(row)
    context = {
        "page": page,
        "prepared": None if met else prepared_for(request, content),
        "outside": None if met else _outside(request, row.plan, content),
    }
    return render(request, "plans/summons.html", context | around(request, row.plan))


def _outside(request: HttpRequest, plan: Any, content: Any = None) -> Any:
    """Whom to tell outside Kring, in words; nothing for who may not know it."""
    told = unreached(request.actor, plan)
    if not (told.guardians or told.by_age):
        return None
    content = content or queries.content_of(request.actor, plan)
    return pages.outside(content, names_in(request, content), told)


@requires(Permission.ANSWER_SUMMONS)
def answer(request: HttpRequest, invitation_id: UUID) -> HttpResponse:
    """The unit's own answer, or what the family said on the telephone."""
    row = invitation_or_404(request.actor, invitation_id, what="plan.summons.answer")
    family = row.unit_id is None

    def work(form: Any, seen: int) -> str:
        commands.answer_summons(by=request.actor, invitation_id=row.pk, **form.given())
        return reverse("summons", args=[row.summons_id])

    page = pages.answer_page(row) | around(request, row.summons.plan)
    edit = Edit(
        form=lambda data: forms.AnswerForm(data, family=family),
        work=work,
        page=page,
        said=_("Svaret är skickat."),
    )
    return run(request, edit)


@requires(Permission.SUMMON)
def move(request: HttpRequest, summons_id: UUID) -> HttpResponse:
    """Another time or place; everybody is told and asked again."""
    row = queries.summons_or_404(request.actor, summons_id, what="plan.summons", permission=Permission.SUMMON)

    def form(data: Any) -> forms.MoveForm:
        made = forms.MoveForm(data)
        made.initial = made.of(row)
        return made

    def work(form: Any, seen: int) -> str:
        commands.move_summons(by=request.actor, summons_id=row.pk, seen=seen, **form.given())
        return reverse("summons", args=[row.pk])

    outside = {"outside": _outside(request, row.plan)}
    page = pages.move_page(row) | outside | around(request, row.plan)
    said = _("Mötet är flyttat. Alla får veta det och ska svara igen.")
    return run(request, Edit(form=form, work=work, page=page, row=row, said=said))


@requires(Permission.SUMMON)
def cancel(request: HttpRequest, summons_id: UUID) -> HttpResponse:
    row = queries.summons_or_404(request.actor, summons_id, what="plan.summons", permission=Permission.SUMMON)

    def work(form: Any, seen: int) -> str:
        commands.cancel_summons(by=request.actor, summons_id=row.pk, **form.given())
        return reverse("summons", args=[row.pk])

    outside = {"outside": _outside(request, row.plan)}
    page = pages.cancel_page(row) | outside | around(request, row.plan)
    return run(request, Edit(form=forms.CancelForm, work=work, page=page, said=_("Mötet är inställt.")))
