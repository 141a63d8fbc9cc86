"""How a guardian's page is drawn, and how what is sent is carried out once."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from kring.access.refusals import Refusal
from kring.access.submissions import FIELD, key_from, once
from kring.care.messages.queries import unread_count
from kring.design.shells import NavItem
from kring.portal.family.navigation import places
from kring.portal.family.opened import opened


def shown(
    request: HttpRequest, template: str, *, about: Any = None, here: str = "", **context: Any
) -> HttpResponse:
    """The page about one child; a form on it gets a key of its own."""
    frame = {
        "about": about,
        "places": context["places"] if "places" in context else _places(request, about, here),
        "submission": request.POST.get(FIELD) or uuid4(),
    }
    return render(request, f"portal/family/{template}.html", frame | context)


def _places(request: HttpRequest, about: Any, here: str) -> tuple[NavItem, ...]:
    if about is None:
        return ()
    return places(about.pk, here, opened(request.actor, about.pk), unread_count(request.actor, about.pk))


def sent(request: HttpRequest, form: forms.Form, work: Callable[[], str], said: str) -> HttpResponse | None:
    """Carry out what a filled-in form asks for and go on. None when it was refused, with the reason in the
    form.
    """
    try:
        to = once(key=key_from(request.POST.get(FIELD, "")), by=request.actor, work=work)
    except Refusal as refused:
        known = refused.field if refused.field in form.fields else None
        form.add_error(known, refused.message)
        return None
    messages.success(request, said)
    return redirect(to)
