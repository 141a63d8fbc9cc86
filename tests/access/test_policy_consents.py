"""Table 8.6: who signs and takes back, which signatures are needed, and what one signature covers."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kring.access.policy.consents import (
    SIGNATURES,
    SIGNERS,
    Decider,
    Matter,
    Named,
    Signature,
    Signatures,
    Signed,
    Signer,
    Signing,
    decider,
    how_many,
)
from kring.access.policy.decision import Need, Outcome, Reveal, Table
from kring.access.policy.family import Channel, Close
from tests.access.policy_examples import TODAY, Example, allowed, facts_of, refused, unnoticed

CHILD, GUARDIAN, NEITHER = Close.CHILD, Close.GUARDIAN, Close.NOT_GUARDIAN
SIGN, WITHDRAW = Signing.SIGN, Signing.WITHDRAW
BOTH_DECIDE, CHILD_DECIDES, BOARD, NOBODY = Decider.GUARDIANS, Decider.CHILD, Decider.BOARD, Decider.NOBODY


def signing(who: Close, decides: Decider, **facts: Any) -> Signer:
    """Somebody with nothing in the way: custody today, and the way over the net open."""
    able = Signer(who=who, decider=decides, strong_auth=True, custody=True, link_closed=False)
    return replace(able, **facts)


def taking_back(who: Close, **facts: Any) -> Signer:
    return replace(Signer(who=who, act=WITHDRAW, has_signed=True), **facts)


SIGNED_BY = (
    # To sign
    allowed("a guardian signs", signing(GUARDIAN, BOTH_DECIDE), "8.6.guardian"),
    allowed(
        "once more, after having signed before",
        signing(GUARDIAN, BOTH_DECIDE, has_signed=True),
        "8.6.guardian",
    ),
    refused("a weak login signs nothing", signing(GUARDIAN, BOTH_DECIDE, strong_auth=False), "8.6.login"),
    allowed(
        "on paper there is no login",
        signing(GUARDIAN, BOTH_DECIDE, strong_auth=False, channel=Channel.PAPER),
        "8.6.guardian",
    ),
    refused(
        "a guardian whose custody does not hold today",
        signing(GUARDIAN, BOTH_DECIDE, custody=False),
        "8.6.custody",
    ),
    refused(
        "the child decides for itself: no guardian signs",
        signing(GUARDIAN, CHILD_DECIDES),
        "8.6.child_decides",
    ),
    refused("placed: the board's decision says who signs", signing(GUARDIAN, BOARD), "8.6.board"),
    refused(
        "placed: the board itself decides",
        signing(GUARDIAN, BOARD, named=Named.BOARD),
        "8.6.board",
    ),
    allowed(
        "placed: the board's decision names the guardians",
        signing(GUARDIAN, BOTH_DECIDE, named=Named.GUARDIANS),
        "8.6.guardian.placed",
    ),
    allowed(
        "the same, on paper",
        signing(GUARDIAN, BOTH_DECIDE, named=Named.GUARDIANS, channel=Channel.PAPER, link_closed=True),
        "8.6.guardian.placed",
    ),
    refused(
        "the same, blocked, on the net",
        signing(GUARDIAN, BOTH_DECIDE, named=Named.GUARDIANS, link_closed=True),
        "8.6.outside_portal",
    ),
    refused(
        "a foster parent signs nothing, whomever the decision names",
        signing(NEITHER, BOTH_DECIDE, named=Named.GUARDIANS),
        "8.6.not_guardian",
    ),
    refused("nobody knows who decides", signing(GUARDIAN, NOBODY), "8.6.none"),
    refused(
        "nobody knows who decides, whomever a decision names",
        signing(GUARDIAN, NOBODY, named=Named.GUARDIANS),
        "8.6.none",
    ),
    refused(
        "a guardian blocked or with protected identity, on the net",
        signing(GUARDIAN, BOTH_DECIDE, link_closed=True),
        "8.6.outside_portal",
    ),
    *(
        allowed(
            f"the same guardian, {way}: staff write it in",
            signing(GUARDIAN, BOTH_DECIDE, link_closed=True, channel=way),
            "8.6.guardian",
        )
        for way in (Channel.ORAL, Channel.PAPER)
    ),
    allowed(
        "a guardian with nothing in the way, on paper",
        signing(GUARDIAN, BOTH_DECIDE, channel=Channel.PAPER),
        "8.6.guardian",
    ),
    allowed(
        "the child, grown up or mature for the question",
        signing(CHILD, CHILD_DECIDES, custody=False),
        "8.6.child",
    ),
    allowed(
        "its protected identity does not take its word away",
        signing(CHILD, CHILD_DECIDES, custody=False, link_closed=True),
        "8.6.child",
    ),
    *(
        refused(
            f"a child not mature is heard, not asked to sign ({decides} decides)",
            signing(CHILD, decides),
            "8.6.child.not_mature",
        )
        for decides in (BOTH_DECIDE, BOARD, NOBODY)
    ),
    *(
        refused(
            f"a step-parent or foster parent ({decides} decides)",
            signing(NEITHER, decides),
            "8.6.not_guardian",
        )
        for decides in Decider
    ),
    # To take back
    *(
        allowed(f"{who} takes the own signature back, whatever has changed", facts, "8.6.withdraw")
        for who in (CHILD, GUARDIAN)
        for facts in (
            taking_back(who),
            taking_back(who, decider=CHILD_DECIDES),
            taking_back(who, custody=True, decider=BOARD, link_closed=False),
        )
    ),
    *(
        refused(
            f"{who} has signed nothing to take back",
            taking_back(who, has_signed=False, decider=CHILD_DECIDES, custody=True, link_closed=False),
            "8.6.withdraw.own",
        )
        for who in Close
    ),
    refused("who is no guardian has nothing to take back", taking_back(NEITHER), "8.6.withdraw.own"),
)


def asked(
    decides: Decider, signed: Signed, matter: Matter = Matter.SIGNIFICANT, *, refused: bool = False
) -> Signatures:
    return Signatures(matter=matter, decider=decides, signed=signed, refused=refused)


NONE, SOME, ALL = Signed.NONE, Signed.SOME, Signed.ALL
EVERYDAY = Matter.EVERYDAY
CONSENT = (Reveal.NOTHING, Need.CONSENT)

NEEDED = (
    # Guardians decide
    allowed("both guardians have signed", asked(BOTH_DECIDE, ALL), "8.6.both"),
    refused("one of two, in a matter of weight", asked(BOTH_DECIDE, SOME), "8.6.one_of_two", *CONSENT),
    refused("nobody has signed", asked(BOTH_DECIDE, NONE), "8.6.nobody", *CONSENT),
    allowed("one of two, in an everyday matter", asked(BOTH_DECIDE, SOME, EVERYDAY), "8.6.everyday"),
    allowed("both, in an everyday matter", asked(BOTH_DECIDE, ALL, EVERYDAY), "8.6.everyday"),
    refused(
        "nobody has said yes, in an everyday matter",
        asked(BOTH_DECIDE, NONE, EVERYDAY),
        "8.6.nobody",
        *CONSENT,
    ),
    *(
        refused(
            f"one says no: a conflict ({matter}, yes from {signed})",
            asked(BOTH_DECIDE, signed, matter, refused=True),
            "8.6.conflict",
            *CONSENT,
        )
        for matter in Matter
        for signed in Signed
    ),
    # The child decides
    *(
        allowed(f"the child has signed: {matter}", asked(CHILD_DECIDES, ALL, matter), "8.6.signatures.child")
        for matter in Matter
    ),
    refused("the child has not answered", asked(CHILD_DECIDES, NONE), "8.6.nobody", *CONSENT),
    refused(
        "the child has not answered in an everyday matter",
        asked(CHILD_DECIDES, NONE, EVERYDAY),
        "8.6.nobody",
        *CONSENT,
    ),
    refused(
        "half a yes is none where one decides",
        asked(CHILD_DECIDES, SOME, EVERYDAY),
        "8.6.one_of_two",
        *CONSENT,
    ),
    refused("the child says no", asked(CHILD_DECIDES, NONE, refused=True), "8.6.conflict", *CONSENT),
    # The board decides, or nobody
    *(
        refused(
            f"placed: no guardian's signature is enough ({matter}, {signed}, a no: {no})",
            asked(BOARD, signed, matter, refused=no),
            "8.6.signatures.board",
            *CONSENT,
        )
        for matter in Matter
        for signed in Signed
        for no in (False, True)
    ),
    *(
        refused(
            f"placed, and the decision that names the guardians is not followed ({signed})",
            replace(asked(BOARD, signed), named=Named.GUARDIANS),
            "8.6.signatures.board",
            *CONSENT,
        )
        for signed in Signed
    ),
    allowed(
        "the board has said yes", replace(asked(BOARD, ALL), named=Named.BOARD), "8.6.signatures.board_yes"
    ),
    refused(
        "the board has not answered", replace(asked(BOARD, NONE), named=Named.BOARD), "8.6.nobody", *CONSENT
    ),
    refused(
        "the board's is no half yes",
        replace(asked(BOARD, SOME), named=Named.BOARD),
        "8.6.one_of_two",
        *CONSENT,
    ),
    refused(
        "the board's yes is not asked for in everyday matters",
        replace(asked(BOARD, ALL, EVERYDAY), named=Named.BOARD),
        "8.6.missing",
    ),
    refused(
        "the board has said yes and a guardian no",
        replace(asked(BOARD, ALL, refused=True), named=Named.BOARD),
        "8.6.conflict",
        *CONSENT,
    ),
    allowed(
        "the guardians have signed, as the board's decision says",
        replace(asked(BOTH_DECIDE, ALL), named=Named.GUARDIANS),
        "8.6.signatures.placed",
    ),
    refused(
        "one of them has not",
        replace(asked(BOTH_DECIDE, SOME), named=Named.GUARDIANS),
        "8.6.one_of_two",
        *CONSENT,
    ),
    refused(
        "whom a decision names is nothing while nobody knows who decides",
        replace(asked(NOBODY, ALL), named=Named.GUARDIANS),
        "8.6.missing",
    ),
    allowed(
        "a mature child decides, whomever the decision names",
        replace(asked(CHILD_DECIDES, ALL), named=Named.BOARD),
        "8.6.signatures.child",
    ),
    *(
        refused(
            f"signed, but nobody knows by whom it should be: {matter}",
            asked(NOBODY, ALL, matter),
            "8.6.missing",
        )
        for matter in Matter
    ),
    refused(
        "some have signed, and nobody knows who decides", asked(NOBODY, SOME), "8.6.one_of_two", *CONSENT
    ),
    refused(
        "nor does it matter that it is everyday", asked(NOBODY, SOME, EVERYDAY), "8.6.one_of_two", *CONSENT
    ),
)
EXAMPLES: tuple[Example, ...] = (*SIGNED_BY, *NEEDED)


@pytest.mark.parametrize("example", SIGNED_BY, ids=str)
def test_the_row_decides_who_signs(example: Example) -> None:
    assert SIGNERS.decide(example.facts, on=TODAY) == example.answer


@pytest.mark.parametrize("example", NEEDED, ids=str)
def test_the_row_decides_what_is_needed(example: Example) -> None:
    assert SIGNATURES.decide(example.facts, on=TODAY) == example.answer


@pytest.mark.parametrize(
    ("table", "examples"), [(SIGNERS, SIGNED_BY), (SIGNATURES, NEEDED)], ids=["signers", "signatures"]
)
def test_no_row_or_condition_is_untested(table: Table[Any], examples: tuple[Example, ...]) -> None:
    assert unnoticed(table, examples) == []


@pytest.mark.parametrize(("table", "facts"), [(SIGNERS, Signer()), (SIGNATURES, Signatures())])
def test_who_fills_in_nothing_has_no_consent(table: Table[Any], facts: Any) -> None:
    assert not table.decide(facts, on=TODAY).opens


# Whatever the facts are


@given(facts_of(SIGNATURES))
def test_a_no_is_never_a_yes(facts: Signatures) -> None:
    assert not SIGNATURES.decide(replace(facts, refused=True), on=TODAY).opens


@given(facts_of(SIGNATURES))
def test_without_a_signature_there_is_no_consent_and_one_of_two_opens_everyday_matters_only(
    facts: Signatures,
) -> None:
    assert not SIGNATURES.decide(replace(facts, signed=NONE), on=TODAY).opens
    if SIGNATURES.decide(replace(facts, signed=SOME), on=TODAY).opens:
        assert (facts.matter, facts.decider) == (EVERYDAY, BOTH_DECIDE)


@given(facts_of(SIGNATURES))
def test_one_more_signature_closes_nothing(facts: Signatures) -> None:
    some, everybody = (SIGNATURES.decide(replace(facts, signed=signed), on=TODAY) for signed in (SOME, ALL))
    assert everybody.opens or not some.opens


@given(facts_of(SIGNERS))
def test_who_has_signed_always_takes_it_back(facts: Signer) -> None:
    mine = replace(facts, act=WITHDRAW, has_signed=True)
    assert SIGNERS.decide(mine, on=TODAY).opens is (facts.who is not NEITHER)


@given(facts_of(SIGNERS))
def test_only_the_one_who_decides_signs(facts: Signer) -> None:
    if SIGNERS.decide(replace(facts, act=SIGN), on=TODAY).outcome is Outcome.ALLOW:
        assert (facts.who, facts.decider) in {(CHILD, CHILD_DECIDES), (GUARDIAN, BOTH_DECIDE)}
        assert facts.who is CHILD or facts.custody


@given(facts_of(SIGNERS))
def test_a_guardian_whose_way_is_closed_never_signs_on_the_net(facts: Signer) -> None:
    closed = replace(facts, who=GUARDIAN, act=SIGN, link_closed=True, channel=Channel.E_SERVICE)
    assert not SIGNERS.decide(closed, on=TODAY).opens


# Who decides, and how many have answered


@pytest.mark.parametrize(
    ("adult", "child_mature", "placed_by_order", "who"),
    [
        (False, False, False, BOTH_DECIDE),
        (False, False, True, BOARD),
        (False, True, False, CHILD_DECIDES),
        (False, True, True, CHILD_DECIDES),
        (True, False, False, CHILD_DECIDES),
        (True, False, True, CHILD_DECIDES),
        (True, True, False, CHILD_DECIDES),
        (True, True, True, CHILD_DECIDES),
    ],
)
def test_who_decides(adult: bool, child_mature: bool, placed_by_order: bool, who: Decider) -> None:
    assert decider(adult=adult, child_mature=child_mature, placed_by_order=placed_by_order) is who


@pytest.mark.parametrize(
    ("answers", "signed"),
    [
        ({}, NONE),
        ({"a": False}, NONE),
        ({"a": True}, ALL),
        ({"a": False, "b": False}, NONE),
        ({"a": True, "b": False}, SOME),
        ({"a": False, "b": True}, SOME),
        ({"a": True, "b": True}, ALL),
    ],
)
def test_how_many_have_said_yes(answers: dict[str, bool], signed: Signed) -> None:
    assert how_many(answers) is signed


# What one signature covers

DAY, MOMENT = timedelta(days=1), timedelta(microseconds=1)
NOW = datetime(2026, 11, 16, 9, 0, tzinfo=UTC)
GIVEN = Signature(
    "given",
    parties=frozenset({"school", "social_services"}),
    categories=frozenset({"plan", "appointment"}),
    starts_on=TODAY,
    ends_on=TODAY + 30 * DAY,
)


def covers(
    signature: Signature,
    party: str | None = "school",
    category: str = "plan",
    now: datetime = NOW,
    today: date = TODAY,
) -> bool:
    return signature.covers(party=party, category=category, now=now, today=today)


@pytest.mark.parametrize(
    ("today", "covered"),
    [
        (TODAY - DAY, False),
        (TODAY, True),
        (TODAY + 15 * DAY, True),
        (TODAY + 30 * DAY, True),
        (TODAY + 31 * DAY, False),
    ],
)
def test_it_holds_from_its_first_day_to_its_last(today: date, covered: bool) -> None:
    assert covers(GIVEN, today=today) is covered


def test_without_a_last_day_it_holds_until_taken_back() -> None:
    lasting = replace(GIVEN, ends_on=None)
    assert covers(lasting, today=date.max)
    assert not covers(replace(lasting, withdrawn_at=NOW), today=date.max)


@pytest.mark.parametrize(("since", "covered"), [(-MOMENT, True), (0 * MOMENT, False), (DAY, False)])
def test_it_is_gone_at_the_instant_it_is_taken_back(since: timedelta, covered: bool) -> None:
    """Earlier the same day it still held: what was disclosed then was disclosed with consent."""
    assert covers(replace(GIVEN, withdrawn_at=NOW), now=NOW + since) is covered


@pytest.mark.parametrize(
    ("party", "category", "covered"),
    [
        ("school", "plan", True),
        ("social_services", "appointment", True),
        (None, "plan", True),
        ("police", "plan", False),
        ("school", "record_entry", False),
        (None, "record_entry", False),
        ("", "plan", False),
    ],
)
def test_it_is_a_yes_to_what_it_names_and_to_nothing_else(
    party: str | None, category: str, covered: bool
) -> None:
    assert covers(GIVEN, party, category) is covered


@pytest.mark.parametrize("state", ["refused", "none", ""])
def test_only_a_yes_is_a_yes(state: str) -> None:
    assert not covers(replace(GIVEN, state=state))


def test_a_yes_to_nobody_or_to_nothing_opens_nothing() -> None:
    assert not covers(replace(GIVEN, parties=frozenset()))
    assert not covers(replace(GIVEN, categories=frozenset()))


WORDS = st.sampled_from(["school", "social_services", "police", "plan", "appointment", "record_entry"])
DATES = st.dates(date(2026, 1, 1), date(2027, 12, 31))
INSTANTS = st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 31), timezones=st.just(UTC))
SIGNATURE = st.builds(
    Signature,
    state=st.sampled_from(["given", "refused", "none"]),
    parties=st.frozensets(WORDS),
    categories=st.frozensets(WORDS),
    starts_on=DATES,
    ends_on=st.none() | DATES,
    withdrawn_at=st.none() | INSTANTS,
)


@given(SIGNATURE, WORDS, WORDS, INSTANTS, DATES)
def test_whatever_is_signed_it_reaches_no_further(
    signature: Signature, party: str, category: str, now: datetime, today: date
) -> None:
    if covers(signature, party, category, now, today):
        assert signature.state == "given"
        assert party in signature.parties
        assert category in signature.categories
        assert signature.starts_on <= today
        assert signature.ends_on is None or today <= signature.ends_on
        assert signature.withdrawn_at is None or now < signature.withdrawn_at


@given(SIGNATURE, WORDS, WORDS, INSTANTS, DATES)
def test_taken_back_it_never_opens_again(
    signature: Signature, party: str, category: str, now: datetime, today: date
) -> None:
    back = replace(signature, withdrawn_at=now)
    assert not any(covers(back, party, category, now + later * DAY, today) for later in (0, 1, 365))
