"""Anybody reads the open figures, and Agnes the analyst chooses a table: every page at every width."""

from datetime import date

import pytest

from kring.followup.commands import decide_on_chart
from kring.followup.rules.decisions import Kind, Proposed
from tests.browser import WIDTHS, assert_good_page
from tests.figures import kept, made

__all__ = ["made"]
OPEN = (
    "/siffror/",
    "/siffror/adhd-in-care/",
    "/siffror/adhd-in-care/kommuner/",
    "/siffror/adhd-in-care/kommuner/1490/",
    "/siffror/self-harm-admissions/",
    "/siffror/styrdiagram/",
    "/siffror/kommuner/",
    "/siffror/kommuner/1490/",
    "/siffror/ladda-ner/",
)
STAFF = (
    "/uppfoljning/",
    "/uppfoljning/matt/",
    "/uppfoljning/styrdiagram/",
    "/uppfoljning/matt/adhd-in-care/diagram/?ar=2018",
    "/uppfoljning/utforska/",
    "/uppfoljning/utforska/?matt=adhd_in_care&kommun=alla&ar=2024",
    "/uppfoljning/utforska/?matt=adhd_in_care&kommun=alla&alder=alla",
)


@pytest.fixture
def patient_page(new_page):
    """A page that waits for the first drawing of everything, also on a machine with much to do."""

    def open_one(**how):
        page = new_page(**how)
        page.set_default_timeout(30_000)
        return page

    return open_one


def decide(by) -> None:
    """New limits, and something that happened, so that the pages have them to show."""
    for seen, given in enumerate(
        (
            Proposed(Kind.SPLIT, year=2018, reason="Nytt arbetssätt."),
            Proposed(Kind.NOTE, on=date(2017, 3, 1), words="Start pilot"),
        )
    ):
        decide_on_chart(by=by, slug="adhd_in_care", place="", given=given, seen=seen)


def come_in(page, subject: str) -> None:
    page.goto("/logga-in/")
    page.get_by_role("heading", name="Runt omkring").click()
    door = page.locator("form", has=page.locator(f"input[name=person][value={subject}]"))
    door.locator("button").first.click()


@pytest.mark.parametrize("width", WIDTHS.values(), ids=WIDTHS)
def test_the_pages_are_good_at_every_width(cast, patient_page, made, width):
    kept(made)
    decide(cast.actor("petra"))
    page = patient_page(width=width)
    for address in OPEN:
        page.goto(address)
        assert_good_page(page)
    come_in(page, "agnes")
    for address in STAFF:
        page.goto(address)
        assert_good_page(page)


def test_a_citizen_goes_from_the_headline_to_the_municipality_and_fetches_the_table(cast, patient_page, made):
    kept(made)
    page = patient_page(javascript=False)
    page.goto("/logga-in/")
    page.get_by_role("link", name="Så mår barn och unga").click()
    page.get_by_role("link", name="Bokade besök som inte blev av").click()
    page.get_by_role("link", name="Kommuner", exact=True).last.click()
    page.get_by_role("link", name="Borås").first.click()
    assert page.inner_text("h1") == "Borås"
    page.get_by_role("link", name="Ladda ner").click()
    with page.expect_download() as download:
        page.get_by_role("link", name="Hämta allt (ZIP)").click()
    assert download.value.suggested_filename.endswith(".zip")


def test_the_analyst_chooses_a_table_and_its_address_shows_the_same_to_a_colleague(cast, patient_page, made):
    kept(made)
    page = patient_page()
    come_in(page, "agnes")
    page.get_by_role("link", name="Utforska").click()
    page.get_by_label("Mått", exact=True).select_option("adhd_in_care")
    page.get_by_label("Kommun", exact=True).select_option("1490")
    page.get_by_label("År", exact=True).select_option("2024")
    page.get_by_role("button", name="Visa").click()
    told = page.locator("table").inner_text()
    assert "2024, Borås" in told
    colleague = patient_page()
    come_in(colleague, "petra")
    colleague.goto(page.url)
    assert colleague.locator("table").inner_text() == told


def test_new_limits_are_begun_by_keyboard_and_without_scripts(cast, patient_page, made):
    """Petra chooses a year, writes why, and the step stands in the chart that everybody sees."""
    kept(made)
    page = patient_page(width=390, javascript=False)
    come_in(page, "petra")
    page.goto("/uppfoljning/styrdiagram/")
    page.get_by_role("link", name="Bokade besök som inte blev av").press("Enter")
    page.get_by_role("navigation", name="Välj ett år").get_by_role("link", name="2018").press("Enter")
    page.get_by_label("Varför?").first.fill("Nya påminnelser från årsskiftet.")
    page.get_by_role("button", name="Spara").first.press("Enter")
    assert page.get_by_text("Sparat. Det syns i diagrammet").is_visible()
    page.get_by_role("link", name="Så ser alla måttet").press("Enter")
    assert page.get_by_text("Nya påminnelser från årsskiftet.").is_visible()
    assert page.locator("svg.k-chart text", has_text="Nya gränser 2018").count() == 1
