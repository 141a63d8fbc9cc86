"""The patient contract for staff in the plan, and for the child. A guardian's stands among the family's
pages.
"""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from kring.access.permissions import Permission
from kring.access.views import requires
from kring.care.plans import queries as plans
from kring.care.plans.presenters.child import about
from kring.care.plans.queries.people import number_of
from kring.portal.child_pages import queries as own_pages
from kring.portal.child_pages.views.shown import shown

from . import presenters
from .queries import parts_of

WHAT = "agreement"


@requires(Permission.EDIT_PLAN)
def staff(request: HttpRequest, plan_id: UUID) -> HttpResponse:
    """Of a plan that the unit sees as a whole: the times and contacts are those it may know of."""
    actor = request.actor
    plan = plans.plan_or_404(actor, plan_id, what=WHAT)
    content = plans.content_of(actor, plan)
    if not content.whole:
        raise plans.refusal(actor, plan_id, Permission.SEE_PLAN, what=WHAT)
    times = actor.may(Permission.SEE_APPOINTMENTS)
    page = presenters.for_staff(parts_of(actor, plan.child_id, content, times=times), actor.today)
    frame = about(plan, number_of(actor, plan), actor.today, "plan-agreement")
    return render(request, "portal/agreement/staff.html", {"page": page, "about": frame})


@requires(Permission.SEE_OWN_PAGES)
def child(request: HttpRequest) -> HttpResponse:
    """In the child's words."""
    actor = request.actor
    own = own_pages.own(actor, what=WHAT, permission=Permission.SEE_PLAN)
    found = parts_of(actor, own.child.pk, own_pages.own_content(actor), times=True)
    parts = presenters.for_child(found, own.words)
    return shown(request, own, "agreement", "child-plan", parts=parts)
