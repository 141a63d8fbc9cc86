"""Notices: who is told, by which way, and the hours when nothing leaves."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kring.access.policy.ages import limit
from kring.access.policy.decision import Outcome, Table
from kring.access.policy.notices import (
    CODE_LIMITS,
    CODE_SENT,
    NOTICES,
    QUIET_HOURS,
    UNTOLD,
    CodeFacts,
    NoticeFacts,
    Receiver,
    Untold,
    Way,
    code_limits,
    earliest,
    quiet_hours_of,
)
from kring.access.policy.protected import Grade
from kring.clock import STOCKHOLM
from tests.access.policy_examples import TODAY, Example, allowed, refused, unnoticed

ADULTS = (Receiver.STAFF, Receiver.GUARDIAN)
POST = (Way.EMAIL, Way.SMS)


def telling(receiver: Receiver, way: Way = Way.IN_APP, **facts: Any) -> NoticeFacts:
    """Somebody who reaches an unprotected child, unless said otherwise."""
    open_facts = NoticeFacts(
        grade=Grade.NONE,
        receiver=receiver,
        receiver_protected=False,
        reaches=True,
        way=way,
        telling=False,
        own_act=False,
        shared_address=False,
    )
    return replace(open_facts, **facts)


def to_the_young(way: Way = Way.IN_APP, **facts: Any) -> NoticeFacts:
    """A young person of the age for everything, with an address of its own that is confirmed."""
    ready = {"young": False, "of_age": True, "chosen": True, "confirmed": True}
    return telling(Receiver.CHILD, way, **(ready | facts))


EXAMPLES: tuple[Example, ...] = (
    *(allowed(f"{who}: the own list", telling(who), "notices.in_app") for who in ADULTS),
    *(
        allowed(f"{who} has chosen {way}", telling(who, way, chosen=True, confirmed=True), "notices.chosen")
        for who in ADULTS
        for way in POST
    ),
    *(
        refused(
            f"{who} has chosen {way}, the address not confirmed",
            telling(who, way, chosen=True),
            "notices.unconfirmed",
        )
        for who in ADULTS
        for way in POST
    ),
    *(
        refused(f"{who} has an address and no wish: {way}", telling(who, way, confirmed=True), "notices.none")
        for who in ADULTS
        for way in POST
    ),
    *(
        refused(f"{who} has not chosen {way}", telling(who, way), "notices.none")
        for who in ADULTS
        for way in POST
    ),
    *(
        refused(f"a child with protection: {grade}", telling(who, grade=grade), "notices.child_protected")
        for who in ADULTS
        for grade in (Grade.FLAG, Grade.REGISTRATION)
    ),
    *(
        refused(
            f"{who} with protected identity",
            telling(who, receiver_protected=True),
            "notices.receiver_protected",
        )
        for who in ADULTS
    ),
    *(
        refused(
            f"{who} who does not reach the child, by {way}",
            telling(who, way, reaches=False, chosen=True),
            "notices.reach",
        )
        for who in ADULTS
        for way in Way
    ),
    *(
        refused(f"a younger child, by {way}", telling(Receiver.CHILD, way, chosen=True), "notices.young")
        for way in Way
    ),
    allowed("a young person: the own list", telling(Receiver.CHILD, young=False), "notices.in_app"),
    allowed(
        "a young person whose guardian has the address: the own list",
        to_the_young(shared_address=True),
        "notices.in_app",
    ),
    *(allowed(f"a young person has chosen {way}", to_the_young(way), "notices.chosen") for way in POST),
    *(
        refused(f"a young person before the age for post: {way}", to_the_young(way, of_age=False), rule)
        for way, rule in dict.fromkeys(POST, "notices.child.age").items()
    ),
    *(
        refused(f"a guardian has it too: {way}", to_the_young(way, shared_address=True), rule)
        for way, rule in dict.fromkeys(POST, "notices.child.shared").items()
    ),
    *(
        refused(f"a young person has not confirmed {way}", to_the_young(way, confirmed=False), rule)
        for way, rule in dict.fromkeys(POST, "notices.unconfirmed").items()
    ),
    *(
        refused(f"a young person has not chosen {way}", to_the_young(way, chosen=False), "notices.none")
        for way in POST
    ),
    refused(
        "a young person with protected identity",
        to_the_young(receiver_protected=True),
        "notices.receiver_protected",
    ),
    refused(
        "the young person's own list, protected", to_the_young(grade=Grade.FLAG), "notices.child_protected"
    ),
    *(
        refused(
            f"a guardian, of what the child has done, by {way}",
            telling(Receiver.GUARDIAN, way, own_act=True, chosen=True, confirmed=True),
            "notices.own_act",
        )
        for way in Way
    ),
    allowed("staff, of what the child has done", telling(Receiver.STAFF, own_act=True), "notices.in_app"),
    allowed("the young, of what they have done", to_the_young(own_act=True), "notices.in_app"),
    *(
        allowed(
            f"{who}: the child's age and addresses are nothing to them, by {way}",
            telling(who, way, chosen=True, confirmed=True, shared_address=True),
            "notices.chosen",
        )
        for who in ADULTS
        for way in POST
    ),
    *(
        refused(f"{who}: words that tell", telling(who, way, chosen=True, telling=True), "notices.neutral")
        for who in ADULTS
        for way in Way
    ),
)


CALLS = Untold(staff=True, keeps_plan=True, may_summon=True)
UNREACHED: tuple[Example, ...] = (
    allowed("the one who calls", CALLS, "notices.untold.summons"),
    refused("another party in the plan", replace(CALLS, keeps_plan=False), "notices.untold.none"),
    refused("a role that calls nobody", replace(CALLS, may_summon=False), "notices.untold.none"),
    refused("somebody of the family", replace(CALLS, staff=False), "notices.untold.staff"),
)


@pytest.mark.parametrize("example", UNREACHED, ids=str)
def test_who_is_told_that_a_guardian_is_not_reached(example: Example) -> None:
    assert UNTOLD.decide(example.facts, on=TODAY) == example.answer


def test_no_row_about_who_is_not_reached_can_go_unnoticed() -> None:
    assert unnoticed(UNTOLD, UNREACHED) == []
    assert not UNTOLD.decide(Untold(), on=TODAY).opens


OWN = CodeFacts(receiver_protected=False, own_wish=True, too_many=False, young=False, shared_address=False)
CODES: tuple[Example, ...] = (
    allowed("asked for by oneself", OWN, "notices.code.asked"),
    refused("asked for by nobody", replace(OWN, own_wish=False), "notices.code.none"),
    refused("too many already", replace(OWN, too_many=True), "notices.code.too_many"),
    refused("a child before the age for post", replace(OWN, young=True), "notices.code.young"),
    refused("an address that a guardian has too", replace(OWN, shared_address=True), "notices.code.shared"),
    refused(
        "a protected child: nothing is said of whose the address is",
        replace(OWN, receiver_protected=True, shared_address=True),
        "notices.code.protected",
    ),
    refused("a protected receiver", replace(OWN, receiver_protected=True), "notices.code.protected"),
    refused(
        "a protected receiver who has had too many",
        replace(OWN, receiver_protected=True, too_many=True),
        "notices.code.protected",
    ),
)


@pytest.mark.parametrize("example", CODES, ids=str)
def test_a_code_and_its_answer(example: Example) -> None:
    assert CODE_SENT.decide(example.facts, on=TODAY) == example.answer


def test_no_row_about_codes_can_go_unnoticed() -> None:
    assert unnoticed(CODE_SENT, CODES) == []
    assert not CODE_SENT.decide(CodeFacts(), on=TODAY).opens


def test_the_limits_of_a_code_are_dated_and_a_guess_is_hopeless() -> None:
    """One in ten thousand, with every code of a whole month guessed at."""
    limits = code_limits(TODAY)
    assert limits is CODE_LIMITS[-1]
    assert limits.rule.in_force(TODAY)
    assert limits.tries * limits.a_day * 31 / 10**limits.digits < 1 / 1000
    assert timedelta(minutes=5) <= limits.holds <= timedelta(hours=1)
    with pytest.raises(ValueError, match="empty"):
        code_limits(limits.rule.valid_from - timedelta(days=1))


@pytest.mark.parametrize("example", EXAMPLES, ids=str)
def test_a_case_and_its_answer(example: Example) -> None:
    assert NOTICES.decide(example.facts, on=TODAY) == example.answer


def test_no_row_condition_or_value_can_go_unnoticed() -> None:
    table: Table[Any] = NOTICES
    assert unnoticed(table, EXAMPLES) == []


@given(
    st.builds(
        NoticeFacts,
        **{
            name: st.sampled_from(sorted(values, key=str))
            for name, values in NoticeFacts.admissible().items()
        },
    )
)
def test_protection_and_lost_reach_close_every_way(facts: NoticeFacts) -> None:
    """Whatever somebody has chosen, nothing about or to protected people leaves, nor to who is blocked."""
    for closed in ({"grade": Grade.FLAG}, {"receiver_protected": True}, {"reaches": False}):
        assert NOTICES.decide(replace(facts, **closed), on=TODAY).outcome is Outcome.DENY


def at(text: str) -> datetime:
    """A moment as a Stockholm clock shows it."""
    return datetime.fromisoformat(text).replace(tzinfo=STOCKHOLM).astimezone(UTC)


@pytest.mark.parametrize(
    ("receiver", "asked", "leaves"),
    [
        (Receiver.CHILD, "2026-11-16 19:59", "2026-11-16 19:59"),
        (Receiver.CHILD, "2026-11-16 20:00", "2026-11-17 07:00"),
        (Receiver.CHILD, "2026-11-17 00:00", "2026-11-17 07:00"),
        (Receiver.CHILD, "2026-11-17 06:59", "2026-11-17 07:00"),
        (Receiver.CHILD, "2026-11-17 07:00", "2026-11-17 07:00"),
        (Receiver.GUARDIAN, "2026-11-16 20:59", "2026-11-16 20:59"),
        (Receiver.GUARDIAN, "2026-11-16 21:00", "2026-11-17 07:00"),
        (Receiver.GUARDIAN, "2026-12-31 23:59", "2027-01-01 07:00"),
        (Receiver.STAFF, "2026-11-16 03:00", "2026-11-16 03:00"),
        # The nights of 25 and of 23 hours: seven is seven by the clock.
        (Receiver.GUARDIAN, "2026-10-24 22:00", "2026-10-25 07:00"),
        (Receiver.GUARDIAN, "2027-03-27 22:00", "2027-03-28 07:00"),
    ],
)
def test_the_quiet_hours(receiver: Receiver, asked: str, leaves: str) -> None:
    assert earliest(receiver, at(asked)) == at(leaves)


@given(
    st.sampled_from(Receiver),
    st.datetimes(datetime(2024, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC)),
)
def test_nothing_leaves_early_or_waits_a_day(receiver: Receiver, moment: datetime) -> None:
    """Waiting twice is waiting once, and nobody waits longer than a night."""
    leaves = earliest(receiver, moment)
    assert moment <= leaves < moment + timedelta(hours=12)
    assert earliest(receiver, leaves) == leaves


@given(
    st.builds(
        NoticeFacts,
        **{
            name: st.sampled_from(sorted(values, key=str))
            for name, values in NoticeFacts.admissible().items()
        },
    )
)
def test_nothing_leaves_for_a_child_at_an_address_that_a_guardian_has_or_before_the_age(
    facts: NoticeFacts,
) -> None:
    """And no guardian is told of what the child has done, by any way."""
    outside = replace(facts, receiver=Receiver.CHILD, way=Way.SMS)
    for closed in ({"shared_address": True}, {"of_age": False}, {"confirmed": False}, {"chosen": False}):
        assert NOTICES.decide(replace(outside, **closed), on=TODAY).outcome is Outcome.DENY
    watched = replace(facts, receiver=Receiver.GUARDIAN, own_act=True)
    assert NOTICES.decide(watched, on=TODAY).outcome is Outcome.DENY


@given(st.datetimes(datetime(2024, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC)))
def test_a_child_is_never_woken_where_a_guardian_is_let_sleep(moment: datetime) -> None:
    assert earliest(Receiver.CHILD, moment) >= earliest(Receiver.GUARDIAN, moment)


@pytest.mark.parametrize("rule_id", ["notices.child.age", "notices.child.shared", "ages.own_post"])
def test_what_a_lawyer_or_clinician_has_to_sign_is_marked(rule_id: str) -> None:
    rules = [*NOTICES.rules(), limit("own_post", TODAY).rule]
    assert [one.needs_sign_off for one in rules if one.id == rule_id] == [True]


def test_quiet_hours_are_dated() -> None:
    assert quiet_hours_of(Receiver.GUARDIAN, TODAY) is QUIET_HOURS[1]
    assert quiet_hours_of(Receiver.GUARDIAN, date(2020, 1, 1)) is None
    assert earliest(Receiver.GUARDIAN, at("2020-01-01 23:00")) == at("2020-01-01 23:00")
