"""A page with one form: shown, carried out once, or shown again with the words for why not."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from kring.access import submissions
from kring.access.refusals import Refusal


@dataclass(frozen=True, kw_only=True)
class Page:
    """`work` carries a valid form out and answers with the address to go to; `said` is what then stands on
    top of it. `button` is the word on it; `more`: a second button with its name and value.
    """

    form: forms.Form
    work: Callable[[Mapping[str, Any]], str]
    title: str
    button: str
    back: str
    back_word: str
    said: str = ""
    lead: str = ""
    warning: str = ""
    more: tuple[str, str, str] | None = None
    context: Mapping[str, Any] = field(default_factory=dict)
    template: str = "portal/staff/secrecy/form.html"


def run(request: HttpRequest, page: Page) -> HttpResponse:
    """The page, or what came of sending it."""
    if request.method == "POST" and page.form.is_valid():
        try:
            return _carried_out(request, page)
        except Refusal as refused:
            name = refused.field if refused.field in page.form.fields else None
            page.form.add_error(name, refused.message)
    context = dict(page.context) | {
        "page": page,
        "form": page.form,
        "submission": request.POST.get(submissions.FIELD) or str(uuid4()),
    }
    return render(request, page.template, context, status=422 if page.form.errors else 200)


def _carried_out(request: HttpRequest, page: Page) -> HttpResponse:
    key = submissions.key_from(request.POST.get(submissions.FIELD, ""))
    given = page.form.cleaned_data
    address = submissions.once(key=key, by=request.actor, work=lambda: page.work(given))
    if page.said:
        messages.success(request, page.said)
    return redirect(address)
