"""Saved ways of looking at a worklist, and events of shared plans: one's own, the team's, the party's."""

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest

from kring.children.commands import disclose
from kring.children.models import Disclosure
from kring.timeline import commands, queries
from kring.timeline.models import SavedView


@pytest.fixture
def karin(cast):
    return cast.actor("karin")


@pytest.fixture
def eva(cast):
    """A colleague of Karin's at the same unit."""
    return cast.actor("eva")


def names(actor) -> list[str]:
    return [view.name for view in queries.saved_views(actor)]


def test_one_s_own_and_the_team_s_by_name(cast, karin, eva):
    commands.save_view(by=karin, name="Mina", query="view=mine")
    commands.save_view(by=karin, name="Alla", query="view=team", for_team=True)
    commands.save_view(by=eva, name="Bara mina", query="view=mine")
    assert names(karin) == ["Alla", "Mina"]
    assert names(eva) == ["Alla", "Bara mina"]
    assert names(cast.actor("jonas")) == []


def test_the_same_name_again_replaces_one_s_earlier_one(karin, eva):
    first = commands.save_view(by=karin, name="Sena", query="due=overdue")
    again = commands.save_view(by=karin, name="Sena", query="due=week", for_team=True)
    assert (again.pk, again.query, again.for_team, again.created_at) == (
        first.pk,
        "due=week",
        True,
        karin.now,
    )
    another = commands.save_view(by=eva, name="Sena", query="due=today")
    assert another.pk != first.pk
    assert SavedView.objects.count() == 2
    assert first.name == "Sena"


def test_a_view_is_forgotten_by_whoever_saved_it(karin, eva):
    view = commands.save_view(by=karin, name="Alla", query="", for_team=True)
    assert commands.forget_view(by=eva, view_id=view.pk) is False
    assert names(eva) == ["Alla"]
    assert commands.forget_view(by=karin, view_id=view.pk) is True
    assert commands.forget_view(by=karin, view_id=view.pk) is False
    assert commands.forget_view(by=karin, view_id=uuid4()) is False
    assert names(eva) == []


# Which shared events another unit sees


@pytest.mark.parametrize(
    ("changes", "sees"),
    [
        ({}, True),
        ({"category": "record"}, False),
        ({"starts_at": timedelta(minutes=1)}, False),
        ({"starts_at": timedelta()}, True),
        ({"ended_at": timedelta()}, False),
        ({"ends_on": timedelta(days=-1)}, False),
        ({"ends_on": timedelta()}, True),  # the last day counts
        ({"ends_on": timedelta(days=1)}, True),
    ],
)
def test_a_disclosed_plan_s_events_are_seen_while_it_is_disclosed(cast, karin, changes, sees):
    alva, plan, jonas = cast.child("alva"), uuid4(), cast.actor("jonas")
    commands.record_event(
        by=karin, kind="sip_started", child_id=alva.pk, effective_at=karin.now, subject=plan
    )
    row = disclose(child_id=alva.pk, unit_id=jonas.unit_id, category="plan", subject=plan, now=jonas.now)
    moved = {
        name: value if isinstance(value, str) else (jonas.today if name == "ends_on" else jonas.now) + value
        for name, value in changes.items()
    }
    Disclosure.objects.filter(pk=row.pk).update(**moved)
    assert bool(queries.events_of(jonas, alva)) is sees


@pytest.mark.parametrize("kind", queries.PLAN_KINDS)
def test_every_kind_of_a_plan_reaches_a_party_and_the_family(cast, karin, kind):
    alva, plan, jonas = cast.child("alva"), uuid4(), cast.actor("jonas")
    commands.record_event(by=karin, kind=kind, child_id=alva.pk, effective_at=karin.now, subject=plan)
    disclose(child_id=alva.pk, unit_id=jonas.unit_id, category="plan", subject=plan, now=jonas.now)
    for actor in (jonas, cast.actor("maria")):
        assert [event.kind for event in queries.events_of(actor, alva)] == [kind]


def test_another_child_s_events_are_another_s(cast, karin):
    commands.record_event(
        by=karin, kind="sip_started", child_id=cast.child("omar").pk, effective_at=karin.now
    )
    assert list(queries.events_of(karin, cast.child("alva"))) == []


def test_of_two_events_at_one_time_the_later_written_comes_first(cast, karin):
    alva = cast.child("alva")
    later = replace(karin, now=karin.now + timedelta(minutes=1))
    for by, kind in ((karin, "sip_started"), (later, "sip_closed")):
        commands.record_event(by=by, kind=kind, child_id=alva.pk, effective_at=karin.now)
    assert [event.kind for event in queries.events_of(karin, alva)] == ["sip_closed", "sip_started"]
