"""Logging in through a real OpenID Connect provider: who gets in, who does not, and in which words."""

import re
import socket
from urllib.parse import urlencode

import pytest
import requests

from kring.access.identity import COORDINATION_NUMBER, PERSONAL_NUMBER, Refused, person_from
from kring.audit.models import AccessLogRow
from kring.organisations.models import Person
from tests import cast as people
from tests.identity.server import running

LEVEL_3 = "http://id.elegnamnden.se/loa/1.0/loa3"
LEVEL_2 = "http://id.elegnamnden.se/loa/1.0/loa2"
LEVELS = frozenset({LEVEL_3, "http://id.elegnamnden.se/loa/1.0/loa4"})


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture
def provider(transactional_db, live_server, settings):
    """The provider, with Karin at level 3, Sara at level 2, Alva by number and a stranger."""
    cast = people.Cast() if Person.objects.exists() else people.set_up()
    Person.objects.filter(subject="karin").update(hsa_id="SE2321000131-K1")
    Person.objects.filter(subject="sara").update(hsa_id="SE2321000131-S1")
    Person.objects.filter(subject="ida").update(hsa_id="SE2321000131-I1")
    known = {
        "karin": {"acr": LEVEL_3, "employeeHsaId": "SE2321000131-K1"},
        "ida": {"acr": LEVEL_3, "employeeHsaId": "SE2321000131-I1"},
        "sara": {"acr": LEVEL_2, "employeeHsaId": "SE2321000131-S1"},
        "alva": {"acr": LEVEL_3, PERSONAL_NUMBER: cast.alva.identity_number},
        "stranger": {"acr": LEVEL_3, "employeeHsaId": "SE-NOBODY"},
    }
    port, callback = free_port(), f"{live_server.url}/logga-in/identity/svar/"
    app = {
        "provider_id": "identity",
        "name": "e-legitimation",
        "client_id": "kring",
        "secret": "for-tests-only-secret",
        "settings": {"server_url": f"http://localhost:{port}", "token_auth_method": "client_secret_basic"},
    }
    settings.DEMO = False
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"OAUTH_PKCE_ENABLED": True, "APPS": [app]}}
    with running(port, callback, known):
        yield live_server.url


class Visitor:
    """A browser without a screen: follows the way to the provider, says a name there, and comes back."""

    def __init__(self, kring: str) -> None:
        self.kring, self.session = kring, requests.Session()

    def log_in(self, **answer: str) -> requests.Response:
        at_provider = self.session.get(f"{self.kring}/logga-in/e-legitimation/?next=/hjalp/", timeout=10)
        assert "/who/" in at_provider.url, at_provider.text[:300]
        return self.session.get(f"{at_provider.url}?{urlencode(answer)}", timeout=10)

    def cookies(self) -> set[str]:
        return {cookie.name for cookie in self.session.cookies}


@pytest.fixture
def visitor(provider):
    return Visitor(provider)


def test_staff_get_in_by_their_staff_id_and_land_where_they_were_going(visitor):
    page = visitor.log_in(name="karin")
    assert page.url == f"{visitor.kring}/hjalp/"
    assert page.status_code == 200
    row = AccessLogRow.objects.get(action="log_in")
    assert row.person_id == Person.objects.get(subject="karin").pk


def test_a_child_gets_in_by_its_number_which_stands_in_no_address(visitor):
    page = visitor.log_in(name="alva")
    assert page.status_code == 200
    number = Person.objects.get(subject="alva").identity_number
    assert number not in page.url
    assert all(number not in step.url for step in page.history)


def test_who_has_two_roles_chooses_first(visitor):
    page = visitor.log_in(name="ida")
    assert "/logga-in/som/" in page.url
    assert "BUP Borås" in page.text


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        ({"name": "sara"}, "inte stark nog"),
        ({"name": "stranger"}, "du finns inte i Kring"),
        ({"cancel": "1"}, "Du avbröt inloggningen"),
    ],
)
def test_who_does_not_get_in_is_told_why_and_has_no_session(visitor, answer, words):
    page = visitor.log_in(**answer)
    assert page.url.startswith(f"{visitor.kring}/logga-in/?fel=")
    assert words in page.text
    rows = AccessLogRow.objects.filter(action="log_in")
    assert {row.outcome for row in rows} <= {"refused"}
    inside = visitor.session.get(f"{visitor.kring}/logga-in/som/", timeout=10)
    assert "/logga-in/" in inside.url
    assert "som" not in inside.url


def test_no_account_is_ever_made(visitor):
    before = Person.objects.count()
    for name in ("karin", "stranger"):
        Visitor(visitor.kring).log_in(name=name)
    assert Person.objects.count() == before


def test_an_answer_meant_for_another_browser_lets_nobody_in(visitor):
    at_provider = visitor.session.get(f"{visitor.kring}/logga-in/e-legitimation/", timeout=10)
    stolen = visitor.session.get(f"{at_provider.url}?name=karin", timeout=10, allow_redirects=False)
    while "/svar/" not in stolen.headers["Location"]:
        stolen = visitor.session.get(stolen.headers["Location"], timeout=10, allow_redirects=False)
    thief = requests.Session()
    page = thief.get(stolen.headers["Location"], timeout=10)
    assert "fel=answer" in page.url
    assert "/logga-in/" in thief.get(f"{visitor.kring}/logga-in/som/", timeout=10).url


def test_the_request_asks_for_proof_of_possession(visitor):
    first = visitor.session.get(
        f"{visitor.kring}/logga-in/e-legitimation/", timeout=10, allow_redirects=False
    )
    assert "code_challenge_method=S256" in first.headers["Location"]
    assert re.search(r"state=\w{10,}", first.headers["Location"])


def test_the_next_page_is_never_somewhere_else(visitor):
    visitor.session.get(f"{visitor.kring}/logga-in/e-legitimation/?next=https://evil.example/", timeout=10)
    at_provider = visitor.session.get(
        f"{visitor.kring}/logga-in/e-legitimation/?next=//evil.example/", timeout=10
    )
    page = visitor.session.get(f"{at_provider.url}?name=karin", timeout=10)
    assert page.url.startswith(visitor.kring)


def test_a_provider_that_does_not_answer_is_said_in_words(transactional_db, client, settings):
    app = {"provider_id": "identity", "client_id": "kring", "secret": "x", "name": "x"}
    app["settings"] = {"server_url": f"http://localhost:{free_port()}"}
    settings.DEMO = False
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": [app]}}
    assert client.get("/logga-in/e-legitimation/").url == "/logga-in/?fel=answer"


def test_without_a_provider_the_way_does_not_exist(db, client):
    assert client.get("/logga-in/e-legitimation/").status_code == 404
    assert client.get("/logga-in/identity/svar/?code=x&state=y").status_code == 404


@pytest.mark.parametrize(
    ("id_token", "userinfo", "code"),
    [
        ({"sub": "a"}, {}, "level"),
        ({"sub": "a", "acr": LEVEL_2}, {}, "level"),
        ({"sub": "a", "acr": LEVEL_3}, {"sub": "b", "employeeHsaId": "K1"}, "subject"),
        ({"sub": "a", "acr": LEVEL_3}, {"sub": "a"}, "unknown"),
        ({"sub": "a", "acr": LEVEL_3}, {"sub": "a", "employeeHsaId": "GONE"}, "unknown"),
        ({"sub": "a", "acr": LEVEL_3, PERSONAL_NUMBER: ""}, {}, "unknown"),
    ],
)
def test_refusals_row_by_row(cast, id_token, userinfo, code):
    Person.objects.filter(subject="sara").update(hsa_id="GONE", is_active=False)
    with pytest.raises(Refused) as refused:
        person_from(id_token, userinfo, LEVELS)
    assert refused.value.code == code


def test_a_coordination_number_is_as_good_as_a_personal_one(cast):
    Person.objects.filter(subject="leila").update(identity_number="198503722382")
    claims = {"sub": "a", "acr": LEVEL_3, COORDINATION_NUMBER: "198503722382"}
    assert person_from(claims, {}, LEVELS) == cast.leila
