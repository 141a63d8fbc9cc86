"""J4: Alva, ten years old with a language disorder, reads her plan and prepares her meeting.

Once by keyboard alone, once without scripts; and every page of hers in three widths.
"""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from playwright.sync_api import Page, expect

from tests.browser import WIDTHS, assert_axe_clean, assert_no_overflow, assert_targets
from tests.cast import Cast
from tests.own_pages import Scene, sign_in

TARGET = 64
YOUNG_TARGET = 44
STEPS = "/min-sida/mina-moten/forbered/"


@pytest.fixture
def scene(transactional_db: None, cast: Cast) -> Scene:
    return Scene(cast).whole()


@pytest.fixture
def enter(new_page: Callable[..., Page], live_server: Any) -> Callable[..., Page]:
    """A page of one person's own browser."""

    def open_one(person: Any, **more: Any) -> Page:
        page = new_page(**more)
        key = sign_in(Client(), person).cookies["kring"].value
        page.context.add_cookies([{"name": "kring", "value": key, "url": live_server.url}])
        return page

    return open_one


STANDS_ON = """() => {
    const here = document.activeElement;
    return (here.labels?.[0]?.innerText || here.innerText || '').trim();
}"""


def tab_to(page: Page, words: str, most: int = 60) -> None:
    """Press Tab until the keyboard stands on something that says `words`."""
    for _step in range(most):
        page.keyboard.press("Tab")
        if words in page.evaluate(STANDS_ON):
            return
    raise AssertionError(f"Tab never reached {words!r} on {page.url}")


def press(page: Page, words: str, key: str = "Enter") -> None:
    tab_to(page, words)
    page.keyboard.press(key)


def says(page: Page, words: str) -> None:
    expect(page.get_by_role("heading", level=1)).to_have_text(words)


def test_the_plan_by_keyboard_alone(scene, enter, cast):
    page = enter(cast.alva)
    page.goto("/min-sida/")
    press(page, "Min plan")
    says(page, "Min plan")
    press(page, "Jag förstår inte")
    expect(page.get_by_role("status").first).to_contain_text("Bra att du säger det!")
    press(page, "Jag har läst min plan")
    expect(page.get_by_text("Du har läst planen.")).to_be_visible()
    assert scene.version.acknowledgements.count() == 1


def test_all_eight_steps_by_keyboard_alone(scene, enter, cast):
    page = enter(cast.alva)
    page.goto("/min-sida/")
    press(page, "Förbered mitt möte")
    says(page, "När och var är mötet?")
    press(page, "Nästa")
    says(page, "Vilka kommer till mötet?")
    press(page, "Nästa")
    says(page, "Det här är jag bra på")
    press(page, "Rita", "Space")
    press(page, "Djur", "Space")
    tab_to(page, "Vill du skriva något eget?")
    page.keyboard.type("Jag kan simma.")
    press(page, "Nästa")
    says(page, "Det här är svårt för mig")
    press(page, "Pausa")
    expect(page.get_by_role("status").first).to_contain_text("Det är sparat.")
    press(page, "Förbered mitt möte")
    says(page, "Det här är svårt för mig")
    press(page, "Hoppa över")
    says(page, "Det här vill jag")
    press(page, "Ha fler pauser", "Space")
    press(page, "Nästa")
    says(page, "Det här vill jag inte prata om")
    press(page, "Hoppa över")
    says(page, "Hur vill du vara med på mötet?")
    press(page, "Hela mötet", "Space")
    page.keyboard.press("ArrowDown")
    press(page, "Nästa")
    says(page, "Hur visar du att du vill ha paus?")
    press(page, "Jag håller upp handen", "Space")
    press(page, "Nästa")
    says(page, "Det här skickar du")
    assert scene.preparation().sent_at is None
    press(page, "Skicka")
    says(page, "Tack! Nu är det skickat.")
    sent = scene.preparation()
    assert sent.sent_at
    assert sent.good_at == "Rita\nDjur\nJag kan simma."
    assert (sent.wish, sent.takes_part, sent.pause_sign) == (
        "Ha fler pauser",
        "a_while",
        "Jag håller upp handen",
    )
    press(page, "Mitt papper")
    says(page, "Mitt papper")


def test_all_eight_steps_without_scripts(scene, enter, cast):
    page = enter(cast.alva, width=390, javascript=False)
    page.goto("/min-sida/")
    page.get_by_role("link", name="Mina möten").click()
    page.get_by_role("link", name="Förbered mitt möte").click()
    for _tells in range(2):
        page.get_by_role("button", name="Nästa").click()
    page.get_by_text("Djur", exact=True).click()
    page.get_by_role("button", name="Nästa").click()
    page.get_by_label("Vill du skriva något eget?").fill("När alla pratar")
    page.get_by_role("button", name="Pausa").click()
    expect(page.get_by_text("Det är sparat.")).to_be_visible()
    page.get_by_role("link", name="Mina möten").click()
    page.get_by_role("link", name="Fortsätt där du var").click()
    expect(page.get_by_label("Vill du skriva något eget?")).to_have_value("När alla pratar")
    for _skipped in range(3):
        page.get_by_role("button", name="Hoppa över").click()
    page.get_by_text("Någon pratar för mig").click()
    page.get_by_role("button", name="Nästa").click()
    page.get_by_role("button", name="Hoppa över").click()
    page.get_by_role("button", name="Skicka", exact=True).click()
    says(page, "Tack! Nu är det skickat.")
    sent = scene.preparation()
    assert (sent.good_at, sent.hard, sent.takes_part) == ("Djur", "När alla pratar", "spokesperson")


def test_what_is_written_is_saved_without_a_press(scene, enter, cast):
    page = enter(cast.alva)
    page.goto(f"{STEPS}5/")
    page.get_by_label("Vill du skriva något eget?").fill("Ha min bok")
    expect(page.get_by_text("Sparat klockan")).to_be_visible()
    page.get_by_text("Ha det lugnt").click()
    page.wait_for_function("() => document.querySelector('[name=was]').value.startsWith('Ha det lugnt')")
    page.goto(f"{STEPS}5/")
    expect(page.get_by_label("Vill du skriva något eget?")).to_have_value("Ha min bok")
    page.get_by_role("button", name="Nästa").click()
    says(page, "Det här vill jag inte prata om")
    assert scene.preparation().wish == "Ha det lugnt\nHa min bok"


def test_after_the_meeting_without_scripts(scene, enter, cast):
    scene.met()
    page = enter(cast.alva, width=390, javascript=False)
    page.goto("/min-sida/")
    page.get_by_role("link", name="Det här bestämde vi").click()
    expect(page.get_by_text("Paus varje lektion.")).to_be_visible()
    page.get_by_role("button", name="Klart").click()
    expect(page.get_by_role("heading", name="Det finns något att rätta")).to_be_visible()
    page.get_by_text("Lite", exact=True).click()
    page.get_by_role("button", name="Klart").click()
    expect(page.get_by_text("Du svarade: Lite")).to_be_visible()


def paths() -> list[str]:
    rest = (
        "",
        "min-plan/",
        "min-plan/be-om/",
        "mina-moten/",
        *(f"mina-moten/forbered/{number}/" for number in range(1, 9)),
        "mina-moten/forbered/skicka/",
        "mina-moten/forbered/skickat/",
        "mina-moten/mitt-papper/",
        "det-har-bestamde-vi/",
        "mina-vuxna/",
        "prata-nu/",
        "bra-att-veta/",
    )
    return [f"/min-sida/{part}" for part in rest]


def prepared(scene: Scene) -> None:
    """Something to show on the check page and the paper, and a meeting that was held."""
    from kring.care.plans import commands as plans

    answers = {"good_at": "Rita\nJag kan simma.", "takes_part": "a_while", "pause_sign": "Jag säger paus"}
    plans.prepare_meeting(by=scene.act("alva"), plan_id=scene.plan.pk, step=8, **answers)
    scene.met()


@pytest.mark.parametrize("width", WIDTHS.values(), ids=WIDTHS)
def test_every_page_in_every_width(scene, enter, cast, width):
    prepared(scene)
    page = enter(cast.alva, width=width)
    for path in paths():
        assert page.goto(path).status == 200, path
        assert_axe_clean(page)
        assert_no_overflow(page)
        assert_targets(page, TARGET)


@pytest.mark.parametrize(("who", "target"), [("hugo", TARGET), ("noa", YOUNG_TARGET)])
def test_the_pages_of_the_younger_and_the_older(enter, transactional_db, cast, who, target):
    page = enter(getattr(cast, who), width=320)
    for path in paths():
        page.goto(path)
        assert_axe_clean(page)
        assert_no_overflow(page)
        assert_targets(page, target)


def test_the_paper_is_made_for_paper(scene, enter, cast):
    prepared(scene)
    page = enter(cast.alva)
    page.goto("/min-sida/mina-moten/mitt-papper/")
    page.emulate_media(media="print")
    for hidden in (".k-tools", ".k-foot", ".k-noprint", ".k-back"):
        expect(page.locator(hidden).first).to_be_hidden()
    expect(page.get_by_text("Jag kan simma.")).to_be_visible()
    columns = page.locator(".k-paper").evaluate(
        "e => getComputedStyle(e).gridTemplateColumns.split(' ').length"
    )
    assert columns == 2


def test_listening_never_uses_a_voice_from_elsewhere(scene, enter, cast):
    page = enter(cast.alva)
    page.add_init_script("""
        const voices = [{localService: false, lang: 'sv-SE', name: 'far away'}];
        Object.defineProperty(window, 'speechSynthesis', {value: {
            getVoices: () => voices, addEventListener: () => {}, cancel: () => {},
            speak: () => { window.spoke = true; },
        }});
    """)
    page.goto("/min-sida/")
    assert page.locator(".k-listen:visible").count() == 0
    assert page.evaluate("() => window.spoke") is None


def test_nothing_moves(scene, enter, cast):
    page = enter(cast.alva)
    page.goto("/min-sida/")
    assert page.evaluate("() => document.getAnimations().length") == 0
