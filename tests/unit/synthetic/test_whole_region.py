"""The made-up region as a whole: sums that agree, nobody impossible, and what was built in found again."""

from collections import Counter
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from synthetic import population, region
from synthetic.families import birthday
from synthetic.relations import SPECIALISTS, Neighbourhood
from tests.unit.synthetic.conftest import TODAY, places_for

FOUR = ["1490", "1438", "1480", "1447"]
PLACES = list(places_for(FOUR))
BY_KEY = {place.key: place for place in PLACES}
seeds = st.integers(0, 2**40)
days = st.dates(date(2022, 1, 1), date(2031, 12, 31)) | st.sampled_from(
    [date(2024, 2, 29), date(2027, 2, 28)]
)


def make(seed=1, today=TODAY, children=80, codes=FOUR, **more):
    return list(region.make(children, seed, today, codes, PLACES, **more))


def going(period, day) -> bool:
    return period.starts_on <= day and (period.ends_on is None or period.ends_on >= day)


# The same again, and what may change what


@settings(max_examples=15)
@given(seeds, days)
def test_the_children_are_the_same_whatever_is_drawn_around_them(seed, today):
    alone = list(region.make_children(40, seed, today, FOUR, PLACES))
    for rate in (None, 0.0, 2.0):
        assert [one.child for one in make(seed, today, 40, plans_per_child=rate)] == alone


@settings(max_examples=15)
@given(seeds)
def test_visits_do_not_depend_on_plans(seed):
    without, many = (make(seed, children=40, plans_per_child=rate) for rate in (0.0, 2.0))
    assert [one.appointments for one in without] == [one.appointments for one in many]


@settings(max_examples=10)
@given(seeds)
def test_a_unit_that_closes_touches_only_the_children_it_was_around(seed):
    """Draws of one child never disturb another's: families, numbers and names stay."""
    fewer = [place for place in PLACES if place.kind != "hospital_ward"]
    before = list(region.make_children(60, seed, TODAY, FOUR, PLACES))
    after = list(region.make_children(60, seed, TODAY, FOUR, fewer))
    for one, other in zip(before, after, strict=True):
        assert one._replace(relations=()) == other._replace(relations=())
        if not any(BY_KEY[held.unit].kind == "hospital_ward" for held in one.relations) and not one.needs:
            assert one.relations == other.relations


def test_places_may_come_as_a_list_or_already_sorted_by_neighbourhood():
    given_list = list(region.make_children(30, 1, TODAY, FOUR, PLACES))
    assert list(region.make_children(30, 1, TODAY, FOUR, iter(PLACES))) == given_list
    assert list(region.make_children(30, 1, TODAY, FOUR, Neighbourhood(PLACES))) == given_list


# Sums


@pytest.mark.parametrize("children", [0, 1, 2, 7, 400])
def test_there_are_as_many_as_asked_for(children):
    made = make(children=children)
    assert len(made) == children
    assert [one.child.key for one in made] == [f"c{n:07}" for n in range(1, children + 1)]


def test_ages_of_the_region_are_those_of_the_facts(children, today):
    """What was built in is found again: every year of age in its share, within chance."""
    facts = Counter()
    for cell in population.base():
        facts[cell.age] += cell.children
    ages = Counter(
        next(years for years in range(25) if birthday(child.birth_date, years + 1) > today)
        for child in children
    )
    for age in range(18):
        assert ages[age] / len(children) == pytest.approx(facts[age] / facts.total(), abs=0.012)


def test_girls_and_boys_come_as_in_the_facts(children):
    boys = sum(child.sex == "male" for child in children) / len(children)
    facts = sum(cell.children for cell in population.base() if cell.sex == "male") / 361_462
    assert boys == pytest.approx(facts, abs=0.03)


def test_months_of_birth_are_spread_over_the_year(children):
    months = Counter(child.birth_date.month for child in children)
    assert set(months) == set(range(1, 13))
    assert max(months.values()) < 1.6 * min(months.values())


# Nobody impossible


@settings(max_examples=20)
@given(seeds, days)
def test_nobody_is_impossible(seed, today):
    for one in make(seed, today, plans_per_child=1.0):
        child = one.child
        assert today - timedelta(days=21 * 366) < child.birth_date <= today
        assert child.given_name and child.family_name
        assert (child.number is None) == (child.number_kind is None)
        assert {held.guardian for held in child.custodies} <= {person.key for person in child.guardians}
        assert not child.interpreter_language or child.interpreter_language == child.language != "sv"
        assert child.municipality in FOUR
        assert one.plans or not any(event.plan for event in one.events)


@settings(max_examples=20)
@given(seeds, days)
def test_no_child_goes_to_two_schools_or_two_preschools_at_once(seed, today):
    for one in make(seed, today):
        for kind in ("school", "preschool"):
            periods = sorted(
                (held.starts_on, held.ends_on or date.max)
                for held in one.child.relations
                if BY_KEY[held.unit].kind == kind
            )
            assert all(end < start for (_, end), (start, _) in zip(periods, periods[1:], strict=False))


@settings(max_examples=20)
@given(seeds, days)
def test_whoever_leads_a_plan_was_around_the_child_when_the_need_was_seen(seed, today):
    for one in make(seed, today, plans_per_child=1.0):
        for plan in one.plans:
            held = [relation for relation in one.child.relations if relation.unit == plan.unit]
            assert any(going(relation, plan.need_identified_on) for relation in held)


@settings(max_examples=20)
@given(seeds, days)
def test_an_event_is_of_a_plan_of_the_child_or_of_a_clinic_around_it(seed, today):
    for one in make(seed, today, plans_per_child=1.0):
        plans = {plan.key: plan for plan in one.plans}
        clinics = {held.unit for held in one.child.relations if BY_KEY[held.unit].kind in SPECIALISTS}
        for event in one.events:
            assert event.child == one.child.key
            if event.plan:
                assert event.unit == plans[event.plan].unit
            elif event.kind in ("first_visit_done", "referral_received", "assessment_started"):
                assert event.unit in clinics


# Numbers that are somebody's


def test_a_number_in_use_is_never_given_and_its_child_gets_the_other():
    first = {one.child.key: one.child.number for one in make(children=200)}
    taken = sorted(number for number in first.values() if number)
    again = {one.child.key: one.child.number for one in make(children=200, taken_numbers=taken)}
    assert not set(again.values()) & set(taken)
    for key, number in again.items():
        if number and first[key]:
            assert number[:8] == first[key][:8]
