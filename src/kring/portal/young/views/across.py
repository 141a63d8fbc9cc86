"""«Andra vårdgivares journal»: one's own answer given, looked through first, changed and taken back."""

from collections.abc import Callable
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from kring.access.permissions import Permission
from kring.access.policy.recording import Said
from kring.access.submissions import FIELD, answer_to
from kring.access.views import requires
from kring.portal.child_pages.queries import Own
from kring.portal.family.forms import ConfirmForm
from kring.portal.family.views.shown import sent
from kring.portal.young import deciding
from kring.portal.young.forms import AcrossForm
from kring.portal.young.presenters import across as words
from kring.secrecy.commands.across import answer_for_oneself, take_back_own

from .consent import OURS
from .shown import shown


@requires(Permission.SEE_OWN_PAGES)
def across(request: HttpRequest) -> HttpResponse:
    """How it stands, of any age; the form only for who decides."""
    own, found = deciding.across(request.actor, what="own.across")
    units = {str(unit.pk): unit.name for unit in found.units}
    data = request.POST if request.method == "POST" and found.decides else None
    form = AcrossForm(data, units=list(units.items()), now=words.across_now(found))
    go = request.POST.get("go")
    if form.is_valid() and go == "send":
        if answer := sent(request, form, _work(request, own, form), _("Ditt svar är sparat.")):
            return answer
    elif form.is_valid() and go == "check":
        kept = [(name, value) for name, many in request.POST.lists() if name not in OURS for value in many]
        check = words.across_check(form.cleaned_data, units, own)
        return shown(request, own, "consent_check", page=check, kept=kept)
    return shown(request, own, "across", page=words.across_page(found, own), form=form)


def _work(request: HttpRequest, own: Own, form: AcrossForm) -> Callable[[], str]:
    def work() -> str:
        said = form.cleaned_data
        units = [UUID(key) for key in said["units"]]
        answer = {"said": Said(said["state"]), "unit_ids": units, "ends_on": said["ends_on"]}
        answer_for_oneself(by=request.actor, child_id=own.child.pk, **answer)
        return reverse("young-across")

    return work


@requires(Permission.SEE_OWN_PAGES)
def stop(request: HttpRequest) -> HttpResponse:
    """As easy as giving: one page, one press."""
    if done := answer_to(request.POST.get(FIELD, ""), request.actor):
        return redirect(done)
    own, found = deciding.across(request.actor, what="own.across.stop")
    if not found.holds:
        raise Http404
    form = ConfirmForm(request.POST if request.method == "POST" else None)

    def work() -> str:
        take_back_own(by=request.actor, child_id=own.child.pk)
        return reverse("young-across")

    if form.is_valid() and (answer := sent(request, form, work, _("Ditt ja är tillbakataget."))):
        return answer
    back = {"back": reverse("young-across"), "back_word": _("Andra vårdgivares journal")}
    return shown(request, own, "consent_stop", page=words.stop_check(own), form=form, **back)
