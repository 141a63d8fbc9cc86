"""The four items of the law, and what may be sent."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from kring.care.plans import rules

WHOLE = rules.PlanFacts(
    needed_efforts="Stöd i skolan", activities=2, other_measures="Inget behövs", has_overall_responsible=True
)


def codes(facts):
    return [gap.code for gap in rules.gaps(facts)]


@pytest.mark.parametrize(
    ("change", "missing"),
    [
        ({}, []),
        ({"needed_efforts": ""}, ["needed_efforts"]),
        ({"needed_efforts": "   \n"}, ["needed_efforts"]),
        ({"activities": 0}, ["each_party"]),
        ({"silent_parties": ("Skolan",)}, ["each_party"]),
        ({"other_measures": ""}, ["other_measures"]),
        ({"other_measures": " "}, ["other_measures"]),
        # What the family or somebody else does is the same item as saying that nothing is needed.
        ({"other_measures": "", "measures_by_others": 1}, []),
        ({"has_overall_responsible": False}, ["overall_responsible"]),
    ],
)
def test_each_statutory_item_is_asked_for(change, missing):
    assert codes(replace(WHOLE, **change)) == missing


def test_an_empty_plan_lacks_all_four_in_the_order_of_the_law():
    assert codes(rules.PlanFacts()) == [
        "needed_efforts",
        "each_party",
        "other_measures",
        "overall_responsible",
    ]


def test_a_gap_names_the_units_it_concerns():
    gap = rules.gaps(replace(WHOLE, silent_parties=("Elevhälsan", "Skolan")))[0]
    assert str(gap) == "vad varje verksamhet ansvarar för (Elevhälsan, Skolan)"


NOW = datetime(2026, 11, 16, 9, 0, tzinfo=UTC)
READY = rules.SendFacts(
    child_takes_part="whole",
    question="Vad behöver Alva?",
    starts_at=datetime(2026, 11, 24, 9, 0, tzinfo=UTC),
    place="Skolan",
    consent="valid",
)


@pytest.mark.parametrize(
    ("change", "stopped_by"),
    [
        ({}, ""),
        ({"child_takes_part": ""}, "child_wish_missing"),
        # «Jag vet inte än» is an answer.
        ({"child_takes_part": "undecided"}, ""),
        ({"question": " "}, "question_missing"),
        ({"starts_at": None}, "time_missing"),
        ({"starts_at": NOW}, "time_passed"),
        ({"place": ""}, "place_missing"),
        ({"place": "", "link": "https://mote.example/1"}, ""),
        ({"consent": "waiting"}, "consent_waiting"),
        ({"consent": "conflict"}, "consent_conflict"),
        ({"consent": "no_signer"}, "consent_no_signer"),
        ({"uninvitable": ("Skolan",)}, "party_not_consented"),
    ],
)
def test_a_summons_goes_out_only_when_everything_is_there(change, stopped_by):
    assert rules.may_send(replace(READY, **change), NOW) == stopped_by


def test_the_child_s_wish_is_asked_for_before_anything_else():
    assert rules.may_send(rules.SendFacts(), NOW) == "child_wish_missing"
