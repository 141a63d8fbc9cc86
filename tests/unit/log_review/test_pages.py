"""The reviewer's pages: why a row was picked stands there in words, and nobody else comes in."""

import re
from datetime import date, timedelta
from uuid import UUID

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from kring.access.policy.catalogue import sentence
from kring.children.models import Child
from kring.jobs.models import Job
from kring.log_review import commands
from kring.log_review.models import ReadingQuestion, Review
from kring.portal.staff.side import side_links
from tests.cast import NOW, Cast
from tests.own_pages import sign_in

from .logged import key_of, opened

TODAY = date(2026, 11, 16)
FIELDS = {
    "starts_on_0": "16", "starts_on_1": "10", "starts_on_2": "2026",
    "ends_on_0": "16", "ends_on_1": "november", "ends_on_2": "2026",
    "covers": "provider", "size": "8",
}  # fmt: skip


@pytest.fixture
def ann(cast: Cast) -> Client:
    return sign_in(Client(), cast.ann)


@pytest.fixture
def review(cast: Cast) -> Review:
    """Of an emergency at night, of Otto Berg at Alva Berg, of Karin at the protected Sigrid."""
    alva, sigrid = cast.child("alva").pk, cast.child("sigrid").pk
    opened("peter", alva, NOW - timedelta(hours=11), rule="8.2.5.open", reason="Kramper")
    opened("otto", alva)
    opened("karin", sigrid, reason="Vårdbesök")
    return commands.start_review(
        by=cast.actor("ann"), starts_on=TODAY - timedelta(days=30), ends_on=TODAY, size=5, seed=1
    )


def text(answer) -> str:
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


def row_of(review: Review, pattern: str):
    return next(row for row in review.rows.all() if pattern in row.patterns)


def test_why_each_row_was_picked_stands_in_the_list(ann, review):
    page = text(ann.get(reverse("log-review", args=[review.pk])))
    for rule in ("log.emergency", "log.night", "log.same_name", "log.protected"):
        assert sentence(rule) in page
    assert "Peter Holm" in page and "Läkare, BUM Borås" in page and "Alva Berg" in page


def test_how_it_was_drawn_can_be_read_and_drawn_again(ann, review):
    page = re.sub(r"<[^>]+>|\s+", " ", text(ann.get(reverse("log-review", args=[review.pk]))))
    for said in ("Slumptal för urvalet 1 ", "17 oktober 2026 till 16 november 2026", "Startad av Ann Ljung"):
        assert said in re.sub(r" +", " ", page), said


@pytest.mark.parametrize("name", ["log-review", "log-review-summary"])
def test_a_protected_child_has_no_name(ann, review, name):
    page = text(ann.get(reverse(name, args=[review.pk])))
    assert "[Skyddade uppgifter]" in page
    assert not re.search(r"\b(Sigrid|Lind)\b", page)


def test_one_row_says_who_where_when_what_by_which_rule_and_whether_there_was_a_relation(ann, review):
    row = row_of(review, "log.emergency")
    page = re.sub(r"<[^>]+>|\s+", " ", text(ann.get(reverse("log-review-row", args=[row.pk]))))
    page = re.sub(r" +", " ", page)
    for said in (
        "När sön 15 nov 2026 kl. 23.00",
        "Vem Peter Holm",
        "Roll Läkare",
        "Enhet BUM Borås",
        "Vad Läste: planen",
        sentence("8.2.5.open"),
        "Skäl som skrevs Kramper",
        "Ja, enheten hade en vårdrelation till barnet den dagen.",
        "Öppnades utanför enhetens arbetstider.",
    ):
        assert said in page, said


def test_of_a_protected_child_the_written_reason_is_not_shown(ann, review):
    page = text(ann.get(reverse("log-review-row", args=[row_of(review, "log.protected").pk])))
    assert "Vårdbesök" not in page and "Inget skäl är skrivet." in page
    assert "Karin Lund" in page, "her name tells nothing of the child"


def test_a_reader_who_would_tell_who_a_protected_child_is_has_no_name(cast, ann):
    Child.objects.filter(pk=cast.child("alva").pk).update(protection="flag")
    opened("otto", cast.child("alva").pk)
    days = {"starts_on": TODAY, "ends_on": TODAY}
    review = commands.start_review(by=cast.actor("ann"), size=5, **days)
    assert row_of(review, "log.same_name").patterns == ["log.same_name", "log.protected"]
    for page in (
        ann.get(reverse("log-review", args=[review.pk])),
        ann.get(reverse("log-review-row", args=[row_of(review, "log.same_name").pk])),
    ):
        assert "Namnet visas inte" in text(page)
        assert not re.search(r"\b(Otto|Berg|Alva)\b", text(page))


def test_judging_goes_on_to_the_next_row_and_back_when_all_are_judged(ann, review):
    at, seen = reverse("log-review-row", args=[review.rows.first().pk]), set()
    while at != reverse("log-review", args=[review.pk]):
        seen.add(at)
        at = ann.post(at, {"outcome": "right", "reason": "Besök bokat"}).headers["Location"]
    assert len(seen) == review.rows.count()
    ann.post(at, {"conclusion": "Allt var rätt."})
    page = text(ann.get(at))
    assert "Granskningen är avslutad" in page and "Allt var rätt." in page
    assert "Avsluta granskningen</button>" not in page


def test_a_judgement_says_what_is_missing(ann, review):
    answer = text(ann.post(reverse("log-review-row", args=[review.rows.first().pk]), {"reason": ""}))
    assert "Välj rätt, fel eller att frågan är ställd." in answer
    assert "Skriv hur du har bedömt raden" in answer
    assert not review.rows.exclude(outcome="waiting").exists()


def test_starting_one(ann):
    answer = ann.post(reverse("log-review-start"), FIELDS)
    review = Review.objects.get()
    assert answer.headers["Location"] == reverse("log-review", args=[review.pk])
    assert (review.starts_on, review.ends_on, review.size) == (date(2026, 10, 16), TODAY, 8)


WRONG = [
    ({"starts_on_0": ""}, "Ange ett datum som finns"),
    ({"ends_on_0": "17"}, "Ange en dag som har varit, senast i dag."),
    ({"ends_on_1": "9"}, "Ange en dag som inte är före den första dagen."),
    ({"covers": ""}, "Välj vad som ska granskas."),
    ({"covers": "unit"}, "Välj vilken enhet som ska granskas."),
    ({"covers": "unit", "unit": "påhittad"}, "Välj en enhet i listan."),
    ({"covers": "person"}, "Skriv medarbetarens hela namn eller HSA-id."),
    ({"covers": "person", "person": "Ingen Alls"}, "Ingen medarbetare hos vårdgivaren har det namnet"),
    ({"covers": "child"}, "Skriv barnets personnummer."),
    ({"covers": "child", "number": "20170101-2393"}, "Inget barn har det numret."),
    ({"size": ""}, "Skriv ett antal, till exempel 30."),
    ({"size": "många"}, "Skriv ett antal med siffror"),
    ({"size": "4"}, "Skriv ett antal från 5."),
    ({"size": "201"}, "Skriv ett antal upp till 200."),
]


def test_what_is_wrong_is_said_with_how_to_go_on(ann):
    for change, words in WRONG:
        answer = text(ann.post(reverse("log-review-start"), FIELDS | change))
        assert words in answer, change
    assert not Review.objects.exists()


@pytest.mark.parametrize(
    ("covers", "more"), [("unit", {}), ("person", {"person": "Peter Holm"}), ("child", {})]
)
def test_one_thing_is_chosen_by_what_the_reviewer_knows(cast, ann, covers, more):
    unit, alva = cast.unit("sas-bum-boras"), cast.child("alva")
    more |= {
        "unit": {"unit": str(unit.pk)},
        "child": {"number": alva.numbers.get(kind="personal").value},
    }.get(covers, {})
    ann.post(reverse("log-review-start"), FIELDS | {"covers": covers} | more)
    review = Review.objects.get()
    chosen = {"unit": review.unit, "person": review.person, "child": review.child}
    wanted = {"unit": unit, "person": cast.peter, "child": alva}
    assert chosen == {key: wanted[key] if key == covers else None for key in chosen}


JOBS = [
    ("waiting", "Visa hur långt det har kommit"),
    ("running", "Söker i loggen"),
    ("failed", "gick inte att dra"),
]


@pytest.mark.parametrize(("state", "words"), JOBS)
def test_a_sample_that_is_being_drawn_says_so(cast, ann, monkeypatch, state, words):
    monkeypatch.setattr(commands, "AT_ONCE", 0)
    opened("karin", cast.child("alva").pk)
    opened("karin", cast.child("alva").pk)
    review = commands.start_review(by=cast.actor("ann"), starts_on=TODAY, ends_on=TODAY, size=5)
    Job.objects.filter(pk=review.job_id).update(state=state, done=3, total=9)
    page = text(ann.get(reverse("log-review", args=[review.pk])))
    assert words in page and "Avsluta granskningen" not in page
    assert "Urvalet dras" in text(ann.get(reverse("log-reviews")))


def test_questions_and_their_answers(cast, ann):
    row = opened("peter", cast.child("alva").pk, rule="8.2.5.open")
    maria = cast.actor("maria")
    asked = commands.ask_about_reading(
        by=maria, child_id=cast.child("alva").pk, reading_key=key_of(row), words="Varför?"
    )
    assert "1 fråga väntar på svar." in text(ann.get(reverse("log-reviews")))
    assert "Alva Berg" in text(ann.get(reverse("log-questions")))
    at = reverse("log-question", args=[asked.pk])
    page = text(ann.get(at))
    assert "Peter Holm, läkare" in page and "Maria" not in page
    ann.post(at, {"answer": ""})
    assert ReadingQuestion.objects.get().status == "looking"
    ann.post(at, {"answer": "Alva kom in akut."})
    page = text(ann.get(at))
    assert "Alva kom in akut." in page and "Skicka till familjen" not in page
    assert "Ingen fråga väntar på svar." in text(ann.get(reverse("log-reviews")))


def test_an_empty_log_and_an_empty_list_say_what_will_come(ann):
    assert "Ingen granskning är gjord ännu." in text(ann.get(reverse("log-reviews")))
    assert "Ingen familj har frågat om någon läsning." in text(ann.get(reverse("log-questions")))


@pytest.mark.parametrize("subject", ["karin", "eva", "nils", "maria", "rune"])
def test_nobody_else_comes_in_and_the_refusal_is_logged(cast, review, subject):
    client = sign_in(Client(), getattr(cast, subject))
    for name, args in (("log-reviews", []), ("log-review", [review.pk]), ("log-questions", [])):
        assert client.get(reverse(name, args=args)).status_code == 403


def test_a_review_that_is_not_there(ann):
    for name in ("log-review", "log-review-summary", "log-review-row", "log-question"):
        assert ann.get(reverse(name, args=[UUID(int=5)])).status_code == 404


def test_staff_have_no_page_of_who_has_read(cast):
    """Ruling 26: the log is for those who review it; a coordinator's side list has no such place."""
    for subject in ("karin", "eva"):
        labels = [one.label for one in side_links(cast.actor(subject), cast.child("alva").pk, "child")]
        assert labels and "Vem har läst" not in labels


def cost(client: Client, at: str) -> int:
    with CaptureQueriesContext(connection) as asked:
        text(client.get(at))
    return len(asked)


def test_pages_cost_the_same_however_many_rows(cast, ann, review):
    at = {name: reverse(name, args=[review.pk]) for name in ("log-review", "log-review-summary")}
    few = {name: cost(ann, href) for name, href in at.items()}
    for subject in ("karin", "sara", "maja", "eva", "david"):
        for about in ("alva", "omar", "noa", "hugo"):
            opened(subject, cast.child(about).pk)
    more = commands.start_review(
        by=cast.actor("ann"), starts_on=TODAY - timedelta(days=30), ends_on=TODAY, size=40
    )
    assert more.rows.count() > 20
    assert {name: cost(ann, reverse(name, args=[more.pk])) for name in at} == few
    assert max(few.values()) <= 16, few
