"""S05 in Chromium: the warning, one key to stay, and half-written words that wait until one is back."""

from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from kring import clock

WORDS = "Går det att samla de tre besöken?\nAlva orkar en resa i veckan."


@pytest.fixture
def karin(cast, new_page) -> Page:
    page = new_page()
    page.clock.install()
    come_in(page)
    return page


def come_in(page: Page) -> None:
    page.goto("/logga-in/")
    page.get_by_role("button", name="Öppna dörren till Karin Lund").click()


def write_half(page: Page, cast) -> None:
    page.goto(f"/barn/{cast.child('alva').pk}/kontakter/samla/")
    page.get_by_label("Hälsning till dem som får frågan").fill(WORDS)
    page.get_by_label("Månad").fill("december")


def test_the_warning_comes_in_time_and_one_key_is_enough_to_stay(karin):
    karin.goto("/barn/")
    karin.clock.fast_forward("12:20")
    assert not karin.locator("dialog#session-warning").is_visible()
    karin.clock.fast_forward("00:20")
    warning = karin.locator("dialog#session-warning")
    expect(warning).to_be_visible()
    expect(warning.get_by_role("button", name="Fortsätt")).to_be_focused()
    with karin.expect_response("**/inloggad/") as answer:
        karin.keyboard.press("Enter")
    assert answer.value.status == 204
    expect(warning).to_be_hidden()


def test_what_was_half_written_waits_and_stands_in_its_form_again(karin, cast):
    write_half(karin, cast)
    form = karin.url
    karin.clock.fast_forward("15:00")
    karin.wait_for_url("**/logga-in/?tiden-ute=1*")
    expect(karin.get_by_role("status")).to_contain_text("Du blev utloggad")
    karin.get_by_role("button", name="Öppna dörren till Karin Lund").click()
    expect(karin.get_by_role("heading", level=1)).to_have_text("Det du skrev är kvar")
    expect(karin.locator("main")).to_contain_text("Alva orkar en resa i veckan.")
    karin.get_by_role("link", name="Fortsätt skriva").click()
    assert karin.url == f"{form}#kvar"
    expect(karin.get_by_label("Hälsning till dem som får frågan")).to_have_value(WORDS)
    expect(karin.get_by_label("Månad")).to_have_value("december")


def test_after_logging_out_the_browser_s_back_shows_nothing(karin, cast):
    karin.goto(f"/barn/{cast.child('alva').pk}/")
    expect(karin.locator("body")).to_contain_text("10 år 8 mån")
    karin.locator("summary").first.click()
    karin.get_by_role("button", name="Logga ut", exact=True).click()
    expect(karin.get_by_role("heading", level=1)).to_have_text("Du är utloggad")
    karin.go_back()
    karin.wait_for_load_state()
    assert "10 år 8 mån" not in karin.content()


def test_without_scripts_a_form_sent_too_late_is_kept_too(cast, new_page):
    page = new_page(javascript=False)
    come_in(page)
    write_half(page, cast)
    with clock.frozen(cast.now + timedelta(minutes=16)):
        page.get_by_role("button", name="Gå vidare").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Alla runt barnet, i en plan")
        page.get_by_role("button", name="Öppna dörren till Karin Lund").click()
        expect(page.locator("main")).to_contain_text("Alva orkar en resa i veckan.")
        page.get_by_role("button", name="Skicka det nu").click()
        expect(page.get_by_label("Hälsning till dem som får frågan")).to_have_value(WORDS)
