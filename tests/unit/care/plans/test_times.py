"""S41: several times are proposed, everybody says which suit, one is picked. From the first question to the
summons, by commands and by pages without JavaScript, with the clock from the need running on.
"""

import re
from datetime import timedelta

import pytest

from kring.audit.models import AccessLogRow
from kring.care.plans import commands, queries
from kring.care.plans.commands import EditConflict, Refusal
from kring.care.plans.models import Invitation, ProposedTime, Summons, TimeAnswer
from kring.notifications.models import Notice
from kring.timeline.models import Event, Task
from tests.unit.care.plans.acts import asking
from tests.unit.care.plans.pages import Browser, day, errors, targets_exist


@pytest.fixture
def asked(story):
    return Summons.objects.get(pk=asking(story)["summons_id"])


def times_of(summons):
    return list(ProposedTime.objects.filter(summons=summons).order_by("starts_at"))


def say(story, summons, who, *can):
    """`who` says yes or no to each of the times, in order."""
    whom = {"lena": {"unit_id": story.pupil_health}, "jonas": {"unit_id": story.school}}
    mine = whom.get(who) or {"guardian": story.cast.guardian(who)}
    said = {time.pk: yes for time, yes in zip(times_of(summons), can, strict=True)}
    invitation = story.invitation(summons, **mine)
    return commands.answer_times(by=getattr(story, who), invitation_id=invitation.pk, said=said)


def everybody(story, summons):
    say(story, summons, "lena", True, True, False)
    say(story, summons, "jonas", False, True, True)
    say(story, summons, "maria", True, True, True)
    say(story, summons, "johan", False, True, False)


def fresh(summons):
    return Summons.objects.get(pk=summons.pk)


def pick(story, summons, at=1, **more):
    row = fresh(summons)
    given = {"seen": row.revision, "time_id": times_of(summons)[at].pk} | more
    return commands.pick_time(by=story.karin, summons_id=row.pk, **given)


def told(act):
    return set(Notice.objects.filter(act=act).values_list("person__subject", flat=True))


def open_tasks(kind, **about):
    return Task.objects.filter(kind=kind, done_at=None, **about)


def refused(code, work, *args, **kwargs):
    with pytest.raises(Refusal) as why:
        work(*args, **kwargs)
    assert why.value.code == code


# Asking


def test_a_question_calls_nobody_and_asks_everybody_by_the_one_door(story, asked):
    assert (asked.is_asking, asked.sent_at, asked.starts_at) == (True, None, None)
    assert queries.meetings_of_unit(story.lena) == []
    assert not Notice.objects.filter(act="summons_sent").exists()
    assert {"maria", "johan"} < told("times_asked")
    assert "karin" not in told("times_asked")
    assert {task.unit_id for task in open_tasks("summons_times")} == {story.pupil_health, story.school}
    assert {task.due_on for task in open_tasks("summons_times")} == {story.today + timedelta(days=7)}
    for guardian in (story.maria, story.johan):
        todo = next(one for one in queries.todo_of(guardian, story.child_id) if one.kind == "times")
        assert (todo.id, todo.due_on) == (asked.pk, story.at(8).date())
    assert not any(one.kind == "times" for one in queries.todo_of(story.alva, story.child_id))


def test_asking_stops_no_clock(story, asked):
    clocks = {one.clock: one for one in queries.clocks_of(story.later(5).karin, story.plan)}
    assert (clocks["sip_meeting_21"].state, clocks["sip_meeting_21"].days) == ("running", 5)
    due = open_tasks("sip_meeting", subject=story.plan_id).get().due_on
    assert due == story.plan.need_identified_on + timedelta(days=21)


def test_what_may_not_be_sent_may_not_be_asked_about(story):
    summons = story.together().draft(child_takes_part="", starts_at=None)

    def ask(row=summons, days=(8, 9)):
        times = [story.at(one) for one in days]
        commands.ask_times(by=story.karin, summons_id=row.pk, seen=row.revision, times=times)

    refused("child_wish_missing", ask)
    whole = story.draft(starts_at=None)
    refused("too_few_times", ask, whole, (8,))
    refused("times_same", ask, whole, (8, 8))
    refused("time_passed", ask, whole, (8, -1))
    refused("time_missing", ask, whole, ())
    called = story.send(story.draft())
    refused("already_sent", ask, called)
    assert not ProposedTime.objects.exists()
    assert not Invitation.objects.exclude(summons=called).exists()


def test_what_is_asked_about_is_neither_edited_sent_nor_answered_as_a_summons(story, asked):
    seen = {"summons_id": asked.pk, "seen": asked.revision}
    refused("times_asked", commands.edit_summons, by=story.karin, **seen, question="Annat?")
    refused("times_asked", commands.send_summons, by=story.karin, **seen)
    mine = story.invitation(asked, unit_id=story.school)
    refused("not_sent", commands.answer_summons, by=story.jonas, invitation_id=mine.pk, answer="comes")


def test_asked_again_what_stays_keeps_its_answers_and_who_had_answered_is_asked(story, asked):
    everybody(story, asked)
    new = [story.at(9), story.at(12)]
    row = fresh(asked)
    only = [story.pupil_health]
    commands.ask_times(by=story.karin, summons_id=row.pk, seen=row.revision, times=new, unit_ids=only)
    assert [one.starts_at for one in times_of(asked)] == new
    kept = TimeAnswer.objects.filter(time__starts_at=story.at(9))
    assert kept.count() == 3
    assert not TimeAnswer.objects.filter(time__starts_at=story.at(12)).exists()
    assert {task.unit_id for task in open_tasks("summons_times")} == {story.pupil_health}
    assert not asked.invitations.filter(unit_id=story.school).exists()
    assert queries.next_step_of(story.karin, story.plan).ball_unit is None
    assert any(one.kind == "times" for one in queries.todo_of(story.maria, story.child_id))


def test_taken_back_it_is_a_draft_and_nobody_has_anything_to_do(story, asked):
    everybody(story, asked)
    commands.withdraw_times(by=story.karin, summons_id=asked.pk, seen=asked.revision)
    row = fresh(asked)
    assert (row.is_asking, row.asked_at, row.invitations.count(), row.proposed_times.count()) == (
        False, None, 0, 0,
    )  # fmt: skip
    assert not told("times_asked")
    assert not open_tasks("summons_times").exists()
    assert queries.next_step_of(story.karin, story.plan).kind == "sip_summon"
    commands.edit_summons(by=story.karin, summons_id=row.pk, seen=row.revision, question="Annat?")


# Answering


def test_each_answers_for_itself_and_the_one_in_charge_notes_the_family(story, asked):
    say(story, asked, "lena", True, False, True)
    assert {task.unit_id for task in open_tasks("summons_times")} == {story.school}
    said = dict.fromkeys((one.pk for one in times_of(asked)), False)
    johan = story.invitation(asked, guardian=story.cast.guardian("johan"))
    commands.answer_times(by=story.karin, invitation_id=johan.pk, said=said)
    for by, theirs in ((story.maria, johan), (story.jonas, johan), (story.jonas, None)):
        other = theirs or story.invitation(asked, unit_id=story.pupil_health)
        refused("not_your_item", commands.answer_times, by=by, invitation_id=other.pk, said=said)
    assert TimeAnswer.objects.filter(invitation=johan, can=True).count() == 0
    assert Event.objects.filter(kind="sip_times_answered").count() == 2
    assert told("times_answered")
    assert not told("times_answered") & {"maria", "johan", "lena", "jonas"}


def test_an_answer_is_about_the_times_that_stand(story, asked):
    mine = story.invitation(asked, unit_id=story.school)
    half = {times_of(asked)[0].pk: True}
    refused("times_changed", commands.answer_times, by=story.jonas, invitation_id=mine.pk, said=half)
    say(story, asked, "jonas", True, True, True)
    say(story, asked, "jonas", False, False, True)
    assert list(mine.time_answers.order_by("time__starts_at").values_list("can", flat=True)) == [
        False, False, True,
    ]  # fmt: skip


def test_the_ball_goes_from_those_who_are_silent_to_the_one_who_picks(story, asked):
    step = queries.next_step_of(story.karin, story.plan)
    assert (step.kind, step.ball, step.ball_unit) == ("sip_times", "other", None)
    for who in ("lena", "maria", "johan"):
        say(story, asked, who, True, True, False)
    assert queries.next_step_of(story.karin, story.plan).ball_unit == story.school
    say(story, asked, "jonas", False, True, True)
    step = queries.next_step_of(story.karin, story.plan)
    assert (step.kind, step.ball) == ("sip_pick_time", "ours")
    assert open_tasks("sip_pick_time", unit_id=story.karin.unit_id).exists()


# Picking


def test_the_picked_time_is_called_to_and_who_can_comes(story, asked):
    everybody(story, asked)
    picked = pick(story, asked, at=0)
    assert (picked.starts_at, bool(picked.sent_at)) == (story.at(8), True)
    answers = {one.unit_id or one.guardian_id or "child": one for one in picked.invitations.all()}
    comes = {key for key, one in answers.items() if one.answer == "comes"}
    assert comes == {story.karin.unit_id, story.pupil_health, story.maria.guardian_id, "child"}
    assert all(answers[key].answered_at for key in comes)
    assert {task.unit_id for task in open_tasks("summons_answer")} == {story.school}
    assert not open_tasks("summons_times").exists()
    assert not told("times_asked")
    assert {"maria", "johan"} < told("summons_sent")
    kinds = list(Event.objects.filter(subject=story.plan_id).values_list("kind", flat=True))
    assert kinds.count("sip_summons_sent") == kinds.count("sip_times_asked") == 1
    assert AccessLogRow.objects.filter(what="plan.summons.send", object_id=str(asked.pk)).count() == 1
    assert queries.next_step_of(story.karin, story.plan).kind == "sip_answers"


def test_all_who_can_leave_nothing_to_answer(story, asked):
    everybody(story, asked)
    pick(story, asked, at=1)
    assert queries.next_step_of(story.karin, story.plan).kind == "sip_meeting"
    mine = story.invitation(asked, unit_id=story.school)
    commands.answer_summons(by=story.jonas, invitation_id=mine.pk, answer="declines", reason="Sjuk")


def test_a_time_that_has_passed_or_is_another_s_is_not_picked(story, asked):
    refused("time_unpicked", pick, story, asked, time_id=asked.pk)
    story.later(9)
    refused("time_passed", pick, story, asked, at=0)
    pick(story, asked, at=2)


def test_a_unit_that_the_family_has_closed_the_plan_to_is_not_called(story, asked):
    everybody(story, asked)
    story.later(1)  # two answers are a day apart
    for guardian in ("maria", "johan"):
        story.answer(guardian, cells=[(story.pupil_health, "plan")])
    assert not open_tasks("summons_times", unit_id=story.school).exists()
    picked = pick(story, asked)
    units = set(picked.invitations.filter(unit_id__isnull=False).values_list("unit_id", flat=True))
    assert units == {story.karin.unit_id, story.pupil_health}


# Two people at once


def test_of_two_who_pick_one_calls_and_the_other_is_told(story, asked):
    everybody(story, asked)
    seen = fresh(asked).revision
    pick(story, asked, at=1)
    with pytest.raises((EditConflict, Refusal)):
        pick(story, asked, at=2, seen=seen)
    assert fresh(asked).starts_at == story.at(9)
    assert Event.objects.filter(kind="sip_summons_sent").count() == 1


def test_who_answers_while_another_picks_comes_to_the_summons(story, asked):
    """Jonas has the question open in his browser when Karin picks a time in hers."""
    jonas, karin = Browser(story, "jonas"), Browser(story)
    mine = story.invitation(asked, unit_id=story.school)
    assert "Vilka tider kan ni?" in jonas.text("open", "summons-times-answer", mine.pk)
    times = times_of(asked)
    answer = karin.send("summons-pick", asked.pk, time_id=str(times[1].pk), follow=True)
    assert "Tiden är vald och kallelsen är skickad." in answer.content.decode()
    late = jonas.post("summons-times-answer", mine.pk, follow=True, **{f"t-{one.pk}": "yes" for one in times})
    assert late.redirect_chain[-1][0].endswith(f"/moten/kallelser/{asked.pk}/")
    mine.refresh_from_db()
    assert mine.answer == "none"


def test_two_have_the_picking_open_and_the_second_is_shown_what_holds(story, asked):
    karin, eva = Browser(story), Browser(story, "eva")
    time = times_of(asked)[0]
    shown = {"seen": str(asked.revision), "time_id": str(time.pk)}
    assert karin.post("summons-pick", asked.pk, **shown).status_code == 302
    late = eva.post("summons-pick", asked.pk, **shown)
    assert late.status_code in (409, 422)
    assert "Frågan om tider är avslutad." in late.content.decode()


# Pages, without JavaScript


def test_from_a_summons_without_a_time_to_the_picked_one(story):
    story.together()
    karin = Browser(story)
    whole = {"child_takes_part": "a_while", "question": "Hur går det?", "minutes": "60", "place": "Eken"}
    half = karin.send("summon", story.plan_id, **whole, time="10.00")
    assert errors(half) == [("day_0", "Ange datum, till exempel 24 11 2026.")]
    page = karin.send("summon", story.plan_id, **whole, follow=True)
    summons = Summons.objects.get()
    assert page.redirect_chain[-1][0].endswith("/tider/fraga/")
    assert "Sista dagen för första mötet är" in page.content.decode()
    units = [str(story.pupil_health), str(story.school)]
    few = karin.send("summons-ask", summons.pk, unit_ids=units, **day("day_1", story.at(8)), time_1="10")
    assert ("day_2_0", "Ange datum, till exempel 24 11 2026.") in errors(few)
    assert targets_exist(few)
    rows = {"time_1": "10.00", "time_2": "13.00"} | day("day_1", story.at(8)) | day("day_2", story.at(30))
    sent = karin.send("summons-ask", summons.pk, unit_ids=units, follow=True, **rows).content.decode()
    assert "Frågan om tider är skickad. Svaren kommer här." in sent
    assert "dagar efter sista dagen för första mötet" in sent
    lena = Browser(story, "lena", "school_nurse")
    assert "Frågor om mötestider" in lena.text("open", "meetings")
    mine = story.invitation(summons, unit_id=story.pupil_health)
    one, two = times_of(summons)
    unsaid = lena.send("summons-times-answer", mine.pk, **{f"t-{one.pk}": "yes"})
    assert errors(unsaid) == [(f"t-{two.pk}_0", "Välj «Kan» eller «Kan inte».")]
    lena.send("summons-times-answer", mine.pk, **{f"t-{one.pk}": "yes", f"t-{two.pk}": "no"})
    table = karin.text("open", "summons-times", summons.pk)
    assert "Flest kan" in table
    assert "2 av 5 kan" in table
    assert "Kan 1 av 2 tider" in table
    called = karin.send("summons-pick", summons.pk, time_id=str(one.pk), follow=True).content.decode()
    assert "Tiden är vald och kallelsen är skickad." in called
    assert karin.open("summons-times", summons.pk).headers["Location"].endswith(f"/kallelser/{summons.pk}/")


def test_the_plan_s_own_pages_lead_to_the_question(story, asked):
    karin = Browser(story)
    href = f"/moten/kallelser/{asked.pk}/tider/"
    for name, about in (("plan-page", story.plan_id), ("plan-meetings", story.plan_id), ("meetings", None)):
        assert href in karin.text("open", name, *([about] if about else [])), name
    for name, about in (("summon", story.plan_id), ("summons", asked.pk), ("summons-check", asked.pk)):
        assert karin.open(name, about).headers["Location"] == href, name
    again = karin.text("open", "summons-ask", asked.pk)
    assert re.search(r'name="time_3" value="13.00"', again)
    assert re.search(r"<details[^>]* open", again)
    back = karin.send("summons-times-withdraw", asked.pk)
    assert back.headers["Location"].endswith("/skriv/")


def test_a_question_about_more_times_and_parties_asks_no_more_of_the_database(story, asked):
    karin = Browser(story)
    everybody(story, asked)
    karin.open("summons-times", asked.pk)
    few = karin.questions("summons-times", asked.pk)
    row = fresh(asked)
    more = [story.at(days) for days in (8, 9, 10, 11, 12)]
    commands.ask_times(by=story.karin, summons_id=row.pk, seen=row.revision, times=more)
    assert karin.questions("summons-times", asked.pk) == few


def test_a_stranger_to_the_plan_finds_nothing(story, asked):
    other = Browser(story, "peter")
    mine = story.invitation(asked, unit_id=story.school)
    for name, about in (
        ("summons-times", asked.pk), ("summons-ask", asked.pk), ("summons-pick", asked.pk),
        ("summons-times-withdraw", asked.pk), ("summons-times-answer", mine.pk),
    ):  # fmt: skip
        assert other.open(name, about).status_code in (403, 404), name
