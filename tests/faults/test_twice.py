"""Every kind of writing sent twice with one key: done once, answered alike, however the page has changed."""

from uuid import uuid4

import pytest
from django.urls import reverse

from kring.access.models import Submission
from kring.audit.models import AccessLogRow
from kring.timeline.models import Event, Task
from tests.faults.addresses import forms_of
from tests.faults.scenery import World

pytestmark = pytest.mark.django_db
DAY = {"due_on_0": "24", "due_on_1": "12", "due_on_2": "2026"}

# Who, which page, the ids its address names, and what must be said beyond what the form offers by itself.
WRITINGS = [
    ("karin", "plan-need-add", ["plan_id"], {"area": "play", "text": "Leka ute"}),
    ("karin", "plan-goal-add", ["plan_id"], {"words": "Jag vill leka", "term": "short"}),
    ("karin", "plan-activity-add", ["plan_id"], {"what": "Ringa", "status": "planned", **DAY}),
    ("karin", "plan-need", ["need_id"], {"area": "school", "text": "Leka inne"}),
    ("karin", "plan-goal", ["goal_id"], {"words": "Jag vill rita", "term": "long"}),
    ("karin", "plan-describe", ["plan_id", "part"], {"what_matters": "Att få rita"}),
    (
        "karin",
        "plan-follow-up-move",
        ["plan_id"],
        {"to_0": "3", "to_1": "3", "to_2": "2027", "reason": "Lov"},
    ),
    ("sara", "plan-nothing-now", ["plan_id"], {"words": "Vi väntar på skolan"}),
    ("maria", "family-propose", ["child_id"], {"message": "Kan vi ses på onsdagar?"}),
    ("maria", "family-acknowledge", ["child_id", "version_id"], {"comment": "Läst"}),
    ("maria", "family-agree", ["child_id", "visit_id"], {}),
    ("maria", "family-change", ["child_id", "visit_id"], {"reason": "Vi är bortresta"}),
    ("maria", "family-cancel", ["child_id", "visit_id"], {}),
    ("maria", "family-message-new", ["child_id"], {"title": "Bad", "text": "Kan hon bada?"}),
    ("maria", "family-thread", ["child_id", "thread_id"], {"text": "Och en sak till"}),
    ("alva", "child-prepare-step", ["number"], {"good_at": "Rita"}),
]


def traces() -> tuple[int, int, int]:
    return AccessLogRow.objects.filter(action="write").count(), Event.objects.count(), Task.objects.count()


@pytest.mark.parametrize(
    ("name", "page", "ids", "said"), WRITINGS, ids=lambda one: one if type(one) is str else ""
)
def test_sent_twice_it_is_done_once_and_answered_alike(name, page, ids, said, world: World):
    path = reverse(page, args=[{"number": 1, **world.ids}[one] for one in ids])
    client, before = world.client(name), traces()
    fields = forms_of(client.get(path).content.decode()).posted | said | {"submission": str(uuid4())}
    first = client.post(path, fields)
    done = traces()
    again = client.post(path, fields)
    assert first.status_code == 302, forms_of(first.content.decode()).posted
    assert done > before
    assert (again.status_code, again.headers["Location"]) == (302, first.headers["Location"])
    assert traces() == done
    assert Submission.objects.filter(key=fields["submission"]).count() == 1


@pytest.mark.parametrize(
    ("name", "page", "ids", "said"), WRITINGS[:3], ids=lambda one: one if type(one) is str else ""
)
def test_without_a_key_each_sending_is_its_own(name, page, ids, said, world: World):
    path = reverse(page, args=[world.ids[one] for one in ids])
    client = world.client(name)
    fields = forms_of(client.get(path).content.decode()).posted | said | {"submission": "nonsense"}
    once, _first = traces(), client.post(path, fields)
    twice, _second = traces(), client.post(path, fields)
    assert traces()[0] - twice[0] == twice[0] - once[0] == 1
