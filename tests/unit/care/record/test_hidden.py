"""What may be said of entries that are not shown, decision by decision of tables 8.2 and 8.3."""

from dataclasses import replace
from datetime import date

import pytest

from kring.access.policy.decision import Decision, Need, Outcome, Reveal
from kring.access.policy.other_provider import OTHER_PROVIDER, OtherProvider, SharingConsent
from kring.access.policy.same_provider import SAME_PROVIDER, SameProvider
from kring.access.policy.staff import Block, WorkNeed
from kring.care.record.rules.hidden import Hidden, told_of
from kring.care.record.rules.versions import about_same_child
from kring.secrecy.rules.choices import ActiveChoice, Reach

ON = date(2026, 11, 16)
INNER = SameProvider(strong_auth=True, assignment_active=True, need=WorkNeed.CARE, profile_covers=True)
OUTER = OtherProvider(
    strong_auth=True, assignment_active=True, profile_covers=True, both_connected=True, patient_informed=True,
    relation=True, block=Block.NONE,
)  # fmt: skip


@pytest.mark.parametrize(
    ("facts", "told"),
    [
        ({"block": Block.NONE}, {"choice"}),
        ({"block": Block.NONE, "active_choice": True}, set()),
        ({"block": Block.OUTER}, {"choice"}),
        ({"block": Block.OUTER, "active_choice": True}, set()),
        ({"block": Block.INNER}, {"blocked"}),
        ({"block": Block.INNER, "active_choice": True}, {"blocked"}),
        ({"block": Block.BOTH, "active_choice": True, "consent_now": True}, {"blocked"}),
        ({"block": Block.INNER, "same_unit": True}, set()),
        ({"block": Block.NONE, "profile_covers": False}, set()),
        ({"block": Block.NONE, "assignment_active": False}, set()),
        ({"block": Block.NONE, "need": WorkNeed.NONE}, set()),
    ],
)
def test_of_other_units_by_table_8_2(facts, told):
    decision = SAME_PROVIDER.decide(replace(INNER, **facts), on=ON)
    assert told_of([(Reach.UNITS, decision)]) == Hidden(units=frozenset(told))


@pytest.mark.parametrize(
    ("facts", "told"),
    [
        ({}, {"choice"}),
        ({"active_choice": True}, {"consent"}),
        ({"active_choice": True, "svod_consent": SharingConsent.REFUSED}, {"consent"}),
        ({"active_choice": True, "may_matter": True, "svod_consent": SharingConsent.GIVEN}, set()),
        # Work that is no care: the rows are exhaustive, and nothing is told.
        ({"active_choice": True, "svod_consent": SharingConsent.GIVEN}, set()),
        ({"active_choice": True, "may_matter": True, "child_cannot_consent": True}, set()),
        ({"block": Block.OUTER}, {"blocked"}),
        ({"block": Block.INNER, "active_choice": True}, {"blocked"}),
        ({"both_connected": False}, set()),
        ({"patient_informed": False}, set()),
        ({"relation": False}, set()),
    ],
)
def test_of_other_care_providers_by_table_8_3(facts, told):
    decision = OTHER_PROVIDER.decide(replace(OUTER, **facts), on=ON)
    assert told_of([(Reach.PROVIDERS, decision)]) == Hidden(providers=frozenset(told))


def test_many_units_are_told_of_together_and_none_is_counted_or_named():
    closed = Decision(Outcome.DENY, "r", Reveal.EXISTS, frozenset({Need.ACTIVE_CHOICE}))
    blocked = Decision(Outcome.DENY, "r", Reveal.EXISTS)
    found = told_of([(Reach.UNITS, closed)] * 7 + [(Reach.UNITS, blocked), (Reach.PROVIDERS, blocked)])
    assert found == Hidden(frozenset({"choice", "blocked"}), frozenset({"blocked"}))
    assert (found.asks_for_choice(Reach.UNITS), found.asks_for_choice(Reach.PROVIDERS)) == (True, False)


def test_nothing_hidden_is_nothing_said():
    assert told_of([]) == Hidden()


@pytest.mark.parametrize(
    ("chosen", "units", "providers"),
    [
        ({}, WorkNeed.NONE, WorkNeed.NONE),
        ({"units": "care"}, WorkNeed.CARE, WorkNeed.NONE),
        ({"units": "other_work", "providers": "care"}, WorkNeed.OTHER_WORK, WorkNeed.CARE),
        ({"units": "curiosity", "x": "care"}, WorkNeed.NONE, WorkNeed.NONE),
    ],
)
def test_a_choice_is_read_from_words_and_closed_by_default(chosen, units, providers):
    choice = ActiveChoice.read(chosen)
    assert (choice.of(Reach.UNITS), choice.of(Reach.PROVIDERS)) == (units, providers)


def about(text: str, kind: str = "Observation", **more) -> dict:
    return {"resourceType": kind, "subject": {"reference": text}} | more


@pytest.mark.parametrize(
    ("current", "other", "same"),
    [
        (about("Patient/1"), about("Patient/1", status="final"), True),
        (about("Patient/1"), about("Patient/2"), False),
        (about("Patient/1"), {"resourceType": "Observation"}, False),
        ({"resourceType": "Observation"}, {"resourceType": "Observation"}, False),
        (about("urn:uuid:a"), about("urn:uuid:b"), False),
        (about("Patient/1"), about("Patient/1/_history/2"), True),
    ],
)
def test_another_version_is_shown_only_when_it_says_that_it_is_about_the_same_child(current, other, same):
    assert about_same_child(current, other, ON) is same


def test_a_booked_time_may_change_its_other_participants():
    def booked(*who: str) -> dict:
        return {"resourceType": "Appointment", "participant": [{"actor": {"reference": one}} for one in who]}

    assert about_same_child(booked("Patient/1", "Practitioner/1"), booked("Practitioner/2", "Patient/1"), ON)
    assert not about_same_child(booked("Patient/1"), booked("Patient/2"), ON)
