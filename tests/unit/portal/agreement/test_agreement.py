"""The patient contract: one view for guardians, staff and the child, each in their own words."""

from datetime import UTC, date, datetime
from types import SimpleNamespace as Row
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from kring.portal.agreement.presenters import agreement, for_child, for_staff
from kring.portal.agreement.queries import Parts
from kring.portal.child_pages.rules import EARLY, MIDDLE, YOUNG
from kring.portal.child_pages.words import words_for
from tests.own_pages import Scene, sign_in

TODAY = date(2026, 11, 16)
AT = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
WHERE = {
    "maria": "/mina-sidor/{child}/planen/patientkontrakt/",
    "karin": "/planer/{plan}/patientkontrakt/",
    "alva": "/min-sida/min-plan/overenskommelse/",
}


@pytest.fixture
def scene(cast) -> Scene:
    return Scene(cast).whole()


def page_of(scene, who: str) -> str:
    client = sign_in(Client(), getattr(scene.cast, who))
    path = WHERE[who].format(child=scene.child.pk, plan=scene.plan.pk)
    answer = client.get(path)
    assert answer.status_code == 200, (path, answer.status_code)
    return answer.content.decode()


def activity(**fields) -> Row:
    whole = {
        "what": "Läsa", "responsible": "family", "responsible_unit": None, "responsible_person": None,
        "responsible_words": "", "when_words": "", "due_on": None, "status": "planned",
        "get_status_display": lambda: "Planerad",
    }  # fmt: skip
    return Row(**(whole | fields))


def content(*activities: Row) -> Row:
    plan = Row(what_matters="Paus", follow_up_on=date(2026, 12, 1), coordinator=None, unit=Row(name="BUM"))
    return Row(plan=plan, activities=activities)


def visit(**fields) -> Row:
    whole = {"starts_at": AT, "what": "Träning", "unit": Row(name="BUM"), "status": "agreed"}
    return Row(**(whole | {"get_status_display": lambda: "Överenskommen"} | fields))


class TestWords:
    @pytest.mark.parametrize(
        ("words", "ours", "who"),
        [("", "", "Vi själva"), ("", "Familjen", "Familjen"), ("Maria", "Familjen", "Maria")],
    )
    def test_the_family_is_called_by_what_it_is_to_the_reader(self, words, ours, who):
        parts = Parts(content(activity(responsible_words=words)), [], [])
        assert [one.who for one in agreement(parts, TODAY, ours=ours)["ours"]] == [who]

    def test_a_third_party_without_words_is_not_called_the_family(self):
        parts = Parts(content(activity(responsible="third_party", responsible_words="Morfar")), [], [])
        assert [one.who for one in agreement(parts, TODAY, ours="Familjen")["theirs"]] == ["Morfar"]

    @pytest.mark.parametrize("status", ["done", "stopped"])
    def test_what_is_over_is_no_part_of_it(self, status):
        page = for_staff(Parts(content(activity(status=status)), [], []), TODAY)
        assert (page.ours, page.theirs) == ([], [])
        assert [one.what for one in page.steps] == ["Planen följs upp"]

    def test_times_that_are_closed_are_not_told_as_none(self):
        assert for_staff(Parts(None, None, []), TODAY).times is None
        assert for_staff(Parts(None, [], []), TODAY).times == []
        assert [one.agreed for one in for_staff(Parts(None, [visit()], []), TODAY).times] == [True]

    @pytest.mark.parametrize("mode", [EARLY, MIDDLE, YOUNG])
    def test_a_child_meets_only_the_parts_that_hold_something(self, mode):
        words = words_for(mode)
        assert for_child(Parts(None, None, []), words) == []
        (times,) = for_child(Parts(None, [visit()], []), words)
        assert times.heading == "Dina tider"
        assert times.lines[0].word == "Träning. 24 november 2026."


def test_guardian_staff_and_child_read_the_same_agreement_each_in_their_words(scene):
    maria, karin, alva = (page_of(scene, who) for who in ("maria", "karin", "alva"))
    for page in (maria, karin, alva):
        assert "Träna på att berätta med bilder" in page
        assert "Läsa tillsammans" in page
        assert "Karin Lund" in page
        assert "Hemligt" not in page
    assert "Det här gör vi själva" in maria
    assert "Det här gör familjen" in karin
    assert "Det här gör ni hemma" in alva
    assert "patientkontrakt" not in alva.lower()
    for page in (maria, karin):
        assert "inte juridiskt bindande" in page


def test_other_parties_read_it_without_times_they_may_not_know_of_and_strangers_find_nothing(scene):
    jonas = sign_in(Client(), scene.cast.jonas)
    path = WHERE["karin"].format(plan=scene.plan.pk)
    page = jonas.get(path).content.decode()
    assert "Läsa tillsammans" in page
    assert scene.visit.what not in page
    for who in ("ulla", "peter"):
        assert sign_in(Client(), getattr(scene.cast, who)).get(path).status_code == 404
    assert jonas.get(WHERE["karin"].format(plan=uuid4())).status_code == 404


@pytest.mark.parametrize(("who", "most"), [("karin", 20), ("alva", 20)])
def test_the_page_asks_few_questions(scene, who, most):
    client = sign_in(Client(), getattr(scene.cast, who))
    path = WHERE[who].format(child=scene.child.pk, plan=scene.plan.pk)
    client.get(path)
    with CaptureQueriesContext(connection) as asked:
        client.get(path)
    assert len(asked) <= most
