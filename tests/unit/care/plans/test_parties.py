"""Who takes part, and what leaving does."""

import pytest
from django.http import Http404

from kring.care.plans import commands, queries
from kring.care.plans.models import PlanParty
from kring.children.models import CareRelation, Disclosure


def test_an_invited_party_sees_nothing_before_the_family_has_said_yes(story):
    story.started().joined()
    with pytest.raises(Http404):
        queries.plan_or_404(story.lena, story.plan_id, what="test")


def test_a_party_is_taken_in_once(story, refused):
    story.started().joined(story.school)
    with refused("already_party"):
        story.joined(story.school)


def test_only_the_unit_in_charge_takes_parties_in(story, refused, cast):
    story.together()
    with refused("not_in_charge"):
        commands.join_party(by=story.lena, plan_id=story.plan_id, unit_id=cast.unit("sas-logopedi").pk)


def test_a_named_contact_works_at_the_unit(story, refused, cast):
    story.started()
    with refused("person_not_at_unit"):
        commands.join_party(
            by=story.karin, plan_id=story.plan_id, unit_id=story.school, contact_id=cast.lena.pk
        )
    party = commands.join_party(
        by=story.karin, plan_id=story.plan_id, unit_id=story.school, contact_id=cast.jonas.pk
    )
    assert party.contact == cast.jonas


def test_a_unit_that_never_met_the_child_reaches_it_only_while_the_yes_stands(story, cast):
    social = cast.unit("socialtjanst-boras")
    story.started().joined(social.pk)
    cells = [(social.pk, "plan")]
    story.answer("maria", cells=cells)
    assert not CareRelation.objects.filter(unit=social, child=story.child_id).exists()
    consent = story.answer("johan", cells=cells)
    assert queries.plan_or_404(story.fatima, story.plan_id, what="test")
    story.later(1)
    commands.withdraw_consent(by=story.johan, consent_id=consent.pk)
    assert not queries.plan_or_404(story.fatima, story.plan_id, what="test").is_whole
    relation = CareRelation.objects.get(unit=social, child=story.child_id)
    assert (relation.kind, relation.ends_on < story.today) == ("coordination", True)


def test_yes_again_opens_again(story, cast):
    social = cast.unit("socialtjanst-boras")
    story.started().joined(social.pk)
    for guardian in ("maria", "johan"):
        story.answer(guardian, cells=[(social.pk, "plan")])
    story.later(1).answer("johan", "refused")
    story.later(1).answer("johan", cells=[(social.pk, "plan")])
    assert queries.plan_or_404(story.fatima, story.plan_id, what="test")


def test_a_relation_of_its_own_outlives_the_plan(story):
    story.together()
    story.later(1).answer("johan", "refused")
    relation = CareRelation.objects.get(unit=story.school, child=story.child_id)
    assert (relation.kind, relation.ends_on) == ("schooling", None)


def test_a_party_leaves_by_itself_and_its_items_stay(story):
    story.together()
    goal = commands.contribute_goal(by=story.lena, plan_id=story.plan_id, words="Jag vill vara med på rasten")
    commands.leave_party(by=story.lena, plan_id=story.plan_id, unit_id=story.pupil_health)
    assert not Disclosure.objects.filter(unit_id=story.pupil_health, ended_at__isnull=True).exists()
    assert [row.goal for row in story.content().goals] == [goal]
    assert [party.unit_id for party in story.content().former_parties] == [story.pupil_health]


def test_the_unit_in_charge_may_let_a_party_go(story):
    story.together()
    commands.leave_party(by=story.karin, plan_id=story.plan_id, unit_id=story.school)
    assert story.school not in {party.unit_id for party in story.content().parties}


def test_no_party_puts_another_out(story, refused):
    story.together()
    with refused("not_in_charge"):
        commands.leave_party(by=story.lena, plan_id=story.plan_id, unit_id=story.school)


def test_the_unit_in_charge_stays(story, refused):
    story.started()
    with refused("in_charge_stays"):
        commands.leave_party(by=story.karin, plan_id=story.plan_id, unit_id=story.plan.unit_id)


def test_a_unit_that_is_not_in_cannot_leave(story, refused):
    story.started()
    with refused("not_a_party"):
        commands.leave_party(by=story.karin, plan_id=story.plan_id, unit_id=story.school)


def test_a_party_comes_back(story):
    story.together()
    commands.leave_party(by=story.karin, plan_id=story.plan_id, unit_id=story.school)
    story.joined(story.school)
    party = PlanParty.objects.get(plan_id=story.plan_id, unit_id=story.school)
    assert party.left_at is None
    # The consent still covers it, so it sees the plan at once.
    assert queries.plan_or_404(story.jonas, story.plan_id, what="test")


def test_a_party_says_why_it_does_nothing_now(story):
    story.together()
    party = commands.state_nothing_now(by=story.jonas, plan_id=story.plan_id, words=" Avvaktar utredningen ")
    assert party.nothing_now == "Avvaktar utredningen"
    assert commands.state_nothing_now(by=story.jonas, plan_id=story.plan_id, words="").nothing_now == ""
