"""A form that is looked through before it is saved: filled in, read as what it changes, then saved once."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from kring.access import submissions
from kring.access.refusals import EditConflict, Refusal

from .presenters import Effect, filled, told

FORM = "portal/staff/secrecy/placement_form.html"
PREVIEW = "portal/staff/secrecy/placement_preview.html"
MOST_DIGITS = 9


@dataclass(frozen=True, kw_only=True)
class Reviewed:
    """`effects`: what saving the valid form would change, or a refusal; `work` saves it, for the revision
    that its writer saw; `seen` is the one that is shown now.
    """

    form: forms.Form
    effects: Callable[[], list[Effect]]
    work: Callable[[int], Any]
    title: str
    button: str
    said: str
    back: str
    seen: int = 0
    lead: str = ""
    context: Mapping[str, Any] = field(default_factory=dict)


def sent_already(request: HttpRequest) -> str:
    """Where this very form has led before; asked before the page looks at anything."""
    return submissions.answer_to(request.POST.get(submissions.FIELD, ""), request.actor)


def run(request: HttpRequest, page: Reviewed) -> HttpResponse:
    """The form, what it would change, or what came of saving it."""
    if request.method != "POST" or not page.form.is_valid():
        return _form(request, page, 422 if page.form.errors else 200)
    if "edit" in request.POST:
        return _form(request, page)
    try:
        if "confirm" in request.POST:
            return _saved(request, page)
        effects = page.effects()
    except Refusal as refused:
        return _refused(request, page, refused)
    except EditConflict as other:
        return _met_another(request, page, other.current)
    told = {"effects": effects, "filled": filled(page.form), "sent": _sent(request, page)}
    return render(request, PREVIEW, _context(request, page) | told)


def _refused(request: HttpRequest, page: Reviewed, refused: Refusal) -> HttpResponse:
    """The form again, with why not. What is refused when saving is in the log already."""
    if "confirm" not in request.POST:
        submissions.log_refused(request.actor, refused)
    page.form.add_error(refused.field if refused.field in page.form.fields else None, refused.message)
    return _form(request, page, 422)


def _saved(request: HttpRequest, page: Reviewed) -> HttpResponse:
    def work() -> str:
        page.work(_seen(request, page))
        return page.back

    key = submissions.key_from(request.POST.get(submissions.FIELD, ""))
    address = submissions.once(key=key, by=request.actor, work=work)
    messages.success(request, page.said)
    return redirect(address)


def _met_another(request: HttpRequest, page: Reviewed, current: Any) -> HttpResponse:
    """What stands now is shown beside what was filled in, and nothing is saved."""
    page.form.add_error(
        None, _("Någon har ändrat medan du läste. Läs igenom det som står nu och försök igen.")
    )
    return _form(request, page, 409, now=told(current), seen=current.revision)


def _form(request: HttpRequest, page: Reviewed, status: int = 200, **more: Any) -> HttpResponse:
    return render(request, FORM, _context(request, page) | more, status=status)


def _context(request: HttpRequest, page: Reviewed) -> dict[str, Any]:
    key = request.POST.get(submissions.FIELD) or str(uuid4())
    return {**page.context, "page": page, "form": page.form, "submission": key, "seen": _seen(request, page)}


def _seen(request: HttpRequest, page: Reviewed) -> int:
    """The revision that the form was filled in from; 0, which no row has, for nonsense."""
    text = request.POST.get("seen", str(page.seen))
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= MOST_DIGITS else 0


def _sent(request: HttpRequest, page: Reviewed) -> list[tuple[str, str]]:
    """What was filled in, to be sent once more."""
    names = tuple(page.form.fields)
    pairs = ((key, value) for key, values in request.POST.lists() for value in values)
    return [(key, value) for key, value in pairs if key.startswith(names)]
