"""A submission that is sent twice is carried out once."""

from uuid import uuid4

import pytest

from kring.access import submissions
from kring.care.plans import commands
from kring.care.plans.models import Goal, Plan
from kring.children.models import Consent
from kring.timeline.models import Event


def twice(by, work):
    key = uuid4()
    return [submissions.once(key=key, by=by, work=work) for _ in range(2)]


def test_a_plan_is_started_once(story):
    start = {"by": story.karin, "child_id": story.child_id, "need_identified_on": story.today}
    first, again = twice(story.karin, lambda: str(commands.start_plan(**start).pk))
    assert first == again
    assert Plan.objects.count() == 1
    assert Event.objects.filter(kind="sip_started").count() == 1


def test_a_goal_is_contributed_once(story):
    story.started()
    goal = {"by": story.karin, "plan_id": story.plan_id, "words": "Läsa"}
    twice(story.karin, lambda: str(commands.contribute_goal(**goal).pk))
    assert Goal.objects.count() == 1


def test_an_answer_is_stored_once(story):
    story.started().joined()
    twice(story.karin, lambda: str(story.answer("maria").pk))
    assert Consent.objects.count() == 1


def test_what_is_refused_leaves_nothing_and_can_be_mended(story, refused):
    story.together()
    key, summons = uuid4(), story.draft(question="")
    send = {"by": story.karin, "summons_id": summons.pk}
    with refused("question_missing"):
        submissions.once(key=key, by=story.karin, work=lambda: str(commands.send_summons(seen=1, **send).pk))
    commands.edit_summons(by=story.karin, summons_id=summons.pk, seen=1, question="Vad behöver Alva?")
    assert submissions.once(
        key=key, by=story.karin, work=lambda: str(commands.send_summons(seen=2, **send).pk)
    ) == str(summons.pk)


def test_half_a_command_is_nothing(story, monkeypatch):
    """If the event cannot be written, the plan is not made."""
    from kring.care.plans.commands import writing

    def broken(**_):
        raise RuntimeError("no room")

    monkeypatch.setattr(writing, "record_event", broken)
    with pytest.raises(RuntimeError):
        story.started()
    assert not Plan.objects.exists()
