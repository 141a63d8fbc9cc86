"""The demo's database: whole, invented, and as the commands would have left it."""

from collections import Counter

import pytest

from kring.access.policy.ages import age_on
from kring.care.plans.models import Plan
from kring.care.record import queries
from kring.children.models import Child, ChildNumber, Consent, Custody, Disclosure, GuardianDecision
from kring.children.personal_numbers import is_official_test_number
from kring.demo import fill
from kring.timeline.models import Event, Task
from tests.told import once

COUNT = 120


@pytest.fixture
@once
def filled(cast):
    told: list[int] = []
    fill.fill(count=COUNT, seed=7, now=cast.now, told=told.append, plans_per_child=0.5)
    assert told[-1] == COUNT
    return cast


def test_the_cast_stands_beside_so_many_synthetic_children(filled):
    assert Child.objects.count() == COUNT + 6
    assert filled.child("alva").name == "Alva Berg"


def test_every_number_is_from_the_official_test_series_and_names_one_child(filled):
    numbers = list(ChildNumber.objects.filter(kind="personal").values_list("value", flat=True))
    assert numbers
    assert all(is_official_test_number(number) for number in numbers)
    assert max(Counter(numbers).values()) == 1


def test_everyone_is_of_an_age_the_agreement_covers(filled):
    today = filled.now.date()
    ages = {age_on(born, today) for born in Child.objects.values_list("birth_date", flat=True)}
    assert ages <= set(range(21))


def test_custody_is_of_known_guardians_and_from_birth_at_the_earliest(filled):
    for custody in Custody.objects.select_related("child"):
        assert custody.starts_on >= custody.child.birth_date


def test_every_open_plan_stands_in_a_worklist_and_an_ended_one_in_none(filled):
    waiting = set(Task.objects.filter(done_at__isnull=True).values_list("subject", flat=True))
    for plan in Plan.objects.all():
        assert (plan.pk in waiting) == (plan.status in ("draft", "established")), plan.status


def test_what_other_parties_see_rests_on_consent(filled):
    assert Disclosure.objects.exists()
    shared = set(Disclosure.objects.values_list("subject", flat=True))
    consented = set(Consent.objects.filter(state="given").values_list("subject", flat=True))
    assert shared <= consented


def test_events_are_marked_as_synthetic(filled):
    # The stories, told with real commands, and Noa's record, taken in as any delivery.
    lived = {"kring", "journal-bup"}
    assert set(Event.objects.values_list("source", flat=True)) - lived == {"synthetic"}


def test_the_administrator_has_systems_to_read_in_from(filled):
    offered = queries.sources(filled.actor("nils"))
    assert [(source.name, source.unit.key) for source in offered] == [
        ("Barnmedicinens journalsystem", "sas-bum-boras"),
        ("Habiliteringens journalsystem", "hh-habilitering-boras"),
        ("Psykiatrins journalsystem", "sas-bup-boras"),
    ]


def test_noa_has_blocked_two_of_four_visits_and_nothing_is_decided_about_a_guardian(filled):
    noa = filled.child("noa")
    everything = queries.entries_for(filled.actor("david"), noa.pk).shown
    assert everything.count() == 4
    chosen = queries.ActiveChoice.read({"units": "care"})
    others = queries.entries_for(filled.actor("karin"), noa.pk, choice=chosen)
    assert {one.title for one in others.shown} == {"Första samtalet", "Samtal om skolan"}
    assert others.hidden.units == {"blocked"}
    assert not GuardianDecision.objects.exists()
