"""Table 8.2: staff and the record of their own care provider, row by row."""

from dataclasses import replace
from typing import Any

import pytest

from kring.access.policy.decision import Need, Reveal
from kring.access.policy.same_provider import SAME_PROVIDER, SameProvider
from kring.access.policy.staff import Block, Step, WorkNeed
from tests.access.policy_examples import TODAY, Example, allowed, refused, unnoticed

NURSE = SameProvider(
    strong_auth=True,
    assignment_active=True,
    need=WorkNeed.CARE,
    profile_covers=True,
    block=Block.NONE,
)
"""A nurse who takes part in the care, at another unit than the documenting one; nothing is blocked."""


def nurse(**facts: Any) -> SameProvider:
    return replace(NURSE, **facts)


def blocked(**facts: Any) -> SameProvider:
    return nurse(block=Block.INNER, active_choice=True, **facts)


def officer(**facts: Any) -> SameProvider:
    return blocked(need=WorkNeed.OTHER_WORK, competent_officer=True, **facts)


def emergency(**facts: Any) -> SameProvider:
    """The competent officer, with a written reason, when consent cannot be had and it cannot wait."""
    return replace(officer(consent_impossible=True, indispensable=True, reason=True), **facts)


EXAMPLES = (
    # The locks before any row
    refused("weak login at the own unit", nurse(same_unit=True, strong_auth=False), "staff.login"),
    refused("the assignment has ended", nurse(same_unit=True, assignment_active=False), "staff.assignment"),
    refused("a curious colleague", nurse(same_unit=True, need=WorkNeed.NONE), "8.2.need"),
    refused("the profile leaves records out", nurse(same_unit=True, profile_covers=False), "staff.profile"),
    allowed(
        "other work in health care is a need too",
        nurse(same_unit=True, need=WorkNeed.OTHER_WORK),
        "8.2.1",
    ),
    # Row 1: the documenting unit
    allowed("own unit, nothing blocked", nurse(same_unit=True), "8.2.1"),
    allowed("own unit, blocked for others", nurse(same_unit=True, block=Block.INNER), "8.2.1"),
    allowed("own unit, blocked every way", nurse(same_unit=True, block=Block.BOTH), "8.2.1"),
    refused(
        "own unit has nothing to reveal", nurse(same_unit=True, step=Step.REVEAL, reason=True), "8.2.none"
    ),
    # Row 2: another unit, not blocked
    allowed("another unit after an active choice", nurse(active_choice=True), "8.2.2"),
    refused(
        "another unit before the active choice",
        nurse(),
        "8.2.2.choice",
        Reveal.EXISTS,
        Need.ACTIVE_CHOICE,
    ),
    refused(
        "nothing to lift where nothing is blocked", nurse(active_choice=True, step=Step.LIFT), "8.2.none"
    ),
    refused("nothing to lift and no choice either", nurse(step=Step.LIFT), "8.2.none"),
    allowed(
        "an outer block hides nothing inside", nurse(block=Block.OUTER, active_choice=True), "8.2.2.outer"
    ),
    refused(
        "behind an outer block the choice is still needed",
        nurse(block=Block.OUTER),
        "8.2.2.choice",
        Reveal.EXISTS,
        Need.ACTIVE_CHOICE,
    ),
    refused(
        "an outer block is not lifted here",
        nurse(
            block=Block.OUTER, active_choice=True, step=Step.LIFT, competent_officer=True, consent_now=True
        ),
        "8.2.none",
    ),
    # Row 3: another unit, blocked
    refused("an inner block", blocked(), "8.2.3", Reveal.EXISTS),
    refused("both kinds of block", nurse(block=Block.BOTH, active_choice=True), "8.2.3", Reveal.EXISTS),
    refused("blocked, before any choice", nurse(block=Block.INNER), "8.2.3", Reveal.EXISTS),
    refused(
        "an officer's lift without the patient's yes is no lift",
        blocked(lifted_for_this_access=True),
        "8.2.3",
        Reveal.EXISTS,
    ),
    # Row 4: blocked, and the patient agrees now
    allowed("agreed and lifted", blocked(consent_now=True, lifted_for_this_access=True), "8.2.4"),
    allowed(
        "agreed and lifted, both kinds of block",
        nurse(block=Block.BOTH, active_choice=True, consent_now=True, lifted_for_this_access=True),
        "8.2.4",
    ),
    refused(
        "agreed and lifted, before the active choice",
        nurse(block=Block.INNER, consent_now=True, lifted_for_this_access=True),
        "8.2.2.choice",
        Reveal.EXISTS,
        Need.ACTIVE_CHOICE,
    ),
    refused(
        "the same with both kinds of block",
        nurse(block=Block.BOTH, consent_now=True, lifted_for_this_access=True),
        "8.2.2.choice",
        Reveal.EXISTS,
        Need.ACTIVE_CHOICE,
    ),
    refused(
        "the patient's yes alone opens nothing",
        blocked(consent_now=True),
        "8.2.4.waits",
        Reveal.EXISTS,
        Need.OFFICER_LIFTS,
    ),
    refused(
        "nor with both kinds of block",
        nurse(block=Block.BOTH, consent_now=True),
        "8.2.4.waits",
        Reveal.EXISTS,
        Need.OFFICER_LIFTS,
    ),
    allowed("the officer lifts with consent", officer(step=Step.LIFT, consent_now=True), "8.2.4.lift"),
    allowed(
        "the officer lifts one of two blocks",
        replace(officer(step=Step.LIFT, consent_now=True), block=Block.BOTH),
        "8.2.4.lift",
    ),
    refused("the officer lifts nothing without consent", officer(step=Step.LIFT), "8.2.3", Reveal.EXISTS),
    refused(
        "a nurse lifts nothing, agreed or not",
        blocked(step=Step.LIFT, consent_now=True),
        "8.2.4.waits",
        Reveal.EXISTS,
        Need.OFFICER_LIFTS,
    ),
    refused(
        "being an officer does not open by itself",
        officer(consent_now=True),
        "8.2.4.waits",
        Reveal.EXISTS,
        Need.OFFICER_LIFTS,
    ),
    refused(
        "no reading while the lift has not been asked for",
        officer(step=Step.LIFT, lifted_for_this_access=True),
        "8.2.3",
        Reveal.EXISTS,
    ),
    refused(
        "a lift already made is not the emergency's step",
        blocked(consent_now=True, lifted_for_this_access=True, step=Step.OPEN, reason=True),
        "8.2.3",
        Reveal.EXISTS,
    ),
    refused(
        "nor is it lifted twice by a nurse",
        blocked(consent_now=True, lifted_for_this_access=True, step=Step.LIFT),
        "8.2.4.waits",
        Reveal.EXISTS,
        Need.OFFICER_LIFTS,
    ),
    refused(
        "lifted before the choice, and still no reading step",
        nurse(block=Block.INNER, consent_now=True, lifted_for_this_access=True, step=Step.LIFT),
        "8.2.4.waits",
        Reveal.EXISTS,
        Need.OFFICER_LIFTS,
    ),
    # Row 5: blocked, consent impossible, indispensable
    allowed("first which unit", emergency(step=Step.REVEAL), "8.2.5.reveal", Reveal.WHICH_UNIT),
    allowed(
        "first which unit, both kinds of block",
        replace(emergency(step=Step.REVEAL), block=Block.BOTH),
        "8.2.5.reveal",
        Reveal.WHICH_UNIT,
    ),
    allowed("then what may matter", emergency(step=Step.OPEN, revealed=True, may_matter=True), "8.2.5.open"),
    allowed(
        "then what may matter, both kinds of block",
        replace(emergency(step=Step.OPEN, revealed=True, may_matter=True), block=Block.BOTH),
        "8.2.5.open",
    ),
    refused(
        "not what cannot matter",
        emergency(step=Step.OPEN, revealed=True),
        "8.2.3",
        Reveal.EXISTS,
    ),
    refused(
        "never the content first",
        emergency(step=Step.OPEN, may_matter=True),
        "8.2.5.order",
        Reveal.EXISTS,
        Need.FIRST_REVEAL,
    ),
    refused(
        "never the content first, both kinds of block",
        replace(emergency(step=Step.OPEN, may_matter=True), block=Block.BOTH),
        "8.2.5.order",
        Reveal.EXISTS,
        Need.FIRST_REVEAL,
    ),
    refused(
        "no written reason, no unit",
        emergency(step=Step.REVEAL, reason=False),
        "staff.reason",
        Reveal.EXISTS,
        Need.WRITTEN_REASON,
    ),
    refused(
        "no written reason, no content",
        emergency(step=Step.OPEN, revealed=True, may_matter=True, reason=False),
        "staff.reason",
        Reveal.EXISTS,
        Need.WRITTEN_REASON,
    ),
    refused("an emergency does not change ordinary reading", emergency(), "8.2.3", Reveal.EXISTS),
    refused(
        "ordinary reading stays closed also after the unit was shown",
        emergency(revealed=True, may_matter=True),
        "8.2.3",
        Reveal.EXISTS,
    ),
    refused(
        "nothing is opened where nothing is blocked",
        replace(emergency(step=Step.OPEN, revealed=True, may_matter=True), block=Block.NONE),
        "8.2.none",
    ),
    refused(
        "nor is a unit revealed where nothing is blocked",
        replace(emergency(step=Step.REVEAL), block=Block.NONE),
        "8.2.none",
    ),
    refused(
        "nor is there an order to keep",
        replace(emergency(step=Step.OPEN), block=Block.OUTER),
        "8.2.none",
    ),
    *(
        refused(
            f"an emergency without {missing}: {step}",
            emergency(step=step, **facts, **{missing: False}),
            "8.2.3",
            Reveal.EXISTS,
        )
        for missing in ("competent_officer", "consent_impossible", "indispensable")
        for step, facts in (
            (Step.REVEAL, {}),
            (Step.OPEN, {"may_matter": True}),
            (Step.OPEN, {"may_matter": True, "revealed": True}),
        )
    ),
)


@pytest.mark.parametrize("example", EXAMPLES, ids=str)
def test_the_row_decides(example: Example) -> None:
    assert SAME_PROVIDER.decide(example.facts, on=TODAY) == example.answer


SPARE = {
    "8.2.4 without block",
    "8.2.2.choice without block",
    "8.2.5.reveal without reason",
    "8.2.5.open without reason",
    "8.2.5.open without revealed",
}
"""What an earlier row has already settled, said again so that each row can be read alone."""


def test_no_row_or_condition_is_untested() -> None:
    assert set(unnoticed(SAME_PROVIDER, EXAMPLES)) == SPARE


def test_who_fills_in_nothing_opens_nothing() -> None:
    assert not SAME_PROVIDER.decide(SameProvider(), on=TODAY).opens
