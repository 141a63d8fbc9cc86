"""A unit head's decisions about a guardian's access."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from kring.access.permissions import Permission
from kring.access.policy.catalogue import sentence
from kring.access.views import requires
from kring.children.presenters import guardian_name
from kring.design import days
from kring.portal.staff.secrecy import forms, presenters
from kring.portal.staff.secrecy.around import around
from kring.portal.staff.secrecy.sending import Page, run
from kring.secrecy.commands import guardians as commands
from kring.secrecy.queries import guardians as queries
from kring.secrecy.queries.pages import child_for

HEAD = Permission.DECIDE_GUARDIAN_ACCESS


@requires(HEAD)
def guardians(request: HttpRequest, child_id: UUID) -> HttpResponse:
    actor = request.actor
    child = child_for(actor, HEAD, child_id)
    people, made = queries.guardians_of(actor, child_id), queries.decisions_of(actor, child_id)
    context = around(actor, child) | {
        "people": presenters.guardians(people, made, child, actor),
        "rule": sentence("8.5.decide.block"),
    }
    return render(request, "portal/staff/secrecy/guardians.html", context)


def _about(request: HttpRequest, child_id: UUID, guardian_id: UUID) -> tuple[Any, str, dict[str, Any]]:
    """The child, the guardian's name and what every page of a decision has around it."""
    child = child_for(request.actor, HEAD, child_id)
    people = {one.pk: one for one in queries.guardians_of(request.actor, child_id)}
    if guardian_id not in people:
        raise Http404
    return child, guardian_name(people[guardian_id]), _frame(request, child)


def _frame(request: HttpRequest, child: Any) -> dict[str, Any]:
    back = {"back": reverse("child-guardians", args=[child.pk]), "back_word": _("Vårdnadshavares tillgång")}
    return back | {"context": around(request.actor, child)}


@requires(HEAD)
def block(request: HttpRequest, child_id: UUID, guardian_id: UUID) -> HttpResponse:
    """One reason and one press; the acute way is tried again within some days."""
    _child, name, frame = _about(request, child_id, guardian_id)
    acute = request.POST.get("how") == "acute"

    def work(given: Mapping[str, Any]) -> str:
        about = {"child_id": child_id, "guardian_id": guardian_id}
        commands.block_guardian(by=request.actor, reason=given["reason"], acute=acute, **about)
        return str(frame["back"])

    page = Page(
        form=forms.ReasonForm(request.POST or None), work=work, title=_("Blockera tillgången"), lead=name,
        button=_("Blockera nu, pröva igen inom 3 dagar"),
        more=("how", "standing", _("Blockera tills vidare")),
        said=_("Åtkomsten är blockerad. Bjud in och informera vårdnadshavaren utanför portalen."),
        warning=_("Det gäller genast. Vårdnadshavaren ser varken barnets namn eller att något har hänt."),
        **frame,
    )  # fmt: skip
    return run(request, page)


@requires(HEAD)
def keep(request: HttpRequest, child_id: UUID, guardian_id: UUID) -> HttpResponse:
    _child, name, frame = _about(request, child_id, guardian_id)

    def work(given: Mapping[str, Any]) -> str:
        about = {"child_id": child_id, "guardian_id": guardian_id}
        commands.keep_guardian(by=request.actor, reason=given["reason"], **about)
        return str(frame["back"])

    page = Page(
        form=forms.ReasonForm(request.POST or None), work=work, title=_("Behåll tillgången"), lead=name,
        button=_("Behåll tillgången"), said=_("Beslutet är sparat."), warning=sentence("8.5.decide.keep"),
        **frame,
    )  # fmt: skip
    return run(request, page)


@requires(HEAD)
def extend(request: HttpRequest, child_id: UUID, guardian_id: UUID) -> HttpResponse:
    child, name, frame = _about(request, child_id, guardian_id)
    last = commands.last_day_of_extension(child, request.actor.today)

    def work(given: Mapping[str, Any]) -> str:
        about = {"child_id": child_id, "guardian_id": guardian_id}
        commands.extend_guardian(by=request.actor, **about, **given)
        return str(frame["back"])

    page = Page(
        form=forms.ExtendForm(request.POST or None), work=work, title=_("Förläng tillgången"), lead=name,
        button=_("Förläng tillgången"), said=_("Beslutet är sparat."),
        warning=_("Det gäller bara er enhets journal, längst till %(day)s.") % {"day": days.day(last)},
        **frame,
    )  # fmt: skip
    return run(request, page)


@requires(HEAD)
def end(request: HttpRequest, child_id: UUID, guardian_decision_id: UUID) -> HttpResponse:
    return _close(request, child_id, guardian_decision_id, ending=True)


@requires(HEAD)
def confirm(request: HttpRequest, child_id: UUID, guardian_decision_id: UUID) -> HttpResponse:
    return _close(request, child_id, guardian_decision_id, ending=False)


def _close(request: HttpRequest, child_id: UUID, decision_id: UUID, *, ending: bool) -> HttpResponse:
    """One question, one press."""
    actor = request.actor
    frame = _frame(request, child_for(actor, HEAD, child_id))
    made = queries.decision_or_404(actor, decision_id, what="guardian.decision")

    def work(given: Mapping[str, Any]) -> str:
        command = commands.end_decision if ending else commands.confirm_decision
        command(by=actor, decision_id=decision_id)
        return str(frame["back"])

    words = (_("Avsluta beslutet"), _("Beslutet är avslutat. De vanliga reglerna gäller igen."))
    if not ending:
        words = (_("Beslutet ska fortsätta gälla"), _("Beslutet är prövat och fortsätter gälla."))
    page = Page(
        form=forms.PlainForm(request.POST if request.method == "POST" else None), work=work, title=words[0],
        lead=f"{guardian_name(made.guardian)}: {made.get_kind_display()}", button=words[0], said=words[1],
        warning=made.reason, **frame,
    )  # fmt: skip
    return run(request, page)
