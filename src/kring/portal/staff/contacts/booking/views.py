"""Booking a visit at the own unit, moving it, calling it off."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from kring.access import gate
from kring.access.permissions import Permission
from kring.access.views import requires
from kring.care.contacts import commands
from kring.portal.staff.contacts.editing import run, sent_already
from kring.portal.staff.contacts.fields import ContactForm

from . import presenters, queries
from .forms import BookForm, MoveForm, ReadersForm


@requires(Permission.BOOK_APPOINTMENT)
def book(request: HttpRequest, child_id: UUID) -> HttpResponse:
    """A new visit."""
    if address := sent_already(request):
        return redirect(address)
    actor, child = request.actor, queries.child_to_book(request.actor, child_id)

    def work(form: ContactForm, _seen: int) -> str:
        row = commands.book(by=actor, child_id=child_id, **form.given())
        return presenters.home_of(actor, child, row)[0]

    form = BookForm(request.POST or None, without=presenters.hidden_from(actor))
    return run(request, presenters.book_page(actor, child, form, work))


@requires(Permission.BOOK_APPOINTMENT)
def move(request: HttpRequest, child_id: UUID, visit_id: UUID) -> HttpResponse:
    """Another time for it."""
    if address := sent_already(request):
        return redirect(address)
    actor, visit = request.actor, queries.visit_of(request.actor, child_id, visit_id)

    def work(form: ContactForm, seen: int) -> str:
        row = commands.move_appointment(by=actor, appointment_id=visit_id, seen=seen, **form.given())
        return presenters.home_of(actor, visit.child, row)[0]

    form = MoveForm(request.POST or None, initial=MoveForm.initial_of(visit.row))
    return run(request, presenters.move_page(actor, visit, form, work))


@requires(Permission.BOOK_APPOINTMENT)
def call_off(request: HttpRequest, child_id: UUID, visit_id: UUID) -> HttpResponse:
    """It will not be."""
    if address := sent_already(request):
        return redirect(address)
    actor, visit = request.actor, queries.visit_of(request.actor, child_id, visit_id)

    def work(_form: ContactForm, seen: int) -> str:
        commands.cancel_appointment(by=actor, appointment_id=visit_id, seen=seen)
        return presenters.home_of(actor, visit.child, visit.row)[0]

    return run(request, presenters.call_off_page(actor, visit, ContactForm(request.POST or None), work))


@requires(Permission.BOOK_APPOINTMENT)
def readers(request: HttpRequest, child_id: UUID, visit_id: UUID) -> HttpResponse:
    """Who of the family sees it; not for reception, which never meets why (ruling 26)."""
    if address := sent_already(request):
        return redirect(address)
    actor, visit = request.actor, queries.visit_of(request.actor, child_id, visit_id)
    gate.demand(actor, Permission.SEE_CHILD, what="visit.readers")

    def work(form: ContactForm, seen: int) -> str:
        row = commands.choose_readers(by=actor, appointment_id=visit_id, seen=seen, **form.given())
        return presenters.home_of(actor, visit.child, row)[0]

    form = ReadersForm(request.POST or None, initial=ReadersForm.initial_of(visit.row))
    return run(request, presenters.readers_page(actor, visit, form, work))
