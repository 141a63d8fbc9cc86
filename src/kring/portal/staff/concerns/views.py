"""S28, and what social services have been handed."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from kring.access.permissions import Permission
from kring.access.policy.catalogue import sentence
from kring.access.views import requires
from kring.care.concerns import commands, queries
from kring.portal.staff.secrecy.around import around
from kring.portal.staff.secrecy.sending import Page, run

from . import forms, presenters

REPORT = Permission.REPORT_CONCERN


@requires(REPORT)
def concern(request: HttpRequest, child_id: UUID) -> HttpResponse:
    """What to do now, whom to call, and the own unit's notes."""
    found = queries.concern_of(request.actor, child_id)
    context = around(request.actor, found.child, "child-concern") | {
        "lines": presenters.own(found.reports, child_id),
        "near": presenters.phones(found.near),
        "duty": sentence("sharing.report"),
    }
    return render(request, "portal/staff/concern.html", context)


@requires(REPORT)
def write(request: HttpRequest, child_id: UUID) -> HttpResponse:
    actor, found = request.actor, queries.concern_of(request.actor, child_id)
    back = reverse("child-concern", args=[child_id])

    def work(given: Mapping[str, Any]) -> str:
        commands.write_concern(by=actor, child_id=child_id, **given)
        return back

    page = Page(
        form=forms.ConcernForm(request.POST or None), work=work, title=_("Skriv en anteckning om oro"),
        button=_("Spara och lås"), said=_("Anteckningen är sparad och låst. Lämna den till socialtjänsten."),
        warning=_("Visas aldrig för vårdnadshavare eller för barnet. Ingen avisering skickas."),
        back=back, back_word=_("Oro för barnet"), context=around(actor, found.child, "child-concern"),
    )  # fmt: skip
    return run(request, page)


@requires(REPORT)
def hand_over(request: HttpRequest, child_id: UUID, concern_report_id: UUID) -> HttpResponse:
    actor, found = request.actor, queries.concern_of(request.actor, child_id)
    if concern_report_id not in {one.pk for one in found.reports}:
        raise Http404
    back = reverse("child-concern", args=[child_id])
    near = [*found.near, *(one for one in found.everywhere if one not in found.near)]

    def work(given: Mapping[str, Any]) -> str:
        to = UUID(given["unit_id"])
        commands.hand_over(by=actor, report_id=concern_report_id, unit_id=to, how=given["how"])
        return back

    units = [(str(one.pk), one.name) for one in near]
    page = Page(
        form=forms.HandOverForm(request.POST or None, units=units), work=work, back=back,
        title=_("Lämna till socialtjänsten"), button=_("Anteckna att den är lämnad"),
        back_word=_("Oro för barnet"), context=around(actor, found.child, "child-concern"),
        **presenters.handing_over(found.child),
    )  # fmt: skip
    return run(request, page)


@requires(Permission.HANDLE_CONCERN)
def received(request: HttpRequest) -> HttpResponse:
    lines = presenters.received(queries.received(request.actor))
    return render(request, "portal/staff/concerns_received.html", {"lines": lines})


@requires(Permission.HANDLE_CONCERN)
def read(request: HttpRequest, concern_report_id: UUID) -> HttpResponse:
    row = queries.received_or_404(request.actor, concern_report_id)
    context = {
        "text": row.text,
        "name": row.child.name,
        "facts": [presenters.written(row), presenters.handed(row)],
    }
    return render(request, "portal/staff/concern_received.html", context)
