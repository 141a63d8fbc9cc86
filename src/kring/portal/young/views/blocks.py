"""«Mina spärrar»: set by oneself when judged mature for it, lifted by oneself whenever one wants."""

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from kring.access.permissions import Permission
from kring.access.policy.blocking import BlockKind
from kring.access.submissions import FIELD, answer_to, key_from, once
from kring.access.views import requires
from kring.portal.family.views.shown import sent
from kring.portal.young import presenters, queries
from kring.portal.young.forms import BlockForm
from kring.secrecy.commands.blocks import lift_own_block, set_block

from .shown import shown


@requires(Permission.SET_BLOCK)
def blocks(request: HttpRequest) -> HttpResponse:
    own, found = queries.blocks_of(request.actor, what="own.blocks")
    form = BlockForm(request.POST or None, units=found.units)
    if form.is_valid() and request.POST.get("go") == "send":
        if answer := sent(
            request, form, _work(request, own, form), _("Spärrat. Det gäller från och med nu.")
        ):
            return answer
    elif form.is_valid() and request.POST.get("go") == "check":
        said = form.cleaned_data
        heading, effects = presenters.block_check(BlockKind(said["kind"]), form.units[said["unit"]])
        return shown(request, own, "block_check", heading=heading, effects=effects, said=said)
    return shown(request, own, "blocks", page=presenters.blocks_page(found), form=form)


def _work(request: HttpRequest, own: queries.Own, form: BlockForm) -> Callable[[], str]:
    def work() -> str:
        said = form.cleaned_data
        kind, unit_id = BlockKind(said["kind"]), UUID(said["unit"])
        set_block(by=request.actor, child_id=own.child.pk, kind=kind, unit_id=unit_id)
        return reverse("young-blocks")

    return work


@requires(Permission.SET_BLOCK)
def lift(request: HttpRequest, block_id: UUID) -> HttpResponse:
    """Asked once more; lifted once, however often it is sent."""
    key = request.POST.get(FIELD, "")
    if done := answer_to(key, request.actor):
        return redirect(done)
    own, found = queries.blocks_of(request.actor, what="own.block.lift")
    block = found.row(block_id)
    if block is None:
        raise Http404
    if request.method != "POST":
        return shown(request, own, "block_lift", what=presenters.what(block))

    def work() -> str:
        lift_own_block(by=request.actor, block_id=block_id)
        return reverse("young-blocks")

    to = once(key=key_from(key), by=request.actor, work=work)
    messages.success(request, _("Spärren är hävd."))
    return redirect(to)
