"""Long work: told of, stopped, tried again, picked up after a crash."""

import os
import signal
import subprocess
import sys
from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.management import call_command
from django.db import transaction
from django_tasks_db.models import DBTaskResult

from kring import clock
from kring.jobs import commands, registry
from kring.jobs.models import Job
from kring.jobs.queries import jobs_of, jobs_with, queued
from kring.jobs.registry import Cancelled, job, run
from tests.cast import NOW
from tests.conftest import ROOT

pytestmark = pytest.mark.django_db
ME, SOMEONE = uuid4(), uuid4()
LISTS_KINDS = "import django; django.setup(); from kring.jobs import registry; print(*registry.KINDS)"


@pytest.fixture(autouse=True)
def kinds(monkeypatch):
    """A register of its own for each test."""
    monkeypatch.setattr(registry, "KINDS", {})
    monkeypatch.setattr(registry, "AFTER", {})
    with clock.frozen(NOW):
        yield registry.KINDS


def started(kind: str = "count", **arguments) -> Job:
    return commands.start(kind=kind, title="Räkna", by_id=ME, now=NOW, arguments=arguments)


def after(row: Job) -> Job:
    row.refresh_from_db()
    return row


def test_a_job_runs_and_keeps_its_result():
    @job("count")
    def count(progress, *, upto):
        return {"sum": sum(range(upto))}

    row = after(started(upto=5))
    assert (row.state, row.attempt, row.started_at) == ("waiting", 0, None)
    run(str(row.pk))
    row = after(row)
    assert (row.state, row.result, row.attempt, row.finished_at) == ("done", {"sum": 10}, 1, NOW)


@pytest.fixture
def own_signals():
    """A worker takes the process's signals, and does not give them back: Ctrl-C would not end the tests."""
    kept = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM, signal.SIGQUIT)}
    yield
    for number, handler in kept.items():
        signal.signal(number, handler)


@pytest.mark.django_db(transaction=True)
def test_a_worker_works_the_queue_off(own_signals):
    @job("count")
    def count(progress):
        return {"ran": True}

    row = started()
    call_command("db_worker", batch=True, startup_delay=False, verbosity=0)
    assert after(row).result == {"ran": True}


def test_progress_is_seen_by_others_while_the_job_works():
    seen = []

    @job("count")
    def count(progress):
        progress.step("Läser", total=2)
        progress.at(1)
        seen.append(tuple(Job.objects.values_list("step", "done", "total", "state").get()))
        progress.step("Sparar")
        seen.append(tuple(Job.objects.values_list("step", "done", "total", "state").get()))
        return {}

    run(str(started().pk))
    assert seen == [("Läser", 1, 2, "running"), ("Sparar", 0, 0, "running")]


def test_a_job_is_queued_if_and_only_if_its_cause_was_committed():
    with pytest.raises(RuntimeError), transaction.atomic():
        started()
        raise RuntimeError
    assert not Job.objects.exists()
    assert not DBTaskResult.objects.exists()
    started()
    assert DBTaskResult.objects.count() == 1


def test_a_job_that_fails_says_which_kind_of_fault_and_never_its_text(caplog):
    @job("count")
    def count(progress):
        raise ValueError("Key (value)=(201701012393) already exists")

    row = started()
    run(str(row.pk))
    row = after(row)
    assert (row.state, row.error, row.finished_at) == ("failed", "ValueError", NOW)
    assert "2017" not in caplog.text
    assert "ValueError at" in caplog.text


def test_a_kind_nobody_knows_fails_and_the_queue_goes_on():
    row = started("unheard-of")
    run(str(row.pk))
    assert (after(row).state, row.error) == ("failed", "KeyError")


def test_a_waiting_job_is_cancelled_at_once():
    row = started()
    assert commands.cancel(job_id=row.pk, by_id=ME, now=NOW)
    run(str(row.pk))
    assert (after(row).state, row.attempt) == ("cancelled", 0)


def test_a_running_job_is_cancelled_when_it_next_tells():
    told = []

    @job("count")
    def count(progress):
        told.append("before")
        assert commands.cancel(job_id=row.pk, by_id=ME, now=NOW)
        assert Job.objects.get().state == "running"
        progress.at(1)
        told.append("after")
        return {}

    row = started()
    run(str(row.pk))
    assert (after(row).state, told) == ("cancelled", ["before"])


def test_nobody_cancels_or_retries_or_sees_what_is_another_persons():
    row = started()
    assert not commands.cancel(job_id=row.pk, by_id=SOMEONE, now=NOW)
    assert after(row).state == "waiting"
    Job.objects.update(state="failed")
    assert not commands.try_again(job_id=row.pk, by_id=SOMEONE)
    assert (list(jobs_of(SOMEONE)), list(jobs_of(ME))) == ([], [row])


@pytest.mark.parametrize("state", ["done", "cancelled", "failed"])
def test_an_ended_job_is_not_cancelled(state):
    row = started()
    Job.objects.update(state=state)
    assert not commands.cancel(job_id=row.pk, by_id=ME, now=NOW)


@pytest.mark.parametrize(
    ("state", "again"), [("failed", True), ("cancelled", True), ("done", False), ("running", False)]
)
def test_what_failed_or_was_cancelled_can_be_tried_again(state, again):
    row = started()
    Job.objects.update(
        state=state, error="ValueError", cancel_asked=True, done=7, total=9, attempt=1, told_at=NOW
    )
    DBTaskResult.objects.all().delete()
    assert commands.try_again(job_id=row.pk, by_id=ME) is again
    assert DBTaskResult.objects.count() == int(again)
    if again:
        row = after(row)
        assert (row.state, row.error, row.cancel_asked, row.done, row.total) == ("waiting", "", False, 0, 0)


def test_a_second_attempt_that_works():
    attempts = []

    @job("count")
    def count(progress):
        attempts.append(len(attempts))
        if len(attempts) == 1:
            raise OSError
        return {"attempts": len(attempts)}

    row = started()
    run(str(row.pk))
    commands.try_again(job_id=row.pk, by_id=ME)
    run(str(row.pk))
    assert (after(row).state, row.result, row.attempt) == ("done", {"attempts": 2}, 2)


def test_a_job_runs_once_though_it_is_queued_twice():
    ran = []

    @job("count")
    def count(progress):
        ran.append(1)
        return {}

    row = started()
    run(str(row.pk))
    run(str(row.pk))
    assert ran == [1]


@pytest.mark.parametrize(("minutes", "lost"), [(2, 0), (4, 1)])
def test_a_job_whose_worker_died_is_picked_up_when_it_has_been_silent_long(minutes, lost):
    row = started()
    Job.objects.update(state="running", attempt=1, told_at=NOW - timedelta(minutes=minutes))
    assert commands.pick_up_lost(now=NOW) == lost
    assert after(row).state == ("waiting" if lost else "running")
    assert commands.pick_up_lost(now=NOW) == 0
    assert DBTaskResult.objects.count() == 1 + lost


def test_a_job_that_waits_with_nothing_in_the_queue_is_queued_anew():
    """Its worker died between taking it from the queue and beginning it."""
    row = started()
    Job.objects.update(created_at=NOW - timedelta(minutes=4))
    assert commands.pick_up_lost(now=NOW) == 0, "it stands in the queue, however long the queue is"
    DBTaskResult.objects.update(status="RUNNING")
    assert queued() == []
    assert commands.pick_up_lost(now=NOW) == 1
    assert queued() == [row.pk]
    assert commands.pick_up_lost(now=NOW) == 0
    assert after(row).state == "waiting"


def test_a_job_that_has_just_been_taken_from_the_queue_is_left_to_begin():
    started()
    DBTaskResult.objects.update(status="RUNNING")
    assert commands.pick_up_lost(now=NOW) == 0


@pytest.mark.parametrize(
    ("attempt", "state", "error"),
    [(4, "waiting", ""), (5, "failed", "WorkerLost"), (6, "failed", "WorkerLost")],
)
def test_a_job_that_ends_one_worker_after_another_is_given_up(attempt, state, error):
    row = started()
    Job.objects.update(state="running", attempt=attempt, told_at=NOW - timedelta(minutes=4))
    assert commands.pick_up_lost(now=NOW) == (state == "waiting")
    assert (after(row).state, row.error, row.finished_at) == (state, error, NOW if error else None)
    assert commands.try_again(job_id=row.pk, by_id=ME) is (state == "failed")


def test_what_only_the_job_needed_is_cleared_away_once_it_is_noted_as_done():
    seen = []

    def clear(*, name):
        seen.append((name, Job.objects.get().state))

    @job("count", after=clear)
    def count(progress, *, name):
        return {"name": name}

    run(str(started(name="a").pk))
    assert seen == [("a", "done")]


@pytest.mark.parametrize("ending", [ValueError, Cancelled])
def test_what_a_job_needed_stays_while_it_can_be_tried_again(ending):
    seen = []

    @job("count", after=lambda: seen.append(1))
    def count(progress):
        raise ending

    run(str(started().pk))
    assert seen == []


def test_a_job_taken_over_clears_nothing_away():
    seen = []

    @job("count", after=lambda: seen.append(1))
    def count(progress):
        Job.objects.update(attempt=2)
        return {}

    run(str(started().pk))
    assert seen == []


def test_a_job_is_done_though_what_it_left_could_not_be_cleared(caplog):
    def clear():
        raise OSError("/secret/201701012393")

    @job("count", after=clear)
    def count(progress):
        return {"sum": 1}

    row = started()
    run(str(row.pk))
    assert (after(row).state, row.result) == ("done", {"sum": 1})
    assert "OSError at" in caplog.text
    assert "2017" not in caplog.text


def test_jobs_are_found_by_what_they_were_given():
    one, two = started(file="a"), started(file="b")
    started("other", file="a")
    assert jobs_with("count", "file", ["a", "b", "c"]) == {"a": one, "b": two}
    assert jobs_with("count", "file", []) == {}


def test_a_worker_thought_dead_does_not_write_over_the_one_that_took_over():
    @job("count")
    def count(progress):
        Job.objects.update(state="running", attempt=2)
        progress.at(5)
        return {"mine": True}

    row = started()
    run(str(row.pk))
    assert (after(row).state, row.result, row.done) == ("running", {}, 0)


def test_a_job_that_ends_without_telling_after_being_taken_over_is_not_believed():
    @job("count")
    def count(progress):
        Job.objects.update(attempt=2)
        return {"mine": True}

    row = started()
    run(str(row.pk))
    assert (after(row).state, row.result) == ("running", {})


def test_stopping_the_worker_leaves_the_job_to_be_picked_up():
    @job("count")
    def count(progress):
        raise SystemExit(1)

    row = started()
    with pytest.raises(SystemExit):
        run(str(row.pk))
    assert after(row).state == "running"
    assert commands.pick_up_lost(now=NOW + timedelta(hours=1)) == 1


def test_telling_outside_a_running_job_stops_it():
    row = started()
    with pytest.raises(Cancelled):
        registry.Progress(row).at(1)


def test_a_fresh_worker_knows_the_kinds_of_the_house():
    """Kinds are made known when the packages start, not by whoever happened to import them."""
    said = subprocess.run(
        [
            sys.executable,
            "-c",
            LISTS_KINDS,
        ],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "PYTHONPATH": str(ROOT / "src")},
    )
    assert "import_record" in said.stdout.split()
