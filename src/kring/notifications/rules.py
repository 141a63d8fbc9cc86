"""Which act tells whom, in which words, and how long to wait before trying again."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from types import MappingProxyType
from typing import Any

from django.utils.translation import gettext_lazy as _

from kring.access.permissions import Permission
from kring.access.policy.notices import Receiver
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


@dataclass(frozen=True)
class Telling:
    """One row: this act is told to these. `sentence` stands in the person's own list, behind the log-in; it
    has no place for a name, a unit, a time or a place.
    """

    id: str
    act: str
    to: frozenset[Receiver]
    topic: Topic
    permission: Permission
    sentence: Any


STAFF, FAMILY = frozenset({Receiver.STAFF}), frozenset({Receiver.GUARDIAN})
BOTH = STAFF | FAMILY
PLAN, VISIT, WORD = Permission.SEE_PLAN, Permission.SEE_APPOINTMENTS, Permission.SEE_MESSAGES
PAGES = Permission.SEE_OWN_FAMILY
MEET, READ, SHARE, ASK, WRITE = Topic.MEETINGS, Topic.PLAN, Topic.CONSENT, Topic.QUESTIONS, Topic.MESSAGES

_TABLE = (
    Telling("N01", "summons_sent", BOTH, MEET, PLAN, _("Du är inbjuden till ett möte. Öppna för att svara.")),
    Telling("N02", "summons_answered", STAFF, MEET, PLAN, _("Någon har svarat på en kallelse.")),
    Telling("N03", "summons_declined", STAFF, MEET, PLAN, _("Någon kan inte komma till ett möte.")),
    Telling("N04", "meeting_cancelled", BOTH, MEET, PLAN, _("Ett möte är inställt.")),
    Telling("N05", "visit_moved", FAMILY, MEET, VISIT, _("En bokad tid har ändrats.")),
    Telling("N06", "visit_cancelled", BOTH, MEET, VISIT, _("En bokad tid är avbokad.")),
    Telling("N07", "consent_asked", FAMILY, SHARE, PLAN, _("Du har fått en fråga om samtycke.")),
    Telling("N08", "consent_answered", STAFF, SHARE, PLAN, _("Någon har svarat om samtycke.")),
    Telling("N09", "consent_withdrawn", STAFF, SHARE, PLAN, _("Ett samtycke är återtaget.")),
    Telling("N10", "consent_ended", BOTH, SHARE, PLAN, _("Ett samtycke har gått ut.")),
    Telling("N11", "plan_established", BOTH, READ, PLAN, _("En plan är fastställd. Läs och bekräfta.")),
    Telling("N12", "plan_version", BOTH, READ, PLAN, _("En plan har ändrats. Läs och bekräfta.")),
    Telling("N13", "plan_requested", STAFF, ASK, PLAN, _("Någon har bett om en gemensam plan.")),
    Telling("N14", "reminder", BOTH, ASK, PLAN, _("Någon väntar på svar från dig.")),
    Telling("N15", "same_day_asked", BOTH, ASK, VISIT, _("Någon föreslår att besök samlas på en dag.")),
    Telling("N16", "same_day_answered", BOTH, ASK, VISIT, _("En fråga om att samla besök har fått svar.")),
    Telling("N17", "family_asked", STAFF, ASK, PLAN, _("Familjen har frågat något.")),
    Telling("N18", "message_received", STAFF, WRITE, WORD, _("Det finns ett nytt meddelande att svara på.")),
    Telling("N19", "message_answered", FAMILY, WRITE, WORD, _("Du har ett nytt meddelande.")),
    Telling("N20", "reading_answered", FAMILY, ASK, PAGES, _("En fråga som du har ställt har fått svar.")),
    Telling("N21", "meeting_moved", BOTH, MEET, PLAN, _("Ett möte är flyttat. Öppna för att svara igen.")),
    Telling("N23", "preparation_sent", STAFF, MEET, PLAN, _("Ett barn har förberett sig för sitt möte.")),
)

TELLINGS: Mapping[str, Telling] = MappingProxyType({row.act: row for row in _TABLE})


class CodeRefused(FromTable):
    """No code is sent."""

    table: Mapping[str, tuple[str, Any]] = MappingProxyType(
        {
            "too_many_codes": ("", _("Du har bett om många koder på kort tid. Vänta till i morgon.")),
            "protected": ("", _("Du har skyddade uppgifter. Därför skickas inget till dig.")),
        }
    )
    rules: Mapping[str, str] = MappingProxyType({"protected": "notices.code.protected"})


BACKOFF = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 30, 120, 360, 720, 1440))
"""How long to wait after each try; after the last one it is given up and shows on the outbox page."""
LOST_AFTER = timedelta(minutes=3)
"""In somebody's hands for so long: that worker is gone. Longer than any server is waited for."""


def try_again_at(attempts: int, now: datetime) -> datetime | None:
    """When to try again after so many tries; None when it is time to give up."""
    return now + BACKOFF[attempts - 1] if attempts <= len(BACKOFF) else None
