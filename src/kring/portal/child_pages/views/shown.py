"""How a page of the child's is drawn: its words, its set and, for the young, its places."""

from typing import Any
from uuid import uuid4

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from kring.portal.child_pages.navigation import places
from kring.portal.child_pages.queries import Own
from kring.portal.child_pages.words import words_for


def shown(request: HttpRequest, own: Own, template: str, here: str = "", **context: Any) -> HttpResponse:
    """The page in the child's set of pages; a form on it gets a key of its own."""
    frame = {
        "child_mode": own.mode,
        "words": words_for(own.mode),
        "places": places(own.mode, here),
        "submission": request.POST.get("submission") or uuid4(),
    }
    return render(request, f"portal/child/{template}.html", frame | context)
