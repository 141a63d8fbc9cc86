"""S91 «Vad andra ser», and the page that asks once more before anything changes."""

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
    own = queries.young(request.actor, what="own.share")
    asked = request.POST or request.GET
    guardian_id, thing = key_from(asked.get("vem", "")), asked.get("vad", "")
    if request.method == "POST":
        return _changed(request, own, guardian_id, thing)
    found = queries.cell_of(own, guardian_id, thing)
    if found is None:
        return redirect("young-others")
    check = presenters.share_check(found[0].guardian, found[1])
    return shown(request, own, "share", "young-others", page=check, guardian=guardian_id, thing=thing)


def _changed(request: HttpRequest, own: queries.Own, guardian_id: UUID, thing: str) -> HttpResponse:
    found = queries.cell_of(own, guardian_id, thing)
    want = {"show": start_sharing, "stop": stop_sharing}.get(request.POST.get("want", ""))
    if found is None or want is None:
        return redirect("young-others")

    def change() -> str:
        want(by=request.actor, child_id=own.child.pk, guardian_id=guardian_id, thing=thing)
        return reverse("young-others")

    to = once(key=key_from(request.POST.get(FIELD, "")), by=request.actor, work=change)
    done = presenters.share_done(found[0].guardian, found[1], shown=want is start_sharing)
    messages.success(request, done)
    return redirect(to)
