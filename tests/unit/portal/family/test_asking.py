"""What a guardian asks for reaches the unit: an event with the words, a task and a row in the log."""

from uuid import uuid4

import pytest
from django.urls import reverse

from kring.audit.models import AccessLogRow
from kring.timeline.models import Event, Task
from tests.own_pages import Scene


@pytest.fixture
def scene(cast, client) -> Scene:
    cast.log_in(client, "maria")
    return Scene(cast).whole()


def test_a_proposed_change_is_a_task_for_the_unit_that_keeps_the_plan(scene, client):
    path = reverse("family-propose", args=[scene.child.pk])
    answer = client.post(path, {"message": "Vi vill träffas på onsdagar", "submission": str(uuid4())})
    assert answer.status_code == 302
    event = Event.objects.get(kind="change_proposed")
    assert (event.data["message"], event.unit_id) == ("Vi vill träffas på onsdagar", scene.plan.unit_id)
    task = Task.objects.get(kind="change_proposed")
    assert (task.unit_id, task.subject) == (scene.plan.unit_id, event.pk)
    assert AccessLogRow.objects.filter(what="family.change_proposed", object_id=str(event.pk)).count() == 1


def test_asking_for_another_time_is_a_task_for_the_unit_of_the_visit(scene, client):
    path = reverse("family-change", args=[scene.child.pk, scene.visit.pk])
    fields = {"reason": "Tisdagar går bra", "seen": scene.visit.revision, "submission": str(uuid4())}
    assert client.post(path, fields).status_code == 302
    task = Task.objects.get(kind="visit_change_asked")
    assert (task.unit_id, task.subject) == (scene.visit.unit_id, scene.visit.pk)
    scene.visit.refresh_from_db()
    assert scene.visit.status == "booked"


def test_asking_about_a_time_that_has_moved_changes_nothing(scene, client):
    path = reverse("family-change", args=[scene.child.pk, scene.visit.pk])
    fields = {"reason": "Tisdagar går bra", "seen": scene.visit.revision + 1, "submission": str(uuid4())}
    assert "Tisdagar går bra" in client.post(path, fields).content.decode()
    assert not Task.objects.filter(kind="visit_change_asked").exists()
