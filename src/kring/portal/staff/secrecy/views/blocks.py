"""Blocks: the list, setting one at the child's wish, lifting one; and the officer's lifting."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
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
from kring.secrecy.commands import blocks as commands
from kring.secrecy.queries import lifting
from kring.secrecy.queries.pages import child_for


@requires(Permission.DOCUMENT_BLOCK)
def blocks(request: HttpRequest, child_id: UUID) -> HttpResponse:
    actor = request.actor
    child = child_for(actor, Permission.DOCUMENT_BLOCK, child_id)
    mature = commands.maturity_for_block(actor, child)[0]
    context = around(actor, child) | {
        "lines": presenters.blocks(lifting.own_blocks(actor, child_id), child_id),
        "mature": mature,
        "rule": sentence("8.4.child.block" if mature else "8.4.child.not_mature"),
    }
    return render(request, "portal/staff/secrecy/blocks.html", context)


@requires(Permission.DOCUMENT_BLOCK)
def set_block(request: HttpRequest, child_id: UUID) -> HttpResponse:
    """Staff write down what the child wants, for what their own unit has written."""
    actor = request.actor
    child = child_for(actor, Permission.DOCUMENT_BLOCK, child_id)
    back = reverse("child-blocks", args=[child_id])

    def work(given: object) -> str:
        days = {name: given[name] for name in ("documented_from", "documented_to")}  # type: ignore[index]
        kind = BlockKind(given["kind"])  # type: ignore[index]
        commands.set_block(by=actor, child_id=child_id, kind=kind, unit_id=actor.unit_id, **days)
        return back

    page = Page(
        form=forms.BlockForm(request.POST or None), work=work, back=back, back_word=_("Spärrar"),
        title=_("Spärra uppgifter"), button=_("Spärra nu"), said=_("Uppgifterna är spärrade."),
        lead=_("Det gäller det som %(unit)s har antecknat.") % {"unit": actor.unit_name},
        warning=_("Spärren gäller genast. Ni ser själva alltid det ni har antecknat."),
        context=around(actor, child),
    )  # fmt: skip
    return run(request, page)


@requires(Permission.DOCUMENT_BLOCK)
def lift(request: HttpRequest, child_id: UUID, access_block_id: UUID) -> HttpResponse:
    actor = request.actor
    child = child_for(actor, Permission.DOCUMENT_BLOCK, child_id)
    lifting.own_block_or_404(actor, access_block_id, what="block.lift")
    back = reverse("child-blocks", args=[child_id])

    def work(given: object) -> str:
        commands.lift_own_block(by=actor, block_id=access_block_id)
        return back

    page = Page(
        form=forms.WishForm(request.POST or None), work=work, back=back, back_word=_("Spärrar"),
        title=_("Häv spärren"), button=_("Häv spärren"), said=_("Spärren är hävd."),
        warning=_("Uppgifterna visas genast efter de vanliga reglerna."), context=around(actor, child),
    )  # fmt: skip
    return run(request, page)


@requires(Permission.LIFT_BLOCK)
def officer(request: HttpRequest, child_id: UUID) -> HttpResponse:
    """What the competent officer may lift around a child when the child agrees now."""
    actor = request.actor
    child = child_for(actor, Permission.LIFT_BLOCK, child_id)
    rows = lifting.standing_at_provider(actor, child_id)
    lines = presenters.officers_blocks(rows, child_id)
    context = around(actor, child, "officer-blocks") | {"lines": lines}
    return render(request, "portal/staff/secrecy/officer.html", context)


@requires(Permission.LIFT_BLOCK)
def officer_lift(request: HttpRequest, child_id: UUID, access_block_id: UUID) -> HttpResponse:
    actor = request.actor
    child = child_for(actor, Permission.LIFT_BLOCK, child_id)
    lifting.officers_block_or_404(actor, access_block_id, what="block.lift.officer")
    back = reverse("officer-blocks", args=[child_id])

    def work(given: object) -> str:
        commands.lift_as_officer(by=actor, block_id=access_block_id, consents=True)
        return back

    page = Page(
        form=forms.ConsentNowForm(request.POST or None), work=work, back=back,
        back_word=_("Spärrar att häva"),
        title=_("Häv spärren"), button=_("Häv spärren"), said=_("Spärren är hävd."),
        warning=sentence("8.2.4.lift"), context=around(actor, child),
    )  # fmt: skip
    return run(request, page)
