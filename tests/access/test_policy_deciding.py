"""Who decides about a guardian's access, maturity and the restricted group, row by row."""

from dataclasses import replace
from datetime import timedelta

import pytest

from kring.access.policy.deciding import (
    EMERGENCY_LASTS,
    GROUP,
    GUARDIAN_ACCESS,
    MATURITY,
    AccessAct,
    Group,
    GuardianAccess,
    Maturity,
    Question,
)
from kring.access.policy.decision import Need, Reveal
from tests.access.policy_examples import TODAY as HOLDS
from tests.access.policy_examples import Example, allowed, refused, unnoticed

NOTHING = Reveal.NOTHING
HEAD = GuardianAccess(
    strong_auth=True, assignment_active=True, unit_head=True, custody=True, reason=True,
    act=AccessAct.BLOCK,
)  # fmt: skip
KEEP = replace(HEAD, act=AccessAct.KEEP, other_protected=True)
EXTEND = replace(HEAD, act=AccessAct.EXTEND, of_age=True, agreed=True, ends_in_time=True)
END = replace(HEAD, act=AccessAct.END, own=True, custody=False, reason=False)
TREATS = Maturity(
    question=Question.BLOCK,
    strong_auth=True,
    assignment_active=True,
    takes_part=True,
    treats=True,
    grounds=True,
)
RECORD = replace(TREATS, question=Question.RECORD, treats=False, unit_head=True, has_turned_13=True)
LEADS = Group(strong_auth=True, assignment_active=True, unit_head=True, takes_part=True, reason=True)

GUARDIAN_EXAMPLES = (
    allowed("the head blocks, with a reason", HEAD, "8.5.decide.block"),
    refused("a weak log-in", replace(HEAD, strong_auth=False), "staff.login"),
    refused("an assignment that has ended", replace(HEAD, assignment_active=False), "staff.assignment"),
    refused("a psychologist who is no head", replace(HEAD, unit_head=False), "8.5.decide.head"),
    refused("about somebody without custody", replace(HEAD, custody=False), "8.5.decide.custody"),
    refused(
        "without a reason", replace(HEAD, reason=False), "8.5.decide.reason", NOTHING, Need.WRITTEN_REASON
    ),
    allowed("a guardian keeps the access beside a protected one", KEEP, "8.5.decide.keep"),
    refused("nobody is protected: nothing to keep", replace(KEEP, other_protected=False), "8.5.decide.none"),
    allowed("agreed with the young, until the day before 16", EXTEND, "8.5.decide.extend"),
    refused(
        "the young has not agreed", replace(EXTEND, agreed=False), "8.5.decide.agreed", NOTHING, Need.CONSENT
    ),
    refused("a child of 12, or a young of 16", replace(EXTEND, of_age=False), "8.5.decide.none"),
    refused("an end after the 16th birthday", replace(EXTEND, ends_in_time=False), "8.5.decide.none"),
    allowed("the own unit ends its decision", END, "8.5.decide.end"),
    refused("another unit's decision", replace(END, own=False), "8.5.decide.custody"),
    refused("another unit's, though custody", replace(HEAD, act=AccessAct.END), "8.5.decide.none"),
    refused("an end needs the head too", replace(END, unit_head=False), "8.5.decide.head"),
    refused(
        "what may be kept is not thereby extended",
        replace(EXTEND, other_protected=True, ends_in_time=False),
        "8.5.decide.none",
    ),
    refused(
        "what may be extended is not thereby kept",
        replace(EXTEND, act=AccessAct.KEEP),
        "8.5.decide.none",
    ),
    allowed("blocked though the child is asked nothing", replace(HEAD, own=True), "8.5.decide.block"),
)
MATURITY_EXAMPLES = (
    allowed("whoever treats judges for a block", TREATS, "8.5.maturity.treats"),
    allowed("and for consent", replace(TREATS, question=Question.CONSENT), "8.5.maturity.treats"),
    refused("not for the record", replace(TREATS, question=Question.RECORD), "8.5.maturity.none"),
    refused("a coordinator does not treat", replace(TREATS, treats=False), "8.5.maturity.none"),
    refused("a weak log-in", replace(TREATS, strong_auth=False), "staff.login"),
    refused("an assignment that has ended", replace(TREATS, assignment_active=False), "staff.assignment"),
    refused("who takes no part", replace(TREATS, takes_part=False), "8.5.maturity.part"),
    refused(
        "without grounds",
        replace(TREATS, grounds=False),
        "8.5.maturity.grounds",
        NOTHING,
        Need.WRITTEN_REASON,
    ),
    allowed("the head decides about the record from 13", RECORD, "8.5.maturity.record"),
    refused("not before 13", replace(RECORD, has_turned_13=False), "8.5.maturity.none"),
    refused("not whoever treats", replace(RECORD, unit_head=False, treats=True), "8.5.maturity.none"),
    refused(
        "the head does not judge for a block", replace(RECORD, question=Question.BLOCK), "8.5.maturity.none"
    ),
)
GROUP_EXAMPLES = (
    allowed("the head adds a colleague", LEADS, "8.8.group.head"),
    refused("a weak log-in", replace(LEADS, strong_auth=False), "staff.login"),
    refused("an assignment that has ended", replace(LEADS, assignment_active=False), "staff.assignment"),
    refused("a unit that does not meet the child", replace(LEADS, takes_part=False), "8.8.group.part"),
    refused("somebody else than the head", replace(LEADS, unit_head=False), "8.8.group.none"),
    refused("without a reason", replace(LEADS, reason=False), "8.8.group.none"),
)
EXAMPLES: tuple[Example, ...] = (*GUARDIAN_EXAMPLES, *MATURITY_EXAMPLES, *GROUP_EXAMPLES)
TABLES = (
    (GUARDIAN_ACCESS, GUARDIAN_EXAMPLES),
    (MATURITY, MATURITY_EXAMPLES),
    (GROUP, GROUP_EXAMPLES),
)


@pytest.mark.parametrize("example", EXAMPLES, ids=str)
def test_the_tables_answer_as_the_examples_say(example):
    table = next(one for one, _ in TABLES if isinstance(example.facts, one.facts))
    assert table.decide(example.facts, on=HOLDS) == example.answer


@pytest.mark.parametrize(("table", "examples"), TABLES, ids=lambda one: getattr(one, "name", ""))
def test_no_change_to_a_table_would_go_unnoticed(table, examples):
    assert unnoticed(table, examples) == []


def test_an_emergency_lasts_an_hour_and_a_lawyer_is_to_say_so():
    assert EMERGENCY_LASTS.lasts == timedelta(minutes=60)
    assert EMERGENCY_LASTS.rule.needs_sign_off


@pytest.mark.parametrize("fact", ["custody", "agreed", "other_protected", "of_age", "ends_in_time"])
def test_nobody_but_a_unit_head_closes_or_opens_a_guardians_access(fact):
    for act in AccessAct:
        facts = replace(EXTEND, act=act, own=True, other_protected=True, unit_head=False)
        assert not GUARDIAN_ACCESS.decide(replace(facts, **{fact: True}), on=HOLDS).opens
