"""Who must say yes to a plan, and how their answers stand (domain 8.6; rulings 12 and 13)."""

from datetime import date
from uuid import UUID

import pytest

from kring.access.policy.answers import CHILD
from kring.access.policy.consents import SIGNATURES, Decider, Matter
from kring.care.plans import rules

TODAY = date(2026, 11, 16)
A, B, C = (UUID(int=n) for n in (1, 2, 3))
SCHOOL, HEALTH = UUID(int=11), UUID(int=12)
PLAN = (SCHOOL, "plan")
TIMES = (HEALTH, "appointment")


ALL = [A, B]


@pytest.mark.parametrize(
    ("facts", "signers", "decides"),
    [
        ({"guardians": [A], "adult": False}, {A}, Decider.GUARDIANS),
        ({"guardians": ALL, "adult": False}, {A, B}, Decider.GUARDIANS),
        ({"guardians": [A, B, C], "adult": False}, {A, B, C}, Decider.GUARDIANS),
        ({"guardians": [], "adult": False}, set(), Decider.NOBODY),
        ({"guardians": [], "adult": True}, {CHILD}, Decider.CHILD),
        ({"guardians": ALL, "adult": True}, {CHILD}, Decider.CHILD),
        # A child judged mature for the question decides itself (ruling 15).
        ({"guardians": ALL, "adult": False, "mature": True}, {CHILD}, Decider.CHILD),
        ({"guardians": [], "adult": False, "mature": True}, {CHILD}, Decider.CHILD),
        ({"guardians": [A], "adult": True, "mature": True}, {CHILD}, Decider.CHILD),
        # Placed by order: the board's decision says who, so nobody's answer here is enough (ruling 14).
        ({"guardians": ALL, "adult": False, "placed_by_order": True}, set(), Decider.BOARD),
        ({"guardians": [], "adult": False, "placed_by_order": True}, set(), Decider.BOARD),
        # Also a placed child that is mature for the question decides itself.
        ({"guardians": ALL, "adult": False, "mature": True, "placed_by_order": True}, {CHILD}, Decider.CHILD),
    ],
)
def test_whose_yes_is_asked_for(facts, signers, decides):
    requirement = rules.required_signers(**facts)
    assert (requirement.signers, requirement.decider) == (frozenset(signers), decides)
    assert requirement.matter is Matter.SIGNIFICANT


def yes(signer, cells=(PLAN,), starts=date(2026, 11, 1), ends=None, withdrawn=False):
    return rules.Answer(signer, "given", starts, ends, withdrawn, frozenset(cells))


def no(signer, starts=date(2026, 11, 1), withdrawn=False):
    return rules.Answer(signer, "refused", starts, None, withdrawn)


def unasked(signer):
    return rules.Answer(signer, "not_asked", date(2026, 11, 1))


BOTH = rules.Requirement(Decider.GUARDIANS, frozenset({A, B}))


@pytest.mark.parametrize(
    ("answers", "state", "missing"),
    [
        ([], "waiting", {A, B}),
        ([yes(A)], "waiting", {B}),
        ([yes(B)], "waiting", {A}),
        ([yes(A), yes(B)], "valid", set()),
        ([yes(A), unasked(B)], "waiting", {B}),
        ([yes(A), no(B)], "conflict", set()),
        ([no(A), no(B)], "conflict", set()),
        # A refusal taken back is no refusal, and no yes either.
        ([yes(A), no(B, withdrawn=True)], "waiting", {B}),
        ([yes(A), yes(B, withdrawn=True)], "waiting", {B}),
        # The latest answer of each counts.
        ([no(A), yes(A), yes(B)], "valid", set()),
        ([yes(A), yes(B), no(A)], "conflict", set()),
        # A stranger's yes adds nothing.
        ([yes(A), yes(C)], "waiting", {B}),
        # The child's own no is heard also where the guardians sign.
        ([yes(A), yes(B), no(CHILD)], "conflict", set()),
        ([yes(A), yes(B), yes(CHILD)], "valid", set()),
        ([yes(CHILD)], "waiting", {A, B}),
    ],
)
def test_answers_of_two_guardians(answers, state, missing):
    found = rules.standing(BOTH, answers, TODAY)
    assert (found.state, found.missing) == (state, frozenset(missing))
    assert found.is_valid == (state == "valid")


@pytest.mark.parametrize(
    ("starts", "ends", "holds"),
    [
        (TODAY, None, True),
        (TODAY, TODAY, True),
        (date(2026, 11, 15), date(2026, 11, 15), False),
        (date(2026, 11, 17), None, False),
        (date(2026, 1, 1), date(2026, 12, 31), True),
    ],
)
def test_first_and_last_day_count(starts, ends, holds):
    alone = rules.Requirement(Decider.GUARDIANS, frozenset({A}))
    assert rules.standing(alone, [yes(A, starts=starts, ends=ends)], TODAY).is_valid is holds


def test_a_refusal_that_begins_later_is_not_yet_one():
    answers = [yes(A), no(B, starts=date(2026, 12, 1))]
    assert rules.standing(BOTH, answers, TODAY).state == "waiting"


def test_nobody_to_sign_keeps_it_closed():
    nobody = rules.Requirement(Decider.NOBODY, frozenset())
    assert rules.standing(nobody, [yes(A)], TODAY).state == "no_signer"
    assert rules.open_cells(nobody, [yes(A)], TODAY) == frozenset()


@pytest.mark.parametrize(
    ("ends", "last"),
    [
        ((None, None), None),
        ((date(2027, 6, 30), None), date(2027, 6, 30)),
        ((date(2027, 6, 30), date(2027, 1, 31)), date(2027, 1, 31)),
    ],
)
def test_it_holds_through_the_earliest_last_day(ends, last):
    answers = [yes(A, ends=ends[0]), yes(B, ends=ends[1])]
    assert rules.standing(BOTH, answers, TODAY).last_day == last


@pytest.mark.parametrize(
    ("answers", "cells"),
    [
        ([yes(A, [PLAN, TIMES]), yes(B, [PLAN])], {PLAN}),
        ([yes(A, [PLAN, TIMES]), yes(B, [TIMES, PLAN])], {PLAN, TIMES}),
        ([yes(A, [PLAN]), yes(B, [TIMES])], set()),
        ([yes(A, [PLAN])], set()),
        ([yes(A, [PLAN]), no(B)], set()),
        ([yes(A, [PLAN]), yes(B, [PLAN], withdrawn=True)], set()),
        ([yes(A, [PLAN]), yes(B, [PLAN]), yes(B, [TIMES])], set()),
    ],
)
def test_only_what_everyone_said_yes_to_opens(answers, cells):
    assert rules.open_cells(BOTH, answers, TODAY) == frozenset(cells)


def test_the_child_s_cells_do_not_count_where_guardians_sign():
    answers = [yes(A), yes(B), yes(CHILD, [TIMES])]
    assert rules.open_cells(BOTH, answers, TODAY) == frozenset({PLAN})


EVERYDAY = rules.Requirement(Decider.GUARDIANS, frozenset({A, B}), Matter.EVERYDAY)


@pytest.mark.parametrize(
    ("requirement", "answers", "state", "rule"),
    [
        (BOTH, [yes(A), yes(B)], "valid", "8.6.both"),
        (BOTH, [yes(A)], "waiting", "8.6.one_of_two"),
        (BOTH, [], "waiting", "8.6.nobody"),
        (BOTH, [yes(A), no(B)], "conflict", "8.6.conflict"),
        (EVERYDAY, [yes(A)], "valid", "8.6.everyday"),
        (EVERYDAY, [yes(A), no(B)], "conflict", "8.6.conflict"),
        (EVERYDAY, [], "waiting", "8.6.nobody"),
        (rules.Requirement(Decider.CHILD, frozenset({CHILD})), [yes(CHILD)], "valid", "8.6.signatures.child"),
        (rules.Requirement(Decider.CHILD, frozenset({CHILD})), [yes(A)], "waiting", "8.6.nobody"),
        (rules.Requirement(Decider.BOARD, frozenset()), [yes(A), yes(B)], "board", "8.6.signatures.board"),
        (rules.Requirement(Decider.BOARD, frozenset()), [no(A)], "board", "8.6.signatures.board"),
        (rules.Requirement(Decider.NOBODY, frozenset()), [], "no_signer", "8.6.nobody"),
    ],
)
def test_the_rule_is_the_law_s_own(requirement, answers, state, rule):
    found = rules.standing(requirement, answers, TODAY)
    assert (found.state, found.rule) == (state, rule)
    assert rule in {row.rule.id for row in SIGNATURES.rows}


def test_in_an_everyday_matter_each_yes_opens_its_own_cells():
    answers = [yes(A, [PLAN]), yes(B, [TIMES])]
    assert rules.open_cells(EVERYDAY, answers, TODAY) == {PLAN, TIMES}
    assert rules.open_cells(EVERYDAY, [yes(A, [PLAN]), no(B)], TODAY) == frozenset()
