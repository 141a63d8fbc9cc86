"""The frame: places by role, the current one, the clock, the language, and nothing for those not there."""

import re
from dataclasses import replace

import pytest

from kring.access.roles import ROLES
from kring.portal.places import CHILD, GUARDIAN, MOST_PLACES, STAFF, address, home_of, navigation, places_of


@pytest.mark.parametrize(
    ("who", "expected"),
    [
        ("karin", ["Arbetslista", "Barn", "Möten", "Meddelanden", "Min vecka"]),
        ("jonas", ["Arbetslista", "Barn", "Möten", "Meddelanden", "Min vecka"]),
        ("rune", ["Dagens besök", "Barn"]),
        ("nils", ["Inläsning", "Utskick"]),
        ("petra", ["Datastatus", "Mått", "Styrdiagram", "Utforska", "Lägesrapporter"]),
        ("agnes", ["Datastatus", "Mått", "Styrdiagram", "Utforska", "Lägesrapporter", "Körningar"]),
    ],
)
def test_places_by_what_the_role_may_do(cast, who, expected):
    found = [str(place.label) for place, _href in places_of(cast.actor(who))]
    assert [label for label in found if label in expected] == expected
    assert set(found) <= set(expected) | {"Körningar"}


@pytest.mark.parametrize("role", ROLES.values(), ids=lambda role: role.key)
def test_no_role_has_more_than_seven_places(role):
    """Nobody's last place is cut off."""
    for table in (STAFF, GUARDIAN, CHILD):
        assert sum(place.permission in role.permissions for place in table) <= MOST_PLACES


@pytest.mark.parametrize("role", sorted(ROLES))
def test_every_role_has_a_home(cast, role):
    actor = replace(cast.actor("karin"), role=role)
    assert home_of(actor).startswith("/")
    assert all(actor.may(place.permission) for place, _href in places_of(actor))


def test_one_place_is_the_current_one(cast):
    karin = cast.actor("karin")
    expected = {"/arbetslista/": "Arbetslista", "/arbetslista/vecka/": "Min vecka", "/barn/x/": "Barn"}
    for path, label in expected.items():
        assert [item.label for item in navigation(karin, path) if item.current] == [label]
    assert not [item for item in navigation(karin, "/hjalp/") if item.current]


def test_a_page_nobody_has_built_is_left_out():
    assert address("no-such-page") == ""
    assert address("child") == ""
    assert address("worklist") == "/arbetslista/"


@pytest.mark.parametrize("who", ["karin", "maria", "alva", "petra", "rune"])
def test_home_leads_where_the_day_begins(client, cast, who):
    cast.log_in(client, who)
    answer = client.get("/", follow=True)
    assert answer.status_code == 200
    assert answer.content.decode().count("<h1>") == 1


def test_the_name_the_role_and_the_unit_stand_in_the_menu(client, cast):
    page = cast.log_in(client, "karin").get("/arbetslista/").content.decode()
    menu = re.search(r'<details class="k-menu">.*?</details>', page, re.DOTALL)[0]
    for words in ("Karin Lund", "Samordnare", "Barn- och ungdomshabiliteringen Borås", "Logga ut", "KL"):
        assert words in menu


def test_who_has_two_ways_may_change_between_them(client, cast):
    client.post("/logga-in/", {"person": "lena"})
    client.post("/logga-in/som/", {"way": f"school_nurse:{cast.actor('lena', 'school_nurse').assignment_id}"})
    assert 'href="/logga-in/som/"' in client.get("/arbetslista/").content.decode()
    cast.log_in(client, "karin")
    assert 'href="/logga-in/som/"' not in client.get("/arbetslista/").content.decode()


def test_changing_role_closes_what_was_opened_with_a_reason(client, cast):
    cast.log_in(client, "karin")
    sigrid = cast.child("sigrid").pk
    client.post(f"/barn/{sigrid}/oppna/", {"reason": "Ringer familjen"})
    assert client.get(f"/barn/{sigrid}/").status_code == 200
    client.post("/logga-in/som/", {"way": f"coordinator:{cast.actor('karin').assignment_id}"})
    assert client.get(f"/barn/{sigrid}/").status_code == 302


def test_the_demo_says_that_it_is_one(client, cast, settings):
    assert "Påhittade uppgifter" in client.get("/logga-in/").content.decode()
    settings.DEMO = False
    assert "Påhittade uppgifter" not in client.get("/logga-in/").content.decode()


class TestLanguage:
    def test_chosen_and_kept(self, client, cast):
        answer = client.post("/sprak/", {"language": "en", "next": "/hjalp/"})
        assert answer.headers["Location"] == "/hjalp/"
        assert '<html lang="en"' in client.get("/hjalp/").content.decode()
        client.post("/sprak/", {"language": "sv"})
        assert '<html lang="sv"' in client.get("/hjalp/").content.decode()

    @pytest.mark.parametrize("language", ["", "de", "en\r\nSet-Cookie: x=1", "../../etc", "x" * 5000])
    def test_only_ours(self, client, db, language):
        answer = client.post("/sprak/", {"language": language})
        assert answer.status_code == 200
        assert "django_language" not in answer.cookies

    def test_leads_to_no_other_site(self, client, db):
        answer = client.post("/sprak/", {"language": "sv", "next": "//evil.example"})
        assert answer.headers["Location"] == "/"

    def test_stands_at_the_foot_of_every_page(self, client, cast):
        assert 'href="/sprak/?next=%2Flogga-in%2F"' in client.get("/logga-in/").content.decode()
        page = cast.log_in(client, "karin").get("/barn/").content.decode()
        assert 'href="/sprak/?next=%2Fbarn%2F"' in page


def test_help_stands_in_the_same_place_on_every_page(client, cast):
    for path in ("/logga-in/", "/hjalp/", "/finns-inte/"):
        assert 'class="k-foot__help"><a href="/hjalp/"' in client.get(path).content.decode()
    cast.log_in(client, "karin")
    for path in ("/arbetslista/", "/barn/", "/arbetslista/vecka/"):
        assert 'class="k-foot__help"><a href="/hjalp/"' in client.get(path).content.decode()
