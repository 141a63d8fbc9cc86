"""Children and guardians: what the law and the population register would never show otherwise."""

from collections import Counter
from datetime import date, timedelta

import pytest

from synthetic.families import birthday


def age_on(child, day):
    return next(years for years in range(25) if birthday(child.birth_date, years + 1) > day)


def test_every_child_is_between_0_and_20_and_most_are_children(children, today):
    ages = Counter(age_on(child, today) for child in children)
    assert set(ages) <= set(range(21))
    assert set(range(18)) <= set(ages)
    young_adults = sum(count for age, count in ages.items() if age >= 18)
    assert 0 < young_adults < 0.02 * len(children)


def test_nobody_is_born_in_the_future(children, today):
    assert all(child.birth_date <= today for child in children)


@pytest.mark.parametrize(
    ("born", "years", "day"),
    [
        (date(2008, 2, 29), 18, date(2026, 2, 28)),
        (date(2008, 2, 29), 20, date(2028, 2, 29)),
        (date(2008, 3, 1), 18, date(2026, 3, 1)),
    ],
)
def test_a_child_born_on_a_leap_day_has_its_birthday_on_28_february(born, years, day):
    assert birthday(born, years) == day


# Custody


def current(child, today):
    return [held for held in child.custodies if held.ends_on is None or held.ends_on >= today]


def test_every_child_under_18_has_a_guardian_today(children, today):
    for child in children:
        if age_on(child, today) < 18:
            assert current(child, today) or child.placed, child.key


def test_custody_ends_the_day_before_the_eighteenth_birthday(children, today):
    adults = [child for child in children if age_on(child, today) >= 18]
    assert adults
    for child in adults:
        assert not current(child, today)
        assert max(held.ends_on for held in child.custodies) == birthday(child.birth_date, 18) - timedelta(1)


def test_no_custody_starts_before_birth_or_ends_before_it_starts(children, today):
    for child in children:
        for held in child.custodies:
            assert child.birth_date <= held.starts_on <= today
            assert held.ends_on is None or held.ends_on >= held.starts_on


def test_custody_is_held_by_the_childs_own_guardians_each_once(children):
    for child in children:
        holders = [held.guardian for held in child.custodies]
        assert len(set(holders)) == len(holders)
        assert set(holders) <= {person.key for person in child.guardians}


def test_families_differ(children, today):
    numbers = Counter(len(current(child, today)) for child in children if age_on(child, today) < 18)
    assert numbers[1] > 0.05 * len(children)
    assert numbers[2] > 0.8 * len(children)
    assert max(numbers) == 2
    two = [child for child in children if len(child.guardians) == 2]
    other_names = sum(child.guardians[0].family_name != child.guardians[1].family_name for child in two)
    assert 0.2 < other_names / len(two) < 0.5
    assert any(held.ends_on and held.ends_on < today for child in children for held in child.custodies)
    assert any(child.placed for child in children)


def test_siblings_share_guardians_and_home_and_are_not_born_within_a_year(children):
    by_guardian = {}
    for child in children:
        by_guardian.setdefault(child.guardians[0].key, []).append(child)
    families = [family for family in by_guardian.values() if len(family) > 1]
    assert families
    for family in families:
        assert len({child.guardians for child in family}) == 1
        assert len({child.municipality for child in family}) == 1
        births = sorted(child.birth_date for child in family)
        assert all((later - earlier).days > 365 for earlier, later in zip(births, births[1:], strict=False))


def test_the_same_key_is_the_same_person(children):
    people = {person.key: person for child in children for person in child.guardians}
    assert all(people[person.key] == person for child in children for person in child.guardians)


# Names, numbers, languages


def test_numbers_are_unique_and_name_the_right_date(children):
    numbers = [child.number for child in children if child.number]
    assert len(set(numbers)) == len(numbers) > 0.9 * len(children)
    for child in children:
        if child.number:
            day = int(child.number[6:8]) - (60 if child.number_kind == "coordination" else 0)
            assert (int(child.number[:4]), int(child.number[4:6]), day) == child.birth_date.timetuple()[:3]
            assert child.number[8:11] in ("238", "239")
    assert {child.number_kind for child in children} == {"personal", "coordination", None}


def test_a_number_kind_comes_only_with_a_number(children):
    assert all((child.number is None) == (child.number_kind is None) for child in children)


def test_several_languages_are_spoken_and_interpreters_are_asked_for(children):
    assert Counter(child.language for child in children).most_common(1)[0][0] == "sv"
    guardians = {person for child in children for person in child.guardians}
    assert len({person.language for person in guardians}) > 8
    for person in guardians:
        assert person.interpreter_language in ("", person.language)
        assert person.interpreter_language != "sv"


def test_phone_numbers_are_those_set_aside_for_fiction(children):
    for child in children:
        assert all(person.phone.startswith("070-174 06 ") for person in child.guardians)


def test_a_few_are_protected_and_then_a_guardian_is_too(children):
    kinds = Counter(child.protection for child in children)
    assert 0 < kinds["flag"] < 0.02 * len(children)
    for child in children:
        hidden = any(person.protected for person in child.guardians)
        assert hidden == (child.protection != "none")


# Needs


def test_a_fifth_have_much_need(children, today):
    under_18 = [child for child in children if age_on(child, today) < 18]
    share = sum(bool(child.needs) for child in under_18) / len(under_18)
    assert 0.17 < share < 0.23
    assert all(child.needs for child in children if age_on(child, today) >= 18)


def test_how_a_child_communicates_is_told_only_where_it_matters(children):
    assert any(child.communication for child in children)
    assert all(child.needs for child in children if child.communication)
