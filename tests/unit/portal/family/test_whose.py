"""Whose pages: only the own children's, today, and of the others not even that they exist."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from django.test import Client

from kring import clock
from kring.children.models import Custody
from tests.own_pages import Scene, days_on, sign_in

THIRTEEN = 13


def page_without_keys(answer) -> str:
    return answer.content.decode()


def test_another_child_is_the_same_as_no_child(cast, maria):
    other = maria.get(f"/mina-sidor/{cast.child('hugo').pk}/")
    nobody = maria.get(f"/mina-sidor/{uuid4()}/")
    assert other.status_code == nobody.status_code == 404
    assert page_without_keys(other) == page_without_keys(nobody)
    assert "Hugo" not in page_without_keys(other)


@pytest.mark.parametrize(
    "rest",
    [
        "planen/",
        "planen/patientkontrakt/",
        "planen/sip/",
        "planen/historik/",
        "planen/be-om/",
        "planen/foresla/",
        "tider/",
        "tider/samma-dag/",
    ],
)
def test_no_page_of_another_child_opens(cast, maria, rest):
    assert maria.get(f"/mina-sidor/{cast.child('hugo').pk}/{rest}").status_code == 404


def test_things_of_another_child_do_not_open_under_the_own(scene, cast):
    petter = sign_in(Client(), cast.petter)
    hugo = f"/mina-sidor/{cast.child('hugo').pk}/"
    for rest in (
        f"kallelser/{scene.summons.pk}/",
        f"planen/versioner/{scene.version.pk}/",
        f"planen/{scene.plan.pk}/samtycke/",
        f"tider/{scene.visit.pk}/avboka/",
        f"tider/{scene.visit.pk}/kalender.ics",
    ):
        answer = petter.get(hugo + rest)
        assert answer.status_code == 404, rest
        assert "Alva" not in answer.content.decode()


def test_the_two_own_children_are_not_mixed_in_an_address(scene, cast, maria):
    Custody.objects.create(child=cast.child("hugo"), guardian=cast.guardian("maria"), starts_on="2020-01-01")
    mixed = f"/mina-sidor/{cast.child('hugo').pk}/tider/{scene.visit.pk}/avboka/"
    assert maria.get(mixed).status_code == 404
    assert maria.get("/mina-sidor/").headers["Location"] == "/mina-barn/"


def test_a_protected_child_is_named_nowhere(cast):
    vera, sigrid = sign_in(Client(), cast.vera), cast.child("sigrid")
    listed = vera.get("/mina-barn/")
    assert listed.status_code == 200
    assert "Här finns inga sidor att visa" in listed.content.decode()
    for answer in (listed, vera.get(f"/mina-sidor/{sigrid.pk}/"), vera.get("/hjalp/")):
        assert "Sigrid" not in answer.content.decode()
    assert vera.get(f"/mina-sidor/{sigrid.pk}/").status_code == 404


def test_a_child_that_becomes_protected_is_gone_with_the_next_page(scene, maria):
    home = f"/mina-sidor/{scene.child.pk}/"
    assert maria.get(home).status_code == 200
    scene.child.protection = "flag"
    scene.child.save()
    assert maria.get(home).status_code == 404
    assert "Alva" not in maria.get("/mina-barn/").content.decode()


def test_a_guardian_with_protected_identity_closes_the_pages_for_both(scene, cast, maria, johan):
    guardian = cast.guardian("johan")
    guardian.protected_identity = True
    guardian.save()
    for client in (maria, johan):
        assert client.get(f"/mina-sidor/{scene.child.pk}/").status_code == 404


def test_when_custody_ends_the_pages_end(scene, cast, johan):
    held = Custody.objects.get(child=scene.child, guardian=cast.guardian("johan"))
    held.ends_on = clock.today()
    held.save()
    assert johan.get(f"/mina-sidor/{scene.child.pk}/").status_code == 200
    held.ends_on = clock.today() - timedelta(days=1)
    held.save()
    assert johan.get(f"/mina-sidor/{scene.child.pk}/").status_code == 404


def test_an_older_child_is_closed(cast):
    anders = sign_in(Client(), cast.anders)
    assert anders.get(f"/mina-sidor/{cast.child('noa').pk}/").status_code == 404
    page = anders.get("/mina-barn/").content.decode()
    assert "Noa" not in page
    assert "13-årsdag" in page


def _turns_thirteen_tomorrow(scene: Scene) -> None:
    tomorrow = clock.today() + timedelta(days=1)
    scene.child.birth_date = tomorrow.replace(year=tomorrow.year - THIRTEEN)
    scene.child.save()


def test_on_the_thirteenth_birthday_everything_closes(scene, cast):
    _turns_thirteen_tomorrow(scene)
    paths = ["", "planen/", "planen/patientkontrakt/", "tider/", f"kallelser/{scene.summons.pk}/"]
    home = f"/mina-sidor/{scene.child.pk}/"
    before = sign_in(Client(), cast.maria)
    assert {before.get(home + rest).status_code for rest in paths} == {200}
    with clock.frozen(days_on(1)):
        after = sign_in(Client(), cast.maria)
        assert {after.get(home + rest).status_code for rest in paths} == {404}
        assert "Alva" not in after.get("/mina-barn/").content.decode()


def test_the_day_turns_at_midnight_in_sweden(scene, cast):
    _turns_thirteen_tomorrow(scene)
    home = f"/mina-sidor/{scene.child.pk}/"
    last_minute = datetime(2026, 11, 16, 22, 59, tzinfo=UTC)
    for moment, status in ((last_minute, 200), (last_minute + timedelta(minutes=1), 404)):
        with clock.frozen(moment):
            assert sign_in(Client(), cast.maria).get(home).status_code == status


def test_staff_have_no_business_here(scene, cast):
    karin = sign_in(Client(), cast.karin)
    assert karin.get(f"/mina-sidor/{scene.child.pk}/").status_code == 403
    assert karin.get("/mina-barn/").status_code == 403


def test_a_nurse_who_is_a_guardian_sees_the_own_child_only_as_guardian(cast):
    tuva = f"/mina-sidor/{cast.child('tuva').pk}/"
    assert sign_in(Client(), cast.lena, "guardian").get(tuva).status_code == 200
    assert sign_in(Client(), cast.lena, "school_nurse").get(tuva).status_code == 403


def test_the_child_itself_does_not_use_the_guardian_s_pages(scene, cast):
    assert sign_in(Client(), cast.alva).get(f"/mina-sidor/{scene.child.pk}/").status_code == 403


def test_who_is_not_logged_in_is_asked_to(scene):
    answer = Client().get(f"/mina-sidor/{scene.child.pk}/")
    assert answer.status_code == 302
    assert answer.headers["Location"].startswith("/logga-in/")


def test_every_opening_and_every_refusal_is_logged(scene, cast, maria):
    from kring.audit.models import AccessLogRow

    maria.get(f"/mina-sidor/{scene.child.pk}/planen/")
    row = AccessLogRow.objects.filter(what="family.plan").latest("pk")
    assert (row.child_id, row.person_id, row.outcome) == (scene.child.pk, cast.maria.pk, "allowed")
    maria.get(f"/mina-sidor/{cast.child('hugo').pk}/planen/")
    row = AccessLogRow.objects.filter(what="family.plan").latest("pk")
    assert (row.child_id, row.outcome) == (cast.child("hugo").pk, "refused")
