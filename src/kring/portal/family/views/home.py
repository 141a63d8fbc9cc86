"""S02 Välj barn and S70 Hem."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from kring.access.permissions import Permission
from kring.access.views import requires
from kring.portal.family import opened, queries
from kring.portal.family.presenters.home import choose_page, entrance_of, home_page

from .shown import shown


@requires(Permission.SEE_OWN_FAMILY)
def start(request: HttpRequest) -> HttpResponse:
    """With one child there is nothing to choose."""
    children = queries.children_of(request.actor)
    if len(children) == 1:
        return redirect(entrance_of(children[0]))
    return redirect("family-choose")


@requires(Permission.SEE_OWN_FAMILY)
def choose(request: HttpRequest) -> HttpResponse:
    children = queries.children_of(request.actor)
    return shown(request, "choose", page=choose_page(children, request.actor.today))


@requires(Permission.SEE_OWN_FAMILY)
def home(request: HttpRequest, child_id: UUID) -> HttpResponse:
    child = queries.child_of(request.actor, child_id, what="family.home")
    found, ways = queries.home(request.actor, child_id), opened.ways(request.actor, child)
    page = home_page(found, child, request.actor.today, ways)
    return shown(request, "home", about=child, here="family-child", page=page)
