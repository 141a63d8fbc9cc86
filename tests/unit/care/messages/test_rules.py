"""How soon an answer is promised, and who of the family sees a thread: tables and properties."""

from datetime import date
from itertools import product

import pytest

from kring.access.policy.extract import ExtractReader
from kring.access.policy.visibility import FamilyReader, Visibility
from kring.care.messages import rules
from kring.log_review.rules.hidden import touches_hidden

MONDAY = date(2026, 11, 16)
CHILD, GUARDIAN = FamilyReader.CHILD, FamilyReader.GUARDIAN


def test_a_unit_that_has_set_nothing_answers_within_two_weekdays():
    assert rules.house_time(MONDAY) == 2
    assert rules.house_time(date(2022, 12, 31)) == 0
    assert all(rule.needs_sign_off and rule.says for _days, rule in rules.HOUSE_TIME)


SEEN = [
    # reader, mine, a guardian's, chosen, sees, by which rule
    (GUARDIAN, True, True, Visibility.CARE_ONLY, True, "8.5.item.shown"),
    (GUARDIAN, True, True, Visibility.ALL, True, "8.5.item.shown"),
    (GUARDIAN, False, True, Visibility.CARE_ONLY, False, "8.5.item.care_only"),
    (GUARDIAN, False, True, Visibility.DEFAULT, False, "8.5.item.third_person"),
    (GUARDIAN, False, True, Visibility.ALL, True, "8.5.item.all"),
    (GUARDIAN, False, False, Visibility.DEFAULT, True, "8.5.item.shown"),
    (GUARDIAN, False, False, Visibility.NOT_GUARDIAN, False, "8.5.item.not_guardian"),
    (CHILD, True, False, Visibility.DEFAULT, True, "8.5.item.shown"),
    (CHILD, True, False, Visibility.NOT_GUARDIAN, True, "8.5.item.shown"),
    (CHILD, False, True, Visibility.CARE_ONLY, False, "8.5.item.care_only"),
    (CHILD, False, True, Visibility.ALL, True, "8.5.item.all"),
]


@pytest.mark.parametrize(("reader", "mine", "of_guardian", "chosen", "sees", "rule"), SEEN)
def test_who_of_the_family_sees_a_thread(reader, mine, of_guardian, chosen, sees, rule):
    found = rules.to_family(reader, mine=mine, of_guardian=of_guardian, visibility=chosen, on=MONDAY)
    assert (found.opens, found.rule_id) == (sees, rule)


@pytest.mark.parametrize(
    ("reader", "of_guardian", "chosen"), list(product(FamilyReader, (True, False), Visibility))
)
def test_whoever_began_a_thread_always_sees_it(reader, of_guardian, chosen):
    assert rules.to_family(reader, mine=True, of_guardian=of_guardian, visibility=chosen, on=MONDAY).opens


@pytest.mark.parametrize("guardian", [True, False])
def test_the_first_choice_is_the_closest(guardian):
    first, *others = rules.choices_of(guardian=guardian)
    of = {"mine": False, "of_guardian": guardian, "on": MONDAY}
    assert others
    if guardian:
        assert not any(rules.to_family(reader, visibility=first, **of).opens for reader in FamilyReader)
        assert all(rules.to_family(GUARDIAN, visibility=one, **of).opens for one in others)
    else:
        assert first is Visibility.DEFAULT


@pytest.mark.parametrize("chosen", Visibility)
def test_what_is_kept_from_the_family_is_not_told_of_in_the_extract(chosen):
    """`is_kept` and the table of the extract agree with the choice itself, for another guardian."""
    kept = rules.is_kept(chosen)
    told = rules.told_as("read", kept=kept)
    assert touches_hidden(told, "", ExtractReader.GUARDIAN) == kept
    assert touches_hidden(told, "", ExtractReader.CHILD) == kept
    if chosen in (*rules.BY_GUARDIAN, *rules.BY_CHILD):
        of_guardian = chosen in rules.BY_GUARDIAN
        sees = rules.to_family(GUARDIAN, mine=False, of_guardian=of_guardian, visibility=chosen, on=MONDAY)
        assert kept != sees.opens


FORBIDDEN = ("ogiltig", "felaktig", "vänligen", "tyvärr", "oops")


@pytest.mark.parametrize("code", rules.WORDS)
def test_every_refusal_says_in_swedish_what_to_do(code):
    values = {"most": "80", "now": "81"}
    refused = rules.Refusal(code, **values)
    assert refused.message.endswith(".") and "%(" not in refused.message
    assert not any(word in refused.message.lower() for word in FORBIDDEN)
    assert refused.field == rules.WORDS[code][0]
