"""Whose rows are counted when a care provider follows up its quality."""

import pytest

from kring.access.policy.decision import Outcome
from kring.access.policy.follow_up import COUNTED, CountedFacts
from tests.access.policy_examples import TODAY, Example, allowed, refused, unnoticed


def row(**facts: bool) -> CountedFacts:
    return CountedFacts(**{"blocked": False} | facts)


EXAMPLES: tuple[Example, ...] = (
    allowed("what the provider that follows up wrote itself", row(own_provider=True), "follow_up.own"),
    allowed("what another wrote who has decided to be counted", row(agreed=True), "follow_up.agreed"),
    refused("what another wrote who has decided nothing", row(), "follow_up.none"),
    refused(
        "what the child has blocked, of one's own", row(own_provider=True, blocked=True), "follow_up.blocked"
    ),
    refused("what the child has blocked, of another", row(agreed=True, blocked=True), "follow_up.blocked"),
    refused("what the child has blocked, of nobody", row(blocked=True), "follow_up.blocked"),
)


@pytest.mark.parametrize("example", EXAMPLES, ids=str)
def test_a_row_is_counted_or_not_by_its_rule(example: Example) -> None:
    assert COUNTED.decide(example.facts, on=TODAY) == example.answer


def test_no_row_of_the_table_is_beside_the_point() -> None:
    assert unnoticed(COUNTED, EXAMPLES) == []


def test_what_nobody_has_filled_in_is_not_counted() -> None:
    assert COUNTED.decide(CountedFacts(), on=TODAY).outcome is Outcome.DENY


def test_every_choice_here_waits_for_a_lawyer() -> None:
    assert [rule.id for rule in COUNTED.rules() if not rule.needs_sign_off] == ["follow_up.none"]
