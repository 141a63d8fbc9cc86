"""Adding, changing and taking away somebody close: the same for staff and guardians, in their own frames."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from kring.care.contacts import commands
from kring.care.contacts.queries import shows_numbers
from kring.portal.staff.contacts.editing import run, sent_already
from kring.portal.staff.contacts.fields import ContactForm

from . import presenters
from .forms import ClosePersonForm, SureForm


def _form(request: HttpRequest, child: Any, row: Any = None) -> ClosePersonForm:
    initial = ClosePersonForm.initial_of(row) if row else None
    may = {"staff": request.actor.is_staff, "numbers": shows_numbers(request.actor, child)}
    return ClosePersonForm(request.POST or None, initial=initial, **may)


def _home(request: HttpRequest, child_id: UUID) -> str:
    names = presenters.STAFF if request.actor.is_staff else presenters.FAMILY
    return reverse(names["list"], args=[child_id])


def add(request: HttpRequest, child: Any, context: dict[str, Any]) -> HttpResponse:
    """Somebody new."""

    def work(form: ContactForm, _seen: int) -> str:
        commands.add_close_person(by=request.actor, child_id=child.pk, **form.given())
        return _home(request, child.pk)

    page = presenters.page(request.actor, child.pk, _form(request, child), work, context=context)
    return run(request, page)


def change(request: HttpRequest, row: Any, context: dict[str, Any]) -> HttpResponse:
    """One's own."""

    def work(form: ContactForm, seen: int) -> str:
        commands.change_close_person(by=request.actor, close_id=row.pk, seen=seen, **form.given())
        return _home(request, row.child_id)

    form = _form(request, row.child, row)
    about = {"row": row, "context": context, "numbers": shows_numbers(request.actor, row.child)}
    return run(request, presenters.page(request.actor, row.child_id, form, work, **about))


def remove(request: HttpRequest, row: Any, context: dict[str, Any]) -> HttpResponse:
    """One's own, after a question."""

    def work(_form: ContactForm, seen: int) -> str:
        commands.remove_close_person(by=request.actor, close_id=row.pk, seen=seen)
        return _home(request, row.child_id)

    form = SureForm(request.POST if request.method == "POST" else None)
    numbers = shows_numbers(request.actor, row.child)
    about = {"row": row, "removes": True, "context": context, "numbers": numbers}
    return run(request, presenters.page(request.actor, row.child_id, form, work, **about))


def again(request: HttpRequest) -> HttpResponse | None:
    """Where this very form has led before; asked before the page looks at anything."""
    address = sent_already(request)
    return redirect(address) if address else None
