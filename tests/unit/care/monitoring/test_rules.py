"""How soon an answer is read, and whether a guardian sees it. No database."""

from datetime import date

import pytest

from kring.care.monitoring import rules

MONDAY, FRIDAY = date(2026, 11, 16), date(2026, 11, 20)
SATURDAY = date(2026, 11, 21)
NEXT_MONDAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("face", "sent", "by"),
    [
        ("good", MONDAY, date(2026, 11, 17)),
        ("dont_know", MONDAY, date(2026, 11, 17)),
        ("sad", FRIDAY, NEXT_MONDAY),
        ("great", SATURDAY, NEXT_MONDAY),
        ("awful", MONDAY, MONDAY),
        ("awful", FRIDAY, FRIDAY),
        ("awful", SATURDAY, NEXT_MONDAY),
        ("good", date(2026, 12, 23), date(2026, 12, 28)),
        ("awful", date(2026, 12, 24), date(2026, 12, 28)),
        ("awful", date(2026, 12, 30), date(2026, 12, 30)),
        ("sad", date(2026, 12, 30), date(2027, 1, 4)),
    ],
)
def test_the_worst_is_read_the_same_day_others_the_next_and_always_on_a_working_day(face, sent, by):
    assert rules.read_by(face, sent) == by


def test_before_the_rule_an_answer_is_read_the_same_day():
    assert rules.read_by("good", date(2000, 1, 3)) == date(2000, 1, 3)


@pytest.mark.parametrize(
    ("shown", "young", "shared", "opens", "rule"),
    [
        (True, False, False, True, "8.5.item.shown"),
        (False, False, False, False, "8.5.item.not_guardian"),
        (True, True, False, False, "8.5.item.young"),
        (True, True, True, True, "8.5.item.shown"),
        (False, True, True, False, "8.5.item.not_guardian"),
        (False, True, False, False, "8.5.item.not_guardian"),
    ],
    ids=["young child", "said no for one", "13 and not shared", "13 and shared", "shared but one", "neither"],
)
def test_whether_a_guardian_sees_an_answer(shown, young, shared, opens, rule):
    decision = rules.to_a_guardian(shown=shown, young=young, shared=shared, on=MONDAY)
    assert (decision.opens, decision.rule_id) == (opens, rule)


@pytest.mark.parametrize("code", rules.WORDS)
def test_every_refusal_says_what_to_do(code):
    assert str(rules.Refusal(code)).endswith(".")


KEPT = [
    ("nothing is answered", [], False),
    ("one that guardians see", [(True, True)], False),
    ("one that they do not", [(False, True)], True),
    ("a new one that they do not", [(False, False)], True),
    ("a new one that they do", [(True, False)], False),
    ("old ones of both kinds", [(True, True), (False, True)], False),
    ("a hidden new one beside shown old ones", [(False, False), (True, True), (True, True)], True),
    ("a shown new one beside hidden old ones", [(True, False), (False, True)], False),
    ("new ones of both kinds", [(False, False), (True, False)], False),
]


@pytest.mark.parametrize(("says", "answers", "kept"), KEPT, ids=[one[0] for one in KEPT])
def test_a_reading_of_nothing_but_what_is_kept_is_kept_too(says, answers, kept):
    assert rules.kept_from_guardians(iter(answers)) is kept
