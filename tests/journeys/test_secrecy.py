"""A block and a guardian's access, seen from a second session: what one person decides, another loses at the
next click. And the pages themselves, at every width.
"""

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from kring.demo import blocking, stories
from tests.browser import WIDTHS, assert_good_page
from tests.cast import NOW

TALK = "Samtal om skolan"


def come_in(page: Page, name: str) -> Page:
    page.goto("/logga-in/")
    page.locator("details").evaluate_all("all => all.forEach(one => { one.open = true })")
    page.get_by_role("button", name=f"Öppna dörren till {name}").first.click()
    return page


@pytest.fixture
def noa(cast):
    blocking.tell(stories.Teller(NOW).at, NOW)
    return cast.child("noa")


def test_what_the_child_blocks_is_gone_from_another_units_page_at_the_next_click(cast, new_page, noa):
    karin, david = come_in(new_page(), "Karin Lund"), come_in(new_page(width=390), "David Öberg")
    karin.goto(reverse("record-units", args=[noa.pk]))
    karin.get_by_label("Vården av barnet").check()
    karin.get_by_role("button", name="Visa andra enheters uppgifter").click()
    expect(karin.get_by_role("link", name=TALK)).to_be_visible()
    expect(karin.get_by_text("Det finns spärrade uppgifter hos din vårdgivare")).to_be_visible()

    david.goto(reverse("child-access", args=[noa.pk]))
    david.get_by_role("link", name="Spärrar", exact=True).click()
    david.get_by_role("link", name="Spärra uppgifter").click()
    david.get_by_label("Andra enheter hos vår vårdgivare").check()
    david.get_by_label("Barnet vill det självt").check()
    david.get_by_role("button", name="Spärra nu").click()
    expect(david.get_by_text("Uppgifterna är spärrade.")).to_be_visible()

    karin.get_by_role("link", name=TALK).click()
    expect(karin.get_by_text(TALK)).to_have_count(0)
    karin.goto(reverse("child-record", args=[noa.pk]))
    expect(karin.get_by_text(TALK)).to_have_count(0)
    david.goto(reverse("child-record", args=[noa.pk]))
    expect(david.get_by_role("link", name=TALK)).to_be_visible()


def test_a_guardian_who_is_blocked_is_out_at_the_next_click(cast, new_page):
    stories.tell(NOW)
    alva = cast.child("alva")
    maria, eva = come_in(new_page(width=390), "Maria Berg"), come_in(new_page(javascript=False), "Eva Strand")
    maria.goto(reverse("family-child", args=[alva.pk]))
    expect(maria.get_by_text("Alva").first).to_be_visible()

    eva.goto(reverse("child-guardians", args=[alva.pk]))
    eva.get_by_role("link", name="Blockera tillgången Maria Berg").click()
    eva.get_by_label("Skälet till beslutet").fill("Barnet har berättat om våld")
    eva.get_by_role("button", name="Blockera nu, pröva igen inom 3 dagar").click()
    expect(eva.get_by_text("Åtkomsten är blockerad.")).to_be_visible()

    maria.get_by_role("link", name="Planen").first.click()
    expect(maria.get_by_text("Alva")).to_have_count(0)
    maria.goto(reverse("home"))
    expect(maria.get_by_text("Alva")).to_have_count(0)


PAGES = {
    "David Öberg": ("child-access", "child-blocks", "set-block", "child-maturity", "child-emergencies"),
    "Eva Strand": ("child-guardians", "child-concern", "write-concern", "emergency-providers"),
    "Otto Berg": ("officer-blocks", "emergency-units", "child-record"),
}


@pytest.mark.parametrize("width", WIDTHS.values(), ids=WIDTHS)
def test_every_page_is_good_at_every_width(cast, new_page, noa, width):
    for name, places in PAGES.items():
        page = come_in(new_page(width=width), name)
        for place in places:
            page.goto(reverse(place, args=[noa.pk]))
            assert_good_page(page)
    page = come_in(new_page(width=width), "Eva Strand")
    for place in ("block-guardian", "extend-guardian"):
        page.goto(reverse(place, args=[noa.pk, cast.guardian("anders").pk]))
        assert_good_page(page)
    page.goto(reverse("protected-acute"))
    assert_good_page(page)
