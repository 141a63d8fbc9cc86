"""The child's own preparation: saved all the time, sent when the child says so, hidden until then."""

from uuid import uuid4

import pytest
from django.http import Http404

from kring.access.gate import NotAllowed
from kring.audit.models import AccessLogRow
from kring.care.plans import commands, queries
from kring.care.plans.commands import EditConflict
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
    ],
)
def test_a_later_draft_begins_with_the_child_s_own_wish(story, written, kept, own):
    from kring.care.plans.commands import draft_summons

    story.together()
    prepare(story, 7, takes_part="before")
    send(story)
    summons = draft_summons(by=story.karin, plan_id=story.plan_id, **written)
    assert (summons.child_takes_part, summons.child_said_itself) == (kept, own)


def test_nobody_writes_another_wish_over_the_child_s_own(story, refused):
    story.together()
    prepare(story, 7, takes_part="before")
    send(story)
    with refused("child_has_said"):
        story.draft(child_takes_part="whole")


def test_a_summons_that_is_sent_gets_the_child_s_own_answer(story):
    """What staff wrote before the child had prepared was a guess."""
    summons = story.together().summoned()
    prepare(story, 7, takes_part="spokesperson")
    send(story)
    summons.refresh_from_db()
    assert (summons.child_takes_part, summons.child_said_itself) == ("spokesperson", True)
    assert story.invitation(summons, is_child=True).reason == "spokesperson"


def test_a_preparation_without_that_answer_leaves_the_summons_as_it_is(story):
    summons = story.together().summoned()
    prepare(story, 3, good_at="Rita")
    send(story)
    summons.refresh_from_db()
    assert (summons.child_takes_part, summons.child_said_itself, summons.revision) == ("a_while", False, 2)


def test_who_has_the_summons_open_meets_the_child_s_answer_before_writing_over_it(story):
    story.together()
    draft = story.draft()
    prepare(story, 7, takes_part="spokesperson")
    send(story)
    with pytest.raises(EditConflict) as conflict:
        commands.edit_summons(
            by=story.karin, summons_id=draft.pk, seen=draft.revision, child_takes_part="whole"
        )
    assert conflict.value.current.child_takes_part == "spokesperson"


def test_a_meeting_that_is_over_or_called_off_keeps_what_was_known_then(story):
    held = story.together().held().summons
    story.later(20)
    off = story.summoned()
    commands.cancel_summons(by=story.karin, summons_id=off.pk, reason="Sjuk")
    prepare(story, 7, takes_part="spokesperson")
    send(story)
    for one in (held, off):
        one.refresh_from_db()
        assert (one.child_takes_part, one.child_said_itself) == ("a_while", False)


# For which meeting


def test_after_the_meeting_the_child_begins_anew(story):
    story.together()
    prepare(story, 7, takes_part="a_while", wish="Paus")
    send(story)
    story.held()
    assert queries.preparation_of(story.alva, story.plan) is None
    assert queries.preparations_to_read(story.karin, story.plan) == []
    new = prepare(story.later(1), 3, good_at="Rita")
    assert (new.good_at, new.wish, new.takes_part) == ("Rita", "", "")


def test_the_wish_for_the_last_meeting_says_nothing_of_the_next(story, refused):
    story.together()
    prepare(story, 7, takes_part="a_while")
    send(story)
    story.held()
    later = commands.draft_summons(by=story.later(1).karin, plan_id=story.plan_id)
    assert (later.child_takes_part, later.child_said_itself) == ("", False)
    with refused("child_wish_missing"):
        story.send(later)


def test_what_is_sent_while_the_meeting_goes_on_is_for_that_meeting(story):
    story.together()
    meeting = story.meeting()
    prepare(story, 7, takes_part="whole")
    send(story)
    assert queries.preparation_of(story.karin, story.plan).takes_part == "whole"
    meeting.summons.refresh_from_db()
    assert meeting.summons.child_takes_part == "whole"
    story.held(meeting)
    assert queries.preparation_of(story.karin, story.plan) is None


def test_what_is_begun_and_not_sent_goes_on_after_a_meeting(story):
    story.together()
    prepare(story, 3, good_at="Rita")
    story.held()
    assert prepare(story.later(1), 5, wish="Paus").good_at == "Rita"


def test_reading_nothing_leaves_no_row(story):
    story.together()
    assert queries.preparations_to_read(story.karin, story.plan) == []
    assert not AccessLogRow.objects.filter(what="plan.preparation").exists()


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
