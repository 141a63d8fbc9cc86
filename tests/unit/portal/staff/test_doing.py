"""Each task leads to where it is done, from the worklist and the child's page, with or without a plan."""

import re
from types import SimpleNamespace
from uuid import UUID

import pytest
from django.urls import resolve

from kring.access.permissions import Permission
from kring.portal.staff.doing import DOING, task_href
from kring.portal.staff.words import TASKS
from tests.unit.portal.staff.desk import text_of

CHILD, SUBJECT = UUID(int=1), UUID(int=2)


class Whoever:
    """An actor whose role holds some permissions."""

    def __init__(self, *held: Permission) -> None:
        self.held = held

    def may(self, permission: Permission) -> bool:
        return permission in self.held


def task(kind: str, subject: UUID | None = SUBJECT) -> SimpleNamespace:
    return SimpleNamespace(kind=kind, child_id=CHILD, subject=subject)


def test_every_kind_that_has_a_word_has_a_place():
    assert set(DOING) == set(TASKS)


@pytest.mark.parametrize("kind", DOING)
def test_the_place_exists_and_asks_for_what_the_table_says(kind):
    page = resolve(task_href(Whoever(DOING[kind].permission), task(kind)))
    assert page.url_name == DOING[kind].name
    assert DOING[kind].permission in page.func.permissions


@pytest.mark.parametrize("kind", DOING)
def test_it_is_about_the_task_s_own_child_and_subject(kind):
    keys = set(resolve(task_href(Whoever(DOING[kind].permission), task(kind))).kwargs.values())
    assert keys <= {CHILD, SUBJECT}
    assert (SUBJECT in keys) is bool(DOING[kind].subject)


@pytest.mark.parametrize("kind", [*DOING, "something_new"])
def test_whose_role_does_not_open_it_comes_to_the_child(kind):
    assert resolve(task_href(Whoever(), task(kind))).url_name == "child"


def test_without_a_subject_there_is_still_somewhere_to_go():
    for kind, doing in DOING.items():
        name = resolve(task_href(Whoever(doing.permission), task(kind, None))).url_name
        assert name == ("child" if doing.subject else doing.name)


PLACES = {
    "message_answer": "meddelanden",
    "mood_read": "maende",
    "summons_answer": "moten",
    "summons_times": "moten",
    "maturity_asked": "mognad",
    "follow_up": "planer",
    "same_day_answer": "kontakter",
}


@pytest.mark.parametrize(("kind", "place"), PLACES.items())
def test_a_row_of_the_worklist_and_of_a_child_without_a_plan_lead_there(karin, desk, kind, place):
    child = desk.child("Utan Plan")
    row = desk.task(child, kind=kind, subject=SUBJECT)
    for page in (karin.get("/arbetslista/?vy=mina"), karin.get(f"/barn/{child.pk}/")):
        link = re.search(rf'<a href="([^"]*)">{TASKS[row.kind]}', text_of(page))[1]
        assert place in link.split("/")
        assert not link.endswith("/plan/")
