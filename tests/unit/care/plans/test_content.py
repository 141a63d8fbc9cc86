"""The whole plan as one thing, in a constant number of questions."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kring.care.plans import commands, queries
from tests.told import once

PARTS = {
    "needs": 1,
    "goals": 2,
    "activities": 2,
    "parties": 1,
    "former_parties": 1,
    "consent": 3,
    "summonses": 2,
    "meetings": 2,
    "follow_ups": 2,
    "planned_follow_ups": 1,
    "versions": 2,
    "closure": 1,
    "gaps": 3,
    "next_step": 5,
    "clocks": 3,
}
"""What each part of an ended plan costs by itself, at most."""


def questions(work):
    with CaptureQueriesContext(connection) as asked:
        work()
    return len(asked)


def everything(contents):
    """Every part of every plan, read."""
    for content in contents:
        for name in PARTS:
            getattr(content, name)
    return contents


def grow(story, times):
    for n in range(times):
        commands.contribute_need(by=story.karin, plan_id=story.plan_id, area="play", text=f"Behov {n}")
        goal = commands.contribute_goal(by=story.lena, plan_id=story.plan_id, words=f"Mål {n}")
        commands.contribute_activity(
            by=story.karin, plan_id=story.plan_id, what=f"Insats {n}", goal_id=goal.pk
        )
        story.describe(situation=f"Läge {n}")
        if story.plan.status == "established":
            commands.publish_version(by=story.karin, plan_id=story.plan_id, seen=story.plan.revision)


@pytest.mark.parametrize("subject", ["karin", "lena", "maria", "alva"])
def test_it_asks_as_much_for_twenty_items_as_for_two(story, subject):
    story.established()
    actor, plan = getattr(story, subject), None
    grow(story, 2)
    plan = queries.plan_or_404(actor, story.plan_id, what="test")
    few = questions(lambda: everything([queries.content_of(actor, plan)]))
    grow(story, 10)
    plan = queries.plan_or_404(actor, story.plan_id, what="test")
    assert questions(lambda: everything([queries.content_of(actor, plan)])) == few <= 18


def test_ten_plans_cost_as_much_as_one(story):
    story.established()
    commands.close_plan(by=story.karin, plan_id=story.plan_id, seen=story.plan.revision, reason="moved")
    karin = story.karin
    plans = queries.plans_of(karin, story.child_id)
    one = questions(lambda: everything(queries.contents_of(karin, plans)))
    for _ in range(4):
        story.started()
        commands.close_plan(by=story.karin, plan_id=story.plan_id, seen=story.plan.revision, reason="moved")
    plans = queries.plans_of(karin, story.child_id)
    assert len(plans) == 5
    assert questions(lambda: everything(queries.contents_of(karin, plans))) == one


def test_contents_come_in_the_order_that_was_asked_for(story):
    story.started()
    commands.close_plan(by=story.karin, plan_id=story.plan_id, seen=story.plan.revision, reason="moved")
    story.started()
    plans = queries.plans_of(story.karin, story.child_id)
    assert [one.plan for one in queries.contents_of(story.karin, plans[::-1])] == plans[::-1]
    assert queries.contents_of(story.karin, []) == []


def test_goals_carry_their_activities(story):
    story.together()
    goal = commands.contribute_goal(by=story.lena, plan_id=story.plan_id, words="Läsa")
    under = commands.contribute_activity(
        by=story.lena, plan_id=story.plan_id, what="Högläsning", goal_id=goal.pk
    )
    beside = commands.contribute_activity(by=story.karin, plan_id=story.plan_id, what="Ring skolan")
    content = story.content()
    assert [(row.goal, row.activities) for row in content.goals] == [(goal, (under,))]
    assert content.other_activities == (beside,)
    assert content.activities == (under, beside)


def test_it_says_what_is_missing_and_what_is_next(story):
    story.together()
    content = story.content()
    assert [gap.code for gap in content.gaps] == [
        "needed_efforts",
        "each_party",
        "other_measures",
        "overall_responsible",
    ]
    assert content.next_step == queries.next_step_of(story.karin, story.plan)
    assert [reading.clock for reading in content.clocks] == ["sip_start_3", "sip_meeting_21", "follow_up_due"]
    assert content.in_charge
    assert not story.content(story.lena).in_charge
    assert not story.content(story.maria).in_charge


def test_each_guardian_s_answer_is_shown(story):
    story.started().joined()
    story.answer("maria")
    rows = {row.guardian.given_name: row for row in story.content().consent.signers}
    assert {name: (row.required, row.holds) for name, row in rows.items()} == {
        "Johan": (True, False),
        "Maria": (True, True),
    }
    assert rows["Johan"].latest is None


def test_reading_the_people_asks_nothing_more(story):
    """A presenter that walks through everything meets no further question."""
    story.together().filled()
    story.held()
    story.establish()
    plan = queries.plan_or_404(story.karin, story.plan_id, what="test")
    [content] = everything([queries.content_of(story.karin, plan)])
    with CaptureQueriesContext(connection) as asked:
        _ = [(p.unit.controller.name, p.contact and p.contact.name) for p in content.parties]
        _ = [
            (a.unit and a.unit.name, a.responsible_unit and a.responsible_unit.name)
            for a in content.activities
        ]
        _ = [(i.unit and i.unit.name, i.guardian_id) for row in content.summonses for i in row.invitations]
        _ = [(a.unit and a.unit.name) for row in content.meetings for a in row.attendances]
        _ = [row.meeting.chair.name for row in content.meetings]
        _ = [(row.version.number, row.version.made_by.name) for row in content.versions]
        _ = [s.unit.name for row in content.consent.signers if row.latest for s in row.latest.scopes.all()]
        _ = (plan.child.name, plan.unit.name, plan.coordinator.name, plan.overall_responsible.name)
    assert not asked.captured_queries


def test_the_snapshot_has_everything_a_reader_needs_without_the_tables(story):
    story.established()
    said = queries.snapshot_of(story.content())
    assert set(said) == {"plan", "parties", "needs", "goals", "activities"}
    assert {row["label"] for row in said["activities"]} == {
        "Träna att be om paus",
        "Samtal varje vecka",
        "Läsa tillsammans",
    }
    assert all(row["id"] and row["label"] for name in ("parties", "activities") for row in said[name])
    whose = {row["label"]: row["by"] for row in said["activities"]}
    assert whose["Läsa tillsammans"] == ""


def test_a_version_stores_what_the_plan_said(story):
    story.established()
    version = queries.versions_of(story.karin, story.plan).get()
    assert queries.version_content(story.karin, version) == queries.snapshot_of(story.content())


@pytest.fixture
@once
def ended(story):
    """A plan with something in every part of it."""
    story.established()
    story.items()
    story.held()
    story.draft()
    statuses = {row.goal.pk: ("on_the_way", "Det går") for row in story.content().goals}
    about = {"by": story.karin, "plan_id": story.plan_id}
    commands.hold_follow_up(**about, seen=story.plan.revision, statuses=statuses, next_on=story.at(30).date())
    commands.acknowledge(by=story.maria, version_id=story.content().latest_version.version.pk)
    commands.close_plan(**about, seen=story.plan.revision, reason="moved")
    return story


def test_a_part_is_asked_for_once_when_it_is_used_and_no_other_is(ended):
    karin = ended.karin
    plan = queries.plan_or_404(karin, ended.plan_id, what="test")
    assert questions(lambda: queries.content_of(karin, plan)) == 0
    for name, most in PARTS.items():
        content = queries.content_of(karin, plan)
        assert 0 < questions(lambda: getattr(content, name)) <= most, name  # noqa: B023
        assert getattr(content, name) or name in ("former_parties", "next_step", "gaps"), name
        assert questions(lambda: getattr(content, name)) == 0, name  # noqa: B023


def test_the_parts_are_the_same_in_whatever_order_they_are_used(ended):
    plan = queries.plan_or_404(ended.karin, ended.plan_id, what="test")
    first, last = queries.content_of(ended.karin, plan), queries.content_of(ended.karin, plan)
    forward = {name: getattr(first, name) for name in PARTS}
    backward = {name: getattr(last, name) for name in reversed(PARTS)}
    assert forward == backward


def test_sent_summonses_stand_before_drafts_and_drafts_only_with_their_writer(story):
    story.together()
    sent = story.summoned()
    draft = story.draft()
    plan = queries.plan_or_404(story.karin, story.plan_id, what="test")
    assert [row.summons for row in queries.content_of(story.karin, plan).summonses] == [sent, draft]
    theirs = queries.plan_or_404(story.lena, story.plan_id, what="test")
    assert [row.summons for row in queries.content_of(story.lena, theirs).summonses] == [sent]


def test_a_closed_plan_has_no_part_but_the_own_items(ended):
    commands.withdraw_consent(by=ended.karin, consent_id=ended.content().consent.signers[0].latest.pk)
    plan = queries.plan_or_404(ended.lena, ended.plan_id, what="test")
    content = queries.content_of(ended.lena, plan)
    own = {"needs", "goals", "activities"}
    assert not any(getattr(content, name) for name in set(PARTS) - own)
    assert {row.unit_id for row in content.activities} == {ended.lena.unit_id}
