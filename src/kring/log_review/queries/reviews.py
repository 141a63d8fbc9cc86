"""A reviewer's own pages: reviews, their rows, and the questions that wait. Every look is logged."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Case, Count, Q, QuerySet, When
from django.http import Http404

from kring.access import gate, reviewing
from kring.access.actors import Actor
from kring.access.reviewing import ReviewedChild
from kring.audit.models import AccessLogRow, Action
from kring.jobs.models import Job
from kring.log_review.models import ReadingQuestion, Review, SampledRow
from kring.organisations.models import Person, Unit

LISTED = 50


@dataclass(frozen=True)
class Overview:
    """The first page. `waiting`: questions from families that have no answer yet."""

    reviews: Sequence[Review]
    waiting: int


@dataclass(frozen=True)
class Drawn:
    """One drawn row with what stands in the log, and who and what it was."""

    sampled: SampledRow
    row: AccessLogRow
    person: Person | None
    unit: Unit | None
    child: ReviewedChild | None


@dataclass(frozen=True)
class OneReview:
    """A review with its rows, and the job that draws them when it is one."""

    review: Review
    rows: Sequence[Drawn]
    job: Job | None

    @property
    def left(self) -> int:
        return sum(one.sampled.outcome == SampledRow.Outcome.WAITING for one in self.rows)


def overview(actor: Actor) -> Overview:
    """The reviews of the actor's care provider, latest first, and how many questions wait."""
    by = reviewing.reviewer(actor, what="log_review.list")
    counted = Review.objects.filter(controller_id=actor.controller_id).annotate(
        n=Count("rows"), judged=Count("rows", filter=~Q(rows__outcome=SampledRow.Outcome.WAITING))
    )
    reviews = counted.select_related("unit", "person", "started_by").order_by("-started_at")[:LISTED]
    waiting = _questions_to(actor).exclude(status=ReadingQuestion.Status.ANSWERED).count()
    _log(by, Action.LIST, [None], "log_review.list")
    return Overview(list(reviews), waiting)


def one_review(actor: Actor, review_id: UUID) -> OneReview:
    """A review with its rows.

    Raises:
        gate.NotAllowed: somebody who does not review logs.
        Http404: no such review of the actor's own care provider.
    """
    by = reviewing.reviewer(actor, what="log_review.rows")
    mine = Review.objects.filter(controller_id=actor.controller_id)
    review = mine.select_related("unit", "person", "child", "started_by", "closed_by").filter(pk=review_id)
    if not (found := review.first()):
        raise Http404
    rows = _drawn(list(found.rows.all()))
    children = list(dict.fromkeys(one.row.child_id for one in rows))
    _log(by, Action.LIST, children or [None], "log_review.rows", found.pk)
    return OneReview(found, rows, Job.objects.filter(pk=found.job_id).first() if found.job_id else None)


def one_row(actor: Actor, sampled_row_id: UUID) -> Drawn:
    """One row of a review.

    Raises:
        gate.NotAllowed: somebody who does not review logs.
        Http404: no such row in a review of the actor's own care provider.
    """
    by = reviewing.reviewer(actor, what="log_review.row")
    rows = SampledRow.objects.filter(pk=sampled_row_id, review__controller_id=actor.controller_id)
    found = _drawn(list(rows.select_related("review", "judged_by")))
    if not found:
        raise Http404
    _log(by, Action.READ, [found[0].row.child_id], "log_review.row", found[0].row.pk)
    return found[0]


def next_waiting(sampled: SampledRow) -> SampledRow | None:
    """The next row of the same review that has not been judged."""
    waiting = SampledRow.objects.filter(review_id=sampled.review_id, outcome=SampledRow.Outcome.WAITING)
    others = waiting.exclude(pk=sampled.pk)
    return others.filter(place__gt=sampled.place).first() or others.first()


def _drawn(sampled: Sequence[SampledRow]) -> list[Drawn]:
    rows = AccessLogRow.objects.in_bulk([one.row_id for one in sampled])
    known = _Known.of(rows)
    return [known.drawn(one, rows[one.row_id]) for one in sampled if one.row_id in rows]


@dataclass(frozen=True)
class _Known:
    people: Mapping[UUID, Person]
    units: Mapping[UUID, Unit]
    children: Mapping[UUID, ReviewedChild]

    @classmethod
    def of(cls, rows: Mapping[int, AccessLogRow]) -> "_Known":
        people = {row.person_id for row in rows.values() if row.person_id}
        units = {row.unit_id for row in rows.values() if row.unit_id}
        children = {row.child_id for row in rows.values() if row.child_id}
        return cls(
            Person.objects.in_bulk(people),
            Unit.objects.in_bulk(units),
            reviewing.children_named(children),
        )

    def drawn(self, sampled: SampledRow, row: AccessLogRow) -> Drawn:
        person = self.people.get(row.person_id) if row.person_id else None
        unit = self.units.get(row.unit_id) if row.unit_id else None
        child = self.children.get(row.child_id) if row.child_id else None
        return Drawn(sampled, row, person, unit, child)


@dataclass(frozen=True)
class Asked:
    """A family's question with the row that it is about. Who asked is not told by name."""

    question: ReadingQuestion
    row: AccessLogRow | None
    person: Person | None
    child: ReviewedChild | None


def questions(actor: Actor) -> list[Asked]:
    """The questions put to the actor's care provider: those that wait first, oldest first."""
    by = reviewing.reviewer(actor, what="log_review.questions")
    answered = Case(When(status=ReadingQuestion.Status.ANSWERED, then=1), default=0)
    found = list(_questions_to(actor).order_by(answered, "asked_at")[:LISTED])
    _log(by, Action.LIST, list({one.child_id for one in found}) or [None], "log_review.questions")
    return _asked(found)


def one_question(actor: Actor, reading_question_id: UUID) -> Asked:
    """One of them.

    Raises:
        gate.NotAllowed: somebody who does not review logs.
        Http404: no such question to the actor's own care provider.
    """
    by = reviewing.reviewer(actor, what="log_review.question")
    found = _asked(list(_questions_to(actor).filter(pk=reading_question_id)))
    if not found:
        raise Http404
    question = found[0].question
    _log(by, Action.READ, [question.child_id], "log_review.question", question.pk)
    return found[0]


def _questions_to(actor: Actor) -> "QuerySet[ReadingQuestion]":
    mine = ReadingQuestion.objects.filter(unit__controller_id=actor.controller_id)
    return mine.select_related("unit", "answered_by")


def _asked(found: Sequence[ReadingQuestion]) -> list[Asked]:
    rows = AccessLogRow.objects.in_bulk([one.row_id for one in found])
    people = Person.objects.in_bulk({row.person_id for row in rows.values() if row.person_id})
    children = reviewing.children_named(one.child_id for one in found)
    return [
        Asked(
            question=one,
            row=rows.get(one.row_id),
            person=people.get(rows[one.row_id].person_id) if one.row_id in rows else None,
            child=children.get(one.child_id),
        )
        for one in found
    ]


def _log(by: Actor, action: str, child_ids: Sequence[UUID | None], what: str, key: object = "") -> None:
    rule = reviewing.decision(by).rule_id
    gate.log(by, action, child_ids, what=what, object_id=str(key), rule=rule)
