"""«Vårdprocess» is read from all that has happened, however much has happened since."""

import re
from datetime import timedelta

import pytest

from kring.portal.staff.child.queries import SHOWN_EVENTS
from kring.portal.staff.child.steps import KINDS, MILESTONES
from kring.timeline.models import Event
from kring.timeline.queries import events_of
from tests.unit.portal.staff.desk import questions_of, text_of

LATER = 70


@pytest.fixture
def child(desk):
    return desk.child("Lång Väg")


def happen(desk, child, *rows):
    """Events of a child at Karin's unit, each (kind, days ago)."""
    moments = [(kind, desk.cast.now - timedelta(days=days)) for kind, days in rows]
    about = {"child": child, "unit": desk.unit}
    made = [Event(kind=kind, effective_at=at, recorded_at=at, **about) for kind, at in moments]
    return Event.objects.bulk_create(made)


def steps_of(client, child) -> list[str]:
    page = text_of(client.get(f"/barn/{child.pk}/"))
    found = re.search(r'<ol class="k-stepper".*?</ol>', page, re.DOTALL)
    return re.findall(r'k-stepper__label">(.*?)</span>', found[0]) if found else []


@pytest.mark.parametrize("later", [0, LATER])
def test_the_steps_stand_however_much_has_happened_since(karin, desk, child, later):
    happen(desk, child, ("concern_raised", 400), ("sip_started", 390), ("plan_established", 380))
    happen(desk, child, *(("visit_booked", 300 - n) for n in range(later)))
    assert steps_of(karin, child) == ["Upptäckt", "SIP påbörjad", "Plan", "Uppföljning"]


def test_the_page_asks_no_more_for_it(karin, desk, child):
    karin.get(f"/barn/{child.pk}/")
    few = questions_of(karin, f"/barn/{child.pk}/")
    happen(desk, child, ("concern_raised", 400), *(("visit_booked", 300 - n) for n in range(LATER)))
    assert questions_of(karin, f"/barn/{child.pk}/") == few


def test_the_timeline_below_is_still_the_latest(karin, desk, child):
    happen(desk, child, ("concern_raised", 400), *(("visit_booked", 300 - n) for n in range(LATER)))
    page = text_of(karin.get(f"/barn/{child.pk}/"))
    below = page.split('id="events-title"')[1]
    assert below.count("Besök bokat") == SHOWN_EVENTS
    assert "Någon såg ett behov" not in below


def test_the_latest_and_every_one_of_some_kinds_latest_first(cast, desk, child):
    old = happen(desk, child, ("followed_up", 500), ("followed_up", 450), ("moved", 420))
    new = happen(desk, child, ("visit_booked", 3), ("followed_up", 2), ("visit_booked", 1))
    found = events_of(cast.actor("karin"), child, limit=2, always=KINDS)
    assert [row.pk for row in found] == [new[2].pk, new[1].pk, old[1].pk, old[0].pk]


def test_what_has_been_corrected_is_no_milestone(karin, cast, desk, child):
    [wrong] = happen(desk, child, ("plan_established", 300))
    [right] = happen(desk, child, ("concern_raised", 299))
    Event.objects.filter(pk=right.pk).update(corrects=wrong)
    found = events_of(cast.actor("karin"), child, limit=1, always=KINDS)
    assert [row.pk for row in found] == [right.pk]


def test_another_units_events_are_none_of_it(cast, desk, child):
    rows = happen(desk, child, ("first_intervention_started", 300))
    Event.objects.filter(pk=rows[0].pk).update(unit=cast.unit("sas-logopedi"))
    assert events_of(cast.actor("karin"), child, limit=5, always=KINDS) == []


def test_every_kind_of_the_steps_is_asked_for():
    assert {kind for _label, kinds in MILESTONES for kind in kinds} == KINDS
