"""Made-up plans are plans that the law and the agreement would accept."""

from collections import Counter

from synthetic import texts
from synthetic.goals import ENJOYMENT

STARTERS = {"school", "preschool", "social_services", "pupil_health_medical", "primary_care"}


def with_status(plans, *statuses):
    found = [(child, plan) for child, plan in plans if plan.status in statuses]
    assert found
    return found


def test_about_a_tenth_of_those_with_much_need_have_a_plan(people):
    needing = [one for one in people if one.child.needs]
    share = sum(bool(one.plans) for one in needing) / len(needing)
    assert 0.08 < share < 0.2  # young adults are here because they have one
    assert not any(one.plans for one in people if not one.child.needs)


def test_every_state_of_the_process_occurs(plans):
    statuses = Counter(plan.status for _, plan in plans)
    assert set(statuses) == {"draft", "established", "ended", "declined"}
    assert statuses["established"] > statuses["draft"] > statuses["declined"]


def test_only_the_newest_plan_of_a_child_is_open(plans):
    by_child = {}
    for child, plan in plans:
        by_child.setdefault(child.key, []).append(plan)
    several = [made for made in by_child.values() if len(made) > 1]
    assert several
    for made in several:
        assert [plan.key for plan in made] == sorted(plan.key for plan in made)
        assert all(plan.status == "ended" for plan in made[:-1])
        for earlier, later in zip(made, made[1:], strict=False):
            assert earlier.ended_on < later.need_identified_on


def test_steps_come_in_order_after_birth_and_not_in_the_future(plans, today):
    for child, plan in plans:
        taken = [child.birth_date, plan.need_identified_on, plan.started_on]
        taken += [plan.established_on, *(held.held_on for held in plan.follow_ups), plan.ended_on]
        days = [day for day in taken if day]
        assert days == sorted(days), plan.key
        assert days[-1] <= today
        assert plan.meeting_on is None or plan.meeting_on >= plan.started_on


def test_an_established_plan_has_the_four_statutory_items(plans):
    for child, plan in with_status(plans, "established", "ended"):
        assert plan.established_on
        assert plan.meeting_on
        assert plan.goals
        assert plan.other_measures
        if child.needs:
            assert plan.needed_efforts


def test_only_an_open_established_plan_has_a_follow_up_ahead_or_overdue(plans, today):
    for _, plan in plans:
        assert (plan.follow_up_on is not None) == (plan.status == "established")
    due = [plan.follow_up_on for _, plan in with_status(plans, "established")]
    assert any(day < today for day in due)
    assert sum(day >= today for day in due) > 0.8 * len(due)


def test_a_plan_that_is_not_made_says_why_and_one_that_ended_too(plans):
    for _, plan in plans:
        assert bool(plan.declined_reason) == (plan.status == "declined")
        assert bool(plan.end_reason) == (plan.status == "ended") == bool(plan.ended_on)


def test_drafts_are_at_every_stage(plans, today):
    drafts = [plan for _, plan in with_status(plans, "draft")]
    assert any(plan.meeting_on is None for plan in drafts)
    assert any(plan.meeting_on and plan.meeting_on > today for plan in drafts)
    assert any(plan.goals for plan in drafts)
    assert any(not plan.goals for plan in drafts)
    assert not any(plan.established_on for plan in drafts)


def test_it_is_known_how_the_child_wants_to_take_part_before_a_meeting(plans):
    for _, plan in plans:
        assert bool(plan.takes_part) == bool(plan.meeting_on)
        assert plan.what_matters


def test_parties_are_around_the_child_and_one_that_may_start_leads(plans, by_key):
    for child, plan in plans:
        around = {held.unit for held in child.relations}
        assert set(plan.parties) <= around
        assert len(set(plan.parties)) == len(plan.parties) <= 7
        assert plan.unit in plan.parties


def test_any_party_may_start_a_plan_not_only_health_care(plans, by_key):
    starters = {by_key[plan.unit].kind for _, plan in plans}
    assert {"school", "primary_care", "pupil_health_medical"} <= starters


# Goals and activities


def test_goals_suit_the_childs_age_and_needs(plans):
    known = {goal.words: goal for goal in texts.goals()}
    for child, plan in plans:
        age = (plan.need_identified_on - child.birth_date).days // 365
        for goal in plan.goals:
            first, last = known[goal.words].ages
            assert first <= age <= last
            needs = known[goal.words].needs
            assert not needs or needs & set(child.needs)


def test_a_plan_is_never_only_about_what_is_hard(plans):
    older = [plan for child, plan in plans if plan.goals and child.birth_date.year < 2023]
    assert older
    with_joy = [plan for plan in older if ENJOYMENT & {goal.area for goal in plan.goals}]
    assert len(with_joy) > 0.95 * len(older)


def test_whoever_does_something_can_do_it(plans, by_key):
    activities = {activity.what: activity for activity in texts.activities().values()}
    for _, plan in plans:
        for goal in plan.goals:
            assert goal.activities
            assert goal.unit in plan.parties
            for doing in goal.activities:
                told = activities[doing.what]
                if doing.responsible == "unit":
                    assert doing.unit in plan.parties
                    assert by_key[doing.unit].kind in told.by
                else:
                    assert doing.unit is None
                    assert doing.words
                    assert doing.responsible in told.by


def test_an_activity_is_due_on_a_day_or_recurs(plans):
    for _, plan in plans:
        for goal in plan.goals:
            for doing in goal.activities:
                assert (doing.due_on is None) == bool(doing.when_words)


def test_family_and_others_do_things_too(plans):
    who = Counter(doing.responsible for _, plan in plans for goal in plan.goals for doing in goal.activities)
    assert set(who) == {"unit", "family", "third_party"}


def test_a_draft_promises_nothing_and_an_ended_plan_leaves_nothing_open(plans):
    for _, plan in plans:
        statuses = {doing.status for goal in plan.goals for doing in goal.activities}
        if plan.status == "draft":
            assert statuses <= {"planned"}
        if plan.status == "ended":
            assert statuses <= {"done", "stopped"}


def test_needs_stand_in_the_areas_of_the_goals(plans):
    for _, plan in plans:
        assert [need.area for need in plan.needs] == list(dict.fromkeys(goal.area for goal in plan.goals))
