"""The record: the list, the active choice, an entry, and the entry's exact text."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from kring.access import session
from kring.access.permissions import Permission
from kring.access.policy.staff import WorkNeed
from kring.access.views import requires
from kring.care.record import commands, queries

from . import page
from .filters import number_from, wanted_from
from .forms import PurposeForm


@requires(Permission.SEE_RECORD)
def record(request: HttpRequest, child_id: UUID) -> HttpResponse:
    wanted, choices = wanted_from(request.GET), _choices(request, child_id)
    found = queries.record_page(request.actor, child_id, wanted, choice=queries.ActiveChoice.read(choices))
    context = page.record_context(request.actor, found, wanted, choices)
    return render(request, "portal/staff/record.html", context)


@requires(Permission.SEE_RECORD)
def choose(request: HttpRequest, child_id: UUID, reach: str) -> HttpResponse:
    """The active choice: for what, and then back to the list, which shows it."""
    child = queries.to_choose(request.actor, child_id, queries.Reach(reach))
    form = PurposeForm(request.POST or None, for_care_only=reach == queries.Reach.PROVIDERS)
    if request.method == "POST" and form.is_valid():
        purpose = form.cleaned_data["purpose"]
        commands.choose_actively(
            by=request.actor, child_id=child_id, reach=queries.Reach(reach), purpose=WorkNeed(purpose)
        )
        session.choose_actively(request, child_id, reach, purpose, request.actor.now)
        return redirect("child-record", child_id=child_id)
    context = page.choice_context(request.actor, child, reach, form)
    return render(request, "portal/staff/record_choice.html", context)


@requires(Permission.SEE_RECORD)
def entry(request: HttpRequest, child_id: UUID, event_id: UUID) -> HttpResponse:
    found = queries.one_entry(request.actor, child_id, event_id, **_version(request, child_id))
    if found.event.pk != event_id:
        current = reverse("record-entry", kwargs={"child_id": child_id, "event_id": found.event.pk})
        return redirect(current)
    return render(request, "portal/staff/record_entry.html", page.entry_context(request.actor, found))


@requires(Permission.SEE_RECORD)
def text(request: HttpRequest, child_id: UUID, event_id: UUID) -> HttpResponse:
    """The very text that was sent, as a file whose name tells nothing of anybody."""
    version = queries.exact_text(request.actor, child_id, event_id, **_version(request, child_id))
    answer = HttpResponse(version.body, content_type="application/fhir+json; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="post-version-{version.number}.json"'
    return answer


def _choices(request: HttpRequest, child_id: UUID) -> dict[str, str]:
    return session.active_choices(request, child_id, request.actor.now)


def _version(request: HttpRequest, child_id: UUID) -> dict[str, Any]:
    chosen = queries.ActiveChoice.read(_choices(request, child_id))
    return {"number": number_from(request.GET.get("version", "")), "choice": chosen}
