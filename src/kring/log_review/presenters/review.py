"""A reviewer's pages as ready words. A protected child has no name here, and a reader whose name would tell
who the child is has none either.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from kring.access.policy.catalogue import sentence
from kring.access.policy.review import RANDOM
from kring.audit.models import AccessLogRow
from kring.design import days
from kring.design.screen import is_shared
from kring.jobs.models import Job
from kring.log_review.models import ReadingQuestion, Review, SampledRow
from kring.log_review.queries.reviews import Asked, Drawn, OneReview, Overview
from kring.log_review.rules.patterns import reader_tells_the_child

from .words import part_of, role_words

TONES = {"waiting": "wait", "right": "good", "asked": "info", "wrong": "late"}
QUESTION_TONES = {"asked": "warn", "looking": "info", "answered": "good"}
DID = {
    "read": gettext_lazy("Läste"),
    "search": gettext_lazy("Sökte"),
    "write": gettext_lazy("Skrev"),
    "print": gettext_lazy("Skrev ut"),
    "export": gettext_lazy("Hämtade som fil"),
    "list": gettext_lazy("Såg i en lista"),
    "import": gettext_lazy("Läste in"),
}


@dataclass(frozen=True)
class ReviewLine:
    """One review in the list."""

    title: str
    href: str
    period: str
    state: str
    tone: str
    started: str
    iso: str


def reviews(found: Overview) -> list[ReviewLine]:
    """The reviews, latest first."""
    return [_review(one) for one in found.reviews]


def _review(one: Any) -> ReviewLine:
    state, tone = state_of(one, one.judged, one.n)
    return ReviewLine(
        title=covers(one),
        href=reverse("log-review", args=[one.pk]),
        period=period(one),
        state=state,
        tone=tone,
        started=_("%(who)s, %(when)s") % {"who": one.started_by.name, "when": days.day(one.started_at)},
        iso=one.started_at.isoformat(),
    )


def state_of(one: Review, judged: int, n: int) -> tuple[str, str]:
    """How far it has come, in words, and the tone of that."""
    if one.closed_at:
        return _("Avslutad"), "good"
    if one.drawn_at is None:
        return _("Urvalet dras"), "info"
    return _("%(judged)s av %(n)s rader bedömda") % {"judged": judged, "n": n}, "wait"


def covers(one: Review) -> str:
    """What a review is about."""
    if one.covers == Review.Covers.UNIT and one.unit:
        return one.unit.name
    if one.covers == Review.Covers.PERSON and one.person:
        return _("Medarbetare: %(name)s") % {"name": one.person.name}
    return str(one.get_covers_display())


def period(one: Review) -> str:
    return _("%(start)s till %(end)s") % {
        "start": days.plain_day(one.starts_on),
        "end": days.plain_day(one.ends_on),
    }


@dataclass(frozen=True)
class RowLine:
    """One drawn row. `patterns` say why it was picked, each a sentence."""

    place: int
    href: str
    when: str
    iso: str
    reader: str
    role: str
    unit: str
    child: str
    did: str
    patterns: Sequence[str]
    by_chance: bool
    related: str
    rule: str
    rule_id: str
    why: str
    outcome: str
    tone: str
    reason: str
    judged: str


def rows(found: OneReview) -> list[RowLine]:
    """Every drawn row in the order it was picked."""
    return [row_line(one) for one in found.rows]


def row_line(one: Drawn) -> RowLine:
    """One row in words."""
    sampled, row = one.sampled, one.row
    return RowLine(
        place=sampled.place,
        href=reverse("log-review-row", args=[sampled.pk]),
        when=days.day_and_time(row.at),
        iso=row.at.isoformat(),
        reader=reader(one),
        role=role_words(row.role),
        unit=one.unit.name if one.unit else "",
        child=child_words(one.child),
        did=did(row),
        patterns=[sentence(rule) for rule in sampled.patterns] or [sentence(RANDOM.id)],
        by_chance=sampled.picked_by == RANDOM.id,
        related=_related(sampled),
        rule=sentence(row.rule),
        rule_id=row.rule,
        why="" if one.child is not None and one.child.protected else row.reason,
        outcome=str(sampled.get_outcome_display()),
        tone=TONES[sampled.outcome],
        reason=sampled.reason,
        judged=_judged(sampled),
    )


def reader(one: Drawn) -> str:
    """Who opened it, by name; not where the name would tell who a protected child is."""
    protected = one.child is not None and one.child.protected
    if one.person is None or is_shared() or (protected and reader_tells_the_child(one.sampled.patterns)):
        return _("Namnet visas inte")
    return one.person.name


def child_words(child: Any) -> str:
    """Whom it was about; nobody's name on a screen that others see."""
    if child is None:
        return _("Barnet finns inte kvar")
    if child.protected:
        return _("[Skyddade uppgifter]")
    return _("Barnet") if is_shared() else child.name


def did(row: AccessLogRow) -> str:
    """What was done with which part, as label and value."""
    return f"{DID.get(row.action, '')}: {part_of(row.what)}"


def _related(sampled: SampledRow) -> str:
    if sampled.related:
        return _("Ja, enheten hade en vårdrelation till barnet den dagen.")
    return _("Nej, enheten hade ingen vårdrelation till barnet den dagen.")


def _judged(sampled: SampledRow) -> str:
    if sampled.judged_at is None:
        return ""
    return _("Bedömd %(when)s") % {"when": days.day_and_time(sampled.judged_at)}


def facts(found: OneReview) -> list[dict[str, Any]]:
    """How the sample was drawn, so that anybody can draw it again."""
    one = found.review
    drawn = ngettext("%(n)s rad", "%(n)s rader", len(found.rows)) % {"n": len(found.rows)}
    rows = [
        (_("Vad den omfattar"), covers(one)),
        (_("Tid"), period(one)),
        (_("Öppningar under tiden"), one.rows_in_all),
        (_("Urval"), drawn),
        (_("Slumptal för urvalet"), one.seed),
        (_("Startad av"), one.started_by.name),
        (_("Startad"), days.day_and_time(one.started_at)),
    ]
    if one.closed_at and one.closed_by:
        rows += [(_("Avslutad av"), one.closed_by.name), (_("Avslutad"), days.day_and_time(one.closed_at))]
    return [{"label": label, "value": value} for label, value in rows]


def counts(found: OneReview) -> list[dict[str, Any]]:
    """How many rows came to what."""
    n = Counter(one.sampled.outcome for one in found.rows)
    words = dict(SampledRow.Outcome.choices)
    return [{"word": str(words[key]), "n": n[key], "tone": TONES[key]} for key in TONES]


def pattern_counts(found: OneReview) -> list[dict[str, Any]]:
    """How many of the rows each pattern fits, the commonest first."""
    n = Counter(rule for one in found.rows for rule in one.sampled.patterns)
    return [{"words": sentence(rule), "rule": rule, "n": count} for rule, count in n.most_common()]


def job_parts(found: OneReview, href: str) -> dict[str, Any] | None:
    """How far the draw has come; None when there is nothing to wait for."""
    job = found.job
    if found.review.drawn_at is not None or job is None:
        return None
    failed = job.state in (Job.State.FAILED, Job.State.CANCELLED)
    said = _("Urvalet gick inte att dra. Starta en ny granskning.") if failed else ""
    state = "failed" if failed else "now" if job.state == Job.State.RUNNING else "todo"
    return {
        "steps": [
            {"label": _("Väntar"), "state": "now" if job.state == Job.State.WAITING else "done"},
            {"label": _("Söker i loggen"), "state": state},
            {"label": _("Klar"), "state": "todo"},
        ],
        "percent": round(100 * job.done / job.total) if job.total else None,
        "failed": said,
        "poll_href": "" if failed else href,
    }


@dataclass(frozen=True)
class AskedLine:
    """A family's question as the reviewer sees it."""

    href: str
    asked: str
    iso: str
    words: str
    child: str
    unit: str
    reader: str
    read: str
    did: str
    rule: str
    status: str
    tone: str
    answer: str
    answered: str


def asked_lines(found: Sequence[Asked]) -> list[AskedLine]:
    return [asked_line(one) for one in found]


def asked_line(one: Asked) -> AskedLine:
    """One question with the reading it is about."""
    question = one.question
    return AskedLine(
        href=reverse("log-question", args=[question.pk]),
        asked=days.day_and_time(question.asked_at),
        iso=question.asked_at.isoformat(),
        words=question.words,
        child=child_words(one.child),
        unit=question.unit.name,
        reader=_asked_reader(one),
        read=days.day_and_time(question.read_at),
        did=did(one.row) if one.row else "",
        rule=sentence(one.row.rule) if one.row else "",
        status=str(question.get_status_display()),
        tone=QUESTION_TONES[question.status],
        answer=question.answer,
        answered=_answered(question),
    )


def _asked_reader(one: Asked) -> str:
    protected = one.child is not None and one.child.protected
    if one.person is None or protected or is_shared():
        return role_words(one.row.role) if one.row else ""
    role = role_words(one.row.role) if one.row else ""
    return _("%(name)s, %(role)s") % {"name": one.person.name, "role": role.lower()}


def _answered(question: ReadingQuestion) -> str:
    if question.answered_at is None:
        return ""
    return _("Besvarad %(when)s") % {"when": days.day_and_time(question.answered_at)}


def waiting_words(found: Overview) -> str:
    """How many questions wait for an answer."""
    if not found.waiting:
        return _("Ingen fråga väntar på svar.")
    return ngettext("%(n)s fråga väntar på svar.", "%(n)s frågor väntar på svar.", found.waiting) % {
        "n": found.waiting
    }
