"""S76 Snart 13 år and S77 Konto."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from kring.access.permissions import Permission
from kring.access.views import requires
from kring.notifications.queries import addresses_of
from kring.portal.family import queries
from kring.portal.family.forms import WishForm
from kring.portal.family.presenters.account import account_page
from kring.portal.family.presenters.turning import is_soon, turning_page, wish_check, wish_choices
from kring.secrecy.commands.wishes import ask_to_share
from kring.secrecy.queries.shares import own_wishes

from .checked import checked
from .shown import shown


@requires(Permission.SEE_OWN_FAMILY)
def turning(request: HttpRequest, child_id: UUID) -> HttpResponse:
    """Half a year before the birthday; earlier there is nothing to tell. What is asked here opens nothing."""
    actor, here = request.actor, reverse("family-turning", args=[child_id])
    child = queries.child_of(actor, child_id, what="family.turning")
    if not is_soon(child, actor.today):
        return redirect("family-child", child_id)
    now = own_wishes(actor, child_id)
    form = WishForm(request.POST or None, choices=wish_choices(), now=now)
    frame = {"about": child, "here": "family-child"}
    if form.is_valid():
        things = form.cleaned_data["things"]

        def work() -> str:
            ask_to_share(by=actor, child_id=child_id, things=things)
            return here

        check, said = wish_check(child, things, here), _("Din fråga är sparad.")
        if answer := checked(request, form, check, work, said, **frame):
            return answer
    return shown(request, "turning", page=turning_page(child, actor.today), form=form, **frame)


@requires(Permission.SEE_OWN_FAMILY)
def account(request: HttpRequest) -> HttpResponse:
    children = queries.children_of(request.actor)
    ways = addresses_of(request.actor)
    return shown(request, "account", page=account_page(request.user, children, ways))
