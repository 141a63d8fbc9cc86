"""S01: the way in and out, and choosing how to act."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from kring.access.permissions import Permission
from kring.access.session import end_session
from kring.access.views import open_page, requires


@requires(Permission.USE_SYSTEM)
def home(request: HttpRequest) -> HttpResponse:
    return HttpResponse("hem")


@open_page
def log_in(request: HttpRequest) -> HttpResponse:
    return render(request, "portal/log_in.html")


@open_page
def choose_role(request: HttpRequest) -> HttpResponse:
    return HttpResponse("välj roll")


@open_page
def log_out(request: HttpRequest) -> HttpResponse:
    end_session(request)
    return redirect("log-in")
