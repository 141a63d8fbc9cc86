"""Families drawn from hand-made facts: who is whose sibling, how old, where, and with which number."""

from collections import Counter
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from synthetic import families
from synthetic.draw import Draw
from synthetic.families import Home, birthday
from synthetic.numbers import TestSeries
from synthetic.population import Cell
from synthetic.texts import clusters, profile, profiles_at
from tests.unit.synthetic.made import ELSEWHERE, HERE, TODAY, whole_years

CODES = [HERE, ELSEWHERE]
cells = st.builds(
    Cell, st.sampled_from(CODES), st.integers(0, 17), st.sampled_from(["female", "male"]), st.just(1.0)
)


def homes(rows: list[Cell], seed: int = 1, today: date = TODAY) -> list[Home]:
    return list(families.make(rows, Draw(seed), today, TestSeries(), CODES))


def of_ages(*ages: int, municipality: str = HERE) -> list[Cell]:
    return [Cell(municipality, age, "female", 1.0) for age in ages]


@given(st.lists(cells, max_size=30), st.integers(0, 2**32), st.dates(date(2022, 1, 1), date(2032, 12, 31)))
def test_each_cell_becomes_one_child_of_its_sex_age_and_place(rows, seed, today):
    found = homes(rows, seed, today)
    assert [home.child.key for home in found] == [f"c{n:07}" for n in range(1, len(rows) + 1)]
    for cell, home in zip(rows, found, strict=True):
        assert (home.child.sex, home.municipality) == (cell.sex, cell.municipality)
        assert home.age == cell.age or 18 <= home.age <= 20
        assert whole_years(home.child.birth_date, today) == home.age or birthday(
            home.child.birth_date, home.age
        ) <= today < birthday(home.child.birth_date, home.age + 1)


@given(st.lists(cells, max_size=30), st.integers(0, 2**32))
def test_siblings_are_neighbours_in_age_by_two_years_and_at_most_four(rows, seed):
    by_family: dict[tuple, list[Home]] = {}
    for home in homes(rows, seed):
        by_family.setdefault(home.child.guardians, []).append(home)
    for siblings in by_family.values():
        assert len(siblings) <= 4
        assert len({home.municipality for home in siblings}) == 1
        ages = sorted(home.age for home in siblings)
        assert all(later - earlier >= 2 for earlier, later in zip(ages, ages[1:], strict=False))


@pytest.mark.parametrize(
    ("rows", "may_be_siblings"),
    [
        (of_ages(4, 6), True),
        (of_ages(6, 4), True),
        (of_ages(4, 5), False),
        (of_ages(4, 4), False),
        (of_ages(4) + of_ages(8, municipality=ELSEWHERE), False),
    ],
)
def test_who_may_be_siblings(rows, may_be_siblings):
    found = {
        home[0].child.guardians == home[1].child.guardians for home in (homes(rows, n) for n in range(60))
    }
    assert found == ({True, False} if may_be_siblings else {False})


@pytest.fixture(scope="module")
def many() -> list[Home]:
    """A thousand children of every age, of one sex or the other; some became young adults."""
    return homes([Cell(HERE, n * 5 % 18, ("female", "male")[n % 2], 1.0) for n in range(18_000)])


def test_families_have_one_to_four_children(many):
    sizes = Counter(Counter(home.child.guardians for home in many).values())
    assert set(sizes) == {1, 2, 3, 4}
    assert sizes[2] > sizes[3] > sizes[4]


def test_guardians_are_numbered_in_the_order_they_are_made(many):
    keys = list(dict.fromkeys(person.key for home in many for person in home.child.guardians))
    assert keys == [f"g{n:07}" for n in range(1, len(keys) + 1)]


# Of what age


@pytest.mark.parametrize(
    ("age", "today", "first", "last"),
    [
        (0, TODAY, date(2025, 11, 22), TODAY),
        (9, TODAY, date(2016, 11, 22), date(2017, 11, 21)),
        (17, TODAY, date(2008, 11, 22), date(2009, 11, 21)),
        (0, date(2028, 2, 29), date(2027, 3, 1), date(2028, 2, 29)),
        (1, date(2028, 2, 29), date(2026, 3, 1), date(2027, 2, 28)),
        (4, date(2028, 2, 29), date(2023, 3, 1), date(2024, 2, 29)),
    ],
)
def test_a_child_of_an_age_was_born_on_any_day_that_gives_it(age, today, first, last):
    born = {families._birth_date(age, Draw(seed), today) for seed in range(4000)}
    assert (min(born), max(born)) == (first, last)
    assert len(born) == (last - first).days + 1


@given(
    st.integers(0, 20),
    st.integers(0, 2**32),
    st.dates(date(2021, 1, 1), date(2040, 12, 31)) | st.sampled_from([date(2026, 2, 28), date(2028, 2, 29)]),
)
def test_nobody_is_younger_or_older_than_told(age, seed, today):
    born = families._birth_date(age, Draw(seed), today)
    assert birthday(born, age) <= today < birthday(born, age + 1)


def test_on_28_february_those_of_a_leap_day_have_had_their_birthday():
    born = {
        age: {families._birth_date(age, Draw(n), date(2026, 2, 28)) for n in range(3000)} for age in (17, 18)
    }
    assert min(born[17]) == date(2008, 3, 1)
    assert max(born[18]) == date(2008, 2, 29)


def test_young_adults_are_rare_and_through_the_twentieth_year(many):
    grown = [home for home in many if home.age >= 18]
    households = len({home.child.guardians for home in many})
    assert len(grown) / households == pytest.approx(0.01, abs=0.004)
    assert {home.age for home in grown} == {18, 19, 20}
    assert all(home.child.needs for home in grown)


# Need


def test_need_comes_one_two_or_three_at_a_time_and_never_the_same_twice(many):
    children = [home.child for home in many if home.age < 18]
    counts = Counter(len(child.needs) for child in children)
    assert set(counts) == {0, 1, 2, 3}
    assert counts[0] / len(children) == pytest.approx(0.8, abs=0.015)
    # The same need drawn twice is one, so that single needs are somewhat more than drawn.
    needing = counts.total() - counts[0]
    assert 0.68 < counts[1] / needing < 0.8
    assert 0.18 < counts[2] / needing < 0.26
    assert 0.01 < counts[3] / needing < 0.06
    assert all(len(set(child.needs)) == len(child.needs) for child in children)


@pytest.mark.parametrize("age", range(18))
def test_only_needs_of_the_childs_age_are_drawn_and_all_of_them(many, age):
    at_this_age = {one.key for one in profiles_at(age)[0]}
    assert {need for home in many if home.age == age for need in home.child.needs} == at_this_age


def test_how_a_child_communicates_follows_from_its_first_need(many):
    for home in many:
        ways = profile(home.child.needs[0]).communication if home.child.needs else [""]
        assert home.child.communication in ways


# Names and languages


def test_names_come_from_one_cluster_and_suit_the_sex(many):
    known = clusters()[0]
    for home in many[:2000]:
        child = home.child
        adults = [person.given_name for person in child.guardians]
        assert child.family_name == child.guardians[0].family_name
        assert any(
            child.given_name in one.children[child.sex]
            and {person.family_name for person in child.guardians} <= set(one.family)
            and set(adults) <= {*one.adults["female"], *one.adults["male"]}
            for one in known
        )


def test_two_guardians_mostly_have_names_of_one_woman_and_one_man(many):
    women = {name for one in clusters()[0] for name in one.adults["female"]}
    men = {name for one in clusters()[0] for name in one.adults["male"]}
    couples = {home.child.guardians for home in many if len(home.child.guardians) == 2}
    mixed = [
        pair
        for pair in couples
        if {pair[0].given_name in women - men, pair[1].given_name in women - men} == {True, False}
    ]
    assert len(mixed) / len(couples) > 0.85
    firsts = Counter(pair[0].given_name in women for pair in couples)
    assert firsts[True] / len(couples) == pytest.approx(0.5, abs=0.1)


def test_a_small_child_may_speak_another_language_and_one_of_five_speaks_swedish(many):
    spoken = {age: {home.child.language for home in many if home.age == age} for age in range(21)}
    assert all(len(spoken[age]) > 5 for age in range(5))
    assert all(spoken[age] == {"sv"} for age in range(5, 21))
    for home in many:
        assert home.child.interpreter_language == ("" if home.child.language == "sv" else home.child.language)


def test_a_guardian_who_needs_an_interpreter_is_one_who_does_not_speak_swedish(many):
    people = {person for home in many for person in home.child.guardians}
    assert all((person.interpreter_language or "sv") == person.language for person in people)
    assert {"", "sv"} & {person.interpreter_language for person in people} == {""}


def test_nearly_half_of_the_guardians_in_families_of_other_languages_need_an_interpreter(many):
    """A small child that speaks another language tells which language the family speaks."""
    people = {person for home in many if home.child.language != "sv" for person in home.child.guardians}
    assert sum(bool(one.interpreter_language) for one in people) / len(people) == pytest.approx(
        0.45, abs=0.06
    )


def test_a_third_of_the_second_guardians_have_kept_a_name_of_their_own(many):
    couples = {home.child.guardians for home in many if len(home.child.guardians) > 1}
    other = sum(people[0].family_name != people[1].family_name for people in couples)
    # Drawn from the same list, one's own name is now and then the same.
    assert 0.25 < other / len(couples) < 0.36


def test_phones_take_every_number_set_aside_and_no_other(many):
    phones = {person.phone for home in many for person in home.child.guardians}
    assert phones == {f"070-174 06 {n:02}" for n in range(5, 100)}


# Protection, numbers and changes


def test_only_the_first_guardian_of_a_protected_family_is_protected(many):
    hidden = [home.child for home in many if home.child.protection != "none"]
    assert {child.protection for child in hidden} == {"flag", "registration"}
    for child in hidden:
        assert [person.protected for person in child.guardians] == [
            True,
            *[False] * (len(child.guardians) - 1),
        ]
    assert len(hidden) / len(many) == pytest.approx(0.005, abs=0.003)


def test_protected_registration_alone_hides_where_the_family_lives(many):
    assert {home.child.protection for home in many if home.child.municipality != home.municipality} == {
        "registration"
    }


def test_coordination_numbers_are_a_few_and_of_other_languages_families(many):
    coordination = [home.child for home in many if home.child.number_kind == "coordination"]
    assert 0 < len(coordination) < 0.02 * len(many)
    only_swedish = {one.key for one in clusters()[0] if one.languages == ["sv"]}
    families_of = {
        name: {one.key for one in clusters()[0] if name in one.family}
        for name in {child.family_name for child in coordination}
    }
    assert all(keys - only_swedish for keys in families_of.values())


def test_when_a_day_has_no_number_left_the_child_has_none(many):
    by_day = Counter((home.child.birth_date, home.child.number_kind) for home in many if home.child.number)
    assert max(by_day.values()) == 2
    full = {day for (day, kind), given_out in by_day.items() if given_out == 2 and kind == "personal"}
    without = [home.child.birth_date for home in many if not home.child.number]
    assert without and sum(day in full for day in without) > 0.9 * len(without)


def test_a_change_in_the_family_lies_two_months_to_four_years_back(many):
    ended = [
        (TODAY - held.ends_on).days - 1
        for home in many
        if home.age < 18
        for held in home.child.custodies
        if held.ends_on
    ]
    assert 60 <= min(ended) < 90
    assert 1470 < max(ended) <= 1500


def test_the_patterns_of_custody_come_in_their_shares(many):
    """Together, alone, one after two, one appointed instead of two, placed elsewhere."""
    children = [home.child for home in many]
    by_number = Counter(len(child.guardians) for child in children)
    assert {number: count / len(children) for number, count in by_number.items()} == {
        1: pytest.approx(0.085, abs=0.02),
        2: pytest.approx(0.908, abs=0.02),
        3: pytest.approx(0.007, abs=0.005),
    }
    assert sum(child.placed for child in children) / len(children) == pytest.approx(0.008, abs=0.005)
