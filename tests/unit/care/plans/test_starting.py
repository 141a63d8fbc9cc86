"""Moments one and two: the need is seen, a plan is asked for, begun or declined."""

from datetime import date, timedelta

import pytest
from django.http import Http404

from kring.access.gate import NotAllowed
from kring.access.refusals import EditConflict
from kring.audit.models import AccessLogRow
from kring.care.plans import commands, queries
from kring.care.plans.models import Plan, PlanParty
from kring.timeline.models import Event, Task


def tasks(plan):
    return {task.kind: task for task in Task.objects.filter(subject=plan.pk, done_at__isnull=True)}


def kinds(plan):
    return list(
        Event.objects.filter(subject=plan.pk).order_by("effective_at", "pk").values_list("kind", flat=True)
    )


@pytest.mark.parametrize(
    ("subject", "role"),
    [("karin", None), ("lena", "school_nurse"), ("jonas", None), ("sara", None), ("peter", None)],
)
def test_one_party_s_judgement_is_enough(cast, subject, role):
    """Region, pupil health and school alike; no diagnosis, no physician needed."""
    actor = cast.actor(subject, role)
    plan = commands.start_plan(by=actor, child_id=cast.child("alva").pk, need_identified_on=actor.today)
    assert (plan.status, plan.unit_id, plan.coordinator_id) == ("draft", actor.unit_id, actor.person_id)
    assert list(PlanParty.objects.filter(plan=plan).values_list("unit_id", flat=True)) == [actor.unit_id]


def test_social_services_start_one_too(cast):
    fatima = cast.actor("fatima")
    assert commands.start_plan(by=fatima, child_id=cast.child("omar").pk, need_identified_on=fatima.today)


def test_starting_tells_the_timeline_the_worklist_and_the_log(story):
    need = story.today - timedelta(days=2)
    story.started(need_identified_on=need)
    plan = story.plan
    events = {event.kind: event for event in Event.objects.filter(subject=plan.pk)}
    assert set(events) == {"sip_need_identified", "sip_started"}
    assert events["sip_need_identified"].effective_at < events["sip_started"].effective_at == story.now
    open_now = tasks(plan)
    assert set(open_now) == {"sip_consent", "sip_meeting"}
    assert open_now["sip_meeting"].due_on == need + timedelta(days=21)
    assert {task.assignee_id for task in open_now.values()} == {story.karin.person_id}
    written = AccessLogRow.objects.filter(object_id=str(plan.pk), action="write")
    assert {row.what for row in written} == {"plan.start"}
    assert all(row.rule and row.child_id == story.child_id for row in written)


def test_the_need_cannot_lie_ahead(story, refused):
    with refused("need_in_future") as said:
        story.started(need_identified_on=story.today + timedelta(days=1))
    assert said.value.field == "need_identified_on"
    assert not Plan.objects.exists()


def test_there_is_one_going_plan_of_a_kind(story, refused):
    story.started()
    with refused("open_plan_exists"):
        story.started()
    story.started(kind="discharge")


def test_a_plan_of_others_that_is_not_disclosed_is_not_told_of(story, cast):
    """Refusing a second one would tell that the first exists."""
    story.started()
    assert commands.start_plan(by=story.peter, child_id=story.child_id, need_identified_on=story.today)


@pytest.mark.parametrize(("days", "ok"), [(-1, True), (0, False)])
def test_a_plan_may_run_through_the_20th_year(story, cast, refused, days, ok):
    child = cast.child("alva")
    child.birth_date = story.today.replace(year=story.today.year - 21) - timedelta(days=days)
    child.save()
    if ok:
        story.started()
    else:
        with refused("too_old"):
            story.started()


def test_dental_care_takes_part_when_invited_and_does_not_start(cast):
    """The role does not hold the permission at all (ruling 25)."""
    from kring.children.commands import relate

    dina, alva = cast.actor("dina"), cast.child("alva")
    relate(child=alva, unit=cast.unit("ftv-boras-1"), starts_on=dina.today)
    with pytest.raises(NotAllowed):
        commands.start_plan(by=dina, child_id=alva.pk, need_identified_on=dina.today)


def test_a_stranger_meets_a_missing_child(cast):
    with pytest.raises(Http404):
        commands.start_plan(
            by=cast.actor("ulla"), child_id=cast.child("alva").pk, need_identified_on=cast.actor("ulla").today
        )


@pytest.mark.parametrize(
    ("subject", "who"), [("maria", "guardian"), ("alva", "child"), ("lena", "professional")]
)
def test_the_family_and_staff_ask_for_a_plan(story, cast, subject, who):
    actor = getattr(story, subject)
    unit = cast.unit("hh-habilitering-boras")
    plan = commands.request_plan(
        by=actor, child_id=story.child_id, unit_id=unit.pk, what_matters=" Att orka "
    )
    assert (plan.requested_by, plan.started_at, plan.what_matters) == (who, None, "Att orka")
    assert kinds(plan) == ["sip_need_identified"]
    [task] = tasks(plan).values()
    assert (task.kind, task.unit_id, task.due_on) == ("sip_start", unit.pk, story.today + timedelta(days=3))


def test_asking_needs_a_unit_that_meets_the_child(story, cast, refused):
    with refused("unit_not_around_child"):
        commands.request_plan(by=story.maria, child_id=story.child_id, unit_id=cast.unit("skola-boras-2").pk)


def test_asking_again_while_one_goes_on_is_refused(story, refused):
    unit_id = story.started().plan.unit_id
    with refused("open_plan_exists"):
        commands.request_plan(by=story.maria, child_id=story.child_id, unit_id=unit_id)


def requested(story):
    unit_id = story.cast.unit("hh-habilitering-boras").pk
    plan = commands.request_plan(by=story.maria, child_id=story.child_id, unit_id=unit_id)
    story.plan_id = plan.pk
    return plan


def test_the_unit_that_was_asked_decides_to_make_it(story):
    plan = requested(story)
    story.later(2)
    plan = commands.accept_request(by=story.karin, plan_id=plan.pk)
    assert (plan.started_at, plan.coordinator_id) == (story.now, story.karin.person_id)
    assert kinds(plan) == ["sip_need_identified", "sip_started"]
    assert "sip_start" not in tasks(plan)
    assert [reading.days for reading in queries.clocks_of(story.karin, plan)][0] == 2


def test_it_is_begun_once(story, refused):
    plan = requested(story)
    commands.accept_request(by=story.karin, plan_id=plan.pk)
    with refused("already_started"):
        commands.accept_request(by=story.karin, plan_id=plan.pk)


def test_nothing_is_drawn_up_before_somebody_decided_to(story, refused):
    plan = requested(story)
    with refused("not_started"):
        story.answer("maria")
    with refused("not_started"):
        commands.draft_summons(by=story.karin, plan_id=plan.pk)
    with refused("not_started"):
        story.establish()


@pytest.mark.parametrize("reason", ["", "   "])
def test_a_plan_is_declined_only_with_a_reason(story, refused, reason):
    plan = requested(story)
    with refused("reason_missing") as said:
        commands.decline_plan(by=story.karin, plan_id=plan.pk, reason=reason)
    assert said.value.message == "Skriv skälet. Det sparas i planen."
    assert story.plan.status == "draft"


def test_a_declined_plan_keeps_its_reason_and_leaves_no_task(story, refused):
    plan = requested(story)
    commands.decline_plan(by=story.karin, plan_id=plan.pk, reason="Familjen har redan en plan i annan region")
    plan = story.plan
    assert (plan.status, plan.is_over) == ("declined", True)
    assert plan.declined_reason == "Familjen har redan en plan i annan region"
    assert not tasks(plan)
    event = Event.objects.get(kind="sip_closed")
    assert event.data == {"reason": "declined"}
    with refused("plan_is_over"):
        commands.accept_request(by=story.karin, plan_id=plan.pk)


def test_an_established_plan_is_closed_and_not_declined(story, refused):
    story.established()
    with refused("not_a_draft"):
        commands.decline_plan(by=story.karin, plan_id=story.plan_id, reason="Nej")


def test_another_party_cannot_decline(story, refused):
    story.together()
    with refused("not_in_charge"):
        commands.decline_plan(by=story.lena, plan_id=story.plan_id, reason="Vi hinner inte")


def test_the_unit_in_charge_writes_the_plan_s_own_fields(story, refused):
    story.together()
    plan = story.describe(situation="  Alva orkar inte hela dagen ", early_signs="Sover dåligt")
    assert (plan.situation, plan.early_signs, plan.revision) == (
        "Alva orkar inte hela dagen",
        "Sover dåligt",
        2,
    )
    with refused("not_in_charge"):
        commands.describe_plan(by=story.lena, plan_id=story.plan_id, seen=2, situation="Annat")


def test_only_the_plan_s_own_fields_are_written(story):
    story.started()
    with pytest.raises(TypeError, match="status"):
        story.describe(status="established")


def test_two_editors_see_each_other_s_version(story):
    """The second to save gets what the first wrote, and nothing is overwritten."""
    story.started()
    seen = story.plan.revision
    commands.describe_plan(by=story.karin, plan_id=story.plan_id, seen=seen, situation="Första")
    with pytest.raises(EditConflict) as conflict:
        commands.describe_plan(by=story.eva, plan_id=story.plan_id, seen=seen, situation="Andra")
    assert conflict.value.current.situation == "Första"
    assert conflict.value.current.revision == seen + 1
    assert story.plan.situation == "Första"


@pytest.mark.parametrize(
    ("need", "ok"), [(date(2021, 1, 1), True), (date(2020, 12, 31), False), (date.min, False)]
)
def test_a_need_lies_where_its_clocks_are_known(story, refused, need, ok):
    """A year written wrong is told of at its field; it must never be a page that broke."""
    if ok:
        assert story.started(need_identified_on=need).plan.need_identified_on == need
        return
    with refused("need_too_early") as said:
        story.started(need_identified_on=need)
    assert said.value.field == "need_identified_on"
    assert said.value.message == "Ange dagen då behovet upptäcktes. Den kan inte ligga före år 2021."
    assert not Plan.objects.exists()
