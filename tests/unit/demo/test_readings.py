"""The demo's openings: what Alva's family and the reviewer of the log have to look at."""

from datetime import timedelta

import pytest

from kring.access.policy.review import EMERGENCY, NIGHT, NO_RELATION, SAME_NAME
from kring.audit import queries as audit
from kring.audit.models import AccessLogRow
from kring.demo import readings
from kring.log_review import commands
from kring.log_review.presenters.extract import by_day
from kring.log_review.queries.extract import extract_for
from tests.cast import NOW, Cast


@pytest.fixture
def told(cast: Cast) -> Cast:
    AccessLogRow.objects.all()._raw_delete("default")
    readings.tell(NOW)
    return cast


def test_told_again_nothing_is_added(told):
    n = AccessLogRow.objects.count()
    readings.tell(NOW + timedelta(minutes=1))
    assert AccessLogRow.objects.count() == n == len(readings.OPENINGS)


def test_alva_s_family_sees_them_with_the_emergency_marked(told):
    maria = told.actor("maria")
    lines = [
        one for day in by_day(maria, extract_for(maria, told.child("alva").pk), str) for one in day.lines
    ]
    assert len(lines) == len(readings.OPENINGS)
    assert [(one.who, one.at) for one in lines if one.emergency] == [("Läkare", "23.40")]
    assert all(one.unit and one.who and one.why for one in lines)


def test_a_reviewer_finds_each_for_what_it_is(told):
    review = commands.start_review(
        by=told.actor("ann"), starts_on=(NOW - timedelta(days=30)).date(), ends_on=NOW.date(), size=20
    )
    found = {rule for row in review.rows.all() for rule in row.patterns}
    assert {rule.id for rule in (EMERGENCY, NIGHT, SAME_NAME, NO_RELATION)} <= found


def test_the_chain_of_the_log_is_whole_after_it(cast):
    readings.tell(NOW)
    assert list(audit.faults()) == []
