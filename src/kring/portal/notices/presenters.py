"""Notices and the outbox as ready strings."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kring.access.actors import Actor
from kring.access.policy.catalogue import sentence
from kring.access.policy.notices import Receiver, Way, code_limits, quiet_hours_of
from kring.design import days
from kring.design.addresses import address
from kring.notifications.delivery import CODE_OVER
from kring.notifications.models import ContactWay, Delivery, Notice
from kring.notifications.queries import AddressState, Outbox
from kring.notifications.rules import TELLINGS, CodeRefused, words_of

from .forms import EVERYTHING

AT_WORK = {
    **dict.fromkeys(("summons_sent", "summons_answered", "summons_declined"), ("summons", "summons_id")),
    **dict.fromkeys(("meeting_moved", "meeting_cancelled"), ("summons", "summons_id")),
    **dict.fromkeys(("times_asked", "times_answered"), ("summons-times", "summons_id")),
    **dict.fromkeys(("plan_established", "plan_version"), ("plan-version", "version_id")),
    **dict.fromkeys(("consent_answered", "consent_withdrawn", "consent_ended"), ("plan-page", "plan_id")),
    **dict.fromkeys(("plan_requested", "family_wrote"), ("plan-page", "plan_id")),
    "evaluation_sent": ("plan-follow-ups", "plan_id"),
    "preparation_sent": ("plan-meetings", "plan_id"),
    **dict.fromkeys(("same_day_asked", "same_day_answered", "visit_cancelled"), ("child-contacts", "")),
    "message_received": ("message-thread", "thread_id"),
}
IN_FAMILY = {
    **dict.fromkeys(("summons_sent", "meeting_moved"), ("family-summons", "summons_id")),
    "times_asked": ("family-meeting-times", "summons_id"),
    "consent_asked": ("family-consent", "plan_id"),
    "consent_ended": ("family-consent", "plan_id"),
    **dict.fromkeys(("plan_established", "plan_version"), ("family-acknowledge", "version_id")),
    **dict.fromkeys(
        ("visit_moved", "visit_cancelled", "same_day_asked", "same_day_answered"), ("family-times", "")
    ),
    "message_answered": ("family-thread", "thread_id"),
    **dict.fromkeys(("proposal_answered", "time_answered"), ("family-asked", "")),
    "reading_answered": ("family-readings", ""),
    "plan_closed": ("family-evaluate", "plan_id"),
}
ON_OWN_PAGES = {
    **dict.fromkeys(("summons_sent", "meeting_moved", "meeting_cancelled"), ("child-meeting", "")),
    **dict.fromkeys(("visit_moved", "visit_cancelled"), ("child-meeting", "")),
    **dict.fromkeys(("plan_established", "plan_version"), ("child-plan", "")),
    **dict.fromkeys(("consent_asked", "consent_ended"), ("young-consent", "plan_id")),
    "message_answered": ("young-thread", "thread_id"),
    "reading_answered": ("young-readings", ""),
    "record_answered": ("young-ask", ""),
    "said_answered": ("child-say", ""),
    "plan_closed": ("child-evaluate", ""),
}
"""Which page an act leads to, and what it is named by there; what is not here leads to the child."""


def receiver(actor: Actor) -> Receiver:
    """As what the actor is told."""
    if actor.is_staff:
        return Receiver.STAFF
    return Receiver.CHILD if actor.child_id else Receiver.GUARDIAN


def is_young(actor: Actor) -> bool:
    """Whether the words are for the child itself."""
    return receiver(actor) == Receiver.CHILD


@dataclass(frozen=True)
class NoticeRow:
    """One notice in the list."""

    id: UUID
    words: str
    when: str
    iso: str
    is_new: bool
    href: str


def rows(found: list[Notice], actor: Actor) -> list[NoticeRow]:
    """The list, newest first."""
    return [
        NoticeRow(
            id=one.pk,
            words=TELLINGS[one.act].said_to(receiver(actor)),
            when=days.day_and_time(one.made_at),
            iso=one.made_at.isoformat(),
            is_new=one.read_at is None,
            href=reverse("notice", kwargs={"notice_id": one.pk}),
        )
        for one in found
    ]


def leads_to(notice: Notice, actor: Actor) -> str:
    """The page that a notice is about, which asks the gate for itself."""
    if is_young(actor):
        name, key = ON_OWN_PAGES.get(notice.act, ("child-home", ""))
        return reverse(name, kwargs={key: notice.about} if key else {})
    if not actor.is_staff:
        name, key = IN_FAMILY.get(notice.act, ("family-child", ""))
        return address(name, child_id=notice.child_id, **({key: notice.about} if key else {}))
    name, key = AT_WORK.get(notice.act, ("child", ""))
    return address(name, **{key or "child_id": notice.about if key else notice.child_id})


def first(chosen: dict[str, ContactWay], email: str, actor: Actor) -> dict[str, Any]:
    """What the form begins with: what was chosen before, and the address that is known. The young write their
    own: the one that is known of them may be a guardian's.
    """
    young = is_young(actor)
    begun: dict[str, Any] = {} if young else {"email": email}
    for way, row in chosen.items():
        begun |= {way: row.address, f"{way}_topics": [EVERYTHING] if young else row.topics}
    return begun


@dataclass(frozen=True)
class WaysWords:
    """What the page about ways says: what a letter holds, when none leaves, and why none ever does, or "".
    `back`: what the list is called.
    """

    back: str
    lead: str
    letter: str
    says_nothing: str
    quiet: str
    closed: str


def ways_words(actor: Actor, closed_by: str) -> WaysWords:
    """In words for whoever reads; `closed_by`: the rule by which nothing at all is sent."""
    young = is_young(actor)
    lead = _("Listan i Kring fylls alltid på. Här väljer du om du också vill ha mejl eller sms.")
    nothing = _("Det står aldrig något namn, någon plats eller någon tid, och det finns ingen länk.")
    if young:
        lead = _(
            "Det som är nytt står alltid här i Kring. Vill du också ha mejl eller sms väljer du det här."
        )
        nothing = _("Det står inte vad det gäller och inte från vem. Ingen vårdnadshavare får det.")
    closed = CodeRefused.because(closed_by).message if closed_by else ""
    return WaysWords(
        list_words(actor)[0], lead, words_of("", to_child=young)[1], nothing, quiet_words(actor), closed
    )


def list_words(actor: Actor) -> tuple[str, str]:
    """The heading of the list, and what it says under it."""
    if is_young(actor):
        return _("Nytt för dig"), _("Det som är nytt för dig står här. Öppna för att läsa.")
    lead = _("En avisering säger aldrig vem eller vad den handlar om. Öppna den för att läsa.")
    return _("Aviseringar"), lead


def quiet_words(actor: Actor) -> str:
    """When nothing is sent, in words; "" for whoever has no quiet hours."""
    hours = quiet_hours_of(receiver(actor), actor.today)
    if hours is None:
        return ""
    times = {"starts": f"{hours.starts:%H.%M}", "ends": f"{hours.ends:%H.%M}"}
    return _("Mellan kl. %(starts)s och %(ends)s skickas inget. Det kommer på morgonen i stället.") % times


@dataclass(frozen=True)
class AddressWords:
    """One chosen address: how it stands, and the page where its code is written; no page when there is no
    code to write.
    """

    label: str
    address: str
    state: str
    tone: str
    icon: str
    href: str
    go: str


def addresses(found: Mapping[str, tuple[ContactWay, AddressState]]) -> list[AddressWords]:
    """Every chosen address, mail first."""
    return [address_words(row, state) for _way_name, (row, state) in sorted(found.items())]


def address_words(row: ContactWay, state: AddressState) -> AddressWords:
    """One of them."""
    words, tone, mark = STATES[state]
    open_yet = needs_code(state)
    href = reverse("notice-code", kwargs={"way": row.way}) if open_yet else ""
    go = _("Skriv koden") if state == AddressState.WAITING else _("Be om en ny kod")
    return AddressWords(_way(row.way), row.address, str(words), tone, mark, href, go)


def needs_code(state: AddressState) -> bool:
    """Whether an address is still to be confirmed."""
    return state in (AddressState.WAITING, AddressState.OVER)


STATES = {
    AddressState.WAITING: (gettext_lazy("Väntar på kod"), "wait", "hourglass"),
    AddressState.CONFIRMED: (gettext_lazy("Bekräftad"), "good", "check"),
    AddressState.OVER: (gettext_lazy("Koden gick ut"), "late", "alert"),
    AddressState.SHARED: (gettext_lazy("En vårdnadshavare har den också: inget skickas dit"), "lock", "lock"),
}


def waits_for(found: Mapping[str, tuple[ContactWay, AddressState]]) -> str:
    """Where to go after saving: to the first code that waits, else back."""
    waiting = (way for way, (_row, state) in sorted(found.items()) if state == AddressState.WAITING)
    way = next(waiting, None)
    return reverse("notice-code", kwargs={"way": way}) if way else reverse("notice-ways")


@dataclass(frozen=True)
class CodePage:
    """The page where a code is written. `lead` says where it went and how long it holds; `opens`: it can be
    written here.
    """

    about: AddressWords
    title: str
    lead: str
    opens: bool
    again_href: str


def code_page(row: ContactWay, state: AddressState, today: date) -> CodePage:
    """The page about one address that is not confirmed."""
    limits, opens = code_limits(today), state == AddressState.WAITING
    minutes = int(limits.holds.total_seconds() // 60)
    values = {"address": row.address, "n": limits.digits, "minutes": minutes}
    return CodePage(
        about=address_words(row, state),
        title=_("Bekräfta mejladressen") if row.way == Way.EMAIL else _("Bekräfta mobilnumret"),
        lead=(SENT if opens else WENT_OUT) % values,
        opens=opens,
        again_href=reverse("notice-code-new", kwargs={"way": row.way}),
    )


SENT = gettext_lazy(
    "En kod på %(n)s siffror är skickad till %(address)s. Den gäller i %(minutes)s minuter. "
    "Innan adressen är bekräftad skickas inget annat dit."
)
WENT_OUT = gettext_lazy(
    "Koden till %(address)s går inte att använda längre. Be om en ny, så skickas den direkt."
)


def wrong(way: Way) -> str:
    """What is said of a code that is not the one."""
    if way == Way.EMAIL:
        return _("Koden stämmer inte. Skriv den som står i det senaste mejlet.")
    return _("Koden stämmer inte. Skriv den som står i det senaste sms:et.")


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
        CODE_OVER: _("Koden gick ut innan den hann skickas."),
        "Refused": _("Mottagarens server tar inte emot."),
    }
    return known.get(reason) or (sentence(reason) if "." in reason else _("Fel: %(kind)s") % {"kind": reason})


def oldest(found: Outbox) -> str:
    """«Äldsta som väntar: …», or that nothing waits."""
    if found.oldest is None:
        return _("Inget väntar på att skickas.")
    return _("Det äldsta som väntar skulle ha skickats %(when)s.") % {"when": days.day_and_time(found.oldest)}
