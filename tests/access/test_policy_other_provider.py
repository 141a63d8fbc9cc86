"""Table 8.3: staff and the record of another care provider, row by row."""

from dataclasses import replace
from typing import Any

import pytest

from kring.access.policy.decision import Need, Reveal
from kring.access.policy.other_provider import OTHER_PROVIDER, OtherProvider, SharingConsent
from kring.access.policy.staff import Block, Step
from tests.access.policy_examples import TODAY, Example, allowed, refused, unnoticed

DOCTOR = OtherProvider(
    strong_auth=True,
    assignment_active=True,
    profile_covers=True,
    both_connected=True,
    patient_informed=True,
    relation=True,
    active_choice=True,
    may_matter=True,
    block=Block.NONE,
)
"""A doctor with a current care relation who has made the active choice; nothing is blocked or agreed."""


def doctor(**facts: Any) -> OtherProvider:
    return replace(DOCTOR, **facts)


def agreed(**facts: Any) -> OtherProvider:
    return replace(DOCTOR, svod_consent=SharingConsent.GIVEN, **facts)


def small_child(**facts: Any) -> OtherProvider:
    return replace(DOCTOR, child_cannot_consent=True, **facts)


def lasting(**facts: Any) -> OtherProvider:
    able = doctor(adult=True, lasting_lack=True, will_clarified=True, necessary=True)
    return replace(able, **facts)


def emergency(step: Step, **facts: Any) -> OtherProvider:
    """Danger to life, consent cannot be had, the data is indispensable; the reason is written."""
    unable = SharingConsent.CANNOT_BE_OBTAINED
    acute = doctor(step=step, svod_consent=unable, danger=True, indispensable=True, reason=True)
    return replace(acute, **facts)


def blocked_emergency(step: Step, **facts: Any) -> OtherProvider:
    return replace(emergency(step, block=Block.OUTER, can_request_lift=False), **facts)


LOCKS = (
    refused("weak login", agreed(strong_auth=False), "staff.login"),
    refused("the assignment has ended", agreed(assignment_active=False), "staff.assignment"),
    refused("the profile leaves records out", agreed(profile_covers=False), "staff.profile"),
    refused("one of the two is not connected", agreed(both_connected=False), "8.3.connected"),
    refused("the patient was never informed", agreed(patient_informed=False), "8.3.informed"),
)

ROWS_1_TO_3 = (
    allowed("row 1: relation, consent, may matter", agreed(), "8.3.1"),
    allowed("row 1: an adult's consent as well", agreed(adult=True), "8.3.1"),
    refused("row 1: consent to what cannot matter", agreed(may_matter=False), "8.3.none"),
    refused(
        "row 1: before the active choice",
        agreed(active_choice=False),
        "8.3.choice",
        Reveal.EXISTS,
        Need.ACTIVE_CHOICE,
    ),
    refused("row 1: consent is for reading only", agreed(step=Step.LIFT), "8.3.none"),
    allowed("row 2: a child who cannot consent itself", small_child(), "8.3.2"),
    allowed(
        "row 2: nobody's no stands in the way, a guardian's least of all",
        small_child(svod_consent=SharingConsent.REFUSED),
        "8.3.2",
    ),
    refused("row 2: what cannot matter", small_child(may_matter=False), "8.3.none"),
    refused(
        "row 2: before the active choice",
        small_child(active_choice=False),
        "8.3.choice",
        Reveal.EXISTS,
        Need.ACTIVE_CHOICE,
    ),
    refused("row 2: an adult is not a child", small_child(adult=True), "8.3.none"),
    refused("row 2: reading only", small_child(step=Step.LIFT), "8.3.none"),
    *(
        refused(
            f"row 3: consent is {state}", doctor(svod_consent=state), "8.3.3", Reveal.EXISTS, Need.CONSENT
        )
        for state in (SharingConsent.NONE, SharingConsent.REFUSED, SharingConsent.CANNOT_BE_OBTAINED)
    ),
    refused("the choice is no step of lifting", agreed(active_choice=False, step=Step.LIFT), "8.3.none"),
)

ROW_4 = (
    allowed("row 4: first which provider", emergency(Step.REVEAL), "8.3.4.reveal", Reveal.WHICH_PROVIDER),
    refused(
        "row 4: never the content first",
        emergency(Step.OPEN),
        "8.3.4.order",
        Reveal.EXISTS,
        Need.FIRST_REVEAL,
    ),
    allowed("row 4: then the content", emergency(Step.OPEN, revealed=True), "8.3.4.open"),
    refused(
        "row 4: not what cannot matter",
        emergency(Step.OPEN, revealed=True, may_matter=False),
        "8.3.3",
        Reveal.EXISTS,
        Need.CONSENT,
    ),
    refused(
        "row 4: an emergency does not change ordinary reading",
        emergency(Step.READ, revealed=True),
        "8.3.3",
        Reveal.EXISTS,
        Need.CONSENT,
    ),
    *(
        refused(
            f"row 4: without a reason, {step}",
            emergency(step, reason=False, revealed=True),
            "staff.reason",
            Reveal.EXISTS,
            Need.WRITTEN_REASON,
        )
        for step in (Step.REVEAL, Step.OPEN, Step.REQUEST_LIFT)
    ),
    *(
        refused(
            f"row 4: without {missing}, {step}, revealed {revealed}",
            emergency(step, revealed=revealed, **{missing: False}),
            "8.3.3",
            Reveal.EXISTS,
            Need.CONSENT,
        )
        for missing in ("danger", "indispensable")
        for step, revealed in ((Step.REVEAL, False), (Step.OPEN, False), (Step.OPEN, True))
    ),
    *(
        refused(
            f"row 4: who can be asked is asked, {step}, revealed {revealed}",
            emergency(step, revealed=revealed, svod_consent=SharingConsent.REFUSED),
            "8.3.3",
            Reveal.EXISTS,
            Need.CONSENT,
        )
        for step, revealed in ((Step.REVEAL, False), (Step.OPEN, False), (Step.OPEN, True))
    ),
    refused(
        "row 4: nobody asks for a lift where nothing is blocked",
        emergency(Step.REQUEST_LIFT, revealed=True),
        "8.3.3",
        Reveal.EXISTS,
        Need.CONSENT,
    ),
)

ROW_5 = (
    allowed("row 5: an adult with a lasting lack of ability", lasting(), "8.3.5"),
    allowed(
        "row 5: nobody can be asked",
        lasting(svod_consent=SharingConsent.CANNOT_BE_OBTAINED, may_matter=False),
        "8.3.5",
    ),
    allowed(
        "row 5: a yes from before, of what is necessary",
        lasting(svod_consent=SharingConsent.GIVEN, may_matter=False),
        "8.3.5",
    ),
    refused("row 5: never used under 18", lasting(adult=False), "8.3.3", Reveal.EXISTS, Need.CONSENT),
    refused(
        "row 5: a passing lack is not enough",
        lasting(lasting_lack=False),
        "8.3.3",
        Reveal.EXISTS,
        Need.CONSENT,
    ),
    refused(
        "row 5: the will is not known", lasting(will_clarified=False), "8.3.3", Reveal.EXISTS, Need.CONSENT
    ),
    refused(
        "row 5: somebody who has refused is believed to oppose",
        lasting(svod_consent=SharingConsent.REFUSED),
        "8.3.3",
        Reveal.EXISTS,
        Need.CONSENT,
    ),
    refused("row 5: not necessary", lasting(necessary=False), "8.3.3", Reveal.EXISTS, Need.CONSENT),
    refused(
        "row 5: before the choice",
        lasting(active_choice=False),
        "8.3.choice",
        Reveal.EXISTS,
        Need.ACTIVE_CHOICE,
    ),
    refused("row 5: reading only", lasting(step=Step.LIFT), "8.3.3", Reveal.EXISTS, Need.CONSENT),
)

ROWS_6_TO_8 = (
    refused("row 6: an outer block, whatever the consent", agreed(block=Block.OUTER), "8.3.6", Reveal.EXISTS),
    refused("row 6: a small child's block holds too", small_child(block=Block.OUTER), "8.3.6", Reveal.EXISTS),
    refused("row 6: an adult without ability", lasting(block=Block.BOTH), "8.3.6", Reveal.EXISTS),
    refused("row 6: no relation either", doctor(block=Block.OUTER, relation=False), "8.3.6", Reveal.EXISTS),
    refused(
        "row 6: an inner block hides from other providers",
        agreed(block=Block.INNER),
        "8.3.6.inner",
        Reveal.EXISTS,
    ),
    refused(
        "row 7: the patient can ask for the lift",
        blocked_emergency(Step.OPEN, can_request_lift=True, revealed=True),
        "8.3.7",
        Reveal.EXISTS,
        Need.PATIENT_ASKS_TO_LIFT,
    ),
    refused(
        "row 7: both kinds of block",
        blocked_emergency(Step.REVEAL, can_request_lift=True, block=Block.BOTH),
        "8.3.7",
        Reveal.EXISTS,
        Need.PATIENT_ASKS_TO_LIFT,
    ),
    refused(
        "row 7: an inner block",
        blocked_emergency(Step.REVEAL, can_request_lift=True, block=Block.INNER),
        "8.3.7",
        Reveal.EXISTS,
        Need.PATIENT_ASKS_TO_LIFT,
    ),
    refused(
        "row 7: without danger it is row 6",
        blocked_emergency(Step.OPEN, can_request_lift=True, danger=False),
        "8.3.6",
        Reveal.EXISTS,
    ),
    *(
        allowed(
            f"row 8: which provider has the blocked data ({block})",
            blocked_emergency(Step.REVEAL, block=block),
            "8.3.8.reveal",
            Reveal.WHICH_PROVIDER,
        )
        for block in (Block.INNER, Block.OUTER, Block.BOTH)
    ),
    *(
        allowed(
            f"row 8: then the request to lift ({block})",
            blocked_emergency(Step.REQUEST_LIFT, revealed=True, block=block),
            "8.3.8.request",
        )
        for block in (Block.INNER, Block.OUTER, Block.BOTH)
    ),
    *(
        refused(
            f"row 8: never opened directly ({block})",
            blocked_emergency(Step.OPEN, revealed=True, block=block),
            "8.3.8.closed",
            Reveal.WHICH_PROVIDER,
            Need.REQUEST_TO_LIFT,
        )
        for block in (Block.INNER, Block.OUTER, Block.BOTH)
    ),
    allowed(
        "row 8: also without a care relation yet",
        blocked_emergency(Step.REVEAL, relation=False),
        "8.3.8.reveal",
        Reveal.WHICH_PROVIDER,
    ),
    refused(
        "row 8: ordinary reading tells no provider",
        blocked_emergency(Step.READ, revealed=True),
        "8.3.6",
        Reveal.EXISTS,
    ),
    refused("row 8: not revealed, no provider told", blocked_emergency(Step.OPEN), "8.3.6", Reveal.EXISTS),
    refused("row 8: not revealed, no request", blocked_emergency(Step.REQUEST_LIFT), "8.3.6", Reveal.EXISTS),
    *(
        refused(
            f"row 8: without {missing}, {step}",
            blocked_emergency(step, revealed=step is not Step.REVEAL, **{missing: False}),
            "8.3.6",
            Reveal.EXISTS,
        )
        for missing in ("danger", "indispensable")
        for step in (Step.REVEAL, Step.REQUEST_LIFT, Step.OPEN)
    ),
    *(
        refused(
            f"row 8: who can ask for the lift asks, {step}",
            blocked_emergency(step, revealed=True, can_request_lift=True),
            "8.3.7",
            Reveal.EXISTS,
            Need.PATIENT_ASKS_TO_LIFT,
        )
        for step in (Step.REVEAL, Step.REQUEST_LIFT)
    ),
)

WHERE_NOTHING_IS_BLOCKED = (
    refused(
        "the choice opens no block", doctor(block=Block.OUTER, active_choice=False), "8.3.6", Reveal.EXISTS
    ),
    refused(
        "reading in an emergency waits for no first step",
        emergency(Step.READ),
        "8.3.3",
        Reveal.EXISTS,
        Need.CONSENT,
    ),
    *(
        refused(
            f"row 8 is about blocked data: {step}",
            agreed(
                step=step, danger=True, indispensable=True, can_request_lift=False, reason=True, revealed=True
            ),
            "8.3.none",
        )
        for step in (Step.REVEAL, Step.REQUEST_LIFT, Step.OPEN)
    ),
    refused("row 7 is about blocked data", agreed(step=Step.OPEN, danger=True, reason=True), "8.3.none"),
)

ROW_9 = (
    refused("row 9: no relation, even with consent", agreed(relation=False), "8.3.9"),
    refused("row 9: no relation, a small child", small_child(relation=False), "8.3.9"),
    refused(
        "ruling 4: an emergency needs a relation too", emergency(Step.REVEAL, relation=False), "8.3.relation"
    ),
    refused(
        "ruling 4: its second step as well",
        emergency(Step.OPEN, relation=False, revealed=True),
        "8.3.relation",
    ),
)

EXAMPLES = (*LOCKS, *ROWS_1_TO_3, *ROW_4, *ROW_5, *ROWS_6_TO_8, *WHERE_NOTHING_IS_BLOCKED, *ROW_9)


@pytest.mark.parametrize("example", EXAMPLES, ids=str)
def test_the_row_decides(example: Example) -> None:
    assert OTHER_PROVIDER.decide(example.facts, on=TODAY) == example.answer


SPARE = {
    *(
        f"8.3.{row} without relation"
        for row in ("1", "2", "3", "5", "choice", "4.reveal", "4.order", "4.open")
    ),
    *(f"8.3.{row} without reason" for row in ("4.reveal", "4.order", "4.open")),
    *(f"8.3.{row} without reason" for row in ("8.reveal", "8.request", "8.closed")),
    "8.3.4.open without revealed",
}
"""What an earlier row has already settled, said again so that each row can be read alone."""


def test_no_row_or_condition_is_untested() -> None:
    assert set(unnoticed(OTHER_PROVIDER, EXAMPLES)) == SPARE


def test_who_fills_in_nothing_opens_nothing() -> None:
    assert not OTHER_PROVIDER.decide(OtherProvider(), on=TODAY).opens
