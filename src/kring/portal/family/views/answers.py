"""Answering a call to a meeting, and answering for oneself whether the plan may be made and shared."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from kring.access.permissions import Permission
from kring.access.views import requires
from kring.care.plans import commands as plans
from kring.care.plans.queries.joining import asked_about
from kring.portal.family import queries
from kring.portal.family.forms import AnswerForm, ConfirmForm, ConsentForm, SuitsForm
from kring.portal.family.presenters import consent as consents
from kring.portal.family.presenters import sharing
from kring.portal.family.presenters import summons as presenters

from .checked import checked
from .shown import sent, shown


@requires(Permission.SEE_OWN_FAMILY)
def summons(request: HttpRequest, child_id: UUID, summons_id: UUID) -> HttpResponse:
    actor = request.actor
    child = queries.child_of(actor, child_id, what="family.summons", permission=Permission.SEE_PLAN)
    called = queries.summons_of(actor, child_id, summons_id)
    mine = queries.invitation_of(called, actor)
    form = AnswerForm(request.POST or None)
    if mine and form.is_valid():
        said = _("Tack, ditt svar är skickat.")
        answer = sent(request, form, lambda: _answered(request, child_id, mine, form), said)
        if answer:
            return answer
    page = presenters.summons_page(called, mine)
    return shown(request, "summons", about=child, here="family-child", page=page, form=form)


def _answered(request: HttpRequest, child_id: UUID, mine: Any, form: AnswerForm) -> str:
    said = form.cleaned_data
    plans.answer_summons(
        by=request.actor, invitation_id=mine.pk, answer=said["answer"], reason=said["reason"]
    )
    return reverse("family-child", args=[child_id])


@requires(Permission.SEE_OWN_FAMILY)
def meeting_times(request: HttpRequest, child_id: UUID, summons_id: UUID) -> HttpResponse:
    """Which of several times suit. Once a time is chosen, the call to the meeting."""
    actor = request.actor
    child = queries.child_of(actor, child_id, what="family.times", permission=Permission.SEE_PLAN)
    asked = queries.asked_times_of(actor, child_id, summons_id)
    if not asked.is_asking:
        return redirect("family-summons", child_id=child_id, summons_id=summons_id)
    mine = queries.invitation_of(asked, actor)
    form = SuitsForm(request.POST or None, times=presenters.times_asked(asked), said=presenters.said_of(mine))
    if mine and form.is_valid():
        said = _("Tack, ditt svar är skickat. Vi säger till när tiden är bestämd.")
        if answer := sent(request, form, lambda: _suits(request, child_id, mine, form), said):
            return answer
    page = presenters.times_page(asked, mine)
    return shown(request, "meeting_times", about=child, here="family-child", page=page, form=form)


def _suits(request: HttpRequest, child_id: UUID, mine: Any, form: SuitsForm) -> str:
    plans.answer_times(by=request.actor, invitation_id=mine.pk, said=form.suits())
    return reverse("family-child", args=[child_id])


@requires(Permission.SEE_OWN_FAMILY)
def pictures(request: HttpRequest, child_id: UUID, summons_id: UUID) -> HttpResponse:
    """«Så går det till – med bilder»."""
    child = queries.child_of(request.actor, child_id, what="family.pictures", permission=Permission.SEE_PLAN)
    called = queries.summons_of(request.actor, child_id, summons_id)
    page = presenters.pictures_page(called, child)
    return shown(request, "pictures", about=child, here="family-child", page=page)


@requires(Permission.SEE_OWN_FAMILY)
def consent(request: HttpRequest, child_id: UUID, plan_id: UUID) -> HttpResponse:
    actor = request.actor
    child = queries.child_of(actor, child_id, what="family.consent", permission=Permission.SEE_PLAN)
    plan = queries.plan_of(actor, child_id, plan_id)
    form = _consent_form(request, plan)
    frame = {"about": child, "here": "family-plan"}
    if form.is_valid():
        said = _("Tack, ditt svar är sparat. Du kan ändra det när du vill.")
        check = sharing.consent_check(form, request.path)
        done = checked(
            request, form, check, lambda: _consented(request, child_id, plan_id, form), said, **frame
        )
        if done:
            return done
    untold = queries.untold_guardians(actor, child_id)
    view = queries.consent_of(actor, plan)
    page = consents.consent_page(view, plan, actor, untold, asked_about(actor, plan, view))
    return shown(request, "consent", page=page, form=form, plan_id=plan_id, **frame)


def _consent_form(request: HttpRequest, plan: Any) -> ConsentForm:
    units = [(str(unit.pk), unit.name) for unit in queries.party_units(request.actor, plan)]
    now = consents.answer_now(queries.own_consent(request.actor, plan))
    return ConsentForm(request.POST or None, units=units, now=now)


def _consented(request: HttpRequest, child_id: UUID, plan_id: UUID, form: ConsentForm) -> str:
    actor = request.actor
    plans.record_consent(
        by=actor,
        plan_id=plan_id,
        guardian_id=actor.guardian_id,
        state=form.cleaned_data["state"],
        form="portal",
        cells=form.cells(),
        ends_on=form.cleaned_data["ends_on"] if form.cleaned_data["state"] == "given" else None,
    )
    return reverse("family-consent", args=[child_id, plan_id])


@requires(Permission.SEE_OWN_FAMILY)
def withdraw(request: HttpRequest, child_id: UUID, plan_id: UUID) -> HttpResponse:
    """Taking a yes back is easier than giving it: one page, one press."""
    child = queries.child_of(request.actor, child_id, what="family.withdraw", permission=Permission.SEE_PLAN)
    plan = queries.plan_of(request.actor, child_id, plan_id)
    mine = queries.own_consent(request.actor, plan)
    if mine is None:
        raise Http404
    back = reverse("family-consent", args=[child_id, plan_id])
    form = ConfirmForm(request.POST) if request.method == "POST" else ConfirmForm()
    if form.is_valid():
        said = _("Ditt ja är tillbakataget. Ingen ny ser planen från och med nu.")
        if answer := sent(request, form, lambda: _withdrawn(request, mine.pk, back), said):
            return answer
    check = sharing.withdraw_check(back)
    return shown(request, "check", about=child, here="family-plan", page=check, kept=[], form=form)


def _withdrawn(request: HttpRequest, consent_id: UUID, back: str) -> str:
    plans.withdraw_consent(by=request.actor, consent_id=consent_id)
    return back
