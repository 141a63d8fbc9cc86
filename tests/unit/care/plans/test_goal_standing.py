"""A goal that something is being done for is not said to be untouched, on any page or paper."""

import pytest

from kring.access import items
from kring.care.plans import queries
from kring.care.plans.models import Activity, Goal, Plan
from kring.care.plans.pdf import child, family, professional
from kring.care.plans.presenters.plan import goal_card
from kring.care.plans.rules import goal_standing
from kring.portal.family.presenters.plan import goal as family_goal
from tests.cast import Cast
from tests.own_pages import Scene
from tests.unit.care.plans.presenters import rows

JUDGED = [status.value for status in Goal.Status]


@pytest.mark.parametrize(
    ("judged", "doing", "stands"),
    [
        ("not_started", (), "not_started"),
        ("not_started", ("planned",), "not_started"),
        ("not_started", ("stopped",), "not_started"),
        ("not_started", ("planned", "stopped"), "not_started"),
        ("not_started", ("ongoing",), "on_the_way"),
        ("not_started", ("done",), "on_the_way"),
        ("not_started", ("planned", "ongoing"), "on_the_way"),
        ("on_the_way", ("planned",), "on_the_way"),
        ("reached", ("ongoing",), "reached"),
        ("changed", ("ongoing",), "changed"),
    ],
)
def test_what_has_begun_is_on_the_way_and_what_people_judged_stands(judged, doing, stands):
    assert goal_standing(judged, doing) == stands


@pytest.mark.parametrize("judged", JUDGED)
@pytest.mark.parametrize("status", [status.value for status in Activity.Status])
def test_every_standing_is_one_that_the_pages_know(judged, status):
    assert goal_standing(judged, [status]) in JUDGED


GOING = [("planned", "Inte börjat", "Vi börjar snart."), ("ongoing", "På väg", "Du är på väg.")]


@pytest.mark.parametrize(("status", "grown", "small"), GOING)
def test_page_and_paper_tell_the_same(status, grown, small):
    row = rows.goal(rows.activity(status=status))
    card = goal_card(row, rows.actor(), rows.plan(), True)
    assert card.status == grown
    assert grown in professional._goal(row)["facts"]
    assert family._goal(row)["status"] == grown
    assert child._goal(row)["status"]["words"] == small
    assert family_goal(row, rows.plan(), rows.actor()).status == grown


@pytest.fixture
def begun(cast: Cast) -> Plan:
    """Alva's plan, where one activity of one goal has begun."""
    Scene(cast).begun()
    plan = Plan.objects.get(child=cast.child("alva"))
    Goal.objects.filter(plan=plan).update(status="not_started")
    Activity.objects.filter(plan=plan, goal__isnull=False).update(status="ongoing")
    return plan


def standings(actor, plan: Plan) -> set[str]:
    content = queries.content_of(actor, plan)
    return {row.standing for row in content.goals}


@pytest.mark.django_db
def test_an_activity_that_the_reader_does_not_see_is_not_told_by_its_goal(cast, begun):
    Activity.objects.filter(plan=begun, goal__isnull=False).update(visibility="care_only")
    hidden = Activity.objects.filter(plan=begun, goal__isnull=False).first()
    assert not items.explain(cast.actor("maria"), hidden).opens
    assert standings(cast.actor("karin"), begun) == {"on_the_way"}
    assert standings(cast.actor("maria"), begun) == {"not_started"}


@pytest.mark.django_db
def test_what_is_stored_stays_as_it_was_judged(cast, begun):
    assert standings(cast.actor("maria"), begun) == {"on_the_way"}
    assert set(Goal.objects.filter(plan=begun).values_list("status", flat=True)) == {"not_started"}
    stored = queries.snapshot_of(queries.content_of(cast.actor("karin"), begun))
    assert {one["status"] for one in stored["goals"]} == {"not_started"}
