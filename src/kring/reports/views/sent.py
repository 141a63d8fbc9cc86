"""How what was asked for is carried out once, a refusal told, and a file handed out."""

from collections.abc import Callable

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from kring.access.refusals import Refusal
from kring.access.submissions import FIELD, key_from, once

KINDS = {"pdf": "application/pdf", "zip": "application/zip"}


def carried_out(request: HttpRequest, work: Callable[[], str], said: str) -> HttpResponse:
    """Do it and go on. Refusal when it may not be done."""
    to = once(key=key_from(request.POST.get(FIELD, "")), by=request.actor, work=work)
    messages.success(request, said)
    return redirect(to)


def filled_in(
    request: HttpRequest, form: forms.Form, work: Callable[[], str], said: str
) -> HttpResponse | None:
    """The same for a form; None when it was refused, with the reason in the form."""
    try:
        return carried_out(request, work, said)
    except Refusal as refused:
        form.add_error(refused.field if refused.field in form.fields else None, refused.message)
        return None


def pressed(request: HttpRequest, work: Callable[[], str], said: str, back: str) -> HttpResponse:
    """The same for a button: a refusal is told on the page that one comes back to."""
    try:
        return carried_out(request, work, said)
    except Refusal as refused:
        messages.error(request, refused.message)
        return redirect(back)


def file(content: bytes, name: str, ending: str) -> HttpResponse:
    """A file to keep, with a name that says what it is."""
    disposition = f'attachment; filename="{name}.{ending}"'
    return HttpResponse(content, content_type=KINDS[ending], headers={"Content-Disposition": disposition})
