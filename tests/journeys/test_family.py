"""J3: a guardian sees the next time at once, answers the call to the meeting, confirms the plan, changes and
stops what is shared, reads the record and what changes at 13.

Once by keyboard alone, once without scripts; and every page of a guardian's in three widths.
"""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from playwright.sync_api import Page, expect

from kring import clock
from kring.children.models import Child, Disclosure
from tests.browser import WIDTHS, assert_axe_clean, assert_no_overflow, assert_targets
from tests.cast import Cast
from tests.own_pages import Scene, sign_in

TARGET = 44


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
        if words in " ".join(page.evaluate(STANDS_ON).split()):
            return
    raise AssertionError(f"Tab never reached {words!r} on {page.url}")


def test_the_next_time_is_seen_without_scrolling_on_a_phone(scene, enter, cast):
    page = enter(cast.maria, width=390, height=844)
    page.goto("/mina-sidor/")
    when = page.get_by_text("Tisdag 24 november kl. 10.00")
    box = when.bounding_box()
    assert box["y"] + box["height"] < 844 - 70, "the next time lies under the fold"
    expect(page.get_by_role("link", name="Läs och svara")).to_be_in_viewport()


def test_by_keyboard_alone(scene, enter, cast):
    page = enter(cast.maria)
    page.goto("/mina-sidor/")
    tab_to(page, "Hoppa till innehållet", most=1)
    tab_to(page, "Läs och svara")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Kallelse till möte om planen")
    tab_to(page, "Ja, jag kommer")
    page.keyboard.press("Space")
    tab_to(page, "Skicka svaret")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status").first).to_contain_text("Tack, ditt svar är skickat.")
    assert page.evaluate("() => document.activeElement.innerText").startswith("Tack")
    assert scene.invitation("maria").answer == "comes"
    tab_to(page, "Läs den nya planen")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Planen, version 1")
    tab_to(page, "Jag har läst planen")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status").first).to_contain_text("Nu syns det att du har läst planen.")
    assert scene.version.acknowledgements.count() == 1


def test_without_scripts(scene, enter, cast):
    page = enter(cast.maria, width=390, javascript=False)
    page.goto("/mina-sidor/")
    page.get_by_role("link", name="Läs och svara").click()
    page.get_by_role("button", name="Skicka svaret").click()
    expect(page.get_by_role("heading", name="Det finns något att rätta")).to_be_visible()
    page.get_by_label("Nej, jag kan inte").check(force=True)
    page.get_by_label("Vill du säga något mer?").fill("Onsdag går bra.")
    page.get_by_role("button", name="Skicka svaret").click()
    expect(page.get_by_text("Tack, ditt svar är skickat.")).to_be_visible()
    page.get_by_role("link", name="Läs den nya planen").click()
    page.get_by_role("button", name="Jag har läst planen").click()
    page.get_by_role("link", name="Tider", exact=True).click()
    page.get_by_role("link", name="Avboka").first.click()
    page.get_by_role("button", name="Ja, avboka tiden").click()
    expect(page.get_by_text("Tiden är avbokad.")).to_be_visible()
    assert (scene.invitation("maria").answer, scene.version.acknowledgements.count()) == ("declines", 1)
    scene.visit.refresh_from_db()
    assert scene.visit.status == "cancelled"


def seen_by_speech(scene: Scene) -> bool:
    return Disclosure.objects.filter(
        unit=scene.cast.unit("sas-logopedi"), subject=scene.plan.pk, ended_at__isnull=True
    ).exists()


def test_stopping_and_sharing_again_by_keyboard_alone(scene, enter, cast):
    page = enter(cast.maria)
    page.goto("/mina-sidor/")
    tab_to(page, "Delning och samtycke")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Delning och samtycke")
    tab_to(page, "Sluta dela Logopedmottagningen")
    page.keyboard.press("Enter")
    expect(page.get_by_text("De ser inget nytt från och med nu.")).to_be_visible()
    with clock.frozen(clock.now() + timedelta(minutes=1)):
        tab_to(page, "Ja, sluta dela")
        page.keyboard.press("Enter")
        expect(page.get_by_role("status").first).to_contain_text("ser inget nytt från och med nu")
    assert not seen_by_speech(scene)
    with clock.frozen(clock.now() + timedelta(minutes=2)):
        tab_to(page, "Dela Logopedmottagningen")
        page.keyboard.press("Enter")
        expect(page.get_by_role("heading", level=1)).to_have_text("Vad får de se?")
        # «Planen» is also a place in the bar: the box stands just before «Bokade tider».
        tab_to(page, "Bokade tider")
        page.keyboard.press("Shift+Tab")
        page.keyboard.press("Space")
        tab_to(page, "Fortsätt")
        page.keyboard.press("Enter")
        expect(page.get_by_role("heading", level=1)).to_have_text("Stämmer det här?")
        tab_to(page, "Ja, spara")
        page.keyboard.press("Enter")
        expect(page.get_by_role("status").first).to_contain_text("Ditt svar är sparat.")
    assert seen_by_speech(scene)


def test_changing_and_taking_back_without_scripts(scene, enter, cast):
    page = enter(cast.maria, width=390, javascript=False)
    page.goto("/mina-sidor/")
    page.get_by_role("link", name="Delning och samtycke").click()
    page.get_by_role("link", name="Ändra Logopedmottagningen").click()
    page.get_by_label("Bokade tider").check(force=True)
    page.get_by_role("button", name="Fortsätt").click()
    page.get_by_role("button", name="Ändra").click()
    expect(page.get_by_label("Bokade tider")).to_be_checked()
    page.get_by_role("button", name="Fortsätt").click()
    with clock.frozen(clock.now() + timedelta(minutes=1)):
        page.get_by_role("button", name="Ja, spara").click()
    expect(page.get_by_text("Ditt svar är sparat.")).to_be_visible()
    with clock.frozen(clock.now() + timedelta(minutes=2)):
        page.get_by_role("link", name="Svara för hela planen").click()
        page.get_by_role("link", name="Ta tillbaka mitt ja").click()
        page.get_by_role("button", name="Ja, ta tillbaka mitt ja").click()
        expect(page.get_by_text("Ditt ja är tillbakataget.")).to_be_visible()
    assert not seen_by_speech(scene)
    page.get_by_role("link", name="Hem", exact=True).click()
    page.get_by_role("link", name="Journal", exact=True).click()
    expect(page.get_by_text("Vården har inte skickat något hit ännu.")).to_be_visible()
    page.get_by_role("link", name="Mina barn").click()
    page.get_by_role("link", name="Alva").click()
    page.get_by_role("link", name="Konto").click()
    expect(page.get_by_text("Det här vet Kring om dig")).to_be_visible()


def test_a_mistake_gets_the_keyboard(scene, enter, cast):
    page = enter(cast.maria)
    page.goto(f"/mina-sidor/{scene.child.pk}/kallelser/{scene.summons.pk}/")
    page.get_by_role("button", name="Skicka svaret").click()
    expect(page).to_have_title("Fel: Kallelse till möte – Kring")
    assert "Det finns något att rätta" in page.evaluate("() => document.activeElement.innerText")
    page.get_by_role("link", name="Välj om du kommer eller inte kan.").click()
    assert page.evaluate("() => document.activeElement.name") == "answer"


def paths(scene: Scene) -> list[str]:
    about_child = (
        "",
        "planen/",
        "planen/patientkontrakt/",
        "planen/sip/",
        "planen/historik/",
        "planen/be-om/",
        "planen/foresla/",
        f"planen/versioner/{scene.version.pk}/",
        f"planen/{scene.plan.pk}/samtycke/",
        f"planen/{scene.plan.pk}/samtycke/ta-tillbaka/",
        f"planen/{scene.plan.pk}/ni-tycker-olika/",
        "delning/",
        f"delning/{scene.plan.pk}/{scene.cast.unit('sas-logopedi').pk}/",
        f"delning/{scene.plan.pk}/{scene.cast.unit('sas-logopedi').pk}/sluta/",
        "delning/andra-vardgivare/",
        "delning/andra-vardgivare/sluta/",
        "vem-har-last/",
        "journal/",
        "snart-13/",
        f"kallelser/{scene.summons.pk}/",
        f"kallelser/{scene.summons.pk}/bilder/",
        "tider/",
        "tider/samma-dag/",
        f"tider/{scene.visit.pk}/passar/",
        f"tider/{scene.visit.pk}/andra/",
        f"tider/{scene.visit.pk}/avboka/",
    )
    return [
        "/mina-barn/",
        "/mina-sidor/konto/",
        *(f"/mina-sidor/{scene.child.pk}/{rest}" for rest in about_child),
    ]


@pytest.mark.parametrize("width", WIDTHS.values(), ids=WIDTHS)
def test_every_page_in_every_width(scene, enter, cast, width):
    # Soon 13, so that the page about it is there.
    Child.objects.filter(pk=scene.child.pk).update(birth_date=date(2014, 1, 20))
    page = enter(cast.maria, width=width)
    for path in paths(scene):
        assert page.goto(path).status == 200, path
        assert_axe_clean(page)
        assert_no_overflow(page)
        assert_targets(page, TARGET)


def test_pages_of_a_child_with_nothing_yet(enter, transactional_db, cast):
    page = enter(cast.petter, width=320)
    for rest in ("", "planen/", "planen/patientkontrakt/", "planen/sip/", "planen/historik/", "tider/"):
        page.goto(f"/mina-sidor/{cast.child('hugo').pk}/{rest}")
        assert_axe_clean(page)
        assert_no_overflow(page)
        assert_targets(page, TARGET)


def test_no_request_leaves_the_place(scene, enter, cast, live_server):
    page = enter(cast.maria)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    for path in paths(scene)[:4]:
        page.goto(path)
    assert asked
    assert not [url for url in asked if not url.startswith(live_server.url)]
