"""How a page of the child's is drawn: its words, its set and, for the young, its places."""

from collections.abc import Sequence
from typing import Any
from uuid import uuid4

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from kring.design.pictures import pictures_of
from kring.portal.child_pages.navigation import places
from kring.portal.child_pages.presenters import screen
from kring.portal.child_pages.queries import Own


def shown(
    request: HttpRequest, own: Own, template: str, here: str = "", parts: Sequence[Any] = (), **context: Any
) -> HttpResponse:
    """The page in the child's set of pages; a form on it gets a key of its own. Of `parts` the smallest meet
    one at a time.
    """
    frame = {
        "screen": screen(parts, own.mode, request.GET.get("del", "")),
        "child_mode": own.mode,
        "words": own.words,
        "support": pictures_of if own.pictures else None,
        "page_class": "k-pictures" if own.pictures else "",
        "places": places(own.mode, here),
        "submission": request.POST.get("submission") or uuid4(),
    }
    return render(request, f"portal/child/{template}.html", frame | context)
