"""The child's own preparation: saved all the time, sent when the child says so, hidden until then."""

from uuid import uuid4

import pytest
from django.http import Http404

from kring.access.gate import NotAllowed
from kring.audit.models import AccessLogRow
from kring.care.plans import commands, queries
from kring.care.plans.models import Preparation


def prepare(story, step=3, **answers):
    return commands.prepare_meeting(by=story.alva, plan_id=story.plan_id, step=step, **answers)


def send(story):
    return commands.send_preparation(by=story.alva, plan_id=story.plan_id)


def test_each_step_is_saved_on_top_of_the_last(story):
    story.started()
    prepare(story, 3, good_at="Rita")
    row = prepare(story, 5, wish="Sitta längst fram")
    assert (row.step, row.good_at, row.wish) == (5, "Rita", "Sitta längst fram")
    assert Preparation.objects.count() == 1


def test_going_back_and_emptying_is_allowed(story):
    story.started()
    prepare(story, 6, not_talk_about="Rasterna")
    assert prepare(story, 6, not_talk_about="").not_talk_about == ""


@pytest.mark.parametrize("subject", ["karin", "eva", "lena", "maria", "johan"])
def test_nobody_sees_it_before_the_child_presses_send(story, subject):
    story.together()
    prepare(story, good_at="Rita")
    assert queries.preparation_of(getattr(story, subject), story.plan) is None
    assert queries.preparations_to_read(getattr(story, subject), story.plan) == []


@pytest.mark.parametrize(
    ("subject", "sees"),
    [("alva", True), ("karin", True), ("eva", True), ("lena", False), ("jonas", False), ("maria", False)],
)
def test_once_sent_it_is_the_leader_s_to_read(story, subject, sees):
    story.together()
    prepare(story, not_talk_about="Rasterna")
    send(story)
    seen = queries.preparation_of(getattr(story, subject), story.plan)
    assert (seen is not None) is sees


def test_reading_it_is_logged(story):
    story.together()
    prepare(story, good_at="Rita")
    send(story)
    assert len(queries.preparations_to_read(story.karin, story.plan)) == 1
    assert AccessLogRow.objects.get(what="plan.preparation").person_id == story.karin.person_id


def test_how_the_child_wants_to_take_part_goes_into_the_draft(story):
    story.together()
    summons = story.draft(child_takes_part="whole")
    prepare(story, 7, takes_part="spokesperson")
    send(story)
    summons.refresh_from_db()
    assert (summons.child_takes_part, summons.child_said_itself) == ("spokesperson", True)


@pytest.mark.parametrize(
    ("written", "kept", "own"),
    [
        ({}, "before", True),
        ({"child_takes_part": ""}, "before", True),
        ({"child_takes_part": "before"}, "before", True),
        ({"child_takes_part": "whole"}, "whole", False),
    ],
)
def test_a_later_draft_begins_with_the_child_s_own_wish(story, written, kept, own):
    from kring.care.plans.commands import draft_summons

    story.together()
    prepare(story, 7, takes_part="before")
    send(story)
    summons = draft_summons(by=story.karin, plan_id=story.plan_id, **written)
    assert (summons.child_takes_part, summons.child_said_itself) == (kept, own)


def test_a_sent_summons_is_not_changed_behind_anyone_s_back(story):
    story.together()
    summons = story.summoned()
    prepare(story, 7, takes_part="spokesperson")
    send(story)
    summons.refresh_from_db()
    assert (summons.child_takes_part, summons.child_said_itself) == ("a_while", False)


def test_after_sending_a_change_is_a_new_one_that_starts_from_the_old(story):
    story.together()
    prepare(story, 3, good_at="Rita", wish="Paus")
    sent = send(story)
    story.later(1)
    new = prepare(story, 5, wish="Längre paus")
    assert (new.pk != sent.pk, new.good_at, new.wish, new.sent_at) == (True, "Rita", "Längre paus", None)
    # The leader still reads what was sent, until the new one is.
    assert queries.preparation_of(story.karin, story.plan).wish == "Paus"
    send(story)
    assert queries.preparation_of(story.karin, story.plan).wish == "Längre paus"


def test_sending_nothing_or_twice(story, refused):
    story.started()
    with refused("nothing_to_send"):
        send(story)
    prepare(story, 2)
    with refused("nothing_to_send"):
        send(story)
    prepare(story, 3, good_at="Rita")
    send(story)
    with refused("preparation_sent"):
        send(story)


@pytest.mark.parametrize("step", [0, 9, -1])
def test_there_are_eight_steps(story, refused, step):
    story.started()
    with refused("step_out_of_range"):
        prepare(story, step)


def test_only_what_the_steps_ask_is_saved(story, refused):
    story.started()
    with pytest.raises(TypeError, match="sent_at"):
        prepare(story, 3, sent_at="2026-11-16")
    with refused("choice_missing"):
        prepare(story, 7, takes_part="perhaps")


@pytest.mark.parametrize("subject", ["karin", "maria"])
def test_nobody_prepares_for_the_child(story, subject):
    story.started()
    with pytest.raises(NotAllowed):
        commands.prepare_meeting(by=getattr(story, subject), plan_id=story.plan_id, step=3, good_at="Rita")


def test_another_child_finds_nothing(story):
    story.started()
    for plan_id in (story.plan_id, uuid4()):
        with pytest.raises(Http404):
            commands.prepare_meeting(by=story.omar, plan_id=plan_id, step=3, good_at="Rita")
