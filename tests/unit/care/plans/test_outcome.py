"""Establishing, versions, follow-up and the end."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.http import Http404

from kring.access.gate import NotAllowed
from kring.access.refusals import EditConflict
from kring.care.plans import commands, queries
from kring.care.plans.models import Acknowledgement, Closure, FollowUp, PlannedFollowUp, PlanVersion
from kring.timeline.models import Event, Task


def open_kinds(story):
    tasks = Task.objects.filter(subject=story.plan_id, done_at__isnull=True)
    return sorted(tasks.values_list("kind", flat=True))


def test_with_the_four_items_and_consent_it_is_established(story):
    story.together().filled()
    story.held()
    version = story.establish()
    plan = story.plan
    assert (plan.status, plan.follow_up_on) == ("established", story.today + timedelta(days=90))
    assert (version.number, version.stored["plan"]["needed_efforts"]) == (1, plan.needed_efforts)
    events = set(Event.objects.filter(subject=plan.pk).values_list("kind", flat=True))
    assert {"plan_established", "follow_up_planned"} <= events
    assert open_kinds(story) == ["follow_up"]


@pytest.mark.parametrize(
    ("undo", "words"),
    [
        ({"needed_efforts": ""}, "vilka insatser som behövs"),
        ({"overall_responsible_id": None}, "vem som har det övergripande ansvaret"),
    ],
)
def test_a_missing_item_is_named(story, refused, undo, words):
    story.together().filled()
    story.describe(**undo)
    with refused("gaps") as said:
        story.establish()
    assert said.value.message == f"Planen kan inte fastställas än. Det här saknas: {words}."
    assert story.plan.status == "draft"
    assert not PlanVersion.objects.exists()


def test_a_party_that_says_nothing_is_named(story, refused):
    story.together().filled()
    commands.state_nothing_now(by=story.jonas, plan_id=story.plan_id, words="")
    with refused("gaps") as said:
        story.establish()
    assert story.cast.unit("skola-boras-1").name in said.value.message


def test_what_others_do_may_be_said_in_words_instead(story, refused):
    story.together().filled()
    activity = next(row for row in story.content().activities if row.responsible == "family")
    commands.remove_activity(by=story.maria, activity_id=activity.pk, seen=activity.revision)
    with refused("gaps"):
        story.establish()
    story.describe(other_measures="Inget behövs från någon annan")
    assert story.establish()


def test_everything_missing_is_named_at_once(story, refused):
    story.together()
    with refused("gaps") as said:
        story.establish()
    assert said.value.message.count(";") == 3


@pytest.mark.parametrize(
    ("answers", "code"), [(("given", None), "waiting"), (("given", "refused"), "conflict")]
)
def test_without_consent_it_stays_a_draft(story, refused, answers, code):
    story.together().filled()
    commands.withdraw_consent(by=story.karin, consent_id=story.answer("johan").pk)
    if answers[1]:
        story.later(1).answer("johan", answers[1])
    with refused(f"consent_{code}"):
        story.establish()


def test_it_has_a_day_for_the_follow_up(story, refused):
    story.together().filled()
    with refused("follow_up_missing"):
        story.establish(follow_up_on=None)
    for days in (0, -1):
        with refused("follow_up_passed"):
            story.establish(follow_up_on=story.today + timedelta(days=days))


def test_it_is_established_once(story, refused):
    story.established()
    with refused("not_a_draft"):
        story.establish()


def test_another_party_does_not_establish(story, refused):
    story.together().filled()
    with refused("not_in_charge"):
        commands.establish_plan(by=story.lena, plan_id=story.plan_id, seen=story.plan.revision)


def test_establishing_what_somebody_just_changed_is_a_conflict(story):
    story.together().filled()
    seen = story.plan.revision
    story.describe(situation="Nytt")
    with pytest.raises(EditConflict):
        commands.establish_plan(
            by=story.eva, plan_id=story.plan_id, seen=seen, follow_up_on=story.today + timedelta(days=30)
        )
    assert not PlanVersion.objects.exists()


def publish(story, reason="Efter mötet"):
    return commands.publish_version(
        by=story.karin, plan_id=story.plan_id, seen=story.plan.revision, reason=reason
    )


def test_versions_are_numbered_and_never_rewritten(story):
    story.established()
    first = PlanVersion.objects.get()
    before = first.stored
    story.describe(situation="Bättre")
    second = publish(story)
    first.refresh_from_db()
    assert (first.stored, second.number, second.reason) == (before, 2, "Efter mötet")
    [change] = queries.difference_of(story.karin, first, second)
    assert (change.item, change.field, change.before, change.after) == ("plan", "situation", "", "Bättre")


def test_nothing_new_is_no_version(story, refused):
    story.established()
    with refused("nothing_changed"):
        publish(story)


def test_a_draft_has_no_versions(story, refused):
    story.together()
    with refused("not_established"):
        publish(story)


def test_without_consent_no_new_version(story, refused):
    story.established()
    story.describe(situation="Nytt")
    story.later(1).answer("johan", "refused")
    with refused("consent_conflict"):
        publish(story)


@pytest.mark.parametrize(("subject", "guardian"), [("maria", "maria"), ("johan", "johan"), ("alva", None)])
def test_the_family_confirms_that_it_has_read(story, cast, subject, guardian):
    story.established()
    version, actor = PlanVersion.objects.get(), getattr(story, subject)
    assert not queries.acknowledged_by(actor, version)
    row = commands.acknowledge(by=actor, version_id=version.pk, comment=" Bra ")
    assert (row.guardian, row.comment) == (cast.guardian(guardian) if guardian else None, "Bra")
    assert queries.acknowledged_by(actor, version)


def test_confirming_twice_changes_nothing(story):
    story.established()
    version = PlanVersion.objects.get()
    commands.acknowledge(by=story.maria, version_id=version.pk, comment="Ja")
    commands.acknowledge(by=story.maria, version_id=version.pk, comment="Nej")
    assert Acknowledgement.objects.get().comment == "Ja"


def test_staff_do_not_confirm_for_the_family(story):
    story.established()
    with pytest.raises(NotAllowed):
        commands.acknowledge(by=story.karin, version_id=PlanVersion.objects.get().pk)
    with pytest.raises(Http404):
        commands.acknowledge(by=story.maria, version_id=uuid4())


def follow_up(story, status="on_the_way", **more):
    goals = [row.goal for row in story.content().goals]
    statuses = {goal.pk: (status, "Bra jobbat") for goal in goals}
    more = {"next_on": story.today + timedelta(days=60), "statuses": statuses} | more
    return commands.hold_follow_up(by=story.karin, plan_id=story.plan_id, seen=story.plan.revision, **more)


def with_goal(story):
    story.together().filled()
    commands.contribute_goal(by=story.lena, plan_id=story.plan_id, words="Jag vill våga fråga")
    story.establish()
    return story


def test_a_follow_up_says_how_each_goal_stands(story):
    """Also of goals that another party contributed: it is the meeting that says it."""
    with_goal(story).later(90)
    row = follow_up(story, child_words=" Det går bättre ", summary="Fortsätter")
    assert (row.was_due_on, row.held_on) == (story.today, story.today)
    content = story.content()
    assert content.goals[0].goal.status == "on_the_way"
    [held] = content.follow_ups
    assert [(review.status, review.comment) for review in held.reviews] == [("on_the_way", "Bra jobbat")]
    assert held.follow_up.child_words == "Det går bättre"
    assert story.plan.follow_up_on == story.today + timedelta(days=60)
    assert open_kinds(story) == ["follow_up"]
    assert Event.objects.filter(kind="followed_up").count() == 1


@pytest.mark.parametrize("change", [{}, {"status": "unknown"}, {"extra": True}])
def test_every_goal_and_no_other_gets_a_status(story, refused, change):
    with_goal(story)
    goal = story.content().goals[0].goal
    statuses = {}
    if "status" in change:
        statuses = {goal.pk: (change["status"], "")}
    if "extra" in change:
        statuses = {goal.pk: ("reached", ""), uuid4(): ("reached", "")}
    with refused("goal_status_missing"):
        follow_up(story, statuses=statuses)
    assert not FollowUp.objects.exists()


def test_a_follow_up_without_a_next_asks_for_the_end(story):
    with_goal(story).later(90)
    follow_up(story, next_on=None)
    assert story.plan.follow_up_on is None
    assert open_kinds(story) == ["sip_close"]


def test_it_is_not_written_before_it_was_held(story, refused):
    with_goal(story)
    with refused("held_in_future"):
        follow_up(story, held_on=story.today + timedelta(days=1))
    with refused("follow_up_passed"):
        follow_up(story, next_on=story.today)


def test_it_may_be_written_some_days_late(story):
    with_goal(story).later(92)
    row = follow_up(story, held_on=story.today - timedelta(days=2))
    assert row.held_on == story.today - timedelta(days=2)


def test_a_draft_is_not_followed_up(story, refused):
    story.together()
    with refused("not_established"):
        follow_up(story)
    with refused("not_established"):
        move(story, 10)


def move(story, days, reason="Familjen är bortrest"):
    to = story.today + timedelta(days=days)
    return commands.move_follow_up(
        by=story.karin, plan_id=story.plan_id, seen=story.plan.revision, to=to, reason=reason
    )


def test_a_moved_follow_up_is_counted(story):
    story.established()
    move(story, 100)
    story.later(5)
    row = move(story, 110)
    assert row.reason == "Familjen är bortrest"
    assert PlannedFollowUp.objects.count() == 3
    reading = queries.clocks_of(story.karin, story.plan)[2]
    assert (reading.moves, reading.days) == (2, -110)
    [task] = Task.objects.filter(subject=story.plan_id, done_at__isnull=True)
    assert task.due_on == story.plan.follow_up_on == story.today + timedelta(days=110)


def test_moving_it_when_it_was_late_does_not_hide_the_delay(story):
    story.established().later(95)
    move(story, 10)
    reading = queries.clocks_of(story.karin, story.plan)[2]
    assert (reading.days, reading.over) == (5, True)


def test_only_follow_ups_set_since_the_last_one_count(story):
    with_goal(story)
    move(story, 80)
    story.later(80)
    follow_up(story)
    reading = story.content().clocks[2]
    assert (reading.moves, reading.days) == (0, -60)


@pytest.mark.parametrize(
    ("days", "reason", "code"),
    [(90, "x", "follow_up_unchanged"), (0, "x", "follow_up_passed"), (30, " ", "reason_missing")],
)
def test_a_move_is_to_another_day_with_a_reason(story, refused, days, reason, code):
    story.established()
    with refused(code):
        move(story, days, reason)


def close(story, reason="goals_reached", **said):
    return commands.close_plan(
        by=story.karin, plan_id=story.plan_id, seen=story.plan.revision, reason=reason, **said
    )


def test_it_ends_with_a_reason_and_the_child_s_own_evaluation(story):
    story.established()
    closure = close(story, child_listened=5, child_helped=4, child_words=" Bra att ni lyssnade ")
    assert (closure.child_listened, closure.child_helped, closure.child_words) == (
        5,
        4,
        "Bra att ni lyssnade",
    )
    assert story.plan.status == "ended"
    assert Event.objects.get(kind="sip_closed").data == {"reason": "goals_reached"}
    assert open_kinds(story) == []
    assert story.content().closure == closure


@pytest.mark.parametrize("reason", Closure.Reason.values)
def test_each_reason_can_be_given(story, reason):
    story.started()
    assert close(story, reason, words="Familjen flyttar").reason == reason


@pytest.mark.parametrize(
    ("reason", "said", "code"),
    [
        ("", {}, "closing_reason_missing"),
        ("tired", {}, "closing_reason_missing"),
        ("other", {}, "closing_words_missing"),
        ("declined", {"words": " "}, "closing_words_missing"),
        ("moved", {"child_listened": 0}, "face_out_of_range"),
        ("moved", {"child_helped": 6}, "face_out_of_range"),
    ],
)
def test_what_is_missing_at_the_end_is_asked_for(story, refused, reason, said, code):
    story.started()
    with refused(code):
        close(story, reason, **said)
    assert story.plan.status == "draft"


def test_other_fields_are_no_fields(story):
    story.started()
    with pytest.raises(TypeError, match="ended_at"):
        close(story, "moved", ended_at=story.now)


def test_closed_before_a_meeting_the_clock_is_censored(story):
    story.started().later(4)
    close(story, "moved")
    meeting = queries.clocks_of(story.karin, story.plan)[1]
    assert (meeting.state, meeting.days) == ("censored", 4)


def test_an_ended_plan_takes_its_open_questions_with_it(story):
    story.together()
    summons = story.summoned()
    close(story, "moved")
    assert not Task.objects.filter(subject=summons.pk, done_at__isnull=True).exists()


def test_an_ended_plan_is_read_and_not_written(story, refused):
    story.established()
    close(story)
    assert queries.plan_or_404(story.lena, story.plan_id, what="test")
    for again in (lambda: close(story), lambda: story.describe(situation="x"), lambda: story.answer("maria")):
        with refused("plan_is_over"):
            again()


def test_consent_can_be_withdrawn_after_the_end_too(story):
    story.established()
    close(story)
    consent = queries.consent_of(story.karin, story.plan).signers[0].latest
    commands.withdraw_consent(by=story.karin, consent_id=consent.pk)
    assert not queries.plan_or_404(story.jonas, story.plan_id, what="test").is_whole


def test_a_new_plan_may_follow_an_ended_one(story):
    story.established()
    first = story.plan_id
    close(story)
    assert story.started().plan_id != first
