"""The bell's list, choosing ways, and the outbox."""

from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kring.access import submissions
from kring.access.permissions import Permission
from kring.access.views import requires
from kring.notifications import commands, queries
from kring.notifications.senders import ways_out

from . import presenters
from .forms import WaysForm


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
    chosen = queries.contact_ways(request.actor.person_id)
    start = presenters.first(chosen, getattr(request.user, "email", ""))
    form = WaysForm(request.POST or None, initial=start, ways=set(ways_out()))
    if request.method == "POST" and form.is_valid():
        key = submissions.key_from(request.POST.get("submission", ""))
        to = submissions.once(key=key, by=request.actor, work=lambda: _choose(request, form))
        messages.success(request, _("Dina val är sparade."))
        return redirect(to)
    submission = request.POST.get("submission") or uuid4()
    quiet = presenters.quiet_words(request.actor)
    return _page(request, "ways", form=form, submission=submission, quiet=quiet)


def _choose(request: HttpRequest, form: WaysForm) -> str:
    commands.choose_ways(by=request.actor, chosen=form.chosen())
    return reverse("notice-ways")


@requires(Permission.SEE_OUTBOX)
def outbox(request: HttpRequest) -> HttpResponse:
    found = queries.outbox(request.actor)
    context = {
        "rows": presenters.outbox_rows(found),
        "troubles": presenters.troubles(found),
        "oldest": presenters.oldest(found),
    }
    return _page(request, "outbox", **context)
