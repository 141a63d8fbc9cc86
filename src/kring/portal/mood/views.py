"""Mående: for the unit that asks, and for guardians."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kring.access import session
from kring.access.permissions import Permission
from kring.access.policy.staff import WorkNeed
from kring.access.views import requires
from kring.care.monitoring import commands, queries
from kring.children.presenters import child_bar
from kring.portal.family.views.shown import shown as family_shown
from kring.portal.staff.record.forms import PurposeForm
from kring.portal.staff.side import side_links

from . import presenters
from .forms import ReaderForm

CHOICE = "mood"
"""What the session calls the active choice to read other units' answers."""


@requires(Permission.ASK_MOOD)
def mood(request: HttpRequest, child_id: UUID) -> HttpResponse:
    """The own unit's answers; other units' after an active choice."""
    chosen = session.active_choices(request, child_id, request.actor.now).get(CHOICE, "")
    found = queries.mood_page(request.actor, child_id, WorkNeed(chosen) if chosen else WorkNeed.NONE)
    return _page(request, found, _form(request, found))


def _form(request: HttpRequest, found: queries.MoodPage, data: Any = None) -> ReaderForm:
    people = [(str(one.pk), one.name) for one in queries.readers_at(request.actor)]
    reads = str(found.asking.reader_id) if found.asking else str(request.actor.person_id)
    return ReaderForm(data, people=people, reads=reads)


def _page(request: HttpRequest, found: queries.MoodPage, form: ReaderForm) -> HttpResponse:
    context = _around(request, found) | {"page": presenters.staff_page(found), "form": form}
    return render(request, "portal/mood/staff.html", context)


def _around(request: HttpRequest, found: queries.MoodPage) -> dict[str, Any]:
    return {
        "child_bar": child_bar(found.child, request.actor.today),
        "side": side_links(request.actor, found.child.pk, "child-mood-staff"),
        "child_id": found.child.pk,
    }


@requires(Permission.ASK_MOOD)
def choose(request: HttpRequest, child_id: UUID) -> HttpResponse:
    """The active choice: for what, and then back to the page, which shows them."""
    found = queries.mood_page(request.actor, child_id)
    form = PurposeForm(request.POST or None, for_care_only=False)
    if form.is_valid():
        purpose = form.cleaned_data["purpose"]
        commands.choose_actively(by=request.actor, child_id=child_id, purpose=WorkNeed(purpose))
        session.choose_actively(request, child_id, CHOICE, purpose, request.actor.now)
        return redirect("child-mood-staff", child_id=child_id)
    back = {"back": reverse("child-mood-staff", args=[child_id]), "back_word": _("Mående")}
    return render(request, "portal/staff/choose_units.html", _around(request, found) | back | {"form": form})


@require_POST
@requires(Permission.ASK_MOOD)
def ask(request: HttpRequest, child_id: UUID) -> HttpResponse:
    """Begin to ask, or change who reads."""
    found = queries.mood_page(request.actor, child_id)
    form = _form(request, found, request.POST)
    if not form.is_valid():
        return _page(request, found, form)
    commands.ask(by=request.actor, child_id=child_id, reader_id=UUID(form.cleaned_data["reader"]))
    messages.success(request, _("Nu kan barnet svara på «Hur mår jag?»."))
    return redirect("child-mood-staff", child_id=child_id)


@require_POST
@requires(Permission.ASK_MOOD)
def stop(request: HttpRequest, child_id: UUID) -> HttpResponse:
    commands.stop_asking(by=request.actor, child_id=child_id)
    messages.success(request, _("Frågan är stängd. Svaren finns kvar."))
    return redirect("child-mood-staff", child_id=child_id)


@require_POST
@requires(Permission.ASK_MOOD)
def read(request: HttpRequest, child_id: UUID) -> HttpResponse:
    """«Jag har läst»: closes the task in the worklist."""
    commands.note_read(by=request.actor, child_id=child_id)
    messages.success(request, _("Svaren är lästa."))
    return redirect("child-mood-staff", child_id=child_id)


@requires(Permission.SEE_OWN_FAMILY)
def family(request: HttpRequest, child_id: UUID) -> HttpResponse:
    """What the child shows its guardians."""
    found = queries.guardian_page(request.actor, child_id)
    return family_shown(request, "mood", about=found.child, page=presenters.family_page(found))
