"""The child's answers in words for adults. Faces always with their word, never a number: it is no score."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kring.access.policy.catalogue import sentence
from kring.design import days

FACES = {
    "great": "feel-great",
    "good": "feel-good",
    "ok": "feel-ok",
    "sad": "feel-sad",
    "awful": "feel-awful",
    "dont_know": "dont-know",
}


@dataclass(frozen=True)
class Line:
    """One answer. `hidden` and `read` are sentences for staff, empty for the family."""

    iso: str
    when: str
    picture: str
    face: str
    places: str
    words: Sequence[str]
    hidden: str = ""
    read: str = ""
    unread: bool = False


def line(answer: Any, *, to_staff: bool) -> Line:
    """An answer as its reader meets it."""
    names = dict(answer.Place.choices)
    return Line(
        iso=answer.sent_at.isoformat(),
        when=days.day_and_time(answer.sent_at),
        picture=FACES[answer.face],
        face=answer.get_face_display(),
        places=", ".join(str(names[code]) for code in answer.places if code in names),
        words=answer.words.splitlines(),
        hidden=_hidden(answer) if to_staff else "",
        read=_read(answer) if to_staff else "",
        unread=to_staff and answer.read_at is None,
    )


def _hidden(answer: Any) -> str:
    if answer.shown_to_guardians:
        return ""
    return _("Barnet visar inte det här för vårdnadshavarna. Berätta inte vidare utan att prata med barnet.")


def _read(answer: Any) -> str:
    if answer.read_at is None:
        return ""
    name = answer.read_by.name if answer.read_by else ""
    return _("Läst av %(name)s %(when)s") % {"name": name, "when": days.day_and_time(answer.read_at)}


@dataclass(frozen=True)
class StaffPage:
    """«Mående» on the child's page."""

    reader: str
    answers: Sequence[Line]
    unread: str
    elsewhere: Sequence[Any]


@dataclass(frozen=True)
class Place:
    """Another unit of the care provider: its answers, or why they are not shown. `choose`: by an active
    choice they would be.
    """

    unit: str
    answers: Sequence[Line]
    why: str
    choose: bool


def staff_page(found: Any) -> StaffPage:
    """The own unit's answers and what is known of others'."""
    answers = [line(one, to_staff=True) for one in found.answers]
    unread = sum(one.unread for one in answers)
    return StaffPage(
        reader=found.asking.reader.name if found.asking else "",
        answers=answers,
        unread=ngettext("%(n)s svar är inte läst.", "%(n)s svar är inte lästa.", unread) % {"n": unread}
        if unread
        else "",
        elsewhere=[_place(one) for one in found.elsewhere],
    )


def _place(other: Any) -> Place:
    shown = [line(one, to_staff=True) for one in other.answers]
    why = "" if other.decision.opens else sentence(other.decision.rule_id)
    return Place(other.unit.name, shown, why, "active_choice" in other.decision.needs)


@dataclass(frozen=True)
class FamilyPage:
    """What a guardian reads."""

    answers: Sequence[Line]
    readers: Sequence[str]


def family_page(found: Any) -> FamilyPage:
    """The answers the child shows, and who reads them when."""
    readers = [
        _("%(name)s på %(unit)s läser svaren på vardagar.") % {"name": one.reader.name, "unit": one.unit.name}
        for one in found.askings
    ]
    return FamilyPage([line(one, to_staff=False) for one in found.answers], readers)
