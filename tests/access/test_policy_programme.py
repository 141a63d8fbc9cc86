"""Follow-up, pilots, decisions, councils, the newsletter: who sees what, and never a child to recognise."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given

from kring.access.policy.decision import Outcome
from kring.access.policy.programme import PROGRAMME, PUBLIC, Matter, Part, ProgrammeFacts, Wish
from tests.access.policy_examples import TODAY, Example, allowed, facts_of, masked, refused, unnoticed

READ, WRITE = Wish
ANALYST, PROCESS_LEADER, STEERING_GROUP = Part.ANALYST, Part.PROCESS_LEADER, Part.STEERING_GROUP
FOLLOW_UP = (ANALYST, PROCESS_LEADER, STEERING_GROUP)
REST = tuple(part for part in Part if part not in FOLLOW_UP)
COUNCIL, OFFICE = Part.COUNCIL_CONTACT, Part.ADMINISTRATOR


def at_work(part: Part, matter: Matter, wish: Wish = READ, **facts: Any) -> ProgrammeFacts:
    """Somebody at work, and something unpublished that names no child."""
    logged_in = ProgrammeFacts(
        part=part, matter=matter, wish=wish, identifiable=False, strong_auth=True, assignment_active=True
    )
    return replace(logged_in, **facts)


def anybody(matter: Matter, wish: Wish = READ, **facts: Any) -> ProgrammeFacts:
    """Who has not even logged in."""
    return ProgrammeFacts(
        part=Part.EVERYONE, matter=matter, wish=wish, identifiable=False, **{"published": True} | facts
    )


EXAMPLES: tuple[Example, ...] = (
    # A child that can be recognised
    *(
        refused(
            f"{part} and a {matter} that names a child",
            at_work(part, matter, identifiable=True, published=True),
            "programme.identifiable",
        )
        for part, matter in (
            (ANALYST, Matter.PSEUDONYMISED_ROW),
            (ANALYST, Matter.INDICATOR),
            (COUNCIL, Matter.COUNCIL_OPINION),
            (Part.EVERYONE, Matter.DECISION),
        )
    ),
    # What is published
    *(allowed(f"anybody: {matter}", anybody(matter), "programme.published") for matter in sorted(PUBLIC)),
    masked("anybody: a small number", anybody(Matter.SMALL_CELL), "programme.small_cell.public"),
    masked(
        "nor does an analyst see it when published",
        at_work(ANALYST, Matter.SMALL_CELL, published=True),
        "programme.small_cell.public",
    ),
    *(
        refused(f"published, a {matter} is not for anybody", anybody(matter), "staff.login")
        for matter in (Matter.PSEUDONYMISED_ROW, Matter.COUNCIL_MEMBER, Matter.SUBSCRIBERS)
    ),
    *(
        refused(f"before it is published: {matter}", anybody(matter, published=False), "staff.login")
        for matter in (*sorted(PUBLIC), Matter.SMALL_CELL)
    ),
    *(
        refused(
            f"anybody may read, nobody unknown may write: {matter}", anybody(matter, WRITE), "staff.login"
        )
        for matter in (*sorted(PUBLIC), Matter.SMALL_CELL)
    ),
    refused(
        "an analyst whose assignment has ended",
        at_work(ANALYST, Matter.PSEUDONYMISED_ROW, assignment_active=False),
        "staff.assignment",
    ),
    refused(
        "an analyst with a weak login",
        at_work(ANALYST, Matter.PSEUDONYMISED_ROW, strong_auth=False),
        "staff.login",
    ),
    # Numbers
    *(
        allowed(
            f"{part}: numbers before they are published",
            at_work(part, Matter.INDICATOR),
            "programme.indicator",
        )
        for part in FOLLOW_UP
    ),
    *(
        masked(f"{part}: a small number", at_work(part, Matter.SMALL_CELL), "programme.small_cell")
        for part in FOLLOW_UP
    ),
    allowed("an analyst: rows without names", at_work(ANALYST, Matter.PSEUDONYMISED_ROW), "programme.rows"),
    *(
        refused(f"{part}: rows without names", at_work(part, Matter.PSEUDONYMISED_ROW), "programme.none")
        for part in Part
        if part is not ANALYST
    ),
    *(
        refused(f"{part}: {matter} before it is published", at_work(part, matter), "programme.none")
        for part in REST
        for matter in (Matter.INDICATOR, Matter.SMALL_CELL, Matter.PILOT, Matter.DECISION)
    ),
    *(
        refused(f"{part} changes no {matter}", at_work(part, matter, WRITE), "programme.none")
        for part in Part
        for matter in (Matter.INDICATOR, Matter.SMALL_CELL, Matter.PSEUDONYMISED_ROW)
    ),
    # Pilots and decisions
    *(
        allowed(f"{part}: {matter}", at_work(part, matter), "programme.improvement")
        for part in FOLLOW_UP
        for matter in (Matter.PILOT, Matter.DECISION)
    ),
    allowed(
        "the process leader writes in a pilot",
        at_work(PROCESS_LEADER, Matter.PILOT, WRITE),
        "programme.pilot.write",
    ),
    allowed(
        "the steering group decides",
        at_work(STEERING_GROUP, Matter.DECISION, WRITE),
        "programme.decision.write",
    ),
    *(
        refused(f"{part} writes in no pilot", at_work(part, Matter.PILOT, WRITE), "programme.none")
        for part in Part
        if part is not PROCESS_LEADER
    ),
    *(
        refused(f"{part} decides nothing", at_work(part, Matter.DECISION, WRITE), "programme.none")
        for part in Part
        if part is not STEERING_GROUP
    ),
    # The councils
    *(
        allowed(
            f"{part}: what the council thinks", at_work(part, Matter.COUNCIL_OPINION), "programme.opinion"
        )
        for part in (COUNCIL, PROCESS_LEADER, STEERING_GROUP)
    ),
    *(
        refused(
            f"{part}: what the council thinks, not yet published",
            at_work(part, Matter.COUNCIL_OPINION),
            "programme.none",
        )
        for part in (ANALYST, OFFICE, Part.STAFF, Part.EVERYONE)
    ),
    *(
        allowed(
            f"who runs the council: {wish} {matter}",
            at_work(COUNCIL, matter, wish),
            "programme.council",
        )
        for wish, matter in (
            (WRITE, Matter.COUNCIL_OPINION),
            (READ, Matter.COUNCIL_MEMBER),
            (WRITE, Matter.COUNCIL_MEMBER),
        )
    ),
    *(
        refused(f"{part} changes no opinion", at_work(part, Matter.COUNCIL_OPINION, WRITE), "programme.none")
        for part in Part
        if part is not COUNCIL
    ),
    *(
        refused(f"{part} and the council's members", at_work(part, Matter.COUNCIL_MEMBER), "programme.none")
        for part in Part
        if part is not COUNCIL
    ),
    # The newsletter
    *(
        allowed(f"an administrator: {wish} {matter}", at_work(OFFICE, matter, wish), "programme.newsletter")
        for matter in (Matter.NEWSLETTER, Matter.SUBSCRIBERS)
        for wish in Wish
    ),
    *(
        refused(f"{part}: {wish} {matter}", at_work(part, matter, wish), "programme.none")
        for part in Part
        for matter in (Matter.NEWSLETTER, Matter.SUBSCRIBERS)
        for wish in Wish
        if part is not OFFICE
    ),
)


@pytest.mark.parametrize("example", EXAMPLES, ids=str)
def test_the_row_decides(example: Example) -> None:
    assert PROGRAMME.decide(example.facts, on=TODAY) == example.answer


SPARE = {"programme.pilot.write without wish", "programme.decision.write without wish"}
"""Reading is settled by the row above, said again so that each row can be read alone."""


def test_no_row_or_condition_is_untested() -> None:
    assert set(unnoticed(PROGRAMME, EXAMPLES)) == SPARE


def test_who_fills_in_nothing_opens_nothing() -> None:
    assert not PROGRAMME.decide(ProgrammeFacts(), on=TODAY).opens


FACTS = facts_of(PROGRAMME)


@given(FACTS)
def test_what_names_a_child_never_opens_to_the_programme_or_to_anybody_else(facts: ProgrammeFacts) -> None:
    answer = PROGRAMME.decide(replace(facts, identifiable=True), on=TODAY)
    assert (answer.opens, answer.rule_id) == (False, "programme.identifiable")


@given(FACTS)
def test_a_small_number_is_never_shown_and_never_changed(facts: ProgrammeFacts) -> None:
    answer = PROGRAMME.decide(replace(facts, matter=Matter.SMALL_CELL), on=TODAY)
    assert answer.outcome is not Outcome.ALLOW
    assert not answer.opens or facts.wish is READ


@given(FACTS)
def test_rows_are_read_by_analysts_alone_published_or_not(facts: ProgrammeFacts) -> None:
    if PROGRAMME.decide(replace(facts, matter=Matter.PSEUDONYMISED_ROW), on=TODAY).opens:
        assert facts.part is ANALYST
        assert facts.wish is READ


@given(FACTS)
def test_who_has_not_logged_in_reads_what_is_published_and_writes_nothing(facts: ProgrammeFacts) -> None:
    for missing in ("strong_auth", "assignment_active"):
        if PROGRAMME.decide(replace(facts, **{missing: False}), on=TODAY).opens:
            assert facts.published
            assert facts.wish is READ
            assert facts.matter in PUBLIC | {Matter.SMALL_CELL}


@given(FACTS)
def test_each_matter_has_at_most_one_part_that_writes_in_it(facts: ProgrammeFacts) -> None:
    writing = replace(facts, wish=WRITE)
    writers = {part for part in Part if PROGRAMME.decide(replace(writing, part=part), on=TODAY).opens}
    assert len(writers) <= 1


@given(FACTS)
def test_publishing_closes_nothing(facts: ProgrammeFacts) -> None:
    before, after = (
        PROGRAMME.decide(replace(facts, published=published), on=TODAY) for published in (False, True)
    )
    assert after.opens or not before.opens
