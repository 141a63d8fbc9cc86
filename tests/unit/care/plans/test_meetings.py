"""The meeting: the child's own words first."""

from datetime import UTC, timedelta
from uuid import uuid4

import pytest
from django.http import Http404

from kring.access.gate import NotAllowed
from kring.access.refusals import EditConflict
from kring.care.plans import commands, queries
from kring.care.plans.models import Meeting, Summons, TookPart
from kring.care.plans.queries.people import staff_of
from kring.clock import STOCKHOLM
from kring.timeline.models import Event, Task


def write(story, meeting, **fields):
    return commands.write_meeting(by=story.karin, meeting_id=meeting.pk, seen=meeting.revision, **fields)


def end(story, meeting):
    return commands.end_meeting(by=story.karin, meeting_id=meeting.pk, seen=meeting.revision)


def test_whoever_begins_the_meeting_leads_it(story, cast):
    story.together()
    meeting = commands.start_meeting(by=story.eva, summons_id=story.called_today().pk)
    assert (meeting.chair, meeting.started_at) == (cast.eva, story.now)


def test_beginning_twice_is_one_meeting(story):
    story.together()
    summons = story.called_today()
    first = commands.start_meeting(by=story.karin, summons_id=summons.pk)
    again = commands.start_meeting(by=story.eva, summons_id=summons.pk)
    assert first == again
    assert Meeting.objects.count() == 1


def test_a_draft_or_cancelled_summons_is_no_meeting(story, refused):
    story.together()
    draft = story.draft()
    with refused("not_sent"):
        commands.start_meeting(by=story.karin, summons_id=draft.pk)
    story.send(draft)
    commands.cancel_summons(by=story.karin, summons_id=draft.pk, reason="Sjuk")
    with refused("summons_cancelled"):
        commands.start_meeting(by=story.karin, summons_id=draft.pk)


WHEN = [
    ("many days before", -240, False),
    ("the last minute of the day before", -10 - 1 / 60, False),
    ("the first minute of the day", -10, True),
    ("at its hour", 0, True),
    ("the day after, held late", 24, True),
]


@pytest.mark.parametrize(("says", "hours", "opens"), WHEN, ids=[one[0] for one in WHEN])
def test_a_meeting_begins_on_its_day_and_no_sooner(story, cast, refused, says, hours, opens):
    """The meeting is at ten in Stockholm; the day is a Swedish one."""
    story.together()
    summons = story.summoned()
    meets = summons.starts_at.astimezone(STOCKHOLM).replace(hour=10, minute=0)
    Summons.objects.filter(pk=summons.pk).update(starts_at=meets)
    by = cast.actor("karin", now=(meets + timedelta(hours=hours)).astimezone(UTC))
    if opens:
        assert commands.start_meeting(by=by, summons_id=summons.pk).started_at == by.now
    else:
        with refused("meeting_too_early"):
            commands.start_meeting(by=by, summons_id=summons.pk)
        assert not Meeting.objects.exists()


def test_what_was_moved_to_today_can_begin_today(story, refused):
    story.together()
    summons = story.summoned()
    with refused("meeting_too_early") as said:
        commands.start_meeting(by=story.karin, summons_id=summons.pk)
    assert "26 november 2026" in str(said.value) and "flytta mötet först" in str(said.value)
    today = story.now + timedelta(hours=2)
    moved = commands.move_summons(
        by=story.karin, summons_id=summons.pk, seen=summons.revision, starts_at=today, reason="Alla kan i dag"
    )
    assert commands.start_meeting(by=story.karin, summons_id=moved.pk).summons_id == summons.pk


@pytest.mark.parametrize("subject", ["lena", "jonas"])
def test_the_unit_in_charge_leads(story, refused, subject):
    story.together()
    with refused("not_in_charge"):
        commands.start_meeting(by=getattr(story, subject), summons_id=story.called_today().pk)


@pytest.mark.parametrize(
    ("said", "code", "field"),
    [
        ({}, "child_words_missing", "child_words"),
        ({"child_words": "  "}, "child_words_missing", "child_words"),
        ({"child_words": "Jag vill ha paus"}, "child_part_missing", "child_took_part"),
    ],
)
def test_it_ends_with_the_child_s_words_and_how_the_child_took_part(story, refused, said, code, field):
    story.together()
    meeting = story.meeting()
    meeting = write(story, meeting, **said) if said else meeting
    with refused(code) as refusal:
        end(story, meeting)
    assert refusal.value.field == field
    meeting.refresh_from_db()
    assert meeting.ended_at is None


def test_or_with_the_reason_why_there_are_no_words(story):
    story.together()
    said = {"no_child_words_reason": "Alva ville inte svara i dag", "child_took_part": "spokesperson"}
    assert end(story, write(story, story.meeting(), **said)).ended_at == story.now


def test_somebody_was_there(story, refused):
    story.together()
    meeting = story.meeting()
    commands.attend(by=story.karin, meeting_id=meeting.pk, invitation_ids=[])
    meeting = write(story, meeting, child_words="Hej", child_took_part="whole")
    with refused("nobody_present"):
        end(story, meeting)


def test_a_held_meeting_stops_the_clock_and_asks_for_the_plan(story):
    story.together()
    summons = story.summoned()
    story.later(10)
    story.held(story.meeting(summons))
    event = Event.objects.get(kind="sip_meeting_held")
    assert event.data["child_took_part"] == "a_while"
    reading = queries.clocks_of(story.karin, story.plan)[1]
    assert (reading.state, reading.days) == ("stopped", 10)
    kinds = Task.objects.filter(subject=story.plan_id, done_at__isnull=True).values_list("kind", flat=True)
    assert list(kinds) == ["sip_establish"]


def test_present_are_those_invited_and_others_by_name(story):
    story.together()
    summons = story.called_today()
    meeting = commands.start_meeting(by=story.karin, summons_id=summons.pk)
    there = summons.invitations.filter(is_child=True) | summons.invitations.filter(unit_id=story.school)
    ids = list(there.values_list("pk", flat=True))
    commands.attend(by=story.karin, meeting_id=meeting.pk, invitation_ids=ids, names=["Mormor Gun", " "])
    rows = story.content().meetings[0].attendances
    assert sorted((row.is_child, row.unit_id, row.name) for row in rows if not row.unit_id) == [
        (False, None, "Mormor Gun"),
        (True, None, ""),
    ]
    commands.attend(by=story.karin, meeting_id=meeting.pk, invitation_ids=ids[:1])
    assert len(story.content().meetings[0].attendances) == 1


def test_an_invitation_to_another_meeting_is_nobody_here(story):
    story.together()
    meeting = story.meeting()
    other = story.summoned()
    ids = list(other.invitations.values_list("pk", flat=True))
    assert commands.attend(by=story.karin, meeting_id=meeting.pk, invitation_ids=ids) == []


def test_two_who_write_at_once(story):
    story.together()
    meeting = story.meeting()
    write(story, meeting, notes="Första")
    with pytest.raises(EditConflict) as conflict:
        write(story, meeting, notes="Andra")
    assert conflict.value.current.notes == "Första"
    with pytest.raises(TypeError, match="ended_at"):
        write(story, meeting, ended_at=story.now)


def test_a_meeting_that_has_ended_is_not_rewritten(story, refused):
    story.together()
    meeting = story.held()
    for again in (
        lambda: write(story, meeting, notes="Efteråt"),
        lambda: end(story, meeting),
        lambda: commands.attend(by=story.karin, meeting_id=meeting.pk, invitation_ids=[]),
    ):
        with refused("meeting_ended"):
            again()


def test_the_child_says_whether_it_became_as_it_wished(story, refused):
    story.together()
    meeting = story.held()
    judged = commands.judge_meeting(by=story.alva, meeting_id=meeting.pk, verdict="partly")
    assert judged.child_verdict == "partly"
    assert commands.judge_meeting(by=story.alva, meeting_id=meeting.pk, verdict="yes").child_verdict == "yes"
    with refused("choice_missing"):
        commands.judge_meeting(by=story.alva, meeting_id=meeting.pk, verdict="superb")


def test_only_the_child_says_it_and_only_afterwards(story, refused):
    story.together()
    meeting = story.meeting()
    with refused("meeting_not_ended"):
        commands.judge_meeting(by=story.alva, meeting_id=meeting.pk, verdict="yes")
    for actor in (story.karin, story.maria):
        with pytest.raises(NotAllowed):
            commands.judge_meeting(by=actor, meeting_id=meeting.pk, verdict="yes")


def test_everyone_with_the_plan_reads_the_meeting_and_nobody_else(story):
    story.together()
    meeting = story.held()
    for actor in (story.karin, story.lena, story.maria, story.alva):
        assert queries.meeting_or_404(actor, meeting.pk, what="test") == meeting
    for actor in (story.peter, story.ulla, story.leila):
        with pytest.raises(Http404):
            queries.meeting_or_404(actor, meeting.pk, what="test")


@pytest.mark.parametrize("missing", ["start", "write", "judge", "read"])
def test_what_never_was_is_missing(story, missing):
    story.started()
    doing = {
        "start": lambda: commands.start_meeting(by=story.karin, summons_id=uuid4()),
        "write": lambda: commands.write_meeting(by=story.karin, meeting_id=uuid4(), seen=1, notes="x"),
        "judge": lambda: commands.judge_meeting(by=story.alva, meeting_id=uuid4(), verdict="yes"),
        "read": lambda: queries.meeting_or_404(story.karin, uuid4(), what="test"),
    }
    with pytest.raises(Http404):
        doing[missing]()


def test_nobody_is_asked_to_answer_the_call_to_a_meeting_that_has_been(story):
    story.together()
    summons = story.called_today()
    asked = Task.objects.filter(kind="summons_answer", subject=summons.pk)
    meeting = commands.start_meeting(by=story.karin, summons_id=summons.pk)
    before = asked.filter(done_at__isnull=True).count()
    commands.attend(
        by=story.karin, meeting_id=meeting.pk, invitation_ids=summons.invitations.values_list("pk", flat=True)
    )
    end(story, write(story, meeting, child_words="Bra", child_took_part="whole"))
    assert before > 0
    assert not asked.filter(done_at__isnull=True).exists()
    assert set(asked.values_list("result", flat=True)) <= {"held", "comes", "declines"}


@pytest.mark.parametrize("how", [*TookPart.values, "undecided", "perhaps", ""])
def test_how_the_child_was_with_is_said_as_it_was(story, refused, how):
    """Also that the child was not there at all; but nobody is undecided about what has been."""
    story.together()
    summons = story.called_today()
    meeting = commands.start_meeting(by=story.karin, summons_id=summons.pk)
    commands.attend(by=story.karin, meeting_id=meeting.pk, invitation_ids=[], names=["Karin"])
    meeting = write(story, meeting, no_child_words_reason="Alva ville inte komma", child_took_part=how)
    if how in TookPart.values:
        assert end(story, meeting).ended_at == story.now
    else:
        with refused("child_part_missing"):
            end(story, meeting)


def test_only_those_who_meet_children_are_offered_as_doers(story):
    story.started()
    unit = story.karin.unit_id
    offered = {one.person.subject for one in staff_of(story.karin, [unit], child=story.plan.child)}
    assert offered == {"karin", "eva", "maja"}
