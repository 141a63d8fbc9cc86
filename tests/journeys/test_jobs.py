"""Nils follows the long work: the list in every state, a job of his own and a colleague's, at every width."""

from datetime import timedelta

import pytest

from kring.jobs.models import Job
from tests.browser import WIDTHS, assert_good_page
from tests.cast import NOW


@pytest.fixture
def jobs(cast) -> dict[str, Job]:
    """One in each state; the failed one is a colleague's."""
    began = {
        "kind": "report",
        "created_at": NOW - timedelta(minutes=4),
        "started_at": NOW - timedelta(minutes=4),
    }
    return {
        state: Job.objects.create(
            title=f"Rapport {number}", state=state, step="Sparar", done=1, total=4, told_at=NOW,
            started_by=cast.karin.pk if state == "failed" else cast.nils.pk,
            finished_at=None if state in ("waiting", "running") else NOW, **began,
        )
        for number, state in enumerate(Job.State.values)
    }  # fmt: skip


def come_in(page) -> None:
    page.goto("/logga-in/")
    page.get_by_role("heading", name="Runt omkring").click()
    page.locator("form", has=page.locator("input[name=person][value=nils]")).locator("button").first.click()


@pytest.mark.parametrize("width", WIDTHS.values(), ids=WIDTHS)
def test_the_pages_are_good_at_every_width_in_every_state(cast, new_page, jobs, width):
    page = new_page(width=width)
    come_in(page)
    for address in (
        "/korningar/",
        "/korningar/?lage=pagar",
        *(f"/korningar/{one.pk}/" for one in jobs.values()),
    ):
        page.goto(address)
        assert_good_page(page)
    Job.objects.all().delete()
    for address in ("/korningar/", "/korningar/?lage=klara"):
        page.goto(address)
        assert_good_page(page)


@pytest.mark.parametrize("javascript", [True, False])
def test_a_job_is_found_stopped_and_tried_again(cast, new_page, jobs, javascript):
    page = new_page(javascript=javascript)
    come_in(page)
    page.get_by_role("link", name="Körningar").first.click()
    page.get_by_role("link", name="Väntar (1)").click()
    page.get_by_role("link", name="Rapport 0").click()
    page.get_by_role("button", name="Avbryt körningen").focus()
    page.keyboard.press("Enter")
    page.get_by_text("Körningen avbröts.").wait_for()
    page.get_by_role("button", name="Försök igen").focus()
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Avbryt körningen").wait_for()
    if not javascript:
        page.get_by_role("link", name="Visa hur långt det har kommit").click()
        page.get_by_role("button", name="Avbryt körningen").wait_for()
