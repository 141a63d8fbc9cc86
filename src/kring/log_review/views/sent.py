"""How a filled-in form is carried out once, and a refusal told at its field."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from kring.access.refusals import Refusal
from kring.access.submissions import FIELD, key_from, once


def sent(request: HttpRequest, form: forms.Form, work: Callable[[], str], said: str) -> HttpResponse | None:
    """Carry out what the form asks for and go on; None when it was refused, with the reason in the form."""
    try:
        to = once(key=key_from(request.POST.get(FIELD, "")), by=request.actor, work=work)
    except Refusal as refused:
        form.add_error(refused.field if refused.field in form.fields else None, refused.message)
        return None
    messages.success(request, said)
    return redirect(to)


def page(request: HttpRequest, name: str, **context: Any) -> HttpResponse:
    """A page; a form on it gets a key of its own."""
    context |= {"submission": request.POST.get(FIELD) or uuid4()}
    return render(request, f"log_review/{name}.html", context)
