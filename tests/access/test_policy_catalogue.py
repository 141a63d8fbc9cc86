"""What holds for all tables at once: no row untried, dates kept, closed by default, no guardian blocks."""

from dataclasses import fields, replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kring.access.policy.access_log import LOG_FIELDS, LOGGED_ACTS, RETENTIONS
from kring.access.policy.ages import AGE_LIMITS, LEAP_DAY
from kring.access.policy.catalogue import TABLES, rules, sentence
from kring.access.policy.deciding import EMERGENCIES
from kring.access.policy.decision import Facts, Outcome, Reveal, Table
from kring.access.policy.document import as_markdown
from kring.access.policy.doors import DOORS
from kring.access.policy.family import Close, Family, HarmTest
from kring.access.policy.notices import CODE_LIMITS, QUIET_HOURS
from kring.access.policy.other_provider import OTHER_PROVIDER, OtherProvider
from kring.access.policy.parties import PARTIES
from kring.access.policy.protected import STAFF_NAMES
from kring.access.policy.review import rules as review_rules
from kring.access.policy.routes import CLOSED_DOORS
from kring.access.policy.same_provider import SameProvider
from kring.access.policy.sessions import ACTIVE_CHOICE, SESSION_LIMITS
from kring.access.policy.sources import FIRST_DAY
from kring.access.policy.staff import Block, Step
from kring.access.policy.visibility import REVIEW_LIMITS
from kring.access.policy.working_days import rules as days_off_rules
from tests.access import (
    test_policy_across,
    test_policy_blocking,
    test_policy_consents,
    test_policy_deciding,
    test_policy_family,
    test_policy_follow_up,
    test_policy_notices,
    test_policy_other_provider,
    test_policy_placing,
    test_policy_plans,
    test_policy_programme,
    test_policy_protected,
    test_policy_publishing,
    test_policy_recording,
    test_policy_same_provider,
    test_policy_sharing,
    test_policy_social,
    test_policy_visibility,
    test_policy_work,
)
from tests.access.policy_examples import TODAY, Example, facts_of

EXAMPLES: tuple[Example, ...] = (
    *test_policy_same_provider.EXAMPLES,
    *test_policy_other_provider.EXAMPLES,
    *test_policy_family.EXAMPLES,
    *test_policy_protected.EXAMPLES,
    *test_policy_recording.EXAMPLES,
    *test_policy_plans.EXAMPLES,
    *test_policy_work.EXAMPLES,
    *test_policy_notices.EXAMPLES,
    *test_policy_notices.CODES,
    *test_policy_notices.UNREACHED,
    *test_policy_blocking.EXAMPLES,
    *test_policy_consents.EXAMPLES,
    *test_policy_deciding.EXAMPLES,
    *test_policy_visibility.EXAMPLES,
    *test_policy_sharing.EXAMPLES,
    *test_policy_programme.EXAMPLES,
    *test_policy_follow_up.EXAMPLES,
    *test_policy_publishing.EXAMPLES,
    *test_policy_placing.EXAMPLES,
    *test_policy_across.EXAMPLES,
    *test_policy_social.EXAMPLES,
)
UNREACHABLE = {
    "8.5.none": "every person close to the child is named by a row",
    "8.8.staff_closed": "a person is either protected or not; only an unknown falls here, tested by itself",
    "8.5.item.none": "the last row shows what nothing withholds; only an unknown falls here",
    "sharing.none": "the signatures are there or they are not; only an unknown falls here",
    "8.6.place.none": "what no row refuses is an act that one of them allows",
    "machine.none": "the requirements and the two rows name every case",
}
ALL = pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)


ANYTHING = st.sampled_from(TABLES).flatmap(lambda table: st.tuples(st.just(table), facts_of(table)))
DAYS = st.dates(date(2000, 1, 1), date(2060, 12, 31))


@ALL
def test_every_rule_of_the_table_is_exercised(table: Table[Any]) -> None:
    answered = {example.answer.rule_id for example in EXAMPLES if isinstance(example.facts, table.facts)}
    everything = {rule.id for rule in table.rules()}
    assert everything - answered == everything & set(UNREACHABLE)


def test_rule_ids_are_unique_short_and_said_in_swedish() -> None:
    told = [rule for table in TABLES for rule in table.rules()]
    told += [party.rule for party in PARTIES.values()] + [LEAP_DAY] + [limit.rule for limit in AGE_LIMITS]
    told += [
        one.rule
        for one in (*LOGGED_ACTS, *LOG_FIELDS, *RETENTIONS, *SESSION_LIMITS, *QUIET_HOURS, *CODE_LIMITS)
    ]
    told += [*DOORS, *CLOSED_DOORS, ACTIVE_CHOICE.rule, *EMERGENCIES, *review_rules(), *days_off_rules()]
    told += [limit.rule for limit in REVIEW_LIMITS]
    assert {rule.id for rule in told} == set(rules())
    assert len(set(told)) == len(rules())
    for rule in told:
        assert len(rule.id) <= 40, rule.id
        assert rule.says.endswith("."), rule.id
        assert rule.source, rule.id


AWAITS_A_LAWYER = {1, 5, 6, 8, 11, 13, 14, 19}
"""The rulings that a lawyer or the controller must approve before real use."""


@ALL
def test_what_opens_by_a_ruling_that_awaits_a_lawyer_says_so(table: Table[Any]) -> None:
    sources = {f"Kring, ställningstagande {number}" for number in AWAITS_A_LAWYER}
    opening = [row.rule for row in table.rows if row.outcome is not Outcome.DENY]
    assert not [rule.id for rule in opening if rule.source in sources and not rule.needs_sign_off]


def test_a_rule_can_be_said_to_the_one_it_concerns() -> None:
    assert sentence("8.2.3") == "Spärrade uppgifter visas inte, bara att de finns."
    assert sentence("gone") == "gone"


@given(ANYTHING, DAYS)
def test_an_answer_always_carries_a_rule_of_its_table(asked: tuple[Table[Any], Facts], day: date) -> None:
    table, facts = asked
    answer = table.decide(facts, on=day)
    assert answer.rule_id in {rule.id for rule in table.rules()}
    assert not answer.opens or rules()[answer.rule_id].in_force(day)


@given(ANYTHING, st.dates(date(2000, 1, 1), FIRST_DAY - timedelta(days=1)))
def test_before_the_first_day_everything_is_refused_by_default(
    asked: tuple[Table[Any], Facts], day: date
) -> None:
    table, facts = asked
    answer = table.decide(facts, on=day)
    assert (answer.outcome, answer.rule_id, answer.reveal) == (Outcome.DENY, table.default.id, Reveal.NOTHING)


@ALL
def test_a_table_without_rows_refuses(table: Table[Any]) -> None:
    assert not replace(table, rows=()).decide(table.facts(), on=TODAY).opens


@pytest.mark.parametrize("example", [one for one in EXAMPLES if one.answer.opens], ids=str)
def test_a_yes_ends_with_its_rule(example: Example) -> None:
    """The day after a rule has ended, no case it opened is opened by it."""
    table = next(one for one in TABLES if isinstance(example.facts, one.facts))
    ended = tuple(
        replace(row, rule=replace(row.rule, valid_to=TODAY - timedelta(days=1)))
        if row.rule.id == example.answer.rule_id
        else row
        for row in table.rows
    )
    assert replace(table, rows=ended).decide(example.facts, on=TODAY).rule_id != example.answer.rule_id


@given(ANYTHING, st.data())
def test_what_is_unknown_never_opens(asked: tuple[Table[Any], Any], data: st.DataObject) -> None:
    table, facts = asked
    unknown = data.draw(st.sampled_from([field.name for field in fields(facts)]))
    assert not table.decide(replace(facts, **{unknown: None}), on=TODAY).opens


@ALL
def test_the_defaults_of_the_facts_are_closed(table: Table[Any]) -> None:
    answer = table.decide(table.facts(), on=TODAY)
    if table is STAFF_NAMES:  # the closed answer to a name is the role
        assert answer.outcome is Outcome.MASKED
    else:
        assert answer.outcome is Outcome.DENY


# What must hold whatever the facts are


@given(facts_of(OTHER_PROVIDER))
def test_no_facts_open_what_another_provider_has_blocked(facts: OtherProvider) -> None:
    answer = OTHER_PROVIDER.decide(replace(facts, block=Block.OUTER), on=TODAY)
    assert not answer.opens or facts.step in {Step.REVEAL, Step.REQUEST_LIFT}


@given(facts_of(OTHER_PROVIDER))
def test_the_provider_is_named_only_in_a_reasoned_emergency(facts: OtherProvider) -> None:
    answer = OTHER_PROVIDER.decide(facts, on=TODAY)
    if answer.reveal is Reveal.WHICH_PROVIDER:
        assert facts.danger
        assert facts.indispensable
        assert facts.reason
        assert facts.step in {Step.REVEAL, Step.OPEN}


@given(facts_of(OTHER_PROVIDER))
def test_consent_widens_nothing_beyond_the_rows(facts: OtherProvider) -> None:
    """3:7: without a relation, an information to the patient or a connection, no answer opens content."""
    for lock in ("both_connected", "patient_informed", "strong_auth", "assignment_active"):
        assert not OTHER_PROVIDER.decide(replace(facts, **{lock: False}), on=TODAY).opens
    without = OTHER_PROVIDER.decide(replace(facts, relation=False), on=TODAY)
    assert not without.opens or facts.step in {Step.REVEAL, Step.REQUEST_LIFT}


@given(st.sampled_from([SameProvider, OtherProvider]))
def test_a_guardian_has_no_word_in_blocks_or_in_what_staff_read(kind: type[Facts]) -> None:
    assert not [name for name in kind.admissible() if "guardian" in name or "custody" in name]


@given(facts_of(next(table for table in TABLES if table.facts is Family)))
def test_an_older_or_protected_child_is_closed_to_every_guardian(facts: Family) -> None:
    table = next(one for one in TABLES if one.facts is Family)
    for change in ({"adult": True}, {"child_protected": True}, {"custody": False}):
        guardian = replace(facts, who=Close.GUARDIAN, **change)
        assert not table.decide(guardian, on=TODAY).opens
    chosen = {"extended_access": False, "shared_by_the_young": False, "harm_test": HarmTest.NOT_DONE}
    older = replace(facts, who=Close.GUARDIAN, under_guardian_limit=False, **chosen)
    assert not table.decide(older, on=TODAY).opens


@given(facts_of(next(table for table in TABLES if table.facts is Family)))
def test_who_is_no_guardian_opens_nothing_and_learns_nothing(facts: Family) -> None:
    table = next(one for one in TABLES if one.facts is Family)
    answer = table.decide(replace(facts, who=Close.NOT_GUARDIAN), on=TODAY)
    assert (answer.opens, answer.reveal) == (False, Reveal.NOTHING)


def test_the_page_for_lawyers_is_the_tables() -> None:
    page = Path(__file__).parents[2] / "docs" / "access.md"
    assert page.read_text(encoding="utf-8") == as_markdown()


def test_the_page_names_every_rule_that_waits_for_approval() -> None:
    waiting = [rule.id for rule in rules().values() if rule.needs_sign_off]
    first_part = as_markdown().split("## Roller")[0]
    assert waiting
    assert all(f"`{rule_id}`" in first_part for rule_id in waiting)
