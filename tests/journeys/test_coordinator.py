"""J2: the coordinator goes from the worklist to the child, calls to a SIP meeting, holds it with the
child's words first, agrees on a new version of the plan and sees what has changed. Beside it: many rows at
once and taken back (S11), the week (S12), and two visits asked to be one journey (S25).

Once by keyboard alone, once without scripts; and every page of the plan in three widths.
"""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Page, expect

from kring.care.contacts.models import SameDayRequest
from kring.care.plans.models import Activity, Summons
from kring.demo import stories
from kring.timeline.models import Task
from tests.browser import WIDTHS, assert_axe_clean, assert_good_page, assert_no_overflow, assert_targets
from tests.cast import NOW, Cast
from tests.unit.care.plans.story import Story
from tests.unit.portal.staff.desk import Desk


@pytest.fixture
def story(transactional_db: None, cast: Cast) -> Story:
    return Story(cast).established()


@pytest.fixture
def enter(new_page: Callable[..., Page], live_server: Any, cast: Cast) -> Callable[..., Page]:
    """A page of one person's own browser."""

    def open_one(subject: str = "karin", role: str | None = None, **more: Any) -> Page:
        page = new_page(**more)
        key = cast.log_in(Client(), subject, role).cookies["kring"].value
        page.context.add_cookies([{"name": "kring", "value": key, "url": live_server.url}])
        return page

    return open_one


def tab_to(page: Page, words: str, pressed: bool = False, most: int = 90) -> None:
    """Press Tab until the keyboard stands on something that says `words`; a link or button when `pressed`."""
    for _step in range(most):
        page.keyboard.press("Tab")
        kind, said = page.evaluate(STANDS_ON)
        if words in said and (kind in ("A", "BUTTON") or not pressed):
            return
    raise AssertionError(f"Tab never reached {words!r} on {page.url}")


STANDS_ON = """() => { const e = document.activeElement;
    const group = e.closest('fieldset')?.querySelector('legend')?.innerText || '';
    return [e.tagName, (group + ' ' + (e.labels?.[0]?.innerText || e.innerText || '')).trim()] }"""


def press(page: Page, words: str) -> None:
    tab_to(page, words, pressed=True)
    with page.expect_navigation():
        page.keyboard.press("Enter")


def write(page: Page, label: str, text: str) -> None:
    tab_to(page, label)
    page.keyboard.type(text)


def test_by_keyboard_alone(story, enter):
    page = enter()
    page.goto("/arbetslista/")
    press(page, "Alva Berg")
    expect(page.get_by_role("complementary", name="Barnet sidan handlar om")).to_contain_text("Alva Berg")
    press(page, "Plan")
    expect(page.get_by_role("heading", level=1)).to_have_text("Samordnad individuell plan (SIP)")
    press(page, "Kalla till SIP")
    tab_to(page, "Så vill barnet vara med")
    page.keyboard.press("Space")
    write(page, "Vad handlar mötet om?", "Hur gör vi skoldagen lättare?")
    for box, value in (("Dag", "16"), ("Månad", "november"), ("År", "2026")):
        write(page, box, value)
    write(page, "Vilken tid?", "14.00")
    write(page, "Plats", "Grupprum Eken")
    press(page, "Gå vidare och kontrollera")
    expect(page.get_by_role("heading", level=1)).to_have_text("Kontrollera kallelsen")
    press(page, "Skicka kallelsen")
    expect(page.get_by_role("status").first).to_contain_text("Kallelsen är skickad.")
    hold_the_meeting_by_keyboard(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("Version 2 av planen")
    expect(page.get_by_role("main")).to_contain_text("Vila på biblioteket")
    assert Summons.objects.get().child_takes_part == "whole"


def hold_the_meeting_by_keyboard(page: Page) -> None:
    press(page, "Börja mötet")
    press(page, "Börja mötet")
    expect(page.get_by_role("heading", level=1)).to_have_text("Under mötet")
    write(page, "Barnets egna ord", "Jag vill vila efter lunch")
    tab_to(page, "Hur var barnet med?")
    page.keyboard.press("Space")
    tab_to(page, "Vilka är med?")
    page.keyboard.press("Space")
    write(page, "Vad ska göras?", "Vila på biblioteket efter lunch")
    tab_to(page, "Vem gör det?")
    page.keyboard.type("Familjen")
    write(page, "Klart senast (frivilligt) Dag", "1")
    write(page, "Klart senast (frivilligt) Månad", "12")
    write(page, "Klart senast (frivilligt) År", "2026")
    press(page, "Lägg till")
    expect(page.get_by_role("status").first).to_contain_text("Insatsen står i planen.")
    press(page, "Spara och avsluta mötet")
    expect(page.get_by_role("heading", level=1)).to_have_text("Efter mötet")
    expect(page.get_by_role("main")).to_contain_text("Jag vill vila efter lunch")
    press(page, "Gör en ny version")
    press(page, "Gör versionen")


def fill_summons(page: Page, story: Story) -> None:
    page.goto(reverse("summon", args=[story.plan_id]))
    page.get_by_label("En stund").check(force=True)
    page.get_by_label("Vad handlar mötet om?").fill("Hur gör vi skoldagen lättare?")
    for box, value in (("Dag", "16"), ("Månad", "11"), ("År", "2026")):
        page.get_by_label(box, exact=True).fill(value)
    page.get_by_label("Vilken tid?").fill("14.00")
    page.get_by_label("Plats").fill("Grupprum Eken")
    page.get_by_role("button", name="Gå vidare och kontrollera").click()


def test_without_scripts(story, enter):
    page = enter(javascript=False, width=390)
    page.goto("/arbetslista/")
    page.get_by_role("link", name="Alva Berg").first.click()
    page.get_by_role("link", name="Plan", exact=True).first.click()
    page.get_by_role("link", name="Kalla till SIP").first.click()
    fill_summons(page, story)
    page.get_by_role("button", name="Skicka kallelsen").click()
    page.get_by_role("link", name="Börja mötet").click()
    page.get_by_role("button", name="Börja mötet").click()
    page.get_by_role("button", name="Spara och avsluta mötet").click()
    expect(page.get_by_role("heading", name="Det finns något att rätta")).to_be_visible()
    page.get_by_label("Barnets egna ord").fill("Jag vill vila efter lunch")
    page.get_by_label("En stund").check(force=True)
    page.get_by_label("Maria Berg").check(force=True)
    page.get_by_label("Vad ska göras?").fill("Vila på biblioteket")
    page.get_by_label("Vem gör det?").select_option(label="Familjen")
    page.get_by_role("button", name="Spara och avsluta mötet").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Efter mötet")
    assert Activity.objects.filter(what="Vila på biblioteket", responsible="family").count() == 1
    page.get_by_role("link", name="Gör en ny version").click()
    page.get_by_role("button", name="Gör versionen").click()
    expect(page.get_by_role("main")).to_contain_text("Ändrat sedan version 1")
    expect(page.get_by_role("main")).to_contain_text("Vila på biblioteket")


@pytest.fixture
def morning(cast: Cast, transactional_db: None) -> Desk:
    """Two children at Karin's desk who wait for somebody else."""
    desk = Desk(cast)
    for name in ("Ada Prov", "Bo Prov"):
        desk.task(desk.child(name), ball="other", days=-1)
    return desk


@pytest.mark.parametrize("javascript", [True, False], ids=["scripts", "no scripts"])
def test_many_at_once_and_taken_back(morning, enter, javascript):
    page = enter(javascript=javascript, width=390)
    page.goto("/arbetslista/")
    for name in ("Ada Prov", "Bo Prov"):
        page.get_by_label(f"Välj {name}").check(force=True)
    page.get_by_role("button", name="Påminn").click()
    expect(page.get_by_role("main")).to_contain_text("Det är klart för alla 2 barn.")
    assert Task.objects.filter(reminded_at__isnull=False).count() == 2
    if javascript:  # axe waits for timers that a page without scripts never fires
        assert_good_page(page)
    page.get_by_role("button", name="Ångra").click()
    expect(page.get_by_role("main")).to_contain_text("Allt är som det var före.")
    expect(page.get_by_role("button", name="Ångra")).to_have_count(0)
    assert not Task.objects.filter(reminded_at__isnull=False).exists()


def test_the_week_leads_to_a_child_whom_nobody_has_touched(morning, enter):
    page = enter()
    page.goto("/arbetslista/")
    page.get_by_role("link", name="Min vecka").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Min vecka")
    expect(page.get_by_role("heading", name="Hur många barn var och en har")).to_be_visible()
    page.get_by_role("main").get_by_role("link", name="Ada Prov").first.click()
    expect(page.get_by_role("complementary", name="Barnet sidan handlar om")).to_contain_text("Ada Prov")


@pytest.mark.parametrize("javascript", [True, False], ids=["scripts", "no scripts"])
def test_two_visits_are_asked_to_be_one_journey(cast, enter, javascript):
    stories.tell(NOW)
    page, alva = enter(javascript=javascript, width=390), cast.child("alva")
    assert not SameDayRequest.objects.filter(child=alva).exists()
    page.goto(reverse("child-contacts", args=[alva.pk]))
    page.get_by_role("link", name="Föreslå samma dag").first.click()
    page.get_by_label("Hälsning till dem som får frågan").fill("Familjen har lång väg.")
    page.get_by_role("button", name="Gå vidare").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Kontrollera och skicka")
    expect(page.get_by_role("main")).to_contain_text("Familjen har lång väg.")
    assert not SameDayRequest.objects.filter(child=alva).exists(), "nothing is sent before it has been seen"
    page.get_by_role("button", name="Skicka frågan").click()
    expect(page.get_by_role("status").first).to_contain_text("Frågan är skickad.")
    expect(page.get_by_role("heading", name="Frågor om samma dag")).to_be_visible()
    assert SameDayRequest.objects.filter(child=alva).count() == 1
    assert Task.objects.filter(child=alva, kind="same_day_answer", done_at=None).exists()


def test_no_call_without_the_childs_wish(story, enter):
    page = enter()
    page.goto(reverse("summon", args=[story.plan_id]))
    page.get_by_role("button", name="Gå vidare och kontrollera").click()
    expect(page).to_have_title("Fel: Kalla till SIP-möte – Kring")
    assert "Det finns något att rätta" in page.evaluate("() => document.activeElement.innerText")
    page.get_by_role("link", name="Fyll i «Så vill barnet vara med» innan kallelsen skickas.").click()
    assert page.evaluate("() => document.activeElement.name") == "child_takes_part"
    assert not Summons.objects.exists()


def test_two_editors_meet_and_nothing_is_lost(story, enter):
    mine, other = enter(), enter()
    for page in (mine, other):
        page.goto(reverse("plan-describe", args=[story.plan_id, "nulage"]))
    other.get_by_label("Nuläget").fill("Kollegans text")
    other.get_by_role("button", name="Spara").click()
    mine.get_by_label("Nuläget").fill("Min text")
    mine.get_by_role("button", name="Spara").click()
    expect(mine.get_by_role("heading", level=1)).to_have_text("Någon annan har ändrat samtidigt")
    assert_axe_clean(mine)
    mine.get_by_label("Behåll båda, efter varandra").check(force=True)
    mine.get_by_role("button", name="Spara det jag har valt").click()
    expect(mine.get_by_role("main")).to_contain_text("Kollegans text")
    expect(mine.get_by_role("main")).to_contain_text("Min text")


def test_names_are_hidden_in_every_tab_while_a_screen_is_shared(story, enter):
    page = enter()
    summons = story.summoned()
    meeting = story.meeting(summons)
    page.goto(reverse("meeting", args=[meeting.pk]))
    page.get_by_role("button", name="Dölj personuppgifter vid skärmdelning").click()
    expect(page.locator("body")).not_to_contain_text("Alva Berg")
    tab = page.context.new_page()
    tab.goto(reverse("plan-page", args=[story.plan_id]))
    expect(tab.locator("body")).not_to_contain_text("Alva Berg")


def plan_pages(story: Story) -> list[str]:
    """Every page of a plan on its way, and of one that has come all the way."""
    after = story.held()
    summons = story.summoned()
    draft = story.draft()
    goal, need, activity = story.items()
    meeting = story.meeting(summons)
    guardian = story.cast.guardian("maria").pk
    named = [(name, [story.plan_id]) for name in OF_THE_PLAN]
    named += [("meetings", []), ("plan-start", [story.child_id])]
    named += [
        ("plan-describe", [story.plan_id, "ansvar"]),
        ("plan-consent-answer", [story.plan_id, guardian]),
    ]
    named += [("plan-need", [need.pk]), ("plan-goal", [goal.pk]), ("plan-activity", [activity.pk])]
    named += [("plan-remove", ["goal", goal.pk]), ("plan-version", [story.plan.versions.get().pk])]
    named += [("summons", [summons.pk]), ("summons-edit", [draft.pk]), ("summons-check", [draft.pk])]
    named += [("summons-cancel", [draft.pk]), ("meeting", [meeting.pk]), ("meeting-after", [after.pk])]
    return [reverse(name, args=ids) for name, ids in named]


OF_THE_PLAN = (
    "plan-page",
    "plan-decline",
    "plan-party-add",
    "plan-nothing-now",
    "plan-need-add",
    "plan-goal-add",
    "plan-activity-add",
    "plan-consent",
    "plan-establish",
    "plan-versions",
    "plan-version-new",
    "plan-follow-ups",
    "plan-follow-up",
    "plan-follow-up-move",
    "plan-close",
    "plan-meetings",
)


@pytest.mark.parametrize("width", WIDTHS.values())
def test_every_page_of_the_plan(story, enter, width):
    page = enter(width=width)
    for address in plan_pages(story):
        page.goto(address)
        assert_axe_clean(page)
        assert_no_overflow(page)
        assert_targets(page)
