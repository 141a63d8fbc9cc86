"""A unit that meets the child only by the plan reaches it as long as the plan is open to it, no longer."""

from datetime import timedelta

import pytest

from kring.access import gate
from kring.access.permissions import Permission
from kring.care.plans import commands
from kring.children.models import CareRelation
from tests.unit.care.plans.pages import Browser


@pytest.fixture
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
