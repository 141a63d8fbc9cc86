"""A unit begins a thread with somebody of the family."""

from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from kring.access.permissions import Permission
from kring.access.refusals import Refusal
from kring.access.submissions import FIELD, key_from, once
from kring.access.views import requires
from kring.care.messages import commands, queries
from kring.portal.messages.forms import BeginForm
from kring.portal.messages.presenters.begin import begin_page

from .staff import around_child


@requires(Permission.ANSWER_MESSAGES)
def begin(request: HttpRequest, child_id: UUID) -> HttpResponse:
    """To whom, about what and the words; each receiver gets a thread of its own."""
    child, found = queries.to_begin(request.actor, child_id)
    page = begin_page(child, found, request.actor.unit_name)
    form = BeginForm(request.POST or None, choices=page.choices)
    if form.is_valid() and (to := _begun(request, child_id, form)):
        messages.success(request, _("Meddelandet är skickat."))
        return redirect(to)
    submission = request.POST.get(FIELD) or uuid4()
    context = around_child(request, child) | {"page": page, "form": form, "submission": submission}
    return render(request, "portal/messages/begin.html", context)


def _begun(request: HttpRequest, child_id: UUID, form: BeginForm) -> str:
    """Where to go when it has been sent; nowhere when it was refused, which the form then says."""

    def work() -> str:
        said: dict[str, Any] = form.cleaned_data
        threads = commands.begin_with_family(by=request.actor, child_id=child_id, **said)
        one = threads[0].pk if len(threads) == 1 else None
        return reverse("message-thread", args=[one]) if one else reverse("child-messages", args=[child_id])

    try:
        return once(key=key_from(request.POST.get(FIELD, "")), by=request.actor, work=work)
    except Refusal as refused:
        form.add_error(refused.field if refused.field in form.fields else None, refused.message)
        return ""
