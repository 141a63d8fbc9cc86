"""What a page costs: as many questions to the database for much as for little, and few bytes on the way."""

import gzip

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from kring.care.contacts import commands as contacts
from kring.care.plans import commands as plans
from tests.own_pages import SECOND_VISIT, VISIT, Scene, sign_in

LIST_BYTES, FORM_BYTES = 20_000, 8_000
CHILD_BYTES, CHILD_SQL = 8_000, 6
FAMILY_SQL = 21
"""Statements in all on a guardian's page (ux.md d2), the session's and the access log's too."""

FAMILY = (
    "",
    "planen/",
    "planen/patientkontrakt/",
    "planen/sip/",
    "planen/historik/",
    "tider/",
    "planen/be-om/",
)
CHILD = (
    "",
    "min-plan/",
    "mina-moten/",
    "mina-moten/forbered/1/",
    "mina-moten/forbered/2/",
    "mina-moten/forbered/3/",
    "mina-vuxna/",
    "prata-nu/",
    "bra-att-veta/",
)


def asked(client: Client, path: str) -> list[str]:
    """The questions of one page, after a first visit has warmed what is kept."""
    client.get(path)
    with CaptureQueriesContext(connection) as caught:
        assert client.get(path).status_code == 200
    return [query["sql"] for query in caught.captured_queries]


def much(scene: Scene) -> None:
    """Eight times as much of everything that a page lists."""
    karin, sara, peter = scene.act("karin"), scene.act("sara"), scene.act("peter")
    for number in range(8):
        goal = plans.contribute_goal(by=karin, plan_id=scene.plan.pk, words=f"Mål nummer {number}")
        plans.contribute_activity(
            by=karin,
            plan_id=scene.plan.pk,
            what=f"Insats {number}",
            goal_id=goal.pk,
            responsible="third_party",
            responsible_words="Simskolan",
        )
        contacts.book(by=sara, child_id=scene.child.pk, starts_at=VISIT.replace(month=12, day=1 + number))
        contacts.book(
            by=peter, child_id=scene.child.pk, starts_at=SECOND_VISIT.replace(month=12, day=1 + number)
        )
    scene.plan.refresh_from_db()
    plans.publish_version(by=karin, plan_id=scene.plan.pk, seen=scene.plan.revision, reason="Mer")


def own_questions(questions: list[str]) -> int:
    """Those of the page itself: without the session, who is asking, and the access log."""
    around = (
        '"django_session"',
        '"organisations_person"."password"',
        '"organisations_assignment"',
        '"children_guardian"."person_id" = ',
        '"children_child"."person_id" = ',
        "SAVEPOINT",
        "BEGIN",
        "COMMIT",
        '"audit_',
    )
    return sum(1 for sql in questions if not any(mark in sql for mark in around))


@pytest.mark.parametrize("rest", FAMILY)
def test_a_guardian_s_page_asks_as_often_for_much_as_for_little(scene, cast, rest):
    path = f"/mina-sidor/{scene.child.pk}/{rest}"
    client = sign_in(Client(), cast.maria)
    little = asked(client, path)
    assert len(little) <= FAMILY_SQL
    much(scene)
    assert len(asked(client, path)) <= len(little) + (1 if rest == "planen/historik/" else 0)


@pytest.mark.parametrize("rest", CHILD)
def test_a_child_s_page_asks_as_often_for_much_as_for_little(scene, cast, rest):
    client = sign_in(Client(), cast.alva)
    little = asked(client, f"/min-sida/{rest}")
    much(scene)
    assert len(asked(client, f"/min-sida/{rest}")) <= len(little)


@pytest.mark.parametrize("rest", CHILD)
def test_a_child_s_page_asks_little(scene, cast, rest):
    assert own_questions(asked(sign_in(Client(), cast.alva), f"/min-sida/{rest}")) <= CHILD_SQL


def test_a_page_is_small_on_the_way(scene, cast):
    maria, alva = sign_in(Client(), cast.maria), sign_in(Client(), cast.alva)
    own = f"/mina-sidor/{scene.child.pk}/"
    sizes = {rest: len(gzip.compress(maria.get(own + rest).content)) for rest in FAMILY}
    assert max(sizes.values()) <= FORM_BYTES, sizes
    sizes = {rest: len(gzip.compress(alva.get(f"/min-sida/{rest}").content)) for rest in CHILD}
    assert max(sizes.values()) <= CHILD_BYTES, sizes
