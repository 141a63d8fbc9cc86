"""S82 «Hur mår jag?»: three small steps, who will see it, and thanks that say it again."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from kring.portal.child_pages.moods import ABOUT, FACES, PLACES, face_of, places_of
from kring.portal.child_pages.steps import spoken

from .preparing import Answer
from .when import Picked, Words

STEPS = ("child-mood-face", "child-mood-where", "child-mood-words", "child-mood-check")


@dataclass(frozen=True)
class MoodStep:
    """One of the small steps."""

    now: int
    back: str
    pictures: dict[str, str]
    last: int = len(STEPS)


def mood_step(number: int, asking_id: UUID) -> MoodStep:
    """Where the child is, and back to the step before."""
    back = reverse(STEPS[number - 2], args=[asking_id]) if number > 1 else reverse("child-home")
    shown = {1: FACES, 2: PLACES, 3: ABOUT.choices}.get(number, ())
    return MoodStep(number, back, {one.value: one.picture for one in shown})


def mood_choices(askings: Sequence[Any]) -> list[Picked]:
    """Whom to tell, when several ask: first name and unit."""
    return [
        Picked(
            "my-contact",
            f"{one.reader.given_name}, {one.unit.name}",
            reverse("child-mood-face", args=[one.pk]),
        )
        for one in askings
    ]


def names(people: Sequence[str]) -> str:
    """«Sara», «Sara och Maria», «Sara, Maria och Johan»."""
    if len(people) < 2:
        return "".join(people)
    return _("%(first)s och %(last)s") % {"first": ", ".join(people[:-1]), "last": people[-1]}


@dataclass(frozen=True)
class CheckPage:
    """The last page before «Skicka»: what is sent and who will see it; `hide` is empty when nobody can be
    left out.
    """

    back: str
    answers: Sequence[Answer]
    seen: Sequence[str]
    keep: str
    hide: str


def check_page(asking: Any, draft: Any, guardians: Sequence[Any], words: Words) -> CheckPage:
    """Who sees it, as the gate says now."""
    reader, home = asking.reader.given_name, [one.given_name for one in guardians]
    return CheckPage(
        back=reverse("child-mood-words", args=[asking.pk]),
        answers=_answers(asking, draft, words),
        seen=[words["mood_can_see"] % {"who": names([reader, *home])}, *_readers(reader, words)],
        keep=str(words["mood_all"]),
        hide=words["mood_not"] % {"who": names(home)} if home else "",
    )


def _readers(reader: str, words: Words) -> list[str]:
    return [str(words["mood_unit_sees"]), words["mood_reads"] % {"who": reader}]


def _answers(asking: Any, draft: Any, words: Words) -> list[Answer]:
    face = face_of(draft.face)
    places = [(one.picture, str(one.word)) for one in places_of(draft.places)]
    table = (
        (words["mood"], [(face.picture, str(face.word))] if face else [], STEPS[0]),
        (words["mood_where"], places, STEPS[1]),
        (words["mood_words"], spoken(ABOUT, draft.words), STEPS[2]),
    )
    return [Answer(str(title), lines, reverse(name, args=[asking.pk])) for title, lines, name in table]


def thanks_page(asking: Any, answer: Any, guardians: Sequence[Any], words: Words) -> list[str]:
    """Who has it now, said again."""
    home = [one.given_name for one in guardians] if answer and answer.shown_to_guardians else []
    reader = asking.reader.given_name
    return [
        words["mood_sent_to"] % {"who": reader},
        words["mood_can_see"] % {"who": names([reader, *home])},
        *_readers(reader, words),
    ]
