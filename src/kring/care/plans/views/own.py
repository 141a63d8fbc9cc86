"""What a unit still has of plans that are closed to it (rulings 11 and 30)."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from kring.access.permissions import Permission
from kring.access.views import requires
from kring.care.plans import queries
from kring.care.plans.presenters import own, versions

from .around import around, is_hidden


def own_items(request: HttpRequest, content: Any) -> HttpResponse:
    """In the place of the plan's page, for a unit that the plan is closed to."""
    page = own.page(content, queries.copies_of(request.actor, content.plan))
    return render(request, "plans/own.html", {"page": page, **around(request, content.plan)})


@requires(Permission.EDIT_PLAN)
def closed(request: HttpRequest) -> HttpResponse:
    """The list of such plans: the way there when nothing else ties the unit to the child."""
    plans = own.closed_plans(queries.closed_plans(request.actor), is_hidden(request))
    return render(request, "plans/closed.html", {"plans": plans})


@requires(Permission.EDIT_PLAN)
def copy(request: HttpRequest, copy_id: UUID) -> HttpResponse:
    """What the plan said when it closed."""
    row = queries.copy_or_404(request.actor, copy_id, what="plan.copy")
    told = versions.told(queries.version_content(request.actor, row))
    page = own.copy_page(row) | {"changes": [], "first": True, "told": told}
    return render(request, "plans/version.html", page | around(request, row.plan))
