"""What the guardian has asked the units, and how it was answered."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse

from kring.access.permissions import Permission
from kring.access.views import requires
from kring.portal.family import queries
from kring.portal.family.presenters.asked import asked_page

from .shown import shown


@requires(Permission.SEE_OWN_FAMILY)
def asked(request: HttpRequest, child_id: UUID) -> HttpResponse:
    child = queries.child_of(request.actor, child_id, what="family.asked")
    page = asked_page(queries.asked_by_guardian(request.actor, child_id))
    return shown(request, "asked", about=child, page=page)
