"""Starting, judging and closing a review; asking and answering. What is refused changes nothing."""

from datetime import date, timedelta
from uuid import UUID

import pytest
from django.db import IntegrityError, transaction
from django.http import Http404

from kring import clock
from kring.access import gate
from kring.access.actors import Actor
from kring.audit.models import AccessLogRow
from kring.jobs import registry
from kring.jobs.models import Job
from kring.log_review import commands
from kring.log_review.models import ReadingQuestion, Review, SampledRow
from kring.log_review.queries.choosing import chosen_child, person_with, units_to_choose
from kring.log_review.queries.reviews import (
    next_waiting,
    one_question,
    one_review,
    one_row,
    overview,
    questions,
)
from kring.log_review.rules.refusals import ReviewRefused
from kring.organisations.commands import assign
from kring.organisations.models import Person, Unit
from tests.cast import NOW, Cast

from .logged import key_of, opened

TODAY = date(2026, 11, 16)
MONTH = {"starts_on": TODAY - timedelta(days=30), "ends_on": TODAY}


@pytest.fixture
def ann(cast: Cast) -> Actor:
    return cast.actor("ann")


@pytest.fixture
def stranger(cast: Cast) -> Actor:
    """A reviewer at another care provider."""
    person = Person.objects.create(subject="gun", given_name="Gun", family_name="Ask")
    assign(person=person, unit=cast.unit("elevhalsa-boras"), role="log_reviewer", starts_on=TODAY)
    return cast.actor("gun")


@pytest.fixture
def review(cast: Cast, ann: Actor) -> Review:
    for n in range(6):
        opened("karin", cast.child("alva").pk, NOW - timedelta(hours=n + 1))
    return commands.start_review(by=ann, size=5, seed=4711, **MONTH)


def logged(what: str) -> list[AccessLogRow]:
    return list(AccessLogRow.objects.filter(what=what).order_by("id"))


def judge_all(by: Actor, review: Review, outcome: str = "right") -> None:
    for row in review.rows.all():
        commands.judge_row(by=by, sampled_row_id=row.pk, outcome=outcome, reason="Besök bokat")


def test_a_review_says_who_when_what_and_how_it_was_drawn(cast, ann, review):
    review.refresh_from_db()
    assert (review.started_by, review.started_at, review.drawn_before) == (cast.ann, NOW, NOW)
    assert (review.seed, review.size, review.rows_in_all, review.rows.count()) == (4711, 5, 6, 5)
    (row,) = logged("log_review.start")
    assert (row.person_id, row.purpose, row.rule) == (ann.person_id, "log_review", "lists.log_review")


def test_each_review_has_a_seed_of_its_own(cast, ann):
    seeds = {commands.start_review(by=ann, size=5, **MONTH).seed for _n in range(4)}
    assert len(seeds) == 4


@pytest.mark.parametrize("subject", ["nils", "karin", "maria"])
def test_nobody_else_starts_one(cast, subject):
    with pytest.raises(gate.NotAllowed):
        commands.start_review(by=cast.actor(subject), size=5, **MONTH)
    assert not Review.objects.exists()


def test_another_provider_s_unit_is_not_reviewed(cast, ann):
    school = cast.unit("skola-boras-1").pk
    with pytest.raises(ReviewRefused) as refused:
        commands.start_review(by=ann, size=5, covers="unit", unit_id=school, **MONTH)
    assert (refused.value.code, refused.value.field) == ("no_unit", "unit")


def test_much_to_search_becomes_a_job_that_draws_the_same(cast, ann, review, monkeypatch):
    monkeypatch.setattr(commands, "AT_ONCE", 3)
    later = commands.start_review(by=ann, size=5, seed=4711, **MONTH)
    assert (later.drawn_at, later.rows.count()) == (None, 0)
    job = Job.objects.get(pk=later.job_id)
    assert one_review(ann, later.pk).job == job
    with clock.frozen(NOW):
        registry.run(str(job.pk))
    job.refresh_from_db()
    assert (job.state, job.result, job.step) == ("done", {"rows": 5}, "Söker i loggen")
    drawn = [list(one.rows.values_list("row_id", "picked_by")) for one in (review, later)]
    assert drawn[0] == drawn[1]


def test_a_row_is_judged_with_a_reason_and_may_be_judged_anew(cast, ann, review):
    row = review.rows.first()
    commands.judge_row(by=ann, sampled_row_id=row.pk, outcome="asked", reason=" Frågat chefen ")
    row.refresh_from_db()
    assert (row.outcome, row.reason, row.judged_by, row.judged_at) == (
        "asked",
        "Frågat chefen",
        cast.ann,
        NOW,
    )
    commands.judge_row(by=ann, sampled_row_id=row.pk, outcome="wrong", reason="Inget ärende")
    row.refresh_from_db()
    assert row.outcome == "wrong"
    told = [(one.child_id, one.object_id, one.action) for one in logged("log_review.judge")]
    assert told == [(cast.child("alva").pk, str(row.row_id), "write")] * 2


def refused(work, **given) -> str:
    with pytest.raises(ReviewRefused) as found:
        work(**given)
    return found.value.code


def test_a_judgement_without_a_reason_is_none(ann, review):
    row = review.rows.first()
    assert (
        refused(commands.judge_row, by=ann, sampled_row_id=row.pk, outcome="right", reason="  ")
        == "no_reason"
    )
    row.refresh_from_db()
    assert row.outcome == "waiting"
    with pytest.raises(IntegrityError), transaction.atomic():
        SampledRow.objects.filter(pk=row.pk).update(outcome="right")


def test_a_review_is_closed_when_every_row_is_judged_and_then_stands(cast, ann, review):
    given = {"by": ann, "review_id": review.pk, "conclusion": "Allt var rätt."}
    assert refused(commands.close_review, **given) == "left"
    judge_all(ann, review)
    commands.close_review(**given)
    review.refresh_from_db()
    assert (review.closed_by, review.closed_at, review.conclusion) == (cast.ann, NOW, "Allt var rätt.")
    assert refused(commands.close_review, **given) == "closed"
    row = review.rows.first()
    assert (
        refused(commands.judge_row, by=ann, sampled_row_id=row.pk, outcome="wrong", reason="Nej") == "closed"
    )


def test_a_review_that_is_being_drawn_is_not_closed(cast, ann, review, monkeypatch):
    monkeypatch.setattr(commands, "AT_ONCE", 0)
    later = commands.start_review(by=ann, size=5, **MONTH)
    assert refused(commands.close_review, by=ann, review_id=later.pk, conclusion="x") == "not_drawn"


def test_another_provider_s_reviewer_finds_nothing(stranger, review):
    row = review.rows.first().pk
    calls = [
        lambda: one_review(stranger, review.pk),
        lambda: one_row(stranger, row),
        lambda: commands.judge_row(by=stranger, sampled_row_id=row, outcome="right", reason="x"),
        lambda: commands.close_review(by=stranger, review_id=review.pk, conclusion="x"),
    ]
    for call in calls:
        with pytest.raises(Http404):
            call()
    assert overview(stranger).reviews == []


def test_looking_is_logged_child_by_child(cast, ann, review):
    one_review(ann, review.pk)
    one_row(ann, review.rows.first().pk)
    overview(ann)
    alva = cast.child("alva").pk
    assert {(row.child_id, row.action) for row in logged("log_review.rows")} == {(alva, "list")}
    assert [(row.child_id, row.action) for row in logged("log_review.row")] == [(alva, "read")]
    assert [row.child_id for row in logged("log_review.list")] == [None]
    assert {row.purpose for row in AccessLogRow.objects.filter(role="log_reviewer")} == {"log_review"}


def test_one_goes_on_to_the_next_row_that_waits(ann, review):
    rows = list(review.rows.all())
    assert next_waiting(rows[0]) == rows[1]
    assert next_waiting(rows[4]) == rows[0]
    judge_all(ann, review)
    assert next_waiting(rows[0]) is None


def test_what_can_be_reviewed_is_one_s_own_provider_s(cast, ann):
    assert cast.unit("sas-bum-boras") in units_to_choose(ann)
    assert person_with(ann, "  Karin   Lund ") == cast.karin.pk
    Person.objects.filter(subject="peter").update(hsa_id="SE123-PH")
    assert person_with(ann, "se123-ph") == cast.peter.pk
    for nobody in ("Jonas Fors", "Nån Annan", ""):
        assert refused(person_with, actor=ann, words=nobody) == "no_person"
    double = Person.objects.create(subject="k2", given_name="Karin", family_name="Lund")
    assign(person=double, unit=Unit.objects.get(key="sas-bum-boras"), role="physician", starts_on=TODAY)
    assert refused(person_with, actor=ann, words="Karin Lund") == "several"


def test_a_child_is_chosen_by_number_and_the_search_is_logged(cast, ann):
    alva = cast.child("alva")
    assert chosen_child(ann, alva.numbers.get(kind="personal").value) == alva.pk
    protected = cast.child("sigrid").numbers.get(kind="personal").value
    assert refused(chosen_child, actor=ann, number=protected) == "no_child"
    searched = AccessLogRow.objects.filter(action="search", what="log_review.start").order_by("id")
    assert list(searched.values_list("child_id", flat=True)) == [alva.pk, None]


# Questions about a reading.


@pytest.fixture
def maria(cast: Cast) -> Actor:
    return cast.actor("maria")


@pytest.fixture
def asked(cast: Cast, maria: Actor) -> ReadingQuestion:
    row = opened("peter", cast.child("alva").pk, rule="8.2.5.open")
    return commands.ask_about_reading(
        by=maria, child_id=cast.child("alva").pk, reading_key=key_of(row), words=" Varför på natten? "
    )


def test_a_question_knows_the_reading_and_goes_to_the_unit_s_reviewers(cast, ann, stranger, asked):
    assert (asked.words, asked.status, asked.unit.key) == ("Varför på natten?", "asked", "sas-bum-boras")
    assert (asked.asked_by, asked.asked_at) == (cast.maria, NOW)
    assert [one.question for one in questions(ann)] == [asked]
    assert questions(stranger) == []
    assert overview(ann).waiting == 1
    with pytest.raises(Http404):
        one_question(stranger, asked.pk)
    (row,) = AccessLogRow.objects.filter(what="log.question", action="write")
    assert (row.person_id, row.object_id) == (cast.maria.pk, str(asked.row_id))


def test_a_reading_is_asked_about_once_by_each(cast, maria, asked):
    given = {
        "child_id": asked.child_id,
        "reading_key": key_of(AccessLogRow.objects.get(pk=asked.row_id)),
        "words": "Igen",
    }
    assert refused(commands.ask_about_reading, by=maria, **given) == "asked"
    commands.ask_about_reading(by=cast.actor("johan"), **given)
    assert ReadingQuestion.objects.count() == 2


def test_nobody_asks_about_a_child_that_is_not_theirs(cast, asked):
    with pytest.raises(Http404):
        commands.ask_about_reading(
            by=cast.actor("leila"), child_id=asked.child_id, reading_key=UUID(int=1), words="Vem?"
        )


def test_first_it_is_looked_into_then_answered_and_then_it_stands(cast, ann, asked):
    commands.answer_question(by=ann, reading_question_id=asked.pk, answer="  ")
    asked.refresh_from_db()
    assert (asked.status, asked.answered_at) == ("looking", None)
    commands.answer_question(by=ann, reading_question_id=asked.pk, answer="Alva kom in akut.")
    asked.refresh_from_db()
    assert (asked.status, asked.answer, asked.answered_at) == ("answered", "Alva kom in akut.", NOW)
    assert refused(commands.answer_question, by=ann, reading_question_id=asked.pk, answer="Nej") == "answered"
    assert overview(ann).waiting == 0


def test_only_the_provider_s_reviewer_answers(cast, stranger, asked):
    with pytest.raises(Http404):
        commands.answer_question(by=stranger, reading_question_id=asked.pk, answer="Svar")
    for subject in ("karin", "nils", "maria"):
        with pytest.raises(gate.NotAllowed):
            commands.answer_question(by=cast.actor(subject), reading_question_id=asked.pk, answer="Svar")
    asked.refresh_from_db()
    assert asked.status == "asked"


def test_those_that_wait_come_first_the_oldest_first(cast, ann, maria, asked):
    later = opened("sara", asked.child_id)
    second = commands.ask_about_reading(
        by=maria, child_id=asked.child_id, reading_key=key_of(later), words="Och den här?"
    )
    commands.answer_question(by=ann, reading_question_id=asked.pk, answer="Svar")
    assert [one.question.pk for one in questions(ann)] == [second.pk, asked.pk]


def test_an_answer_has_words(asked):
    with pytest.raises(IntegrityError), transaction.atomic():
        ReadingQuestion.objects.filter(pk=asked.pk).update(status="answered")
