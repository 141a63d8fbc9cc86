"""The locks every request passes: headers, session limits, who is asking, and which permission the page asks
for.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from kring import clock
from kring.audit.commands import Act, record
from kring.audit.models import Action, Outcome

from . import submissions
from .actors import Actor, actor_from
from .gate import NOT_THE_ROLE, Invisible, NotAllowed, ReasonNeeded
from .policy.doors import MISSING, PAGE
from .session import ACTING_AS, STRONG, end_overdue, is_over, keep_form, opened_children, sent_again, touch

GetResponse = Callable[[HttpRequest], HttpResponse]

CLEAR = '"cache", "storage"'
"""What a browser is told to forget when somebody has been logged out; the session cookie goes by itself."""


def headers(get_response: GetResponse) -> GetResponse:
    """Headers on every answer; nothing of a person is kept by a browser or a proxy."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response.headers.setdefault(
            "Permissions-Policy", "geolocation=(), camera=(), microphone=(), payment=()"
        )
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        response.headers.setdefault("X-Robots-Tag", "noindex, nofollow")
        if not request.path.startswith("/static/"):
            response.headers.setdefault("Cache-Control", "no-store")
        return response

    return middleware


def turned_away(request: HttpRequest, rule: str, *, action: str = Action.READ, **more: str) -> None:
    """Write to the log that a request was refused before it came to any child: who asked, if that is known,
    and by which rule. Nothing of what was sent.
    """
    actor = getattr(request, "actor", None)
    who = {"person_id": None, "role": "", "unit_id": None}
    if actor:
        who = {"person_id": actor.person_id, "role": actor.role, "unit_id": actor.unit_id}
    told = {"outcome": Outcome.REFUSED, "rule": rule, "what": "page"} | more
    record([Act(at=clock.now(), action=action, **who, **told)])  # type: ignore[arg-type]


def _closed(request: HttpRequest, rule: str) -> PermissionDenied:
    """The exception for a page that is closed to whoever asks, with the row in the log already written."""
    turned_away(request, rule)
    return PermissionDenied()


def _missing(request: HttpRequest) -> None:
    """Somebody who is logged in asked for what is not there, or is somebody else's: nobody can tell which."""
    match = request.resolver_match
    if request.actor is None or match is None:
        return
    asked = [str(value) for name, value in match.kwargs.items() if name.endswith("_id")]
    what = f"page.{match.url_name or ''}"[:60]
    turned_away(request, MISSING.id, what=what, object_id="".join(asked[-1:])[:64])


class ActorMiddleware:
    """Sets `request.actor` (None when nobody is logged in or has chosen how to act) and ends overdue
    sessions.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        now = clock.now()
        request.actor, request.session_is_over = None, False
        if request.user.is_authenticated:
            request.session_is_over = is_over(request, now)
            if not request.session_is_over:
                request.actor = _chosen_actor(request, now)
                touch(request, now)
                sent_again(request)
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        # Here and not above: a form that came too late is kept only after its origin has been checked.
        if not request.session_is_over:
            return None
        person, back = request.user, request.get_full_path()
        end_overdue(request, clock.now())
        if request.method == "POST":
            keep_form(request, person)
            back = reverse("home")
        answer = HttpResponseRedirect(reverse("log-in") + "?" + urlencode({"tiden-ute": 1, "next": back}))
        answer.headers["Clear-Site-Data"] = CLEAR
        return answer


def _chosen_actor(request: HttpRequest, now: datetime) -> Actor | None:
    key = request.session.get(ACTING_AS)
    strong = bool(request.session.get(STRONG))
    actor = actor_from(request.user, key=key, now=now, strong_auth=strong) if key else None
    return replace(actor, opened=opened_children(request, now)) if actor and actor.is_staff else actor


def _carried_out_before(request: HttpRequest) -> HttpResponse | None:
    """The same submission again (a double click, a retry after a lost answer) gets the same answer."""
    sent = request.POST.get(submissions.FIELD, "") if request.method == "POST" else ""
    answer = submissions.answer_to(sent, request.actor) if sent else ""
    return HttpResponseRedirect(answer) if answer else None


class PermissionMiddleware:
    """Refuses a page whose permission the actor's role does not hold, and sends who has not chosen a role to
    choose.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        permissions = getattr(view, "permissions", None)
        if permissions is None:
            # A page that declares nothing is closed, whatever the start-up check said.
            raise _closed(request, PAGE.id)
        if not permissions:
            return None
        if request.actor is None:
            return HttpResponseRedirect(reverse("choose-role"))
        if not any(request.actor.may(permission) for permission in permissions):
            raise _closed(request, NOT_THE_ROLE.rule_id)
        return _carried_out_before(request)

    def process_exception(self, request: HttpRequest, problem: Exception) -> HttpResponse | None:
        """Write a refusal to the log, after the refused work has been rolled back; ask for a missing
        reason.
        """
        if isinstance(problem, (Invisible, NotAllowed)):
            record([problem.act])
        elif isinstance(problem, Http404):
            _missing(request)
        if isinstance(problem, ReasonNeeded):
            door = reverse("open-protected", kwargs={"child_id": problem.child_id})
            return HttpResponseRedirect(door + "?" + urlencode({"next": request.path}))
        return None
