"""S04: the pages for what is not there, not allowed, not understood or broken. Each says what to do next.

None has a form or anything about the person, and the page for what is not there carries no case number: a
child that is missing and one that is invisible give the same answer to the last byte.
"""

import logging
import secrets
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse

from kring.access.middleware import turned_away
from kring.access.policy.doors import FORM_KEY
from kring.audit.models import Action

from .frame import bare_frame

log = logging.getLogger(__name__)
LETTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"  # none that is easily misread over the telephone


def bad_request(request: HttpRequest, exception: Any = None) -> HttpResponse:
    return _page(request, "bad_request", 400, case=_case(request, 400))


def forbidden(request: HttpRequest, exception: Any = None) -> HttpResponse:
    actor = getattr(request, "actor", None)
    name = "forbidden" if actor is None or actor.is_staff else "not_open"
    own = actor is not None and actor.child_id is not None
    return _answer(name, 403, bare_frame(request) | {"case": _case(request, 403), "own": own})


def form_too_old(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form whose key does not match: most often it has been open since before the last log-in. That it was
    refused is in the log; nothing of what it held is.
    """
    turned_away(request, FORM_KEY.id, action=Action.WRITE, what="form")
    return _page(request, "form_too_old", 403, case=_case(request, 403))


def not_found(request: HttpRequest, exception: Any = None) -> HttpResponse:
    return _page(request, "not_found", 404)


def failed(request: HttpRequest) -> HttpResponse:
    """Asks nothing of the database, which may be what is broken."""
    frame = {"shell": {"home_href": reverse("home"), "help_href": reverse("help")}}
    return _answer("failed", 500, frame | {"case": _case(request, 500)})


def _page(request: HttpRequest, name: str, status: int, **more: str) -> HttpResponse:
    return _answer(name, status, bare_frame(request) | more)


def _answer(name: str, status: int, context: dict[str, Any]) -> HttpResponse:
    context |= {"phone": settings.HELP_PHONE}
    return HttpResponse(render_to_string(f"portal/errors/{name}.html", context), status=status)


def _case(request: HttpRequest, status: int) -> str:
    """Four characters that the page shows and the server's log holds, so that support finds what happened."""
    case = "".join(secrets.choice(LETTERS) for _letter in range(4))
    route = getattr(request.resolver_match, "route", "") if request.resolver_match else ""
    log.warning("case %s: answered %s at %s", case, status, route or "no page")
    return case
