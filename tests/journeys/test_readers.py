"""Karin chooses anew who reads what was written: closer by one press, wider when she has seen how it is read.

Once by keyboard alone, once without scripts with the family looking on; and each page in three widths.
"""

from collections.abc import Callable
from contextlib import nullcontext
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Page, expect

from kring.care.plans.models import Meeting
from tests.browser import WIDTHS, assert_axe_clean, assert_no_overflow, assert_targets
from tests.cast import Cast
from tests.unit.care.plans.story import Story
from tests.unit.care.plans.test_readers_chosen import MARK, WRITE, settled

CLOSER, WIDER = "Visas inte för vårdnadshavare", "Visas för barn och vårdnadshavare"


@pytest.fixture
def story(transactional_db: None, cast: Cast) -> Story:
    return settled(Story(cast))


@pytest.fixture
def enter(new_page: Callable[..., Page], live_server: Any, cast: Cast) -> Callable[..., Page]:
    """A page of one person's own browser."""

    def open_one(subject: str = "karin", **more: Any) -> Page:
        page = new_page(**more)
        key = cast.log_in(Client(), subject).cookies["kring"].value
        page.context.add_cookies([{"name": "kring", "value": key, "url": live_server.url}])
        return page

    return open_one


def press(page: Page, words: str, key: str = "Enter") -> None:
    """Press Tab until the keyboard stands on something that begins with `words`, and then the key."""
    for _step in range(90):
        page.keyboard.press("Tab")
        here = "document.activeElement.labels?.[0]?.innerText || document.activeElement.innerText || ''"
        if page.evaluate(here).strip().startswith(words):
            with page.expect_navigation() if key == "Enter" else nullcontext():
                page.keyboard.press(key)
            return
    raise AssertionError(f"Tab never reached {words!r} on {page.url}")


def test_by_keyboard_the_notes_are_closed_and_opened_again(story, enter):
    row = WRITE["meeting"](story, {})
    page = enter()
    page.goto(reverse("meeting-after", args=[row.pk]))
    press(page, "Ändra vem som läser")
    expect(page.get_by_role("heading", level=1)).to_have_text("Ändra vem som läser")
    press(page, "Enligt det som brukar gälla", "Space")
    for _step in range(2):
        page.keyboard.press("ArrowDown")
    expect(page.get_by_label(CLOSER)).to_be_checked()
    press(page, "Spara")
    expect(page.get_by_text("Det nya valet gäller från och med nu.")).to_be_visible()
    assert Meeting.objects.get(pk=row.pk).visibility == "not_guardian"

    press(page, "Ändra vem som läser")
    press(page, CLOSER, "ArrowUp")
    press(page, "Spara")
    expect(page.get_by_role("heading", name="Så läses texten när du har sparat")).to_be_visible()
    expect(page.get_by_text("Fler får läsa", exact=True)).to_be_visible()
    assert Meeting.objects.get(pk=row.pk).visibility == "not_guardian"
    press(page, "Spara")
    expect(page.get_by_text("Det nya valet gäller från och med nu.")).to_be_visible()
    assert Meeting.objects.get(pk=row.pk).visibility == "all"


def test_without_scripts_the_family_meets_it_at_once(story, enter):
    WRITE["follow_up"](story, {})
    karin, maria = enter(javascript=False), enter("maria", width=390, javascript=False)
    own = reverse("family-sip", args=[story.child_id])
    maria.goto(own)
    expect(maria.get_by_text(MARK, exact=True)).to_be_visible()
    karin.goto(reverse("plan-follow-ups", args=[story.plan_id]))
    karin.get_by_role("link", name="Ändra vem som läser").click()
    karin.get_by_label(CLOSER).check(force=True)
    karin.get_by_role("button", name="Spara").click()
    expect(karin.get_by_text("Det nya valet gäller från och med nu.")).to_be_visible()
    maria.goto(own)
    expect(maria.locator("body")).not_to_contain_text("Märke")


@pytest.mark.parametrize("width", WIDTHS.values(), ids=WIDTHS)
def test_each_page_holds_in_every_width(story, enter, width):
    rows = {kind: WRITE[kind](story, {"visibility": "care_only"}) for kind in WRITE}
    page = enter(width=width)
    places = {
        reverse("meeting-readers", args=[rows["meeting"].pk]),
        reverse("plan-follow-up-readers", args=[rows["follow_up"].pk]),
        reverse("plan-close-readers", args=[story.plan_id]),
    }
    for path in sorted(places):
        page.goto(path)
        holds(page)
        page.get_by_label(WIDER).check(force=True)
        page.get_by_role("button", name="Spara").click()
        expect(page.get_by_text("Fler får läsa", exact=True)).to_be_visible()
        holds(page)


def holds(page: Page) -> None:
    assert_axe_clean(page)
    assert_no_overflow(page)
    assert_targets(page)
