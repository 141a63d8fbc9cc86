"""The locks every request passes: headers, session limits, who is asking, and which permission the page asks for."""

from collections.abc import Callable
from typing import Any

from django.contrib.auth import logout
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from kring import clock
from kring.audit.commands import record
from kring.audit.models import Action, Outcome

from .actors import Actor, actor_from
from .gate import NOT_THE_ROLE, Invisible, NotAllowed, log
from .policy.sessions import limit_for
from .session import ACTING_AS, EPOCH, SEEN, STARTED, STRONG

GetResponse = Callable[[HttpRequest], HttpResponse]


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


class ActorMiddleware:
    """Sets `request.actor` (None when nobody is logged in or no way of acting is chosen) and ends overdue sessions."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.actor = None
        if request.user.is_authenticated:
            if self._is_over(request):
                return self._log_out(request)
            request.actor = self._actor(request)
            self._touch(request)
        return self.get_response(request)

    def _is_over(self, request: HttpRequest) -> bool:
        session = request.session
        if session.get(EPOCH) != request.user.session_epoch:
            return True
        limit = limit_for(session.get(ACTING_AS, "").partition(":")[0], clock.today())
        now = clock.now().timestamp()
        return (
            now - session[SEEN] > limit.idle.total_seconds()
            or now - session[STARTED] > limit.absolute.total_seconds()
        )

    def _log_out(self, request: HttpRequest) -> HttpResponse:
        logout(request)
        back = request.get_full_path() if request.method == "GET" else "/"
        return HttpResponseRedirect(f"{reverse('log-in')}?tiden-ute=1&next={back}")

    def _actor(self, request: HttpRequest) -> Actor | None:
        key, now = request.session.get(ACTING_AS), clock.now()
        strong = bool(request.session.get(STRONG))
        return actor_from(request.user, key=key, now=now, strong_auth=strong) if key else None

    def _touch(self, request: HttpRequest) -> None:
        # Once a minute is enough for limits in minutes, and spares a write on most requests.
        now = clock.now().timestamp()
        if now - request.session[SEEN] > 60:
            request.session[SEEN] = now


class PermissionMiddleware:
    """Refuses a page whose permission the actor's role does not hold, and sends who has not chosen a role to choose."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        permissions = getattr(view, "permissions", None)
        if permissions is None:
            raise PermissionDenied  # a page that declares nothing is closed, whatever the start-up check said
        if not permissions:
            return None
        if request.actor is None:
            return HttpResponseRedirect(reverse("choose-role"))
        if not any(request.actor.may(permission) for permission in permissions):
            log(
                request.actor,
                Action.READ,
                [None],
                what="page",
                outcome=Outcome.REFUSED,
                rule=NOT_THE_ROLE.rule_id,
            )
            raise PermissionDenied
        return None

    def process_exception(self, request: HttpRequest, problem: Exception) -> None:
        """Write a refusal to the log, after the refused work has been rolled back."""
        if isinstance(problem, (Invisible, NotAllowed)):
            record([problem.act])
