"""Swedish time counted by the database is Swedish time, at both nights when the clocks change."""

from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace as Row

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kring.audit.commands import Act, record
from kring.audit.models import AccessLogRow
from kring.clock import STOCKHOLM
from kring.log_review.queries.local_time import LocalDay, LocalHour, LocalWeekday, local, spans
from kring.log_review.queries.scope import spans_of

SPRING, AUTUMN = datetime(2026, 3, 29, 1, tzinfo=UTC), datetime(2026, 10, 25, 1, tzinfo=UTC)

SPANS = [
    (datetime(2026, 11, 1, tzinfo=UTC), datetime(2026, 11, 30, tzinfo=UTC), [60]),
    (datetime(2026, 7, 1, tzinfo=UTC), datetime(2026, 7, 2, tzinfo=UTC), [120]),
    (datetime(2026, 3, 1, 17, 20, tzinfo=UTC), datetime(2026, 4, 1, tzinfo=UTC), [60, 120]),
    (datetime(2026, 1, 1, tzinfo=UTC), datetime(2026, 12, 31, tzinfo=UTC), [60, 120, 60]),
    (datetime(2026, 10, 25, 0, 30, tzinfo=UTC), datetime(2026, 10, 25, 1, 30, tzinfo=UTC), [120, 60]),
]


@pytest.mark.parametrize(("start", "end", "minutes"), SPANS)
def test_spans_of_one_distance(start, end, minutes):
    found = spans(start, end)
    assert [away for _until, away in found] == minutes
    assert found[-1][0] == end
    switches = {until for until, _away in found[:-1]}
    assert switches <= {SPRING, AUTUMN}


@given(st.datetimes(datetime(2020, 1, 1), datetime(2030, 1, 1)), st.integers(1, 800), st.data())
def test_every_moment_lies_in_the_span_of_its_own_distance(start, days, data):
    start = start.replace(tzinfo=UTC)
    end = start + timedelta(days=days)
    moment = data.draw(st.datetimes(start.replace(tzinfo=None), end.replace(tzinfo=None)).map(_utc))
    away = next((minutes for until, minutes in spans(start, end) if moment < until), None)
    if moment < end:
        assert timedelta(minutes=away) == moment.astimezone(STOCKHOLM).utcoffset()


def _utc(moment: datetime) -> datetime:
    return moment.replace(tzinfo=UTC)


MOMENTS = [
    *(SPRING + timedelta(minutes=more) for more in (-61, -1, 0, 59, 60)),
    *(AUTUMN + timedelta(minutes=more) for more in (-61, -60, -1, 0, 59, 60)),
    *(datetime(2026, 11, 15, 22, 59, 59, 999999, tzinfo=UTC) + timedelta(microseconds=n) for n in (0, 1)),
    *(datetime(2026, 7, 5, hour, 0, tzinfo=UTC) for hour in (0, 21, 22, 23)),
    datetime(2026, 12, 31, 23, 0, tzinfo=UTC),
]


def test_the_database_counts_as_the_calendar_does(db):
    record([Act(at=at, action="read", person_id=None, rule="clock", what="x") for at in MOMENTS])
    within = spans(datetime(2026, 1, 1, tzinfo=UTC), datetime(2027, 1, 2, tzinfo=UTC))
    parts = {"hour": LocalHour, "weekday": LocalWeekday, "day": LocalDay}
    rows = AccessLogRow.objects.filter(rule="clock").annotate(
        **{name: local(part, within) for name, part in parts.items()}
    )
    told = {row.at: (row.hour, row.weekday, row.day) for row in rows}
    wanted = {at: at.astimezone(STOCKHOLM) for at in MOMENTS}
    assert told == {at: (here.hour, here.isoweekday() % 7, here.date()) for at, here in wanted.items()}


def test_a_review_s_spans_are_of_its_swedish_days():
    review = Row(starts_on=date(2026, 10, 25), ends_on=date(2026, 10, 25))
    assert spans_of(review) == [(AUTUMN, 120), (datetime(2026, 10, 25, 23, tzinfo=UTC), 60)]
