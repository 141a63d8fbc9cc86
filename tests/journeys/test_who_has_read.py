"""J3, step 6, and the reviewer: a guardian asks about a reading; the reviewer draws, judges and answers.

The guardian by keyboard alone and without scripts; every page of both in three widths.
"""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Page, expect

from kring.log_review.models import ReadingQuestion, Review
from tests.browser import WIDTHS, assert_good_page
from tests.cast import NOW, Cast
from tests.own_pages import sign_in
from tests.unit.log_review.logged import opened

TARGET = 44


@pytest.fixture
def enter(new_page: Callable[..., Page], live_server: Any) -> Callable[..., Page]:
    """A page of one person's own browser."""

    def open_one(person: Any, **more: Any) -> Page:
        page = new_page(**more)
        key = sign_in(Client(), person).cookies["kring"].value
        page.context.add_cookies([{"name": "kring", "value": key, "url": live_server.url}])
        return page

    return open_one


@pytest.fixture
def alva(transactional_db: None, cast: Cast) -> Any:
    """Opened by day, by night, in an emergency and in lists."""
    child = cast.child("alva")
    opened("peter", child.pk, NOW - timedelta(days=2, hours=11), rule="8.2.5.open", reason="Kramper")
    opened("sara", child.pk)
    opened("karin", child.pk, NOW - timedelta(days=4), action="list", what="worklist")
    for n in range(30):
        opened("karin", child.pk, NOW - timedelta(days=5, minutes=n))
    return child


def test_a_guardian_asks_without_scripts_and_reads_the_answer(alva, enter, cast):
    page = enter(cast.maria, width=390, javascript=False)
    page.goto(f"/mina-sidor/{alva.pk}/")
    page.get_by_role("link", name="Vem har läst").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Vem har läst")
    emergency = page.get_by_role("listitem").filter(has_text="Nödöppning")
    expect(emergency).to_contain_text("Läkare, BUM Borås")
    emergency.get_by_role("link", name="Fråga om den här läsningen").click()
    page.get_by_role("button", name="Skicka frågan").click()
    expect(page.get_by_role("heading", name="Det finns något att rätta")).to_be_visible()
    page.get_by_label("Vad undrar du över?").fill("Varför på natten?")
    page.get_by_role("button", name="Skicka frågan").click()
    expect(page.get_by_text("Frågan är skickad.")).to_be_visible()
    expect(page.get_by_text("Du har frågat: Skickad")).to_be_visible()

    reviewer = enter(cast.ann, javascript=False)
    reviewer.goto("/loggranskning/")
    expect(reviewer.get_by_text("1 fråga väntar på svar.")).to_be_visible()
    reviewer.get_by_role("link", name="Frågor från familjer").click()
    reviewer.get_by_role("row").nth(1).get_by_role("link").click()
    reviewer.get_by_label("Svar till familjen").fill("Alva kom in akut och ni gick inte att nå.")
    reviewer.get_by_role("button", name="Skicka till familjen").click()
    expect(reviewer.get_by_text("Svaret syns nu för den som frågade.")).to_be_visible()

    page.reload()
    expect(page.get_by_text("Alva kom in akut och ni gick inte att nå.")).to_be_visible()


def test_by_keyboard_alone_the_list_is_narrowed_and_turned(alva, enter, cast):
    page = enter(cast.maria)
    page.goto(f"/mina-sidor/{alva.pk}/vem-har-last/")
    page.get_by_label("Tid").focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**/vem-har-last/?tid=30&enhet=*&listor=ja")
    expect(page.get_by_label("Visa också listor")).to_be_checked()
    page.goto(f"/mina-sidor/{alva.pk}/vem-har-last/")
    page.get_by_role("link", name="Nästa sida").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/?sida=2")
    expect(page.get_by_text("Sida 2 av 2.")).to_be_visible()


def test_a_reviewer_draws_judges_and_closes(alva, enter, cast):
    page = enter(cast.ann)
    page.goto("/loggranskning/")
    page.get_by_role("link", name="Starta en granskning").click()
    page.get_by_role("button", name="Dra urvalet").click()
    expect(page).to_have_title("Fel: Starta en granskning – Kring")
    for legend, day in (("Från och med", ("16", "10", "2026")), ("Till och med", ("16", "nov", "2026"))):
        group = page.get_by_role("group", name=legend)
        for label, value in zip(("Dag", "Månad", "År"), day, strict=True):
            group.get_by_label(label).fill(value)
    page.get_by_label("En enhet", exact=True).check()
    page.get_by_label("Enhet, om du väljer en enhet").select_option(label="BUM Borås")
    page.get_by_label("Hur många rader").fill("5")
    page.get_by_role("button", name="Dra urvalet").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Granskning: BUM Borås")
    row = page.get_by_role("row").filter(has_text="Öppnades som nödöppning.")
    expect(row).to_contain_text("Öppnades utanför enhetens arbetstider.")
    row.get_by_role("link").click()
    expect(page.get_by_text("Ja, enheten hade en vårdrelation till barnet den dagen.")).to_be_visible()
    while page.get_by_role("button", name="Spara bedömningen").count():
        page.get_by_label("Rätt", exact=True).check()
        page.get_by_label("Hur vet du det?").fill("Besök samma dygn")
        page.get_by_role("button", name="Spara bedömningen").click()
    page.get_by_label("Vad visade granskningen?").fill("Allt var rätt.")
    page.get_by_role("button", name="Avsluta granskningen").click()
    expect(page.get_by_role("heading", name="Granskningen är avslutad")).to_be_visible()
    review = Review.objects.get()
    assert (review.conclusion, review.closed_by) == ("Allt var rätt.", cast.ann)


@pytest.mark.parametrize("width", WIDTHS.values(), ids=WIDTHS)
def test_every_page_in_every_width(alva, enter, cast, width):
    from kring.log_review import commands
    from kring.log_review.queries.extract import extract_for
    from kring.log_review.watching import set_watch

    maria, ann = cast.actor("maria"), cast.actor("ann")
    key = extract_for(maria, alva.pk).readings[0].key
    commands.ask_about_reading(by=maria, child_id=alva.pk, reading_key=key, words="Varför?")
    days = {"starts_on": (NOW - timedelta(days=30)).date(), "ends_on": NOW.date()}
    review = commands.start_review(by=ann, size=12, seed=1, **days)
    ask = reverse("family-ask", args=[alva.pk, extract_for(maria, alva.pk).readings[1].key])
    here = f"/mina-sidor/{alva.pk}/vem-har-last/"
    visit(
        enter(cast.maria, width=width),
        [here, here + "?vem=familjen", here + "?sida=2&listor=ja", ask],
        TARGET,
    )
    question = ReadingQuestion.objects.get().pk
    rows = [f"rader/{review.rows.first().pk}/", f"{review.pk}/", f"{review.pk}/sammanfattning/"]
    until = NOW.date() + timedelta(days=90)
    watch = set_watch(by=ann, child_id=alva.pk, starts_on=NOW.date(), ends_on=until, reason="Känd familj")
    watched = ["uppsikt/", "uppsikt/ny/", f"uppsikt/{watch.pk}/avsluta/"]
    paths = ["", "ny/", "fragor/", f"fragor/{question}/", *rows, *watched]
    visit(enter(cast.ann, width=width), [f"/loggranskning/{path}" for path in paths], 24)


def visit(page: Page, paths: list[str], target: int) -> None:
    for path in paths:
        assert page.goto(path).status == 200, path
        assert_good_page(page, target)
