"""How a page of the young is drawn: in the set of pages the young person has, with its places."""

from typing import Any
from uuid import uuid4

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from kring.portal.child_pages.navigation import places
from kring.portal.child_pages.queries import Own


def shown(request: HttpRequest, own: Own, template: str, here: str = "", **context: Any) -> HttpResponse:
    """A page of this package."""
    return render(request, f"portal/young/{template}.html", frame_of(request, own, here) | context)


def frame_of(request: HttpRequest, own: Own, here: str = "") -> dict[str, Any]:
    """What every page of the young needs; a form on it gets a key of its own."""
    return {
        "child_mode": own.mode,
        "words": own.words,
        "places": places(own.mode, here),
        "submission": request.POST.get("submission") or uuid4(),
    }
