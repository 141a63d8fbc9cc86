"""S12."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from kring.access.permissions import Permission
from kring.access.views import requires

from . import presenters, queries


@requires(Permission.SEE_WORKLIST)
def week(request: HttpRequest) -> HttpResponse:
    found = queries.week(request.actor, presenters.asked_from(request.GET.dict()))
    context = {
        "untouched": presenters.untouched(request.actor, found),
        "turning": presenters.turning(request.actor, found),
        "load": presenters.load(found),
        "tabs": presenters.tabs(found),
        "everyone": found.asked.everyone,
        "without_href": presenters.without_contact_href(request.actor),
        **presenters.pagers(found),
    }
    return render(request, "portal/staff/week.html", context)
