"""Contacts and visits in a browser: units answer about one day, a visit is moved for a family that asked, a
contact is appointed; without scripts and by keyboard. And every page at every width.
"""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Page, expect

from kring.care.contacts import commands
from kring.care.contacts.models import Appointment, CareContact, SameDayRequest
from kring.children.commands import disclose
from kring.portal.family.commands import ask_another_time
from tests.browser import WIDTHS, assert_good_page


@pytest.fixture
def alva(transactional_db, cast):
    return cast.child("alva")


@pytest.fixture
def visits(cast, alva) -> dict[str, Appointment]:
    karin = cast.actor("karin")
    disclose(child_id=alva.pk, unit_id=karin.unit_id, category="appointment", subject=uuid4(), now=karin.now)
    found = {}
    for who, days in (("karin", 7), ("sara", 9), ("peter", 10)):
        by = cast.actor(who)
        starts = by.now + timedelta(days=days)
        found[who] = commands.book(by=by, child_id=alva.pk, starts_at=starts, what="Träna")
    return found


@pytest.fixture
def asked(cast, alva, visits) -> SameDayRequest:
    karin = cast.actor("karin")
    ids, on = [visit.pk for visit in visits.values()], karin.today + timedelta(days=9)
    return commands.request_same_day(
        by=karin, child_id=alva.pk, on=on, appointment_ids=ids, message="Hon missar matten"
    )


@pytest.fixture
def enter(new_page, live_server, cast):
    """A page of one person's own browser."""

    def open_one(who: str, **more) -> Page:
        page = new_page(**more)
        key = cast.log_in(Client(), who).cookies["kring"].value
        page.context.add_cookies([{"name": "kring", "value": key, "url": live_server.url}])
        return page

    return open_one


def choose(page: Page, label: str) -> None:
    page.get_by_label(label).check(force=True)


def test_units_answer_about_one_day_without_scripts_and_all_see_it(asked, enter):
    peter = enter("peter", javascript=False, width=390)
    peter.goto(reverse("child", args=[asked.child_id]))
    peter.get_by_role("link", name="Svara om besök på samma dag").click()
    peter.get_by_role("button", name="Svara").click()
    expect(peter.get_by_role("heading", name="Det finns något att rätta")).to_be_visible()
    choose(peter, "Ja, besöket flyttas till dagen")
    peter.get_by_label("Vilken tid?").fill("13.00")
    peter.get_by_role("button", name="Svara").click()
    expect(peter.get_by_text("Svaret är skickat.")).to_be_visible()
    karin = enter("karin")
    karin.goto(reverse("same-day-question", args=[asked.child_id, asked.pk]))
    choose(karin, "Nej, det går inte")
    karin.get_by_label("Varför går det inte?").fill("Rummet är upptaget")
    karin.get_by_role("button", name="Svara").click()
    peter.reload()
    expect(peter.get_by_role("main")).to_contain_text("Nej: Rummet är upptaget")
    asked.refresh_from_db()
    assert asked.state == "declined"


def test_a_family_that_asked_for_another_time_gets_one(cast, alva, visits, enter):
    visit = visits["karin"]
    wish = {"child_id": alva.pk, "visit_id": visit.pk, "seen": 1, "reason": "Efter klockan 13"}
    ask_another_time(by=cast.actor("maria"), **wish)
    karin = enter("karin")
    karin.goto(reverse("child", args=[alva.pk]))
    karin.get_by_role("link", name="Svara familjen om en annan tid").click()
    expect(karin.get_by_role("main")).to_contain_text("Familjen ber om en annan tid: Efter klockan 13")
    karin.get_by_label("Vilken tid?").fill("14")
    karin.keyboard.press("Enter")
    expect(karin.get_by_text("Besöket är flyttat.")).to_be_visible()
    maria = enter("maria", width=390)
    maria.goto(reverse("family-times", args=[alva.pk]))
    expect(maria.get_by_role("main")).to_contain_text("kl. 14.00")


def test_a_contact_is_appointed_by_keyboard(alva, enter):
    eva = enter("eva")
    eva.goto(reverse("appoint-contact", args=[alva.pk]))
    eva.get_by_label("Fast vårdkontakt").focus()
    eva.keyboard.press("Space")
    eva.get_by_label("Vem?").focus()
    eva.keyboard.type("Karin")
    eva.keyboard.press("Enter")
    eva.get_by_role("button", name="Utse").focus()
    eva.keyboard.press("Enter")
    expect(eva.get_by_text("Kontakten är utsedd.")).to_be_visible()
    assert CareContact.objects.get().person.given_name == "Karin"


@pytest.mark.parametrize("width", WIDTHS.values(), ids=WIDTHS)
def test_every_page_is_good_at_every_width(cast, alva, asked, visits, enter, width):
    eva = cast.actor("eva")
    about = {"child_id": alva.pk, "role": "coordinator", "person_id": cast.karin.pk}
    contact = commands.appoint(by=eva, **about)
    given = {"may_book": True, "may_read": ["plan"], "may_speak_with": "Skolan och logopeden i Borås"}
    commands.give_mandate(by=eva, contact_id=contact.pk, **given)
    child, question, own = [alva.pk], [alva.pk, asked.pk], [alva.pk, visits["karin"].pk]
    one = [alva.pk, contact.pk]
    pages = {
        "child-contacts": child, "same-day-question": question, "same-day-withdraw": question,
        "book-visit": child, "move-visit": own, "call-off-visit": own, "care-contacts": child,
        "appoint-contact": child, "change-contact": one, "contact-mandate": one, "end-contact": one,
        "without-care-contact": [], "my-week": [], "child": child,
    }  # fmt: skip
    page = enter("eva", width=width)
    for name, keys in pages.items():
        page.goto(reverse(name, args=keys))
        assert_good_page(page)
    for name in ("book-visit", "contact-mandate", "appoint-contact"):
        page.goto(reverse(name, args=pages[name]))
        page.get_by_role("main").get_by_role("button").last.click()
        assert_good_page(page)
    family = enter("maria", width=width)
    for name in ("family-child", "family-times"):
        family.goto(reverse(name, args=child))
        assert_good_page(family)
