"""Saved views: an address of the worklist under a name, for oneself or for the team."""

from dataclasses import dataclass
from urllib.parse import parse_qsl
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from kring.access.actors import Actor
from kring.access.permissions import Permission
from kring.access.views import requires
from kring.timeline.commands import forget_view, save_view
from kring.timeline.models import SavedView
from kring.timeline.queries import saved_views

from .filters import choice_from

NAME_AT_MOST = 60


@dataclass(frozen=True)
class SavedLink:
    """A saved view as a link."""

    id: UUID
    name: str
    href: str
    for_team: bool
    mine: bool


def links(actor: Actor, views: list[SavedView]) -> list[SavedLink]:
    """Every saved view as a link; only one's own may be dropped."""
    home = reverse("worklist")
    return [
        SavedLink(one.pk, one.name, home + one.query, one.for_team, one.person_id == actor.person_id)
        for one in views
    ]


@requires(Permission.SEE_WORKLIST)
def save(request: HttpRequest) -> HttpResponse:
    name = " ".join(request.POST.get("name", "").split())
    # Read and written anew, so that what is kept is an address of the worklist and nothing else.
    asked = dict(parse_qsl(request.POST.get("query", "").removeprefix("?")[:500]))
    query = choice_from(asked).query()
    if request.method == "POST" and name and len(name) <= NAME_AT_MOST:
        save_view(by=request.actor, name=name, query=query, for_team="for_team" in request.POST)
        messages.success(request, _("Vyn är sparad. Den finns under listan."))
    elif request.method == "POST":
        messages.error(request, _("Ge vyn ett namn med högst 60 tecken."))
    return redirect(reverse("worklist") + query)


@requires(Permission.SEE_WORKLIST)
def forget(request: HttpRequest, view_id: UUID) -> HttpResponse:
    mine = {one.pk for one in saved_views(request.actor) if one.person_id == request.actor.person_id}
    if view_id not in mine:
        raise Http404
    if request.method == "POST":
        forget_view(by=request.actor, view_id=view_id)
        messages.success(request, _("Vyn är borttagen."))
    return redirect("worklist")
