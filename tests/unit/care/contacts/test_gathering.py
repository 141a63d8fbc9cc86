"""«Samla på samma dag»: which visits could share a day, and what that saves. All times are Stockholm's."""

from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace as Row
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kring.care.contacts.queries.strips import visit_of
from kring.care.contacts.rules import Visit, days_with_several, gatherings, monday_of
from kring.care.contacts.rules.gathering import FITS_IN, school_minutes

STOCKHOLM = ZoneInfo("Europe/Stockholm")
MONDAY = date(2026, 11, 23)
HAB, LOG, BUM = (UUID(int=n) for n in (1, 2, 3))


def visit(unit, day, hour, minutes=60, movable=True, week=0):
    on = MONDAY + timedelta(days=day, weeks=week)
    starts = datetime(on.year, on.month, on.day, hour, tzinfo=STOCKHOLM)
    return Visit(uuid4(), unit, starts, minutes, movable)


def on(day):
    return MONDAY + timedelta(days=day)


def test_three_visits_the_same_week_become_one_day():
    visits = [visit(HAB, 0, 9), visit(LOG, 2, 10), visit(BUM, 4, 13)]
    [one] = gatherings(visits)
    assert (one.week, one.saved_journeys, len(one.visits), len(one.moved)) == (MONDAY, 2, 3, 2)


@pytest.mark.parametrize(
    "visits",
    [
        [],
        [visit(HAB, 0, 9)],
        # One unit can see to its own visits.
        [visit(HAB, 0, 9), visit(HAB, 2, 9)],
        # Already on one day.
        [visit(HAB, 0, 9), visit(LOG, 0, 13)],
        # Different weeks.
        [visit(HAB, 4, 9), visit(LOG, 0, 9, week=1)],
        # What cannot be moved is not thought of: a video call, a visit that has been.
        [visit(HAB, 0, 9), visit(LOG, 2, 9, movable=False)],
        # More than a child can bear in one day.
        [visit(HAB, 0, 9, FITS_IN), visit(LOG, 2, 9)],
    ],
)
def test_what_cannot_be_gathered_is_not_proposed(visits):
    assert gatherings(visits) == []


def test_as_few_visits_as_possible_are_moved():
    """Two on Wednesday already: the third comes to them."""
    visits = [visit(HAB, 0, 9), visit(LOG, 2, 9), visit(BUM, 2, 13)]
    [one] = gatherings(visits)
    assert (one.on, [row.unit_id for row in one.moved]) == (on(2), [HAB])


def test_then_as_little_school_as_possible_is_missed():
    """Both move one visit; after three o'clock costs less school than nine in the morning."""
    visits = [visit(HAB, 0, 9), visit(LOG, 2, 15)]
    [one] = gatherings(visits)
    assert one.on == on(2)
    assert one.saved_school_minutes == 120


def test_then_the_earliest_day():
    visits = [visit(HAB, 1, 10), visit(LOG, 3, 10)]
    assert gatherings(visits)[0].on == on(1)


def test_each_week_has_its_own_proposal_soonest_first():
    visits = [visit(HAB, 0, 9, week=1), visit(LOG, 2, 9, week=1), visit(HAB, 0, 9), visit(LOG, 2, 9)]
    assert [one.week for one in gatherings(visits)] == [MONDAY, MONDAY + timedelta(weeks=1)]


@pytest.mark.parametrize(
    ("day", "hour", "minutes", "lost"),
    [
        (0, 9, 60, 120),
        (0, 6, 60, 0),
        (0, 7, 60, 30),
        (0, 15, 60, 30),
        (0, 16, 60, 0),
        (5, 9, 60, 0),
        (6, 9, 60, 0),
    ],
)
def test_school_time_is_the_visit_and_the_way_within_school_hours(day, hour, minutes, lost):
    assert school_minutes([visit(HAB, day, hour, minutes)]) == lost


def test_no_visit_takes_no_school():
    assert school_minutes([]) == 0


def test_two_visits_on_a_day_cost_what_lies_between_too():
    assert school_minutes([visit(HAB, 0, 9), visit(LOG, 0, 12)]) == 300


def test_days_that_already_have_several():
    visits = [visit(HAB, 0, 9), visit(LOG, 0, 13), visit(HAB, 0, 15), visit(BUM, 3, 9)]
    [day] = days_with_several(visits)
    assert (day.on, len(day.visits), day.units) == (on(0), 3, 2)


@pytest.mark.parametrize(
    ("day", "monday"), [(MONDAY, MONDAY), (on(6), MONDAY), (on(7), on(7)), (on(-1), on(-7))]
)
def test_a_week_begins_on_monday(day, monday):
    assert monday_of(day) == monday


VISITS = st.lists(
    st.builds(
        visit,
        st.sampled_from([HAB, LOG, BUM]),
        st.integers(0, 13),
        st.integers(7, 17),
        st.sampled_from([30, 45, 60, 90]),
        st.booleans(),
    ),
    max_size=8,
)


@given(VISITS)
def test_a_proposal_always_saves_a_journey_and_moves_only_what_may_move(visits):
    for one in gatherings(visits):
        assert one.saved_journeys >= 1
        assert one.saved_school_minutes >= 0
        assert one.moved
        assert all(row.movable and row.day != one.on for row in one.moved)
        assert {row.day for row in one.visits} - {one.on} == {row.day for row in one.moved}
        assert len({row.unit_id for row in one.visits}) >= 2
        assert monday_of(one.on) == one.week


@given(VISITS)
def test_the_order_they_were_booked_in_does_not_matter(visits):
    assert gatherings(visits) == gatherings(visits[::-1])


@given(VISITS)
def test_gathered_visits_are_not_gathered_again(visits):
    for one in gatherings(visits):
        day = {"year": one.on.year, "month": one.on.month, "day": one.on.day}
        moved = [Visit(row.id, row.unit_id, row.starts_at.replace(**day)) for row in one.visits]
        assert gatherings(moved) == []


# What is saved, to the minute


@pytest.mark.parametrize(
    ("visits", "day", "saved"),
    [
        # Two mornings of two hours each; together 8.30-11.45.
        ([visit(HAB, 0, 9), visit(LOG, 2, 12)], 0, 45),
        # The afternoon ends at three, so what is put there costs school no more.
        ([visit(HAB, 0, 8), visit(LOG, 2, 14)], 2, 90),
        # Put after the first one that stays on the day, with a quarter of an hour between each.
        ([visit(HAB, 0, 9), visit(LOG, 2, 10), visit(BUM, 2, 13)], 2, 150),
        # On a Saturday or Sunday no school is missed at all.
        ([visit(HAB, 0, 9), visit(LOG, 5, 9)], 5, 120),
        ([visit(HAB, 0, 9), visit(LOG, 6, 9)], 6, 120),
        # What would cost more school than it saves is said to save none, never less than none.
        ([visit(HAB, 0, 16), visit(LOG, 1, 16)], 0, 0),
    ],
)
def test_school_time_saved_is_before_less_after(visits, day, saved):
    [one] = gatherings(visits)
    assert (one.on, one.saved_school_minutes) == (on(day), saved)


@pytest.mark.parametrize(
    ("minutes", "fits"),
    [((360, 45), True), ((360, 46), False), ((130, 130, 130), True), ((130, 130, 131), False)],
)
def test_a_day_is_full_at_seven_hours_with_what_lies_between(minutes, fits):
    units = (HAB, LOG, BUM)
    visits = [
        visit(unit, at, 9, length) for at, (unit, length) in enumerate(zip(units, minutes, strict=False))
    ]
    assert bool(gatherings(visits)) is fits


def test_every_visit_that_moves_is_one_journey_less_a_day():
    visits = [visit(HAB, 0, 9, 30), visit(LOG, 1, 9, 30), visit(BUM, 2, 9, 30), visit(HAB, 3, 9, 30)]
    [one] = gatherings(visits)
    assert (one.saved_journeys, len(one.moved), len(one.visits)) == (3, 3, 4)


@pytest.mark.parametrize("hour", [1, 2, 3])
def test_the_change_of_clocks_moves_no_school(hour):
    """Summer time ends on 25 October 2026; on the Monday after, school begins at eight by Swedish clocks."""
    autumn = datetime(2026, 10, 25, hour, tzinfo=STOCKHOLM)
    assert school_minutes([Visit(uuid4(), HAB, autumn, 60)]) == 0
    monday = Visit(uuid4(), HAB, datetime(2026, 10, 26, 9, tzinfo=STOCKHOLM), 60)
    assert school_minutes([monday]) == 120


def test_no_school_is_missed_on_a_holiday():
    """Epiphany of 2027 is a Wednesday."""
    holiday, before = (datetime(2027, 1, day, 9, tzinfo=STOCKHOLM) for day in (6, 5))
    assert school_minutes([Visit(uuid4(), HAB, holiday, 60)]) == 0
    [one] = gatherings([Visit(uuid4(), HAB, before, 60), Visit(uuid4(), LOG, holiday, 60)])
    assert (one.on, one.saved_school_minutes) == (holiday.date(), 120)


# What a booked visit is to the rules


NOW = datetime(2026, 11, 23, 10, tzinfo=STOCKHOLM)
ACTOR = Row(now=NOW, today=MONDAY)


def booked(starts_at, mode="on_site", ends_at=None):
    return Row(pk=uuid4(), unit_id=HAB, mode=mode, starts_at=starts_at.astimezone(UTC), ends_at=ends_at)


@pytest.mark.parametrize(
    ("mode", "starts_at", "movable"),
    [
        ("on_site", NOW - timedelta(hours=1), False),
        # Later today is too late to ask for: units are asked from tomorrow on.
        ("on_site", NOW + timedelta(hours=1), False),
        ("on_site", NOW.replace(hour=23, minute=59), False),
        ("on_site", datetime(2026, 11, 24, 0, 0, tzinfo=STOCKHOLM), True),
        ("on_site", NOW + timedelta(days=3), True),
        ("video", NOW + timedelta(days=3), False),
        ("phone", NOW + timedelta(days=3), False),
        ("home", NOW + timedelta(days=3), False),
    ],
)
def test_only_what_units_can_still_be_asked_about_is_thought_of(mode, starts_at, movable):
    assert visit_of(booked(starts_at, mode), ACTOR).movable is movable


@given(st.lists(st.integers(-20, 120), min_size=2, max_size=6))
def test_no_day_is_proposed_that_asking_for_would_refuse(hours):
    rows = [booked(NOW + timedelta(hours=after)) for after in hours]
    units = {row.pk: UUID(int=place % 3) for place, row in enumerate(rows)}
    for row in rows:
        row.unit_id = units[row.pk]
    for one in gatherings(visit_of(row, ACTOR) for row in rows):
        assert one.on > ACTOR.today
        assert all(visit.starts_at > NOW for visit in one.visits)


@pytest.mark.parametrize(
    ("ends_after", "minutes"),
    [(None, 45), (timedelta(minutes=20), 20), (timedelta(hours=2), 120), (timedelta(), 0)],
)
def test_a_visit_lasts_as_booked_or_three_quarters_of_an_hour(ends_after, minutes):
    row = booked(NOW)
    row.ends_at = None if ends_after is None else row.starts_at + ends_after
    assert visit_of(row, ACTOR).minutes == minutes


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        ("2026-11-23 22:59", date(2026, 11, 23)),
        ("2026-11-23 23:00", date(2026, 11, 24)),
        ("2026-07-14 22:00", date(2026, 7, 15)),
    ],
)
def test_a_visit_is_on_its_swedish_day(moment, day):
    at = datetime.fromisoformat(moment).replace(tzinfo=UTC)
    assert visit_of(booked(at), ACTOR).day == day
