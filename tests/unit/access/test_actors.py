"""A person acts in one role at a time, and only in roles that hold today."""

from datetime import timedelta

from kring.access.actors import actor_from, key_of, possible_actors
from kring.access.permissions import Permission as P
from kring.organisations.models import Assignment


def ways(cast, who, now=None):
    return possible_actors(getattr(cast, who), now=now or cast.now, strong_auth=True)


def test_two_assignments_are_two_ways_of_acting(cast):
    units = {way.unit_name for way in ways(cast, "ida")}
    assert units == {"BUM Borås", "BUP Borås"}
    assert len({key_of(way) for way in ways(cast, "ida")}) == 2


def test_a_nurse_with_children_of_her_own_chooses(cast):
    assert {way.role for way in ways(cast, "lena")} == {"school_nurse", "guardian"}


def test_a_child_acts_as_itself(cast):
    (alva,) = ways(cast, "alva")
    assert (alva.role, alva.child_id, alva.unit_id) == ("child", cast.child("alva").pk, None)
    assert not alva.is_staff


def test_an_assignment_holds_from_its_first_day_through_its_last(cast):
    today = cast.now.date()
    Assignment.objects.filter(person=cast.sara).update(starts_on=today, ends_on=today)
    assert len(ways(cast, "sara")) == 1
    assert ways(cast, "sara", cast.now + timedelta(days=1)) == []
    assert ways(cast, "sara", cast.now - timedelta(days=1)) == []


def test_a_role_that_is_no_longer_in_the_table_is_no_way_of_acting(cast):
    Assignment.objects.filter(person=cast.sara).update(role="wizard")
    assert ways(cast, "sara") == []


def test_a_session_keeps_its_choice_while_it_holds(cast):
    way = ways(cast, "ida")[1]
    again = actor_from(cast.ida, key=key_of(way), now=cast.now, strong_auth=True)
    assert again == way
    Assignment.objects.filter(pk=way.assignment_id).update(ends_on=cast.now.date() - timedelta(days=1))
    assert actor_from(cast.ida, key=key_of(way), now=cast.now, strong_auth=True) is None


def test_nobody_takes_over_someone_elses_way_of_acting(cast):
    karins = key_of(ways(cast, "karin")[0])
    assert actor_from(cast.sara, key=karins, now=cast.now, strong_auth=True) is None


def test_the_role_is_the_first_lock(cast):
    assert ways(cast, "karin")[0].may(P.SEE_WORKLIST)
    assert not ways(cast, "agnes")[0].may(P.SEE_CHILD)


def test_the_actors_day_is_the_stockholm_day(cast):
    late = cast.now.replace(hour=23, minute=30)
    assert ways(cast, "karin", late)[0].today == cast.now.date() + timedelta(days=1)
