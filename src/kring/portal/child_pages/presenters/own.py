"""The child's own part of its plan, and how it said that the plan went."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from django.urls import reverse

from kring.care.plans.queries import is_own
from kring.design import days
from kring.design.pictures import picture_for
from kring.portal.child_pages.own_forms import FACES

from .when import Words

TEXTS = {"goal": "words", "need": "text", "activity": "what"}
PICTURES = {"goal": "want", "need": "help", "activity": "train"}
FACE_PICTURES = {"5": "feel-great", "4": "feel-good", "3": "feel-ok", "2": "feel-sad", "1": "feel-awful"}


@dataclass(frozen=True)
class Thing:
    """Something the child has written, or that the family does. `seen`: the revision the page shows; `tick`:
    where to say that it is done.
    """

    picture: str
    kind_words: str
    text: str
    change: str = ""
    remove: str = ""
    tick: str = ""
    done: bool = False
    seen: int = 0
    submission: str = ""


@dataclass(frozen=True)
class Part:
    """One idea of the page: `kind` is write, none or thing."""

    kind: str
    thing: Thing | None = None


@dataclass(frozen=True)
class Card:
    """A way to write something."""

    picture: str
    word: str
    href: str


def own_cards(words: Words) -> list[Card]:
    """What a child may write."""
    return [
        Card(picture, words[f"own_{kind}"], reverse("child-own-add", args=[kind]))
        for kind, picture in PICTURES.items()
    ]


def own_parts(content: Any, reader: Any, words: Words) -> list[Part]:
    """The ways to write, then what the child has written, then what the family does at home."""
    mine = [
        *(_thing("goal", row.goal, reader, words) for row in content.goals),
        *(_thing("need", one, reader, words) for one in content.needs),
        *(_thing("activity", one, reader, words) for one in content.activities if one.status != "stopped"),
    ]
    things = [Part("thing", one) for one in mine if one]
    return [Part("write"), *(things or [Part("none")])]


def _thing(kind: str, item: Any, reader: Any, words: Words) -> Thing | None:
    own = is_own(reader, item)
    at_home = kind == "activity" and (item.responsible == "family" or item.unit_id is None)
    if not own and not at_home:
        return None
    text, done = getattr(item, TEXTS[kind]), kind == "activity" and item.status == "done"
    return Thing(
        picture=picture_for(text, PICTURES[kind]),
        kind_words=str(words[f"own_{kind}" if own else "own_home"]),
        text=text,
        change=reverse("child-own", args=[kind, item.pk]) if own else "",
        remove=reverse("child-own-remove", args=[kind, item.pk]) if own else "",
        tick=reverse("child-own-done", args=[item.pk]) if kind == "activity" and not done else "",
        done=done,
        seen=item.revision,
        submission=str(uuid4()),
    )


@dataclass(frozen=True)
class Answered:
    """What the child has answered before."""

    when: str
    faces: Sequence[tuple[str, str, str]]
    words: str


def answered(rows: Sequence[Any], words: Words) -> list[Answered]:
    """Each earlier answer, the latest first: (question, picture, word) of its faces, and its words."""
    return [Answered(days.plain_day(days.local(one.said_at)), _faces(one, words), one.words) for one in rows]


def _faces(row: Any, words: Words) -> list[tuple[str, str, str]]:
    said = ((words["evaluate_listened"], row.listened), (words["evaluate_helped"], row.helped))
    named = dict(FACES)
    return [(str(asks), FACE_PICTURES[str(face)], str(named[str(face)])) for asks, face in said if face]
