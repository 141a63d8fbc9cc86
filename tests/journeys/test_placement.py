"""A placement from the board's decision to its end, without JavaScript, and the guardian who is in the middle
of its own pages; each page of it at every width.
"""

import re

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from tests.browser import WIDTHS, assert_good_page
from tests.journeys.test_secrecy import come_in


def fill_day(page: Page, legend: str, day: int, month: int = 11) -> None:
    group = page.get_by_role("group", name=legend)
    for label, value in (("Dag", day), ("Månad", month), ("År", 2026)):
        group.get_by_label(label, exact=True).fill(str(value))


def fill(page: Page) -> None:
    """What the board has decided, as Fatima reads it from the paper."""
    page.get_by_label("Placerad enligt LVU").check()
    page.get_by_label("Familjehem", exact=True).check()
    fill_day(page, "Dagen då nämnden fattade beslutet", 13)
    fill_day(page, "Placeringens första dag", 16)
    page.get_by_label("Nej, eller beslutet säger det inte").check()
    page.get_by_label("Socialnämnden", exact=True).check()


def test_a_guardian_is_out_at_the_next_click_and_in_again_when_it_was_a_mistake(cast, new_page):
    omar = cast.child("omar")
    leila = come_in(new_page(width=390), "Leila Ali")
    leila.goto(reverse("family-child", args=[omar.pk]))
    expect(leila.get_by_text("Omar").first).to_be_visible()

    fatima = come_in(new_page(javascript=False), "Fatima Noor")
    fatima.goto(reverse("child-access", args=[omar.pk]))
    fatima.get_by_role("link", name="Placering", exact=True).click()
    fatima.get_by_role("link", name="Skriv in en placering").click()
    fatima.get_by_role("button", name="Granska").click()
    expect(fatima.get_by_role("heading", name="Det finns något att rätta")).to_be_visible()
    fatima.get_by_role("link", name="Välj vem som samtycker.").click()
    expect(fatima).to_have_url(re.compile("#signer_0$"))
    fill(fatima)
    fatima.get_by_role("button", name="Granska").click()
    expect(fatima.get_by_role("heading", name="Genast")).to_be_visible()
    expect(fatima.get_by_text("Vårdnadshavarnas sidor om barnet stängs.")).to_be_visible()
    leila.reload()
    expect(leila.get_by_text("Omar").first).to_be_visible()

    fatima.get_by_role("button", name="Ändra det jag skrev").click()
    expect(fatima.get_by_label("Familjehem", exact=True)).to_be_checked()
    fatima.get_by_role("button", name="Granska").click()
    fatima.get_by_role("button", name="Spara placeringen").click()
    expect(fatima.get_by_text("Placeringen är sparad.")).to_be_visible()
    leila.reload()
    expect(leila.get_by_text("Omar")).to_have_count(0)
    leila.goto(reverse("home"))
    expect(leila.get_by_text("Omar")).to_have_count(0)

    fatima.get_by_role("link", name="Ta bort").click()
    fatima.get_by_label("Varför tas placeringen bort?").fill("Skrevs in på fel barn")
    fatima.get_by_role("button", name="Granska").click()
    expect(fatima.get_by_text("Vårdnadshavarnas sidor om barnet öppnas igen.")).to_be_visible()
    fatima.get_by_role("button", name="Ta bort placeringen").click()
    expect(fatima.get_by_text("Placeringen är borttagen.")).to_be_visible()
    leila.goto(reverse("family-child", args=[omar.pk]))
    expect(leila.get_by_text("Omar").first).to_be_visible()


@pytest.mark.parametrize("width", WIDTHS.values(), ids=WIDTHS)
def test_every_page_of_it_is_good_at_every_width(cast, new_page, width):
    page = come_in(new_page(width=width), "Fatima Noor")
    page.goto(reverse("new-placement", args=[cast.child("omar").pk]))
    assert_good_page(page)
    page.get_by_role("button", name="Granska").click()
    assert_good_page(page)
    fill(page)
    page.get_by_role("button", name="Granska").click()
    expect(page.get_by_role("heading", name="Det här ändras")).to_be_visible()
    assert_good_page(page)
    page.get_by_role("button", name="Spara placeringen").click()
    expect(page.get_by_text("Placeringen är sparad.")).to_be_visible()
    assert_good_page(page)
    for link in ("Ändra", "Avsluta", "Ta bort"):
        page.goto(reverse("child-placements", args=[cast.child("omar").pk]))
        page.get_by_role("link", name=link, exact=True).click()
        assert_good_page(page)
