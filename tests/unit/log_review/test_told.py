"""The answer to «Fråga om en läsning» is told through the one door: to who asked, content-free."""

from datetime import date, timedelta

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from kring.access.policy.notices import Way
from kring.children.models import Child, GuardianDecision, YoungShare
from kring.log_review import commands
from kring.log_review.models import ReadingQuestion
from kring.notifications import delivery
from kring.notifications.models import ContactWay, Delivery, Notice
from kring.notifications.rules import OUTSIDE, TELLINGS
from kring.organisations.models import Person, Unit
from tests.cast import NOW, Cast
from tests.own_pages import sign_in

from .logged import key_of, opened

TODAY = date(2026, 11, 16)
ACT = "reading_answered"


def asked(cast: Cast, who: str = "maria", child: str = "alva", ago: int = 1) -> ReadingQuestion:
    about = cast.child(child)
    key = key_of(opened("karin", about.pk, NOW - timedelta(hours=ago)))
    words = "Varför läste ni på en lördag?"
    return commands.ask_about_reading(by=cast.actor(who), child_id=about.pk, reading_key=key, words=words)


def answer(cast: Cast, question: ReadingQuestion, words: str = "Alva hade en tid hos oss.") -> None:
    commands.answer_question(by=cast.actor("ann"), reading_question_id=question.pk, answer=words)


def told() -> set[str]:
    return set(Notice.objects.filter(act=ACT).values_list("person__subject", flat=True))


def test_who_asked_is_told_and_no_other_guardian(cast):
    answer(cast, asked(cast))
    assert told() == {"maria"}


def test_each_is_told_of_their_own(cast):
    for hours, who in enumerate(("maria", "johan"), start=1):
        answer(cast, asked(cast, who, ago=hours))
    assert told() == {"maria", "johan"}
    assert Notice.objects.filter(act=ACT).count() == 2


def test_that_it_is_being_looked_into_is_no_answer(cast):
    question = asked(cast)
    answer(cast, question, "  ")
    assert told() == set()
    answer(cast, question)
    assert told() == {"maria"}


def blocked(cast: Cast) -> None:
    GuardianDecision.objects.create(
        child=cast.child("alva"), guardian=cast.guardian("maria"), kind="blocked", starts_on=TODAY,
        reason="Hot", unit=cast.unit("hh-habilitering-boras"), decided_by=cast.eva, decided_at=NOW,
    )  # fmt: skip


def older(cast: Cast) -> None:
    Child.objects.filter(pk=cast.child("alva").pk).update(birth_date=date(2013, 11, 16))


CLOSED = {
    "a blocked guardian": blocked,
    "a child with protected identity": lambda cast: Child.objects.update(protection="flag"),
    "a guardian with protected identity": lambda cast: type(cast.guardian("maria")).objects.update(
        protected_identity=True
    ),
    "a child that has turned 13": older,
    "custody that has ended": lambda cast: cast.child("alva").custodies.update(
        ends_on=TODAY - timedelta(days=1)
    ),
}


@pytest.mark.parametrize("why", CLOSED)
def test_who_is_closed_out_meanwhile_is_not_told(cast, why):
    question = asked(cast)
    CLOSED[why](cast)
    answer(cast, question)
    assert told() == set()
    assert ReadingQuestion.objects.get().status == "answered", "the answer itself stands"


def test_the_young_person_is_told_of_its_own_and_no_guardian_is(cast):
    Child.objects.filter(pk=cast.child("noa").pk).update(birth_date=date(2010, 1, 1))
    for thing in ("plan", "appointment", "message", "mood"):
        whom = {"child": cast.child("noa"), "guardian": cast.guardian("anders"), "thing": thing}
        YoungShare.objects.create(**whom, starts_at=NOW)
    answer(cast, asked(cast, "noa", "noa"))
    assert told() == {"noa"}
    noa = sign_in(Client(), cast.noa)
    to = noa.get(reverse("notice", args=[Notice.objects.get(act=ACT).pk]))
    assert to.headers["Location"] == reverse("young-readings")


def test_an_answer_that_is_refused_tells_nobody(cast):
    question = asked(cast)
    answer(cast, question)
    Notice.objects.all().delete()
    with pytest.raises(commands.ReviewRefused):
        answer(cast, question, "En gång till")
    assert told() == set()


def test_the_notice_says_nothing_and_leads_to_the_page_with_the_answer(cast):
    answer(cast, asked(cast))
    maria = sign_in(Client(), cast.maria)
    page = maria.get(reverse("notices")).content.decode()
    assert str(TELLINGS[ACT].sentence) in page
    for word in ("lördag", "hade en tid", "läsning", "Ann Ljung"):
        assert word not in page
    (notice,) = Notice.objects.filter(act=ACT)
    to = maria.get(reverse("notice", args=[notice.pk]))
    assert to.headers["Location"] == reverse("family-readings", args=[cast.child("alva").pk])
    assert "Alva hade en tid hos oss." in maria.get(to.headers["Location"]).content.decode()
    assert not Notice.objects.filter(act=ACT, read_at__isnull=True).exists()


def test_what_leaves_by_mail_is_the_one_text(cast, settings):
    settings.NOTICE_MAIL = True
    ContactWay.objects.create(
        person=cast.maria, way=Way.EMAIL, address="m@exempel.se", topics=["questions"], chosen_at=NOW,
        confirmed_at=NOW,
    )  # fmt: skip
    answer(cast, asked(cast))
    assert Delivery.objects.count() == 1
    assert delivery.send_due(lambda: NOW) == 1
    (letter,) = mail.outbox
    assert letter.body == str(OUTSIDE)
    named = {one.given_name for one in Person.objects.all()} | {one.name for one in Unit.objects.all()}
    assert not [word for word in named if word in letter.body + letter.subject]
