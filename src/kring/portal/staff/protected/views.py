"""The door. It says nothing about the child."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from kring.access import session
from kring.access.permissions import Permission
from kring.access.views import requires
from kring.portal.entrance.returning import asked_for

from . import commands
from .forms import ReasonForm


@requires(Permission.SEE_CHILD)
def open_protected(request: HttpRequest, child_id: UUID) -> HttpResponse:
    commands.is_door(by=request.actor, child_id=child_id)
    form = ReasonForm(request.POST or None)
    if form.is_valid():
        commands.give_reason(by=request.actor, child_id=child_id, reason=form.cleaned_data["reason"])
        session.open_protected(request, child_id, request.actor.now)
        return redirect(asked_for(request) or reverse("child", kwargs={"child_id": child_id}))
    return render(request, "portal/staff/open_protected.html", {"form": form, "next": asked_for(request)})
