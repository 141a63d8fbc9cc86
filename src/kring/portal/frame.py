"""What every page has around it: who is logged in, where they can go, how long the session lasts."""

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.conf import settings
from django.contrib.messages import get_messages
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kring import clock
from kring.access.actors import Actor
from kring.access.permissions import Permission
from kring.access.roles import ROLES
from kring.access.session import KEPT, WAYS, time_left
from kring.care.contacts.queries import who_holds_together
from kring.design.shells import IDENTITY_HIDDEN, NavItem, Session, Shell
from kring.notifications.queries import has_a_list, unread_count

from . import places

FAMILY_ROLES = {"guardian", "child"}


def frame(request: HttpRequest) -> dict[str, Any]:
    """The context processor of Kring's own pages."""
    actor = getattr(request, "actor", None)
    return {
        "shell": _shell_of(request, actor) if actor else _shell_of_nobody(request),
        "nav": places.navigation(actor, request.path) if actor else (),
        "open_nav": places.open_navigation(request.path),
        "messages": get_messages(request),
        "named_contact": lambda child_id: _named_contact(actor, child_id) if actor else "",
    }


def _named_contact(actor: Actor, child_id: UUID) -> str:
    """«Fast vårdkontakt» for the bar of a page whose package does not know the contacts."""
    cards = who_holds_together(actor, child_id)
    return next((card.name or card.unit for card in cards if card.role == "named_care_contact"), "")


def bare_frame(request: HttpRequest) -> dict[str, Any]:
    """The frame of an error page: places to go to, no forms and nothing about the person.

    The answer for a child that is missing and for one that is invisible must be the same to the last byte,
    and a form carries a key that differs each time.
    """
    actor = getattr(request, "actor", None)
    home = reverse("home")
    language = reverse("language")
    shell = Shell(home_href=home, help_href=reverse("help"), language_href=language, demo=settings.DEMO)
    nav = places.navigation(actor, "") if actor else ()
    return {"shell": shell, "nav": nav, "logged_in": actor is not None}


def _shell_of_nobody(request: HttpRequest) -> Shell:
    waiting = getattr(request, "user", None) is not None and request.user.is_authenticated
    return Shell(
        home_href=reverse("home"),
        help_href=reverse("help"),
        language_href=_language(request),
        logout_href=reverse("log-out") if waiting else "",
        demo=settings.DEMO,
    )


def _shell_of(request: HttpRequest, actor: Actor) -> Shell:
    return Shell(
        home_href=reverse("home"),
        help_href=reverse("help"),
        language_href=_language(request),
        logout_href=reverse("log-out"),
        leave_href=reverse("leave") if actor.role in FAMILY_ROLES else "",
        leave_help_href=reverse("leave-help") if actor.role in FAMILY_ROLES else "",
        search_href=places.address("children") if actor.may(Permission.SEARCH_CHILD) else "",
        hide_href=places.address("hide-identity") if actor.may(Permission.HOLD_MEETING) else "",
        hidden=bool(request.session.get(IDENTITY_HIDDEN)),
        kept_href=reverse("kept-form") if KEPT in request.session else "",
        demo=settings.DEMO,
        person=actor.name,
        role=_(ROLES[actor.role].title),
        unit=actor.unit_name,
        menu=tuple(_menu(request)),
        bell=_bell(actor),
        session=_session(request),
    )


def _language(request: HttpRequest) -> str:
    back = {"next": request.path} if request.method == "GET" else {}
    return reverse("language") + ("?" + urlencode(back) if back else "")


def _menu(request: HttpRequest) -> list[NavItem]:
    items = [NavItem(label=_("Logga ut överallt"), href=reverse("log-out-everywhere"), icon="key")]
    if request.session.get(WAYS, 1) > 1:
        items.insert(0, NavItem(label=_("Byt roll"), href=reverse("choose-role"), icon="person"))
    return items


def _bell(actor: Actor) -> NavItem | None:
    """The bell and how many are new; its name says both."""
    if not has_a_list(actor):
        return None
    new = unread_count(actor)
    told = ngettext("Aviseringar, %(n)s ny", "Aviseringar, %(n)s nya", new) % {"n": new}
    word = _("Aviseringar")
    if actor.child_id:
        told = ngettext("Nytt för dig, %(n)s sak", "Nytt för dig, %(n)s saker", new) % {"n": new}
        word = _("Nytt för dig")
    return NavItem(label=told if new else word, href=reverse("notices"), icon="bell", count=new)


def _session(request: HttpRequest) -> Session:
    left = time_left(request, clock.now())
    back = request.get_full_path() if request.method == "GET" else request.path
    return Session(
        warn_after=left.warn,
        ends_after=left.end,
        extend_href=reverse("session"),
        keep_href=reverse("keep-form"),
        ended_href=reverse("log-in") + "?" + urlencode({"tiden-ute": 1, "next": back}),
    )
