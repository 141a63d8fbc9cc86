"""The person's choice to hide names while a screen is shared, handed to every page of the session."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from kring.design.screen import sharing
from kring.design.shells import IDENTITY_HIDDEN


def hide_on_shared_screen(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware: what the session keeps holds for everything that the request shows."""

    def handle(request: HttpRequest) -> HttpResponse:
        with sharing(bool(request.session.get(IDENTITY_HIDDEN))):
            return get_response(request)

    return handle
