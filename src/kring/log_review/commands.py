"""Starting a review, judging its rows, closing it; asking about a reading, and answering."""

from datetime import date
from random import SystemRandom
from uuid import UUID

from django.db import transaction
from django.http import Http404
from django.utils.translation import gettext as _

from kring.access import facts, gate, reviewing
from kring.access.actors import Actor
from kring.audit.models import AccessLogRow, Action
from kring.jobs.commands import start as start_job
from kring.notifications.commands import tell

from . import drawing
from .models import ReadingQuestion, Review, SampledRow
from .queries import extract
from .queries.scope import rows_of
from .rules.refusals import ReviewRefused
from .rules.sampling import PRIME

JOB = "draw_review"
AT_ONCE = 20_000
"""Rows of the log that are searched while the reviewer waits; more become a job."""


@transaction.atomic
def start_review(
    *,
    by: Actor,
    starts_on: date,
    ends_on: date,
    size: int,
    covers: str = "provider",
    unit_id: UUID | None = None,
    person_id: UUID | None = None,
    child_id: UUID | None = None,
    seed: int | None = None,
) -> Review:
    """Begin a review of the actor's own care provider's log and draw its rows, as a job when there are many.

    `seed`: an earlier review's, to draw the same again; otherwise drawn here.

    Raises:
        gate.NotAllowed: somebody who does not review logs.
        ReviewRefused: the unit is another provider's.
    """
    reviewer = reviewing.reviewer(by, what="log_review.start")
    if unit_id and not reviewing.own_units(by).filter(pk=unit_id).exists():
        raise ReviewRefused("no_unit")
    review = Review.objects.create(
        controller_id=by.controller_id,
        covers=covers,
        unit_id=unit_id,
        person_id=person_id,
        child_id=child_id,
        starts_on=starts_on,
        ends_on=ends_on,
        size=size,
        seed=SystemRandom().randrange(PRIME) if seed is None else seed,
        drawn_before=by.now,
        started_by_id=by.person_id,
        started_at=by.now,
    )
    _log(reviewer, child_id, "log_review.start", review.pk)
    _draw(review, by)
    return review


def _draw(review: Review, by: Actor) -> None:
    if rows_of(review)[AT_ONCE : AT_ONCE + 1].exists():
        arguments = {"review_id": str(review.pk)}
        title = _("Urval för loggranskning")
        job = start_job(kind=JOB, title=title, by_id=by.person_id, now=by.now, arguments=arguments)
        review.job_id = job.pk
        review.save(update_fields=["job_id"])
    else:
        drawing.draw(review, now=by.now)


@transaction.atomic
def judge_row(*, by: Actor, sampled_row_id: UUID, outcome: str, reason: str) -> SampledRow:
    """Write down what was found about one row; it may be judged anew until the review is closed.

    Raises:
        Http404: no such row in a review of the actor's own care provider.
        ReviewRefused: the review is closed, or there is no reason.
    """
    reviewer = reviewing.reviewer(by, what="log_review.judge")
    rows = SampledRow.objects.select_related("review").filter(review__controller_id=by.controller_id)
    row = rows.filter(pk=sampled_row_id).first()
    if row is None:
        raise Http404
    if row.review.closed_at:
        raise ReviewRefused("closed")
    if not reason.strip():
        raise ReviewRefused("no_reason")
    row.outcome, row.reason = outcome, reason.strip()
    row.judged_by_id, row.judged_at = by.person_id, by.now
    row.save(update_fields=["outcome", "reason", "judged_by", "judged_at"])
    child_id = AccessLogRow.objects.values_list("child_id", flat=True).get(pk=row.row_id)
    _log(reviewer, child_id, "log_review.judge", row.row_id)
    return row


@transaction.atomic
def close_review(*, by: Actor, review_id: UUID, conclusion: str) -> Review:
    """Close a review when every row has been judged; what stands in it is not changed after that.

    Raises:
        Http404: no such review of the actor's own care provider.
        ReviewRefused: closed before, not drawn yet, or rows are left.
    """
    reviewer = reviewing.reviewer(by, what="log_review.close")
    mine = Review.objects.select_for_update().filter(controller_id=by.controller_id)
    review = mine.filter(pk=review_id).first()
    if review is None:
        raise Http404
    if review.closed_at:
        raise ReviewRefused("closed")
    if review.drawn_at is None:
        raise ReviewRefused("not_drawn")
    if left := review.rows.filter(outcome=SampledRow.Outcome.WAITING).count():
        raise ReviewRefused("left", n=str(left))
    review.closed_by_id, review.closed_at, review.conclusion = by.person_id, by.now, conclusion.strip()
    review.save(update_fields=["closed_by", "closed_at", "conclusion"])
    _log(reviewer, None, "log_review.close", review.pk)
    return review


@transaction.atomic
def ask_about_reading(*, by: Actor, child_id: UUID, reading_key: UUID, words: str) -> ReadingQuestion:
    """A guardian, or the child itself, asks about one reading in its extract.

    Raises:
        gate.Invisible, gate.NotAllowed: not the reader's child, or no extract for this reader.
        Http404: no such reading there, or one by the family itself.
        ReviewRefused: asked before.
    """
    _child, reading = extract.reading_or_404(by, child_id, reading_key, what="log.question")
    if ReadingQuestion.objects.filter(row_id=reading.row_id, asked_by_id=by.person_id).exists():
        raise ReviewRefused("asked")
    gate.log(by, Action.WRITE, [child_id], what="log.question", object_id=str(reading.row_id))
    return ReadingQuestion.objects.create(
        child_id=child_id,
        row_id=reading.row_id,
        read_at=reading.at,
        unit_id=reading.rows[0].unit_id,
        asked_by_id=by.person_id,
        asked_at=by.now,
        words=words.strip(),
    )


@transaction.atomic
def answer_question(*, by: Actor, reading_question_id: UUID, answer: str) -> ReadingQuestion:
    """Answer a family's question; with no words yet, tell that it is being looked into. Whoever asked is
    told by a notice that an answer has come.

    Raises:
        Http404: no such question about a unit of the actor's own care provider.
        ReviewRefused: answered before.
    """
    reviewer = reviewing.reviewer(by, what="log_review.answer")
    mine = ReadingQuestion.objects.select_for_update(of=("self",)).filter(
        unit__controller_id=by.controller_id
    )
    question = mine.filter(pk=reading_question_id).first()
    if question is None:
        raise Http404
    if question.status == ReadingQuestion.Status.ANSWERED:
        raise ReviewRefused("answered")
    question.answer = answer.strip()
    question.status = ReadingQuestion.Status.ANSWERED if question.answer else ReadingQuestion.Status.LOOKING
    question.answered_by_id = by.person_id
    question.answered_at = by.now if question.answer else None
    question.save(update_fields=["answer", "status", "answered_by", "answered_at"])
    _log(reviewer, question.child_id, "log_review.answer", question.pk)
    if question.answer:
        _tell(by, question)
    return question


def _tell(by: Actor, question: ReadingQuestion) -> None:
    """Only whoever asked: another guardian's questions are that guardian's, and the young person's its own.
    From the age at which guardians no longer have the extract, none of them: there is no page that the notice
    could lead to.
    """
    itself = question.asked_by_id == question.child.person_id
    if itself or facts.age_of(by, question.child).under_guardian_limit:
        about = {"child_id": question.child_id, "about": question.pk}
        tell(by=by, act="reading_answered", family=True, only=[question.asked_by_id], **about)


def _log(by: Actor, child_id: UUID | None, what: str, key: object) -> None:
    rule = reviewing.decision(by).rule_id
    gate.log(by, Action.WRITE, [child_id], what=what, object_id=str(key), rule=rule)
