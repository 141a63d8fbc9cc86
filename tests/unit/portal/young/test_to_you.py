"""The rules of the tables in words to the young person itself."""

import pytest

from kring.access.policy.catalogue import rules, sentence
from kring.access.policy.family import FAMILY
from kring.access.policy.parties import PARTIES
from kring.portal.young.presenters.others import CHOOSE_BEFORE_OTHERS, OWN_CHILDREN, OWN_LISTS, UNSAID
from kring.portal.young.presenters.to_you import TO_YOU, to_you

ELSEWHERE = {
    "8.5.login",
    "8.5.not_guardian",
    "8.5.harm",
    "8.5.paper",
    "8.5.paper.test",
    "8.5.oral",
    "8.5.oral.test",
    "8.5.guardian.pages",
    "8.5.guardian.record",
    "8.5.child.e_services",
    "8.5.child.own_pages",
    "8.5.child.own_only",
}
"""Rules of 8.5 that no page of 13 to 17 gives as its reason: other ways in, and those younger."""


def test_whatever_a_guardian_s_cell_can_say_is_said_to_the_young_person():
    asked = {row.rule.id for row in FAMILY.rows} - ELSEWHERE - UNSAID
    assert asked <= TO_YOU.keys()
    assert {CHOOSE_BEFORE_OTHERS, OWN_CHILDREN, OWN_LISTS} <= TO_YOU.keys()


def test_whoever_is_outside_care_is_named_so():
    outside = {party.rule.id for party in PARTIES.values() if not party.care_provider}
    assert outside and all("hör inte till vården" in to_you(rule) for rule in outside)


@pytest.mark.parametrize("rule", sorted(TO_YOU))
def test_they_are_rules_and_speak_to_one_person(rule):
    assert rule in rules(), "no table has this rule any more"
    said = to_you(rule)
    assert said != sentence(rule) and len(said) <= 90
    for word in ("den unga", "barnet", "vårdnadshavaren", "åldersgräns", "utlämnande", "ogiltig"):
        assert word not in said.lower()


def test_a_rule_without_such_words_is_told_in_the_table_s_own():
    assert to_you("8.1.region") == sentence("8.1.region")
