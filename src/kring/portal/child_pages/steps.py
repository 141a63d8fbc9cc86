"""The eight small steps of «Förbered mitt möte» (S83): what is asked, in which words, with which pictures.

Choices come before free text: for a child with a language disorder choosing is answering. What is chosen and
what is written are kept together as lines of text, so that the adult who reads it needs no key.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from .rules import EARLY

FEW = 4
"""The most choices that the youngest meet at a time (ux.md c12)."""


@dataclass(frozen=True)
class Choice:
    """A picture with its word."""

    value: str
    word: Any
    picture: str


@dataclass(frozen=True)
class Step:
    """One step. `field` is what it fills in the preparation, empty where it only tells; `one` allows one
    choice; `small` are the choices of the youngest, when not the first few.
    """

    number: int
    key: str
    picture: str
    heading: Any
    short: Any
    field: str = ""
    choices: Sequence[Choice] = ()
    one: bool = False
    own_words: bool = True
    small: Sequence[str] = ()

    def heading_for(self, mode: str) -> str:
        """The question; the youngest get the shorter one."""
        return str(self.short if mode == EARLY else self.heading)

    def choices_for(self, mode: str, chosen: Sequence[str] = ()) -> list[Choice]:
        """What there is to choose among: all, or a few for the youngest, with what is chosen already."""
        if mode != EARLY:
            return list(self.choices)
        few = {*(self.small or [choice.value for choice in self.choices[:FEW]]), *chosen}
        return [choice for choice in self.choices if choice.value in few]


def _asks(number: int, key: str, picture: str, words: tuple[Any, Any], *choices: Choice, **more: Any) -> Step:
    """A step that fills in a field of its own name."""
    return Step(number, key, picture, *words, field=key, choices=choices, **more)


STEPS = (
    Step(1, "when", "calendar", _("När och var är mötet?"), _("När är mötet?")),
    Step(2, "who", "meeting", _("Vilka kommer till mötet?"), _("Vilka kommer?")),
    _asks(
        3,
        "good_at",
        "good-at",
        (_("Det här är jag bra på"), _("Jag är bra på")),
        Choice("draw", _("Rita"), "draw"),
        Choice("play", _("Leka"), "play"),
        Choice("friend", _("Vara en bra kompis"), "friends"),
        Choice("computer", _("Datorer och spel"), "computer"),
        Choice("animals", _("Djur"), "dog"),
        Choice("help", _("Hjälpa andra"), "help"),
    ),
    _asks(
        4,
        "hard",
        "hard",
        (_("Det här är svårt för mig"), _("Det här är svårt")),
        Choice("talk", _("Prata"), "speech"),
        Choice("listen", _("Lyssna länge"), "listen"),
        Choice("read", _("Läsa"), "book"),
        Choice("wait", _("Vänta"), "wait"),
        Choice("sleep", _("Sova"), "sleep"),
        Choice("friends", _("Vara med kompisar"), "friends"),
    ),
    _asks(
        5,
        "wish",
        "want",
        (_("Det här vill jag"), _("Det här vill jag")),
        Choice("help", _("Få mer hjälp"), "help"),
        Choice("calm", _("Ha det lugnt"), "quiet"),
        Choice("breaks", _("Ha fler pauser"), "pause"),
        Choice("play", _("Leka mer"), "play"),
        Choice("friend", _("Ha en kompis"), "friends"),
        Choice("heard", _("Att ni lyssnar"), "listen"),
    ),
    _asks(
        6,
        "not_talk_about",
        "no-talk",
        (_("Det här vill jag inte prata om"), _("Prata inte om det här")),
        Choice("friends", _("Mina kompisar"), "friends"),
        Choice("home", _("Hemma"), "home"),
        Choice("school", _("Skolan"), "school"),
        Choice("hospital", _("Sjukhuset"), "hospital"),
        Choice("body", _("Min kropp"), "body"),
        Choice("feelings", _("Hur jag mår"), "feelings"),
    ),
    _asks(
        7,
        "takes_part",
        "adults",
        (_("Hur vill du vara med på mötet?"), _("Hur vill du vara med?")),
        Choice("whole", _("Hela mötet"), "whole-meeting"),
        Choice("a_while", _("En stund"), "a-while"),
        Choice("before", _("Prata före mötet"), "before-meeting"),
        Choice("picture", _("Skicka en bild eller text"), "send-picture"),
        Choice("spokesperson", _("Någon pratar för mig"), "someone-speaks"),
        Choice("undecided", _("Jag vet inte än"), "dont-know"),
        small=("whole", "a_while", "spokesperson", "undecided"),
        one=True,
        own_words=False,
    ),
    _asks(
        8,
        "pause_sign",
        "pause",
        (_("Hur visar du att du vill ha paus?"), _("Så visar jag paus")),
        Choice("hand", _("Jag håller upp handen"), "pause"),
        Choice("say", _("Jag säger paus"), "speech"),
        Choice("picture", _("Jag visar en bild"), "send-picture"),
        Choice("thumb", _("Jag gör tummen ner"), "thumb-down"),
        Choice("leave", _("Jag går ut en stund"), "arrow"),
        small=("hand", "say", "picture", "leave"),
        one=True,
    ),
)
LAST = len(STEPS)
ANSWERED = tuple(step for step in STEPS if step.field)


def step_numbered(number: int) -> Step | None:
    """The step with that number, None when there is none."""
    return STEPS[number - 1] if 1 <= number <= LAST else None


def as_text(step: Step, chosen: Sequence[str], own: str) -> str:
    """What is kept: one line for each chosen picture in the order of the page, then the child's own words."""
    if not step.own_words:
        return chosen[0] if chosen else ""
    words = [str(choice.word) for choice in step.choices if choice.value in chosen]
    # Browsers send other line ends than those that were kept.
    return "\n".join([*words, *own.strip().splitlines()]).strip()


def from_text(step: Step, text: str) -> tuple[list[str], str]:
    """The chosen pictures and the own words that make up a kept text."""
    if not step.own_words:
        return ([text] if text else []), ""
    values = {str(choice.word): choice.value for choice in step.choices}
    lines = text.splitlines()
    chosen = [values[line] for line in lines if line in values]
    return chosen, "\n".join(line for line in lines if line not in values).strip()


def spoken(step: Step, text: str) -> list[tuple[str, str]]:
    """What the child answered as (picture or nothing, words), one a line: for its paper and for checking."""
    by_word = {str(choice.word): choice.picture for choice in step.choices}
    if not step.own_words:
        return [(choice.picture, str(choice.word)) for choice in step.choices if choice.value == text]
    return [(by_word.get(line, ""), line) for line in text.splitlines() if line.strip()]
