"""The record as ready strings."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kring.access.actors import Actor
from kring.access.permissions import Permission
from kring.care.record.presenters import code_word, fields_of, when
from kring.care.record.queries import Hidden, OneEntry, Reach, RecordPage, Row
from kring.design import days
from kring.portal.staff.words import event_word
from kring.timeline.models import Event

BLOCKED = "blocked"
DOORS = {Reach.UNITS: "record-units", Reach.PROVIDERS: "record-providers"}


@dataclass(frozen=True)
class EntryRow:
    """One entry as a row; no `href` when there is nothing behind it. `when` and `unit` say «Dolt» when they
    are.
    """

    when: str
    iso: str
    what: str
    kind: str
    value: str
    unit: str
    source: str
    href: str


@dataclass(frozen=True)
class Notice:
    """What may be said of entries that are not shown, and where an active choice is made ("": nowhere)."""

    kind: str
    text: str
    action: str = ""
    href: str = ""


def rows(found: RecordPage) -> list[EntryRow]:
    """The page's entries."""
    return [_row(one, found.child.pk) for one in found.rows]


def _row(one: Row, child_id: UUID) -> EntryRow:
    event, data = one.event, one.event.data or {}
    href = ""
    if "resource" in data:
        href = reverse("record-entry", kwargs={"child_id": child_id, "event_id": event.pk})
    return EntryRow(
        when=_("Dolt") if one.masked else moment(event),
        iso="" if one.masked else event.effective_at.isoformat(),
        what=event.title or event_word(event.kind),
        kind=event_word(event.kind),
        value=data.get("value") or code_word(data.get("state", "")),
        unit=unit_of(event, one.masked),
        source=one.source,
        href=href,
    )


def moment(event: Event) -> str:
    """When it was, no more exactly than it was written."""
    return when(event.effective_at, (event.data or {}).get("precision", "time"))


def unit_of(event: Event, masked: bool) -> str:
    """The documenting unit, unless it could tell where a protected child is found."""
    if masked:
        return _("Dolt")
    return event.unit.name if event.unit else ""


def count(found: RecordPage, size: int) -> str:
    """«Visar 51–100 av 203 poster.»"""
    if found.pages == 1:
        return ngettext("%(n)s post.", "%(n)s poster.", found.total) % {"n": found.total}
    first = (found.page - 1) * size + 1
    last = first + len(found.rows) - 1
    return _("Visar %(first)s–%(last)s av %(all)s poster.") % {
        "first": first,
        "last": last,
        "all": found.total,
    }


def notices(hidden: Hidden, child_id: UUID) -> list[Notice]:
    """What may be said of the rest; no unit and no provider is named."""
    words = _words()
    held = [(Reach.UNITS, reason) for reason in sorted(hidden.units)]
    held += [(Reach.PROVIDERS, reason) for reason in sorted(hidden.providers)]
    return [_notice(reach, reason, words[reach, reason], child_id) for reach, reason in held]


def _notice(reach: Reach, reason: str, text: str, child_id: UUID) -> Notice:
    if reason != "choice":
        return Notice("lock" if reason == "blocked" else "info", text)
    action = {
        Reach.UNITS: _("Visa andra enheters uppgifter"),
        Reach.PROVIDERS: _("Visa andra vårdgivares uppgifter"),
    }
    return Notice("info", text, action[reach], reverse(DOORS[reach], kwargs={"child_id": child_id}))


def _words() -> dict[tuple[Reach, str], str]:
    return {
        (Reach.UNITS, "choice"): _(
            "Det finns uppgifter hos andra enheter hos din vårdgivare. De visas när du har gjort ett aktivt "
            "val."
        ),
        (Reach.UNITS, "consent"): _("Det finns uppgifter hos andra enheter. De visas inte utan samtycke."),
        (Reach.UNITS, "blocked"): _(
            "Det finns spärrade uppgifter hos din vårdgivare. En behörig person kan häva spärren när barnet "
            "samtycker."
        ),
        (Reach.PROVIDERS, "choice"): _(
            "Det finns uppgifter hos en annan vårdgivare. Ett aktivt val behövs innan de kan visas."
        ),
        (Reach.PROVIDERS, "consent"): _(
            "Det finns uppgifter hos en annan vårdgivare. De visas inte, eftersom det saknas ett samtycke."
        ),
        (Reach.PROVIDERS, "blocked"): _(
            "Det finns spärrade uppgifter hos en annan vårdgivare. De visas aldrig här."
        ),
    }


def emergency_href(actor: Actor, found: RecordPage) -> str:
    """Where something closed can be opened in an emergency by the actor; empty when nowhere."""
    units = actor.may(Permission.LIFT_BLOCK) and BLOCKED in found.hidden.units
    if not actor.may(Permission.OPEN_EMERGENCY) or not (units or found.hidden.providers):
        return ""
    return reverse("child-emergencies", kwargs={"child_id": found.child.pk})


def chosen(choices: dict[str, str]) -> list[str]:
    """Which active choices hold now."""
    words = {Reach.UNITS: _("Du har valt att se andra enheters uppgifter.")}
    words[Reach.PROVIDERS] = _("Du har valt att se andra vårdgivares uppgifter.")
    return [words[reach] for reach in Reach if reach in choices]


def kinds(found: RecordPage, wanted: str) -> list[tuple[str, str, bool]]:
    """The types there is something of, as choices."""
    return [(kind, event_word(kind), kind == wanted) for kind in found.kinds]


def sources(found: RecordPage, wanted: str) -> list[tuple[str, str, bool]]:
    """The systems that have sent something of it, as choices."""
    return [(key, name, key == wanted) for key, name in found.sources.items()]


def facts(found: OneEntry) -> list[dict[str, str]]:
    """The entry's own facts on top of its content."""
    event = found.event
    told = [
        (_("Slag"), event_word(event.kind)),
        (_("När"), _("Dolt") if found.masked else moment(event)),
        (_("Enhet"), unit_of(event, found.masked)),
        (_("Källa"), _("Dolt") if found.masked else found.source),
        (_("Mottagen"), days.day_and_time(found.version.received_at)),
    ]
    return [{"label": label, "value": value} for label, value in told if value]


def content(found: OneEntry) -> list[Any]:
    """What the source wrote, element by element."""
    return fields_of(found.tree, masked=found.masked)


def versions(found: OneEntry) -> list[dict[str, Any]]:
    """The versions, newest first, each with its address; the one that is shown has none."""
    own = reverse("record-entry", kwargs={"child_id": found.child.pk, "event_id": found.event.pk})
    return [
        {
            "number": one.number,
            "received": days.day_and_time(one.received_at),
            "iso": one.received_at.isoformat(),
            "current": one.number == found.current,
            "href": "" if one.number == found.version.number else _address(own, one.number, found.current),
        }
        for one in found.versions
    ]


def _address(own: str, number: int, current: int) -> str:
    return own if number == current else f"{own}?version={number}"


def withheld(found: OneEntry) -> str:
    """Why there is a version that is not shown."""
    n = found.withheld
    if not n:
        return _("Det finns en tidigare version som är spärrad.") if found.blocked else ""
    said = ngettext(
        "%(n)s version visas inte, eftersom det inte går att se att den gäller samma barn.",
        "%(n)s versioner visas inte, eftersom det inte går att se att de gäller samma barn.",
        n,
    )
    return said % {"n": n}


def around(found: OneEntry) -> list[dict[str, str]]:
    """What the entry belongs with, as a short timeline."""
    return [_beside(one, found.child.pk) for one in found.around]


def _beside(one: Row, child_id: UUID) -> dict[str, str]:
    event = one.event
    return {
        "when": _("Dolt") if one.masked else moment(event),
        "iso": "" if one.masked else event.effective_at.isoformat(),
        "what": event.title or event_word(event.kind),
        "who": event_word(event.kind),
        "text": (event.data or {}).get("value", ""),
        "href": reverse("record-entry", kwargs={"child_id": child_id, "event_id": event.pk}),
    }
