"""Who of the staff writes in an answer about sharing across care providers, row by row (8.6 e)."""

from dataclasses import replace

import pytest

from kring.access.policy.across import ACROSS_RECORDING, AcrossRecording
from kring.access.policy.recording import Said, Sayer
from tests.access.policy_examples import TODAY as HOLDS
from tests.access.policy_examples import Example, allowed, refused, unnoticed

YES = AcrossRecording(
    said=Said.YES, sayer=Sayer.GUARDIAN, strong_auth=True, assignment_active=True, in_care=True, treats=True
)  # fmt: skip
OWN = replace(YES, sayer=Sayer.CHILD, judged_mature=True)

EXAMPLES: tuple[Example, ...] = (
    allowed("a guardian's yes, said to a physician", YES, "8.6.across.yes"),
    allowed("a guardian's yes, said to a coordinator in care", replace(YES, treats=False), "8.6.across.yes"),
    allowed("a guardian's yes, the child mature", replace(YES, judged_mature=True), "8.6.across.yes"),
    allowed("a grown child's own yes", replace(YES, sayer=Sayer.ADULT), "8.6.across.yes"),
    allowed("a mature child's own yes", OWN, "8.6.across.mature"),
    allowed("a guardian's no", replace(YES, said=Said.NO, treats=False), "8.6.across.closes"),
    allowed(
        "a child's no, whatever its age", replace(YES, said=Said.NO, sayer=Sayer.CHILD), "8.6.across.closes"
    ),
    allowed("a yes taken back", replace(YES, said=Said.TAKEN_BACK), "8.6.across.closes"),
    allowed("told, and no answer", replace(YES, said=Said.NOT_ASKED), "8.6.across.closes"),
    allowed(
        "a small child told", replace(OWN, said=Said.NOT_ASKED, judged_mature=False), "8.6.across.closes"
    ),
    allowed("a board's no", replace(YES, said=Said.NO, sayer=Sayer.BOARD), "8.6.across.closes"),
    refused("a weak log-in", replace(YES, strong_auth=False), "staff.login"),
    refused("an assignment that has ended", replace(YES, assignment_active=False), "staff.assignment"),
    refused("a school", replace(YES, in_care=False), "8.6.across.care"),
    refused("a school that hears a no", replace(YES, in_care=False, said=Said.NO), "8.6.across.care"),
    refused("a board's yes", replace(YES, sayer=Sayer.BOARD), "8.6.across.board"),
    refused("a child's yes that nobody has judged", replace(OWN, judged_mature=False), "8.6.across.child"),
    refused("judged by somebody who treats nobody", replace(OWN, treats=False), "8.6.across.child"),
)


@pytest.mark.parametrize("example", EXAMPLES, ids=str)
def test_every_row(example: Example) -> None:
    assert ACROSS_RECORDING.decide(example.facts, on=HOLDS) == example.answer


def test_no_change_to_the_table_would_go_unnoticed() -> None:
    assert unnoticed(ACROSS_RECORDING, EXAMPLES) == []
