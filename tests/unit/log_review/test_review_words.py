"""A reviewer's pages in words, from plain rows and without a database."""

from datetime import UTC, date, datetime
from types import SimpleNamespace as Row
from typing import Any
from uuid import UUID, uuid4

import pytest

from kring.access.policy.catalogue import sentence
from kring.access.reviewing import ReviewedChild
from kring.design.screen import sharing
from kring.log_review.models import ReadingQuestion, Review, SampledRow
from kring.log_review.presenters import review as words
from kring.log_review.queries.reviews import Asked, Drawn, OneReview, Overview
from kring.organisations.models import Person, Unit

NOW = datetime(2026, 11, 16, 9, tzinfo=UTC)
PETER = Person(given_name="Peter", family_name="Holm", title="Barnläkare")
HIDDEN = Person(given_name="Hemma", family_name="Lig", title="Barnläkare", protected_identity=True)
ANN = Person(given_name="Ann", family_name="Ljung")
BUM = Unit(name="BUM Borås", kind="paediatric_outpatient")
ALVA = ReviewedChild(UUID(int=1), "Alva", "Berg", protected=False)
SECRET = ReviewedChild(UUID(int=2), "", "", protected=True)


def row(**more: Any) -> Row:
    given = {
        "pk": 5,
        "at": NOW,
        "action": "read",
        "what": "plan",
        "role": "physician",
        "rule": "8.2.1",
        "reason": "",
    }
    return Row(**given | more)


def drawn(
    person: Person | None = PETER, child: ReviewedChild | None = ALVA, log: Row | None = None, **sampled: Any
) -> Drawn:
    given = {"place": 3, "picked_by": "log.night", "patterns": ["log.night"], "related": True} | sampled
    return Drawn(SampledRow(**given), log or row(), person, BUM, child)


READERS = [
    ("by name", drawn(), "Peter Holm"),
    ("staff with protected identity by title", drawn(HIDDEN), "Barnläkare"),
    ("somebody who is not there any more", drawn(None), "Namnet visas inte"),
    ("at a protected child, when no tie tells who it is", drawn(child=SECRET), "Peter Holm"),
    ("a tie that would tell", drawn(child=SECRET, patterns=["log.own_child"]), "Namnet visas inte"),
    ("the same name that would tell", drawn(child=SECRET, patterns=["log.same_name"]), "Namnet visas inte"),
    ("a colleague that would tell", drawn(child=SECRET, patterns=["log.colleague"]), "Namnet visas inte"),
    ("a tie at another child", drawn(patterns=["log.own_child"]), "Peter Holm"),
    ("no child any more", drawn(child=None), "Peter Holm"),
]


@pytest.mark.parametrize(("says", "one", "said"), READERS, ids=[case[0] for case in READERS])
def test_who_opened_it(says, one, said):
    assert words.reader(one) == said


CHILDREN = [(ALVA, "Alva Berg"), (SECRET, "[Skyddade uppgifter]"), (None, "Barnet finns inte kvar")]


@pytest.mark.parametrize(("child", "said"), CHILDREN)
def test_whom_it_was_about(child, said):
    assert words.child_words(child) == said


def test_on_a_shared_screen_nobody_has_a_name():
    with sharing(True):
        line = words.row_line(drawn())
        assert (line.reader, line.child) == ("Namnet visas inte", "Barnet")
        assert words.child_words(SECRET) == "[Skyddade uppgifter]"
        assert "Peter" not in words.asked_line(asked()).reader


def test_a_row_says_all_that_its_judgement_needs():
    line = words.row_line(drawn(log=row(rule="8.2.5.open", reason="Kramper", what="record.text")))
    assert (line.when, line.role, line.unit) == ("mån 16 nov 2026 kl. 10.00", "Läkare", "BUM Borås")
    assert (line.did, line.why) == ("Läste: journalen", "Kramper")
    assert (line.rule, line.rule_id) == (sentence("8.2.5.open"), "8.2.5.open")
    assert line.patterns == ["Öppnades utanför enhetens arbetstider."]
    assert (line.outcome, line.tone, line.judged) == ("Inte bedömd", "wait", "")


def test_a_written_reason_about_a_protected_child_is_left_out():
    assert words.row_line(drawn(child=SECRET, log=row(reason="Flyttat till Skövde"))).why == ""


RELATED = [(True, "Ja, "), (False, "Nej, ")]


@pytest.mark.parametrize(("related", "begins"), RELATED)
def test_whether_there_was_a_relation(related, begins):
    assert words.row_line(drawn(related=related)).related.startswith(begins)


def test_a_row_without_a_pattern_says_that_chance_picked_it():
    line = words.row_line(drawn(patterns=[], picked_by="log.random"))
    assert (line.patterns, line.by_chance) == ([sentence("log.random")], True)


def test_a_row_by_chance_that_fits_a_pattern_says_both():
    line = words.row_line(drawn(picked_by="log.random"))
    assert (line.patterns, line.by_chance) == ([sentence("log.night")], True)


OUTCOMES = [("right", "Rätt", "good"), ("asked", "Frågan är ställd", "info"), ("wrong", "Fel", "late")]


@pytest.mark.parametrize(("outcome", "word", "tone"), OUTCOMES)
def test_an_outcome_has_its_word_and_tone(outcome, word, tone):
    line = words.row_line(drawn(outcome=outcome, reason="Besök", judged_at=NOW))
    assert (line.outcome, line.tone, line.reason) == (word, tone, "Besök")
    assert line.judged == "Bedömd mån 16 nov 2026 kl. 10.00"


@pytest.mark.parametrize("action", ["read", "search", "write", "print", "export", "list", "import"])
def test_every_act_has_a_word(action):
    assert not words.did(row(action=action)).startswith(":")


# The review as a whole.


def review(**more: Any) -> Review:
    given = {"starts_on": date(2026, 10, 1), "ends_on": date(2026, 10, 31), "size": 30, "seed": 4711}
    return Review(**given | {"started_by": ANN, "started_at": NOW, "drawn_at": NOW, "rows_in_all": 90} | more)


STATES = [
    (review(drawn_at=None), 0, 0, ("Urvalet dras", "info")),
    (review(), 3, 30, ("3 av 30 rader bedömda", "wait")),
    (review(closed_at=NOW), 30, 30, ("Avslutad", "good")),
]


@pytest.mark.parametrize(("one", "judged", "n", "state"), STATES)
def test_how_far_it_has_come(one, judged, n, state):
    assert words.state_of(one, judged, n) == state


COVERS = [
    (review(), "Hela vårdgivaren"),
    (review(covers="unit", unit=BUM), "BUM Borås"),
    (review(covers="person", person=PETER), "Medarbetare: Peter Holm"),
    (review(covers="child"), "Ett barn"),
]


@pytest.mark.parametrize(("one", "said"), COVERS)
def test_what_it_covers(one, said):
    assert words.covers(one) == said
    assert "Alva" not in words.covers(one), "a list of reviews names no child"


def whole(*rows: Drawn, **more: Any) -> OneReview:
    return OneReview(review(**more), rows, None)


def test_how_it_was_drawn_and_by_whom():
    facts = {row["label"]: row["value"] for row in words.facts(whole(drawn()))}
    assert facts == {
        "Vad den omfattar": "Hela vårdgivaren",
        "Tid": "1 oktober 2026 till 31 oktober 2026",
        "Öppningar under tiden": 90,
        "Urval": "1 rad",
        "Slumptal för urvalet": 4711,
        "Startad av": "Ann Ljung",
        "Startad": "mån 16 nov 2026 kl. 10.00",
    }
    closed = words.facts(whole(closed_at=NOW, closed_by=ANN))
    assert [row["label"] for row in closed][-2:] == ["Avslutad av", "Avslutad"]


def test_outcomes_and_patterns_are_counted():
    found = whole(
        drawn(outcome="right", patterns=["log.night", "log.protected"]),
        drawn(outcome="right"),
        drawn(patterns=[]),
    )
    assert [(one["word"], one["n"]) for one in words.counts(found)] == [
        ("Inte bedömd", 1),
        ("Rätt", 2),
        ("Frågan är ställd", 0),
        ("Fel", 0),
    ]
    assert [(one["rule"], one["n"]) for one in words.pattern_counts(found)] == [
        ("log.night", 2),
        ("log.protected", 1),
    ]
    assert found.left == 1


def job(state: str, **more: Any) -> Row:
    return Row(state=state, done=0, total=0, **more)


JOBS = [
    ("waiting", ["now", "todo", "todo"], "/x/", ""),
    ("running", ["done", "now", "todo"], "/x/", ""),
    ("failed", ["done", "failed", "todo"], "", "Urvalet gick inte att dra. Starta en ny granskning."),
    ("cancelled", ["done", "failed", "todo"], "", "Urvalet gick inte att dra. Starta en ny granskning."),
]


@pytest.mark.parametrize(("state", "steps", "poll", "failed"), JOBS)
def test_a_draw_tells_how_far_it_has_come(state, steps, poll, failed):
    found = OneReview(review(drawn_at=None), [], job(state))
    parts = words.job_parts(found, "/x/")
    assert [step["state"] for step in parts["steps"]] == steps
    assert (parts["poll_href"], parts["failed"], parts["percent"]) == (poll, failed, None)


def test_a_share_is_told_when_it_is_known_and_nothing_when_it_is_drawn():
    going = Row(state="running", done=3, total=9)
    assert words.job_parts(OneReview(review(drawn_at=None), [], going), "/")["percent"] == 33
    assert words.job_parts(OneReview(review(), [], going), "/") is None
    assert words.job_parts(OneReview(review(drawn_at=None), [], None), "/") is None


WAITING = [
    (0, "Ingen fråga väntar på svar."),
    (1, "1 fråga väntar på svar."),
    (4, "4 frågor väntar på svar."),
]


@pytest.mark.parametrize(("n", "said"), WAITING)
def test_how_many_questions_wait(n, said):
    assert words.waiting_words(Overview([], n)) == said


def test_a_review_in_the_list():
    one = review(id=uuid4())
    one.judged, one.n = 1, 5
    (line,) = words.reviews(Overview([one], 0))
    assert (line.title, line.state, line.started) == (
        "Hela vårdgivaren",
        "1 av 5 rader bedömda",
        "Ann Ljung, mån 16 nov 2026",
    )
    assert line.href == f"/loggranskning/{one.pk}/"


def test_a_review_that_was_started_after_midnight_was_started_that_day():
    one = review(id=uuid4(), started_at=datetime(2026, 11, 16, 23, 30, tzinfo=UTC))
    one.judged, one.n = 0, 5
    assert words.reviews(Overview([one], 0))[0].started == "Ann Ljung, tis 17 nov 2026"


# Questions from families.


def asked(
    child: ReviewedChild | None = ALVA, person: Person | None = PETER, log: Row | None = None, **more: Any
) -> Asked:
    given = {"words": "Varför?", "asked_at": NOW, "read_at": NOW, "unit": BUM} | more
    return Asked(ReadingQuestion(**given), log or row(rule="8.2.5.open"), person, child)


ASKED = [
    ("a name and a role", asked(), "Peter Holm, läkare"),
    ("at a protected child the role", asked(SECRET), "Läkare"),
    ("without the person the role", asked(person=None), "Läkare"),
]


@pytest.mark.parametrize(("says", "one", "said"), ASKED, ids=[case[0] for case in ASKED])
def test_who_had_read(says, one, said):
    assert words.asked_line(one).reader == said


def test_a_question_without_its_row_still_stands():
    question = ReadingQuestion(words="Varför?", asked_at=NOW, read_at=NOW, unit=BUM)
    line = words.asked_line(Asked(question, None, None, ALVA))
    assert (line.reader, line.did, line.rule, line.unit) == ("", "", "", "BUM Borås")


STATUS = [
    ({}, "Skickad", "warn", ""),
    ({"status": "looking"}, "Utreds", "info", ""),
    (
        {"status": "answered", "answer": "Så här", "answered_at": NOW},
        "Besvarad",
        "good",
        "Besvarad mån 16 nov 2026 kl. 10.00",
    ),
]


@pytest.mark.parametrize(("given", "status", "tone", "answered"), STATUS)
def test_a_question_says_how_far_it_has_come(given, status, tone, answered):
    (line,) = words.asked_lines([asked(**given)])
    assert (line.status, line.tone, line.answered) == (status, tone, answered)
    assert (line.words, line.rule, line.did) == ("Varför?", sentence("8.2.5.open"), "Läste: planen")
