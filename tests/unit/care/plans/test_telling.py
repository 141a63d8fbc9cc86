"""Every act of a plan that somebody is waiting for is told, to those it concerns and to nobody else."""

from datetime import timedelta

import pytest
from django.db import transaction

from kring.care.plans import commands
from kring.care.plans.commands.telling import tell_family
from kring.children.models import Child, MaturityAssessment, YoungShare
from kring.notifications.models import Notice
from kring.timeline.models import Task
from tests.cast import NOW
from tests.own_pages import Scene


def told(since: int = 0) -> set[tuple[str, str]]:
    """(who, act) of every unread notice after the first `since`."""
    rows = Notice.objects.order_by("made_at", "pk").values_list("person__subject", "act")
    return set(list(rows)[since:])


@pytest.fixture
def news(story):
    """`news(work)`: what doing it told, apart from what had been told before; all of which has been read."""

    def of(work):
        Notice.objects.all().delete()
        work()
        return told()

    return of


FAMILY = {"maria", "johan"}
PARTIES = {"lena", "jonas"}


def everyone(people, act):
    return {(one, act) for one in people}


# The whole list, act by act


def test_that_the_child_has_prepared_is_told_to_whoever_keeps_the_plan_going_and_to_nobody_else(story, news):
    story.together().summoned()
    commands.prepare_meeting(by=story.alva, plan_id=story.plan_id, step=7, takes_part="spokesperson")
    work = lambda: commands.send_preparation(by=story.alva, plan_id=story.plan_id)  # noqa: E731
    assert news(work) == {("karin", "preparation_sent")}
    assert Notice.objects.get().about == story.plan_id


def test_a_plan_that_is_started_asks_the_family_for_consent(story, news):
    assert news(story.started) == everyone(FAMILY, "consent_asked")


def test_a_party_that_joins_asks_the_family_anew(story, news):
    story.started()
    assert news(story.joined) == everyone(FAMILY, "consent_asked")


def test_a_party_to_a_plan_that_is_only_asked_for_asks_nobody(story, cast, news):
    unit = cast.unit("hh-habilitering-boras").pk
    plan = commands.request_plan(by=story.maria, child_id=story.child_id, unit_id=unit)
    story.plan_id = plan.pk
    assert news(story.joined) == set()


def test_an_answer_about_consent_is_told_to_whoever_keeps_the_plan_going(story, news):
    story.started().joined()
    cells = [(story.school, "plan")]
    yes = {"guardian_id": story.cast.guardian("maria").pk, "state": "given", "form": "portal", "cells": cells}
    work = lambda: commands.record_consent(by=story.maria, plan_id=story.plan_id, **yes)  # noqa: E731
    assert news(work) == {("karin", "consent_answered")}


def test_what_karin_writes_down_herself_is_not_told_to_karin(story, news):
    story.started().joined()
    assert news(story.consented) == set()


def test_a_consent_taken_back_is_told_to_whoever_keeps_the_plan_going_and_to_no_party(story, news):
    story.started().joined()
    consent = story.answer("maria")
    story.answer("johan")
    work = lambda: commands.withdraw_consent(by=story.maria, consent_id=consent.pk)  # noqa: E731
    assert news(work) == {("karin", "consent_withdrawn")}


def test_a_summons_is_told_to_guardians_and_parties(story, news):
    story.together()
    assert news(story.summoned) == everyone(FAMILY | PARTIES, "summons_sent")


def test_a_draft_is_told_to_nobody(story, news):
    story.together()
    assert news(story.draft) == set()


def test_only_the_parties_that_are_called_are_told(story, news):
    story.together()
    work = lambda: story.send(story.draft(), unit_ids=[story.school])  # noqa: E731
    assert news(work) == everyone(FAMILY | {"jonas"}, "summons_sent")


@pytest.mark.parametrize(
    ("answer", "act"),
    [
        ({"answer": "comes"}, "summons_answered"),
        ({"answer": "substitute", "substitute": "Pia"}, "summons_answered"),
        ({"answer": "declines", "reason": "Semester"}, "summons_declined"),
    ],
)
def test_an_answer_is_told_to_whoever_keeps_the_plan_going(story, news, answer, act):
    summons = story.together().summoned()
    mine = story.invitation(summons, unit_id=story.pupil_health)
    work = lambda: commands.answer_summons(by=story.lena, invitation_id=mine.pk, **answer)  # noqa: E731
    assert news(work) == {("karin", act)}


def test_a_guardian_s_answer_is_told_too(story, news):
    summons = story.together().summoned()
    hers = story.invitation(summons, guardian__person=story.cast.maria)
    work = lambda: commands.answer_summons(by=story.maria, invitation_id=hers.pk, answer="declines")  # noqa: E731
    assert news(work) == {("karin", "summons_declined")}


def test_a_meeting_called_off_is_told_instead_of_the_invitation(story):
    summons = story.together().summoned()
    Notice.objects.exclude(act="summons_sent").delete()
    commands.cancel_summons(by=story.karin, summons_id=summons.pk, reason="Flyttas")
    assert told() == everyone(FAMILY | PARTIES, "meeting_cancelled")


def test_a_plan_that_is_established_and_changed_is_told_to_family_and_parties(story, news):
    story.together().filled()
    assert news(story.establish) == everyone(FAMILY | PARTIES, "plan_established")
    commands.contribute_goal(by=story.karin, plan_id=story.plan_id, words="Jag vill orka hela dagen")
    seen = story.plan.revision
    work = lambda: commands.publish_version(by=story.karin, plan_id=story.plan_id, seen=seen)  # noqa: E731
    assert news(work) == everyone(FAMILY | PARTIES, "plan_version")


def test_a_plan_that_the_family_asks_for_is_told_to_those_who_lead_the_unit(story, cast, news):
    unit = cast.unit("hh-habilitering-boras").pk
    work = lambda: commands.request_plan(by=story.maria, child_id=story.child_id, unit_id=unit)  # noqa: E731
    assert news(work) == everyone({"karin", "eva"}, "plan_requested")


# What must not be told


def test_a_party_that_the_family_has_not_said_yes_to_is_told_nothing(story, news):
    """The school reaches the child anyway; the plan it must not know of."""
    story.started().joined()
    for guardian in FAMILY:
        story.answer(guardian, cells=[(story.pupil_health, "plan")])
    assert news(story.summoned) == everyone(FAMILY | {"lena"}, "summons_sent")


def test_when_a_consent_is_taken_back_what_was_told_the_parties_is_gone_at_once(story):
    story.started().joined()
    consent = story.answer("maria")
    story.answer("johan")
    story.summoned()
    assert everyone(PARTIES, "summons_sent") <= told()
    commands.withdraw_consent(by=story.maria, consent_id=consent.pk)
    assert not {who for who, _ in told()} & PARTIES


def test_about_a_protected_child_nothing_is_told(story, news):
    story.together()
    Child.objects.filter(pk=story.child_id).update(protection="flag")
    from kring.children.commands import add_to_restricted_group

    for person in (story.cast.karin, story.cast.lena):
        add_to_restricted_group(
            child=Child.objects.get(pk=story.child_id),
            person=person,
            added_by=story.cast.eva,
            now=story.now,
            reason="Behandlar",
        )
    assert news(story.summoned) == set()


def test_a_command_that_fails_tells_nobody(story):
    story.together()
    draft = story.draft()
    before = told()
    with pytest.raises(RuntimeError), transaction.atomic():
        story.send(draft)
        raise RuntimeError
    assert told() == before


# Who gets the task


def owner(story, unit_id) -> str | None:
    task = Task.objects.get(kind="summons_answer", unit_id=unit_id, done_at=None)
    return task.assignee and task.assignee.subject


def test_the_called_unit_s_task_goes_to_the_person_the_party_has_named(story, cast):
    story.started()
    lena, jonas = cast.lena.pk, cast.jonas.pk
    for unit, person in ((story.pupil_health, lena), (story.school, jonas)):
        commands.join_party(by=story.karin, plan_id=story.plan_id, unit_id=unit, contact_id=person)
    story.consented().summoned()
    assert (owner(story, story.pupil_health), owner(story, story.school)) == ("lena", "jonas")


def test_without_a_named_person_it_is_the_unit_s_queue_and_those_who_lead_are_told(story):
    story.together().summoned()
    assert owner(story, story.school) is None
    assert ("jonas", "summons_sent") in told()


def test_a_named_person_who_has_left_is_passed_over(story, cast):
    story.started()
    commands.join_party(by=story.karin, plan_id=story.plan_id, unit_id=story.school, contact_id=cast.jonas.pk)
    story.joined(story.pupil_health).consented()
    cast.jonas.assignments.update(ends_on=story.today - timedelta(days=1))
    story.summoned()
    assert owner(story, story.school) is None


def test_whoever_is_appointed_for_the_child_at_the_unit_takes_it(story, cast):
    from kring.care.contacts.models import CareContact

    common = {"child_id": story.child_id, "unit_id": story.pupil_health, "starts_on": story.today}
    stamp = {"recorded_at": story.now, "recorded_by": cast.lena}
    CareContact.objects.create(role="named_care_contact", person=cast.lena, **common, **stamp)
    story.together().summoned()
    assert owner(story, story.pupil_health) == "lena"
    assert ("lena", "summons_sent") in told()


def test_whoever_already_holds_something_of_the_child_s_takes_the_next(story, cast):
    held = {"child_id": story.child_id, "unit_id": story.school, "due_on": story.today}
    Task.objects.create(kind="child_unclear", assignee=cast.jonas, opened_at=story.now, **held)
    story.together().summoned()
    assert owner(story, story.school) == "jonas"


# Consent is asked of whoever gives it


@pytest.fixture
def asked(cast):
    """`asked("noa")`: who has been told when a plan about her is begun, and again when a yes has gone out."""

    def of(child):
        plan = Scene(cast, child).begun().plan
        begun = set(Notice.objects.filter(act="consent_asked").values_list("person__subject", flat=True))
        tell_family(by=cast.actor("karin"), plan=plan, act="consent_ended")
        ended = Notice.objects.filter(act="consent_ended").values_list("person__subject", flat=True)
        assert set(ended) == begun
        return begun

    return of


def judged(cast, child):
    MaturityAssessment.objects.create(
        child=cast.child(child), question="consent", mature_from=NOW.date(), grounds="Förstår",
        unit=cast.unit("hh-habilitering-boras"), assessed_by=cast.eva, assessed_at=NOW - timedelta(hours=1),
    )  # fmt: skip


def shows_the_plan(cast):
    whom = {"child": cast.child("noa"), "guardian": cast.guardian("anders"), "thing": "plan"}
    YoungShare.objects.create(**whom, starts_at=NOW - timedelta(days=1))


def test_who_decides_itself_is_asked_and_no_guardian_is_even_with_the_plan_shared(cast, asked):
    judged(cast, "noa")
    shows_the_plan(cast)
    assert asked("noa") == {"noa"}


def test_who_does_not_decide_yet_is_not_asked_and_a_guardian_who_sees_the_plan_is(cast, asked):
    shows_the_plan(cast)
    assert asked("noa") == {"anders"}


def test_a_guardian_who_does_not_see_the_plan_is_not_told_of_it(cast, asked):
    assert asked("noa") == set()


def test_a_smaller_child_that_decides_has_it_on_its_page_and_no_notice_of_it_goes_to_guardians(cast, asked):
    judged(cast, "alva")
    assert asked("alva") == set()


def test_both_guardians_of_a_smaller_child_are_asked(cast, asked):
    assert asked("alva") == FAMILY
