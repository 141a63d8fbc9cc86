"""Table 8.6 c: who of the staff writes in what was said about a plan outside the portal, row by row."""

import pytest
from hypothesis import given

from kring.access.policy.decision import Outcome
from kring.access.policy.recording import NOT_TREATING, RECORDING, Recording, Said, Sayer
from kring.access.roles import ROLES, TREATS
from tests.access.policy_examples import TODAY, Example, allowed, facts_of, refused, unnoticed

CLOSING = (Said.NO, Said.TAKEN_BACK, Said.NOT_ASKED)


def at_keeper(said=Said.YES, sayer=Sayer.GUARDIAN, **facts):
    return Recording(said, sayer, in_plan=True, keeps_plan=True, **facts)


def at_party(said=Said.YES, sayer=Sayer.GUARDIAN, **facts):
    return Recording(said, sayer, in_plan=True, **facts)


EXAMPLES: tuple[Example, ...] = (
    *(
        refused(
            f"outside the plan: {said} of {sayer}", Recording(said, sayer, treats=True), "8.6.record.in_plan"
        )
        for said in Said
        for sayer in Sayer
    ),
    *(
        allowed(f"a party hears: {said} of {sayer}", at_party(said, sayer), "8.6.record.closes")
        for said in CLOSING
        for sayer in Sayer
    ),
    allowed(
        "a no of a child found mature needs no judgement",
        at_party(Said.NO, Sayer.CHILD, judged_mature=True),
        "8.6.record.closes",
    ),
    allowed("a guardian's yes at the keeper", at_keeper(), "8.6.record.keeper"),
    allowed("a grown child's yes at the keeper", at_keeper(sayer=Sayer.ADULT), "8.6.record.keeper"),
    allowed("a child that is heard and does not decide", at_keeper(sayer=Sayer.CHILD), "8.6.record.keeper"),
    refused("a guardian's yes at another party", at_party(), "8.6.record.yes_elsewhere"),
    refused("a guardian's yes at a party that treats", at_party(treats=True), "8.6.record.yes_elsewhere"),
    refused("a grown child's yes at another party", at_party(sayer=Sayer.ADULT), "8.6.record.yes_elsewhere"),
    refused(
        "a child's yes, unjudged, at another party",
        at_party(sayer=Sayer.CHILD, treats=True),
        "8.6.record.yes_elsewhere",
    ),
    refused(
        "judged by one who does not treat",
        at_keeper(sayer=Sayer.CHILD, judged_mature=True),
        NOT_TREATING,
    ),
    allowed(
        "judged by one who treats, at the keeper",
        at_keeper(sayer=Sayer.CHILD, judged_mature=True, treats=True),
        "8.6.record.mature",
    ),
    allowed(
        "judged by one who treats, at another party",
        at_party(sayer=Sayer.CHILD, judged_mature=True, treats=True),
        "8.6.record.mature",
    ),
    allowed(
        "the board's written yes at the keeper",
        at_keeper(sayer=Sayer.BOARD, in_writing=True),
        "8.6.record.keeper",
    ),
    allowed(
        "the board's written yes at its own social services",
        at_party(sayer=Sayer.BOARD, in_writing=True, own_board=True),
        "8.6.record.own_board",
    ),
    refused(
        "the board's written yes at another party",
        at_party(sayer=Sayer.BOARD, in_writing=True),
        "8.6.record.yes_elsewhere",
    ),
    *(
        refused(
            f"a board's yes that is only spoken, {where}",
            at(sayer=Sayer.BOARD, own_board=own),
            "8.6.record.board_writing",
        )
        for where, at in (("at the keeper", at_keeper), ("at a party", at_party))
        for own in (False, True)
    ),
    refused(
        "a guardian's yes at the social services of the board",
        at_party(own_board=True, in_writing=True),
        "8.6.record.yes_elsewhere",
    ),
    *(
        refused(
            f"the maturity of a {sayer}",
            at_keeper(sayer=sayer, judged_mature=True, treats=True),
            "8.6.record.nobody_else",
        )
        for sayer in (Sayer.GUARDIAN, Sayer.ADULT, Sayer.BOARD)
    ),
)


@pytest.mark.parametrize("example", EXAMPLES, ids=str)
def test_row_by_row(example):
    assert RECORDING.decide(example.facts, on=TODAY) == example.answer


def test_every_fact_of_every_row_is_tried():
    assert unnoticed(RECORDING, EXAMPLES) == []


@given(facts_of(RECORDING))
def test_what_opens_is_never_written_in_by_one_outside_the_plan(facts):
    answer = RECORDING.decide(facts, on=TODAY)
    assert not answer.opens or facts.in_plan


@given(facts_of(RECORDING))
def test_a_yes_is_the_keeper_s_or_a_treating_professional_s_to_write_in(facts):
    opens = RECORDING.decide(facts, on=TODAY).outcome is Outcome.ALLOW
    if opens and facts.said is Said.YES:
        assert facts.keeps_plan or (facts.treats and facts.sayer is Sayer.CHILD)


@given(facts_of(RECORDING))
def test_nothing_stands_in_the_way_of_what_closes(facts):
    if facts.in_plan and facts.said is not Said.YES:
        assert RECORDING.decide(facts, on=TODAY).opens


def test_those_who_treat_are_licensed_roles_of_care():
    assert ROLES.keys() > TREATS
    assert not TREATS & {
        "coordinator",
        "unit_head",
        "receptionist",
        "principal_teacher",
        "social_worker",
        "lss_worker",
    }
