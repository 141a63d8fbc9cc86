"""J5: Noa, fifteen years old, meets her own pages, decides what her guardian sees, asks to read more, and
leaves quickly.

By keyboard alone, without scripts, and every page in three widths.
"""

import re
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Page, expect

from kring.access.policy.notices import Receiver, Way
from kring.children.models import Child, MaturityAssessment
from kring.notifications import codes
from kring.notifications import commands as notices
from kring.notifications.models import AddressCode, Delivery
from kring.notifications.rules import topics_for
from kring.organisations.models import Person
from kring.secrecy.commands.asking import note_welcome
from kring.timeline.models import Task
from tests.browser import WIDTHS, arrow_to, assert_axe_clean, assert_no_overflow, assert_targets
from tests.cast import Cast
from tests.own_pages import sign_in

TARGET = 44
OTHERS = "/min-sida/vad-andra-ser/"
PATHS = (
    "/min-sida/",
    "/min-sida/valkommen/",
    OTHERS,
    "/min-sida/meddelanden/",
    "/min-sida/las-mer/",
    "/min-sida/mina-sparrar/",
    "/min-sida/vuxenvarden/",
    "/min-sida/det-har-andras/",
    "/min-sida/min-journal/",
    "/lamna-snabbt/",
)
STANDS_ON = """() => {
    const here = document.activeElement;
    return (here.labels?.[0]?.innerText || here.innerText || '').trim();
}"""


@pytest.fixture
def enter(new_page: Callable[..., Page], live_server: Any, transactional_db: None) -> Callable[..., Page]:
    """A page of one person's own browser."""

    def open_one(person: Any, **more: Any) -> Page:
        page = new_page(**more)
        key = sign_in(Client(), person).cookies["kring"].value
        page.context.add_cookies([{"name": "kring", "value": key, "url": live_server.url}])
        return page

    return open_one


@pytest.fixture
def welcomed(transactional_db: None, cast: Cast) -> None:
    note_welcome(by=cast.actor("noa"), child_id=cast.child("noa").pk)


def press(page: Page, words: str, key: str = "Enter") -> None:
    """Press Tab until the keyboard stands on something that begins with `words`, and then the key."""
    for _step in range(60):
        page.keyboard.press("Tab")
        if page.evaluate(STANDS_ON).startswith(words):
            page.keyboard.press(key)
            return
    raise AssertionError(f"Tab never reached {words!r} on {page.url}")


def says(page: Page, words: str) -> None:
    expect(page.get_by_role("heading", level=1)).to_have_text(words)


def family_status(page: Page, cast: Cast) -> int:
    return page.goto(reverse("family-plan", args=[cast.child("noa").pk])).status


def test_first_visit_and_what_others_see_by_keyboard_alone(enter, cast):
    page, guardian = enter(cast.noa), enter(cast.anders)
    page.goto("/")
    says(page, "Välkommen")
    press(page, "Gå till min sida")
    says(page, "Hej Noa")
    expect(page.get_by_text("Anders Dahl ser inget av dina sidor.")).to_be_visible()
    press(page, "Se allt och ändra")
    says(page, "Vad andra ser")
    press(page, "Visa")
    says(page, "Visa Min plan för Anders Dahl?")
    expect(page.get_by_text("Anders Dahl får inget meddelande om att du ändrat.")).to_be_visible()
    press(page, "Visa")
    expect(page.get_by_role("status").first).to_contain_text("Nu ser Anders Dahl Min plan.")
    assert family_status(guardian, cast) == 200
    press(page, "Sluta visa")
    says(page, "Sluta visa Min plan för Anders Dahl?")
    press(page, "Sluta visa")
    expect(page.get_by_role("status").first).to_contain_text("Nu ser Anders Dahl inte längre Min plan.")
    assert family_status(guardian, cast) == 404


def test_asking_to_read_more_by_keyboard_alone(enter, cast, welcomed):
    page = enter(cast.noa)
    page.goto("/min-sida/")
    press(page, "Jag vill läsa mer")
    says(page, "Jag vill läsa mer")
    press(page, "Barn- och ungdomshabiliteringen Borås", "Space")
    arrow_to(page, "BUP Borås")
    page.keyboard.press("Tab")
    page.keyboard.type("Jag undrar vad det står.")
    press(page, "Gå vidare")
    says(page, "Kontrollera och skicka")
    press(page, "Skicka frågan")
    expect(page.get_by_role("status").first).to_contain_text("Din fråga är skickad.")
    expect(page.get_by_text("Du frågade BUP Borås")).to_be_visible()
    assert Task.objects.get().kind == "maturity_asked"


def test_the_whole_way_without_scripts(enter, cast):
    page = enter(cast.noa, javascript=False)
    page.goto("/min-sida/")
    page.get_by_role("button", name="Gå till min sida").click()
    page.get_by_role("link", name="Se allt och ändra").click()
    page.get_by_role("link", name=re.compile("Visa ?: Min plan, Anders Dahl")).click()
    page.get_by_role("button", name="Visa", exact=True).click()
    expect(page.get_by_text("Nu ser Anders Dahl Min plan.")).to_be_visible()
    page.goto("/min-sida/las-mer/")
    page.get_by_label("BUP Borås").check()
    page.get_by_role("button", name="Gå vidare").click()
    page.get_by_role("button", name="Skicka frågan").click()
    expect(page.get_by_text("Din fråga är skickad.")).to_be_visible()
    page.get_by_role("button", name="Lämna snabbt").click()
    gone(page)


def gone(page: Page) -> None:
    """A page of our own that says nothing of Kring; Back and the address itself show nothing of anybody."""
    page.wait_for_url("**/kalender/")
    for trace in ("Kring", "Noa", "Anders", "plan"):
        assert trace not in page.content().replace("kring.css", "")
    page.go_back()
    assert "/logga-in/" in page.url
    assert page.get_by_text("Vad andra ser").count() == 0
    page.goto(OTHERS)
    assert "/logga-in/" in page.url


@pytest.mark.parametrize("way", ["button", "shift"])
@pytest.mark.parametrize("path", ["/min-sida/", OTHERS, "/min-sida/meddelanden/", "/min-sida/las-mer/"])
def test_leaving_quickly_by_button_and_by_shift_three_times(enter, cast, welcomed, way, path):
    page = enter(cast.noa)
    page.goto(path)
    if way == "button":
        press(page, "Lämna snabbt")
    else:
        for _time in range(3):
            page.keyboard.press("Shift")
    gone(page)


def test_shift_while_typing_a_capital_does_not_leave(enter, cast, welcomed):
    page = enter(cast.noa)
    page.goto("/min-sida/las-mer/")
    page.get_by_label("Vill du skriva något till dem?").focus()
    page.keyboard.press("Shift+A")
    page.keyboard.press("Shift+B")
    page.keyboard.press("Shift+C")
    assert page.get_by_label("Vill du skriva något till dem?").input_value() == "ABC"
    assert page.url.endswith("/min-sida/las-mer/")


def test_a_guardian_leaves_as_quickly(enter, cast):
    page = enter(cast.maria)
    page.goto(f"/mina-sidor/{cast.child('alva').pk}/")
    page.keyboard.press("Shift")
    page.keyboard.press("Shift")
    page.keyboard.press("Shift")
    page.wait_for_url("**/kalender/")
    page.go_back()
    assert "/logga-in/" in page.url


@pytest.mark.parametrize("width", WIDTHS.values(), ids=WIDTHS)
def test_every_page_in_every_width(enter, cast, welcomed, width):
    """Seventeen and a half, and judged mature for everything: every page is there."""
    Child.objects.filter(pk=cast.child("noa").pk).update(birth_date=date(2009, 3, 2))
    for question in ("block", "record"):
        MaturityAssessment.objects.create(
            child=cast.child("noa"),
            question=question,
            mature_from=date(2026, 11, 16),
            grounds="Samtal",
            unit=cast.unit("sas-bup-boras"),
            assessed_by=cast.eva,
            assessed_at=cast.now,
        )
    page = enter(cast.noa, width=width)
    share = f"{OTHERS}andra/?vem={cast.guardian('anders').pk}&vad=plan"
    for path in (*PATHS, share):
        assert page.goto(path).status == 200, path
        assert_axe_clean(page)
        assert_no_overflow(page)
        assert_targets(page, TARGET)


def test_no_page_names_anybody_in_its_title_or_address(enter, cast, welcomed):
    page = enter(cast.noa)
    for path in PATHS:
        page.goto(path)
        assert "Noa" not in page.title() and "Anders" not in page.title()
        assert "Noa" not in page.url and "Anders" not in page.url


WAYS, LIST = "/aviseringar/installningar/", "/aviseringar/"
HERS = "noa@exempel.se"


def test_choosing_mail_by_keyboard_alone_and_reading_what_is_new(enter, cast, welcomed):
    """In Kring only from the start; a guardian's address is refused; hers is confirmed by its code."""
    Person.objects.filter(subject="anders").update(email="anders@exempel.se")
    page = enter(cast.noa)
    page.goto("/min-sida/")
    press(page, "Välj hur du får veta när något är nytt")
    says(page, "Hur vill du få veta?")
    expect(page.get_by_text("Ingen vårdnadshavare får det.")).to_be_visible()
    press(page, "Ja, när jag har något nytt", "Space")
    press(page, "Din egen mejladress", "Shift")
    page.keyboard.type("anders@exempel.se")
    press(page, "Spara")
    expect(page.get_by_text("En vårdnadshavare har den adressen eller det numret.")).to_be_visible()
    page.get_by_label("Din egen mejladress").fill(HERS)
    page.get_by_role("button", name="Spara").click()
    says(page, "Bekräfta mejladressen")
    press(page, "Kod", "Shift")
    page.keyboard.type(codes.letters_of(AddressCode.objects.get()))
    press(page, "Bekräfta")
    expect(page.get_by_text("Adressen är bekräftad.")).to_be_visible()
    about = {"child_id": cast.child("noa").pk, "about": cast.child("noa").pk, "family": True}
    notices.tell(by=cast.actor("karin"), act="plan_version", **about)
    assert [row.notice.person for row in Delivery.objects.filter(notice__isnull=False)] == [cast.noa]
    page.goto("/min-sida/")
    press(page, "Nytt för dig, 1 sak")
    says(page, "Nytt för dig")
    press(page, "Din plan har ändrats.")
    says(page, "Min plan")
    expect(page.get_by_role("link", name="Nytt för dig", exact=True)).to_be_visible()


def test_choosing_text_messages_without_scripts(enter, cast, welcomed):
    page = enter(cast.noa, width=390, javascript=False)
    page.goto(WAYS)
    page.get_by_role("group", name="Vill du ha sms?").get_by_label("Ja, när jag har något nytt").check()
    page.get_by_role("button", name="Spara").click()
    expect(page.get_by_text("Skriv mobilnumret.").first).to_be_visible()
    page.get_by_label("Ditt eget mobilnummer").fill("070-123 45 67")
    page.get_by_role("button", name="Spara").click()
    says(page, "Bekräfta mobilnumret")
    page.get_by_label("Kod").fill("000000")
    page.get_by_role("button", name="Bekräfta", exact=True).click()
    expect(page.get_by_text("Koden stämmer inte.").first).to_be_visible()
    page.get_by_role("button", name="Skicka en ny kod").click()
    page.get_by_label("Kod").fill(codes.letters_of(AddressCode.objects.get(ended_at=None)))
    page.get_by_role("button", name="Bekräfta", exact=True).click()
    expect(page.get_by_text("Adressen är bekräftad.")).to_be_visible()
    page.get_by_role("button", name="Lämna snabbt").click()
    gone(page)


@pytest.mark.parametrize("width", WIDTHS.values(), ids=WIDTHS)
def test_list_and_ways_in_every_width(enter, cast, welcomed, width):
    """With everything there is on them: new and read, an address that waits for its code, and faults."""
    about = {"child_id": cast.child("noa").pk, "family": True}
    for act in ("summons_sent", "plan_version", "visit_moved", "record_answered"):
        notices.tell(by=cast.actor("karin"), act=act, about=cast.child("noa").pk, **about)
    notices.choose_ways(by=cast.actor("noa"), chosen={Way.EMAIL: (HERS, topics_for(Receiver.CHILD))})
    page = enter(cast.noa, width=width)
    for path in (LIST, WAYS, f"{WAYS}mejl/"):
        assert page.goto(path).status == 200, path
        assert_axe_clean(page)
        assert_no_overflow(page)
        assert_targets(page, TARGET)
    page.goto(WAYS)
    page.get_by_label("Din egen mejladress").fill("fel")
    page.get_by_role("button", name="Spara").click()
    expect(page.get_by_text("Det finns något att rätta")).to_be_visible()
    assert_axe_clean(page)
    assert_no_overflow(page)
