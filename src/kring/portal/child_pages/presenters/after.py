"""S85 after the meeting, and «Bra att veta»."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from kring.design.pictures import picture_for

from .plan import does
from .when import Picked, Words

MOST_DECISIONS = 3


VERDICTS = {"yes": "feel-great", "partly": "feel-ok", "no": "feel-sad"}


@dataclass(frozen=True)
class AfterPage:
    """S85. `answer` is empty while the child has not answered."""

    held: bool = False
    decisions: Sequence[Picked] = ()
    answer: str = ""
    answer_picture: str = ""
    pictures: Mapping[str, str] | None = None


def after_page(meeting: Any, decided: Sequence[Mapping[str, Any]]) -> AfterPage:
    """What was decided, in at most three lines, and what the child answered."""
    if meeting is None:
        return AfterPage()
    said = {"yes": _("Ja"), "partly": _("Lite"), "no": _("Nej")}
    return AfterPage(
        held=True,
        decisions=[Picked(picture_for(one["what"], "yes"), does(one)) for one in decided[:MOST_DECISIONS]],
        answer=said.get(meeting.child_verdict, ""),
        answer_picture=VERDICTS.get(meeting.child_verdict, ""),
        pictures=VERDICTS,
    )


@dataclass(frozen=True)
class Known:
    """One question of «Bra att veta» with its short answers."""

    picture: str
    question: str
    lines: Sequence[str]
    href: str = ""
    action: str = ""


def good_to_know(words: Words) -> list[Known]:
    """A few questions, each with two lines; two of them lead on."""
    table = (
        ("hospital", "know_visit", "child-visit", "visit_how"),
        ("play", "know_play", "", ""),
        ("plan", "know_plan", "", ""),
        ("meeting", "know_meeting", "", ""),
        ("pause", "know_pause", "", ""),
        ("stop", "know_no", "", ""),
        ("who-sees", "know_see", "", ""),
        ("speech", "know_wrong", "child-wrong", "wrong"),
    )
    return [_known(words, *row) for row in table]


def _known(words: Words, picture: str, key: str, name: str, action: str) -> Known:
    lines = [words[f"{key}_1"], words[f"{key}_2"]]
    return Known(picture, words[key], lines, reverse(name) if name else "", words[action] if action else "")


def visit_strip(words: Words) -> list[Picked]:
    """How a visit goes, from the way there to the way home."""
    table = (
        ("way", "visit_way"),
        ("waiting-room", "visit_wait"),
        ("nurse", "visit_meet"),
        ("speech", "visit_talk"),
        ("doctor", "visit_look"),
        ("stop", "visit_stop"),
        ("home", "visit_home"),
    )
    return [Picked(picture, words[key]) for picture, key in table]
