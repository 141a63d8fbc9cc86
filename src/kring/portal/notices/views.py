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
from kring.portal.young.queries import young, young_or_404
from kring.portal.young.views.shown import frame_of

from . import presenters
from .forms import CodeForm, WaysForm, YoungWaysForm


def _frame(request: HttpRequest) -> dict[str, Any]:
    """The frame of whoever opens a page. A smaller child has none of them and is refused here.

    Raises:
        gate.NotAllowed: a child before the age for its own e-services.
    """
    actor = request.actor
    if actor.child_id:
        return frame_of(request, young(actor, what="own.notices")) | {"frame": "portal/young/base.html"}
    return {"frame": "design/staff.html" if actor.is_staff else "design/family.html"}


def _page(request: HttpRequest, name: str, frame: dict[str, Any], **context: Any) -> HttpResponse:
    return render(request, f"portal/notices/{name}.html", frame | context)


@requires(Permission.SEE_NOTICES)
def notices(request: HttpRequest) -> HttpResponse:
    frame, actor = _frame(request), request.actor
    rows = presenters.rows(queries.listed(actor), actor)
    title, lead = presenters.list_words(actor)
    new = any(one.is_new for one in rows)
    return _page(request, "list", frame, rows=rows, any_new=new, title=title, lead=lead)


@requires(Permission.SEE_NOTICES)
def notice(request: HttpRequest, notice_id: UUID) -> HttpResponse:
    """On to what it is about; then it has been read."""
    if request.actor.child_id:
        young_or_404(request.actor, what="own.notices")
    found = queries.notices_of(request.actor).filter(pk=notice_id).first()
    if found is None:
        raise Http404
    commands.mark_read(by=request.actor, notice_id=notice_id)
    return redirect(presenters.leads_to(found, request.actor))


@requires(Permission.SEE_NOTICES)
@require_POST
def all_read(request: HttpRequest) -> HttpResponse:
    _frame(request)
    commands.mark_read(by=request.actor)
    messages.success(request, _("Allt är markerat som läst."))
    return redirect("notices")


@requires(Permission.SEE_NOTICES)
def ways(request: HttpRequest) -> HttpResponse:
    frame, actor = _frame(request), request.actor
    found = queries.addresses_of(actor)
    start = presenters.first({way: row for way, (row, _state) in found.items()}, request.user.email, actor)
    asked = YoungWaysForm if presenters.is_young(actor) else WaysForm
    form = asked(request.POST or None, initial=start, ways=set(ways_out()))
    if request.method == "POST" and form.is_valid() and (to := _chosen(request, form)):
        return redirect(to)
    context = {
        "form": form,
        "submission": request.POST.get("submission") or uuid4(),
        "said": presenters.ways_words(actor, queries.no_post_because(actor)),
        "addresses": presenters.addresses(found),
    }
    return _page(request, "ways", frame, **context)


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
    frame = _frame(request)
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        came = commands.confirm_address(by=request.actor, way=way, written=form.cleaned_data["code"])
        if came == commands.Confirmed.YES:
            messages.success(request, _("Adressen är bekräftad."))
            return redirect("notice-ways")
        if came == commands.Confirmed.WRONG:
            form.add_error("code", presenters.wrong(way))
    return _code_page(request, frame, way, form)


def _code_page(request: HttpRequest, frame: dict[str, Any], way: Way, form: CodeForm) -> HttpResponse:
    found = queries.addresses_of(request.actor).get(way.value)
    if found is None:
        raise Http404
    if not presenters.needs_code(found[1]):
        return redirect("notice-ways")
    page = presenters.code_page(*found, request.actor.today)
    return _page(request, "code", frame, page=page, form=form)


@requires(Permission.SEE_NOTICES)
@require_POST
def new_code(request: HttpRequest, way: Way) -> HttpResponse:
    """Another code, sent at once; the ones before are no longer valid."""
    frame, form = _frame(request), CodeForm()
    try:
        commands.ask_code(by=request.actor, way=way)
    except Refusal as refused:
        messages.error(request, refused.message)
        return _code_page(request, frame, way, form)
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
    return _page(request, "outbox", _frame(request), **context)
