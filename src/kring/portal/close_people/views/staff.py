"""«Nära barnet» beside the child's contacts."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from kring.access.permissions import Permission
from kring.access.views import requires
from kring.care.contacts.queries import close_people_of
from kring.portal.close_people import presenters, queries, sending
from kring.portal.staff.secrecy.around import around

HERE = "close-people"


@requires(Permission.SEE_CHILD)
def close_people(request: HttpRequest, child_id: UUID) -> HttpResponse:
    child = queries.child_of(request.actor, child_id)
    found = presenters.people(request.actor, close_people_of(request.actor, child))
    context = around(request.actor, child, HERE) | {
        "people": found,
        "lead": presenters.no_access(),
        "child_id": child.pk,
    }
    return render(request, "portal/close_people/staff.html", context)


@requires(Permission.SEE_CHILD)
def add(request: HttpRequest, child_id: UUID) -> HttpResponse:
    if answer := sending.again(request):
        return answer
    child = queries.child_of(request.actor, child_id, writes=True)
    return sending.add(request, child, around(request.actor, child, HERE))


@requires(Permission.SEE_CHILD)
def change(request: HttpRequest, child_id: UUID, close_relation_id: UUID) -> HttpResponse:
    if answer := sending.again(request):
        return answer
    row = queries.own_row(request.actor, child_id, close_relation_id)
    return sending.change(request, row, around(request.actor, row.child, HERE))


@requires(Permission.SEE_CHILD)
def remove(request: HttpRequest, child_id: UUID, close_relation_id: UUID) -> HttpResponse:
    if answer := sending.again(request):
        return answer
    row = queries.own_row(request.actor, child_id, close_relation_id)
    return sending.remove(request, row, around(request.actor, row.child, HERE))
