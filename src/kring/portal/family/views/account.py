"""S76 Snart 13 år and S77 Konto."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from kring.access.permissions import Permission
from kring.access.views import requires
from kring.notifications.queries import addresses_of
from kring.portal.family import queries
from kring.portal.family.presenters.account import account_page
from kring.portal.family.presenters.turning import is_soon, turning_page

from .shown import shown


@requires(Permission.SEE_OWN_FAMILY)
def turning(request: HttpRequest, child_id: UUID) -> HttpResponse:
    """Half a year before the birthday; earlier there is nothing to tell."""
    child = queries.child_of(request.actor, child_id, what="family.turning")
    if not is_soon(child, request.actor.today):
        return redirect("family-child", child_id)
    page = turning_page(child, request.actor.today)
    return shown(request, "turning", about=child, here="family-child", page=page)


@requires(Permission.SEE_OWN_FAMILY)
def account(request: HttpRequest) -> HttpResponse:
    children = queries.children_of(request.actor)
    ways = addresses_of(request.actor)
    return shown(request, "account", page=account_page(request.user, children, ways))
