"""The watch beside a worker: looks at once, goes on looking, and outlives what goes wrong."""

from datetime import timedelta
from threading import Event
from threading import enumerate as threads
from uuid import uuid4

import pytest
from django.core.management import call_command

from kring import clock
from kring.jobs import commands, registry, watch
from kring.jobs.models import Job
from tests.cast import NOW


@pytest.fixture(autouse=True)
def upkeep(monkeypatch):
    """A register of its own for each test."""
    monkeypatch.setattr(registry, "UPKEEP", [])
    monkeypatch.setattr(registry, "KINDS", {})
    with clock.frozen(NOW):
        yield registry.UPKEEP


def lost_job(minutes: int = 4) -> Job:
    row = commands.start(kind="count", title="Räkna", by_id=uuid4(), now=NOW, arguments={})
    Job.objects.filter(pk=row.pk).update(state="running", attempt=1, told_at=NOW - timedelta(minutes=minutes))
    return row


@pytest.mark.django_db
def test_a_look_picks_up_what_was_lost_and_does_the_upkeep():
    moments = []
    registry.upkeep(moments.append)
    lost_job()
    watch.look()
    assert Job.objects.get().state == "waiting"
    assert moments == [NOW]


@pytest.mark.django_db
@pytest.mark.parametrize(("seconds", "state"), [(300, "running"), (200, "waiting")])
def test_how_long_silence_means_lost_can_be_said(seconds, state):
    lost_job(minutes=4)
    watch.look(timedelta(seconds=seconds))
    assert Job.objects.get().state == state


@pytest.mark.django_db
def test_what_goes_wrong_in_one_part_stops_neither_the_others_nor_the_watch(monkeypatch, caplog):
    def breaks(now):
        raise OSError("No space left: /var/201701012393")

    moments = []
    monkeypatch.setattr(watch, "pick_up_lost", lambda **_given: breaks(NOW))
    registry.UPKEEP.extend([breaks, moments.append])
    watch.look()
    assert moments == [NOW]
    assert caplog.text.count("OSError at") == 2
    assert "2017" not in caplog.text


def test_it_looks_at_once_again_and_again_and_ends_with_the_work(monkeypatch):
    looks, thrice = [], Event()

    def look(silent_for):
        looks.append(silent_for)
        if len(looks) == 3:
            thrice.set()

    monkeypatch.setattr(watch, "look", look)
    with watch.watching(0.001, timedelta(seconds=7)):
        assert thrice.wait(timeout=10)
    assert set(looks) == {timedelta(seconds=7)}
    assert "watch" not in {thread.name for thread in threads()}


def test_the_work_s_own_fault_comes_through_and_ends_the_watch(monkeypatch):
    monkeypatch.setattr(watch, "look", lambda silent_for: None)
    with pytest.raises(SystemExit), watch.watching(60):
        raise SystemExit(0)
    assert "watch" not in {thread.name for thread in threads()}


@pytest.mark.django_db(transaction=True)
def test_the_worker_of_the_house_works_the_queue_off_beside_its_watch():
    ran = []
    registry.job("count")(lambda progress: ran.append(1) or {})
    commands.start(kind="count", title="Räkna", by_id=uuid4(), now=NOW, arguments={})
    call_command("work_jobs", batch=True, verbosity=0, startup_delay=False)
    assert ran == [1]
    assert Job.objects.get().state == "done"
