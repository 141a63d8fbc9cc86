"""The door, which says nothing about the child, and what a written reason shows behind it."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from kring.access import session
from kring.access.permissions import Permission
from kring.access.views import requires
from kring.children.presenters import child_bar
from kring.portal.entrance.returning import asked_for
from kring.portal.staff.side import side_links

from . import commands, presenters, queries
from .forms import ReasonForm, RevealForm


@requires(Permission.SEE_CHILD)
def open_protected(request: HttpRequest, child_id: UUID) -> HttpResponse:
    commands.is_door(by=request.actor, child_id=child_id)
    form = ReasonForm(request.POST or None)
    if form.is_valid():
        commands.give_reason(by=request.actor, child_id=child_id, reason=form.cleaned_data["reason"])
        session.open_protected(request, child_id, request.actor.now)
        return redirect(asked_for(request) or reverse("child", kwargs={"child_id": child_id}))
    return render(request, "portal/staff/open_protected.html", {"form": form, "next": asked_for(request)})


@requires(Permission.SEE_CHILD)
def hidden_fields(request: HttpRequest, child_id: UUID) -> HttpResponse:
    """What is hidden around the child. Whoever may not show anything is told whom to ask."""
    actor = request.actor
    child, found = queries.hidden_fields(actor, child_id)
    may = actor.may(Permission.REVEAL_PROTECTED_FIELD)
    context = {
        "child_bar": child_bar(child, actor.today),
        "side": side_links(actor, child_id, "hidden-fields"),
        "rows": presenters.rows(child_id, found, may),
        "may": may,
    }
    return render(request, "portal/staff/hidden_fields.html", context)


@requires(Permission.REVEAL_PROTECTED_FIELD)
def reveal(request: HttpRequest, child_id: UUID, kind: str, about: UUID) -> HttpResponse:
    """One field, shown in the answer to its own reason and nowhere else."""
    actor, field = request.actor, presenters.FIELDS.get(kind)
    if field is None:
        raise Http404
    form = RevealForm(request.POST or None)
    if form.is_valid():
        reason = form.cleaned_data["reason"]
        chosen = commands.reveal_field(by=actor, child_id=child_id, field=field, about=about, reason=reason)
    else:
        chosen = queries.hidden_field_or_404(actor, child_id, field, about)
    context = {
        "form": form,
        "child_id": child_id,
        "child_bar": child_bar(chosen.child, actor.today),
        "side": side_links(actor, child_id, "hidden-fields"),
        "what": presenters.what(chosen.one, chosen.found),
        "shown": presenters.value(chosen.one) if form.is_valid() else "",
        "seconds": presenters.SHOWN_SECONDS,
    }
    answer = render(request, "portal/staff/reveal_field.html", context)
    if context["shown"]:
        answer.headers["Refresh"] = presenters.hides_itself(child_id)
    return answer
