"""S76 Snart 13 år and S77 Konto."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from kring.access import gate
from kring.access.permissions import Permission
from kring.access.submissions import FIELD, answer_to
from kring.access.views import requires
from kring.notifications.queries import addresses_of
from kring.portal.family import queries
from kring.portal.family.forms import ConfirmForm, WishForm
from kring.portal.family.presenters.account import account_page, back_check, old_yes
from kring.portal.family.presenters.turning import is_soon, turning_page, wish_check, wish_choices
from kring.secrecy.commands.across import take_back_behind_age
from kring.secrecy.commands.wishes import ask_to_share
from kring.secrecy.queries.across import yes_behind_age
from kring.secrecy.queries.shares import own_wishes

from .checked import checked
from .shown import sent, shown


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
    page = account_page(request.user, children, addresses_of(request.actor))
    old = [old_yes(one) for one in yes_behind_age(request.actor)]
    return shown(request, "account", page=page, old=old)


@requires(Permission.SEE_OWN_FAMILY)
def take_back(request: HttpRequest, consent_id: UUID) -> HttpResponse:
    """One's own earlier yes, when age has closed the child's pages: one page, one press."""
    if done := answer_to(request.POST.get(FIELD, ""), request.actor):
        return redirect(done)
    actor = request.actor
    given = next((one for one in yes_behind_age(actor) if one.pk == consent_id), None)
    if given is None:
        raise gate.refusal(actor, Permission.SEE_ACCESS_MATRIX, consent_id, what="consent.across")
    form = ConfirmForm(request.POST if request.method == "POST" else None)

    def work() -> str:
        take_back_behind_age(by=actor, consent_id=consent_id)
        return reverse("family-account")

    if form.is_valid() and (answer := sent(request, form, work, _("Ditt ja är tillbakataget."))):
        return answer
    return shown(request, "check", page=back_check(given), kept=[], form=form)
