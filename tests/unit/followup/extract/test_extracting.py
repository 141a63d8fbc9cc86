"""An extract after each of many turns is the whole extract at the end; and what it takes to make one."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from kring.access import gate
from kring.access.population import everybody
from kring.audit.models import AccessLogRow, Action
from kring.care.contacts.models import Appointment
from kring.care.monitoring import commands as mood
from kring.care.plans import commands as plans
from kring.children.models import AccessBlock, CareRelation, Child
from kring.clock import STOCKHOLM
from kring.followup.extract import commands, files, queries
from kring.followup.extract.models import Extract
from kring.jobs.models import Job
from kring.jobs.registry import run
from kring.organisations.models import Municipality
from kring.timeline.commands import record_event
from kring.timeline.models import Event
from tests.unit.care.plans.story import Story
from tests.unit.followup.extract.taking import KEY, Taking


def noon(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 12, tzinfo=STOCKHOLM)


class Turns:
    """What happens around the cast, a turn a day, each at its own moment."""

    def __init__(self, cast) -> None:
        self.cast, self.story = cast, Story(cast)

    def happen(self, kind: str, days_ago: int, child: str = "alva", **more) -> Event:
        by = self.story.karin
        at = self.story.now - timedelta(days=days_ago)
        about = {"child_id": self.cast.child(child).pk, "effective_at": at, "data": {"process": "ndd"}}
        return record_event(by=by, kind=kind, **about | more)

    def all(self) -> list[Callable[[], object]]:
        """The turns in order; time passes between them."""
        return [
            lambda: self.story.started(),
            lambda: self.story.joined().consented(),
            lambda: self.story.held(self.story.meeting(self.story.summoned())),
            lambda: self.story.filled().establish(follow_up_on=self.story.today + timedelta(days=3)),
            self.concern,
            self.corrected,
            lambda: None,  # the day of the follow-up passes, and nobody does anything
            self.mood_answered,
            self.mood_read,
            self.visit_missed,
            self.moved_in_the_register,
            self.support_ended,
            self.blocked,
            self.unblocked,
            self.protected,
            self.closed,
        ]

    def concern(self) -> None:
        """Told of now, and long ago: another year is touched."""
        self.first = self.happen("concern_raised", 400)
        self.happen("concern_raised", 10, "noa")

    def corrected(self) -> None:
        self.happen("concern_raised", 300, corrects=self.first)

    def mood_answered(self) -> None:
        karin, child = self.story.karin, self.cast.child("alva")
        self.asking = mood.ask(by=karin, child_id=child.pk, reader_id=karin.person_id)
        mood.answer(by=self.story.alva, asking_id=self.asking.pk, face="awful")
        mood.send(by=self.story.alva, asking_id=self.asking.pk, shown_to_guardians=True)

    def mood_read(self) -> None:
        """After its day: nothing on the timeline tells of it."""
        mood.note_read(by=self.story.karin, child_id=self.cast.child("alva").pk)

    def visit_missed(self) -> None:
        when = {
            "starts_at": self.story.now - timedelta(hours=3),
            "unit": self.cast.unit("hh-habilitering-boras"),
        }
        visit = Appointment.objects.create(child=self.cast.child("noa"), **when)
        self.happen("visit_missed", 0, "noa", subject=visit.pk)

    def moved_in_the_register(self) -> None:
        Child.objects.filter(pk=self.cast.child("noa").pk).update(
            municipality=Municipality.objects.get(code="1463")
        )

    def support_ended(self) -> None:
        """Noa's unit takes no part any more: she was known, and still is."""
        CareRelation.objects.filter(child=self.cast.child("noa")).update(ends_on=self.story.today)

    def blocked(self) -> None:
        unit = self.cast.unit("hh-habilitering-boras")
        AccessBlock.objects.create(
            child=self.cast.child("noa"),
            kind="inner",
            unit=unit,
            controller=unit.controller,
            created_at=self.story.now,
        )

    def unblocked(self) -> None:
        AccessBlock.objects.update(lifted_at=self.story.now)

    def protected(self) -> None:
        Child.objects.filter(pk=self.cast.child("noa").pk).update(protection="flag")

    def closed(self) -> None:
        said = {"reason": "goals_reached", "words": "Klart", "visibility": "all"}
        plans.close_plan(
            by=self.story.karin, plan_id=self.story.plan_id, seen=self.story.plan.revision, **said
        )


def test_after_each_of_many_turns_what_is_new_is_all_there_is(cast, taking, settings, tmp_path):
    turns, versions = Turns(cast), set()
    for at, turn in enumerate(turns.all()):
        turn()
        now = turns.story.now + timedelta(hours=1)
        made = taking.take(now=now)
        assert made.from_start == (at == 0)
        settings.EXTRACT_FOLDER = tmp_path / f"whole-{at}"
        whole = Taking(cast, settings.EXTRACT_FOLDER)
        again = whole.take(now=now, from_start=True)
        assert taking.contents() == whole.contents(), f"turn {at}"
        assert made.rows == again.rows
        # The whole one left its own row: the next goes on from the one whose files stand in its folder.
        again.delete()
        settings.EXTRACT_FOLDER = taking.folder
        versions.add(made.data_version)
        turns.story.later(1)
    assert len(versions) > 10
    assert made.touched < made.children, "only some were read again"
    assert not whole.rows("step", "*", f"child = {taking.key('noa')} AND unit IN (SELECT NULL)")
    homes = {child: code for child, code, *_ in taking.rows("residence")}
    assert homes[taking.key("noa")] == min(Municipality.objects.values_list("code", flat=True))


def test_what_it_takes_to_make_one(cast, taking, settings):
    """The key, the role, the log; and what begins from the start."""
    with pytest.raises(gate.NotAllowed):
        commands.make_extract(by=cast.actor("karin"), tells=taking.told)
    assert not everybody(cast.actor("karin")).exists()
    assert everybody(cast.actor("agnes")).count() == Child.objects.count()
    settings.EXTRACT_KEY = ""
    with pytest.raises(ValueError, match="key"):
        taking.take()
    settings.EXTRACT_KEY = KEY
    assert not taking.newest.exists()
    AccessLogRow.objects.all()._raw_delete("default")

    first = taking.take()
    assert first.from_start
    row = AccessLogRow.objects.get()
    agnes = cast.actor("agnes")
    assert (row.action, row.what, row.child_id) == (Action.EXPORT, "follow_up.extract", None)
    assert (row.person_id, row.rule, row.object_id) == (agnes.person_id, "programme.rows", first.data_version)
    assert row.reason == f"{first.children} barn, utan namn"
    keys = {child for (child,) in taking.rows("child", "child")}
    assert taking.key("alva") in keys

    later = cast.now + timedelta(days=1)
    assert (taking.take(now=later).from_start, taking.take(now=later).touched) == (False, 0)
    # Another key: everybody has another pseudonym, and nothing of the old stands beside.
    settings.EXTRACT_KEY = KEY[::-1]
    rotated = taking.take(now=later)
    assert rotated.from_start
    assert not keys & {child for (child,) in taking.rows("child", "child")}
    # Somebody has laid hands on the files: nothing of them is gone on from.
    (taking.newest / "child.parquet").unlink()
    assert taking.take(now=later).from_start
    # Another controller has agreed: its rows are read from the start.
    settings.EXTRACT_CONTROLLERS = [cast.unit("skola-boras-1").controller.key]
    assert taking.take(now=later).from_start
    assert not taking.take(now=later).from_start
    # No name, number, key of a child or of a unit, nor any word of Kring's stands in any file.
    whole = json.dumps([taking.rows(name) for name in files.FILLED], default=str)
    for child in Child.objects.prefetch_related("numbers"):
        words = [child.given_name, str(child.pk), child.pk.hex, *(one.value for one in child.numbers.all())]
        assert not [word for word in words if word in whole]
    assert "boras" not in whole


def test_the_number_of_questions_does_not_grow_with_the_children(cast, taking, settings):
    by = cast.actor("agnes")
    asked = []
    taking.take()  # the access log has its first row
    for number in (0, 60):
        one = cast.child("alva")
        more = [Child(given_name="N", family_name="N", birth_date=one.birth_date) for _ in range(number)]
        Child.objects.bulk_create(more)
        unit, since = cast.unit("hh-habilitering-boras"), date(2026, 1, 1)
        CareRelation.objects.bulk_create(
            CareRelation(child=child, unit=unit, starts_on=since) for child in more
        )
        Event.objects.bulk_create(
            Event(child=child, kind="concern_raised", unit=unit, effective_at=cast.now, recorded_at=cast.now)
            for child in more
        )
        with CaptureQueriesContext(connection) as seen:
            commands.make_extract(by=by, tells=taking.told, from_start=True)
        asked.append(len(seen))
    assert asked[0] == asked[1] < 45, asked
    # In portions it is the same extract, with the progress told after each.
    before = taking.contents()
    taking.told.places.clear()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(commands, "AT_A_TIME", 25)
        made = taking.take(from_start=True)
    assert taking.contents() == before
    assert taking.told.places == [25, 50, made.children]


def test_the_page_the_job_and_the_command(cast, taking, settings, client: Client):
    page = reverse("own-extract")
    assert cast.log_in(Client(), "karin").get(page).status_code == 403
    assert cast.log_in(Client(), "karin").post(reverse("take-out-extract")).status_code == 403
    cast.log_in(client, "agnes")
    settings.EXTRACT_KEY = ""
    assert "Nyckeln för uttaget är inte satt." in client.get(page).content.decode()
    assert client.post(reverse("take-out-extract")).url == page
    settings.EXTRACT_KEY = KEY
    empty = client.get(page).content.decode()
    assert "Inget uttag är gjort ännu." in empty
    assert "Ta ut det som är nytt" in empty
    assert page in client.get(reverse("data-status")).content.decode()

    answer = client.post(reverse("take-out-extract"))
    job = Job.objects.get(kind=queries.JOB)
    assert answer.url == reverse("job", kwargs={"job_id": job.pk})
    working = client.get(page).content.decode()
    assert "Uppgifterna tas ut nu." in working
    assert "Ta ut det som är nytt" not in working
    assert client.post(reverse("take-out-extract")).url == page
    assert Job.objects.filter(kind=queries.JOB).count() == 1
    run(str(job.pk))
    job.refresh_from_db()
    made = Extract.objects.get()
    assert (job.state, job.result["extract"]) == (Job.State.DONE, str(made.pk)), job.error
    told = client.get(page).content.decode()
    assert made.data_version[:12] in told
    assert "Allt lästes om från början" in told

    out = StringIO()
    call_command("extract", "hh-habilitering-boras", stdout=out)
    assert Extract.objects.count() == 2
    assert f"{made.children} barn" in out.getvalue()
    for unit, key, words in (
        ("nowhere", KEY, "ingen enhet"),
        ("hh-habilitering-boras", "", "KRING_EXTRACT_KEY"),
    ):
        settings.EXTRACT_KEY = key
        with pytest.raises(CommandError, match=words):
            call_command("extract", unit, stdout=out)
    settings.EXTRACT_KEY = KEY
    with files.alone(taking.folder), pytest.raises(CommandError, match="görs redan"):
        call_command("extract", "hh-habilitering-boras", stdout=out)


def test_whoever_has_left_the_assignment_has_no_job_done_in_it(cast, taking):
    job = commands.start_extract(by=replace(cast.actor("agnes"), assignment_id=None))
    run(str(job.pk))
    job.refresh_from_db()
    assert (job.state, job.error) == (Job.State.FAILED, "PermissionError")
    assert not Extract.objects.exists()
