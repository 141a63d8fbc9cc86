"""The day's visits at the own unit."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from kring.access.permissions import Permission
from kring.access.views import requires
from kring.care.contacts.queries import visits_of_unit

from . import presenters


@requires(Permission.SEE_UNIT_LIST)
def visits(request: HttpRequest) -> HttpResponse:
    day = presenters.day_from(request.GET.get("dag", ""), request.actor.today)
    context = presenters.context(visits_of_unit(request.actor, day), day, request.actor)
    return render(request, "portal/staff/visits_of_day.html", context)
