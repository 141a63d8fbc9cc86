"""S93 «Jag vill läsa mer»: one question, looked through before it is sent."""

from collections.abc import Callable
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from kring.access.facts import age_of
from kring.access.permissions import Permission
from kring.access.views import requires
from kring.portal.family.views.shown import sent
from kring.portal.young import presenters, queries
from kring.portal.young.forms import AskForm
from kring.secrecy.commands.asking import ask_for_record

from .shown import shown


@requires(Permission.SHARE_WITH_GUARDIAN)
def ask(request: HttpRequest) -> HttpResponse:
    own = queries.young(request.actor, what="own.record.ask")
    found = queries.asking_of(request.actor, own)
    form = AskForm(request.POST or None, units=found.units)
    if form.is_valid() and request.POST.get("go") == "send":
        if answer := sent(request, form, _work(request, own, form), _done()):
            return answer
    elif form.is_valid() and request.POST.get("go") == "check":
        said = form.cleaned_data
        rows = presenters.ask_check(form.names[said["unit"]], said["words"])
        return shown(request, own, "ask_check", rows=rows, said=said)
    page = presenters.asking_page(found, age_of(request.actor, own.child).has_own_record)
    return shown(request, own, "ask", page=page, form=form)


def _work(request: HttpRequest, own: queries.Own, form: AskForm) -> Callable[[], str]:
    def work() -> str:
        said = form.cleaned_data
        ask_for_record(
            by=request.actor, child_id=own.child.pk, unit_id=UUID(said["unit"]), words=said["words"]
        )
        return reverse("young-ask")

    return work


def _done() -> str:
    return _("Din fråga är skickad. Ingen vårdnadshavare får veta att du har frågat.")
