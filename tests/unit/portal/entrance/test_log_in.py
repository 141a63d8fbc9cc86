"""S01: who comes in, where they land, and that no address but our own is ever gone to."""

import importlib
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import clear_url_caches

from kring.access.actors import possible_actors
from kring.access.roles import ROLES
from kring.access.session import ACTING_AS
from kring.audit.models import AccessLogRow
from kring.config import urls
from kring.demo import doors
from kring.organisations.commands import speak
from kring.organisations.models import Assignment, Person

DOORS = "/logga-in/"


def through_door(client: Client, subject: str, **more: str):
    return client.post(DOORS, {"person": subject, **more})


def test_the_first_page_of_the_demo_is_a_row_of_doors(client, cast):
    answer = client.get("/")
    assert answer.status_code == 302
    assert answer.headers["Location"].startswith(DOORS)
    page = client.get(DOORS).content.decode()
    assert "Karin Lund" in page
    assert page.count("Öppna dörren") == sum(len(hall.doors) for hall in doors.hallways())


def test_every_role_that_people_log_in_with_has_a_door(client, cast):
    behind = [doors.person_behind(door.subject) for hall in doors.hallways() for door in hall.doors]
    roles = {way.role for who in behind for way in possible_actors(who, now=cast.now, strong_auth=True)}
    assert roles == set(ROLES) - {"machine"}


def test_a_door_says_who_stands_behind_it_and_three_things_to_try(cast):
    for hall in doors.hallways():
        for door in hall.doors:
            assert len(door.tries) == 3, door.subject
            assert door.who.endswith("."), door.subject


def test_one_way_of_acting_needs_no_question(client, cast):
    answer = through_door(client, "karin")
    assert answer.headers["Location"] == "/"
    assert client.session[ACTING_AS].startswith("coordinator:")


def test_two_ways_of_acting_are_chosen_between(client, cast):
    answer = through_door(client, "lena", next="/hjalp/")
    assert answer.headers["Location"] == "/logga-in/som/?next=%2Fhjalp%2F"
    assert ACTING_AS not in client.session
    page = client.get("/logga-in/som/?next=/hjalp/").content.decode()
    assert "Skolsköterska" in page
    assert "Vårdnadshavare" in page
    answer = client.post("/logga-in/som/", {"way": "guardian:", "next": "/hjalp/"})
    assert answer.headers["Location"] == "/hjalp/"
    assert client.session[ACTING_AS] == "guardian:"


def test_a_page_before_the_choice_asks_for_it(client, cast):
    through_door(client, "lena")
    answer = client.get("/")
    assert answer.headers["Location"] == "/logga-in/som/"


@pytest.mark.parametrize("way", ["", "child:", "physician:", "coordinator:0000", "guardian:x", "å" * 500])
def test_nobody_acts_in_a_way_that_is_not_theirs(client, cast, way):
    through_door(client, "lena")
    answer = client.post("/logga-in/som/", {"way": way})
    assert answer.status_code == 200
    assert ACTING_AS not in client.session


@pytest.mark.parametrize("subject", ["", "nobody", "åäö", "sigrid", "tuva", "karin ", "x" * 5000])
def test_only_the_doors_can_be_opened(client, cast, subject):
    answer = through_door(client, subject)
    assert answer.status_code == 200
    assert "_auth_user_id" not in client.session
    assert "Den dörren finns inte" in answer.content.decode()


@pytest.mark.parametrize(
    "elsewhere",
    [
        "https://evil.example/",
        "//evil.example/",
        "///evil.example",
        "/\\evil.example",
        "\\\\evil.example",
        "javascript:alert(1)",
        "http:evil.example",
        "evil.example",
        " //evil.example",
        "/logga-in/",
        "/logga-in/som/",
    ],
)
def test_log_in_leads_to_no_other_site_and_never_round_in_circles(client, cast, elsewhere):
    assert through_door(client, "karin", next=elsewhere).headers["Location"] == "/"


def test_log_in_leads_back_to_the_page_that_was_asked_for(client, cast):
    asked = client.get("/barn/?sida=2")
    if asked.status_code == 404:
        pytest.skip("no such page yet")
    assert asked.headers["Location"] == "/logga-in/?next=/barn/%3Fsida%3D2"
    assert through_door(client, "karin", next="/barn/?sida=2").headers["Location"] == "/barn/?sida=2"


@pytest.fixture
def no_demo(settings):
    settings.DEMO = False
    importlib.reload(urls)
    clear_url_caches()
    yield
    settings.DEMO = True
    importlib.reload(urls)
    clear_url_caches()


NOT_SET_UP = "Inloggningen är inte inställd ännu."


def test_with_a_provider_there_is_one_way_in_and_it_keeps_the_page_asked_for(client, db, no_demo, settings):
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": []}}
    page = client.get(f"{DOORS}?next=/hjalp/").content.decode()
    assert page.count('href="/logga-in/e-legitimation/?next=/hjalp/"') == 1
    assert NOT_SET_UP not in page


@pytest.mark.parametrize("why", ["?fel=answer", "?tiden-ute=1", "?next=/hjalp/"])
def test_whatever_led_there_a_log_in_that_is_not_set_up_says_so_and_whom_to_call(
    client, db, no_demo, settings, why
):
    settings.HELP_PHONE = "031-390 06 10"
    page = client.get(DOORS + why).content.decode()
    assert NOT_SET_UP in page
    assert 'href="tel:0313900610"' in page


def test_without_the_demo_there_are_no_doors(client, cast, no_demo):
    page = client.get(DOORS).content.decode()
    assert "Karin" not in page
    assert "e-legitimation" in page
    assert NOT_SET_UP in page
    assert "e-legitimation/" not in page, "no way to a page that is not there"
    answer = through_door(client, "karin")
    assert answer.status_code == 200
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize(
    ("own", "chosen_here", "language"),
    [
        ("en", None, "en"),
        ("en", "sv", "sv"),
        ("sv", None, None),
        ("sv", "en", "en"),
        ("ar", None, None),
        ("", None, None),
    ],
    ids=["own", "this browser's", "not chosen", "chosen here", "not one of ours", "unknown"],
)
def test_a_persons_own_language_comes_along_when_none_is_chosen_in_the_browser(
    client, cast, own, chosen_here, language
):
    speak(person_id=cast.karin.pk, language=own)
    if chosen_here:
        client.cookies["django_language"] = chosen_here
    through_door(client, "karin")
    kept = client.cookies.get("django_language")
    assert (kept.value if kept else None) == language


def test_a_language_chosen_while_logged_in_is_the_persons_own(client, cast):
    cast.log_in(client, "karin")
    client.post("/sprak/", {"language": "en"})
    client.post("/sprak/", {"language": "xx"})
    assert Person.objects.get(subject="karin").language == "en"
    assert not Person.objects.exclude(subject="karin").exclude(language="sv").exists()


def test_a_language_chosen_by_nobody_stays_in_the_browser(client, cast):
    client.post("/sprak/", {"language": "en"})
    assert client.cookies["django_language"].value == "en"
    assert not Person.objects.exclude(language="sv").exists()


def test_who_is_logged_in_already_is_sent_home(client, cast):
    cast.log_in(client, "karin")
    assert client.get(DOORS).headers["Location"] == "/"
    assert through_door(client, "maria").headers["Location"] == "/"
    assert client.session[ACTING_AS].startswith("coordinator:")


def test_logging_in_and_out_is_in_the_log(client, cast):
    through_door(client, "karin")
    client.post("/logga-ut/")
    acts = AccessLogRow.objects.filter(person_id=cast.karin.pk).values_list("action", flat=True)
    assert list(acts) == ["log_in", "log_out"]


def test_a_person_whose_work_has_ended_is_told_whom_to_ask(client, cast):
    Assignment.objects.filter(person=cast.karin).update(ends_on=cast.now.date() - timedelta(days=1))
    through_door(client, "karin")
    page = client.get("/logga-in/som/").content.decode()
    assert "inget uppdrag i Kring i dag" in page
