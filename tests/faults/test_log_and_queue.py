"""The log's chains under many writers, and jobs whose transaction never was."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.management import call_command
from django.db import transaction
from django_tasks_db.models import DBTaskResult

from kring.access import gate, submissions
from kring.access.models import Submission
from kring.audit import queries as audit
from kring.audit.commands import CHAINS
from kring.audit.models import AccessLogRow, ChainHead
from kring.care.plans import commands
from kring.care.plans.models import Need, Plan
from kring.jobs import commands as jobs
from kring.jobs import registry
from kring.jobs.models import Job
from kring.jobs.registry import KINDS
from kring.timeline.models import Event, Task
from tests.faults.together import failures, together

pytestmark = pytest.mark.django_db(transaction=True)
WRITERS, ROUNDS = 8, 6


class Broken(Exception):
    """Stands for whatever can go wrong after the work has been done."""


@pytest.fixture
def karin(transactional_db, cast):
    return cast.actor("karin")


def test_the_very_first_writers_of_a_log_make_its_chains_once(karin):
    AccessLogRow.objects.all()._raw_delete("default")
    ChainHead.objects.all().delete()
    children = [uuid4() for _ in range(WRITERS)]
    answers = together(*[lambda one=one: gate.log(karin, "read", [one], what="child") for one in children])
    assert not failures(answers)
    assert ChainHead.objects.count() == CHAINS
    assert set(AccessLogRow.objects.values_list("child_id", flat=True)) == set(children)
    assert not list(audit.faults())


def test_simultaneous_writers_never_break_a_chain(karin):
    def write() -> None:
        for number in range(ROUNDS):
            gate.log(karin, "list", [uuid4() for _ in range(number + 1)], what="list")

    before = AccessLogRow.objects.count()
    assert not failures(together(*[write] * WRITERS))
    assert AccessLogRow.objects.count() - before == WRITERS * sum(range(1, ROUNDS + 1))
    assert not list(audit.faults())


def test_writers_that_fail_leave_no_hole_in_a_chain(karin):
    def write(fails: bool) -> None:
        for _ in range(ROUNDS):
            try:
                with transaction.atomic():
                    gate.log(karin, "read", [uuid4()], what="fails" if fails else "stands")
                    if fails:
                        raise Broken
            except Broken:
                pass

    assert not failures(together(*[lambda n=n: write(bool(n % 2)) for n in range(WRITERS)]))
    assert AccessLogRow.objects.filter(what="stands").count() == WRITERS // 2 * ROUNDS
    assert not AccessLogRow.objects.filter(what="fails").exists()
    assert not list(audit.faults())


def everything() -> dict[str, int]:
    tables = (Plan, Need, Event, Task, AccessLogRow, Submission, Job, DBTaskResult)
    return {table.__name__: table._default_manager.count() for table in tables}


def test_work_that_fails_at_its_very_end_leaves_nothing_of_itself(karin, cast):
    before, key = everything(), uuid4()

    def work() -> str:
        plan = commands.start_plan(by=karin, child_id=cast.child("alva").pk, need_identified_on=karin.today)
        commands.contribute_need(by=karin, plan_id=plan.pk, area="play", text="Leka ute")
        jobs.start(kind="test.never", title="Aldrig", by_id=karin.person_id, now=karin.now, arguments={})
        raise Broken

    with pytest.raises(Broken):
        submissions.once(key=key, by=karin, work=work)
    assert everything() == before


@pytest.fixture
def ran(monkeypatch) -> list[str]:
    """The names that jobs of the kind `test.tell` have told."""
    told: list[str] = []

    def tell(progress, name: str) -> dict[str, str]:
        told.append(name)
        return {}

    monkeypatch.setitem(KINDS, "test.tell", tell)
    return told


def work_off() -> None:
    call_command("work_jobs", batch=True, verbosity=0, startup_delay=False)


def start(karin, name: str) -> Job:
    arguments = {"name": name}
    return jobs.start(kind="test.tell", title=name, by_id=karin.person_id, now=karin.now, arguments=arguments)


def test_a_job_of_a_rolled_back_transaction_never_runs(karin, ran):
    with pytest.raises(Broken), transaction.atomic():
        start(karin, "rolled back")
        raise Broken
    start(karin, "stands")
    work_off()
    assert ran == ["stands"]
    assert set(Job.objects.values_list("title", "state")) == {("stands", "done")}


def test_a_job_that_several_workers_take_at_once_runs_once(karin, ran):
    row = start(karin, "once")
    answers = together(*[lambda: registry.run(str(row.pk))] * WRITERS)
    assert not failures(answers)
    assert ran == ["once"]
    row.refresh_from_db()
    assert (row.state, row.attempt) == ("done", 1)


def test_a_lost_worker_s_job_is_picked_up_once_by_several_lookers(karin, ran):
    row = start(karin, "lost")
    silent = karin.now - 2 * jobs.SILENT_FOR
    Job.objects.filter(pk=row.pk).update(state="running", attempt=1, told_at=silent)
    picked = together(*[lambda: jobs.pick_up_lost(now=karin.now)] * WRITERS)
    assert sum(picked) == 1
    work_off()
    assert ran == ["lost"]


def test_a_running_job_that_tells_is_left_alone(karin, ran):
    row = start(karin, "working")
    Job.objects.filter(pk=row.pk).update(state="running", attempt=1, told_at=karin.now - timedelta(minutes=1))
    assert jobs.pick_up_lost(now=karin.now) == 0
    work_off()
    assert ran == []


def test_a_job_asked_for_twice_with_one_key_is_started_once(karin, ran):
    key = uuid4()
    ask = lambda: submissions.once(key=key, by=karin, work=lambda: f"/{start(karin, 'asked').pk}/")  # noqa: E731
    answers = together(*[ask] * WRITERS)
    assert len(set(answers)) == 1
    work_off()
    assert ran == ["asked"]
