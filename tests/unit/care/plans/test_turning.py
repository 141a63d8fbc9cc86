"""What the day itself brings: a consent's last day passes, a meeting's day comes. Nobody presses anything."""

from datetime import timedelta

import pytest

from kring.access import gate
from kring.access.permissions import Permission
from kring.audit.models import AccessLogRow
from kring.care.plans import commands, jobs, queries
from kring.children.models import Disclosure
from kring.jobs.registry import UPKEEP
from kring.notifications.models import Notice
from kring.organisations.models import Person
from kring.timeline.models import Event, Task
from tests.told import once


@pytest.fixture(autouse=True)
def new_worker(monkeypatch):
    monkeypatch.setattr(jobs, "_done", [])


@pytest.fixture
@once
def lent(story):
    """A plan whose consents last for thirty days, with a summons out."""
    story.started().joined()
    until = story.today + timedelta(days=30)
    story.answer("maria", ends_on=until)
    story.answer("johan")
    return story


def steps(story) -> set[str]:
    rows = Task.objects.filter(subject=story.plan_id, done_at__isnull=True)
    return set(rows.values_list("kind", flat=True))


def turn(story) -> int:
    return jobs.work_through(story.now)


def test_through_the_last_day_nothing_happens(lent):
    lent.later(30)
    assert turn(lent) == 0
    assert "sip_summon" in steps(lent)


def test_the_day_after_the_plan_closes_and_a_new_answer_is_asked_for(lent):
    lent.later(31)
    assert turn(lent) == 1
    assert "sip_consent" in steps(lent)
    assert "sip_summon" not in steps(lent)
    assert not Disclosure.objects.filter(ended_at__isnull=True, category="plan").exists()
    assert not queries.whole_plans(lent.jonas).filter(pk=lent.plan_id).exists()


def test_the_called_units_no_longer_have_the_question_in_their_lists(lent):
    lent.summoned()
    assert Task.objects.filter(kind="summons_answer", done_at__isnull=True).count() == 2
    turn(lent.later(31))
    assert not Task.objects.filter(kind="summons_answer", done_at__isnull=True).exists()


def test_family_and_coordinator_are_told_and_the_parties_are_not(lent):
    Notice.objects.all().delete()
    turn(lent.later(31))
    told = set(Notice.objects.values_list("person__subject", "act"))
    assert told == {(who, "consent_ended") for who in ("maria", "johan", "karin")}


def test_done_again_it_changes_nothing(lent):
    turn(lent.later(31))
    before = (
        Event.objects.count(),
        Task.objects.count(),
        Notice.objects.count(),
        AccessLogRow.objects.count(),
    )
    assert turn(lent) == 0
    assert turn(lent.later(5)) == 0
    assert before == (
        Event.objects.count(), Task.objects.count(), Notice.objects.count(), AccessLogRow.objects.count(),
    )  # fmt: skip


def test_a_consent_that_was_given_anew_in_time_is_not_over(lent):
    lent.later(20)
    lent.answer("maria", ends_on=lent.today + timedelta(days=60))
    assert turn(lent.later(11)) == 0
    assert "sip_summon" in steps(lent)


def test_one_that_was_taken_back_has_been_followed_already(lent):
    consent = lent.answer("maria", ends_on=lent.today + timedelta(days=30))
    commands.withdraw_consent(by=lent.karin, consent_id=consent.pk)
    assert turn(lent.later(31)) == 0


def test_one_that_runs_out_a_second_time_is_followed_a_second_time(lent):
    turn(lent.later(31))
    lent.answer("maria", ends_on=lent.today + timedelta(days=10))
    assert "sip_summon" in steps(lent)
    assert turn(lent.later(11)) == 1
    assert "sip_consent" in steps(lent)
    assert Event.objects.filter(kind="consent_ended").count() == 2


def test_a_plan_that_is_over_is_left_alone(lent):
    seen = lent.plan.revision
    commands.close_plan(by=lent.karin, plan_id=lent.plan_id, seen=seen, reason="goals_reached")
    turn(lent.later(31))
    assert not Event.objects.filter(kind="consent_ended").exists()


def test_it_is_logged_as_kring_itself_for_the_unit_in_charge(lent):
    turn(lent.later(31))
    row = AccessLogRow.objects.filter(what="plan.consent.ended").get()
    house = Person.objects.get(subject="kring")
    assert (row.person_id, row.role, row.unit_id) == (house.pk, "machine", lent.plan.unit_id)
    assert not house.is_active


def test_the_house_sees_nothing_by_itself(lent):
    """It is no way in: without an assignment there is no actor to log in as, and no page for it."""
    turn(lent.later(31))
    from kring.access.actors import possible_actors

    house = Person.objects.get(subject="kring")
    assert possible_actors(house, now=lent.now, strong_auth=True) == []
    assert gate.explain(lent.karin, Permission.SEE_PLAN, lent.child_id).opens


def test_on_the_day_of_the_meeting_nobody_is_waited_for(story):
    story.together().summoned()
    assert "sip_answers" in steps(story)
    assert turn(story.later(9)) == 0
    assert turn(story.later(1)) == 1
    assert steps(story) == {"sip_meeting"}


def test_it_is_done_once_a_day_by_each_worker_and_at_the_first_look(lent, monkeypatch):
    assert jobs.turn_the_day in UPKEEP
    turned = []
    monkeypatch.setattr(jobs, "work_through", lambda now: turned.append(now) or 0)
    for hours in (0, 1, 13, 14, 15, 38):
        jobs.turn_the_day(lent.now.replace(hour=9) + timedelta(hours=hours))
    assert [moment.astimezone().day for moment in turned][:1] == [16]
    assert len(turned) == 3


def test_with_very_many_it_goes_on_at_the_next_look(lent, monkeypatch):
    monkeypatch.setattr(jobs, "AT_MOST", 1)
    lent.later(31)
    jobs.turn_the_day(lent.now)
    assert jobs._done == []
    jobs.turn_the_day(lent.now)
    assert jobs._done == [lent.today]
