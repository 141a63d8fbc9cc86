"""Stopping in the middle: a killed process leaves nothing half, and the next one completes."""

import gzip
import io
import json
import os
import signal
import subprocess
import sys
import time

import pytest
from django.conf import settings
from django.db import IntegrityError, connection

from kring.care.record import commands
from kring.care.record.importer import importer
from kring.care.record.models import Delivery, Reference, Resource, ResourceVersion
from kring.care.record.storing import intake
from kring.children.models import Child
from kring.jobs.registry import Cancelled
from kring.timeline.models import Event
from tests import cast as people
from tests.conftest import ROOT
from tests.fhir.deliveries import UNIT, bundle, observation, patient, send, source, stored

FILES = 8


def assert_nothing_half(size: int) -> None:
    """Every resource has its version and reference; each file's resources are all there or none."""
    assert ResourceVersion.objects.count() == Resource.objects.count()
    assert Reference.objects.filter(target__isnull=True).count() == 0
    assert (
        Event.objects.filter(source="killed").count() == Resource.objects.filter(kind="Observation").count()
    )
    for number in range(FILES):
        assert Resource.objects.filter(key__startswith=f"f{number}-").count() in (0, size)


@pytest.fixture
def folder(tmp_path):
    """Transaction bundles of one child and 400 observations each."""
    for number in range(FILES):
        who = patient(f"f{number}-p", number=None)
        told = [observation(f"f{number}-o{n}", of=f"Patient/f{number}-p") for n in range(400)]
        text = json.dumps(bundle(who, *told, kind="transaction"))
        (tmp_path / f"{number}.json.gz").write_bytes(gzip.compress(text.encode()))
    return tmp_path


def process(folder) -> subprocess.Popen:
    database = connection.settings_dict
    host = database["HOST"].replace("/", "%2F")
    url = f"postgresql://{database['USER']}@{host}/{database['NAME']}"
    if connection.vendor == "sqlite":
        url = f"sqlite:///{database['NAME']}"
    command = [
        sys.executable,
        "-m",
        "django",
        "import_record",
        str(folder),
        "--source",
        "killed",
        "--unit",
        UNIT,
    ]
    environment = {**os.environ, "DATABASE_URL": url, "PYTHONPATH": str(ROOT / "src")}
    return subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)


def wait_for(resources: int) -> None:
    deadline = time.monotonic() + 60
    while Resource.objects.count() < resources:
        assert time.monotonic() < deadline, "the import did not come that far"
        time.sleep(0.01)


@pytest.mark.django_db(transaction=True)
def test_kill_9_leaves_nothing_half_and_the_next_run_completes(cast, folder):
    for files, moment in ((1, 0.0), (2, 0.03), (4, 0.06), (6, 0.01)):
        running = process(folder)
        wait_for(files * 401)
        time.sleep(moment)
        running.send_signal(signal.SIGKILL)
        running.communicate()
        assert files * 401 <= Resource.objects.count() < FILES * 401, "killed too late to prove anything"
        assert_nothing_half(401)
    running = process(folder)
    said = running.communicate(timeout=60)[0].decode()
    assert running.returncode == 0, said
    assert Resource.objects.count() == FILES * 401
    assert_nothing_half(401)
    assert not Delivery.objects.filter(state="running").exists()
    assert Child.objects.filter(resources__key__endswith="-p").distinct().count() == FILES


@pytest.mark.django_db
def test_a_fault_in_the_middle_of_a_parcel_leaves_nothing_of_it(cast, monkeypatch):
    def breaks(*args):
        raise RuntimeError("power cut")

    monkeypatch.setattr(intake, "save_links", breaks)
    before = Child.objects.count()
    with pytest.raises(RuntimeError):
        send(bundle(patient(), observation()))
    assert not Resource.objects.exists()
    assert Child.objects.count() == before
    assert Delivery.objects.get().state == "interrupted"


@pytest.mark.django_db
def test_two_deliveries_that_register_the_same_child_at_once(cast, monkeypatch):
    """The one that comes second fails on the number, looks again and finds the child."""
    real, turns = intake.People.child_of, []

    def once_too_late(self, entry, slot):
        turns.append(entry)
        if len(turns) == 1:
            raise IntegrityError("child_number_once")
        return real(self, entry, slot)

    monkeypatch.setattr(intake.People, "child_of", once_too_late)
    assert send(bundle(patient(), observation())).added == 2
    assert (len(turns), stored("Observation", "o1").child) == (2, stored("Patient", "p1").child)


@pytest.mark.django_db
def test_a_job_that_is_stopped_keeps_what_was_taken_in(cast):
    lines = "\n".join(json.dumps(observation(f"o{n}")) for n in range(2500))
    told = []

    def stop_after_two(done: int, total: int) -> None:
        told.append((done, total))
        if len(told) == 2:
            raise Cancelled

    system = source()
    by = importer(system.unit, people.NOW)
    with pytest.raises(Cancelled):
        commands.take_in(by=by, source_id=system.pk, file=io.BytesIO(lines.encode()), tell=stop_after_two)
    assert told == [(1000, 0), (2000, 0)]
    assert (Delivery.objects.get().state, Resource.objects.count()) == ("interrupted", 2000)
    assert send(lines).unchanged == 2000


@pytest.mark.django_db
@pytest.mark.parametrize("entries", [10, 200])
def test_the_number_of_queries_does_not_grow_with_the_entries(cast, django_assert_max_num_queries, entries):
    file = bundle(patient(), *(observation(f"o{n}", value=n) for n in range(entries)), kind="transaction")
    source()
    with django_assert_max_num_queries(80):
        assert send(file).added == entries + 1
    with django_assert_max_num_queries(26):
        assert send(file).unchanged == entries + 1


def test_the_limit_is_a_setting():
    assert settings.IMPORT_MAX_BYTES >= 100 * 1024 * 1024
