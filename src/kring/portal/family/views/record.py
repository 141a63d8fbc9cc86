"""«Journal»: what care has written about the child, in plain words."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from kring.access.permissions import Permission
from kring.access.views import requires
from kring.care.record import queries as records
from kring.care.record.presenters.family import entry_page, record_page
from kring.portal.family import queries
from kring.portal.family.navigation import only_record

from .shown import shown

HERE = "family-record"


@requires(Permission.SEE_OWN_RECORD)
def record(request: HttpRequest, child_id: UUID) -> HttpResponse:
    found = records.family_record(request.actor, child_id, page=page_number(request))
    page = record_page(found, lambda key: reverse("family-record-entry", args=[child_id, key]))
    return _shown(request, "record", found.child, page)


@requires(Permission.SEE_OWN_RECORD)
def entry(request: HttpRequest, child_id: UUID, event_id: UUID) -> HttpResponse:
    found = records.family_entry(request.actor, child_id, event_id)
    return _shown(request, "record_entry", found.child, entry_page(found))


def _shown(request: HttpRequest, template: str, child: Any, page: Any) -> HttpResponse:
    """Who has only the record of a unit has no other places about this child."""
    if queries.pages_open(request.actor, child.pk):
        return shown(request, template, about=child, here=HERE, page=page)
    return shown(request, template, about=child, here=HERE, page=page, places=only_record(child.pk))


def page_number(request: HttpRequest) -> int:
    """The page that is asked for; the first for anything that is no number."""
    asked = request.GET.get("sida", "")
    return int(asked) if asked.isascii() and asked.isdecimal() and len(asked) < 5 else 1
