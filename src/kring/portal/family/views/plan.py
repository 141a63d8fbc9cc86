"""S71 Planen: the four tabs, reading and confirming a version, asking."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from kring.access.permissions import Permission
from kring.access.views import requires
from kring.care.plans import commands as plans
from kring.portal.agreement.queries import parts_of
from kring.portal.family import commands, queries
from kring.portal.family.forms import AcknowledgeForm, ProposeForm, RequestPlanForm
from kring.portal.family.opened import ALL_AROUND, opened
from kring.portal.family.presenters.agreement import agreement_page
from kring.portal.family.presenters.plan import plan_page
from kring.portal.family.presenters.sip import sip_page
from kring.portal.family.presenters.versions import acknowledge_page, history_page
from kring.portal.family.presenters.write import propose_page, request_page

from .shown import sent, shown

HERE = "family-plan"


@requires(Permission.SEE_OWN_FAMILY)
def plan(request: HttpRequest, child_id: UUID) -> HttpResponse:
    child = queries.child_of(request.actor, child_id, what="family.plan", permission=Permission.SEE_PLAN)
    content = queries.whole_plan(request.actor, child_id)
    unread = queries.unread_version(request.actor, content)
    asks = ALL_AROUND in opened(request.actor, child_id)
    ended = None if content else queries.ended_plan(request.actor, child_id)
    page = plan_page(content, unread, child, request.actor, asks=asks, ended=ended)
    return shown(request, "plan", about=child, here=HERE, page=page)


@requires(Permission.SEE_OWN_FAMILY)
def agreement(request: HttpRequest, child_id: UUID) -> HttpResponse:
    actor = request.actor
    child = queries.child_of(actor, child_id, what="family.agreement", permission=Permission.SEE_PLAN)
    times = Permission.SEE_APPOINTMENTS in opened(actor, child_id)
    found = parts_of(actor, child_id, queries.whole_plan(actor, child_id), times=times)
    page = agreement_page(found.content, found.visits, found.contacts, child, actor.today)
    return shown(request, "agreement", about=child, here=HERE, page=page)


@requires(Permission.SEE_OWN_FAMILY)
def sip(request: HttpRequest, child_id: UUID) -> HttpResponse:
    child = queries.child_of(request.actor, child_id, what="family.sip", permission=Permission.SEE_PLAN)
    asks = ALL_AROUND in opened(request.actor, child_id)
    page = sip_page(queries.whole_plan(request.actor, child_id), child, asks=asks)
    return shown(request, "sip", about=child, here=HERE, page=page)


@requires(Permission.SEE_OWN_FAMILY)
def history(request: HttpRequest, child_id: UUID) -> HttpResponse:
    actor = request.actor
    child = queries.child_of(actor, child_id, what="family.history", permission=Permission.SEE_PLAN)
    found = queries.going_plan(actor, child_id)
    versions = queries.all_changes(actor, found) if found else []
    page = history_page(versions, actor.guardian_id, child)
    return shown(request, "history", about=child, here=HERE, page=page)


@requires(Permission.SEE_OWN_FAMILY)
def acknowledge(request: HttpRequest, child_id: UUID, version_id: UUID) -> HttpResponse:
    actor = request.actor
    child = queries.child_of(actor, child_id, what="family.version", permission=Permission.SEE_PLAN)
    version = queries.version_of(actor, child_id, version_id)
    form = AcknowledgeForm(request.POST or None)
    if form.is_valid():
        said = _("Tack. Nu syns det att du har läst planen.")
        answer = sent(request, form, lambda: _acknowledged(request, child_id, version_id, form), said)
        if answer:
            return answer
    changes, read_at = queries.changes_before(actor, version), queries.read_at(actor, version)
    page = acknowledge_page(version, changes, read_at)
    return shown(request, "acknowledge", about=child, here=HERE, page=page, form=form)


def _acknowledged(request: HttpRequest, child_id: UUID, version_id: UUID, form: AcknowledgeForm) -> str:
    plans.acknowledge(by=request.actor, version_id=version_id, comment=form.cleaned_data["comment"])
    return reverse("family-plan", args=[child_id])


@requires(Permission.SEE_OWN_FAMILY)
def request_plan(request: HttpRequest, child_id: UUID) -> HttpResponse:
    actor = request.actor
    child = queries.child_of(actor, child_id, what="family.request", permission=ALL_AROUND)
    units = [(str(unit.pk), unit.name) for unit in queries.units_around(actor, child)]
    form = RequestPlanForm(request.POST or None, units=units)
    if form.is_valid():
        said = _("Frågan är skickad. Den du frågade hör av sig till er.")
        answer = sent(request, form, lambda: _requested(request, child_id, form), said)
        if answer:
            return answer
    return shown(request, "write", about=child, here=HERE, page=request_page(child), form=form)


def _requested(request: HttpRequest, child_id: UUID, form: RequestPlanForm) -> str:
    said = form.cleaned_data
    unit_id = UUID(said["unit"])
    plans.request_plan(by=request.actor, child_id=child_id, unit_id=unit_id, what_matters=said["message"])
    return reverse("family-plan", args=[child_id])


@requires(Permission.SEE_OWN_FAMILY)
def propose(request: HttpRequest, child_id: UUID) -> HttpResponse:
    actor = request.actor
    child = queries.child_of(actor, child_id, what="family.propose", permission=Permission.SEE_PLAN)
    found = queries.going_plan(actor, child_id)
    if found is None:
        return redirect("family-plan", child_id)
    form = ProposeForm(request.POST or None)
    if form.is_valid():
        said = _("Förslaget är skickat till %(unit)s.") % {"unit": found.unit.name}
        answer = sent(request, form, lambda: _proposed(request, child_id, found.pk, form), said)
        if answer:
            return answer
    return shown(request, "write", about=child, here=HERE, page=propose_page(child, found), form=form)


def _proposed(request: HttpRequest, child_id: UUID, plan_id: UUID, form: ProposeForm) -> str:
    message = form.cleaned_data["message"]
    commands.propose_change(by=request.actor, child_id=child_id, plan_id=plan_id, message=message)
    return reverse("family-plan", args=[child_id])
