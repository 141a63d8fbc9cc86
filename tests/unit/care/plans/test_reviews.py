"""What is withheld from the family is looked at again: its day, the task, and the page that leads there."""

from datetime import date, timedelta

import pytest

from kring.access import gate
from kring.access.policy.visibility import REVIEW_LIMITS, review_by
from kring.care.plans import commands, queries
from kring.care.plans.rules import Refusal
from kring.care.plans.rules.shown import review_day
from kring.timeline.models import Task
from tests.told import once

TODAY, LATEST = date(2026, 11, 16), date(2027, 5, 15)


@pytest.mark.parametrize(
    ("chosen", "withheld", "day"),
    [
        ({}, False, None),
        ({"review_on": date(2027, 1, 1)}, False, None),
        ({}, True, LATEST),
        ({"review_on": date(2027, 1, 1)}, True, date(2027, 1, 1)),
        ({"review_on": LATEST}, True, LATEST),
        ({"visible_to_child_from": date(2026, 12, 18)}, True, date(2026, 12, 18)),
        ({"visible_to_child_from": date(2027, 12, 18)}, True, LATEST),
        (
            {"visible_to_child_from": date(2026, 12, 18), "review_on": date(2027, 1, 1)},
            True,
            date(2027, 1, 1),
        ),
    ],
)
def test_the_day_is_the_author_s_or_the_longest_that_the_rule_leaves(chosen, withheld, day):
    assert review_day(chosen, withheld=withheld, today=TODAY, latest=LATEST) == day


@pytest.mark.parametrize("day", [TODAY, TODAY - timedelta(1), LATEST + timedelta(1)])
def test_a_day_that_has_come_or_is_too_far_off_is_asked_for_again(day):
    with pytest.raises(Refusal) as refused:
        review_day({"review_on": day}, withheld=True, today=TODAY, latest=LATEST)
    assert (refused.value.code, refused.value.field) == ("review_day", "review_on")


def test_the_longest_time_is_a_dated_rule_for_a_lawyer():
    (limit,) = REVIEW_LIMITS
    assert (limit.days, limit.rule.id, limit.rule.needs_sign_off) == (180, "8.5.item.review", True)
    assert str(limit.days) in limit.rule.says
    assert review_by(TODAY) == LATEST
    with pytest.raises(ValueError, match="empty"):
        review_by(date(2022, 12, 31))


def tasks(story):
    return list(Task.objects.filter(kind="withheld_review", done_at__isnull=True).order_by("due_on"))


@pytest.fixture
@once
def begun(story):
    """A plan that is going on."""
    return story.together()


def need(story, **shown):
    return commands.contribute_need(by=story.karin, plan_id=story.plan_id, area="home", text="Hemma", **shown)


WITHHELD = [
    ({"visibility": "not_guardian"}, 180),
    ({"visibility": "care_only"}, 180),
    ({"category": "violence"}, 180),
    ({"category": "violence", "visibility": "all"}, 180),
    ({"category": "sexual_health", "review_on": date(2026, 12, 24)}, 38),
    ({"visibility": "not_child_until", "visible_to_child_from": date(2026, 12, 18)}, 32),
    ({}, None),
    ({"visibility": "all"}, None),
    ({"category": "sexual_health", "visibility": "all"}, None),
]


def test_every_choice_that_withholds_has_its_day_and_no_other(begun):
    story = begun
    # One plan, nine texts: the day in the row is the day of the unit's own task.
    for shown, days in WITHHELD:
        row = need(story, **shown)
        found = [task for task in tasks(story) if task.subject == row.pk]
        if days is None:
            assert row.review_on is None and found == [], shown
            continue
        assert row.review_on == story.today + timedelta(days), shown
        assert [(one.due_on, one.unit_id) for one in found] == [(row.review_on, story.karin.unit_id)], shown
    assert len(tasks(story)) == 6


def test_looking_again_moves_the_day_or_ends_it(begun):
    story = begun
    row = need(story, visibility="not_guardian")
    said = {"by": story.karin, "need_id": row.pk, "area": "home", "text": "Hemma"}
    commands.edit_need(**said, seen=1, visibility="not_guardian", review_on=story.today + timedelta(30))
    assert [one.due_on for one in tasks(story)] == [story.today + timedelta(30)]
    commands.edit_need(**said, seen=2)
    assert len(tasks(story)) == 1, "nothing was said of the readers, so nothing has changed"
    with pytest.raises(Refusal) as refused:
        commands.edit_need(**said, seen=3, visibility="not_guardian", review_on=story.today)
    assert refused.value.code == "review_day"
    commands.edit_need(**said, seen=3, visibility="all")
    row.refresh_from_db()
    assert row.review_on is None and tasks(story) == []


def test_what_is_taken_out_or_over_is_not_looked_at(begun):
    story = begun
    row, other = need(story, visibility="not_guardian"), need(story, category="violence")
    commands.remove_need(by=story.karin, need_id=row.pk, seen=1)
    assert [one.subject for one in tasks(story)] == [other.pk]
    commands.close_plan(by=story.karin, plan_id=story.plan_id, seen=story.plan.revision, reason="moved")
    assert tasks(story) == []


def test_what_was_written_at_the_end_keeps_its_task_beside_the_plan_s_steps(begun):
    story = begun
    end = {"reason": "moved", "words": "Avslut", "visibility": "not_guardian"}
    commands.close_plan(by=story.karin, plan_id=story.plan_id, seen=story.plan.revision, **end)
    (task,) = tasks(story)
    assert task.subject == story.plan_id
    assert queries.review_page_of(story.karin, task.subject) == "plan-close-readers"
    chosen = {"kind": "closure", "row_id": story.plan_id, "shown_to_writer": True}
    commands.change_readers(
        by=story.karin, seen=1, visibility="not_guardian", review_on=TODAY + timedelta(9), **chosen
    )
    assert [one.due_on for one in tasks(story)] == [TODAY + timedelta(9)]
    commands.change_readers(by=story.karin, seen=2, visibility="all", **chosen)
    assert tasks(story) == []


def test_only_the_unit_that_wrote_it_finds_it(begun):
    story = begun
    row = need(story, visibility="not_guardian")
    assert queries.review_page_of(story.karin, row.pk) == "plan-need"
    assert [one.subject for one in queries.reviews_of(story.karin, story.child_id)] == [row.pk]
    assert queries.reviews_of(story.jonas, story.child_id) == []

    for who, key in ((story.jonas, row.pk), (story.karin, story.plan_id)):
        with pytest.raises((gate.Invisible, gate.NotAllowed)):
            queries.review_page_of(who, key)
