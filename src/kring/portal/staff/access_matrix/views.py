"""S27."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from kring.access.permissions import Permission
from kring.access.views import requires
from kring.children.presenters import child_bar, rules_of_protection
from kring.portal.staff.secrecy.presenters import rooms
from kring.portal.staff.side import side_links

from . import presenters, queries


@requires(Permission.SEE_CHILD)
def matrix(request: HttpRequest, child_id: UUID) -> HttpResponse:
    found = queries.matrix(request.actor, child_id)
    context = {
        "child_bar": child_bar(found.child, request.actor.today),
        "side": side_links(request.actor, child_id, "child-access"),
        "categories": presenters.labels(),
        "columns": [{"label": word} for word in (_("Vem"), *presenters.labels())],
        "rows": presenters.rows(request.actor, found),
        "answers": presenters.answers(found),
        "closed": presenters.closed_rule(),
        "has_plan": found.plan is not None,
        "rooms": rooms(request.actor, child_id, protected=found.child.protection != "none"),
        "facts": presenters.secrecy(found),
        "reviews": presenters.reviews(found, request.actor.today),
        "protection": rules_of_protection() if found.child.protection != "none" else "",
    }
    return render(request, "portal/staff/access_matrix.html", context)
