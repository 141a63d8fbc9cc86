"""Publishing a report takes two people, and tables that give nothing hidden back."""

from dataclasses import replace

import pytest
from hypothesis import given

from kring.access.policy.decision import Outcome
from kring.access.policy.publishing import PUBLISHING, PublishFacts
from tests.access.policy_examples import TODAY, Example, allowed, facts_of, refused, unnoticed

COLLEAGUE = PublishFacts(strong_auth=True, assignment_active=True, author=False, asked=True, recovered=False)
EXAMPLES: tuple[Example, ...] = (
    allowed("a colleague publishes what she was asked to", COLLEAGUE, "report.publish"),
    refused("nobody has asked yet", replace(COLLEAGUE, asked=False), "report.not_asked"),
    refused("whoever made it", replace(COLLEAGUE, author=True), "report.four_eyes"),
    refused("whoever made it, unasked", replace(COLLEAGUE, author=True, asked=False), "report.four_eyes"),
    refused("a hidden figure follows", replace(COLLEAGUE, recovered=True), "report.recovered"),
    refused(
        "the maker is told of the figure first",
        replace(COLLEAGUE, recovered=True, author=True),
        "report.recovered",
    ),
    refused("a weak login", replace(COLLEAGUE, strong_auth=False), "staff.login"),
    refused("an assignment that has ended", replace(COLLEAGUE, assignment_active=False), "staff.assignment"),
)


@pytest.mark.parametrize("example", EXAMPLES, ids=str)
def test_the_example(example: Example) -> None:
    assert PUBLISHING.decide(example.facts, on=TODAY) == example.answer


def test_no_row_condition_or_value_is_there_in_vain() -> None:
    assert unnoticed(PUBLISHING, EXAMPLES) == []


@given(facts_of(PUBLISHING))
def test_nothing_else_opens_than_two_people_and_safe_tables(facts: PublishFacts) -> None:
    opens = PUBLISHING.decide(facts, on=TODAY).outcome is Outcome.ALLOW
    assert opens == (facts == COLLEAGUE)
