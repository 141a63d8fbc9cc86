"""What waits for a guardian or the child."""

import pytest

from kring.care.plans import commands, queries
from kring.care.plans.models import PlanVersion


def todo(story, subject):
    return [row.kind for row in queries.todo_of(getattr(story, subject), story.child_id)]


def test_a_started_plan_asks_both_guardians_for_their_answer(story):
    story.started().joined()
    assert (todo(story, "maria"), todo(story, "johan"), todo(story, "alva")) == (["consent"], ["consent"], [])
    story.answer("maria")
    assert (todo(story, "maria"), todo(story, "johan")) == ([], ["consent"])


def test_a_plan_that_is_only_asked_for_asks_nothing_yet(story, cast):
    unit = cast.unit("hh-habilitering-boras")
    commands.request_plan(by=story.maria, child_id=story.child_id, unit_id=unit.pk)
    assert todo(story, "maria") == []


def test_a_summons_asks_the_guardians_to_answer_and_the_child_to_prepare(story):
    story.together()
    summons = story.summoned()
    assert (todo(story, "maria"), todo(story, "alva")) == (["answer"], ["prepare"])
    [row] = queries.todo_of(story.maria, story.child_id)
    assert (row.id, row.plan) == (summons.pk, story.plan)
    invitation = story.invitation(summons, guardian_id=story.maria.guardian_id)
    commands.answer_summons(by=story.maria, invitation_id=invitation.pk, answer="comes")
    assert todo(story, "maria") == []


def test_once_prepared_there_is_nothing_left_to_prepare(story):
    story.together()
    story.summoned()
    commands.prepare_meeting(by=story.alva, plan_id=story.plan_id, step=3, good_at="Rita")
    assert todo(story, "alva") == ["prepare"]
    commands.send_preparation(by=story.alva, plan_id=story.plan_id)
    assert todo(story, "alva") == []


def test_for_the_next_meeting_there_is_something_to_prepare_again(story):
    story.together()
    commands.prepare_meeting(by=story.alva, plan_id=story.plan_id, step=3, good_at="Rita")
    commands.send_preparation(by=story.alva, plan_id=story.plan_id)
    story.held()
    story.later(1).summoned()
    assert todo(story, "alva") == ["prepare"]


def test_a_meeting_that_is_called_off_or_past_asks_nothing(story):
    story.together()
    summons = story.summoned()
    story.later(11)
    assert todo(story, "maria") == []
    story.later(-11)
    commands.cancel_summons(by=story.karin, summons_id=summons.pk, reason="Sjuk")
    assert (todo(story, "maria"), todo(story, "alva")) == ([], [])


@pytest.mark.parametrize("subject", ["maria", "johan", "alva"])
def test_a_new_version_is_to_be_read(story, subject):
    story.established()
    assert todo(story, subject) == ["acknowledge"]
    commands.acknowledge(by=getattr(story, subject), version_id=PlanVersion.objects.get().pk)
    assert todo(story, subject) == []
    story.describe(situation="Nytt")
    commands.publish_version(by=story.karin, plan_id=story.plan_id, seen=story.plan.revision)
    assert todo(story, subject) == ["acknowledge"]


def test_an_ended_plan_asks_nothing(story):
    story.established()
    commands.close_plan(by=story.karin, plan_id=story.plan_id, seen=story.plan.revision, reason="moved")
    assert todo(story, "maria") == []


def test_another_family_s_things_are_not_here(story):
    story.established()
    assert todo(story, "leila") == []


def test_what_has_a_day_comes_first(story):
    story.established()
    story.summoned()
    assert todo(story, "maria") == ["answer", "acknowledge"]
