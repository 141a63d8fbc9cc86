"""Shares of what was promised, held, asked and answered: the year of the row, and the age that day."""

import pytest

from tests.spec.reading import check

OF_DEADLINES = {
    "plan_follow_up_kept": "plan_follow_up",
    "consultation_answered_in_time": "consultation_answer",
    "monitoring_flags_handled": "monitoring_flag",
}
OF_STEPS = {
    "child_at_plan_meeting": ("meeting_with_child", "meeting_without_child", "plan_summons_sent"),
    "consultation_without_referral": ("consultation_solved", "consultation_referred", "consultation_asked"),
    "programme_symptoms_improved": ("symptoms_improved", "symptoms_worse", "programme_completed"),
}
OF_ANSWERS = {
    "child_listened_to": ("child", "listened"),
    "child_understood": ("child", "understood"),
    "guardian_coordination": ("guardian", "coordination"),
}


@pytest.mark.parametrize("slug", OF_DEADLINES)
def test_what_was_kept_of_what_fell_due_this_year(engine, slug):
    kind = OF_DEADLINES[slug]
    other = next(one for one in OF_DEADLINES.values() if one != kind)
    given = f"""
        child
        child
        1

        deadline
        child | day        | kind    | kept
        1     | 2024-01-01 | {kind}  | yes
        1     | 2024-12-31 | {kind}  | no
        1     | 2024-05-01 | {kind}  | yes
        1     | 2023-12-31 | {kind}  | yes
        1     | 2024-05-01 | {other} | no
    """
    check(slug, given, "of | n | x | value\nregion | 3 | 2 | 66.667", engine)


@pytest.mark.parametrize("slug", OF_STEPS)
def test_how_it_ended_of_what_ended_this_year(engine, slug):
    well, less_well, beside = OF_STEPS[slug]
    given = f"""
        child
        child
        1

        step
        child | day        | case | kind
        1     | 2024-02-01 | 1    | {well}
        1     | 2024-03-01 | 2    | {less_well}
        1     | 2024-04-01 | 3    | {less_well}
        1     | 2024-04-01 | 4    | {well}
        1     | 2024-04-01 | 5    | {beside}
        1     | 2025-01-01 | 6    | {well}
    """
    check(slug, given, "of | n | x | value\nregion | 4 | 2 | 50", engine)


@pytest.mark.parametrize("slug", OF_ANSWERS)
def test_the_two_best_answers_of_those_who_answered_themselves(engine, slug):
    by, item = OF_ANSWERS[slug]
    other = {"child": "guardian", "guardian": "child"}[by]
    given = f"""
        child
        child | born
        1     | 2012-05-01
        2     | 2012-05-01

        answer
        child | day        | item   | by      | positive
        1     | 2024-05-02 | {item} | {by}    | yes
        2     | 2024-05-02 | {item} | {by}    | no
        1     | 2024-05-02 | {item} | {other} | yes
        1     | 2024-05-02 | trust  | {by}    | yes
    """
    check(slug, given, "of | n | x\nregion | 2 | 1", engine)


@pytest.mark.parametrize(
    ("born", "counted"), [("2014-05-02", 1), ("2014-05-03", 0), ("2009-05-03", 1), ("2009-05-02", 0)]
)
def test_children_answer_from_ten_until_they_turn_fifteen(engine, born, counted):
    given = f"""
        child
        child | born
        1     | {born}

        answer
        child | day        | item
        1     | 2024-05-02 | listened
    """
    check("child_listened_to", given, f"of | n\nregion | {counted}", engine)
