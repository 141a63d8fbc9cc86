"""Which act tells whom, in which words, and how long to wait before trying again."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from types import MappingProxyType
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from kring.access.permissions import Permission
from kring.access.policy.notices import Receiver, Way
from kring.access.refusals import FromTable


class Topic(StrEnum):
    """What a person can choose to be told about outside Kring."""

    MEETINGS = "meetings"
    PLAN = "plan"
    CONSENT = "consent"
    QUESTIONS = "questions"
    MESSAGES = "messages"


TOPICS: Mapping[Topic, Any] = MappingProxyType(
    {
        Topic.MEETINGS: _("Möten och tider"),
        Topic.PLAN: _("Planen"),
        Topic.CONSENT: _("Samtycke"),
        Topic.QUESTIONS: _("Frågor och påminnelser"),
        Topic.MESSAGES: _("Meddelanden"),
    }
)

OUTSIDE_SUBJECT = _("Du har något nytt i Kring")
OUTSIDE = _("Du har något nytt i Kring. Logga in som du brukar för att läsa.")
"""All that a mail or a text message ever says, but for the code that confirms an address."""
CODE_SUBJECT = _("Din kod till Kring")
CODE_TEXT = _("Din kod är %(code)s. Skriv den i Kring. Har du inte bett om den kan du strunta i det här.")
YOUNG_SUBJECT = _("Du har något nytt")
YOUNG = _("Du har något nytt. Logga in som du brukar för att läsa.")
"""To the child itself it does not say from whom either: somebody may look over its shoulder (J5.4)."""
YOUNG_CODE_SUBJECT = _("Din kod")
YOUNG_CODE_TEXT = _("Din kod är %(code)s. Har du inte bett om den kan du strunta i det här.")


def words_of(code: str, *, to_child: bool) -> tuple[str, str]:
    """Subject and text of a letter: that there is something new, or the digits that were asked for."""
    if code:
        subject, text = (YOUNG_CODE_SUBJECT, YOUNG_CODE_TEXT) if to_child else (CODE_SUBJECT, CODE_TEXT)
        return str(subject), str(text) % {"code": code}
    return (str(YOUNG_SUBJECT), str(YOUNG)) if to_child else (str(OUTSIDE_SUBJECT), str(OUTSIDE))


@dataclass(frozen=True)
class Telling:
    """One row: this act is told to these. `sentence` stands in the person's own list, behind the log-in; it
    has no place for a name, a unit, a time or a place. `to_you`: the child's own words for it, where they
    are others.
    """

    id: str
    act: str
    to: frozenset[Receiver]
    topic: Topic
    permission: Permission
    sentence: Any
    to_you: Any = ""

    def said_to(self, receiver: Receiver) -> str:
        """What stands in the receiver's list."""
        return str(self.to_you or self.sentence) if receiver == Receiver.CHILD else str(self.sentence)


STAFF, GUARDIANS, YOUNG_ONE = (frozenset({one}) for one in Receiver)
BOTH, FAMILY = STAFF | GUARDIANS, GUARDIANS | YOUNG_ONE
ALL = STAFF | FAMILY
PLAN, VISIT, WORD = Permission.SEE_PLAN, Permission.SEE_APPOINTMENTS, Permission.SEE_MESSAGES
RECORD, OWN = Permission.SEE_OWN_RECORD, Permission.SEE_OWN_PAGES
MEET, READ, SHARE, ASK, WRITE = Topic.MEETINGS, Topic.PLAN, Topic.CONSENT, Topic.QUESTIONS, Topic.MESSAGES

_TABLE = (
    Telling(
        "N01",
        "summons_sent",
        ALL,
        MEET,
        PLAN,
        _("Du är inbjuden till ett möte. Öppna för att svara."),
        _("Du är inbjuden till ett möte. Öppna för att läsa och förbereda dig."),
    ),
    Telling("N02", "summons_answered", STAFF, MEET, PLAN, _("Någon har svarat på en kallelse.")),
    Telling("N03", "summons_declined", STAFF, MEET, PLAN, _("Någon kan inte komma till ett möte.")),
    Telling("N04", "meeting_cancelled", ALL, MEET, PLAN, _("Ett möte är inställt.")),
    Telling("N05", "visit_moved", FAMILY, MEET, VISIT, _("En bokad tid har ändrats.")),
    Telling("N06", "visit_cancelled", ALL, MEET, VISIT, _("En bokad tid är avbokad.")),
    Telling(
        "N07",
        "consent_asked",
        FAMILY,
        SHARE,
        PLAN,
        _("Du har fått en fråga om samtycke."),
        _("Det finns en fråga till dig om vem som får se din plan."),
    ),
    Telling("N08", "consent_answered", STAFF, SHARE, PLAN, _("Någon har svarat om samtycke.")),
    Telling("N09", "consent_withdrawn", STAFF, SHARE, PLAN, _("Ett samtycke är återtaget.")),
    Telling(
        "N10",
        "consent_ended",
        ALL,
        SHARE,
        PLAN,
        _("Ett samtycke har gått ut."),
        _("Ett ja till vem som får se din plan har gått ut."),
    ),
    Telling(
        "N11",
        "plan_established",
        ALL,
        READ,
        PLAN,
        _("En plan är fastställd. Läs och bekräfta."),
        _("Din plan är klar. Öppna för att läsa."),
    ),
    Telling(
        "N12",
        "plan_version",
        ALL,
        READ,
        PLAN,
        _("En plan har ändrats. Läs och bekräfta."),
        _("Din plan har ändrats. Öppna för att läsa."),
    ),
    Telling("N13", "plan_requested", STAFF, ASK, PLAN, _("Någon har bett om en gemensam plan.")),
    Telling("N14", "reminder", BOTH, ASK, PLAN, _("Någon väntar på svar från dig.")),
    Telling("N15", "same_day_asked", BOTH, ASK, VISIT, _("Någon föreslår att besök samlas på en dag.")),
    Telling("N16", "same_day_answered", BOTH, ASK, VISIT, _("En fråga om att samla besök har fått svar.")),
    Telling("N17", "family_asked", STAFF, ASK, PLAN, _("Familjen har frågat något.")),
    Telling("N18", "message_received", STAFF, WRITE, WORD, _("Det finns ett nytt meddelande att svara på.")),
    Telling("N19", "message_answered", FAMILY, WRITE, WORD, _("Du har ett nytt meddelande.")),
    Telling("N20", "reading_answered", FAMILY, ASK, RECORD, _("En fråga som du har ställt har fått svar.")),
    Telling(
        "N21",
        "meeting_moved",
        ALL,
        MEET,
        PLAN,
        _("Ett möte är flyttat. Öppna för att svara igen."),
        _("Ett möte är flyttat. Öppna för att läsa."),
    ),
    Telling("N22", "record_answered", YOUNG_ONE, ASK, OWN, _("Du har fått svar på om du får läsa mer.")),
    Telling("N23", "preparation_sent", STAFF, MEET, PLAN, _("Ett barn har förberett sig för sitt möte.")),
    Telling("N24", "proposal_answered", GUARDIANS, ASK, PLAN, _("Ditt förslag har fått svar.")),
    Telling("N25", "time_answered", GUARDIANS, ASK, VISIT, _("Din fråga om en tid har fått svar.")),
    Telling("N26", "said_answered", YOUNG_ONE, ASK, OWN, _("Du har fått svar på det du sa.")),
    Telling("N27", "times_asked", BOTH, MEET, PLAN, _("Någon frågar vilka mötestider som passar.")),
    Telling("N28", "times_answered", STAFF, MEET, PLAN, _("Någon har svarat vilka mötestider som passar.")),
    Telling("N31", "family_wrote", STAFF, READ, PLAN, _("Familjen har skrivit i planen.")),
    Telling(
        "N32", "evaluation_sent", STAFF, READ, PLAN, _("Någon i familjen har svarat hur det gick med planen.")
    ),
    Telling(
        "N33",
        "plan_closed",
        FAMILY,
        READ,
        PLAN,
        _("En plan är avslutad. Du får säga hur det gick."),
        _("Din plan är slut. Du får säga hur det gick."),
    ),
    Telling(
        "N34", "promise_near", STAFF, ASK, PLAN, _("Någon väntar på svar, och tiden ni lovat är snart ute.")
    ),
)

TELLINGS: Mapping[str, Telling] = MappingProxyType({row.act: row for row in _TABLE})


def topics_for(receiver: Receiver) -> list[Topic]:
    """What a receiver is ever told about."""
    return [topic for topic in Topic if any(receiver in row.to for row in _TABLE if row.topic == topic)]


def receiver_of(child_person_id: UUID | None, person_id: UUID, unit_id: UUID | None) -> Receiver:
    """As what somebody is told about a child: at work, as the child itself, or as its guardian."""
    if unit_id:
        return Receiver.STAFF
    return Receiver.CHILD if person_id == child_person_id else Receiver.GUARDIAN


def same_address(way: Way, one: str, other: str) -> bool:
    """Whether two written addresses lead to the same place: «070-123 45 67» and «+46701234567» do."""
    return bool(one) and _plain(way, one) == _plain(way, other)


def _plain(way: Way, address: str) -> str:
    if way == Way.EMAIL:
        return address.strip().casefold()
    digits = "".join(sign for sign in address if sign.isdigit())
    abroad = address.strip().startswith("+")
    country = "46" if abroad else "0046"
    return "0" + digits.removeprefix(country).lstrip("0") if digits.startswith(country) else digits


class CodeRefused(FromTable):
    """No code is sent."""

    table: Mapping[str, tuple[str, Any]] = MappingProxyType(
        {
            "too_many_codes": ("", _("Du har bett om många koder på kort tid. Vänta till i morgon.")),
            "protected": ("", _("Du har skyddade uppgifter. Därför skickas inget till dig.")),
            "young": ("", _("Du är inte gammal nog för att få mejl eller sms från Kring än.")),
            "shared": (
                "",
                _("En vårdnadshavare har den adressen eller det numret. Skriv något som bara du läser."),
            ),
        }
    )
    rules: Mapping[str, str] = MappingProxyType(
        {one: f"notices.code.{one}" for one in ("protected", "young", "shared")}
    )

    @classmethod
    def because(cls, rule_id: str) -> "CodeRefused":
        """By a rule of `CODE_SENT`."""
        by_rule = {rule: code for code, rule in cls.rules.items()}
        return cls(by_rule.get(rule_id, "too_many_codes"))


BACKOFF = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 30, 120, 360, 720, 1440))
"""How long to wait after each try; after the last one it is given up and shows on the outbox page."""
LOST_AFTER = timedelta(minutes=3)
"""In somebody's hands for so long: that worker is gone. Longer than any server is waited for."""


def try_again_at(attempts: int, now: datetime) -> datetime | None:
    """When to try again after so many tries; None when it is time to give up."""
    return now + BACKOFF[attempts - 1] if attempts <= len(BACKOFF) else None
