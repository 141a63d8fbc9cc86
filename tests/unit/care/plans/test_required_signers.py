"""Who must say yes to a plan, and how their answers stand (domain 8.6; rulings 12 and 13)."""

from datetime import date
from uuid import UUID

import pytest

from kring.care.plans import rules
from kring.care.plans.rules.consent import CHILD

TODAY = date(2026, 11, 16)
A, B, C = (UUID(int=n) for n in (1, 2, 3))
SCHOOL, HEALTH = UUID(int=11), UUID(int=12)
PLAN = (SCHOOL, "plan")
TIMES = (HEALTH, "appointment")


@pytest.mark.parametrize(
    ("facts", "signers", "rule"),
    [
        ({"guardians": [A], "adult": False}, {A}, "consent.plan.all_guardians"),
        ({"guardians": [A, B], "adult": False}, {A, B}, "consent.plan.all_guardians"),
        ({"guardians": [A, B, C], "adult": False}, {A, B, C}, "consent.plan.all_guardians"),
        ({"guardians": [], "adult": False}, set(), "consent.plan.nobody_known"),
        ({"guardians": [], "adult": True}, {CHILD}, "consent.plan.adult"),
        ({"guardians": [A, B], "adult": True}, {CHILD}, "consent.plan.adult"),
        # A child judged mature for the question decides itself (ruling 15).
        ({"guardians": [A, B], "adult": False, "mature": True}, {CHILD}, "consent.plan.mature_child"),
        ({"guardians": [], "adult": False, "mature": True}, {CHILD}, "consent.plan.mature_child"),
        ({"guardians": [A], "adult": True, "mature": True}, {CHILD}, "consent.plan.adult"),
    ],
)
def test_a_plan_needs_everyone_with_custody(facts, signers, rule):
    requirement = rules.required_signers(on=TODAY, **facts)
    assert (requirement.signers, requirement.rule) == (frozenset(signers), rule)


def yes(signer, cells=(PLAN,), starts=date(2026, 11, 1), ends=None, withdrawn=False):
    return rules.Answer(signer, "given", starts, ends, withdrawn, frozenset(cells))


def no(signer, starts=date(2026, 11, 1), withdrawn=False):
    return rules.Answer(signer, "refused", starts, None, withdrawn)


def unasked(signer):
    return rules.Answer(signer, "not_asked", date(2026, 11, 1))


BOTH = rules.Requirement("r", frozenset({A, B}))


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
    alone = rules.Requirement("r", frozenset({A}))
    assert rules.standing(alone, [yes(A, starts=starts, ends=ends)], TODAY).is_valid is holds


def test_a_refusal_that_begins_later_is_not_yet_one():
    answers = [yes(A), no(B, starts=date(2026, 12, 1))]
    assert rules.standing(BOTH, answers, TODAY).state == "waiting"


def test_nobody_to_sign_keeps_it_closed():
    nobody = rules.Requirement("r", frozenset())
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
