"""An administrator reads in a file: with the mouse and htmx, without JavaScript, at every width."""

import json

import pytest

from kring.jobs import registry
from kring.jobs.models import Job
from tests.browser import WIDTHS, assert_good_page
from tests.fhir.deliveries import bundle, observation, patient, send, source

FILE = json.dumps(
    bundle(patient(), observation(), observation("bad id"), observation("o2", effectiveDateTime=None))
)


@pytest.fixture(autouse=True)
def own_folder(settings, tmp_path):
    settings.VAR = tmp_path


def come_in(page) -> None:
    page.goto("/logga-in/")
    page.get_by_role("heading", name="Runt omkring").click()
    page.locator("form", has=page.locator("input[name=person][value=nils]")).locator("button").first.click()


def upload(page) -> None:
    page.goto("/inlasning/")
    page.get_by_label("Fil", exact=True).set_input_files(
        {"name": "leverans.json", "mimeType": "application/json", "buffer": FILE.encode()}
    )
    page.get_by_role("button", name="Läs in filen").click()
    page.get_by_role("heading", level=1, name="Inläsning från Journalen").wait_for()


@pytest.mark.parametrize("javascript", [True, False])
def test_a_file_is_read_in_and_followed_to_its_end(cast, new_page, javascript):
    source()
    page = new_page(javascript=javascript)
    come_in(page)
    upload(page)
    assert page.get_by_text("Du kan lämna sidan. Arbetet fortsätter.").is_visible()
    registry.run(str(Job.objects.get().pk))
    if not javascript:
        page.get_by_role("link", name="Visa hur långt det har kommit").click()
    page.get_by_text("Filen är inläst, utom de platser som står nedan.").wait_for()
    assert page.get_by_text("entry[2].resource (Observation)").is_visible()


@pytest.mark.parametrize("width", WIDTHS.values(), ids=WIDTHS)
def test_the_pages_are_good_at_every_width_in_every_state(cast, new_page, width, request):
    page = new_page(width=width)
    come_in(page)
    page.goto("/inlasning/")
    assert_good_page(page)
    source()
    send(FILE)
    page.goto("/inlasning/")
    assert_good_page(page)
    page.get_by_role("button", name="Läs in filen").click()
    page.get_by_role("heading", name="Det finns något att rätta").wait_for()
    assert_good_page(page)
    upload(page)
    assert_good_page(page)
    registry.run(str(Job.objects.get().pk))
    page.reload()
    assert_good_page(page)


def test_the_whole_way_by_keyboard(cast, new_page):
    source()
    page = new_page()
    come_in(page)
    upload(page)
    page.get_by_role("button", name="Avbryt inläsningen").focus()
    page.keyboard.press("Enter")
    page.get_by_text("Inläsningen avbröts.").wait_for()
    page.get_by_role("button", name="Försök igen").focus()
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Avbryt inläsningen").wait_for()
