"""Sessions that are worn out, forged or taken away, and forms that cannot show where they come from."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse

from kring import clock
from kring.access.models import Submission
from kring.access.session import ACTING_AS, EPOCH, SEEN, STARTED
from kring.care.plans.models import Need
from kring.organisations.models import Assignment, Person
from tests.own_pages import Scene

WAYS = ["coordinator:", "coordinator:0", "boss:1", ":", "x", "guardian:", "child:", "coordinator:'"]
UNREADABLE = ["application/json", "multipart/form-data; boundary=", "multipart/form-data", "text/plain"]


@pytest.fixture
def scene(cast) -> Scene:
    return Scene(cast).begun()


@pytest.fixture
def karin(cast) -> Client:
    return cast.log_in(Client(raise_request_exception=False), "karin")


def add_need(client: Client, scene: Scene, **more):
    fields = {"area": "play", "text": "Smugit in", "submission": str(uuid4())}
    return client.post(reverse("plan-need-add", args=[scene.plan.pk]), fields, **more)


def is_out(response) -> bool:
    return response.status_code == 302 and response.headers["Location"].startswith("/logga-in/?")


def nothing_was_written(scene: Scene) -> bool:
    return (
        not Need.objects.filter(plan=scene.plan, text="Smugit in").exists()
        and not Submission.objects.exists()
    )


def test_the_session_that_is_whole_writes(scene, karin):
    assert add_need(karin, scene).status_code == 302
    assert Need.objects.filter(text="Smugit in").count() == 1


FORGED = [
    "",
    "x",
    "a" * 32,
    "A" * 32,
    "../" * 20,
    "\\",
    "x" * 5000,
    "å",
    "'; DROP TABLE django_session;--",
    "{}",
]


@pytest.mark.parametrize("value", FORGED)
def test_a_forged_cookie_is_nobody(value, scene, karin):
    karin.cookies["kring"] = value
    assert is_out(add_need(karin, scene))
    assert nothing_was_written(scene)


@pytest.mark.parametrize("data", ["", "x", "eyJhIjoxfQ:1:2", ":::", "å" * 500])
def test_a_session_whose_data_was_touched_is_nobody(data, scene, karin):
    Session.objects.filter(pk=karin.cookies["kring"].value).update(session_data=data)
    assert is_out(add_need(karin, scene))
    assert nothing_was_written(scene)


def test_a_session_that_was_removed_is_nobody(scene, karin):
    Session.objects.all().delete()
    assert is_out(add_need(karin, scene))
    assert nothing_was_written(scene)


def test_a_person_who_is_no_longer_active_is_out_with_the_next_request(scene, karin):
    Person.objects.filter(subject="karin").update(is_active=False)
    assert is_out(add_need(karin, scene))
    assert is_out(karin.get(reverse("plan-page", args=[scene.plan.pk])))
    assert nothing_was_written(scene)


def test_a_person_who_no_longer_exists_is_out_with_the_next_request(scene, cast):
    client = cast.log_in(Client(raise_request_exception=False), "sten")
    cast.sten.assignments.all().delete()
    cast.sten.delete()
    assert is_out(client.get("/"))
    assert is_out(add_need(client, scene))


def test_an_assignment_that_ended_yesterday_may_do_nothing_today(scene, karin, cast):
    cast.karin.assignments.update(ends_on=clock.today() - timedelta(days=1))
    for response in (add_need(karin, scene), karin.get(reverse("plan-page", args=[scene.plan.pk]))):
        assert response.status_code == 302
        assert response.headers["Location"].startswith(reverse("choose-role"))
    assert karin.get(reverse("choose-role")).status_code == 200
    assert nothing_was_written(scene)


def test_an_assignment_whose_role_has_changed_does_not_keep_the_old_one(scene, karin, cast):
    cast.karin.assignments.update(role="receptionist")
    assert add_need(karin, scene).headers["Location"].startswith(reverse("choose-role"))
    assert nothing_was_written(scene)


def put(client: Client, **values) -> None:
    session = client.session
    session.update(values)
    session.save()


@pytest.mark.parametrize("way", WAYS)
def test_a_way_of_acting_that_is_not_the_person_s_is_none(way, scene, karin):
    put(karin, **{ACTING_AS: way})
    assert add_need(karin, scene).headers["Location"].startswith(reverse("choose-role"))
    assert nothing_was_written(scene)


def test_somebody_else_s_assignment_is_not_a_way_of_acting(scene, karin, cast):
    other = Assignment.objects.get(person=cast.eva)
    put(karin, **{ACTING_AS: f"{other.role}:{other.pk}"})
    assert add_need(karin, scene).headers["Location"].startswith(reverse("choose-role"))


def test_logged_out_everywhere_is_out_here_with_the_next_request(scene, karin, cast):
    elsewhere = cast.log_in(Client(), "karin")
    elsewhere.post(reverse("log-out-everywhere"))
    assert is_out(add_need(karin, scene))
    assert nothing_was_written(scene)


def test_a_session_without_an_epoch_is_over(scene, karin):
    session = karin.session
    del session[EPOCH]
    session.save()
    assert is_out(add_need(karin, scene))


def test_a_session_without_its_moments_is_over(scene, karin):
    put(karin, **{SEEN: 0, STARTED: 0})
    assert is_out(add_need(karin, scene))
    assert nothing_was_written(scene)


def test_a_form_that_came_too_late_is_kept_for_its_sender_and_written_by_nobody(scene, karin, cast):
    with clock.frozen(cast.now + timedelta(hours=12)):
        assert is_out(add_need(karin, scene))
    assert nothing_was_written(scene)
    assert karin.session["kept"]["fields"]["text"] == ["Smugit in"]
    assert karin.session["kept"]["person"] == str(cast.karin.pk)


@pytest.fixture
def strict(cast) -> Client:
    return cast.log_in(Client(enforce_csrf_checks=True, raise_request_exception=False), "karin")


def token_of(client: Client) -> str:
    client.get(reverse("help"))
    client.get(reverse("language"))
    return client.cookies["csrftoken"].value if "csrftoken" in client.cookies else ""


def assert_swedish_403(response) -> None:
    page = response.content.decode()
    assert response.status_code == 403
    assert 'lang="sv"' in page
    assert "<h1" in page
    assert "Det gick inte att skicka formuläret" in page
    assert "Inget har skickats eller ändrats" in page
    assert not {"CSRF", "Forbidden", "Traceback", "ogiltig"} & set(page.replace("<", " ").split())


@pytest.mark.parametrize("token", [None, "", "x", "a" * 32, "a" * 64, "\x00", "å" * 64, "x" * 10_000])
def test_a_form_without_its_token_is_refused_in_swedish(token, scene, strict):
    token_of(strict)
    fields = {"area": "play", "text": "Smugit in", "submission": str(uuid4())}
    more = {} if token is None else {"csrfmiddlewaretoken": token}
    assert_swedish_403(strict.post(reverse("plan-need-add", args=[scene.plan.pk]), fields | more))
    assert nothing_was_written(scene)


@pytest.mark.parametrize("origin", ["https://evil.example", "null", "http://testserver.evil.example", "::::"])
def test_a_form_from_another_place_is_refused(origin, scene, strict):
    token = token_of(strict)
    fields = {"text": "Smugit in", "area": "play", "csrfmiddlewaretoken": token}
    path = reverse("plan-need-add", args=[scene.plan.pk])
    assert_swedish_403(strict.post(path, fields, headers={"origin": origin}))
    assert nothing_was_written(scene)


def test_a_form_with_its_token_is_carried_out(scene, strict):
    fields = {"area": "play", "text": "Smugit in", "csrfmiddlewaretoken": token_of(strict)}
    assert strict.post(reverse("plan-need-add", args=[scene.plan.pk]), fields).status_code == 302
    assert Need.objects.filter(text="Smugit in").count() == 1


@pytest.mark.parametrize("kind", UNREADABLE)
def test_a_body_that_cannot_be_read_is_refused_before_the_page(kind, scene, strict):
    token_of(strict)
    response = strict.generic("POST", reverse("plan-need-add", args=[scene.plan.pk]), b"--\x00{", kind)
    assert response.status_code in (400, 403)
    assert nothing_was_written(scene)


def test_a_body_beyond_the_limit_is_refused_before_the_page(scene, strict):
    token = token_of(strict)
    fields = {"area": "play", "text": "å" * 1_500_000, "csrfmiddlewaretoken": token}
    body = "&".join(f"{name}={value}" for name, value in fields.items()).encode()
    path = reverse("plan-need-add", args=[scene.plan.pk])
    response = strict.generic("POST", path, body, "application/x-www-form-urlencoded")
    assert response.status_code == 400
    assert 'lang="sv"' in response.content.decode()


def test_two_people_at_one_browser_never_share_a_session(scene, karin, cast):
    before = karin.cookies["kring"].value
    karin.post(reverse("log-out"))
    karin.post(reverse("log-in"), {"person": "ulla"})
    assert karin.cookies["kring"].value != before
    assert karin.get(reverse("plan-page", args=[scene.plan.pk])).status_code == 404
