"""The pages to read: S90, S03, S95, and what a birthday changes."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from kring.access.permissions import Permission
from kring.access.submissions import FIELD, key_from, once
from kring.access.views import requires
from kring.portal.child_pages import queries as child_pages
from kring.portal.child_pages.rules import YOUNG
from kring.portal.child_pages.views.pages import home_of_child
from kring.portal.young import presenters, queries
from kring.secrecy.commands.asking import note_welcome

from .shown import shown


@requires(Permission.SEE_OWN_PAGES)
def home(request: HttpRequest) -> HttpResponse:
    """The first page of whoever is logged in: the young's own, or that of the smaller child."""
    own = child_pages.own(request.actor, what="own.home")
    if queries.is_young(request.actor, own) and queries.needs_welcome(request.actor):
        return redirect("young-welcome")
    if own.mode != YOUNG or not queries.is_young(request.actor, own):
        soon, others = queries.told_on_a_child_s_home(request.actor, own)
        told = presenters.turning_words(soon) if soon else ""
        return home_of_child(request, own, soon=told, others=others)
    page = presenters.home_page(queries.home(request.actor, own), own.child.given_name)
    return shown(request, own, "home", "child-home", page=page)


@requires(Permission.SHARE_WITH_GUARDIAN)
def welcome(request: HttpRequest) -> HttpResponse:
    """S03. Going on is noted, so that it comes first only once."""
    own = queries.young(request.actor, what="own.welcome")
    if request.method == "POST":

        def read() -> str:
            note_welcome(by=request.actor, child_id=own.child.pk)
            return reverse("child-home")

        return redirect(once(key=key_from(request.POST.get(FIELD, "")), by=request.actor, work=read))
    told = queries.told_first(request.actor, own)
    cards = presenters.welcome_cards(reads_record=told.reads_record, adult=told.adult)
    return shown(request, own, "welcome", cards=cards, first=told.first)


@requires(Permission.SHARE_WITH_GUARDIAN)
def adult_care(request: HttpRequest) -> HttpResponse:
    own = queries.adult_care_of(request.actor)
    return shown(request, own, "adult_care", parts=presenters.adult_care_parts())


@requires(Permission.SEE_OWN_PAGES)
def turning(request: HttpRequest) -> HttpResponse:
    own, found, choosing = queries.turning_of(request.actor, what="own.turning")
    if found is None:
        return redirect("child-home")
    ahead = presenters.ahead(choosing) if choosing else None
    return shown(request, own, "turning", page=presenters.turning_page(found), ahead=ahead)
