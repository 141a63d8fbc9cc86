"""S01 in the demo: the log-in page is a row of doors, one for everyone in the cast."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from kring.access import session
from kring.access.views import open_page
from kring.portal.entrance.language import bring_own
from kring.portal.entrance.returning import asked_for, onwards
from kring.portal.entrance.views import log_in as ordinary
from kring.portal.entrance.views import log_in_context

from . import doors


@open_page
def log_in(request: HttpRequest) -> HttpResponse:
    if request.user.is_authenticated:
        return ordinary(request)
    if request.method != "POST":
        return _hallways(request)
    person = doors.person_behind(request.POST.get("person", ""))
    if person is None:
        session.refuse_log_in("unknown")
        return _hallways(request, _("Den dörren finns inte. Välj en av dörrarna här nedanför."))
    session.open_session(request, person, strong_auth=True)
    response = redirect(onwards(request, asked_for(request)))
    bring_own(request, response)
    return response


def _hallways(request: HttpRequest, missing: str = "") -> HttpResponse:
    context = log_in_context(request)
    return render(
        request, "demo/doors.html", context | {"hallways": doors.hallways(), "why": missing or context["why"]}
    )
