"""What has happened around a child, and who may read of it."""

from datetime import timedelta
from uuid import uuid4

import pytest

from kring.children.commands import disclose
from kring.timeline import commands, queries
from kring.timeline.models import Event


@pytest.fixture
def karin(cast):
    return cast.actor("karin")


def event(by, child, kind="sip_started", days=0, **more):
    at = by.now + timedelta(days=days)
    return commands.record_event(by=by, kind=kind, child_id=child.pk, effective_at=at, **more)


def seen(cast, subject, child="alva", **more):
    actor = cast.actor(subject, "school_nurse" if subject == "lena" else None)
    return list(queries.events_of(actor, cast.child(child), **more))


def test_an_event_has_its_own_time_apart_from_when_it_was_written(cast, karin):
    row = event(karin, cast.child("alva"), days=-3, reason="x", data={"a": 1})
    assert (row.effective_at, row.recorded_at) == (karin.now - timedelta(days=3), karin.now)
    assert (row.role, row.unit_id, row.recorded_by_id) == ("coordinator", karin.unit_id, karin.person_id)
    assert row.source == "kring"


def test_the_latest_comes_first(cast, karin):
    alva = cast.child("alva")
    rows = [event(karin, alva, days=days) for days in (-3, -1, -2)]
    assert seen(cast, "karin") == [rows[1], rows[2], rows[0]]
    assert seen(cast, "karin", limit=1) == [rows[1]]


def test_another_unit_s_events_are_another_s(cast, karin):
    event(karin, cast.child("alva"), kind="encounter")
    for subject in ("peter", "lena", "jonas", "ulla", "leila"):
        assert seen(cast, subject) == []


def test_a_disclosed_plan_brings_its_events_and_nothing_else(cast, karin):
    """School never gets a login into the record because the child has a plan (domain 18.4)."""
    alva, plan = cast.child("alva"), uuid4()
    started = event(karin, alva, subject=plan)
    event(karin, alva, kind="encounter", subject=plan)
    event(karin, alva, subject=uuid4())
    jonas = cast.actor("jonas")
    disclose(child_id=alva.pk, unit_id=jonas.unit_id, category="plan", subject=plan, now=jonas.now)
    assert seen(cast, "jonas") == [started]


def test_the_family_reads_of_the_plan_and_not_of_the_record(cast, karin):
    alva = cast.child("alva")
    started = event(karin, alva)
    event(karin, alva, kind="condition")
    for subject in ("maria", "johan", "alva"):
        assert seen(cast, subject) == [started]


def test_some_kinds_only(cast, karin):
    alva = cast.child("alva")
    event(karin, alva)
    held = event(karin, alva, kind="sip_meeting_held")
    assert seen(cast, "karin", kinds=["sip_meeting_held"]) == [held]


def test_a_correction_is_a_later_event(cast, karin):
    alva = cast.child("alva")
    first = event(karin, alva, days=-1)
    second = event(karin, alva, days=-2, corrects=first)
    assert Event.objects.count() == 2
    assert list(first.corrected_by.all()) == [second]
