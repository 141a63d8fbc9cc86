"""Where somebody is sent after logging in. Only ever to a page of Kring itself."""

from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme, urlencode

from kring.access.session import ACTING_AS, kept_form
from kring.portal.places import home_of


def asked_for(request: HttpRequest) -> str:
    """The page that was asked for before logging in, or "" when it is none of ours."""
    return ours(request.POST.get("next") or request.GET.get("next") or "")


def ours(wanted: str) -> str:
    """The address when it is a page of Kring itself and not the log-in, else ""."""
    is_ours = wanted.startswith("/") and url_has_allowed_host_and_scheme(wanted, allowed_hosts=None)
    return wanted if is_ours and not wanted.startswith(reverse("log-in")) else ""


def after_log_in(request: HttpRequest) -> str:
    """First a form that came too late, then the page that was asked for, then home."""
    return _then(request, asked_for(request))


def onwards(request: HttpRequest, wanted: str) -> str:
    """Where somebody goes whose log-in was carried out elsewhere: to choose a role, if there are several."""
    if ACTING_AS in request.session:
        return _then(request, ours(wanted))
    return f"{reverse('choose-role')}?{urlencode({'next': ours(wanted)})}"


def _then(request: HttpRequest, wanted: str) -> str:
    if kept_form(request):
        return reverse("kept-form")
    return wanted if wanted not in ("", "/") else reverse("home")


def first_page(request: HttpRequest) -> str:
    """The page where the actor's day begins."""
    return home_of(request.actor)
