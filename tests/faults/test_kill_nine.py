"""The server shot while people write, on the database of this run: `./kring bench kill_nine` in small."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from urllib.parse import quote
from uuid import UUID, uuid4

import pytest
from django.db import connection

from benchmarks import kill_nine
from benchmarks.killing import judge
from benchmarks.killing.judge import Judge
from benchmarks.killing.senders import edits
from kring.access import submissions
from kring.access.models import Submission
from kring.audit.models import AccessLogRow
from kring.care.plans import commands
from kring.care.plans.models import Activity
from kring.timeline.models import Task
from tests.own_pages import Scene

EDITS, KILLS = 60, 2


@contextmanager
def empty_database(folder: Path) -> Iterator[str]:
    """An address of a new database of the same kind as the tests', which the server's processes can reach."""
    if connection.vendor == "sqlite":
        yield f"sqlite:///{folder / 'kring.sqlite3'}"
        return
    at, name = connection.settings_dict, "kring_kill_nine"
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE DATABASE {name} TEMPLATE template0")
    try:
        yield f"postgresql://{at['USER']}@{quote(at['HOST'], safe='')}/{name}"
    finally:
        with connection.cursor() as cursor:
            cursor.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def outcome(transactional_db, tmp_path) -> kill_nine.Outcome:
    with empty_database(tmp_path) as url:
        return kill_nine.trial(url, tmp_path, count=EDITS, kills=KILLS, children=0, seed=9)


def test_what_was_acknowledged_is_there_once_with_all_its_traces_after_every_kill(outcome):
    assert outcome.is_whole, outcome.notes
    assert outcome.figures["acknowledged"] == outcome.figures["sent"] == EDITS
    assert outcome.figures["kills"] == KILLS


WORLD = {
    "child": "c",
    "plan": "p",
    "karins": ["p", "q"],
    "units": dict.fromkeys(("karin", "sara", "jonas", "lena"), "u"),
    "changeable": ["n1", "n2"],
    "due": ["2026", "12", "24"],
}


def test_every_edit_has_a_key_and_a_text_of_its_own():
    sent = list(edits(WORLD, 200, seed=1))
    assert len({edit.key for edit in sent}) == len({edit.text for edit in sent}) == 200
    assert all(edit.fields["submission"] == edit.key for edit in sent)
    assert [edit.item for edit in sent if edit.kind == "change"] in (["n2", "n1"], ["n2"])


def test_the_same_seed_sends_the_same():
    assert list(edits(WORLD, 50, seed=3)) == list(edits(WORLD, 50, seed=3))


@pytest.mark.parametrize("name", kill_nine.MUST_BE_NONE)
def test_one_of_anything_that_must_not_be_is_enough_to_fail(name):
    figures = dict.fromkeys(kill_nine.COLUMNS, 0) | {name: 1}
    assert not kill_nine.Outcome(figures).is_whole


def test_an_edit_that_never_was_answered_is_a_failure():
    figures = dict.fromkeys(kill_nine.COLUMNS, 0) | {"sent": 2, "acknowledged": 1}
    assert not kill_nine.Outcome(figures).is_whole


@pytest.fixture
def story(cast):
    """Three edits that were really made, as a sender would tell of them, and a judge who looked before."""
    scene = Scene(cast).begun()
    before, karin = judge.keys_of_tables(), scene.act("karin")
    sent = [made(karin, scene.plan.pk, number) for number in range(3)]
    return Judge(sent, before), sent


def made(karin, plan_id, number: int) -> dict[str, str]:
    key, text = str(uuid4()), f"Text {number}"
    add = {"by": karin, "plan_id": plan_id, "what": text, "due_on": date(2026, 12, 24)}
    answer = submissions.once(
        key=UUID(key), by=karin, work=lambda: f"/{commands.contribute_activity(**add).pk}/"
    )
    return {"key": key, "text": text, "kind": "activity", "item": "", "acknowledged": answer}


def wrong(judged: Judge) -> dict[str, int]:
    return {name: count for name, count in judged.figures().items() if name != "notes" and count}


def test_the_judge_finds_nothing_where_nothing_is_wrong(story):
    assert wrong(story[0]) == {}


def test_the_judge_sees_what_was_lost(story):
    Activity.objects.get(what="Text 1").delete()
    assert wrong(story[0]) == {"lost": 1, "half": 2, "log faults": 1}


def test_the_judge_sees_what_is_there_twice(story):
    row = Activity.objects.get(what="Text 1")
    row.pk = uuid4()
    row.save(force_insert=True)
    assert wrong(story[0]) == {"duplicates": 1, "half": 1, "log faults": 1}


def test_the_judge_sees_what_nobody_sent(story):
    Activity.objects.filter(what="Text 1").update(what="Någon annans")
    found = wrong(story[0])
    assert (found["lost"], found["strangers"]) == (1, 1)


def test_the_judge_sees_a_task_or_a_submission_that_is_missing(story):
    Task.objects.filter(subject=Activity.objects.get(what="Text 1").pk).delete()
    Submission.objects.filter(key=story[1][2]["key"]).delete()
    assert wrong(story[0]) == {"half": 3}


def test_the_judge_sees_a_log_that_was_touched(story):
    row = Activity.objects.get(what="Text 1")
    AccessLogRow.objects.filter(what="plan.activity.add", object_id=str(row.pk)).update(object_id="x")
    assert wrong(story[0])["log faults"] >= 2
