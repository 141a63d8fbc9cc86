"""A person acts in one role at a time, and only in roles that hold today."""

from datetime import timedelta
from uuid import uuid4

import pytest

from kring.access.actors import actor_from, key_of, possible_actors
from kring.access.login import PersonBackend
from kring.access.permissions import Permission as P
from kring.organisations.models import Assignment, Person


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


@pytest.fixture
def of_session(cast):
    """Everyone as the session's log-in finds them, by subject."""
    return {one.subject: PersonBackend().get_user(one.pk) for one in Person.objects.filter(is_active=True)}


def test_a_person_of_a_session_acts_in_the_same_ways_as_any(cast, of_session):
    assert {"ida", "lena", "maria", "alva"} <= set(of_session)
    for subject, person in of_session.items():
        stored = Person.objects.get(subject=subject)
        assert person == stored
        for moved in (-4000, 0, 4000):
            now = cast.now + timedelta(days=moved)
            told = {key_of(way): way for way in possible_actors(person, now=now, strong_auth=True)}
            plain = possible_actors(stored, now=now, strong_auth=True)
            assert told == {key_of(way): way for way in plain}, (subject, moved)
            assert {way.name for way in told.values()} <= {person.name}


@pytest.mark.parametrize("who", ["karin", "ida", "lena", "maria", "alva", "nils"])
def test_who_asks_is_one_question(cast, who, django_assert_num_queries):
    key, pk = key_of(ways(cast, who)[0]), getattr(cast, who).pk
    with django_assert_num_queries(1):
        person = PersonBackend().get_user(pk)
        assert actor_from(person, key=key, now=cast.now, strong_auth=True)
        assert len(possible_actors(person, now=cast.now, strong_auth=True)) >= 1


def test_who_is_no_longer_active_or_never_was_is_nobody(cast):
    Person.objects.filter(pk=cast.ida.pk).update(is_active=False)
    assert PersonBackend().get_user(cast.ida.pk) is None
    assert PersonBackend().get_user(uuid4()) is None
