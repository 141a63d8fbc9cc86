"""J3 and J5: Maria and Noa write to Karin's unit, Karin answers, and each page holds in three widths.

Without scripts, by keyboard alone, and two colleagues in one thread.
"""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from playwright.sync_api import Page, expect

from kring import clock
from kring.care.messages.models import Thread
from tests.browser import WIDTHS, arrow_to, assert_axe_clean, assert_no_overflow, assert_targets
from tests.cast import Cast
from tests.own_pages import sign_in
from tests.posting import Post, said

TARGETS = {"maria": 44, "noa": 44, "karin": 24, "eva": 24}
STANDS_ON = """() => {
    const here = document.activeElement;
    return (here.labels?.[0]?.innerText || here.innerText || '').trim();
}"""


@pytest.fixture
def post(transactional_db: None, cast: Cast) -> Post:
    return Post(cast)


@pytest.fixture
def enter(new_page: Callable[..., Page], live_server: Any, transactional_db: None) -> Callable[..., Page]:
    """A page of one person's own browser."""

    def open_one(person: Any, role: str | None = None, **more: Any) -> Page:
        page = new_page(**more)
        key = sign_in(Client(), person, role).cookies["kring"].value
        page.context.add_cookies([{"name": "kring", "value": key, "url": live_server.url}])
        return page

    return open_one


def press(page: Page, words: str, key: str = "Enter") -> None:
    """Press Tab until the keyboard stands on something that begins with `words`, and then the key."""
    for _step in range(80):
        page.keyboard.press("Tab")
        if page.evaluate(STANDS_ON).startswith(words):
            page.keyboard.press(key)
            return
    raise AssertionError(f"Tab never reached {words!r} on {page.url}")


def says(page: Page, words: str) -> None:
    expect(page.get_by_role("heading", level=1)).to_have_text(words)


def test_a_guardian_writes_without_scripts_and_the_unit_answers_by_keyboard(post, enter, cast):
    maria = enter(cast.maria, "guardian", width=390, javascript=False)
    maria.goto(f"/mina-sidor/{cast.child('alva').pk}/")
    maria.get_by_role("navigation", name="Huvudmeny").get_by_role("link", name="Meddelanden").click()
    maria.get_by_role("link", name="Skriv ett meddelande").click()
    maria.get_by_label("Vad gäller det?").fill("Bad på torsdag")
    maria.get_by_role("button", name="Skicka meddelandet").click()
    expect(maria.get_by_role("heading", name="Det finns något att rätta")).to_be_visible()
    expect(maria.get_by_label("Vad gäller det?")).to_have_value("Bad på torsdag")
    maria.get_by_label(post.unit().name).check(force=True)
    maria.get_by_label("Meddelande", exact=True).fill("Kan vi få bilder?")
    maria.get_by_label("Bara jag och enheten").check(force=True)
    maria.get_by_role("button", name="Skicka meddelandet").click()
    says(maria, "Bad på torsdag")
    expect(maria.get_by_text("Svar senast ons 18 nov 2026")).to_be_visible()

    with clock.frozen(clock.now() + timedelta(minutes=5)):
        karin = enter(cast.karin)
        karin.goto("/meddelanden/")
        press(karin, "Bad på torsdag")
        says(karin, "Bad på torsdag")
        press(karin, "Skriv ett svar", "Shift")
        karin.keyboard.type("Ja, de ligger i receptionen.")
        press(karin, "Skicka svaret")
        expect(karin.get_by_role("status").first).to_contain_text("Svaret är skickat.")
    assert said(Thread.objects.get()) == ["Kan vi få bilder?", "Ja, de ligger i receptionen."]

    with clock.frozen(clock.now() + timedelta(minutes=9)):
        maria.goto(f"/mina-sidor/{cast.child('alva').pk}/")
        place = maria.get_by_role("navigation", name="Huvudmeny").get_by_role("link", name="Meddelanden")
        expect(place).to_contain_text("1")
        place.click()
        maria.get_by_role("link", name="Bad på torsdag").click()
        expect(maria.get_by_text("Ja, de ligger i receptionen.")).to_be_visible()
        expect(maria.get_by_text("Läst av enheten")).to_be_visible()
        expect(place).not_to_contain_text("1")


def test_a_young_person_writes_by_keyboard_and_the_marker_is_there(post, enter, cast):
    page = enter(cast.noa)
    page.goto("/min-sida/mina-vuxna/")
    press(page, "Skriv ett meddelande")
    says(page, "Skriv ett meddelande")
    press(page, "Barn- och ungdomshabiliteringen Borås", "Space")
    arrow_to(page, "BUP Borås")
    press(page, "Vad gäller det?", "Shift")
    page.keyboard.type("Prata själv")
    press(page, "Meddelande", "Shift")
    page.keyboard.type("Kan jag komma utan någon?")
    press(page, "Skicka meddelandet")
    says(page, "Prata själv")
    expect(page.get_by_text("Bara du och BUP Borås")).to_be_visible()
    assert said(Thread.objects.get()) == ["Kan jag komma utan någon?"]


def test_a_unit_begins_without_scripts_and_the_guardian_answers(post, enter, cast):
    karin = enter(cast.karin, javascript=False)
    karin.goto(f"/barn/{cast.child('alva').pk}/meddelanden/")
    karin.get_by_role("link", name="Skriv till familjen").click()
    says(karin, "Skriv till familjen")
    expect(karin.get_by_text(f"Bara den du skriver till och {post.unit().name} ser tråden.")).to_be_visible()
    karin.get_by_label("Meddelande", exact=True).fill("Vi har fått fler bilder.")
    karin.get_by_role("button", name="Skicka meddelandet").click()
    expect(karin.get_by_role("heading", name="Det finns något att rätta")).to_be_visible()
    expect(karin.get_by_label("Meddelande", exact=True)).to_have_value("Vi har fått fler bilder.")
    karin.get_by_label("Maria Berg").check(force=True)
    karin.get_by_label("Vad gäller det?").fill("Nya bilder")
    karin.get_by_role("button", name="Skicka meddelandet").click()
    says(karin, "Nya bilder")
    expect(karin.get_by_text("Bara den ni skriver till och er enhet ser tråden.")).to_be_visible()

    with clock.frozen(clock.now() + timedelta(minutes=5)):
        maria = enter(cast.maria, "guardian", width=390)
        maria.goto(f"/mina-sidor/{cast.child('alva').pk}/meddelanden/")
        expect(maria.get_by_text("Nytt meddelande")).to_be_visible()
        press(maria, "Nya bilder")
        says(maria, "Nya bilder")
        expect(maria.get_by_text(f"Bara du och {post.unit().name}")).to_be_visible()
        press(maria, "Skriv mer", "Shift")
        maria.keyboard.type("Vad bra!")
        press(maria, "Skicka meddelandet")
        expect(maria.get_by_text("Svar senast ons 18 nov 2026")).to_be_visible()
    assert said(Thread.objects.get()) == ["Vi har fått fler bilder.", "Vad bra!"]


def test_a_unit_begins_with_the_young_alone_by_keyboard(post, enter, cast):
    page = enter(cast.karin)
    page.goto(f"/barn/{cast.child('noa').pk}/meddelanden/nytt/")
    # The only one there is to write to stands chosen already.
    press(page, "Vad gäller det?", "Shift")
    page.keyboard.type("Din tid")
    press(page, "Meddelande", "Shift")
    page.keyboard.type("Passar torsdag?")
    press(page, "Skicka meddelandet")
    says(page, "Din tid")
    noa = enter(cast.noa, width=320)
    noa.goto("/min-sida/meddelanden/")
    noa.get_by_role("link", name="Din tid").click()
    expect(noa.get_by_text(f"Bara du och {post.unit().name}")).to_be_visible()
    expect(noa.get_by_text("Passar torsdag?")).to_be_visible()


def test_the_second_colleague_is_told_and_keeps_the_words(post, enter, cast):
    thread = post.begin()
    karin, maja = enter(cast.karin), enter(cast.maja, javascript=False)
    for page in (karin, maja):
        page.goto(f"/meddelanden/{thread.pk}/")
    karin.get_by_label("Skriv ett svar").fill("Karins svar.")
    karin.get_by_role("button", name="Skicka svaret").click()
    maja.get_by_label("Skriv ett svar").fill("Majas svar.")
    maja.get_by_role("button", name="Skicka svaret").click()
    expect(maja.get_by_text("Karin Lund svarade medan du skrev.")).to_be_visible()
    expect(maja.get_by_text("Karins svar.")).to_be_visible()
    expect(maja.get_by_label("Skriv ett svar")).to_have_value("Majas svar.")
    maja.get_by_role("button", name="Skicka svaret").click()
    expect(maja.get_by_text("Svaret är skickat.")).to_be_visible()
    assert said(thread)[1:] == ["Karins svar.", "Majas svar."]


@pytest.mark.parametrize("width", WIDTHS.values(), ids=WIDTHS)
def test_every_page_holds_in_every_width(post, enter, cast, width):
    thread, young = post.begin(title="Ord" * 20, text="Långtord" * 60), post.begin("noa", "noa")
    post.write("karin", thread)
    alva = cast.child("alva").pk
    paths = {
        "maria": [f"/mina-sidor/{alva}/meddelanden/{rest}" for rest in ("", "nytt/", f"{thread.pk}/")],
        "noa": [f"/min-sida/meddelanden/{rest}" for rest in ("", "nytt/", f"{young.pk}/")],
        "karin": [f"/meddelanden/{rest}" for rest in ("", "?visa=besvarade", f"{young.pk}/")],
        "eva": ["/meddelanden/", f"/barn/{alva}/meddelanden/", f"/barn/{alva}/meddelanden/nytt/"],
    }
    for who, places in paths.items():
        page = enter(getattr(cast, who), "guardian" if who == "maria" else None, width=width)
        for path in places:
            page.goto(path)
            assert_no_overflow(page)
            assert_targets(page, TARGETS[who])
            assert_axe_clean(page)
