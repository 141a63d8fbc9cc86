"""«Dölj personuppgifter»: on a screen that others see no page of staff tells who it is about.

What people have written themselves, such as the question of a meeting, stands as they wrote it.
"""

import re

import pytest

from kring.demo import stories
from kring.design.screen import is_shared, sharing
from kring.design.shells import IDENTITY_HIDDEN
from kring.timeline.models import Task
from tests.unit.portal.staff.desk import text_of

PAGES = (
    "/arbetslista/?vy=teamet",
    "/arbetslista/vecka/",
    "/barn/{child}/",
    "/barn/{child}/handelser/",
    "/barn/{child}/kontakter/",
    "/barn/{child}/atkomst/",
    "/barn/{child}/plan/",
    "/moten/",
)
NUMBERS = ("20160312", "2016-03-12")


@pytest.fixture
def told(cast):
    stories.tell(cast.now)


def share(client, on: bool = True):
    session = client.session
    session[IDENTITY_HIDDEN] = on
    session.save()
    return client


def main_of(client, path: str) -> str:
    """What stands on the page, without who is logged in."""
    page = text_of(client.get(path, follow=True))
    return page[page.index("</header>") : page.index("<footer")]


def test_every_page_of_staff(karin, cast, told):
    """The same pages show her openly when nobody else looks."""
    path_to = {"child": cast.child("alva").pk}
    seen = {path: main_of(karin, path.format(**path_to)) for path in PAGES}
    share(karin)
    hidden = {path: main_of(karin, path.format(**path_to)) for path in PAGES}
    shown = [path for path, page in seen.items() if re.search(r"\bAlva\b", page)]
    assert len(shown) >= 5, shown
    names = [one.name for one in (cast.child("alva"), cast.guardian("maria"), cast.guardian("johan"))]
    leaks = {path: [one for one in (*names, *NUMBERS) if one in page] for path, page in hidden.items()}
    assert {path: found for path, found in leaks.items() if found} == {}
    assert any("Vårdnadshavare" in page for page in hidden.values())


def test_search_hits_have_no_name_or_birth_date(karin, cast, told):
    share(karin)
    page = text_of(karin.post("/barn/", {"name": "Alva"}, follow=True))
    body = page[page.index("</header>") : page.index("<footer")]
    assert "2016-03-12" not in body
    assert "Berg" not in body


def test_results_and_print_hide_names_too(karin, cast, desk):
    task = desk.task(desk.child("Hemlig Person"), kind="child_unclear")
    share(karin)
    asked = {"task": str(task.pk), "action": "done"}
    page = text_of(karin.post("/arbetslista/atgard/", asked, follow=True))
    assert "Hemlig" not in page
    Task.objects.update(done_at=None, done_by=None)
    assert "Hemlig" not in text_of(karin.get(f"/arbetslista/utskrift/?task={task.pk}"))


def test_it_ends_when_it_is_turned_off(karin, desk):
    desk.task(desk.child("Hemlig Person"))
    share(karin)
    assert "Hemlig" not in text_of(karin.get("/arbetslista/"))
    share(karin, on=False)
    assert "Hemlig" in text_of(karin.get("/arbetslista/"))


def test_it_holds_for_one_request_and_no_other():
    assert not is_shared()
    with sharing(True):
        assert is_shared()
        with sharing(False):
            assert not is_shared()
        assert is_shared()
    assert not is_shared()


def test_a_page_that_fails_leaves_nothing_behind():
    with pytest.raises(RuntimeError), sharing(True):
        raise RuntimeError
    assert not is_shared()
