"""The door to a child with protected identity: whose it is, what it asks, and how long it stays open."""

from datetime import timedelta

import pytest
from django.test import Client

from kring import clock
from kring.audit.models import AccessLogRow
from kring.children.models import ProtectedGroupMember
from tests.unit.portal.staff.desk import text_of


@pytest.fixture
def sigrid(cast):
    return cast.child("sigrid")


def door(child) -> str:
    return f"/barn/{child.pk}/oppna/"


def test_no_page_about_the_child_opens_without_a_reason(karin, sigrid):
    for page in ("", "handelser/", "kontakter/", "kontakter/samla/", "atkomst/"):
        answer = karin.get(f"/barn/{sigrid.pk}/{page}")
        assert answer.status_code == 302, page
        assert answer.headers["Location"].startswith(door(sigrid)), page


def test_nothing_is_logged_as_read_before_the_reason(karin, sigrid):
    karin.get(f"/barn/{sigrid.pk}/")
    karin.get(door(sigrid))
    assert not AccessLogRow.objects.filter(child_id=sigrid.pk, outcome="allowed").exists()


def test_the_door_says_nothing_about_the_child(karin, sigrid):
    page = text_of(karin.get(door(sigrid)))
    for word in ("Sigrid", "Lind", "Vera", "Borås", "2017"):
        assert word not in page.split("<main")[1]


def test_a_reason_opens_is_logged_and_leads_back(karin, sigrid, cast):
    back = f"/barn/{sigrid.pk}/atkomst/"
    answer = karin.post(door(sigrid), {"reason": "Förbereder SIP-mötet på torsdag", "next": back})
    assert answer.headers["Location"] == back
    row = AccessLogRow.objects.get(what="protected.open")
    assert (row.child_id, row.reason) == (sigrid.pk, "Förbereder SIP-mötet på torsdag")
    page = text_of(karin.get(back))
    assert "Sigrid Lind" in page
    assert "Skyddade personuppgifter" in page


@pytest.mark.parametrize(
    ("reason", "words"),
    [("", "Skriv varför"), ("    ", "Skriv varför"), ("jag", "Skriv lite mer"), ("x" * 201, "Skriv kortare")],
)
def test_a_reason_that_says_nothing_does_not_open(karin, sigrid, reason, words):
    page = text_of(karin.post(door(sigrid), {"reason": reason}))
    assert words in page
    assert "<title>Fel: " in page
    assert karin.get(f"/barn/{sigrid.pk}/").status_code == 302


def test_it_stays_open_for_an_hour(karin, sigrid, cast):
    karin.post(door(sigrid), {"reason": "Ringer familjen"})
    for minutes in (10, 20, 30, 40, 50, 60):
        with clock.frozen(cast.now + timedelta(minutes=minutes)):
            assert karin.get(f"/barn/{sigrid.pk}/").status_code == 200, minutes
    with clock.frozen(cast.now + timedelta(minutes=61)):
        assert karin.get(f"/barn/{sigrid.pk}/").status_code == 302


def test_it_is_open_in_that_session_only(karin, sigrid, cast):
    karin.post(door(sigrid), {"reason": "Ringer familjen"})
    elsewhere = cast.log_in(Client(), "karin")
    assert elsewhere.get(f"/barn/{sigrid.pk}/").status_code == 302


def test_who_leaves_the_group_is_out_at_once(karin, sigrid, cast):
    karin.post(door(sigrid), {"reason": "Ringer familjen"})
    ProtectedGroupMember.objects.filter(person=cast.karin).delete()
    assert karin.get(f"/barn/{sigrid.pk}/").status_code == 404


@pytest.mark.parametrize("who", ["lena", "peter", "david"])
def test_outside_the_group_there_is_no_door(client, cast, sigrid, who):
    cast.log_in(client, who)
    missing = client.get("/barn/00000000-0000-4000-8000-000000000000/oppna/")
    there = client.get(door(sigrid))
    assert (there.status_code, there.content) == (404, missing.content)
    assert client.post(door(sigrid), {"reason": "Vill gärna se"}).status_code == 404


def test_a_child_without_protection_has_no_door(karin, cast):
    assert karin.get(door(cast.child("alva"))).status_code == 404


def test_the_way_back_is_never_to_another_site(karin, sigrid):
    answer = karin.post(door(sigrid), {"reason": "Ringer familjen", "next": "https://evil.example"})
    assert answer.headers["Location"] == f"/barn/{sigrid.pk}/"


def test_places_and_people_elsewhere_are_hidden_in_the_matrix(karin, sigrid):
    karin.post(door(sigrid), {"reason": "Ringer familjen"})
    page = text_of(karin.get(f"/barn/{sigrid.pk}/atkomst/"))
    assert "Elevhälsan" not in page
    assert "ingen vårdnadshavare ser barnets sidor på nätet" in page
