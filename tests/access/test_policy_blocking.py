"""Table 8.4: who blocks and who lifts; and what a block that is set covers, to the day and the instant."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kring.access.policy.blocking import BLOCKING, Asker, BlockAct, Blocking, BlockKind, SetBlock
from kring.access.policy.decision import Need, Reveal
from tests.access.policy_examples import TODAY, Example, allowed, facts_of, refused, unnoticed

SET, LIFT = BlockAct.SET, BlockAct.LIFT
INNER, OUTER = BlockKind.INNER, BlockKind.OUTER
CONSENT, REQUEST = (Reveal.NOTHING, Need.CONSENT), (Reveal.NOTHING, Need.REQUEST_TO_LIFT)


def child(act: BlockAct, **facts: Any) -> Blocking:
    """The patient itself, with a strong login and no assignment anywhere."""
    return replace(Blocking(asker=Asker.CHILD, act=act, strong_auth=True), **facts)


def somebody(asker: Asker, act: BlockAct, kind: BlockKind, **facts: Any) -> Blocking:
    """Anybody else, with nothing missing: at work where the block is, and the patient wants it lifted."""
    wanted = Blocking(
        asker=asker,
        act=act,
        kind=kind,
        mature=True,
        is_set=True,
        strong_auth=True,
        assignment_active=True,
        own_provider=True,
        consents=True,
        asked_for=True,
    )
    return replace(wanted, **facts)


def officer(kind: BlockKind, **facts: Any) -> Blocking:
    return somebody(Asker.OFFICER, LIFT, kind, **facts)


EXAMPLES: tuple[Example, ...] = (
    # The child
    allowed("a child mature for the question blocks", child(SET, mature=True), "8.4.child.block"),
    allowed(
        "what holds inside the provider holds between providers",
        child(SET, kind=INNER, mature=True),
        "8.4.child.block",
    ),
    refused("a child not mature for the question does not block", child(SET), "8.4.child.not_mature"),
    allowed("the child lifts its own block", child(LIFT, mature=True, is_set=True), "8.4.child.lift"),
    allowed("also when later judged not mature", child(LIFT, is_set=True), "8.4.child.lift"),
    refused("there is no block to lift", child(LIFT, mature=True), "8.4.child.nothing"),
    refused(
        "a weak login blocks nothing in the child's name",
        child(SET, mature=True, strong_auth=False),
        "staff.login",
    ),
    refused(
        "a weak login opens nothing the child has closed",
        child(LIFT, is_set=True, strong_auth=False),
        "staff.login",
    ),
    # A guardian
    *(
        refused(f"a guardian, {act}, {kind}", somebody(Asker.GUARDIAN, act, kind), "8.4.guardian")
        for act in BlockAct
        for kind in BlockKind
    ),
    refused(
        "a guardian with a weak login learns no more",
        somebody(Asker.GUARDIAN, LIFT, INNER, strong_auth=False),
        "8.4.guardian",
    ),
    # The provider's competent officer
    allowed(
        "the patient consents now: the officer lifts an inner block",
        officer(INNER, asked_for=False),
        "8.4.officer.inner",
    ),
    refused(
        "the patient does not consent",
        officer(INNER, consents=False),
        "8.4.officer.consent",
        *CONSENT,
    ),
    allowed(
        "the patient has asked for it, and that is recorded: an outer block",
        officer(OUTER, consents=False),
        "8.4.officer.outer",
    ),
    refused(
        "nobody has asked for it",
        officer(OUTER, asked_for=False),
        "8.4.officer.request",
        *REQUEST,
    ),
    *(
        refused(
            f"an officer whose assignment has ended, {kind}",
            officer(kind, assignment_active=False),
            "staff.assignment",
        )
        for kind in BlockKind
    ),
    *(
        refused(f"another provider's officer, {kind}", officer(kind, own_provider=False), "8.4.own_provider")
        for kind in BlockKind
    ),
    *(
        refused(f"an officer with a weak login, {kind}", officer(kind, strong_auth=False), "staff.login")
        for kind in BlockKind
    ),
    *(
        refused(f"the officer finds no block to lift, {kind}", officer(kind, **facts), "8.4.none")
        for kind in BlockKind
        for facts in ({"is_set": False}, {"is_set": False, "consents": False, "asked_for": False})
    ),
    *(
        refused(
            f"the officer blocks nothing on its own initiative, {kind}, {facts}",
            somebody(Asker.OFFICER, SET, kind, **facts),
            "8.4.none",
        )
        for kind in BlockKind
        for facts in ({}, {"consents": False, "asked_for": False}, {"mature": False})
    ),
    # Others at work
    *(
        refused(
            f"staff who are no officers, {act}, {kind}, {facts}",
            somebody(Asker.OTHER, act, kind, **facts),
            "8.4.none",
        )
        for act in BlockAct
        for kind in BlockKind
        for facts in ({}, {"consents": False, "asked_for": False})
    ),
)


@pytest.mark.parametrize("example", EXAMPLES, ids=str)
def test_the_row_decides(example: Example) -> None:
    assert BLOCKING.decide(example.facts, on=TODAY) == example.answer


SPARE = {
    "8.4.child.lift without act",
    "8.4.officer.outer without kind",
    "8.4.officer.request without kind",
}
"""What an earlier row has already settled, said again so that each row can be read alone."""


def test_no_row_or_condition_is_untested() -> None:
    assert set(unnoticed(BLOCKING, EXAMPLES)) == SPARE


def test_who_fills_in_nothing_blocks_and_lifts_nothing() -> None:
    assert not BLOCKING.decide(Blocking(), on=TODAY).opens


FACTS = facts_of(BLOCKING)


@given(FACTS)
def test_a_guardian_never_blocks_or_lifts_whatever_the_facts(facts: Blocking) -> None:
    answer = BLOCKING.decide(replace(facts, asker=Asker.GUARDIAN), on=TODAY)
    assert (answer.opens, answer.rule_id, answer.reveal) == (False, "8.4.guardian", Reveal.NOTHING)


@given(FACTS)
def test_only_the_patient_blocks(facts: Blocking) -> None:
    if BLOCKING.decide(replace(facts, act=SET), on=TODAY).opens:
        assert facts.asker is Asker.CHILD
        assert facts.mature


@given(FACTS)
def test_nobody_lifts_what_is_not_set_or_without_the_patient_behind_it(facts: Blocking) -> None:
    if BLOCKING.decide(replace(facts, act=LIFT), on=TODAY).opens:
        assert facts.is_set
        assert facts.asker is Asker.CHILD or (facts.own_provider and (facts.consents or facts.asked_for))


@given(FACTS)
def test_whether_there_is_a_block_is_told_to_the_child_and_the_providers_officer_alone(
    facts: Blocking,
) -> None:
    within = facts.asker is Asker.OFFICER and facts.own_provider and facts.assignment_active
    if facts.asker is not Asker.CHILD and not within:
        with_one, without = (
            BLOCKING.decide(replace(facts, is_set=there), on=TODAY) for there in (True, False)
        )
        assert with_one == without


# What a block covers

SET_AT = datetime(2026, 6, 1, 9, 0, tzinfo=UTC)
LIFTED_AT = datetime(2026, 10, 1, 9, 0, tzinfo=UTC)
NOW = datetime(2026, 11, 16, 9, 0, tzinfo=UTC)
MOMENT = timedelta(microseconds=1)
SPRING = SetBlock(INNER, date(2026, 3, 1), date(2026, 5, 31), SET_AT)


@pytest.mark.parametrize(
    ("documented", "covered"),
    [
        (date(2026, 2, 28), False),
        (date(2026, 3, 1), True),
        (date(2026, 4, 15), True),
        (date(2026, 5, 31), True),
        (date(2026, 6, 1), False),
    ],
)
def test_it_covers_from_its_first_documentation_day_to_its_last(documented: date, covered: bool) -> None:
    assert SPRING.covers(documented_on=documented, now=NOW) is covered


@pytest.mark.parametrize(
    ("first", "last", "documented", "covered"),
    [
        (None, None, date.min, True),
        (None, None, date.max, True),
        (None, date(2026, 5, 31), date(1999, 1, 1), True),
        (None, date(2026, 5, 31), date(2026, 6, 1), False),
        (date(2026, 3, 1), None, date(2099, 1, 1), True),
        (date(2026, 3, 1), None, date(2026, 2, 28), False),
        (date(2026, 3, 1), date(2026, 3, 1), date(2026, 3, 1), True),
        (date(2026, 3, 1), date(2026, 3, 1), date(2026, 3, 2), False),
    ],
)
def test_a_block_without_a_first_or_last_day_reaches_all_the_way(
    first: date | None, last: date | None, documented: date, covered: bool
) -> None:
    open_ended = replace(SPRING, documented_from=first, documented_to=last)
    assert open_ended.covers(documented_on=documented, now=NOW) is covered


@pytest.mark.parametrize(
    ("now", "covered"),
    [
        (SET_AT - MOMENT, False),
        (SET_AT, True),
        (LIFTED_AT - MOMENT, True),
        (LIFTED_AT, False),
        (NOW, False),
    ],
)
def test_it_hides_from_the_instant_it_is_set_to_the_instant_it_is_lifted(
    now: datetime, covered: bool
) -> None:
    lifted = replace(SPRING, lifted_at=LIFTED_AT)
    assert lifted.covers(documented_on=date(2026, 4, 15), now=now) is covered


def test_the_day_of_reading_moves_nothing() -> None:
    """What was written before the block was set is covered by its documentation day, years later too."""
    for years in range(1, 20):
        assert SPRING.covers(documented_on=date(2026, 3, 1), now=NOW.replace(year=2026 + years))


DATES = st.dates(date(2020, 1, 1), date(2032, 12, 31))
INSTANTS = st.datetimes(datetime(2020, 1, 1), datetime(2032, 12, 31), timezones=st.just(UTC))


@given(DATES, DATES, INSTANTS, INSTANTS)
def test_a_block_that_was_never_lifted_is_never_narrower_than_one_that_was(
    documented: date, last: date, now: datetime, lifted_at: datetime
) -> None:
    block = SetBlock(OUTER, None, last, SET_AT)
    lifted = replace(block, lifted_at=lifted_at)
    if lifted.covers(documented_on=documented, now=now):
        assert block.covers(documented_on=documented, now=now)
        assert documented <= last
        assert SET_AT <= now < lifted_at


@given(DATES, INSTANTS)
def test_its_kind_says_from_whom_and_never_what(documented: date, now: datetime) -> None:
    inner, outer = (
        replace(SPRING, kind=kind).covers(documented_on=documented, now=now) for kind in BlockKind
    )
    assert inner is outer
