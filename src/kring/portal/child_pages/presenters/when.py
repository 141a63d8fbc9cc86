"""The first page, and times in a child's words."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.urls import reverse

from kring import clock
from kring.design import days
from kring.design.pictures import picture_for
from kring.portal.child_pages.rules import EARLY

Words = Mapping[str, str]


@dataclass(frozen=True)
class Picked:
    """A picture with its words, and where it leads."""

    picture: str
    word: str
    href: str = ""


@dataclass(frozen=True)
class When:
    """A time in a child's words."""

    day: str
    nights: str
    time: str
    what: str = ""
    picture: str = ""
    place: str = ""


FEW = 4


def home_cards(words: Words, mode: str, *, asked: bool) -> list[list[Picked]]:
    """The places of the first page, at most six; the smallest meet four on a screen. `asked`: somebody reads
    how the child feels.
    """
    table = (
        ("plan", "plan", "child-plan"),
        *([("feelings", "mood", "child-mood")] if asked else []),
        ("meeting", "meetings", "child-meeting"),
        ("adults", "adults", "child-adults"),
        ("speech", "say", "child-say"),
        ("good-to-know", "good_to_know", "child-good-to-know"),
    )
    cards = [Picked(picture, words[key], reverse(name)) for picture, key, name in table]
    return [cards[:FEW], cards[FEW:]] if mode == EARLY and len(cards) > FEW else [cards]


def say_cards(words: Words) -> list[Picked]:
    """«Jag vill säga något»: to somebody now, before and after a meeting, and that something is wrong."""
    table = (
        ("help", "talk_now", "child-talk-now"),
        ("draw", "prepare", "child-prepare"),
        ("yes", "after", "child-after"),
        ("stop", "wrong", "child-wrong"),
    )
    return [Picked(picture, words[key], reverse(name)) for picture, key, name in table]


@dataclass(frozen=True)
class Said:
    """Something the child has said, and the answer; `state` while there are no words to read. `key`: the
    child is asked whether the answer was clear.
    """

    when: str
    words: str
    answer: str
    state: str
    key: str = ""


def said(asked: Sequence[Any], words: Words, judged: Collection[UUID] = ()) -> list[Said]:
    """What the child itself has said is wrong, latest first; `judged`: it has said whether the answer to
    these was clear.
    """
    return [
        Said(
            when=days.day(days.local(one.event.recorded_at)),
            words=one.words,
            answer=one.answer,
            state=str(words["said_done" if one.answered_at else "said_waits"]),
            key=str(one.event.pk) if one.answer and one.event.pk not in judged else "",
        )
        for one in asked
    ]


def first_coming(coming: Any, words: Words, today: date) -> When | None:
    """The very next thing that is booked."""
    visits = [when_visit(visit, words, today) for visit in coming.visits[:1]]
    if coming.meeting is None:
        return visits[0] if visits else None
    if visits and coming.visits[0].starts_at < coming.meeting.starts_at:
        return visits[0]
    return when_meeting(coming.meeting, words, today)


def when_meeting(summons: Any, words: Words, today: date) -> When:
    """The time and place of a meeting."""
    return _when(summons.starts_at, today, words["meeting"], "meeting", summons.place)


def when_visit(visit: Any, words: Words, today: date) -> When:
    """The time of a visit; what it is called as the unit wrote it."""
    return _when(visit.starts_at, today, visit.what or words["visit"], picture_for(visit.what, "hospital"))


def together(text: str) -> str:
    """Short words that belong on one line."""
    return text.replace(" ", "\u00a0")


def _when(moment: Any, today: date, what: str, picture: str, place: str = "") -> When:
    day = clock.day_of(moment)
    return When(
        days.weekday(day, today),
        days.nights(day, today),
        together(days.oclock(moment)),
        str(what),
        picture,
        place,
    )
