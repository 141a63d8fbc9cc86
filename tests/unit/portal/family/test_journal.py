"""«Journal», «Snart 13 år» and «Konto» as pages; which children are there to choose."""

import re
from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from kring import clock
from kring.children.models import Child, ChildNumber, GuardianDecision
from tests.fhir.deliveries import UNIT, bundle, observation, patient, send, source, stored
from tests.own_pages import sign_in
from tests.unit.portal.family.test_sharing import text_of

ACT = "http://terminology.hl7.org/CodeSystem/v3-ActCode"
FORBIDDEN = r"ogiltig|felaktig|vänligen|tyvärr|oops"


@pytest.fixture
def alva(cast) -> Child:
    child = cast.child("alva")
    number = ChildNumber.objects.get(child=child, kind="personal").value
    hidden = {"meta": {"security": [{"system": ACT, "code": "VIO"}]}, "code": {"text": "Samtal om våld"}}
    send(
        bundle(patient(number=number), observation("o1"), observation("o2", **hidden)),
        to=source("journal", UNIT),
    )
    return child


def at(child, rest=""):
    return f"/mina-sidor/{child.pk}/{rest}"


def born(child, years, *, days=0):
    day = clock.today().replace(year=clock.today().year - years) + timedelta(days)
    Child.objects.filter(pk=child.pk).update(birth_date=day)


def decided(cast, child, kind, who="maria", **more):
    karin = cast.actor("karin")
    return GuardianDecision.objects.create(
        child=child, guardian=cast.guardian(who), kind=kind, reason="Skäl", unit_id=karin.unit_id,
        starts_on=karin.today, decided_by_id=karin.person_id, decided_at=karin.now, **more,
    )  # fmt: skip


def test_the_record_is_in_plain_words_and_never_as_data(alva, maria, read):
    listed = text_of(read(maria, at(alva, "journal/")))
    assert "Längd : 1.1 m" in listed
    assert "1 anteckning." in listed
    assert "våld" not in listed
    page = read(maria, at(alva, f"journal/{stored('Observation', 'o1').event_id}/"))
    assert "Värde" in page
    for word in ("FHIR", "JSON", "Patient/p1", "resourceType", "Hämta"):
        assert word not in page


@pytest.mark.parametrize("key", ["o2", "nothing"])
def test_a_withheld_entry_answers_as_one_that_never_was(alva, maria, key):
    event = stored("Observation", "o2").event_id if key == "o2" else alva.pk
    answer = maria.get(at(alva, f"journal/{event}/"))
    assert answer.status_code == 404
    assert "våld" not in answer.content.decode()


@pytest.mark.parametrize("page", ["", "0", "-1", "99", "abc", "9" * 50, "²"])
def test_any_page_number_answers(alva, maria, page):
    assert maria.get(at(alva, "journal/") + f"?sida={page}").status_code == 200


def test_a_record_with_nothing_says_so(cast, read):
    petter = sign_in(Client(), cast.petter)
    assert "Vården har inte skickat något hit ännu." in read(petter, at(cast.child("hugo"), "journal/"))


def test_extended_access_shows_the_record_of_the_unit_and_no_other_place(cast, alva, maria, read):
    born(alva, 13)
    assert maria.get(at(alva)).status_code == 404
    assert "Alva" not in read(maria, "/mina-barn/")
    decided(cast, alva, "extended", child_agreed=True, ends_on=clock.today() + timedelta(days=30))
    # With nothing else to choose the start goes straight to the record.
    assert at(alva, "journal/") in read(maria, "/mina-barn/")
    page = read(maria, at(alva, "journal/"))
    assert "Du läser bara det som står hos" in page
    for rest in ("planen/", "tider/", "delning/"):
        assert at(alva, rest) not in page
        assert maria.get(at(alva, rest)).status_code == 404


@pytest.mark.parametrize(
    ("days", "opens"),
    [(1, True), (0, False)],
    ids=["12 years and 364 days", "13 years and 0 days"],
)
def test_every_page_of_a_guardian_s_closes_on_the_birthday(alva, maria, days, opens):
    """Check 35 of ux.md, for the pages here."""
    born(alva, 13, days=days)
    for rest in ("", "delning/", "journal/", "snart-13/"):
        assert (maria.get(at(alva, rest)).status_code == 200) is opens, rest
    listed = maria.get("/mina-barn/", follow=True).content.decode()
    assert ("Alva" in listed) is opens


def test_a_blocked_guardian_finds_the_child_s_name_nowhere(cast, alva, johan):
    """Check 34 of ux.md, for the pages here."""
    decided(cast, alva, "blocked", "johan")
    others = list(Child.objects.exclude(pk=alva.pk))
    for path in ("/mina-barn/", "/mina-sidor/", "/mina-sidor/konto/", "/aviseringar/"):
        answer = johan.get(path, follow=True)
        told = answer.content.decode() + str(answer.headers)
        assert "Alva" not in told, path
        assert str(alva.pk) not in told, path
    missing = johan.get(at(alva, "delning/")).content
    assert missing == johan.get(f"/mina-sidor/{others[0].pk}/delning/").content


def test_each_child_is_a_named_button_that_says_what_one_is(cast, alva, maria, read):
    page = read(maria, "/mina-barn/")
    buttons = re.findall(r'<a class="k-card k-choose" href="([^"]+)">(.*?)</a>', page, re.DOTALL)
    assert at(alva) in [href for href, _words in buttons]
    assert all("Du är vårdnadshavare" in words for _href, words in buttons)


def test_another_child_in_another_tab_has_its_own_name_above(cast, alva, maria, read):
    second = Child.objects.filter(custodies__guardian=cast.guardian("maria")).exclude(pk=alva.pk).first()
    if second is None:
        second = cast.child("hugo")
        from kring.children.commands import give_custody

        give_custody(child=second, guardian=cast.guardian("maria"), starts_on=date(2026, 1, 1))
    for child in (alva, second):
        strip = re.search(r'<aside class="k-about".*?</aside>', read(maria, at(child)), re.DOTALL)[0]
        assert f"<strong>{child.given_name}</strong>" in strip
        assert "Mina barn" in strip


def test_half_a_year_before_there_is_a_card_and_a_page(alva, maria, read):
    born(alva, 12)
    assert "Läs vad som ändras" not in read(maria, at(alva))
    assert maria.get(at(alva, "snart-13/")).headers["Location"] == at(alva)
    born(alva, 13, days=100)
    assert "Läs vad som ändras" in read(maria, at(alva))
    page = read(maria, at(alva, "snart-13/"))
    told = text_of(page)
    assert "Alva fyller snart 13 år" in told
    assert "Förlängd tillgång till journalen" in told
    assert not re.search(FORBIDDEN, told, re.IGNORECASE)


def test_the_guardian_asks_and_the_child_alone_answers(cast, alva, maria, read):
    """S76: the question is looked through, stands on the child's page, and the answer is not told back."""
    born(alva, 13, days=100)
    here = at(alva, "snart-13/")
    form = {"things": ["plan", "mood_answer"], "submission": str(uuid4())}
    asked = text_of(maria.post(here, form).content.decode())
    assert "Du frågar om att få se: planen, hur barnet mår." in asked
    assert maria.post(here, form | {"sure": "1"}).headers["Location"] == here
    assert "Din fråga är sparad." in text_of(read(maria, here))
    before = read(maria, here)
    assert re.findall(r'value="(\w+)"[^>]* checked', before) == ["plan", "mood_answer"]
    child = sign_in(Client(), cast.alva)
    turning = text_of(read(child, "/min-sida/det-har-andras/"))
    assert turning.count("Maria Berg har frågat.") == 2 and turning.count("Får inte se") == 8
    share = {"vem": str(cast.guardian("maria").pk), "vad": "plan"}
    once_more = child.get("/min-sida/vad-andra-ser/andra/", share).content.decode()
    assert "Maria Berg ser det från" in text_of(once_more)
    done = child.post("/min-sida/vad-andra-ser/andra/", share | {"want": "show", "submission": str(uuid4())})
    assert done.headers["Location"] == "/min-sida/det-har-andras/"
    turning = text_of(read(child, "/min-sida/det-har-andras/"))
    assert turning.count("Får inte se") == 7 and "Ditt val är sparat: Min plan. Maria Berg ser det" in turning
    # The guardian's page is the very same as before the child answered.
    assert text_of(read(maria, here)) == text_of(before)


def test_the_account_is_about_the_guardian_and_leads_on(alva, maria, read):
    told = text_of(read(maria, "/mina-sidor/konto/"))
    assert "Maria" in told
    assert "Logga ut överallt" in told
    assert maria.get("/sprak/").status_code in (200, 404)


def test_pages_cost_few_questions(alva, maria):
    for rest, most in (("journal/", 20), ("", 20), ("snart-13/", 15)):
        maria.get(at(alva, rest))
        with CaptureQueriesContext(connection) as caught:
            maria.get(at(alva, rest))
        assert len(caught) <= most, rest
