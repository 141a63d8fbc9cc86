"""S86 «Så ser min sida ut»: chosen by the child, by a guardian, or by its unit; kept without a label."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from kring.access.permissions import Permission
from kring.access.views import requires
from kring.children.presenters import child_bar
from kring.portal.child_pages import commands, presenters, queries
from kring.portal.child_pages.forms import LookForm
from kring.portal.family.views.shown import shown as family_page
from kring.portal.staff.side import side_links

from .shown import shown


@requires(Permission.SEE_OWN_PAGES)
def own_look(request: HttpRequest) -> HttpResponse:
    """The child presses the look it likes."""
    own = queries.own(request.actor, what="own.look", permission=Permission.SET_LOOK)
    if request.method == "POST":
        commands.choose_look(by=request.actor, child_id=own.child.pk, look=request.POST.get("look", ""))
        messages.success(request, own.words["look_done"])
        return redirect("child-look")
    looks = presenters.look_page(queries.looks_of(request.actor, own.child), own.child.page_mode, own.words)
    return shown(request, own, "look", parts=looks)


@requires(Permission.SEE_OWN_FAMILY)
def family_look(request: HttpRequest, child_id: UUID) -> HttpResponse:
    child = queries.whose_look(request.actor, child_id, what="family.look")
    form, looks = _form(request, child)
    if form.is_valid():
        return _chosen(request, child_id, form, "family-look")
    return family_page(request, "child_look", about=child, form=form, looks=looks)


@requires(Permission.SEE_CHILD)
def staff_look(request: HttpRequest, child_id: UUID) -> HttpResponse:
    child = queries.whose_look(request.actor, child_id, what="staff.look")
    form, looks = _form(request, child)
    if form.is_valid():
        return _chosen(request, child_id, form, "child-page-look")
    context = {
        "child_bar": child_bar(child, request.actor.today),
        "side": side_links(request.actor, child_id, "child-page-look"),
        "child_id": child_id,
        "form": form,
        "looks": looks,
    }
    return render(request, "portal/staff/child_look.html", context)


def _form(request: HttpRequest, child: Any) -> tuple[LookForm, list[presenters.Look]]:
    looks = presenters.other_look_page(queries.looks_of(request.actor, child), child.page_mode)
    choices = [(one.value, one.word) for one in looks]
    return LookForm(request.POST or None, looks=choices, kept=child.page_mode), looks


def _chosen(request: HttpRequest, child_id: UUID, form: LookForm, name: str) -> HttpResponse:
    commands.choose_look(by=request.actor, child_id=child_id, look=form.cleaned_data["look"])
    messages.success(request, _("Barnets sidor ser ut så från och med nu."))
    return redirect(name, child_id)
