"""Where somebody is sent after logging in. Only ever to a page of Kring itself."""

from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from kring.access.session import kept_form
from kring.portal.places import home_of


def asked_for(request: HttpRequest) -> str:
    """The page that was asked for before logging in, or "" when it is none of ours."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    ours = wanted.startswith("/") and url_has_allowed_host_and_scheme(wanted, allowed_hosts=None)
    return wanted if ours and not wanted.startswith(reverse("log-in")) else ""


def after_log_in(request: HttpRequest) -> str:
    """First a form that came too late, then the page that was asked for, then home."""
    if kept_form(request):
        return reverse("kept-form")
    wanted = asked_for(request)
    return wanted if wanted not in ("", "/") else reverse("home")


def first_page(request: HttpRequest) -> str:
    """The page where the actor's day begins."""
    return home_of(request.actor)
