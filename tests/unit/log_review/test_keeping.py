"""What the tables keep whatever code does, and what happens when something is sent twice or too late."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from kring.audit import queries as audit
from kring.children.models import GuardianDecision, Placement
from kring.log_review import commands
from kring.log_review.models import ReadingQuestion, Review, SampledRow
from tests.cast import NOW, Cast
from tests.own_pages import sign_in

from .logged import key_of, opened

TODAY = date(2026, 11, 16)


def review_of(cast: Cast, **more: object) -> Review:
    given = {
        "starts_on": TODAY,
        "ends_on": TODAY,
        "size": 5,
        "seed": 1,
        "drawn_before": NOW,
        "started_at": NOW,
    }
    return Review(
        **given | {"controller": cast.unit("sas-bum-boras").controller, "started_by": cast.ann} | more
    )


BROKEN = [
    ("a period that ends before it begins", {"ends_on": TODAY - timedelta(days=1)}),
    ("a unit that is not said", {"covers": "unit"}),
    ("a person who is not said", {"covers": "person"}),
    ("a child that is not said", {"covers": "child"}),
]


@pytest.mark.parametrize(("says", "change"), BROKEN, ids=[one[0] for one in BROKEN])
def test_a_review_that_makes_no_sense_is_not_kept(cast, says, change):
    with pytest.raises(IntegrityError), transaction.atomic():
        review_of(cast, **change).save()


def test_a_row_is_drawn_once_in_a_review_and_may_be_in_another(cast):
    first, second = review_of(cast), review_of(cast)
    first.save()
    second.save()
    for review in (first, second):
        SampledRow.objects.create(review=review, row_id=7, place=1, picked_by="log.random")
    with pytest.raises(IntegrityError), transaction.atomic():
        SampledRow.objects.create(review=first, row_id=7, place=2, picked_by="log.night")


def test_keys_are_nobody_s_name(cast):
    review = review_of(cast, covers="child", child=cast.child("alva"))
    assert "Alva" not in str(review) + str(SampledRow(row_id=1)) + str(ReadingQuestion(row_id=1))


FIELDS = {
    "starts_on_0": "1", "starts_on_1": "11", "starts_on_2": "2026",
    "ends_on_0": "16", "ends_on_1": "11", "ends_on_2": "2026", "covers": "provider", "size": "5",
}  # fmt: skip


def test_a_double_click_starts_one_review(cast):
    ann, key = sign_in(Client(), cast.ann), str(uuid4())
    answers = {
        ann.post(reverse("log-review-start"), FIELDS | {"submission": key}).headers["Location"] for _n in "ab"
    }
    assert len(answers) == Review.objects.count() == 1


def test_a_judgement_sent_again_after_the_review_was_closed_changes_nothing(cast):
    opened("karin", cast.child("alva").pk)
    by = cast.actor("ann")
    review = commands.start_review(by=by, starts_on=TODAY, ends_on=TODAY, size=5)
    row = review.rows.get()
    ann, at = sign_in(Client(), cast.ann), reverse("log-review-row", args=[row.pk])
    sent = {"outcome": "right", "reason": "Besök", "submission": str(uuid4())}
    first = ann.post(at, sent)
    commands.close_review(by=by, review_id=review.pk, conclusion="Klart")
    assert ann.post(at, sent).headers["Location"] == first.headers["Location"]
    late = ann.post(at, {"outcome": "wrong", "reason": "Ångrar mig", "submission": str(uuid4())})
    assert "Granskningen är avslutad. Det som står i den ändras inte." in late.content.decode()
    row.refresh_from_db()
    assert (row.outcome, row.reason) == ("right", "Besök")


def test_the_log_s_chain_is_whole_after_a_review_from_end_to_end(cast):
    alva = cast.child("alva").pk
    row = opened("peter", alva, rule="8.2.5.open")
    by = cast.actor("ann")
    review = commands.start_review(by=by, starts_on=TODAY, ends_on=TODAY, size=5)
    for sampled in review.rows.all():
        commands.judge_row(by=by, sampled_row_id=sampled.pk, outcome="right", reason="Akut")
    commands.close_review(by=by, review_id=review.pk, conclusion="Rätt.")
    asked = commands.ask_about_reading(
        by=cast.actor("maria"), child_id=alva, reading_key=key_of(row), words="Varför?"
    )
    commands.answer_question(by=by, reading_question_id=asked.pk, answer="Akut.")
    assert list(audit.faults()) == []


# Those around the child whose access a decision takes away or keeps.


def decide(cast: Cast, kind: str, **more: object) -> GuardianDecision:
    given = {"starts_on": TODAY - timedelta(days=3), "decided_at": NOW, "reason": "Hot"} | more
    return GuardianDecision.objects.create(
        child=cast.child("alva"), guardian=cast.guardian("johan"), kind=kind,
        unit=cast.unit("hh-habilitering-boras"), decided_by=cast.eva, **given,
    )  # fmt: skip


@pytest.mark.parametrize("name", ["family-readings", "family-readings-pdf"])
def test_a_blocked_guardian_s_page_is_as_of_a_child_that_does_not_exist(cast, name):
    decide(cast, "blocked")
    johan = sign_in(Client(), cast.johan)
    here = johan.get(reverse(name, args=[cast.child("alva").pk]))
    missing = johan.get(reverse(name, args=[uuid4()]))
    assert (here.status_code, here.content) == (404, missing.content)


def test_nothing_on_the_other_guardian_s_page_tells_of_the_block(cast):
    opened("eva", cast.child("alva").pk, what="guardian.decision", action="write")
    maria = sign_in(Client(), cast.maria)
    at = reverse("family-readings", args=[cast.child("alva").pk])
    before = _told(maria.get(at))
    decide(cast, "blocked")
    opened("eva", cast.child("alva").pk, what="guardian.decision", action="write")
    assert _told(maria.get(at)) == before


def _told(answer: object) -> str:
    """The list itself; what is around it has keys that differ each time."""
    page = answer.content.decode()  # type: ignore[attr-defined]
    return page[page.index("<h1") : page.index("</main>")]


def test_a_blocked_guardian_cannot_ask_about_what_was_seen_before(cast):
    row = opened("karin", cast.child("alva").pk)
    decide(cast, "blocked")
    johan = sign_in(Client(), cast.johan)
    ask = reverse("family-ask", args=[cast.child("alva").pk, key_of(row)])
    assert johan.post(ask, {"words": "Varför?"}).status_code == 404
    assert not ReadingQuestion.objects.exists()


PLACED = [(False, 404), (True, 200)]


@pytest.mark.parametrize(("keeps", "status"), PLACED)
def test_of_a_child_in_compulsory_care_only_as_the_board_has_decided(cast, keeps, status):
    Placement.objects.create(
        child=cast.child("alva"), kind="care_order", starts_on=TODAY - timedelta(days=9),
        guardians_keep_access=keeps, unit=cast.unit("socialtjanst-boras"),
        recorded_by=cast.fatima, recorded_at=NOW,
    )  # fmt: skip
    maria = sign_in(Client(), cast.maria)
    assert maria.get(reverse("family-readings", args=[cast.child("alva").pk])).status_code == status
