"""S04: each error page says what happened, what to do and whom to ask, and tells nothing more."""

import logging
import re
from uuid import uuid4

import pytest
from django.test import Client

FORBIDDEN = re.compile(r"ogiltig|felaktig|vänligen|tyvärr|oops|något gick fel", re.IGNORECASE)


def good_page(answer, status: int, heading: str) -> str:
    page = answer.content.decode()
    assert answer.status_code == status
    assert f"<h1>{heading}</h1>" in page
    assert f"<title>{heading} – Kring</title>" in page
    assert page.count("<h1>") == 1
    assert "Det här kan du göra" in page
    assert 'href="/hjalp/"' in page
    assert "031-390 06 10" in page
    assert not FORBIDDEN.search(page)
    assert "<form" not in page
    return page


@pytest.fixture
def karin(client, cast):
    return cast.log_in(client, "karin")


def test_not_found(karin):
    page = good_page(karin.get("/finns-inte/"), 404, "Sidan finns inte")
    assert "Ärendekod" not in page
    assert 'href="/arbetslista/"' in page
    assert "Karin" not in page


def test_not_found_is_the_same_each_time_and_for_each_kind(karin, cast):
    answers = [karin.get(f"/barn/{key}/") for key in (uuid4(), cast.child("tuva").pk, uuid4())]
    answers.append(karin.get("/finns-inte/"))
    assert len({one.content for one in answers}) == 1
    assert len({tuple(sorted(one.headers.items())) for one in answers}) == 1


def test_not_found_without_logging_in_tells_nothing(client, db):
    page = good_page(client.get("/finns-inte/"), 404, "Sidan finns inte")
    assert "/arbetslista/" not in page


def test_not_allowed(client, cast):
    cast.log_in(client, "petra")
    page = good_page(client.get("/arbetslista/"), 403, "Din roll omfattar inte den här sidan")
    assert re.search(r"Ärendekod [2-9A-Z]{4}\.", page)


@pytest.mark.parametrize(("who", "to_do"), [("alva", "Fråga en vuxen"), ("maria", "Ring den mottagning")])
def test_the_family_is_told_so_without_a_word_of_roles_at_work(client, cast, who, to_do):
    cast.log_in(client, who)
    page = good_page(client.get("/arbetslista/"), 403, "Den här sidan är inte öppen för dig")
    assert to_do in page
    assert ("byt roll" in page) is (who == "maria"), "a guardian may have work, too; a child has not"
    for word in ("Din roll", "verksamhetschef", "uppdrag", "/arbetslista/"):
        assert word not in page
    assert re.search(r"Ärendekod [2-9A-Z]{4}\.", page)


def test_a_form_whose_key_does_not_match(cast):
    guarded = cast.log_in(Client(enforce_csrf_checks=True), "karin")
    page = good_page(guarded.post("/arbetslista/atgard/", {}), 403, "Det gick inte att skicka formuläret")
    assert "Inget har skickats eller ändrats" in page


def test_too_many_fields(karin):
    answer = karin.post("/arbetslista/atgard/", {f"f{n}": "x" for n in range(2_001)})
    good_page(answer, 400, "Det gick inte att läsa det som skickades")


def test_too_large(karin):
    answer = karin.post("/barn/", "x" * 2_700_000, content_type="application/x-www-form-urlencoded")
    good_page(answer, 400, "Det gick inte att läsa det som skickades")


def test_an_unknown_host(client, db):
    answer = client.get("/", headers={"host": "evil.example"})
    assert answer.status_code == 400
    assert "evil" not in answer.content.decode()


@pytest.fixture
def broken(monkeypatch):
    def fall(*args, **kwargs):
        raise RuntimeError("secret-in-a-traceback")

    monkeypatch.setattr("kring.portal.staff.worklist.queries.page_of", fall)


def test_broken(cast, broken, caplog):
    client = cast.log_in(Client(raise_request_exception=False), "karin")
    with caplog.at_level(logging.WARNING):
        page = good_page(client.get("/arbetslista/"), 500, "Det gick inte att visa sidan")
    assert "secret-in-a-traceback" not in page
    assert "Karin" not in page
    case = re.search(r"Ärendekod ([2-9A-HJ-NP-Z]{4})\.", page)[1]
    assert f"case {case}: answered 500 at arbetslista/" in caplog.text


def test_broken_asks_nothing_of_the_database(cast, broken, django_assert_num_queries):
    client = cast.log_in(Client(raise_request_exception=False), "karin")
    with django_assert_num_queries(2):  # the session, and who it is: before it broke
        client.get("/arbetslista/")


def test_the_log_holds_no_address_with_a_child(karin, cast, caplog):
    cast.log_in(karin, "petra")
    child = cast.child("alva").pk
    with caplog.at_level(logging.WARNING, logger="kring"):
        karin.get(f"/barn/{child}/")
    ours = [record.getMessage() for record in caplog.records if record.name.startswith("kring")]
    assert ours
    assert not [line for line in ours if str(child) in line]


@pytest.mark.parametrize(
    "path", ["/finns-inte/", "/barn/" + "9" * 40 + "/", "/%00/", "/arbetslista/resultat/x/"]
)
def test_error_pages_carry_the_protecting_headers(karin, path):
    answer = karin.get(path)
    assert answer.status_code == 404
    assert answer.headers["Cache-Control"] == "no-store"
    assert "unsafe" not in answer.headers["Content-Security-Policy"]


@pytest.mark.parametrize("method", ["put", "delete", "patch", "options", "head", "trace"])
def test_other_methods_break_nothing(karin, method):
    for path in ("/arbetslista/", "/barn/", "/logga-in/", "/"):
        assert getattr(karin, method)(path).status_code < 500
