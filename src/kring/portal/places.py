"""The places of the main navigation, as tables: one for staff by permission, one for guardians, one for
children.

A place is shown when its page exists and the actor's role may open it; never more than seven, in the same
order on every page.
"""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from kring.access.actors import Actor
from kring.access.permissions import Permission
from kring.design.addresses import address
from kring.design.shells import NavItem

MOST_PLACES = 7


@dataclass(frozen=True)
class Place:
    """A page to go to: its word, the name of its address, who may open it, and its icon."""

    label: str
    name: str
    permission: Permission
    icon: str = ""
    lead: str = ""


STAFF = (
    Place(
        _("Arbetslista"),
        "worklist",
        Permission.SEE_WORKLIST,
        "list",
        _("Vad som ska göras, för vem och när."),
    ),
    Place(
        _("Dagens besök"),
        "unit-visits",
        Permission.SEE_UNIT_LIST,
        "today",
        _("Vilka som kommer till enheten, när och till vem."),
    ),
    Place(
        _("Barn"), "children", Permission.SEARCH_CHILD, "search", _("Sök ett barn som du möter i arbetet.")
    ),
    Place(_("Möten"), "meetings", Permission.HOLD_MEETING, "together", _("Kallelser, möten och svar.")),
    Place(
        _("Meddelanden"),
        "messages",
        Permission.ANSWER_MESSAGES,
        "message",
        _("Vad familjer har skrivit till er, och när ni har lovat svar."),
    ),
    Place(
        _("Min vecka"),
        "my-week",
        Permission.SEE_WORKLIST,
        "calendar",
        _("Barn som ingen har rört på länge, och snart 13, 16 eller 18."),
    ),
    Place(
        _("Orosanmälningar"),
        "concerns-received",
        Permission.HANDLE_CONCERN,
        "flag",
        _("Anteckningar om oro som har lämnats till er."),
    ),
    Place(
        _("Begäran om hävning"),
        "lift-requests",
        Permission.LIFT_BLOCK,
        "unlock",
        _("Andra som ber om att en spärr hävs."),
    ),
    Place(
        _("Nödöppningar"),
        "emergency-reviews",
        Permission.REVIEW_LOG,
        "alert",
        _("Nödöppningar som ska granskas."),
    ),
    Place(
        _("Inläsning"),
        "imports",
        Permission.IMPORT_RECORDS,
        "upload",
        _("Läs in uppgifter från andra system."),
    ),
    Place(
        _("Loggranskning"),
        "log-reviews",
        Permission.REVIEW_LOG,
        "shield",
        _("Vem som har öppnat vad, och frågor från familjer."),
    ),
    Place(
        _("Datastatus"),
        "data-status",
        Permission.SEE_FOLLOW_UP,
        "info",
        _("Vilka uppgifter siffrorna vilar på, och om något ser konstigt ut."),
    ),
    Place(
        _("Mått"),
        "indicator-catalogue",
        Permission.SEE_FOLLOW_UP,
        "list",
        _("Vad varje mått betyder, vem som ansvarar och när det ses över."),
    ),
    Place(
        _("Styrdiagram"),
        "chart-summary",
        Permission.SEE_FOLLOW_UP,
        "vary",
        _("Vad som är mer än slump, om målen nås, och vad som är bestämt om diagrammen."),
    ),
    Place(
        _("Utforska"),
        "explore",
        Permission.SEE_FOLLOW_UP,
        "search",
        _("Välj mått, år, kommun, kön och ålder, och hämta tabellen."),
    ),
    Place(
        _("Lägesrapporter"),
        "reports",
        Permission.SEE_FOLLOW_UP,
        "document",
        _("Gör, skriv och publicera lägesrapporten, och läs de tidigare."),
    ),
    Place(_("Körningar"), "jobs", Permission.SEE_JOBS, "hourglass", _("Följ arbeten som tar tid.")),
    Place(_("Utskick"), "outbox", Permission.SEE_OUTBOX, "bell", _("Hur mejl och sms går iväg.")),
)
GUARDIAN = (
    Place(_("Hem"), "family-home", Permission.SEE_OWN_FAMILY, "home"),
    Place(_("Planen"), "family-plan", Permission.SEE_OWN_FAMILY, "plan"),
    Place(_("Tider"), "family-times", Permission.SEE_OWN_FAMILY, "calendar"),
)
CHILD = (
    Place(_("Min sida"), "child-home", Permission.SEE_OWN_PAGES, "home"),
    Place(_("Min plan"), "child-plan", Permission.SEE_OWN_PAGES, "plan"),
    Place(_("Mina möten"), "child-meeting", Permission.SEE_OWN_PAGES, "together"),
    Place(_("Mina vuxna"), "child-adults", Permission.SEE_OWN_PAGES, "people"),
)
_BY_ROLE = {"guardian": GUARDIAN, "child": CHILD}


@dataclass(frozen=True)
class OpenPlace:
    """A page for everybody: its word and the name of its address."""

    label: str
    name: str


OPEN = (
    OpenPlace(_("Så mår barn och unga"), "figures"),
    OpenPlace(_("Kommuner"), "figure-all-places"),
    OpenPlace(_("Lägesrapporter"), "situation-reports"),
    OpenPlace(_("Ladda ner"), "figure-downloads"),
)


def open_navigation(path: str) -> tuple[NavItem, ...]:
    """The places of the open pages; none where one has not come there to read figures."""
    places = [(str(one.label), address(one.name)) for one in OPEN]
    here = max((href for _label, href in places if href and path.startswith(href)), key=len, default="")
    return tuple(NavItem(label=label, href=href, current=href == here) for label, href in places if href)


def places_of(actor: Actor) -> list[tuple[Place, str]]:
    """The places that are open to an actor, with their addresses."""
    table = _BY_ROLE.get(actor.role, STAFF)
    found = [(place, address(place.name)) for place in table if actor.may(place.permission)]
    return [(place, href) for place, href in found if href][:MOST_PLACES]


def navigation(actor: Actor, path: str) -> tuple[NavItem, ...]:
    """The main navigation as links; the place that the page at `path` belongs to is the current one."""
    places = places_of(actor)
    here = max((href for _place, href in places if path.startswith(href)), key=len, default="")
    return tuple(
        NavItem(label=str(place.label), href=href, icon=place.icon, current=href == here)
        for place, href in places
    )


def home_of(actor: Actor) -> str:
    """Where an actor's day begins: the first place, or the plain home page."""
    places = places_of(actor)
    return places[0][1] if places else reverse("home")
