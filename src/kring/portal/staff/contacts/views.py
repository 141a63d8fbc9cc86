"""S25: the strip, the proposals, and the request with its check page."""

from uuid import UUID, uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from kring.access import submissions
from kring.access.permissions import Permission
from kring.access.views import requires
from kring.care.contacts.commands import Refusal, request_same_day
from kring.children.presenters import child_bar
from kring.portal.staff import visits
from kring.portal.staff.side import side_links

from . import presenters, queries
from .forms import SameDayForm


@requires(Permission.SEE_CHILD)
def contacts(request: HttpRequest, child_id: UUID) -> HttpResponse:
    found = queries.contacts(request.actor, child_id)
    context = {
        "child_bar": child_bar(found.child, request.actor.today),
        "side": side_links(request.actor, child_id, "child-contacts"),
        "strip": visits.strip(found.strip),
        "several": presenters.several(found.strip),
        "proposals": presenters.proposals(found.strip, child_id),
        "visits": presenters.visits(found.strip, request.actor, found.wishes),
        "book_href": presenters.book_href(request.actor, child_id),
        "requests": presenters.requests(found.requests, request.actor),
        "may_ask": request.actor.may(Permission.REQUEST_SAME_DAY) and found.strip.units > 1,
        "child_id": child_id,
    }
    return render(request, "portal/staff/contacts.html", context)


@requires(Permission.SEE_CHILD)
def same_day(request: HttpRequest, child_id: UUID) -> HttpResponse:
    """The form, then the check page, then the question is sent: the same address with `step`."""
    found = queries.to_gather(request.actor, child_id)
    step = request.POST.get("step", "")
    form = SameDayForm(
        request.POST if step else None,
        choices=presenters.choices(found.strip, request.actor),
        initial=presenters.initial(request.GET),
    )
    if step == "send" and form.is_valid() and _send(request, child_id, form):
        messages.success(request, _("Frågan är skickad. Varje enhet svarar i sin arbetslista."))
        return redirect("child-contacts", child_id=child_id)
    context = {
        "form": form,
        "child_bar": child_bar(found.child, request.actor.today),
        "child_id": child_id,
        "submission": request.POST.get("submission") or uuid4(),
    }
    if step == "check" and form.is_valid():
        context["answers"] = presenters.check_rows(form.cleaned_data, found.strip)
        return render(request, "portal/staff/same_day_check.html", context)
    return render(request, "portal/staff/same_day.html", context)


def _send(request: HttpRequest, child_id: UUID, form: SameDayForm) -> bool:
    """Ask the units; a refusal becomes the form's error."""

    def ask() -> str:
        request_same_day(
            by=request.actor,
            child_id=child_id,
            on=form.cleaned_data["on"],
            appointment_ids=[UUID(key) for key in form.cleaned_data["visits"]],
            message=form.cleaned_data["message"],
        )
        return reverse("child-contacts", kwargs={"child_id": child_id})

    try:
        submissions.once(
            key=submissions.key_from(request.POST.get("submission", "")), by=request.actor, work=ask
        )
    except Refusal as refusal:
        field = {"on": "on", "appointment_ids": "visits"}.get(refusal.field)
        form.add_error(field, refusal.message)
        return False
    return True
