"""The summons: it waits for the child's wish, for consent, and for a question, a time and a place."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.http import Http404

from kring.access.gate import NotAllowed
from kring.access.refusals import EditConflict
from kring.care.plans import commands, queries
from kring.care.plans.models import Invitation, Summons
from kring.timeline.models import Event, Task

WISH = "Fyll i «Så vill barnet vara med» innan kallelsen skickas."


@pytest.mark.parametrize(
    ("fields", "code", "field"),
    [
        ({"child_takes_part": ""}, "child_wish_missing", "child_takes_part"),
        ({"question": ""}, "question_missing", "question"),
        ({"starts_at": None}, "time_missing", "starts_at"),
        ({"place": ""}, "place_missing", "place"),
    ],
)
def test_it_is_not_sent_before_it_is_whole(story, refused, fields, code, field):
    story.together()
    summons = story.draft(**fields)
    with refused(code) as said:
        story.send(summons)
    assert said.value.field == field
    summons.refresh_from_db()
    assert summons.sent_at is None
    assert not Invitation.objects.exists()


def test_the_words_ask_for_the_child_s_wish(story, refused):
    story.together()
    with refused("child_wish_missing") as said:
        story.send(story.draft(child_takes_part=""))
    assert said.value.message == WISH


def test_a_time_that_has_passed_is_not_called_to(story, refused):
    story.together()
    summons = story.draft()
    with refused("time_passed"):
        story.later(11).send(summons)


def test_without_both_guardians_it_says_who_is_missing(story, refused):
    story.started().joined()
    story.answer("maria")
    with refused("consent_waiting") as said:
        story.send(story.draft())
    assert "Johan Åberg" in said.value.message


def test_with_a_refusal_nothing_is_sent(story, refused):
    story.started().joined()
    story.answer("maria")
    story.answer("johan", "refused")
    with refused("consent_conflict"):
        story.send(story.draft())


def test_a_party_the_family_has_not_said_yes_to_is_not_called(story, refused):
    story.started().joined()
    for guardian in ("maria", "johan"):
        story.answer(guardian, cells=[(story.pupil_health, "plan")])
    summons = story.draft()
    with refused("party_not_consented") as said:
        story.send(summons, unit_ids=[story.pupil_health, story.school])
    assert "Exempelskolan" in said.value.message or "skola" in said.value.message.lower()
    sent = story.send(summons)
    assert not sent.invitations.filter(unit_id=story.school).exists()


def test_sending_invites_units_guardians_and_child(story):
    story.together()
    summons = story.summoned()
    rows = summons.invitations.all()
    assert {row.unit_id for row in rows if row.unit_id} == {
        story.karin.unit_id,
        story.pupil_health,
        story.school,
    }
    assert {row.guardian_id for row in rows if row.guardian_id} == {
        story.maria.guardian_id,
        story.johan.guardian_id,
    }
    assert [row.answer for row in rows if row.is_child] == ["comes"]
    assert {row.answer for row in rows if row.unit_id == story.karin.unit_id} == {"comes"}


def test_each_party_gets_the_question_in_its_own_worklist(story):
    story.together()
    summons = story.summoned()
    tasks = Task.objects.filter(kind="summons_answer", subject=summons.pk)
    assert {task.unit_id for task in tasks} == {story.pupil_health, story.school}
    assert {task.due_on for task in tasks} == {story.today + timedelta(days=7)}
    step = queries.next_step_of(story.karin, story.plan)
    assert (step.kind, step.ball) == ("sip_answers", "other")


def test_a_chosen_few_can_be_called(story):
    story.together()
    summons = story.send(story.draft(), unit_ids=[story.school])
    units = set(summons.invitations.filter(unit__isnull=False).values_list("unit_id", flat=True))
    assert units == {story.school, story.karin.unit_id}


def test_it_is_sent_once(story, refused):
    story.together()
    summons = story.summoned()
    with refused("already_sent"):
        story.send(summons)
    with refused("already_sent"):
        commands.edit_summons(by=story.karin, summons_id=summons.pk, seen=summons.revision, place="Annan")


def test_a_draft_is_seen_only_by_the_unit_that_writes_it(story):
    story.together()
    summons = story.draft()
    for actor in (story.lena, story.maria, story.alva):
        assert not story.content(actor).summonses
        with pytest.raises(Http404):
            queries.summons_or_404(actor, summons.pk, what="test")
    assert queries.summons_or_404(story.eva, summons.pk, what="test") == summons
    story.send(summons)
    for actor in (story.lena, story.maria, story.alva):
        assert queries.summons_or_404(actor, summons.pk, what="test") == summons


def test_two_who_write_the_same_draft(story):
    story.together()
    summons = story.draft()
    commands.edit_summons(by=story.karin, summons_id=summons.pk, seen=1, place="Biblioteket")
    with pytest.raises(EditConflict) as conflict:
        commands.edit_summons(by=story.eva, summons_id=summons.pk, seen=1, place="Matsalen")
    assert conflict.value.current.place == "Biblioteket"
    with pytest.raises(EditConflict):
        commands.send_summons(by=story.eva, summons_id=summons.pk, seen=1)


def test_what_the_child_itself_has_answered_stands_whatever_staff_write(story, refused):
    story.together()
    commands.prepare_meeting(by=story.alva, plan_id=story.plan_id, step=7, takes_part="before")
    commands.send_preparation(by=story.alva, plan_id=story.plan_id)
    summons = commands.draft_summons(by=story.karin, plan_id=story.plan_id)
    assert (summons.child_takes_part, summons.child_said_itself) == ("before", True)
    same = commands.edit_summons(
        by=story.karin, summons_id=summons.pk, seen=1, child_takes_part="before", place="Skolan"
    )
    assert same.child_said_itself
    with refused("child_has_said"):
        commands.edit_summons(by=story.karin, summons_id=summons.pk, seen=2, child_takes_part="whole")


@pytest.mark.parametrize("minutes", [0, 14, 241, None])
def test_a_meeting_has_a_length_a_child_can_bear(story, refused, minutes):
    story.started()
    with refused("minutes_out_of_range"):
        story.draft(minutes=minutes)


def test_other_fields_are_no_fields(story):
    story.started()
    with pytest.raises(TypeError, match="sent_at"):
        story.draft(sent_at=story.now)


@pytest.mark.parametrize("subject", ["lena", "jonas"])
def test_only_the_unit_in_charge_calls(story, refused, subject):
    story.together()
    with refused("not_in_charge"):
        commands.draft_summons(by=getattr(story, subject), plan_id=story.plan_id)


def test_the_family_does_not_call(story):
    story.together()
    with pytest.raises(NotAllowed):
        commands.draft_summons(by=story.maria, plan_id=story.plan_id)


def answer(story, summons, actor, choice, of=None, **more):
    invitation = story.invitation(summons, **(of or {"unit_id": actor.unit_id}))
    return commands.answer_summons(by=actor, invitation_id=invitation.pk, answer=choice, **more)


def test_a_party_answers_and_its_task_is_done(story):
    story.together()
    summons = story.summoned()
    answer(story, summons, story.lena, "comes")
    task = Task.objects.get(subject=summons.pk, unit_id=story.pupil_health)
    assert (task.done_at, task.result) == (story.now, "comes")
    assert Task.objects.get(subject=summons.pk, unit_id=story.school).done_at is None
    event = Event.objects.get(kind="sip_summons_answered")
    assert (event.unit_id, event.data) == (story.pupil_health, {"answer": "comes"})


@pytest.mark.parametrize(
    ("choice", "more", "code"),
    [
        ("declines", {}, "decline_reason_missing"),
        ("declines", {"reason": " "}, "decline_reason_missing"),
        ("substitute", {}, "substitute_missing"),
        ("none", {}, "answer_missing"),
        ("maybe", {}, "answer_missing"),
    ],
)
def test_a_party_that_is_called_comes_or_says_why(story, refused, choice, more, code):
    story.together()
    summons = story.summoned()
    with refused(code):
        answer(story, summons, story.lena, choice, **more)


def test_a_substitute_has_a_name(story):
    story.together()
    row = answer(story, story.summoned(), story.lena, "substitute", substitute="Anna Ros, kurator")
    assert (row.answer, row.substitute) == ("substitute", "Anna Ros, kurator")


def test_a_changed_mind_is_the_answer_that_counts(story):
    story.together()
    summons = story.summoned()
    answer(story, summons, story.lena, "substitute", substitute="Anna Ros")
    row = answer(story, summons, story.lena, "comes")
    assert (row.answer, row.substitute) == ("comes", "")


def test_a_guardian_may_say_no_without_saying_why(story):
    story.together()
    summons = story.summoned()
    of = {"guardian_id": story.maria.guardian_id}
    assert answer(story, summons, story.maria, "declines", of).answer == "declines"


def test_nobody_answers_for_another(story, refused):
    story.together()
    summons = story.summoned()
    mine, johans = {"unit_id": story.pupil_health}, {"guardian_id": story.johan.guardian_id}
    for actor, of in ((story.jonas, mine), (story.maria, johans), (story.lena, johans), (story.alva, johans)):
        with refused("not_your_item"):
            answer(story, summons, actor, "comes", of)


def test_the_unit_in_charge_notes_a_spoken_answer_of_the_family(story):
    story.together()
    summons = story.summoned()
    row = answer(story, summons, story.karin, "comes", {"guardian_id": story.johan.guardian_id})
    assert row.answer == "comes"


def test_the_child_changes_its_own_answer(story):
    story.together()
    summons = story.summoned()
    assert answer(story, summons, story.alva, "declines", {"is_child": True}).answer == "declines"


def test_when_all_have_answered_the_meeting_is_next(story):
    story.together()
    summons = story.summoned()
    answer(story, summons, story.lena, "comes")
    answer(story, summons, story.jonas, "comes")
    assert queries.next_step_of(story.karin, story.plan).ball == "family"
    answer(story, summons, story.maria, "comes", {"guardian_id": story.maria.guardian_id})
    answer(story, summons, story.johan, "declines", {"guardian_id": story.johan.guardian_id})
    step = queries.next_step_of(story.karin, story.plan)
    assert (step.kind, step.ball, step.due_on) == ("sip_meeting", "ours", story.today + timedelta(days=10))


def test_calling_it_off_needs_a_reason_and_tells_everyone(story, refused):
    story.together()
    summons = story.summoned()
    with refused("reason_missing"):
        commands.cancel_summons(by=story.karin, summons_id=summons.pk, reason=" ")
    commands.cancel_summons(by=story.karin, summons_id=summons.pk, reason="Alva är sjuk")
    assert Event.objects.get(kind="sip_meeting_cancelled").reason == "Alva är sjuk"
    assert not Task.objects.filter(subject=summons.pk, done_at__isnull=True).exists()
    assert queries.next_step_of(story.karin, story.plan).kind == "sip_summon"
    with refused("summons_cancelled"):
        commands.cancel_summons(by=story.karin, summons_id=summons.pk, reason="Igen")
    with refused("summons_cancelled"):
        answer(story, summons, story.lena, "comes")


def test_a_draft_is_not_called_off(story, refused):
    story.together()
    with refused("not_sent"):
        commands.cancel_summons(by=story.karin, summons_id=story.draft().pk, reason="x")


def test_a_meeting_that_has_begun_is_neither_called_off_nor_answered(story, refused):
    story.together()
    summons = story.summoned()
    story.meeting(summons)
    with refused("meeting_started"):
        commands.cancel_summons(by=story.karin, summons_id=summons.pk, reason="x")
    with refused("meeting_started"):
        answer(story, summons, story.lena, "comes")


def test_another_meeting_after_the_first_was_called_off(story):
    story.together()
    commands.cancel_summons(by=story.karin, summons_id=story.summoned().pk, reason="Sjuk")
    assert story.summoned().sent_at
    assert Summons.objects.count() == 2


@pytest.mark.parametrize("command", ["send_summons", "cancel_summons", "edit_summons"])
def test_a_summons_that_never_was(story, command):
    more = {"reason": "x"} if command == "cancel_summons" else {"seen": 1}
    with pytest.raises(Http404):
        getattr(commands, command)(by=story.started().karin, summons_id=uuid4(), **more)


def test_an_invitation_that_never_was(story):
    with pytest.raises(Http404):
        commands.answer_summons(by=story.started().karin, invitation_id=uuid4(), answer="comes")


def test_discharge_calls_within_three_days(story):
    story.started(kind="discharge").joined().consented()
    step = queries.next_step_of(story.karin, story.plan)
    assert (step.kind, step.due_on) == ("sip_summon", story.today + timedelta(days=3))
    going = Task.objects.filter(subject=story.plan_id, done_at__isnull=True)
    assert list(going.values_list("kind", flat=True)) == ["sip_summon"]
    shown = {one.clock: (one.state, one.days) for one in queries.clocks_of(story.later(2).karin, story.plan)}
    assert shown == {"discharge_summons_3": ("running", 2), "follow_up_due": ("not_started", None)}
    story.summoned()
    assert story.later(4).content().clocks[0] == queries.clocks_of(story.karin, story.plan)[0]
    assert (story.content().clocks[0].state, story.content().clocks[0].days) == ("stopped", 2)


def test_at_discharge_the_three_days_stand_beside_the_wait_for_consent(story):
    story.started(kind="discharge").joined()
    going = Task.objects.filter(subject=story.plan_id, done_at__isnull=True)
    due = dict(going.values_list("kind", "due_on"))
    assert due == {
        "sip_consent": story.today + timedelta(days=7),
        "discharge_summons": story.today + timedelta(days=3),
    }


def test_the_unit_s_list_of_meetings_is_by_time_and_by_reach(story, django_assert_max_num_queries):
    story.together()
    later = story.send(story.draft(starts_at=story.at(12)))
    sooner = story.send(story.draft(starts_at=story.at(3)))
    assert list(queries.meetings_of_unit(story.karin)) == [sooner, later]
    assert list(queries.meetings_of_unit(story.lena)) == [sooner, later]
    assert list(queries.meetings_of_unit(story.peter)) == []
    story.later(1).answer("johan", "refused")
    assert list(queries.meetings_of_unit(story.lena)) == []
