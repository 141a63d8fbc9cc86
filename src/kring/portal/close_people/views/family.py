"""«Nära barnet» on a guardian's pages."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from kring.access.permissions import Permission
from kring.access.views import requires
from kring.care.contacts.queries import close_people_of
from kring.care.messages.queries import unread_count
from kring.portal.close_people import presenters, queries, sending
from kring.portal.family.navigation import places
from kring.portal.family.opened import opened


def _around(request: HttpRequest, child: Any) -> dict[str, Any]:
    actor = request.actor
    bar = places(child.pk, "", opened(actor, child.pk), unread_count(actor, child.pk))
    return {"about": child, "places": bar}


@requires(Permission.SEE_OWN_FAMILY)
def close_people(request: HttpRequest, child_id: UUID) -> HttpResponse:
    child = queries.child_of(request.actor, child_id)
    found = presenters.people(request.actor, close_people_of(request.actor, child))
    context = _around(request, child) | {"people": found, "lead": presenters.no_access()}
    return render(request, "portal/close_people/family.html", context)


@requires(Permission.SEE_OWN_FAMILY)
def add(request: HttpRequest, child_id: UUID) -> HttpResponse:
    if answer := sending.again(request):
        return answer
    child = queries.child_of(request.actor, child_id, writes=True)
    return sending.add(request, child, _around(request, child))


@requires(Permission.SEE_OWN_FAMILY)
def change(request: HttpRequest, child_id: UUID, close_relation_id: UUID) -> HttpResponse:
    if answer := sending.again(request):
        return answer
    row = queries.own_row(request.actor, child_id, close_relation_id)
    return sending.change(request, row, _around(request, row.child))


@requires(Permission.SEE_OWN_FAMILY)
def remove(request: HttpRequest, child_id: UUID, close_relation_id: UUID) -> HttpResponse:
    if answer := sending.again(request):
        return answer
    row = queries.own_row(request.actor, child_id, close_relation_id)
    return sending.remove(request, row, _around(request, row.child))
