"""How many come within a limit: of all who wait, also those whose wait is cut off before they came."""

from datetime import date

import pytest

from tests.spec.reading import check

WAYS = {
    "child_psychiatry_assessment": ("bup", "assessment_decided", "assessment_started", 30),
    "first_line_assessment": ("first_line", "first_contact", "first_visit_done", 3),
    "plan_summons_in_time": ("sip", "plan_need_noted", "plan_summons_sent", 3),
    "plan_meeting_in_time": ("sip", "plan_need_noted", "meeting_without_child", 21),
    "placed_children_examined": ("placement", "placed", "health_examined", 30),
    "programme_completed": ("programme", "programme_started", "programme_completed", 180),
}
OTHER = {
    "child_psychiatry_assessment": "first_intervention_started",
    "plan_meeting_in_time": "meeting_with_child",
}


def day(number: int) -> date:
    return date.fromordinal(date(2024, 3, 1).toordinal() + number)


def rows(process: str, *steps: tuple[int, int, str]) -> str:
    lines = [f"{child} | {day(number)} | {child} | {process} | {kind}" for child, number, kind in steps]
    return "step\nchild | day | case | process | kind\n" + "\n".join(lines)


@pytest.mark.parametrize("slug", WAYS)
def test_on_the_last_day_and_the_day_after(engine, slug):
    process, begins, ends, limit = WAYS[slug]
    steps = rows(
        process, (1, 0, begins), (1, limit, OTHER.get(slug, ends)), (2, 0, begins), (2, limit + 1, ends)
    )
    told = "of | n | x | value | within_limit_of_those_who_came | did_not_come\nregion | 2 | 1 | 50 | 50 | 0"
    check(slug, "child\nchild\n1\n2\n\n" + steps, told, engine)


@pytest.mark.parametrize("slug", WAYS)
def test_who_is_no_longer_seen_is_counted_for_as_long_as_it_was(engine, slug):
    """1 comes on the second day, 2 moves out on the third, 3 comes on the last day of the limit: of the two
    left at risk on it half come, so two thirds times a half still wait after it.
    """
    process, begins, ends, limit = WAYS[slug]
    homes = f"residence\nchild | municipality | first | last\n2 | 1480 | 2010-01-01 | {day(2)}"
    steps = rows(
        process, (1, 0, begins), (1, 1, ends), (2, 0, begins), (3, 0, begins), (3, limit, ends),
        (4, 0, begins), (4, limit + 20, ends),
    )  # fmt: skip
    given = f"child\nchild\n1\n2\n3\n4\n\n{homes}\n\n{steps}"
    told = "of | n | x | value | did_not_come\nregion | 4 | 2 | 62.5 | 1"
    check(slug, given, told, engine)


def test_another_process_neither_begins_nor_ends_it(engine):
    steps = rows("ndd", (1, 0, "assessment_decided"), (1, 3, "assessment_started"))
    check("child_psychiatry_assessment", "child\nchild\n1\n\n" + steps, "of | n\nregion | 0", engine)


def test_nothing_is_told_when_nobody_was_seen_so_long(engine):
    steps = rows("bup", (1, 0, "assessment_decided"))
    check(
        "child_psychiatry_assessment", "child\nchild\n1\n\n" + steps,
        "of | n | x | value\nregion | 1 | 0 | -", engine, until=day(10),
    )  # fmt: skip


def test_nobody_yet_on_the_last_day_of_the_limit_is_nought(engine):
    steps = rows("bup", (1, 0, "assessment_decided"), (1, 60, "assessment_started"))
    told = "of | n | x | value | lower\nregion | 1 | 0 | 0 | -"
    check("child_psychiatry_assessment", "child\nchild\n1\n\n" + steps, told, engine)


@pytest.mark.parametrize(
    ("slug", "limit"),
    [("still_waiting_60_child_psychiatry", 60), ("still_waiting_90_child_psychiatry", 90)],
)
def test_waiting_longer_than_the_limit_at_the_end_of_the_year(engine, slug, limit):
    def before_new_year(number: int) -> date:
        return date.fromordinal(date(2024, 12, 31).toordinal() - number)

    given = f"""
        child
        child
        1
        2

        step
        child | day                          | process | kind
        1     | {before_new_year(limit)}     | bup     | referral_sent
        2     | {before_new_year(limit + 1)} | bup     | referral_sent
    """
    check(slug, given, "of | n | x\nregion | 2 | 1", engine)


class TestReadmission:
    def test_a_later_day_within_thirty_and_unplanned(self, engine):
        """1: the same day. 2: the day after. 3: after 30. 4: after 31. 5: planned. 6: cancer first."""
        given = """
            child
            child
            1
            2
            3
            4
            5
            6

            hospital
            child | day        | kind       | planned | reason
            1     | 2024-03-01 | discharged | no      | other
            1     | 2024-03-01 | admitted   | no      | other
            2     | 2024-03-01 | discharged | yes     | other
            2     | 2024-03-02 | admitted   | no      | cancer
            3     | 2024-03-01 | discharged | no      | other
            3     | 2024-03-31 | admitted   | no      | other
            4     | 2024-03-01 | discharged | no      | other
            4     | 2024-04-01 | admitted   | no      | other
            5     | 2024-03-01 | discharged | no      | other
            5     | 2024-03-02 | admitted   | yes     | other
            6     | 2024-03-01 | discharged | no      | cancer
            6     | 2024-03-02 | admitted   | no      | other
        """
        check("readmissions", given, "of | n | x | value\nregion | 5 | 2 | 40", engine)

    def test_each_discharge_by_itself_and_into_the_next_year(self, engine):
        given = """
            child
            child
            1

            hospital
            child | day        | kind
            1     | 2024-12-10 | discharged
            1     | 2024-12-20 | discharged
            1     | 2025-01-15 | admitted
        """
        check("readmissions", given, "of | n | x\nregion | 2 | 1", engine)
