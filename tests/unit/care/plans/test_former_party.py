"""A party that the plan has been closed to: its own items and nothing else, on whichever page it asks."""

import pytest
from django.urls import reverse

from kring.access import gate
from kring.care.plans import commands, queries
from kring.children.models import Child
from kring.design import days
from tests.told import once
from tests.unit.care.plans.pages import Browser, day

WRITTEN_SINCE = {
    "what_matters": "Hemligt viktigt",
    "situation": "Hemligt nuläge",
    "needed_efforts": "Hemliga insatser",
    "other_measures": "Hemligt av andra",
    "early_signs": "Hemliga tecken",
}


@pytest.fixture
@once
def closed(story):
    """Pupil health has written a goal; then a guardian takes the yes back, and the others go on writing."""
    story.established()
    commands.contribute_goal(by=story.lena, plan_id=story.plan_id, words="Mitt mål")
    commands.withdraw_consent(by=story.maria, consent_id=story.content().consent.signers[1].latest.pk)
    story.describe(**WRITTEN_SINCE)
    return story


@pytest.fixture
def lena(closed):
    return Browser(closed, "lena", "school_nurse")


def test_its_own_goal_is_still_there(lena, closed):
    assert "Mitt mål" in lena.text("open", "plan-page", closed.plan_id)


@pytest.mark.parametrize("part", ["viktigt", "nulage", "insatser", "andra", "ansvar", "tidiga-tecken"])
def test_no_form_shows_what_the_plan_says_now(lena, closed, part):
    answer = lena.open("plan-describe", closed.plan_id, part)
    assert answer.status_code == 403
    assert "Hemlig" not in answer.content.decode()


@pytest.mark.parametrize(
    "name",
    [
        "plan-accept",
        "plan-decline",
        "plan-party-add",
        "plan-nothing-now",
        "plan-need-add",
        "plan-goal-add",
        "plan-activity-add",
        "plan-follow-up-move",
        "plan-close",
    ],
)
def test_no_page_of_the_plan_itself_opens(lena, closed, name):
    answer = lena.open(name, closed.plan_id)
    assert answer.status_code == 403
    assert "Hemlig" not in answer.content.decode()


def test_nor_the_page_for_letting_a_unit_leave(lena, closed):
    assert lena.open("plan-party-leave", closed.plan_id, closed.school).status_code == 403


def test_a_search_for_units_does_not_tell_who_is_in_the_plan(lena, closed):
    assert lena.open("plan-party-add", closed.plan_id, sok="skola").status_code == 403


def test_nothing_can_be_written_by_sending_without_looking(lena, closed):
    before = closed.plan.revision
    sent = lena.post("plan-describe", closed.plan_id, "nulage", seen=str(before), situation="Annat")
    moved = lena.post(
        "plan-follow-up-move", closed.plan_id, seen=str(before), reason="x", **day("to", closed.today)
    )
    assert (sent.status_code, moved.status_code, closed.plan.revision) == (403, 403, before)


def test_its_bar_does_not_name_who_keeps_the_plan_going_now(lena, closed):
    closed.describe(coordinator_id=closed.karin.person_id)
    assert closed.karin.name not in lena.text("open", "plan-page", closed.plan_id)


def test_nor_does_the_childs_page_name_them_or_tell_the_next_follow_up(lena, closed):
    page = lena.text("open", "child", closed.child_id)
    assert "Alva" in page
    assert closed.karin.name not in page
    assert days.day(closed.plan.follow_up_on) not in page


def test_why_the_plan_is_not_made_is_told_to_those_who_are_in_it(story):
    story.together()
    commands.contribute_goal(by=story.lena, plan_id=story.plan_id, words="Mitt mål")
    commands.leave_party(by=story.karin, plan_id=story.plan_id, unit_id=story.pupil_health)
    commands.decline_plan(by=story.karin, plan_id=story.plan_id, reason="Hemligt skäl")
    page = Browser(story, "lena", "school_nurse").text("open", "plan-page", story.plan_id)
    assert "Mitt mål" in page
    assert "Hemligt skäl" not in page


def test_a_version_of_a_protected_childs_plan_opens_only_with_a_reason(story):
    story.established()
    version = queries.versions_of(story.karin, story.plan).first()
    Child.objects.filter(pk=story.child_id).update(protection="flag")
    story.plan.child.protected_group.create(
        person_id=story.karin.person_id, added_by_id=story.karin.person_id, added_at=story.now, reason="vård"
    )
    answer = Browser(story).open("plan-version", version.pk)
    assert "/oppna/" in answer.headers.get("Location", "")
    assert queries.version_or_404(story.karin, version.pk, what="job") == version  # outside a session


def test_a_version_nobody_was_given_does_not_exist(closed):
    with pytest.raises((gate.Invisible, gate.NotAllowed)):
        queries.version_or_404(
            closed.ulla, queries.versions_of(closed.karin, closed.plan).first().pk, what="x"
        )


def test_no_link_leads_to_a_page_that_is_closed(lena, closed):
    page = lena.text("open", "plan-page", closed.plan_id)
    goal = closed.content(closed.lena).goals[0].goal
    assert f"/planer/mal/{goal.pk}/" in page
    for name in ("plan-activity-add", "plan-need-add", "plan-goal-add", "plan-party-add", "plan-nothing-now"):
        assert reverse(name, args=[closed.plan_id]) not in page
