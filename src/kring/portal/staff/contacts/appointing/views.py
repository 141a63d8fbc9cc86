"""Whom the family turns to: the list, appointing and handing over, changing, ending, a mandate."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from kring.access.permissions import Permission
from kring.access.views import requires
from kring.care.contacts import commands
from kring.portal.staff.contacts.editing import run, sent_already
from kring.portal.staff.contacts.fields import ContactForm
from kring.portal.staff.worklist.queries import colleagues

from . import presenters, queries
from .forms import AppointForm, ChangeForm, EndForm, MandateForm

APPOINTS = Permission.APPOINT_CARE_CONTACT


@requires(Permission.SEE_CHILD)
def contacts(request: HttpRequest, child_id: UUID) -> HttpResponse:
    found = queries.around_child(request.actor, child_id)
    context = presenters.page_context(request.actor, found)
    return render(request, "portal/staff/contacts/care_contacts.html", context)


@requires(APPOINTS)
def appoint(request: HttpRequest, child_id: UUID) -> HttpResponse:
    """A contact in a role; whoever had it hands over."""
    if address := sent_already(request):
        return redirect(address)
    actor, found = request.actor, queries.to_appoint(request.actor, child_id)

    def work(form: ContactForm, _seen: int) -> str:
        commands.appoint(by=actor, child_id=child_id, **form.given())
        return presenters.home(child_id)

    people = presenters.people(colleagues(actor))
    begun = presenters.role_from(request.GET.get("roll", ""))
    form = AppointForm(request.POST or None, people=people, initial=begun)
    return run(request, presenters.appoint_page(actor, found, form, work))


@requires(APPOINTS)
def change(request: HttpRequest, child_id: UUID, care_contact_id: UUID) -> HttpResponse:
    """The deputy, and what is said of the contact."""
    if address := sent_already(request):
        return redirect(address)
    actor, row = request.actor, queries.contact_of(request.actor, child_id, care_contact_id)

    def work(form: ContactForm, seen: int) -> str:
        commands.change_contact(by=actor, contact_id=row.pk, seen=seen, **form.given())
        return presenters.home(child_id)

    people = presenters.people(colleagues(actor))
    form = ChangeForm(request.POST or None, people=people, initial=ChangeForm.initial_of(row))
    return run(request, presenters.change_page(actor, row, form, work))


@requires(APPOINTS)
def end(request: HttpRequest, child_id: UUID, care_contact_id: UUID) -> HttpResponse:
    """Its last day."""
    if address := sent_already(request):
        return redirect(address)
    actor, row = request.actor, queries.contact_of(request.actor, child_id, care_contact_id)

    def work(form: ContactForm, seen: int) -> str:
        commands.end_contact(by=actor, contact_id=row.pk, seen=seen, **form.given())
        return presenters.home(child_id)

    form = EndForm(request.POST or None, initial={"ends_on": row.ends_on})
    return run(request, presenters.end_page(actor, row, form, work))


@requires(APPOINTS)
def mandate(request: HttpRequest, child_id: UUID, care_contact_id: UUID) -> HttpResponse:
    """What a coordinator may do for the child."""
    if address := sent_already(request):
        return redirect(address)
    actor, row = request.actor, queries.contact_of(request.actor, child_id, care_contact_id)

    def work(form: ContactForm, seen: int) -> str:
        commands.give_mandate(by=actor, contact_id=row.pk, seen=seen, **form.given())
        return presenters.home(child_id)

    begun = MandateForm.initial_of(getattr(row, "mandate", None))
    form = MandateForm(request.POST or None, initial=begun)
    return run(request, presenters.mandate_page(actor, row, form, work))


@requires(APPOINTS)
def without(request: HttpRequest) -> HttpResponse:
    """The unit's children without a named care contact."""
    text = request.GET.get("sida", "")
    page = int(text) if text.isascii() and text.isdecimal() and len(text) <= 6 else 1
    found = queries.without_contact(request.actor, page)
    context = presenters.without_context(request.actor, found)
    return render(request, "portal/staff/contacts/without.html", context)
