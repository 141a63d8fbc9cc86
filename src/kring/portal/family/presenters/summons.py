"""The call to a meeting, and the meeting as a strip of pictures."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kring.care.plans.presenters.meetings import PLACE_PICTURES, PlaceKind, kind_of_place, moved, wish
from kring.design import days

ANSWER_TONES = {"comes": "good", "substitute": "good", "declines": "late"}


@dataclass(frozen=True)
class Called:
    """A unit that is called, and its answer."""

    name: str
    answer: str
    tone: str


@dataclass(frozen=True)
class SummonsPage:
    """The call to a meeting. `answered` is empty while nothing is answered; `cancelled` while it stands."""

    id: str
    when: str
    iso: str
    question: str
    place: str
    called: Sequence[Called]
    adaptations: str
    child_way: str
    answered: str
    cancelled: str
    moved: str = ""
    calendar_href: str = ""
    link: str = ""


def summons_page(summons: Any, mine: Any) -> SummonsPage:
    """The meeting, those who are called, and the guardian's own answer so far."""
    return SummonsPage(
        id=str(summons.pk),
        when=days.headline(summons.starts_at),
        iso=days.local(summons.starts_at).isoformat(),
        question=summons.question,
        place=_place(summons),
        called=[_called(one) for one in summons.invitations.all() if one.unit_id],
        adaptations=summons.adaptations,
        child_way=wish(summons) if summons.child_takes_part else "",
        answered=_answered(mine),
        cancelled=(summons.cancelled_reason or _("Det kommer en ny kallelse."))
        if summons.cancelled_at
        else "",
        moved=moved(summons),
        link="" if summons.cancelled_at else summons.link,
        calendar_href=reverse("family-summons-calendar", args=[summons.plan.child_id, summons.pk]),
    )


def _place(summons: Any) -> str:
    length = _("%(n)s minuter") % {"n": summons.minutes}
    return " · ".join(part for part in (summons.place or _("Digitalt möte"), length) if part)


def _called(invitation: Any) -> Called:
    tone = ANSWER_TONES.get(invitation.answer, "wait")
    return Called(invitation.unit.name, invitation.get_answer_display(), tone)


def _answered(mine: Any) -> str:
    if mine is None or mine.answer == "none":
        return ""
    day = days.day_and_time(mine.answered_at)
    return _("Du svarade «%(answer)s» %(day)s. Du kan ändra ditt svar.") % {
        "answer": mine.get_answer_display(),
        "day": day,
    }


@dataclass(frozen=True)
class TimesPage:
    """Which of several times suit. `answered` is empty until the guardian has answered about every time;
    `mine`: this guardian is asked.
    """

    question: str
    place: str
    asked: Sequence[str]
    child_way: str
    answered: str
    mine: bool


def times_page(summons: Any, mine: Any) -> TimesPage:
    """What the meeting is about, who else is asked, and the guardian's own answer so far."""
    return TimesPage(
        question=summons.question,
        place=_place(summons),
        asked=[one.unit.name for one in summons.invitations.all() if one.unit_id],
        child_way=wish(summons) if summons.child_takes_part else "",
        answered=_said_when(summons, mine),
        mine=mine is not None,
    )


def times_asked(summons: Any) -> list[tuple[UUID, str]]:
    """Each time as a question to say yes or no to."""
    return [(one.pk, days.headline(one.starts_at)) for one in summons.proposed_times.all()]


def said_of(mine: Any) -> dict[UUID, bool]:
    """What the guardian has answered so far."""
    return {one.time_id: one.can for one in mine.time_answers.all()} if mine else {}


def _said_when(summons: Any, mine: Any) -> str:
    answers = mine.time_answers.all() if mine else []
    if not answers or len(answers) < len(summons.proposed_times.all()):
        return ""
    day = days.day_and_time(max(one.answered_at for one in answers))
    return _("Du svarade %(day)s. Du kan ändra ditt svar tills tiden är bestämd.") % {"day": day}


@dataclass(frozen=True)
class Picture:
    """A picture of the strip with its words."""

    picture: str
    text: str


@dataclass(frozen=True)
class PicturesPage:
    """«Så går det till»."""

    steps: Sequence[Picture]
    back: str


def pictures_page(summons: Any, child: Any) -> PicturesPage:
    """The meeting from beginning to end, step by step, as it is at its kind of place."""
    kind = kind_of_place(summons.place, summons.link)
    units = len([one for one in summons.invitations.all() if one.unit_id])
    table = (
        ("calendar", days.headline(summons.starts_at)),
        *_way_there(kind, summons.place),
        _who_is_there(kind, units),
        ("listen", _("Först lyssnar vi på dig.")),
        ("pause", _("Du får ta paus när du vill.")),
        ("plan", _("Vi skriver vem som gör vad.")),
        ("sun", _("Sedan är det klart.")),
    )
    return PicturesPage(
        [Picture(*row) for row in table], reverse("family-summons", args=[child.pk, summons.pk])
    )


def _way_there(kind: PlaceKind, place: str) -> list[tuple[str, str]]:
    """Where the meeting is, and how one comes there. Nobody travels to a screen, or to its own home."""
    where = PLACE_PICTURES[kind], place or _("En vuxen berättar var.")
    ways = {
        PlaceKind.SCREEN: [
            ("computer", _("Vi ses på skärmen.")),
            ("home", _("Vi behöver inte åka någonstans.")),
        ],
        PlaceKind.HOME: [where, ("adults", _("De vuxna kommer dit."))],
        PlaceKind.SCHOOL: [where, ("adults", _("En vuxen följer med dig."))],
    }
    return ways.get(kind, [("way", _("Vi åker dit tillsammans.")), where])


def _who_is_there(kind: PlaceKind, units: int) -> tuple[str, str]:
    many = {"n": units}
    if kind is PlaceKind.SCREEN:
        said = ngettext("%(n)s vuxen är med på skärmen.", "%(n)s vuxna är med på skärmen.", units) % many
        return "meeting", said
    said = ngettext(
        "Vi sitter runt ett bord. %(n)s vuxen kommer.", "Vi sitter runt ett bord. %(n)s vuxna kommer.", units
    )
    return "meeting", said % many
