"""Mina möten and S83 «Förbered mitt möte»."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import uuid4

from django.urls import reverse
from django.utils.translation import gettext as _

from kring.care.plans.presenters.meetings import PLACE_PICTURES, PlaceKind, kind_of_place
from kring.design import days
from kring.design.pictures import picture_of_work
from kring.portal.child_pages.steps import ANSWERED, LAST, Step, spoken

from .when import Picked, When, Words, when_meeting, when_visit


@dataclass(frozen=True)
class MeetingsPage:
    """Mina möten. `prepare` is where the preparation goes on; empty when there is nothing to prepare for."""

    meeting: When | None = None
    visits: Sequence[When] = ()
    prepare: str = ""
    started: bool = False
    sent: bool = False


def meetings_page(plan: Any, coming: Any, preparation: Any, words: Words, today: date) -> MeetingsPage:
    """The next meeting, the way to prepare for it, and the visits."""
    return MeetingsPage(
        meeting=when_meeting(coming.meeting, words, today) if coming.meeting else None,
        visits=[when_visit(visit, words, today) for visit in coming.visits],
        prepare=prepare_href(preparation) if plan else "",
        started=preparation is not None and not preparation.sent_at,
        sent=bool(preparation and preparation.sent_at),
    )


def prepare_href(preparation: Any) -> str:
    """Where the child goes on: at the step it stopped at, else at the first."""
    step = preparation.step if preparation and not preparation.sent_at else 1
    return reverse("child-prepare-step", args=[min(max(step, 1), LAST)])


@dataclass(frozen=True)
class StepPage:
    """One of the eight steps."""

    number: int
    heading: str
    picture: str
    back: str
    told: Sequence[Picked] = ()
    pictures: Mapping[str, str] | None = None
    one: bool = False
    last: int = LAST


def step_page(step: Step, mode: str, told: Sequence[Picked]) -> StepPage:
    """The step as it is asked in a set of pages; `told` is what the first two steps tell."""
    back = (
        reverse("child-prepare-step", args=[step.number - 1]) if step.number > 1 else reverse("child-meeting")
    )
    return StepPage(
        number=step.number,
        heading=step.heading_for(mode),
        picture=step.picture,
        back=back,
        told=told,
        pictures={choice.value: choice.picture for choice in step.choices},
        one=step.one,
    )


def told_when(summons: Any, words: Words, today: date) -> list[Picked]:
    """Step 1: when, how long and where, as a strip of pictures."""
    if summons is None:
        return [Picked("calendar", words["no_time"]), Picked("way", words["no_place"])]
    when = when_meeting(summons, words, today)
    strip = [Picked("days", when.day), Picked("moon", when.nights), Picked("clock", when.time)]
    strip.append(Picked("whole-meeting", words["how_long"] % {"n": summons.minutes}))
    kind = kind_of_place(summons.place, summons.link)
    where = words["on_screen"] if kind is PlaceKind.SCREEN else when.place or words["no_place"]
    strip.append(Picked(PLACE_PICTURES[kind], where))
    return [one for one in strip if one.word]


def told_who(names: Sequence[Picked], words: Words) -> list[Picked]:
    """Step 2: who comes, and that the child may bring somebody."""
    coming = list(names) or [Picked("dont-know", words["nobody_yet"])]
    return [*coming, Picked("friends", words["bring_someone"])]


def invited(called: Sequence[Any], parties: Sequence[Any], words: Words) -> list[Picked]:
    """Those who are called: the person of a unit by first name and work, guardians as adults at home."""
    people = {party.unit_id: party.contact for party in parties if party.contact}
    return [
        _invited(row, people.get(row.unit_id), words)
        for row in called
        if not row.is_child and row.answer != "declines"
    ]


def _invited(row: Any, person: Any, words: Words) -> Picked:
    if row.guardian_id:
        return Picked("home", f"{row.guardian.given_name}, {str(words['at_home']).lower()}")
    if person:
        title = person.title or row.unit.name
        return Picked(
            picture_of_work(title), f"{person.given_name}, {title.lower() if person.title else title}"
        )
    return Picked("adults", row.unit.name)


@dataclass(frozen=True)
class Answer:
    """What the child answered at a step."""

    heading: str
    lines: Sequence[tuple[str, str]]
    href: str


def answers(preparation: Any, mode: str) -> list[Answer]:
    """All answers, in the order of the steps."""
    return [_answer(step, mode, getattr(preparation, step.field) if preparation else "") for step in ANSWERED]


def _answer(step: Step, mode: str, text: str) -> Answer:
    href = reverse("child-prepare-step", args=[step.number])
    return Answer(step.heading_for(mode), spoken(step, text), href)


@dataclass(frozen=True)
class OneText:
    """One of two answers to choose between."""

    heading: str
    lines: Sequence[tuple[str, str]]
    text: str
    choose: str
    submission: str


@dataclass(frozen=True)
class ConflictPage:
    """Two answers to the same step, given in two windows. `was` is the one that is kept now."""

    back: str
    was: str
    texts: Sequence[OneText]


def conflict_page(step: Step, new: str, kept: str, words: Words) -> ConflictPage:
    """Both answers, and where it can be both at once also that."""
    both = "\n".join(dict.fromkeys([*kept.splitlines(), *new.splitlines()]))
    table = [(words["text_here"], new), (words["text_there"], kept)]
    if not step.one:
        table.append((words["both_texts"], both))
    texts = [
        OneText(str(heading), spoken(step, text), text, _("Jag väljer det här"), str(uuid4()))
        for heading, text in table
    ]
    return ConflictPage(reverse("child-prepare-step", args=[step.number]), kept, texts)


def on_paper(summons: Any) -> str:
    """When and where the meeting is, for the paper."""
    if summons is None:
        return ""
    return " · ".join(part for part in (days.headline(summons.starts_at), summons.place) if part)
