"""The synthetic region keeps its promises for any seed, size and day."""

from collections import Counter
from datetime import date, timedelta
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from kring.children import personal_numbers
from kring.organisations.region_files import EXAMPLE, read_region
from synthetic import population, region
from synthetic.families import birthday
from synthetic.records import Place

seeds = st.integers(0, 2**40)
days = st.dates(date(2021, 1, 1), date(2032, 12, 31)) | st.sampled_from(
    [date(2024, 2, 29), date(2028, 2, 29)]
)
plan_rates = st.none() | st.floats(0, 2)


def places_of(facts):
    return [
        Place(unit.key, unit.kind, unit.municipality, unit.controller, facts.served_by(unit), *unit.age_range)
        for unit in facts.units
    ]


SMALL = read_region(EXAMPLE)
SMALL_PLACES = places_of(SMALL)
SMALL_CODES = [row.code for row in SMALL.municipalities]
WHOLE = read_region()
WHOLE_PLACES = places_of(WHOLE)
WHOLE_CODES = [row.code for row in WHOLE.municipalities]


def make(seed, today, rate=None, children=60, codes=WHOLE_CODES, places=WHOLE_PLACES):
    return list(region.make(children, seed, today, codes, places, plans_per_child=rate))


@settings(max_examples=25)
@given(seeds, days, plan_rates)
def test_nothing_happens_before_birth_and_nothing_is_known_of_the_future(seed, today, rate):
    for one in make(seed, today, rate):
        born = one.child.birth_date
        assert born <= today
        known = [held.starts_on for held in (*one.child.custodies, *one.child.relations)]
        known += [event.at.date() for event in one.events]
        for plan in one.plans:
            known += [plan.need_identified_on, plan.started_on]
            known += [day for day in (plan.established_on, plan.ended_on) if day]
        assert all(born <= day <= today for day in known)


@settings(max_examples=25)
@given(seeds, days)
def test_every_child_has_a_guardian_until_the_eighteenth_birthday(seed, today):
    for one in make(seed, today, children=150):
        adult_on = birthday(one.child.birth_date, 18)
        current = [held for held in one.child.custodies if held.ends_on is None]
        assert bool(current) == (adult_on > today)
        assert len(current) <= 2
        for held in one.child.custodies:
            assert held.ends_on is None or held.starts_on <= held.ends_on < adult_on


@settings(max_examples=25)
@given(seeds, days)
def test_every_number_is_official_its_own_and_read_by_the_product(seed, today):
    numbers = Counter()
    for one in make(seed, today, children=300, codes=WHOLE_CODES[:2]):
        if one.child.number:
            numbers[one.child.number] += 1
            read = personal_numbers.parse(one.child.number, today)
            assert (read.kind, read.birth_date) == (one.child.number_kind, one.child.birth_date)
            assert personal_numbers.is_official_test_number(one.child.number)
    assert max(numbers.values()) == 1


@settings(max_examples=25)
@given(seeds, days, plan_rates)
def test_whatever_is_pointed_at_exists(seed, today, rate):
    known = {place.key for place in WHOLE_PLACES}
    for one in make(seed, today, rate):
        pointed = {held.unit for held in one.child.relations}
        assert pointed <= known
        assert {visit.unit for visit in one.appointments} <= pointed
        assert {event.unit for event in one.events} <= pointed
        assert {key for plan in one.plans for key in plan.parties} <= pointed
        assert {event.plan for event in one.events} - {None} <= {plan.key for plan in one.plans}
        assert one.child.municipality in WHOLE_CODES


@settings(max_examples=25)
@given(seeds, days, plan_rates)
def test_only_the_newest_plan_is_open_and_an_open_one_is_followed_up(seed, today, rate):
    for one in make(seed, today, rate):
        assert all(plan.status == "ended" for plan in one.plans[:-1])
        for plan in one.plans:
            assert (plan.follow_up_on is not None) == (plan.status == "established")
            assert bool(plan.declined_reason) == (plan.status == "declined")
            assert plan.meeting_on is None or plan.takes_part


@settings(max_examples=25)
@given(seeds, days, plan_rates)
def test_a_tiny_region_of_other_municipalities_works_the_same(seed, today, rate):
    made = make(seed, today, rate, codes=SMALL_CODES, places=SMALL_PLACES)
    assert len(made) == 60
    assert {one.child.municipality for one in made} <= set(SMALL_CODES)


@settings(max_examples=10)
@given(seeds, days)
def test_the_same_seed_says_the_same_again(seed, today):
    assert make(seed, today, 1.0, children=20) == make(seed, today, 1.0, children=20)


@given(st.integers(0, 3000), seeds, st.sets(st.sampled_from(WHOLE_CODES), min_size=1))
def test_any_number_of_children_is_spread_in_step_with_the_facts(children, seed, codes):
    cells = population.cells_of(sorted(codes))
    got = Counter(cell.municipality for cell in population.spread(cells, children, Random(seed)))
    assert got.total() == children
    total = sum(cell.children for cell in cells)
    for code in codes:
        expected = children * sum(cell.children for cell in cells if cell.municipality == code) / total
        assert abs(got[code] - expected) <= 1 + 1e-6


@given(st.dates(date(1990, 1, 1), date(2030, 12, 31)), st.integers(0, 30))
def test_a_birthday_comes_once_in_every_year(born, years):
    day = birthday(born, years)
    assert day.year == born.year + years
    assert born.month == day.month
    assert born.day - day.day in (0, 1)
    assert birthday(born, years + 1) - day in (timedelta(days=365), timedelta(days=366))
