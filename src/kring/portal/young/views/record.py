"""S94 «Min journal»: from 16, or earlier when the unit head has decided so."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from kring.access.permissions import Permission
from kring.access.views import requires
from kring.care.record import queries as records
from kring.care.record.presenters.family import entry_page, record_page
from kring.portal.child_pages.queries import key_of
from kring.portal.family.views.record import page_number
from kring.portal.young import queries

from .shown import shown


@requires(Permission.SHARE_WITH_GUARDIAN)
def record(request: HttpRequest) -> HttpResponse:
    """Whoever does not read it yet is led to where one asks for it."""
    own = queries.young(request.actor, what="own.record")
    if not queries.reads_record(request.actor, own):
        return redirect("young-ask")
    found = records.family_record(request.actor, own.child.pk, page=page_number(request))
    page = record_page(found, lambda key: reverse("young-record-entry", args=[key]))
    return shown(request, own, "record", page=page)


@requires(Permission.SHARE_WITH_GUARDIAN)
def entry(request: HttpRequest, event_id: UUID) -> HttpResponse:
    found = records.family_entry(request.actor, key_of(request.actor), event_id)
    own = queries.young(request.actor, what="own.record.entry")
    return shown(request, own, "record_entry", page=entry_page(found))
