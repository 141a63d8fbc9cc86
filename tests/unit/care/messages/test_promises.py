"""A question that nobody answers: at 80 % of its time the unit is reminded and its head sees it, once."""

from datetime import timedelta

import pytest

from kring.audit.models import AccessLogRow
from kring.care.messages import jobs
from kring.notifications.models import Notice
from kring.timeline.models import Event, Task
from kring.timeline.promises import ASKED, REMINDED

UNIT = "hh-habilitering-boras"


@pytest.fixture(autouse=True)
def _new_worker(monkeypatch):
    monkeypatch.setattr(jobs, "_last", [])


def asked(cast, kind="message_answer", days=4, **more):
    about = {"child": cast.child("alva"), "unit": cast.unit(UNIT), "assignee": cast.karin}
    due = cast.actor("alva").today + timedelta(days=days)
    return Task.objects.create(**about | {"kind": kind, "due_on": due, "opened_at": cast.now} | more)


def told() -> set[tuple[str, str]]:
    return set(Notice.objects.filter(act="promise_near").values_list("person__subject", "unit__key"))


def test_before_it_nobody_then_the_one_who_has_it_and_the_head(cast):
    task = asked(cast)  # asked Monday 10.00, promised through Friday
    assert jobs.remind_of_promises(cast.now + timedelta(hours=87)) == 0
    assert told() == set()
    assert jobs.remind_of_promises(cast.now + timedelta(hours=89)) == 1
    assert told() == {("karin", UNIT), ("eva", UNIT)}
    event = Event.objects.get(kind=REMINDED)
    assert (event.subject, event.unit.key, event.child_id) == (task.pk, UNIT, task.child_id)
    row = AccessLogRow.objects.get(what="promise.remind")
    assert (row.role, row.object_id, row.unit_id) == ("machine", str(task.pk), cast.unit(UNIT).pk)


def test_once_and_no_more_also_when_it_has_been_read(cast):
    asked(cast)
    late = cast.now + timedelta(days=6)
    assert jobs.remind_of_promises(late) == 1
    Notice.objects.update(read_at=late)
    assert jobs.remind_of_promises(late + timedelta(days=3)) == 0
    assert Notice.objects.count() == 2


def test_what_nobody_has_taken_reaches_the_head_alone(cast):
    asked(cast, assignee=None)
    jobs.remind_of_promises(cast.now + timedelta(days=6))
    assert told() == {("eva", UNIT)}


def test_a_unit_without_a_head_has_whoever_leads_there_told(cast):
    asked(cast, assignee=None, unit=cast.unit("sas-logopedi"))
    jobs.remind_of_promises(cast.now + timedelta(days=6))
    assert told() and {unit for _who, unit in told()} == {"sas-logopedi"}


def test_every_kind_of_question_and_nothing_else(cast):
    """Answered, waiting for others, or no question at all: nothing is reminded of."""
    for kind in ASKED:
        asked(cast, kind)
    asked(cast, "follow_up")
    asked(cast, ball="family")
    done = asked(cast, "child_wrong", done_at=cast.now, done_by=cast.karin)
    assert jobs.remind_of_promises(cast.now + timedelta(days=30)) == len(ASKED)
    reminded = set(Event.objects.filter(kind=REMINDED).values_list("subject", flat=True))
    assert done.pk not in reminded and len(reminded) == len(ASKED)


def test_no_guardian_and_not_the_young_person_is_told(cast):
    asked(cast)
    jobs.remind_of_promises(cast.now + timedelta(days=6))
    assert not Notice.objects.filter(unit__isnull=True).exists()
    assert not Event.objects.filter(kind=REMINDED, unit__isnull=True).exists()


def test_a_worker_looks_now_and_then_and_asks_one_question_when_there_is_nothing(
    cast, django_assert_max_num_queries
):
    asked(cast)
    jobs.look_at_promises(cast.now + timedelta(days=6))
    assert told()
    with django_assert_max_num_queries(0):
        jobs.look_at_promises(cast.now + timedelta(days=6, minutes=14))
    with django_assert_max_num_queries(2):
        jobs.look_at_promises(cast.now + timedelta(days=6, minutes=15))
