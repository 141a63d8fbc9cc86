"""That a withheld item of the plan was written or read is not told in «Vem har läst» (check 36)."""

from datetime import timedelta

import pytest

from kring.access import items
from kring.audit.models import AccessLogRow
from kring.care.plans.models import Goal, Plan
from kring.care.plans.queries.withheld import withheld_items
from kring.log_review.queries.extract import extract_for
from tests.cast import NOW, Cast
from tests.own_pages import Scene
from tests.unit.log_review.logged import opened

LATER = NOW.date() + timedelta(days=30)
SHOWN = [
    ("default", "general", None, True),
    ("all", "general", None, True),
    ("not_guardian", "general", None, False),
    ("not_child_until", "general", LATER, True),
    ("not_child_until", "general", NOW.date(), True),
    ("care_only", "general", None, False),
    ("default", "early_hypothesis", None, False),
    ("default", "violence", None, False),
]


@pytest.fixture
def goal(cast: Cast) -> Goal:
    Scene(cast).begun()
    goal = Goal.objects.filter(plan=Plan.objects.get(child=cast.child("alva"))).first()
    AccessLogRow.objects.all()._raw_delete("default")
    return goal


@pytest.mark.parametrize(("visibility", "category", "until", "guardian"), SHOWN)
def test_a_withheld_item_s_rows_go_with_it(cast, goal, visibility, category, until, guardian):
    given = {"visibility": visibility, "category": category, "visible_to_child_from": until}
    Goal.objects.filter(pk=goal.pk).update(**given)
    opened("karin", cast.child("alva").pk, action="write", what="plan.goal.edit", object_id=str(goal.pk))
    maria, alva = cast.actor("maria"), cast.actor("alva")
    told = {actor.role: list(withheld_items(actor, cast.child("alva").pk)) for actor in (maria, alva)}
    for actor in (maria, alva):
        sees = items.explain(actor, Goal.objects.get(pk=goal.pk)).opens
        assert told[actor.role] == ([] if sees else [goal.pk])
    assert (told["guardian"] == []) is guardian
    assert extract_for(maria, cast.child("alva").pk).total == int(guardian)


def test_the_plan_itself_stays_when_an_item_is_withheld(cast, goal):
    Goal.objects.filter(pk=goal.pk).update(visibility="care_only")
    alva = cast.child("alva").pk
    opened("karin", alva, object_id=str(goal.plan_id))
    opened("karin", alva, what="plan.goal.edit", object_id=str(goal.pk))
    (reading,) = extract_for(cast.actor("maria"), alva).readings
    assert [row.object_id for row in reading.rows] == [str(goal.plan_id)]


def test_another_child_s_items_are_not_asked_about(cast, goal):
    Goal.objects.filter(pk=goal.pk).update(visibility="care_only")
    assert list(withheld_items(cast.actor("leila"), cast.child("omar").pk)) == []
