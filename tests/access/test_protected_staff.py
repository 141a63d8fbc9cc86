"""Staff with protected identity are shown by their role alone, to families and colleagues alike (8.8)."""

from datetime import timedelta

import pytest
from django.test import Client

from kring.organisations.models import Person
from kring.timeline.commands import open_task
from tests.own_pages import Scene, sign_in
from tests.told import once

PAGES = {
    "maria": ("", "planen/", "planen/patientkontrakt/", "planen/sip/", "planen/historik/", "tider/"),
    "alva": ("/min-sida/", "/min-sida/min-plan/", "/min-sida/mina-vuxna/", "/min-sida/mina-moten/"),
}


@pytest.fixture
@once
def scene(cast):
    """Alva's plan, with Karin protected: she keeps it going, is a party's contact and has tasks."""
    scene = Scene(cast).whole()
    by = cast.actor("karin")
    due = by.today + timedelta(days=3)
    open_task(by=by, kind="plan_activity", child_id=scene.child.pk, due_on=due, assignee_id=by.person_id)
    Person.objects.filter(subject="karin").update(protected_identity=True)
    return scene


def seen_by(scene, cast, subject, path):
    answer = sign_in(Client(), getattr(cast, subject)).get(path, follow=True)
    assert answer.status_code == 200, path
    return answer.content.decode()


def family_name(cast):
    return cast.karin.family_name


@pytest.mark.parametrize("rest", PAGES["maria"])
def test_a_guardian_never_reads_the_name(scene, cast, rest):
    page = seen_by(scene, cast, "maria", f"/mina-sidor/{scene.child.pk}/{rest}")
    assert family_name(cast) not in page


@pytest.mark.parametrize("path", PAGES["alva"])
def test_nor_does_the_child(scene, cast, path):
    assert family_name(cast) not in seen_by(scene, cast, "alva", path)


@pytest.mark.parametrize("path", ["/arbetslista/?vy=teamet", "/arbetslista/vecka/", "/moten/"])
def test_nor_do_colleagues_and_the_own_screen(scene, cast, path):
    assert family_name(cast) not in seen_by(scene, cast, "karin", path)


def test_nor_do_the_other_parties_of_the_plan(scene, cast):
    page = cast.log_in(Client(), "lena", "school_nurse").get(f"/planer/{scene.plan.pk}/").content.decode()
    assert family_name(cast) not in page


def test_the_role_stands_where_the_name_would(scene, cast):
    assert cast.karin.name == cast.karin.title != ""
    assert Person(given_name="A", family_name="B", protected_identity=True).name == "Personal"
    assert Person(given_name="A", family_name="B").name == "A B"
