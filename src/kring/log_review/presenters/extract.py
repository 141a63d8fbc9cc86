"""«Vem har läst» as ready words, day by day. No name of anybody who works is ever in it."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kring.access.actors import Actor
from kring.design import days
from kring.log_review import filters
from kring.log_review.filters import Option
from kring.log_review.models import ReadingQuestion
from kring.log_review.queries.extract import Extract, Reading, Wanted
from kring.log_review.rules.acts import FAMILY_ROLES, is_emergency

from .words import done_in, openings, role_words, why

Href = Callable[[UUID], str]
"""The address of the page where one asks about a reading, by its key."""


@dataclass(frozen=True)
class Line:
    """One reading. `emergency` has a mark in words, shape and colour; `ask` is empty where one cannot ask."""

    at: str
    iso: str
    who: str
    unit: str
    did: str
    why: str
    emergency: bool
    mine: bool
    ask: str
    question: str


@dataclass(frozen=True)
class Day:
    """One day of it, in words."""

    name: str
    iso: str
    lines: Sequence[Line]


@dataclass(frozen=True)
class QuestionLine:
    """One of the reader's own questions, and the answer when there is one."""

    about: str
    words: str
    status: str
    tone: str
    answer: str
    answered: str


@dataclass(frozen=True)
class Tab:
    """Others' readings, or the family's own."""

    label: str
    href: str
    current: bool


@dataclass(frozen=True)
class Page:
    """Everything that a page of the extract shows; the same for a guardian and for a young person."""

    days: Sequence[Day]
    summary: str
    nothing: str
    filtered: bool
    tabs: Sequence[Tab]
    family: bool
    lists: bool
    lists_words: str
    periods: Sequence[Option]
    units: Sequence[Option]
    previous: str
    next: str
    questions: Sequence["QuestionLine"]
    pdf: str


TONES = {"asked": "wait", "looking": "info", "answered": "good"}


def extract_page(actor: Actor, found: Extract, *, ask: Href, pdf: str = "") -> Page:
    """The page. `ask`: where one asks about a reading; `pdf`: the address of the same as a file, or empty."""
    wanted, today = found.wanted, actor.today
    return Page(
        days=by_day(actor, found, ask),
        summary=summary(found),
        nothing=nothing(found),
        filtered=wanted.is_filtered,
        tabs=_tabs(wanted),
        family=wanted.family,
        lists=wanted.lists,
        lists_words=_lists(found),
        periods=filters.periods(wanted, today),
        units=filters.units(found),
        previous=filters.address_of(wanted, today, sida=found.page - 1) if found.page > 1 else "",
        next=filters.address_of(wanted, today, sida=found.page + 1) if found.page < found.pages else "",
        questions=questions(found),
        pdf=pdf + filters.address_of(wanted, today) if pdf else "",
    )


def _tabs(wanted: Wanted) -> list[Tab]:
    return [
        Tab(_("Personal och andra"), "?", not wanted.family),
        Tab(_("Familjen"), "?vem=familjen", wanted.family),
    ]


def _lists(found: Extract) -> str:
    """How often the child has stood in a list, which is told apart from what somebody opened."""
    if found.wanted.family or not found.lists:
        return ""
    return ngettext(
        "Barnet har stått med i %(n)s lista.", "Barnet har stått med i listor %(n)s gånger.", found.lists
    ) % {"n": found.lists}


def by_day(actor: Actor, found: Extract, ask: Href) -> list[Day]:
    """The page's readings, newest first, under their days."""
    return [
        Day(days.day(day), day.isoformat(), list(_lines(actor, found, readings, ask)))
        for day, readings in groupby(found.readings, key=lambda one: days.local(one.at).date())
    ]


def _lines(actor: Actor, found: Extract, readings: Iterator[Reading], ask: Href) -> Iterator[Line]:
    for one in readings:
        question = found.questions.get(one.row_id)
        may_ask = one.unit is not None and one.role not in FAMILY_ROLES and question is None
        yield line(actor, one, ask(one.key) if may_ask else "", question)


def line(actor: Actor, one: Reading, ask: str = "", question: ReadingQuestion | None = None) -> Line:
    """One reading in words; of something hidden from the reader, unit and time and nothing else."""
    emergency = not one.masked and any(is_emergency(row.rule) for row in one.rows)
    return Line(
        at=days.at(one.at),
        iso=one.at.isoformat(),
        who="" if one.masked else who(actor, one),
        unit=one.unit.name if one.unit else "",
        did="" if one.masked else done_in(one.rows),
        why=_("Mer än så visas inte om den här läsningen.") if one.masked else _reason(actor, one),
        emergency=emergency,
        mine=one.person_id == actor.person_id and one.role == actor.role,
        ask=ask,
        question=str(question.get_status_display()) if question else "",
    )


def reading_line(actor: Actor, one: Reading) -> Line:
    """One reading for the page where it is asked about, with its day."""
    return replace(line(actor, one), at=days.day_and_time(one.at))


def who(actor: Actor, one: Reading) -> str:
    """The role; of the family, whether it was the reader."""
    if one.role not in FAMILY_ROLES:
        return role_words(one.role)
    if one.person_id == actor.person_id:
        return _("Du själv")
    if one.role == "child":
        return _("Barnet själv")
    return _("En annan vårdnadshavare") if actor.guardian_id else _("En vårdnadshavare")


def _reason(actor: Actor, one: Reading) -> str:
    return "" if one.role in FAMILY_ROLES else why(one.rows)


def questions(found: Extract) -> list[QuestionLine]:
    """The reader's own questions, latest first."""
    return [_question(one) for one in found.questions.values()]


def _question(one: ReadingQuestion) -> QuestionLine:
    about = _("%(unit)s, %(when)s") % {"unit": one.unit.name, "when": days.day_and_time(one.read_at)}
    answered = _("Svar %(day)s") % {"day": days.day(days.local(one.answered_at))} if one.answered_at else ""
    status = str(one.get_status_display())
    return QuestionLine(about, one.words, status, TONES[one.status], one.answer, answered)


def summary(found: Extract) -> str:
    """How many there are, and which page this is."""
    if found.pages == 1:
        return openings(found.total)
    return _("%(openings)s. Sida %(page)s av %(pages)s.") % {
        "openings": openings(found.total),
        "page": found.page,
        "pages": found.pages,
    }


def nothing(found: Extract) -> str:
    """Why the list is empty."""
    if found.wanted.is_filtered:
        return _("Ingen läsning passar det du har valt.")
    if found.wanted.family:
        return _("Ingen i familjen har läst här ännu.")
    return _("Ingen har läst ännu. När någon öppnar något om barnet står det här.")


def period(found: Extract) -> str:
    """The days that the extract covers, in words."""
    start, end = found.wanted.starts_on, found.wanted.ends_on
    if start and end:
        return _("%(start)s till %(end)s") % {"start": days.plain_day(start), "end": days.plain_day(end)}
    if start:
        return _("Från %(start)s") % {"start": days.plain_day(start)}
    return _("Till och med %(end)s") % {"end": days.plain_day(end)} if end else _("All tid")
