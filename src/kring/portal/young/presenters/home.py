"""S90: what comes next, the places, and what guardians see right now."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from kring.children.presenters import guardian_name
from kring.design import days
from kring.design.shells import NavItem

from .others import WORDS


@dataclass(frozen=True)
class Next:
    """The very next time."""

    when: str
    iso: str
    what: str
    where: str
    href: str
    label: str


@dataclass(frozen=True)
class Place:
    """A page to go to, with its line icon."""

    icon: str
    word: str
    href: str
    new: str = ""


@dataclass(frozen=True)
class HomePage:
    """The first page as strings."""

    name: str
    next: Next | None
    places: Sequence[Place]
    seen: Sequence[str]
    turning: str
    adult_care: bool
    readings_href: str
    decides: str = ""


def home_page(found: Any, name: str) -> HomePage:
    """The page; `found` is `queries.Home`."""
    return HomePage(
        name,
        _next(found),
        _places(found),
        [_seen(one) for one in found.guardians],
        turning_words(found.turning) if found.turning else "",
        found.adult_care,
        reverse("young-readings") if found.reads_record else "",
        reverse("young-consents") if found.decides else "",
    )


def turning_words(turning: Any) -> str:
    """«Det här ändras när du fyller 16»."""
    return _("Det här ändras när du fyller %(n)s") % {"n": turning.years}


def _next(found: Any) -> Next | None:
    meeting, visits = found.coming.meeting, found.coming.visits
    if meeting and not (visits and visits[0].starts_at < meeting.starts_at):
        return _time(meeting, _("Möte om planen (SIP)"), meeting.place, _("Förbered mötet"), "child-prepare")
    if not visits:
        return None
    first = visits[0]
    return _time(
        first, first.what or _("Besök"), first.unit.name, _("Se alla möten och tider"), "child-meeting"
    )


def _time(row: Any, what: str, where: str, label: str, name: str) -> Next:
    when = days.headline(row.starts_at)
    return Next(when, row.starts_at.isoformat(), what, where, reverse(name), label)


def _places(found: Any) -> list[Place]:
    table = (
        ("plan", _("Min plan"), "child-plan"),
        ("calendar", _("Mina möten och tider"), "child-meeting"),
        ("message", _("Meddelanden"), "young-messages"),
        ("eye", _("Vad andra ser"), "young-others"),
        *([("heart", _("Hur mår jag?"), "child-mood")] if found.asked else []),
        ("people", _("Mina vuxna"), "child-adults"),
    )
    new = {"young-messages": NavItem("", "", count=found.unread).badge}
    places = [Place(icon, word, reverse(name), new.get(name, "")) for icon, word, name in table]
    return [*places, _record(found)]


def _record(found: Any) -> Place:
    """To one's record when one may read it, else to asking for it."""
    if found.reads_record:
        return Place("book", _("Min journal"), reverse("young-record"))
    return Place("book", _("Jag vill läsa mer"), reverse("young-ask"))


def _seen(one: Any) -> str:
    name = guardian_name(one.guardian)
    words = [str(WORDS[cell.thing]) for cell in one.cells if cell.sees]
    if not words:
        return _("%(name)s ser inget av dina sidor.") % {"name": name}
    return _("%(name)s ser: %(what)s.") % {"name": name, "what": ", ".join(words)}
