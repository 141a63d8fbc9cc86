"""The record's entries through the tables 8.2 and 8.3: own unit, another unit, another care provider."""

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404

from kring.audit.models import AccessLogRow
from kring.care.record import queries
from kring.children.commands import record_consent, relate, withdraw_consent
from kring.children.models import CareRelation
from kring.organisations.models import Controller, Unit
from tests import cast as people
from tests.fhir.deliveries import bundle, observation, patient, send, source, stored

pytestmark = pytest.mark.django_db
NOTHING = queries.ActiveChoice()
CHOSEN = queries.ActiveChoice.read({"units": "care", "providers": "care"})


@pytest.fixture
def karin(cast):
    """A professional in region care, and a child that her unit meets but has sent nothing about."""
    return cast.actor("karin")


def sent_by(unit: Unit, key: str = "p1", obs: str = "o1"):
    """A child with one observation documented by a unit."""
    system = source(f"from-{unit.key}"[:80], unit.key)
    send(bundle(patient(key), observation(obs, of=f"Patient/{key}")), to=system)
    return stored("Patient", key).child


def meets(actor, child) -> None:
    relate(child=child, unit=Unit.objects.get(pk=actor.unit_id), starts_on=actor.today)


def another_unit(actor) -> Unit:
    return Unit.objects.filter(controller=actor.controller_id).exclude(pk=actor.unit_id).order_by("key")[0]


def private_unit(actor, *, connected: bool = True) -> Unit:
    unit = Unit.objects.filter(sector="private_care").order_by("key")[0]
    Controller.objects.filter(pk__in=[unit.controller_id, actor.controller_id]).update(
        shares_across_providers=connected
    )
    return unit


def connected(actor):
    return replace(actor, shares_across_providers=True)


def answer(cast, child, actor, state="given", category="record"):
    """The child's own answer, written in by somebody who has found it mature for the question."""
    return record_consent(
        scope=[(actor.unit_id, category)],
        child=child,
        purpose="across_providers",
        state=state,
        form="oral",
        starts_on=actor.today,
        documented_by=cast.karin,
        recorded_at=actor.now,
        judged_mature=True,
    )


def rules_logged(child) -> set[str]:
    rows = AccessLogRow.objects.filter(child_id=child.pk, what="record.entries", outcome="allowed")
    return set(rows.values_list("rule", flat=True))


def test_the_own_units_entries_are_shown_and_the_reading_logged(karin):
    child = sent_by(Unit.objects.get(pk=karin.unit_id))
    found = queries.entries_for(karin, child.pk)
    assert [event.title for event in found.shown] == ["Längd"]
    assert found.hidden == queries.Hidden()
    assert rules_logged(child) == {"8.2.1"}


def test_another_unit_of_the_same_provider_needs_an_active_choice(karin):
    child = sent_by(another_unit(karin))
    meets(karin, child)
    closed = queries.entries_for(karin, child.pk)
    assert (list(closed.shown), closed.hidden) == ([], queries.Hidden(units=frozenset({"choice"})))
    opened = queries.entries_for(karin, child.pk, choice=CHOSEN)
    assert (opened.shown.count(), opened.hidden) == (1, queries.Hidden())
    assert "8.2.2" in rules_logged(child)


def test_another_provider_is_not_even_told_of_when_nobody_was_asked(karin):
    child = sent_by(private_unit(karin))
    meets(karin, child)
    for choice in (False, True):
        found = queries.entries_for(connected(karin), child.pk, choice=CHOSEN if choice else NOTHING)
        assert (list(found.shown), found.hidden) == ([], queries.Hidden())


@pytest.mark.parametrize(
    ("state", "choice", "shown", "exists"),
    [
        ("refused", False, 0, {"choice"}),
        ("refused", True, 0, {"consent"}),
        ("given", False, 0, {"choice"}),
        ("given", True, 1, set()),
        ("not_asked", True, 0, {"consent"}),
    ],
)
def test_another_provider_by_the_childs_answer(cast, karin, state, choice, shown, exists):
    """Told, and not answered, is no yes: that something is there may be told (8.3 row 3)."""
    child = sent_by(private_unit(karin))
    meets(karin, child)
    answer(cast, child, karin, state=state)
    found = queries.entries_for(connected(karin), child.pk, choice=CHOSEN if choice else NOTHING)
    assert (found.shown.count(), found.hidden) == (shown, queries.Hidden(providers=frozenset(exists)))


def test_a_yes_for_something_else_or_taken_back_or_run_out_opens_nothing(cast, karin):
    child = sent_by(private_unit(karin))
    meets(karin, child)
    yes = answer(cast, child, karin, category="plan")
    assert queries.entries_for(connected(karin), child.pk, choice=CHOSEN).shown.count() == 0
    withdraw_consent(consent=yes, now=karin.now)
    yes = answer(cast, child, replace(karin, now=karin.now + timedelta(hours=1)))
    assert queries.entries_for(connected(karin), child.pk, choice=CHOSEN).shown.count() == 1
    withdraw_consent(consent=yes, now=karin.now + timedelta(hours=2))
    assert queries.entries_for(connected(karin), child.pk, choice=CHOSEN).shown.count() == 0


def test_a_provider_that_is_not_connected_stays_closed_whatever_the_answer(cast, karin):
    child = sent_by(private_unit(karin, connected=False))
    meets(karin, child)
    answer(cast, child, karin)
    found = queries.entries_for(connected(karin), child.pk, choice=CHOSEN)
    assert (found.shown.count(), found.hidden) == (0, queries.Hidden())


def test_each_units_entries_are_decided_by_themselves(karin):
    own, other = Unit.objects.get(pk=karin.unit_id), another_unit(karin)
    child = sent_by(own)
    sent_by(other, key="p2", obs="o2")
    sent_by(private_unit(karin), key="p3", obs="o3")
    assert stored("Patient", "p2").child == child
    found = queries.entries_for(karin, child.pk)
    assert {event.unit for event in found.shown} == {own}
    assert found.hidden == queries.Hidden(units=frozenset({"choice"}))
    assert {event.unit for event in queries.entries_for(karin, child.pk, choice=CHOSEN).shown} == {
        own,
        other,
    }


def test_who_does_not_meet_the_child_finds_nothing(karin):
    child = sent_by(another_unit(karin))
    with pytest.raises(Http404):
        queries.entries_for(karin, child.pk)


def test_a_relation_that_has_ended_closes(karin):
    child = sent_by(Unit.objects.get(pk=karin.unit_id))
    CareRelation.objects.filter(child=child).update(
        starts_on=karin.today - timedelta(days=9), ends_on=karin.today - timedelta(days=1)
    )
    with pytest.raises(Http404):
        queries.entries_for(karin, child.pk)


@pytest.mark.parametrize(
    "weak", [{"strong_auth": False}, {"role": "administrator"}, {"role": "receptionist"}]
)
def test_who_may_not_read_records_reads_none(karin, weak):
    child = sent_by(Unit.objects.get(pk=karin.unit_id))
    with pytest.raises((Http404, PermissionDenied)):
        queries.entries_for(replace(karin, **weak), child.pk)


def test_corrected_and_withdrawn_entries_are_not_shown(karin):
    unit = Unit.objects.get(pk=karin.unit_id)
    child = sent_by(unit)
    system = source(f"from-{unit.key}"[:80], unit.key)
    send(observation(effectiveDateTime="2026-05-01"), to=system)
    assert [event.data["precision"] for event in queries.entries_for(karin, child.pk).shown] == ["day"]
    send(observation(status="entered-in-error"), to=system)
    assert list(queries.entries_for(karin, child.pk).shown) == []


def test_kinds_narrow_and_the_newest_comes_first(karin):
    unit = Unit.objects.get(pk=karin.unit_id)
    child = sent_by(unit)
    system = source(f"from-{unit.key}"[:80], unit.key)
    visit = {
        "resourceType": "Encounter",
        "id": "e",
        "subject": {"reference": "Patient/p1"},
        "period": {"start": "2026-06"},
    }
    send(visit, to=system)
    assert [event.kind for event in queries.entries_for(karin, child.pk).shown] == [
        "encounter",
        "observation",
    ]
    only = queries.record_page(karin, child.pk, queries.Wanted(kind="encounter"))
    assert [row.event.kind for row in only.rows] == ["encounter"]


def test_the_exact_text_is_read_where_the_entry_is(karin):
    child = sent_by(another_unit(karin))
    meets(karin, child)
    event = stored("Observation", "o1").event_id
    with pytest.raises(PermissionDenied):
        queries.exact_text(karin, child.pk, event)
    assert '"value": 1.1' in queries.exact_text(karin, child.pk, event, choice=CHOSEN).body
    with pytest.raises(PermissionDenied):
        queries.exact_text(karin, child.pk, uuid4(), choice=CHOSEN)
    row = AccessLogRow.objects.get(what="record.text")
    assert (row.child_id, row.object_id) == (child.pk, str(event))
    assert (row.action, row.rule) == ("export", "8.2.2")


@pytest.mark.parametrize("who", ["karin", "maria"])
def test_deliveries_and_problems_are_for_those_who_take_in(cast, who):
    actor = cast.actor(who)
    for ask in (
        lambda: queries.deliveries(actor),
        lambda: queries.problems(actor, [], at_most=1),
        lambda: queries.sources(actor),
    ):
        with pytest.raises(PermissionDenied):
            ask()


def test_an_administrator_sees_counts_and_places(cast):
    nils = cast.actor("nils")
    delivery = send(bundle(patient(), observation("bad id"), observation(effectiveDateTime=None)))
    row = queries.deliveries(nils, ids=[delivery.pk]).get()
    assert (row.n_problems, row.n_notes, row.source.name) == (1, 1, "Journalen")
    assert [one.is_note for one in queries.problems(nils, [delivery.pk], at_most=9)] == [False, True]
    assert len(queries.problems(nils, [delivery.pk], at_most=1)) == 1
    assert not queries.deliveries(nils, since=people.NOW + timedelta(seconds=1)).exists()
    assert queries.sources(nils).get().key == "journal"
