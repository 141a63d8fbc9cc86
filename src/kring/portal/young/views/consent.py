"""«Vem får se min plan?»: seeing, giving, changing and taking back one's own answer, looked through first."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from kring.access.permissions import Permission
from kring.access.submissions import FIELD, answer_to
from kring.access.views import requires
from kring.care.plans import commands as plans
from kring.portal.family.forms import ConfirmForm
from kring.portal.family.views.shown import sent
from kring.portal.young import deciding
from kring.portal.young.forms import ConsentForm
from kring.portal.young.presenters import consent as words

from .shown import shown

OURS = {"csrfmiddlewaretoken", FIELD, "go"}


@requires(Permission.SEE_OWN_PAGES)
def consents(request: HttpRequest) -> HttpResponse:
    own, found = deciding.deciding(request.actor, what="own.consents")
    return shown(request, own, "consents", page=words.deciding_page(found))


@requires(Permission.SEE_OWN_PAGES)
def consent(request: HttpRequest, plan_id: UUID) -> HttpResponse:
    own, one = deciding.decided_or_404(request.actor, plan_id, what="own.consent")
    form = _form(request, one)
    go = request.POST.get("go")
    if form.is_valid() and go == "send":
        if answer := sent(request, form, _work(request, one, form), _("Ditt svar är sparat.")):
            return answer
    elif form.is_valid() and go == "check":
        kept = [(name, value) for name, many in request.POST.lists() if name not in OURS for value in many]
        check = words.consent_check(form.cleaned_data, one, own)
        return shown(request, own, "consent_check", page=check, kept=kept)
    return shown(request, own, "consent", page=words.consent_page(one, own), form=form)


def _form(request: HttpRequest, one: deciding.Decided) -> ConsentForm:
    units = [(str(unit.pk), unit.name) for unit in one.shared.units]
    return ConsentForm(request.POST or None, units=units, now=words.answer_now(one))


def _work(request: HttpRequest, one: deciding.Decided, form: ConsentForm) -> Callable[[], str]:
    def work() -> str:
        said = form.cleaned_data
        given: dict[str, Any] = {"cells": form.cells(), "ends_on": said["ends_on"]}
        answer = given if said["state"] == "given" else {}
        about: dict[str, Any] = {"plan_id": one.plan.pk, "guardian_id": None, "state": said["state"]}
        plans.record_consent(by=request.actor, form="portal", **about, **answer)
        return reverse("young-consent", args=[one.plan.pk])

    return work


@requires(Permission.SEE_OWN_PAGES)
def stop(request: HttpRequest, plan_id: UUID) -> HttpResponse:
    """As easy as giving: one page, one press."""
    if done := answer_to(request.POST.get(FIELD, ""), request.actor):
        return redirect(done)
    own, one = deciding.decided_or_404(request.actor, plan_id, what="own.consent.stop")
    if not one.holds:
        raise Http404
    form = ConfirmForm(request.POST if request.method == "POST" else None)

    def work() -> str:
        plans.withdraw_consent(by=request.actor, consent_id=one.mine.pk)
        return reverse("young-consent", args=[plan_id])

    if form.is_valid() and (answer := sent(request, form, work, _("Ditt ja är tillbakataget."))):
        return answer
    check = words.stop_check(one, own)
    back = {"back": reverse("young-consent", args=[plan_id]), "back_word": _("Vem får se min plan?")}
    return shown(request, own, "consent_stop", page=check, form=form, **back)
