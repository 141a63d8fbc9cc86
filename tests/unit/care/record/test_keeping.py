"""How long an uploaded file stays, by what became of its job."""

import os
from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest
from django.core.files.base import ContentFile

from kring.care.record import incoming
from kring.care.record.jobs import clear_uploads
from kring.care.record.rules.keeping import Upload, last_day, may_go
from kring.jobs import registry
from kring.jobs.models import Job
from tests.cast import NOW

DAY = date(2026, 11, 16)


@pytest.mark.parametrize(
    ("state", "days", "goes"),
    [
        ("done", 0, True),
        ("waiting", 400, False),
        ("running", 400, False),
        ("failed", 0, False),
        ("failed", 7, False),
        ("failed", 8, True),
        ("cancelled", 7, False),
        ("cancelled", 8, True),
        # Put aside by a request that is not finished yet, or that was undone.
        ("", 0, False),
        ("", 7, False),
        ("", 8, True),
        ("something new", 400, False),
    ],
)
def test_a_file_goes_when_nothing_needs_it_any_more(state, days, goes):
    assert may_go(Upload(state, DAY), DAY + timedelta(days=days)) is goes


def test_the_last_day_to_try_again():
    assert last_day(DAY) == date(2026, 11, 23)


@pytest.fixture(autouse=True)
def own_folder(settings, tmp_path):
    settings.VAR = tmp_path


def uploaded(state: str = "", *, kind: str = "import_record", days_ago: int = 0) -> UUID:
    """A file that was put aside so long ago, with its job when it has one."""
    name = incoming.keep(ContentFile(b"{}"))
    then = NOW - timedelta(days=days_ago)
    os.utime(incoming.folder() / str(name), (then.timestamp(),) * 2)
    if state:
        Job.objects.create(
            kind=kind, title="x", started_by=uuid4(), state=state, created_at=then,
            finished_at=then if state in ("done", "failed", "cancelled") else None,
            arguments={"file": str(name)},
        )  # fmt: skip
    return name


@pytest.mark.django_db
def test_the_upkeep_throws_away_what_may_go_and_nothing_else():
    stays = {
        uploaded("waiting", days_ago=30),
        uploaded("running", days_ago=30),
        uploaded("failed", days_ago=7),
        uploaded("cancelled", days_ago=1),
        uploaded(),
    }
    for state in ("done", "failed", "cancelled", ""):
        uploaded(state, days_ago=8)
    uploaded("done")
    (incoming.folder() / "README").write_text("not an upload")
    assert clear_uploads(NOW) == 5
    assert set(incoming.kept()) == stays
    assert (incoming.folder() / "README").exists()
    assert clear_uploads(NOW) == 0


@pytest.mark.django_db
def test_another_kind_of_job_with_the_same_word_owns_no_upload():
    name = uploaded("running", kind="other", days_ago=8)
    clear_uploads(NOW)
    assert name not in incoming.kept()


@pytest.mark.django_db
def test_one_look_asks_once_however_many_files_there_are(django_assert_num_queries):
    with django_assert_num_queries(0):
        clear_uploads(NOW)
    for _ in range(30):
        uploaded("failed")
    with django_assert_num_queries(1):
        clear_uploads(NOW)


def test_a_file_thrown_away_by_another_worker_in_the_same_moment_is_no_fault():
    name = incoming.keep(ContentFile(b"{}"))
    incoming.remove(name)
    incoming.remove(name)
    assert incoming.kept() == {}


def test_the_watch_of_every_worker_does_it():
    assert clear_uploads in registry.UPKEEP
