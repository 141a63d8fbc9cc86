"""Those who answer for secrecy at a care provider: the officer who lifts, and the reviewer of emergencies."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from kring.access.permissions import Permission
from kring.access.policy.catalogue import sentence
from kring.access.views import requires
from kring.portal.staff.secrecy import forms, presenters
from kring.portal.staff.secrecy.sending import Page, run
from kring.secrecy.commands import blocks
from kring.secrecy.commands.emergencies import review_emergency
from kring.secrecy.queries import emergencies, lifting

OFFICE_FORM = "portal/staff/secrecy/office_form.html"


@requires(Permission.LIFT_BLOCK)
def lift_requests(request: HttpRequest) -> HttpResponse:
    """What others have asked to have lifted, waiting first."""
    lines = presenters.requests(lifting.requests_to_answer(request.actor))
    return render(request, "portal/staff/secrecy/lift_requests.html", {"lines": lines})


@requires(Permission.LIFT_BLOCK)
def lift_request(request: HttpRequest, lift_request_id: UUID) -> HttpResponse:
    actor = request.actor
    asked = lifting.request_or_404(actor, lift_request_id, what="block.request")
    back = reverse("lift-requests")

    def work(given: Mapping[str, Any]) -> str:
        if given["answer"] == "lifted":
            said = {"consents": given["consents"], "reason": given["reason"]}
            blocks.lift_as_officer(by=actor, block_id=asked.block_id, **said)
        else:
            blocks.refuse_lift(by=actor, request_id=asked.pk, reason=given["reason"])
        return back

    rule = "8.4.officer.inner" if asked.block.kind == "inner" else "8.4.officer.outer"
    page = Page(
        form=forms.AnswerForm(request.POST or None), work=work, title=_("Begäran om hävning"),
        button=_("Skicka svaret"), said=_("Svaret är skickat."), back=back, back_word=_("Begäran om hävning"),
        lead=f"{asked.unit.name}: {asked.reason}", warning=sentence(rule), template=OFFICE_FORM,
    )  # fmt: skip
    return run(request, page)


@requires(Permission.REVIEW_LOG)
def reviews(request: HttpRequest) -> HttpResponse:
    """Every emergency opening at the care provider, those to review first."""
    lines = presenters.reviews(emergencies.to_review(request.actor))
    return render(request, "portal/staff/secrecy/reviews.html", {"lines": lines})


@requires(Permission.REVIEW_LOG)
def review(request: HttpRequest, emergency_access_id: UUID) -> HttpResponse:
    actor = request.actor
    row = emergencies.reviewed_or_404(actor, emergency_access_id)
    back = reverse("emergency-reviews")

    def work(given: Mapping[str, Any]) -> str:
        review_emergency(by=actor, emergency_id=row.pk, **given)
        return back

    (line,) = presenters.reviews([row])
    page = Page(
        form=forms.VerdictForm(request.POST or None), work=work, title=_("Granska en nödöppning"),
        button=_("Spara granskningen"), said=_("Granskningen är sparad."), back=back,
        back_word=_("Nödöppningar"), lead=" ".join(line.facts[:2]), template=OFFICE_FORM,
    )  # fmt: skip
    return run(request, page)
