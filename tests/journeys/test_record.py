"""Karin reads a child's record: with the keyboard alone, without JavaScript, and at every width."""

import pytest
from playwright.sync_api import Page, expect

from kring.children.models import Child
from kring.organisations.models import Unit
from tests.browser import WIDTHS, assert_good_page, focused
from tests.fhir.deliveries import UNIT, bundle, observation, patient, send, source, stored

VISIT = {
    "resourceType": "Encounter", "id": "v1", "status": "finished", "class": {"code": "AMB"},
    "subject": {"reference": "Patient/p1"}, "type": [{"text": "Läkarbesök"}],
    "period": {"start": "2026-03-01T10:00:00+01:00", "end": "2026-03-01T10:40:00+01:00"},
    "participant": [{"individual": {"reference": "Practitioner/1", "display": "Doktor Ek"}}],
}  # fmt: skip


@pytest.fixture
def child(cast) -> Child:
    """A child with a visit and a measurement in two versions from Karin's unit, and one from another unit."""
    linked = observation(encounter={"reference": "Encounter/v1"})
    own = source("journal", UNIT)
    send(bundle(patient(), VISIT, linked), to=own)
    send(linked | {"valueQuantity": {"value": 1.2, "unit": "m"}}, to=own)
    home = Unit.objects.get(key=UNIT)
    other = Unit.objects.filter(controller=home.controller).exclude(pk=home.pk).order_by("key")[0]
    vikt = observation("o9", of="Patient/p9", code={"text": "Vikt"})
    send(bundle(patient("p9"), vikt), to=source("other", other.key))
    return stored("Patient", "p1").child


def come_in(page: Page) -> None:
    page.goto("/logga-in/")
    page.get_by_role("button", name="Öppna dörren till Karin Lund").click()


def press_on(page: Page, words: str, key: str = "Enter") -> None:
    """Step with the tab key until the words have the focus, and press a key there."""
    for _ in range(80):
        page.keyboard.press("Tab")
        if words in focused(page):
            page.keyboard.press(key)
            return
    raise AssertionError(f"the keyboard never came to {words}")


def test_the_whole_way_by_keyboard(cast, new_page, child):
    page = new_page()
    come_in(page)
    page.goto(f"/barn/{child.pk}/")
    press_on(page, f"/barn/{child.pk}/journal/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Journal")
    press_on(page, "andra-enheter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Visa andra enheters uppgifter")
    press_on(page, 'type="radio"', key="Space")
    press_on(page, 'type="submit"')
    expect(page.get_by_role("link", name="Vikt")).to_be_visible()
    press_on(page, "Läkarbesök")
    expect(page.get_by_role("heading", level=1)).to_have_text("Läkarbesök")
    expect(page.locator("main")).to_contain_text("Doktor Ek")
    press_on(page, "Längd")
    expect(page.locator("main")).to_contain_text("1.2 m")
    press_on(page, "?version=1")
    expect(page.locator("main")).to_contain_text("Det finns en nyare")
    with page.expect_download() as download:
        press_on(page, "/json/")
    assert download.value.suggested_filename == "post-version-1.json"


def test_the_whole_way_without_scripts(cast, new_page, child):
    page = new_page(javascript=False)
    come_in(page)
    page.goto(f"/barn/{child.pk}/journal/")
    page.get_by_role("link", name="Visa andra enheters uppgifter").click()
    page.get_by_role("button", name="Visa andra enheters uppgifter").click()
    expect(page.get_by_role("heading", name="Det finns något att rätta")).to_be_visible()
    page.get_by_label("Vården av barnet").check()
    page.get_by_role("button", name="Visa andra enheters uppgifter").click()
    page.get_by_label("Slag").select_option("Mätning")
    page.get_by_label("Från").fill("2026-03-01")
    page.get_by_role("button", name="Visa", exact=True).click()
    expect(page.locator("tbody tr")).to_have_count(2)
    page.get_by_role("link", name="Rensa filter").click()
    expect(page.locator("tbody tr")).to_have_count(3)
    page.get_by_role("link", name="Läkarbesök").click()
    expect(page.locator("main")).to_contain_text("Det som källan skrev")


@pytest.mark.parametrize("width", WIDTHS.values(), ids=WIDTHS)
def test_the_pages_are_good_at_every_width_in_every_state(cast, new_page, child, width):
    page, own = new_page(width=width), f"/barn/{child.pk}/journal/"
    come_in(page)
    entry = f"{own}{stored('Observation', 'o1').event_id}/"
    for address in (own, f"{own}?typ=care_plan", f"{own}andra-enheter/", entry, f"{entry}?version=1"):
        page.goto(address)
        assert_good_page(page)
    page.goto(f"{own}andra-enheter/")
    page.get_by_role("button", name="Visa andra enheters uppgifter").click()
    assert_good_page(page)
    page.get_by_label("Vården av barnet").check()
    page.get_by_role("button", name="Visa andra enheters uppgifter").click()
    assert_good_page(page)
