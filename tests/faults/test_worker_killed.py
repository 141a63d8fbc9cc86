"""A worker shot in the middle of a job: the next one finishes it by itself, and no upload is left behind."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote

import pytest
from django.core.files.base import ContentFile
from django.db import connection

from kring.care.record import commands, incoming
from kring.care.record.models import Delivery, Resource, ResourceVersion
from kring.jobs.models import Job
from kring.timeline.models import Event
from tests.conftest import ROOT
from tests.fhir.deliveries import observation, patient, source

pytestmark = pytest.mark.django_db(transaction=True)
ENTRIES = 6000
PATIENCE_S = 90


@pytest.fixture(autouse=True)
def own_folder(settings, tmp_path):
    settings.VAR = tmp_path


@pytest.fixture(params=[ENTRIES])
def job(cast, request) -> Job:
    """An upload of one child and many measurements: thousands take several parcels."""
    lines = [patient("p1"), *(observation(f"o{n}", value=n) for n in range(request.param - 1))]
    upload = ContentFile("\n".join(map(json.dumps, lines)).encode(), name="leverans.ndjson")
    key = commands.start_import(by=cast.actor("nils"), source_id=source().pk, upload=upload)
    return Job.objects.get(pk=key)


def database_url() -> str:
    at = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{at['NAME']}"
    return f"postgresql://{at['USER']}@{quote(at['HOST'], safe='')}/{at['NAME']}"


def worker(folder: Path, silent_for: int = 3) -> "subprocess.Popen[bytes]":
    """The worker as `./kring serve` starts it, but quick to see that another has died."""
    command = ["django", "work_jobs", "--no-startup-delay", "--look-every=0.2", f"--silent-for={silent_for}"]
    command += ["--interval=0.1", "--verbosity=0"]
    environment = {**os.environ, "DATABASE_URL": database_url(), "KRING_VAR": str(folder)}
    return subprocess.Popen(
        [sys.executable, "-m", *command], env=environment | {"PYTHONPATH": str(ROOT / "src")}, cwd=ROOT
    )


def wait_until(true: Callable[[], bool], told: str) -> None:
    deadline = time.monotonic() + PATIENCE_S
    while not true():
        assert time.monotonic() < deadline, told
        time.sleep(0.02)


def shot(process: "subprocess.Popen[bytes]") -> None:
    process.send_signal(signal.SIGKILL)
    process.wait()


def test_what_a_shot_worker_had_begun_is_finished_by_the_next_one(job, tmp_path):
    # On a slow machine a parcel can take a second: this one must not think itself lost.
    first = worker(tmp_path, silent_for=60)
    wait_until(lambda: Resource.objects.count() > 0, "the import did not begin")
    shot(first)
    assert 0 < Resource.objects.count() < ENTRIES, "killed too late to prove anything"
    job.refresh_from_db()
    assert (job.state, job.attempt) == ("running", 1)
    assert len(incoming.kept()) == 1, "the upload is still needed"

    second = worker(tmp_path)
    try:
        wait_until(lambda: Job.objects.get().state == "done", "nobody picked the lost job up")
        wait_until(lambda: not incoming.kept(), "the upload of a job that is done was left behind")
    finally:
        shot(second)
    assert Job.objects.get().attempt >= 2
    assert Resource.objects.count() == ResourceVersion.objects.count() == ENTRIES
    assert Event.objects.filter(kind="observation", source="journal").count() == ENTRIES - 1
    states = list(Delivery.objects.order_by("received_at").values_list("state", flat=True))
    assert (set(states[:-1]), states[-1]) == ({"interrupted"}, "done")


few = pytest.mark.parametrize("job", [3], indirect=True)


@few
def test_a_job_whose_worker_died_just_before_beginning_it_is_not_forgotten(job, tmp_path):
    """The queue says that somebody works on it, the job says that it waits: nobody would ever take it."""
    from django_tasks_db.models import DBTaskResult

    DBTaskResult.objects.update(status="RUNNING")
    running = worker(tmp_path)
    try:
        wait_until(lambda: Job.objects.get().state == "done", "the forgotten job was not queued anew")
    finally:
        shot(running)
    assert Resource.objects.count() == 3


@few
def test_a_worker_shot_after_the_work_and_before_the_clearing_leaves_no_upload(job, tmp_path):
    Job.objects.update(state="done", finished_at=job.created_at)
    assert len(incoming.kept()) == 1
    running = worker(tmp_path)
    try:
        wait_until(lambda: not incoming.kept(), "the watch did not clear the upload away")
    finally:
        shot(running)
