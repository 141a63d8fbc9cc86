"""The little of a plan that the child's page shows at work: in what order, and whose."""

from datetime import date, timedelta

import pytest

from kring.care.plans.models import Activity
from kring.care.plans.queries.overview import overview_of
from tests.unit.rows import a_row

pytestmark = pytest.mark.django_db


def add(story, what: str, due_on: date | None, **more) -> Activity:
    fields = {"plan": story.plan, "unit_id": story.plan.unit_id, "what": what, "due_on": due_on}
    return a_row(Activity, **(fields | {"status": "planned", "responsible": "unit"} | more))


def told(story, actor=None) -> list[str]:
    plan = story.plan
    return [one.what for one in overview_of(actor or story.karin, plan.child).activities]


@pytest.fixture
def plan(story):
    story.established()
    Activity.objects.all().delete()
    return story


def test_the_first_to_be_done_stands_first_and_what_has_no_day_last(plan):
    """The same with every database: some put what has no day before everything that has one."""
    today = plan.karin.today
    add(plan, "någon gång", None)
    add(plan, "senare", today + timedelta(days=30))
    add(plan, "försenat", today - timedelta(days=2))
    add(plan, "i dag", today)
    assert told(plan) == ["försenat", "i dag", "senare", "någon gång"]


def test_among_those_of_one_day_the_first_that_was_written_stands_first(plan):
    now, day = plan.now, date(2026, 12, 1)
    add(plan, "andra", day, created_at=now + timedelta(minutes=2))
    add(plan, "första", day, created_at=now + timedelta(minutes=1))
    assert told(plan) == ["första", "andra"]


def test_what_was_taken_away_is_not_there(plan):
    add(plan, "borttagen", None, removed_at=plan.now)
    add(plan, "kvar", None)
    assert told(plan) == ["kvar"]


def test_another_child_has_no_part_of_it(plan, cast):
    add(plan, "Alvas", None)
    assert overview_of(plan.karin, cast.child("omar")) is None
