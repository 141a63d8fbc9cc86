"""S91 «Vad andra ser», and the page that asks once more before anything changes; it serves S76 too."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from kring.access.permissions import Permission
from kring.access.submissions import FIELD, key_from, once
from kring.access.views import requires
from kring.portal.young import presenters, queries
from kring.secrecy.commands.shares import start_sharing, stop_sharing

from .shown import shown


@requires(Permission.SHARE_WITH_GUARDIAN)
def others(request: HttpRequest) -> HttpResponse:
    own = queries.young(request.actor, what="own.others")
    page = presenters.others_page(queries.others(request.actor, own))
    return shown(request, own, "others", "young-others", page=page)


@requires(Permission.SHARE_WITH_GUARDIAN)
def share(request: HttpRequest) -> HttpResponse:
    """One guardian and one kind of thing, named in the address by a random key and a word."""
    found = queries.choosing_of(request.actor, what="own.share")
    asked = request.POST or request.GET
    guardian_id, thing = key_from(asked.get("vem", "")), asked.get("vad", "")
    if request.method == "POST":
        return _changed(request, found, guardian_id, thing)
    chosen = queries.cell_of(found.own, guardian_id, thing)
    if chosen is None:
        return redirect(_page_of(found))
    check = presenters.share_check(chosen[0].guardian, chosen[1], found.since)
    about = {"guardian": guardian_id, "thing": thing, "back": reverse(_page_of(found))}
    return shown(request, found.own, "share", "young-others", page=check, **about)


def _page_of(found: queries.Choosing) -> str:
    """Where one's choices stand together, by age."""
    return "young-turning" if found.ahead else "young-others"


def _changed(request: HttpRequest, found: queries.Choosing, guardian_id: UUID, thing: str) -> HttpResponse:
    chosen = queries.cell_of(found.own, guardian_id, thing)
    want = {"show": start_sharing, "stop": stop_sharing}.get(request.POST.get("want", ""))
    if chosen is None or want is None:
        return redirect(_page_of(found))

    def change() -> str:
        want(by=request.actor, child_id=found.own.child.pk, guardian_id=guardian_id, thing=thing)
        return reverse(_page_of(found))

    to = once(key=key_from(request.POST.get(FIELD, "")), by=request.actor, work=change)
    show = want is start_sharing
    done = presenters.share_done(chosen[0].guardian, chosen[1], shown=show, since=found.since)
    messages.success(request, done)
    return redirect(to)
