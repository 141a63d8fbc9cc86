"""What is sent is shown once more before it is done (ux.md f 26): the same form twice, without scripts."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse

from kring.access.submissions import FIELD

from .shown import sent, shown

SURE, AGAIN = "sure", "again"
OURS = {"csrfmiddlewaretoken", FIELD, SURE, AGAIN}


def checked(
    request: HttpRequest, form: forms.Form, check: Any, work: Callable[[], str], said: str, **frame: Any
) -> HttpResponse | None:
    """The page that asks if it is right, or what came of it once that was said; None: show the form again."""
    if AGAIN in request.POST:
        return None
    if SURE in request.POST:
        return sent(request, form, work, said)
    kept = [(name, one) for name, many in request.POST.lists() if name not in OURS for one in many]
    return shown(request, "check", page=check, kept=kept, **frame)
