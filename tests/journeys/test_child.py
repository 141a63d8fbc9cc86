"""J4: Alva, ten years old with a language disorder, reads her plan, says how she feels, prepares a meeting.

Once by keyboard alone, once without scripts; and every page of hers in three widths, in both sets of pages.
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
    page.get_by_role("link", name="Mina möten").click()
    page.get_by_role("link", name="Det här bestämde vi").click()
    expect(page.get_by_text("Paus varje lektion.")).to_be_visible()
    page.get_by_role("button", name="Klart").click()
    expect(page.get_by_role("heading", name="Det finns något att rätta")).to_be_visible()
    page.get_by_text("Lite", exact=True).click()
    page.get_by_role("button", name="Klart").click()
    expect(page.get_by_text("Du svarade: Lite")).to_be_visible()


def test_how_i_feel_by_keyboard_alone(scene, enter, cast):
    page = enter(cast.alva)
    page.goto("/min-sida/")
    press(page, "Hur mår jag?")
    says(page, "Hur mår du i dag?")
    press(page, "Jättebra", "Space")
    for _down in range(3):
        page.keyboard.press("ArrowDown")
    press(page, "Nästa")
    says(page, "Var i kroppen känns det?")
    press(page, "Magen", "Space")
    press(page, "Nästa")
    says(page, "Vad handlar det om?")
    press(page, "Skolan", "Space")
    press(page, "Nästa")
    says(page, "Vem får se det du svarat?")
    expect(page.get_by_text("Karin, Maria och Johan kan se svaret.")).to_be_visible()
    press(page, "Nej, det är bra så.", "Space")
    page.keyboard.press("ArrowDown")
    press(page, "Skicka")
    says(page, "Tack för att du berättade!")
    sent = scene.asking.answers.get()
    assert (sent.face, sent.places, sent.words) == ("sad", ["tummy"], "Skolan")
    assert not sent.shown_to_guardians


def test_how_i_feel_without_scripts_by_pressing_the_body(scene, enter, cast):
    page = enter(cast.alva, width=390, javascript=False)
    page.goto("/min-sida/hur-mar-jag/")
    page.get_by_text("Bra", exact=True).click()
    page.get_by_role("button", name="Nästa").click()
    body = page.locator(".k-place__drawing").bounding_box()
    page.mouse.click(body["x"] + body["width"] / 2, body["y"] + body["height"] * 0.16)
    expect(page.get_by_label("Huvudet")).to_be_checked()
    page.mouse.click(body["x"] + body["width"] / 2, body["y"] + body["height"] * 0.6)
    expect(page.get_by_label("Magen")).to_be_checked()
    for _more in range(2):
        page.get_by_role("button", name="Nästa").click()
    page.get_by_role("button", name="Skicka", exact=True).click()
    says(page, "Tack för att du berättade!")
    assert scene.asking.answers.get().places == ["head", "tummy"]


def test_not_wanting_to_answer_is_as_easy(scene, enter, cast):
    page = enter(cast.alva)
    page.goto("/min-sida/hur-mar-jag/")
    press(page, "Vill inte svara")
    says(page, "Det är okej att inte svara.")
    assert not scene.asking.answers.exists()


def test_the_look_of_the_page_by_keyboard_alone(scene, enter, cast):
    page = enter(cast.alva)
    page.goto("/min-sida/")
    press(page, "Så ser min sida ut")
    says(page, "Så ser min sida ut")
    press(page, "Enkel vy")
    expect(page.get_by_role("status").first).to_contain_text("Klart.")
    expect(page.locator("html")).to_have_class("k-page k-page--child k-page--B1")
    page.goto("/min-sida/min-plan/")
    press(page, "Nästa")
    page.wait_for_url("**/min-sida/min-plan/?del=2")


SPEAKS = """
    const voices = [{localService: true, lang: 'sv-SE', name: 'near'}, {localService: false, lang: 'sv-SE'}];
    window.said = [];
    window.SpeechSynthesisUtterance = function (text) { this.text = text; };
    Object.defineProperty(window, 'speechSynthesis', {value: {
        getVoices: () => voices, addEventListener: () => {}, cancel: () => {},
        speak: (one) => {
            const marked = [...(CSS.highlights.get('k-reading') || [])].map(range => range.toString());
            window.said.push([one.text, one.voice.name, marked.join('')]);
            setTimeout(() => one.onend(), 0);
        },
    }});
"""


def test_a_voice_on_the_device_reads_sentence_by_sentence_and_marks_each(scene, enter, cast):
    page = enter(cast.alva)
    page.add_init_script(SPEAKS)
    page.goto("/min-sida/min-plan/")
    assert page.evaluate("() => window.said") == []
    page.locator("#goal-1 .k-listen").click()
    page.wait_for_function("() => document.querySelectorAll('[aria-pressed=true]').length === 0")
    said = page.evaluate("() => window.said")
    assert [text for text, _, _ in said][:2] == ["Det jag vill", "Jag vill berätta för mina kompisar"]
    assert "Sara hjälper dig." in [text for text, _, _ in said]
    assert all(voice == "near" and " ".join(marked.split()) == text for text, voice, marked in said)


def test_a_card_reads_its_own_word(scene, enter, cast):
    page = enter(cast.alva)
    page.add_init_script(SPEAKS)
    page.goto("/min-sida/")
    page.get_by_role("button", name="Lyssna : Min plan").or_(
        page.locator(".k-pcard .k-listen").first
    ).first.click()
    page.wait_for_function("() => window.said.length > 0")
    assert page.evaluate("() => window.said[0][0]") == "Min plan"


def paths(scene: Scene | None = None) -> list[str]:
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
        "bra-att-veta/besok/",
        "saga-nagot/",
        "saga-nagot/nagot-ar-fel/",
        "sa-ser-min-sida-ut/",
        "hur-mar-jag/okej/",
    )
    steps = ("ansikte", "var", "ord", "skicka", "tack") if scene else ()
    mood = [f"hur-mar-jag/{scene.asking.pk}/{step}/" for step in steps] if scene else []
    return [f"/min-sida/{part}" for part in (*rest, *mood)]


def prepared(scene: Scene) -> None:
    """Something to show on the check page and the paper, and a meeting that was held."""
    from kring.care.monitoring import commands as moods
    from kring.care.plans import commands as plans

    answers = {"good_at": "Rita\nJag kan simma.", "takes_part": "a_while", "pause_sign": "Jag säger paus"}
    plans.prepare_meeting(by=scene.act("alva"), plan_id=scene.plan.pk, step=8, **answers)
    scene.met()
    for sent in (True, False):
        moods.answer(
            by=scene.act("alva"), asking_id=scene.asking.pk, face="sad", places=["tummy"], words="Skolan"
        )
        if sent:
            moods.send(by=scene.act("alva"), asking_id=scene.asking.pk, shown_to_guardians=True)


@pytest.mark.parametrize("width", WIDTHS.values(), ids=WIDTHS)
def test_every_page_in_every_width(scene, enter, cast, width):
    prepared(scene)
    page = enter(cast.alva, width=width)
    for path in paths(scene):
        assert page.goto(path).status == 200, path
        assert_axe_clean(page)
        assert_no_overflow(page)
        assert_targets(page, TARGET)


@pytest.mark.parametrize("look", ["early", "pictures"])
def test_every_page_in_the_other_looks(scene, enter, cast, look):
    prepared(scene)
    scene.child.page_mode = look
    scene.child.save()
    page = enter(cast.alva, width=320)
    for path in paths(scene):
        assert page.goto(path).status == 200, path
        for _turned in range(9):
            assert_axe_clean(page)
            assert_no_overflow(page)
            assert_targets(page, TARGET)
            onward = page.locator(".k-turn a").last
            if not onward.count() or "Tillbaka" in onward.inner_text():
                break
            onward.click()


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
