"""The placements of one child: the list, writing one in, changing it, its end, and a mistake taken away."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from kring.access.permissions import Permission
from kring.access.policy.catalogue import sentence
from kring.access.views import requires
from kring.portal.staff.secrecy.around import around
from kring.portal.staff.secrecy.work import carry_out
from kring.secrecy.commands import placements as commands
from kring.secrecy.queries import placements as queries
from kring.secrecy.queries.pages import child_for
from kring.secrecy.rules.placements import Proposed

from . import presenters
from .forms import EndForm, PlacementForm, WithdrawForm
from .presenters import Effect
from .sending import Reviewed, run, sent_already

RECORDS = Permission.RECORD_PLACEMENT


@requires(RECORDS)
def placements(request: HttpRequest, child_id: UUID) -> HttpResponse:
    actor = request.actor
    child = child_for(actor, RECORDS, child_id)
    rows = queries.placements_of(actor, child_id)
    context = around(actor, child) | {
        "lines": presenters.placements(rows, child_id, actor.today),
        "rule": sentence("8.6.place.record"),
    }
    return render(request, "portal/staff/secrecy/placements.html", context)


def _frame(request: HttpRequest, child: Any) -> dict[str, Any]:
    """What every form here has around it."""
    return {
        "back": reverse("child-placements", args=[child.pk]),
        "context": around(request.actor, child),
    }


def _effects(
    request: HttpRequest, child: Any, proposed: Proposed | None, instead_of: UUID | None = None
) -> list[Effect]:
    found = queries.what_changes(request.actor, child, proposed, instead_of)
    _adult, mature = queries.decides_itself(request.actor, child)
    return presenters.effects(found, child, request.actor.today, mature=mature)


def _carry_out(
    request: HttpRequest,
    command: Callable[..., Any],
    row: Any,
    given: Callable[[], Mapping[str, Any]],
    seen: int,
) -> None:
    """A command about a placement that is there, as its writer saw it."""
    about = {"child_id": row.child_id, "placement_id": row.pk, "seen": seen}
    carry_out(command, by=request.actor, **about, **given())


@requires(RECORDS)
def new(request: HttpRequest, child_id: UUID) -> HttpResponse:
    """The board's decision, written in for the first time."""
    if address := sent_already(request):
        return redirect(address)
    actor, form = request.actor, PlacementForm(request.POST or None)
    child = child_for(actor, RECORDS, child_id)

    def effects() -> list[Effect]:
        commands.check_placement(by=actor, child=child, given=form.proposed())
        return _effects(request, child, form.proposed())

    page = Reviewed(
        form=form, effects=effects,
        work=lambda _seen: carry_out(
            commands.record_placement, by=actor, child_id=child_id, given=form.proposed()
        ),
        title=_("Skriv in en placering"), button=_("Spara placeringen"), said=_("Placeringen är sparad."),
        **_frame(request, child),
    )  # fmt: skip
    return run(request, page)


@requires(RECORDS)
def change(request: HttpRequest, child_id: UUID, placement_id: UUID) -> HttpResponse:
    """What the board has decided anew."""
    if address := sent_already(request):
        return redirect(address)
    actor, row = request.actor, queries.placement_or_404(request.actor, child_id, placement_id)
    form = PlacementForm(request.POST or None, initial=PlacementForm.initial_of(row))

    def effects() -> list[Effect]:
        commands.check_placement(by=actor, child=row.child, given=form.proposed(), placement=row)
        return _effects(request, row.child, form.proposed(), row.pk)

    page = Reviewed(
        form=form, effects=effects, seen=row.revision,
        work=partial(_carry_out, request, commands.change_placement, row, lambda: {"given": form.proposed()}),
        title=_("Ändra placeringen"), button=_("Spara ändringen"), said=_("Placeringen är ändrad."),
        **_frame(request, row.child),
    )  # fmt: skip
    return run(request, page)


@requires(RECORDS)
def end(request: HttpRequest, child_id: UUID, placement_id: UUID) -> HttpResponse:
    """Its last day, and the day of the decision."""
    if address := sent_already(request):
        return redirect(address)
    actor, row = request.actor, queries.placement_or_404(request.actor, child_id, placement_id)
    form = EndForm(request.POST or None, initial={"ends_on": row.ends_on})

    def effects() -> list[Effect]:
        commands.check_end(by=actor, row=row, **form.days())
        ended = replace(commands.as_proposed(row), ends_on=form.days()["ends_on"])
        return _effects(request, row.child, ended, row.pk)

    page = Reviewed(
        form=form, effects=effects, seen=row.revision,
        work=partial(_carry_out, request, commands.end_placement, row, form.days),
        title=_("Avsluta placeringen"), button=_("Spara avslutet"), said=_("Placeringens slut är sparat."),
        lead=presenters.in_short(row), **_frame(request, row.child),
    )  # fmt: skip
    return run(request, page)


@requires(RECORDS)
def withdraw(request: HttpRequest, child_id: UUID, placement_id: UUID) -> HttpResponse:
    """It was written in by mistake: away, with a reason."""
    if address := sent_already(request):
        return redirect(address)
    row = queries.placement_or_404(request.actor, child_id, placement_id)
    form = WithdrawForm(request.POST or None)
    page = Reviewed(
        form=form, effects=lambda: _effects(request, row.child, None, row.pk), seen=row.revision,
        work=partial(_carry_out, request, commands.withdraw_placement, row, lambda: form.cleaned_data),
        title=_("Ta bort placeringen"), button=_("Ta bort placeringen"),
        said=_("Placeringen är borttagen."), lead=presenters.in_short(row), **_frame(request, row.child),
    )  # fmt: skip
    return run(request, page)
