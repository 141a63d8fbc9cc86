"""S74 Delning och samtycke: what is shared, and changing and stopping it, each with a check first."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from kring.access.permissions import Permission
from kring.access.views import requires
from kring.care.plans import commands as plans
from kring.care.plans.presenters.disagreeing import guidance
from kring.portal.family import commands, disclosed, queries
from kring.portal.family.forms import AcrossForm, ConfirmForm, ShareForm
from kring.portal.family.opened import ALL_AROUND
from kring.portal.family.presenters import sharing as words
from kring.portal.family.presenters.home import contacts

from .checked import checked
from .shown import sent, shown

HERE = "family-sharing"


@requires(Permission.SEE_OWN_FAMILY)
def sharing(request: HttpRequest, child_id: UUID) -> HttpResponse:
    child = queries.child_of(request.actor, child_id, what="family.sharing", permission=Permission.SEE_PLAN)
    page = words.sharing_page(disclosed.sharing_of(request.actor, child), child, request.actor)
    return shown(request, "sharing", about=child, here=HERE, page=page)


@requires(Permission.SEE_OWN_FAMILY)
def share(request: HttpRequest, child_id: UUID, plan_id: UUID, unit_id: UUID) -> HttpResponse:
    """What one unit may see: the first time, or changed."""
    child = queries.child_of(request.actor, child_id, what="family.share", permission=Permission.SEE_PLAN)
    plan = queries.plan_of(request.actor, child_id, plan_id)
    unit = disclosed.unit_in(plan, unit_id)
    now = words.shared_now(disclosed.own_yes(request.actor, plan), unit_id)
    form = ShareForm(request.POST or None, initial=now)
    frame = {"about": child, "here": HERE}
    if form.is_valid():
        check = words.share_check(unit, form.cleaned_data, request.path)

        def work() -> str:
            return _shared(request, plan, unit_id, form.cleaned_data["what"], form.cleaned_data["ends_on"])

        if answer := checked(request, form, check, work, _("Ditt svar är sparat."), **frame):
            return answer
    page = words.share_page(unit, plan, reverse(HERE, args=[child_id]))
    return shown(request, "share", page=page, form=form, **frame)


@requires(Permission.SEE_OWN_FAMILY)
def stop(request: HttpRequest, child_id: UUID, plan_id: UUID, unit_id: UUID) -> HttpResponse:
    """As easy as giving: one page, one press."""
    child = queries.child_of(request.actor, child_id, what="family.stop", permission=Permission.SEE_PLAN)
    plan = queries.plan_of(request.actor, child_id, plan_id)
    unit = disclosed.unit_in(plan, unit_id)
    mine = disclosed.own_yes(request.actor, plan)

    def work() -> str:
        return _shared(request, plan, unit_id, (), mine.ends_on if mine else None)

    said = _("%(unit)s ser inget nytt från och med nu.") % {"unit": unit.name}
    return _stopping(request, child, words.stop_check(unit, reverse(HERE, args=[child_id])), work, said)


def _shared(request: HttpRequest, plan: Any, unit_id: UUID, categories: Any, ends_on: Any) -> str:
    commands.share_with(by=request.actor, plan=plan, unit_id=unit_id, categories=categories, ends_on=ends_on)
    return reverse(HERE, args=[plan.child_id])


def _stopping(request: HttpRequest, child: Any, check: Any, work: Any, said: str) -> HttpResponse:
    form = ConfirmForm(request.POST) if request.method == "POST" else ConfirmForm()
    if form.is_valid() and (answer := sent(request, form, work, said)):
        return answer
    return shown(request, "check", about=child, here=HERE, page=check, kept=[], form=form)


@requires(Permission.SEE_OWN_FAMILY)
def across(request: HttpRequest, child_id: UUID) -> HttpResponse:
    """Letting units read what other care providers have written (sammanhållen vårddokumentation)."""
    actor = request.actor
    child = queries.child_of(actor, child_id, what="family.across", permission=ALL_AROUND)
    units = {str(unit.pk): unit.name for unit in disclosed.connected_units(actor, child)}
    now = words.across_now(disclosed.across_yes(actor, child))
    form = AcrossForm(request.POST or None, units=list(units.items()), now=now)
    frame = {"about": child, "here": HERE}
    if form.is_valid():
        check = words.across_check(units, form.cleaned_data, request.path)
        said = _("Ditt svar är sparat.")
        if answer := checked(request, form, check, lambda: _across(request, child_id, form), said, **frame):
            return answer
    return shown(request, "across", page=words.across_page(units), form=form, **frame)


def _across(request: HttpRequest, child_id: UUID, form: AcrossForm) -> str:
    said = form.cleaned_data
    units = [UUID(key) for key in said["units"]]
    answer = {"state": said["state"], "unit_ids": units, "ends_on": said["ends_on"]}
    plans.answer_across(by=request.actor, child_id=child_id, **answer)
    return reverse(HERE, args=[child_id])


@requires(Permission.SEE_OWN_FAMILY)
def across_stop(request: HttpRequest, child_id: UUID) -> HttpResponse:
    child = queries.child_of(request.actor, child_id, what="family.across.stop", permission=ALL_AROUND)

    def work() -> str:
        plans.stop_across(by=request.actor, child_id=child_id)
        return reverse(HERE, args=[child_id])

    check = words.across_stop_check(reverse(HERE, args=[child_id]))
    return _stopping(request, child, check, work, _("Ni delar inte längre journal mellan vårdgivare."))


@requires(Permission.SEE_OWN_FAMILY)
def disagree(request: HttpRequest, child_id: UUID, plan_id: UUID) -> HttpResponse:
    """«Ni tycker olika»: what holds, what helps, what the social services board may decide."""
    child = queries.child_of(request.actor, child_id, what="family.disagree", permission=Permission.SEE_PLAN)
    plan = queries.plan_of(request.actor, child_id, plan_id)
    page = {"parts": guidance(), "contacts": contacts(queries.care_contacts(request.actor, child_id), plan)}
    return shown(request, "disagree", about=child, here=HERE, page=page)
