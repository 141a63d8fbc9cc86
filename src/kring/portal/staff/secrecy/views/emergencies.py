"""Opening in an emergency: what is stated, what is then revealed, what is opened; and asking for a lift."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from kring.access.permissions import Permission
from kring.access.policy.blocking import BlockKind
from kring.access.policy.catalogue import sentence
from kring.access.views import requires
from kring.portal.staff.secrecy import forms, presenters
from kring.portal.staff.secrecy.around import around
from kring.portal.staff.secrecy.sending import Page, run
from kring.secrecy.commands import emergencies as commands
from kring.secrecy.queries import emergencies as queries
from kring.secrecy.queries.pages import child_for
from kring.secrecy.queries.urgent import Revealed, revealed

OPEN = Permission.OPEN_EMERGENCY


@requires(OPEN)
def emergencies(request: HttpRequest, child_id: UUID) -> HttpResponse:
    """What an emergency is, the two ways, and the own unit's earlier ones."""
    actor = request.actor
    child = child_for(actor, OPEN, child_id)
    context = around(actor, child) | {
        "lines": presenters.emergencies(queries.emergencies_of(actor, child_id), actor),
        "may_inner": actor.may(Permission.LIFT_BLOCK),
        "lasts": sentence("emergency.lasts"),
    }
    return render(request, "portal/staff/secrecy/emergencies.html", context)


@requires(OPEN)
def inner(request: HttpRequest, child_id: UUID) -> HttpResponse:
    return _reveal(request, child_id, BlockKind.INNER)


@requires(OPEN)
def outer(request: HttpRequest, child_id: UUID) -> HttpResponse:
    return _reveal(request, child_id, BlockKind.OUTER)


def _reveal(request: HttpRequest, child_id: UUID, kind: BlockKind) -> HttpResponse:
    """The first step."""
    actor, child = request.actor, child_for(request.actor, OPEN, child_id)
    form = forms.InnerEmergencyForm if kind is BlockKind.INNER else forms.EmergencyForm

    def work(given: Mapping[str, Any]) -> str:
        row = commands.reveal_in_emergency(by=actor, child_id=child_id, kind=kind, **given)
        return reverse("child-emergency", args=[child_id, row.pk])

    units = kind is BlockKind.INNER
    page = Page(
        form=form(request.POST or None), work=work, context=around(actor, child),
        title=_("Nödöppna hos andra enheter") if units else _("Nödöppna hos andra vårdgivare"),
        button=_("Visa vilken enhet") if units else _("Visa vilken vårdgivare"),
        back=reverse("child-emergencies", args=[child_id]), back_word=_("Nödöppning"),
        lead=_("Steg 1 av 2. Först visas bara vem som har uppgifter."),
        warning=_("Varje steg märks i loggen, granskas och syns för familjen i «Vem har läst»."),
    )  # fmt: skip
    return run(request, page)


@requires(OPEN)
def emergency(request: HttpRequest, child_id: UUID, emergency_access_id: UUID) -> HttpResponse:
    """The second step, and what is open."""
    actor = request.actor
    row = _own(request, child_id, emergency_access_id)
    found = revealed(actor, row.child, row)
    choices = [(str(n), one.name) for n, one in enumerate(found) if one.opens and not _is_open(one, row)]

    def work(given: Mapping[str, Any]) -> str:
        units = [pk for n in given["units"] for pk in found[int(n)].unit_ids]
        commands.open_in_emergency(by=actor, emergency_id=row.pk, unit_ids=units)
        return reverse("child-record", args=[child_id])

    page = Page(
        form=forms.OpenForm(request.POST or None, choices=choices), work=work, title=_("Nödöppning"),
        button=_("Öppna i 60 minuter"), said=_("Uppgifterna är öppna i 60 minuter."),
        back=reverse("child-emergencies", args=[child_id]), back_word=_("Nödöppning"),
        context=_second_step(actor, row, found, choices),
        lead=_("Steg 2 av 2. Öppna bara det som kan ha betydelse."),
        template="portal/staff/secrecy/emergency.html",
    )  # fmt: skip
    return run(request, page)


def _second_step(actor: Any, row: Any, found: list[Revealed], choices: list[Any]) -> dict[str, Any]:
    return around(actor, row.child) | {
        "found": found,
        "choices": choices,
        "open": [one.name for one in found if _is_open(one, row)],
        "banner": presenters.banner(queries.opened_now(actor, row.child_id), row.child_id),
        "emergency_id": row.pk,
    }


def _is_open(one: Revealed, row: Any) -> bool:
    return bool(one.unit_ids) and {str(pk) for pk in one.unit_ids} <= set(row.units)


def _own(request: HttpRequest, child_id: UUID, emergency_id: UUID) -> Any:
    row = queries.own_emergency_or_404(request.actor, emergency_id, what="emergency.open")
    if row.child_id != child_id:
        raise Http404
    child_for(request.actor, OPEN, child_id)
    return row


@requires(OPEN)
def close(request: HttpRequest, child_id: UUID, emergency_access_id: UUID) -> HttpResponse:
    actor, row = request.actor, _own(request, child_id, emergency_access_id)

    def work(given: Mapping[str, Any]) -> str:
        commands.close_emergency(by=actor, emergency_id=row.pk)
        return reverse("child-emergencies", args=[child_id])

    page = Page(
        form=forms.PlainForm(request.POST if request.method == "POST" else None), work=work,
        title=_("Avsluta nödöppningen"), button=_("Avsluta nu"), said=_("Nödöppningen är avslutad."),
        back=reverse("child-emergency", args=[child_id, row.pk]), back_word=_("Nödöppning"),
        context=around(actor, row.child),
    )  # fmt: skip
    return run(request, page)


@requires(Permission.REQUEST_LIFT)
def ask(request: HttpRequest, child_id: UUID, emergency_access_id: UUID, provider: UUID) -> HttpResponse:
    """Ask a care provider to lift what the child has blocked there."""
    actor, row = request.actor, _own(request, child_id, emergency_access_id)
    asked = next((one for one in revealed(actor, row.child, row) if one.key == provider and one.asks), None)
    if asked is None:
        raise Http404

    def work(given: Mapping[str, Any]) -> str:
        commands.ask_for_lift(by=actor, emergency_id=row.pk, controller_id=asked.controller_id)
        return reverse("child-emergency", args=[child_id, row.pk])

    page = Page(
        form=forms.PlainForm(request.POST if request.method == "POST" else None), work=work,
        title=_("Be om att spärren hävs"), lead=asked.name, button=_("Skicka begäran"),
        said=_("Begäran är skickad. Ring också, så att de svarar genast."), warning=sentence("8.3.8.closed"),
        back=reverse("child-emergency", args=[child_id, row.pk]), back_word=_("Nödöppning"),
        context=around(actor, row.child),
    )  # fmt: skip
    return run(request, page)
