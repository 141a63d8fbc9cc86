"""Notices and the outbox as ready strings."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from kring.access.actors import Actor
from kring.access.policy.catalogue import sentence
from kring.access.policy.notices import Receiver, quiet_hours_of
from kring.design import days
from kring.design.addresses import address
from kring.notifications.models import ContactWay, Delivery, Notice
from kring.notifications.queries import Outbox
from kring.notifications.rules import TELLINGS

AT_WORK = {
    **dict.fromkeys(("summons_sent", "summons_answered", "summons_declined"), ("summons", "summons_id")),
    "meeting_cancelled": ("summons", "summons_id"),
    **dict.fromkeys(("plan_established", "plan_version"), ("plan-version", "version_id")),
    **dict.fromkeys(("consent_answered", "consent_withdrawn", "consent_ended"), ("plan-page", "plan_id")),
    "plan_requested": ("plan-page", "plan_id"),
    **dict.fromkeys(("same_day_asked", "same_day_answered", "visit_cancelled"), ("child-contacts", "")),
}
IN_FAMILY = {
    "summons_sent": ("family-summons", "summons_id"),
    "consent_asked": ("family-consent", "plan_id"),
    "consent_ended": ("family-consent", "plan_id"),
    **dict.fromkeys(("plan_established", "plan_version"), ("family-acknowledge", "version_id")),
    **dict.fromkeys(
        ("visit_moved", "visit_cancelled", "same_day_asked", "same_day_answered"), ("family-times", "")
    ),
}
"""Which page an act leads to, and what it is named by there; what is not here leads to the child."""


@dataclass(frozen=True)
class NoticeRow:
    """One notice in the list."""

    id: UUID
    words: str
    when: str
    iso: str
    is_new: bool
    href: str


def rows(found: list[Notice]) -> list[NoticeRow]:
    """The list, newest first."""
    return [
        NoticeRow(
            id=one.pk,
            words=str(TELLINGS[one.act].sentence),
            when=days.day_and_time(one.made_at),
            iso=one.made_at.isoformat(),
            is_new=one.read_at is None,
            href=reverse("notice", kwargs={"notice_id": one.pk}),
        )
        for one in found
    ]


def leads_to(notice: Notice, actor: Actor) -> str:
    """The page that a notice is about, which asks the gate for itself."""
    if not actor.is_staff:
        name, key = IN_FAMILY.get(notice.act, ("family-child", ""))
        return address(name, child_id=notice.child_id, **({key: notice.about} if key else {}))
    name, key = AT_WORK.get(notice.act, ("child", ""))
    return address(name, **{key or "child_id": notice.about if key else notice.child_id})


def first(chosen: dict[str, ContactWay], email: str) -> dict[str, Any]:
    """What the form begins with: what was chosen before, and the address that is known."""
    begun: dict[str, Any] = {"email": email}
    for way, row in chosen.items():
        begun |= {way: row.address, f"{way}_topics": row.topics}
    return begun


def quiet_words(actor: Actor) -> str:
    """When nothing is sent, in words; "" for whoever has no quiet hours."""
    receiver = Receiver.STAFF if actor.is_staff else Receiver.GUARDIAN
    hours = quiet_hours_of(receiver, actor.today)
    if hours is None:
        return ""
    times = {"starts": f"{hours.starts:%H.%M}", "ends": f"{hours.ends:%H.%M}"}
    return _("Mellan kl. %(starts)s och %(ends)s skickas inget. Det kommer på morgonen i stället.") % times


@dataclass(frozen=True)
class OutboxRow:
    """How many are in one state by one way."""

    way: str
    state: str
    n: int
    tone: str


TONES = {"waiting": "wait", "taken": "info", "sent": "good", "stopped": "lock", "given_up": "late"}


def outbox_rows(found: Outbox) -> list[OutboxRow]:
    """Every way and state that there is something of."""
    words = dict(Delivery.State.choices)
    return [
        OutboxRow(_way(way), str(words[state]), n, TONES[state]) for (way, state), n in found.counts.items()
    ]


def _way(way: str) -> str:
    return {"email": _("Mejl"), "sms": _("Sms")}[way]


def troubles(found: Outbox) -> list[dict[str, Any]]:
    """The latest that did not go at once, and why; of nobody."""
    words = dict(Delivery.State.choices)
    return [
        {
            "way": _way(row.way),
            "state": str(words[row.state]),
            "tone": TONES[row.state],
            "why": _why(row.reason),
            "tries": row.attempts,
            "when": days.day_and_time(row.ended_at or row.not_before),
        }
        for row in found.troubled
    ]


def _why(reason: str) -> str:
    known = {
        "read": _("Läst i Kring innan det skickades."),
        "Refused": _("Mottagarens server tar inte emot."),
    }
    return known.get(reason) or (sentence(reason) if "." in reason else _("Fel: %(kind)s") % {"kind": reason})


def oldest(found: Outbox) -> str:
    """«Äldsta som väntar: …», or that nothing waits."""
    if found.oldest is None:
        return _("Inget väntar på att skickas.")
    return _("Det äldsta som väntar skulle ha skickats %(when)s.") % {"when": days.day_and_time(found.oldest)}
