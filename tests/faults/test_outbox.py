"""The worker shot while it sends: no letter is lost, and none but the one in its hands is sent again."""

import os
import signal
import subprocess
import sys
from collections import Counter
from datetime import date
from pathlib import Path
from threading import Event
from uuid import uuid4

import pytest
from django.db import connection

from kring import clock
from kring.access.policy.notices import Way
from kring.children.models import Child, Custody, Guardian
from kring.notifications.models import ContactWay, Delivery, Notice
from kring.organisations.models import Person
from tests.conftest import ROOT
from tests.mail_server import Letters, mail_server

LETTERS, KILLS = 40, 3
WORKER = """
import django
django.setup()
from datetime import timedelta
from kring import clock
from kring.notifications import delivery
import sys
at = clock.now().replace(hour=7) + timedelta(days=1, hours=int(sys.argv[1]))
delivery.pick_up_lost(at)
delivery.send_due(lambda: at)
"""


@pytest.fixture
def post(transactional_db) -> set[str]:
    """Letters that wait, each to a guardian of its own, and their ids."""
    child = Child.objects.create(given_name="A", family_name="B", birth_date=date(2018, 1, 1))
    noon = clock.now().replace(hour=11)
    return {_letter(child, place, noon) for place in range(LETTERS)}


def _letter(child: Child, place: int, at) -> str:
    person = Person.objects.create(subject=f"p{place}", given_name="G", family_name=str(place))
    guardian = Guardian.objects.create(person=person, given_name="G", family_name=str(place))
    Custody.objects.create(child=child, guardian=guardian, starts_on=date(2018, 1, 1))
    address = f"p{place}@exempel.se"
    chosen = {"topics": ["plan"], "chosen_at": at, "confirmed_at": at}
    ContactWay.objects.create(person=person, way=Way.EMAIL, address=address, **chosen)
    notice = Notice.objects.create(person=person, child=child, act="plan_version", about=uuid4(), made_at=at)
    return str(Delivery.objects.create(notice=notice, way=Way.EMAIL, not_before=at.replace(year=2020)).pk)


def worker(server: Letters, hour: int) -> "subprocess.Popen[bytes]":
    """A worker of its own on the tests' database, so many hours into tomorrow."""
    database = connection.settings_dict
    url = f"sqlite:///{database['NAME']}"
    if connection.vendor != "sqlite":
        url = f"postgresql://{database['USER']}@{database['HOST'].replace('/', '%2F')}/{database['NAME']}"
    environment = os.environ | {
        "DATABASE_URL": url,
        "KRING_SMTP_URL": f"smtp://127.0.0.1:{server.port}",
        "PYTHONPATH": str(Path(ROOT) / "src"),
    }
    return subprocess.Popen([sys.executable, "-c", WORKER, str(hour)], env=environment, cwd=ROOT)


def test_a_worker_that_is_shot_loses_nothing_and_repeats_at_most_what_it_held(post):
    with mail_server() as server:
        for kill in range(1, KILLS + 1):
            reached = Event()
            upto = kill * LETTERS // (KILLS + 1)
            server.on_letter = lambda count, upto=upto, reached=reached: count >= upto and reached.set()
            process = worker(server, kill)
            assert reached.wait(60)
            process.send_signal(signal.SIGKILL)
            process.wait(30)
        assert worker(server, KILLS + 1).wait(60) == 0
        times = Counter(key.strip("<>").partition("@")[0] for key in server.ids)
    assert set(times) == post, "lost"
    assert sum(times.values()) - LETTERS <= KILLS, "sent again that nobody held"
    assert max(times.values()) <= 2
    assert not Delivery.objects.exclude(state=Delivery.State.SENT).exists()
