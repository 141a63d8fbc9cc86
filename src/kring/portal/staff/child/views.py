"""S24 and the child's timeline."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from kring.access.permissions import Permission
from kring.access.views import requires
from kring.children.presenters import child_bar
from kring.portal.staff.side import side_links

from . import presenters, queries
from .page import page_context


@requires(Permission.SEE_CHILD)
def child(request: HttpRequest, child_id: UUID) -> HttpResponse:
    found = queries.child_page(request.actor, child_id)
    return render(request, "portal/staff/child.html", page_context(request.actor, found))


@requires(Permission.SEE_CHILD)
def events(request: HttpRequest, child_id: UUID) -> HttpResponse:
    one, happened = queries.child_and_events(request.actor, child_id)
    context = {
        "child_bar": child_bar(one, request.actor.today, number=queries.number_of(one)),
        "side": side_links(request.actor, one.pk, "child-events"),
        "events": presenters.events(happened, request.actor),
        "there_are_more": len(happened) == queries.ALL_EVENTS,
    }
    return render(request, "portal/staff/child_events.html", context)
