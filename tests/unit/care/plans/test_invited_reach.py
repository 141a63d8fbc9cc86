"""A unit that meets the child only by the plan reaches it as long as the plan is open to it, no longer."""

from datetime import timedelta

import pytest

from kring.access import gate
from kring.access.permissions import Permission
from kring.care.plans import commands, queries
from kring.children.models import CareRelation
from tests.told import once
from tests.unit.care.plans.pages import Browser


@pytest.fixture
@once
def social(story):
    """The unit of social services in Borås; Alva has nothing to do with it before the plan."""
    unit_id = story.cast.unit("socialtjanst-boras").pk
    story.started().joined(unit_id)
    return unit_id


@pytest.fixture
def worker(story, social):
    """Who works there, by subject."""
    return story.cast.unit("socialtjanst-boras").assignments.get(role="social_worker").person.subject


def both(story, social, **more):
    for guardian in ("maria", "johan"):
        story.answer(guardian, cells=[(social, "plan")], **more)


def reaches(story, worker) -> bool:
    actor = story.cast.actor(worker, now=story.now)
    return gate.children_for(actor, Permission.SEE_CHILD).filter(pk=story.child_id).exists()


def test_it_reaches_the_child_by_consent_alone(story, social, worker):
    assert not reaches(story, worker)
    both(story, social)
    assert reaches(story, worker)
    assert reaches(story.later(400), worker)


def test_it_reaches_the_child_through_the_last_day_of_the_consent(story, social, worker):
    both(story, social, ends_on=story.today + timedelta(days=30))
    assert reaches(story.later(30), worker)
    assert not reaches(story.later(1), worker)


def test_a_consent_that_is_given_anew_moves_the_last_day(story, social, worker):
    both(story, social, ends_on=story.today + timedelta(days=30))
    story.later(10)
    both(story, social, ends_on=story.today + timedelta(days=60))
    assert reaches(story.later(60), worker)
    assert not reaches(story.later(1), worker)


def test_a_consent_without_an_end_takes_the_last_day_away(story, social, worker):
    both(story, social, ends_on=story.today + timedelta(days=30))
    story.later(1)
    both(story, social)
    assert reaches(story.later(90), worker)


def test_a_yes_taken_back_on_the_same_day_closes_the_child_at_once(story, social, worker):
    both(story, social)
    page = Browser(story, worker)
    assert page.open("child", story.child_id).status_code == 200
    commands.withdraw_consent(by=story.karin, consent_id=story.content().consent.signers[0].latest.pk)
    assert page.open("child", story.child_id).status_code == 404


def test_a_yes_taken_back_before_its_last_day_closes_the_child_at_once(story, social, worker):
    both(story, social, ends_on=story.today + timedelta(days=30))
    story.later(5)
    commands.withdraw_consent(by=story.karin, consent_id=story.content().consent.signers[0].latest.pk)
    assert not reaches(story, worker)


def test_what_the_unit_had_with_the_child_before_is_its_own(story, social, worker):
    care = CareRelation.objects.create(
        child_id=story.child_id, unit_id=social, kind="social_support", starts_on=story.today
    )
    both(story, social, ends_on=story.today + timedelta(days=30))
    assert CareRelation.objects.filter(child_id=story.child_id, unit_id=social).get() == care
    assert reaches(story.later(31), worker)


def withdraw(story, plan_id) -> None:
    plan, story.plan_id = story.plan_id, plan_id
    commands.withdraw_consent(by=story.karin, consent_id=story.content().consent.signers[0].latest.pk)
    story.plan_id = plan


def two_plans(story, social, first, second):
    """A SIP and a plan for discharge with the same unit, consented to through these days from now."""
    plans = []
    for number, days in enumerate((first, second)):
        if number:
            story.started(kind="discharge").joined(social)
        both(story, social, ends_on=days and story.today + timedelta(days=days))
        plans.append(story.plan_id)
    return plans


@pytest.mark.parametrize("closed", [0, 1])
@pytest.mark.parametrize("later", [0, 3])
def test_of_two_plans_with_a_unit_the_one_that_stays_keeps_the_child_open(
    story, social, worker, closed, later
):
    plans = two_plans(story, social, None, None)
    withdraw(story.later(later), plans[closed])
    actor = story.cast.actor(worker, now=story.now)
    opened = [queries.whole_plans(actor).filter(pk=plan_id).exists() for plan_id in plans]
    assert opened == [closed == 1, closed == 0]
    assert reaches(story.later(400), worker)


@pytest.mark.parametrize(("first", "second", "last"), [(10, 40, 40), (None, 40, 40), (40, None, 400)])
def test_the_relation_then_lasts_as_long_as_the_plan_that_stays(story, social, worker, first, second, last):
    plans = two_plans(story, social, first, second)
    withdraw(story, plans[0])
    assert reaches(story.later(last), worker)
    assert last == 400 or not reaches(story.later(1), worker)


def test_when_both_plans_are_closed_the_child_is(story, social, worker):
    for plan_id in two_plans(story, social, None, 40):
        withdraw(story, plan_id)
    assert not reaches(story, worker)


def test_a_plan_whose_consent_has_run_out_keeps_nothing_open(story, social, worker):
    plans = two_plans(story, social, None, 10)
    withdraw(story.later(11), plans[0])
    assert not reaches(story, worker)


def test_a_unit_that_leaves_one_plan_stays_in_the_other(story, social, worker):
    first, second = two_plans(story, social, None, None)
    commands.leave_party(by=story.karin, plan_id=first, unit_id=social)
    actor = story.cast.actor(worker, now=story.now)
    assert set(queries.whole_plans(actor).values_list("pk", flat=True)) == {second}
    assert [plan.pk for plan in queries.own_plans(actor)] == [first]
