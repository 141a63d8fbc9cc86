"""The bell's list, choosing ways, and the outbox."""

from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kring.access import submissions
from kring.access.permissions import Permission
from kring.access.policy.notices import Way
from kring.access.refusals import Refusal
from kring.access.views import requires
from kring.notifications import commands, queries
from kring.notifications.senders import ways_out

from . import presenters
from .forms import CodeForm, WaysForm


def _page(request: HttpRequest, name: str, **context: Any) -> HttpResponse:
    """The page in the frame of whoever opens it."""
    shell = "design/staff.html" if request.actor.is_staff else "design/family.html"
    return render(request, f"portal/notices/{name}.html", context | {"frame": shell})


@requires(Permission.SEE_NOTICES)
def notices(request: HttpRequest) -> HttpResponse:
    rows = presenters.rows(queries.listed(request.actor))
    return _page(request, "list", rows=rows, any_new=any(one.is_new for one in rows))


@requires(Permission.SEE_NOTICES)
def notice(request: HttpRequest, notice_id: UUID) -> HttpResponse:
    """On to what it is about; then it has been read."""
    found = queries.notices_of(request.actor).filter(pk=notice_id).first()
    if found is None:
        raise Http404
    commands.mark_read(by=request.actor, notice_id=notice_id)
    return redirect(presenters.leads_to(found, request.actor))


@requires(Permission.SEE_NOTICES)
@require_POST
def all_read(request: HttpRequest) -> HttpResponse:
    commands.mark_read(by=request.actor)
    messages.success(request, _("Alla aviseringar är markerade som lästa."))
    return redirect("notices")


@requires(Permission.SEE_NOTICES)
def ways(request: HttpRequest) -> HttpResponse:
    found = queries.addresses_of(request.actor)
    start = presenters.first({way: row for way, (row, _state) in found.items()}, request.user.email)
    form = WaysForm(request.POST or None, initial=start, ways=set(ways_out()))
    if request.method == "POST" and form.is_valid() and (to := _chosen(request, form)):
        return redirect(to)
    context = {
        "form": form,
        "submission": request.POST.get("submission") or uuid4(),
        "quiet": presenters.quiet_words(request.actor),
        "addresses": presenters.addresses(found),
        "gets_post": queries.gets_post(request.actor),
    }
    return _page(request, "ways", **context)


def _chosen(request: HttpRequest, form: WaysForm) -> str:
    """Where to go when the choice is kept; nowhere when it is refused."""
    key = submissions.key_from(request.POST.get("submission", ""))
    try:
        to = submissions.once(key=key, by=request.actor, work=lambda: _choose(request, form))
    except Refusal as refused:
        form.add_error(None, refused.message)
        return ""
    messages.success(request, _("Dina val är sparade."))
    return to


def _choose(request: HttpRequest, form: WaysForm) -> str:
    commands.choose_ways(by=request.actor, chosen=form.chosen())
    return presenters.waits_for(queries.addresses_of(request.actor))


@requires(Permission.SEE_NOTICES)
def code(request: HttpRequest, way: Way) -> HttpResponse:
    """Write the code that was sent to an address."""
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        came = commands.confirm_address(by=request.actor, way=way, written=form.cleaned_data["code"])
        if came == commands.Confirmed.YES:
            messages.success(request, _("Adressen är bekräftad."))
            return redirect("notice-ways")
        if came == commands.Confirmed.WRONG:
            form.add_error("code", presenters.wrong(way))
    return _code_page(request, way, form)


def _code_page(request: HttpRequest, way: Way, form: CodeForm) -> HttpResponse:
    found = queries.addresses_of(request.actor).get(way.value)
    if found is None:
        raise Http404
    if found[1] == queries.AddressState.CONFIRMED:
        return redirect("notice-ways")
    page = presenters.code_page(*found, request.actor.today)
    return _page(request, "code", page=page, form=form)


@requires(Permission.SEE_NOTICES)
@require_POST
def new_code(request: HttpRequest, way: Way) -> HttpResponse:
    """Another code, sent at once; the ones before are no longer valid."""
    form = CodeForm()
    try:
        commands.ask_code(by=request.actor, way=way)
    except Refusal as refused:
        messages.error(request, refused.message)
        return _code_page(request, way, form)
    messages.success(request, _("En ny kod är på väg."))
    return redirect("notice-code", way=way)


@requires(Permission.SEE_OUTBOX)
def outbox(request: HttpRequest) -> HttpResponse:
    found = queries.outbox(request.actor)
    context = {
        "rows": presenters.outbox_rows(found),
        "troubles": presenters.troubles(found),
        "oldest": presenters.oldest(found),
    }
    return _page(request, "outbox", **context)
