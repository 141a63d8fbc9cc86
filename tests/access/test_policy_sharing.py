"""Giving to another party, writing, the coordinator's mandate, drafts, and who handles concern reports."""

from dataclasses import replace
from itertools import combinations
from typing import Any

import pytest
from hypothesis import given

from kring.access.policy.decision import Need, Reveal, Table
from kring.access.policy.sharing import (
    DRAFTS,
    MANDATE,
    REPORTS,
    SHARING,
    WRITING,
    Draft,
    Mandate,
    Report,
    Sharing,
    Writer,
    Writing,
)
from tests.access.policy_examples import TODAY, Example, allowed, facts_of, refused, unnoticed

STAFF_LOCKS = (
    ("weak login", {"strong_auth": False}, "staff.login"),
    ("the assignment has ended", {"assignment_active": False}, "staff.assignment"),
    ("a profile that does not cover it", {"profile_covers": False}, "staff.profile"),
)
AT_WORK = {"strong_auth": True, "assignment_active": True, "profile_covers": True}


def giving(**facts: Any) -> Sharing:
    """What is one's own, signed, about a child in one's care; all have consented, nothing is in the way."""
    wanted = Sharing(
        **AT_WORK,
        own=True,
        takes_part=True,
        concern_report=False,
        draft=False,
        blocked=False,
        care_only=False,
        child_protected=False,
        signatures=True,
    )
    return replace(wanted, **facts)


def reporting(**facts: Any) -> Sharing:
    """A concern report to social services, with everything else in the way."""
    report = {"concern_report": True, "duty_to_report": True, "takes_part": False}
    in_the_way = {"draft": True, "blocked": True, "child_protected": True, "signatures": False}
    return giving(**report | in_the_way | facts)


GIVEN = (
    allowed("the signatures that are needed are there", giving(), "sharing.signatures"),
    refused("they are not", giving(signatures=False), "sharing.no_signatures", Reveal.NOTHING, Need.CONSENT),
    allowed(
        "to another unit of the provider, no signature is needed",
        giving(same_provider=True, signatures=False),
        "sharing.same_provider",
    ),
    *(refused(f"to another party: {says}", giving(**facts), rule) for says, facts, rule in STAFF_LOCKS),
    refused("what another unit has written", giving(own=False), "sharing.own"),
    refused(
        "about a child one does not take part in caring for", giving(takes_part=False), "sharing.relation"
    ),
    *(
        refused(
            f"{says}, to {'the provider' if near else 'another'}", giving(same_provider=near, **facts), rule
        )
        for near in (False, True)
        for says, facts, rule in (
            ("a draft", {"draft": True}, "sharing.draft"),
            ("what the child has blocked", {"blocked": True}, "sharing.blocked"),
            ("what only care may see", {"care_only": True}, "sharing.care_only"),
            ("about a child with protected identity", {"child_protected": True}, "sharing.protected"),
            ("a concern report to those who do not handle it", {"concern_report": True}, "sharing.concern"),
        )
    ),
    allowed(
        "what only care may see, to other care", giving(care_only=True, to_care=True), "sharing.signatures"
    ),
    # The duty to report
    allowed("a concern report goes at once, whatever else is missing", reporting(), "sharing.report"),
    *(refused(f"a concern report: {says}", reporting(**facts), rule) for says, facts, rule in STAFF_LOCKS),
    refused("another unit's concern report", reporting(own=False), "sharing.own"),
    refused(
        "the duty to report opens nothing but the report",
        reporting(concern_report=False),
        "sharing.relation",
    ),
)


def family(writer: Writer, **facts: Any) -> Writing:
    """A guardian or the child, whom 8.5 lets into the pages, where there is a place for their words."""
    return replace(Writing(writer=writer, families_write=True, opens_pages=True), **facts)


def staff(**facts: Any) -> Writing:
    return replace(Writing(writer=Writer.STAFF, **AT_WORK, own=True, takes_part=True), **facts)


FAMILY = (Writer.GUARDIAN, Writer.CHILD)

WRITTEN = (
    *(allowed(f"{who} writes its own part", family(who), "writing.family") for who in FAMILY),
    *(
        refused(f"{who} and the record", family(who, families_write=False), "writing.family.record")
        for who in FAMILY
    ),
    *(
        refused(f"{who} whom 8.5 keeps out", family(who, opens_pages=False), "writing.family.record")
        for who in FAMILY
    ),
    *(
        refused(
            f"{who} with everything that staff have writes no record",
            staff(writer=who),
            "writing.family.record",
        )
        for who in FAMILY
    ),
    allowed("staff write in their own unit's part", staff(), "writing.staff"),
    allowed("and where the family writes too", staff(families_write=True, opens_pages=True), "writing.staff"),
    *(refused(f"staff: {says}", staff(**facts), rule) for says, facts, rule in STAFF_LOCKS),
    refused(
        "what opens for the family opens nothing for staff",
        staff(strong_auth=False, families_write=True, opens_pages=True),
        "staff.login",
    ),
    refused("in what is another unit's", staff(own=False), "writing.own"),
    refused("about a child one does not take part in caring for", staff(takes_part=False), "writing.none"),
    refused("anybody else", staff(writer=Writer.OTHER), "writing.other"),
    refused("anybody else, in the family's place", family(Writer.OTHER), "writing.other"),
)

MANDATED = (
    allowed("the mandate names it, today", Mandate(in_period=True, covers=True), "mandate.covers"),
    refused("the mandate does not name it", Mandate(in_period=True), "mandate.none"),
    refused("the mandate has ended", Mandate(covers=True), "mandate.period"),
    refused("a title without a mandate", Mandate(), "mandate.period"),
)

UNFINISHED = (
    allowed("one's own draft", Draft(draft=True, own=True), "drafts.own"),
    refused("another unit's draft", Draft(draft=True, own=False), "drafts.others"),
    *(
        allowed(f"no draft, one's own: {own}", Draft(draft=False, own=own), "drafts.none")
        for own in (False, True)
    ),
)

HANDLING = (
    allowed("social services take care of it", Report(**AT_WORK, handles=True), "reports.handles"),
    refused("a school that does not", Report(**AT_WORK), "reports.none"),
    *(
        refused(
            f"social services: {says}",
            replace(Report(**AT_WORK, handles=True), **facts),
            rule,
        )
        for says, facts, rule in STAFF_LOCKS
    ),
)
BY_TABLE = (
    (SHARING, GIVEN),
    (WRITING, WRITTEN),
    (MANDATE, MANDATED),
    (DRAFTS, UNFINISHED),
    (REPORTS, HANDLING),
)
EXAMPLES: tuple[Example, ...] = tuple(example for _, examples in BY_TABLE for example in examples)
EACH = [pytest.param(table, one, id=f"{table.name}: {one}") for table, those in BY_TABLE for one in those]


@pytest.mark.parametrize(("table", "example"), EACH)
def test_the_row_decides(table: Table[Any], example: Example) -> None:
    assert table.decide(example.facts, on=TODAY) == example.answer


@pytest.mark.parametrize(("table", "examples"), BY_TABLE, ids=lambda one: getattr(one, "name", ""))
def test_no_row_or_condition_is_untested(table: Table[Any], examples: tuple[Example, ...]) -> None:
    assert unnoticed(table, examples) == []


@pytest.mark.parametrize("facts", [Sharing(), Writing(), Mandate(), Draft(), Report()], ids=repr)
def test_who_fills_in_nothing_gives_writes_and_reads_nothing(facts: Any) -> None:
    table = next(table for table, _ in BY_TABLE if isinstance(facts, table.facts))
    assert not table.decide(facts, on=TODAY).opens


# Whatever the facts are


def opens(facts: Sharing) -> bool:
    return SHARING.decide(facts, on=TODAY).opens


@given(facts_of(SHARING))
def test_what_is_not_ones_own_never_leaves(facts: Sharing) -> None:
    assert not opens(replace(facts, own=False))


@given(facts_of(SHARING))
def test_without_taking_part_nothing_leaves_but_a_concern_report_to_those_who_handle_it(
    facts: Sharing,
) -> None:
    if opens(replace(facts, takes_part=False)):
        assert facts.concern_report
        assert facts.duty_to_report


@given(facts_of(SHARING))
def test_a_concern_report_reaches_those_who_handle_it_and_nobody_else(facts: Sharing) -> None:
    assert not opens(replace(facts, concern_report=True, duty_to_report=False))
    at_work = replace(facts, **AT_WORK, own=True)
    assert opens(replace(at_work, concern_report=True, duty_to_report=True))


@given(facts_of(SHARING))
def test_no_signature_opens_what_is_blocked_protected_or_unfinished(facts: Sharing) -> None:
    ordinary = replace(facts, concern_report=False)
    for stop in ("draft", "blocked", "child_protected"):
        assert not opens(replace(ordinary, **{stop: True}))


@given(facts_of(SHARING))
def test_outside_the_provider_nothing_ordinary_leaves_without_signatures(facts: Sharing) -> None:
    assert not opens(replace(facts, concern_report=False, same_provider=False, signatures=False))


@given(facts_of(SHARING))
def test_one_more_signature_never_closes(facts: Sharing) -> None:
    assert opens(replace(facts, signatures=True)) or not opens(replace(facts, signatures=False))


@given(facts_of(WRITING))
def test_the_family_never_writes_in_the_record_nor_staff_in_anothers(facts: Writing) -> None:
    for who in FAMILY:
        assert not WRITING.decide(replace(facts, writer=who, families_write=False), on=TODAY).opens
    assert not WRITING.decide(replace(facts, writer=Writer.STAFF, own=False), on=TODAY).opens
    assert not WRITING.decide(replace(facts, writer=Writer.OTHER), on=TODAY).opens


@pytest.mark.parametrize(
    ("table", "open_facts"), [(SHARING, giving()), (WRITING, staff())], ids=["give", "write"]
)
def test_each_lock_alone_closes_and_so_does_any_pair(table: Table[Any], open_facts: Any) -> None:
    locks = ("strong_auth", "assignment_active", "profile_covers", "own", "takes_part")
    assert table.decide(open_facts, on=TODAY).opens
    for pair in (*combinations(locks, 1), *combinations(locks, 2)):
        assert not table.decide(replace(open_facts, **dict.fromkeys(pair, False)), on=TODAY).opens
