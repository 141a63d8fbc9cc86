"""S12."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from kring.access.permissions import Permission
from kring.access.views import requires

from . import presenters, queries


@requires(Permission.SEE_WORKLIST)
def week(request: HttpRequest) -> HttpResponse:
    found = queries.week(request.actor)
    context = {
        "untouched": presenters.untouched(request.actor, found),
        "turning": presenters.turning(request.actor, found),
        "load": presenters.load(found),
    }
    return render(request, "portal/staff/week.html", context)
