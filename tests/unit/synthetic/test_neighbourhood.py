"""Which units are around a child: from where, of which age, of which owner, and from when till when."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from synthetic import relations
from synthetic.draw import Draw
from synthetic.families import birthday
from synthetic.relations import SCHOOLING, SOCIAL_SUPPORT, SPECIALISTS, Neighbourhood
from synthetic.texts import words
from tests.unit.synthetic.made import ELSEWHERE, HERE, TODAY, home, place

SEEDS = range(200)


def made(*places, born=date(2016, 3, 12), today=TODAY, seed=1, **changes):
    around = Neighbourhood(places)
    return relations.make(home(born, today, **changes), around, Draw(seed), today)


def periods(*places, **given_case):
    return {held.unit: (held.starts_on, held.ends_on) for held in made(*places, **given_case)}


# Places near


LOCAL = place("primary_care", "local")
SHARED = place("primary_care", "shared", serves=(HERE, ELSEWHERE))
FAR = place("primary_care", "far", municipality=ELSEWHERE, serves=(ELSEWHERE,))
YOUNG = place("primary_care", "young", first_age=0, last_age=5)
FREE = place("primary_care", "free", owner="association")
ALL = Neighbourhood([LOCAL, SHARED, FAR, YOUNG, FREE])


@pytest.mark.parametrize(
    ("municipality", "age", "owner", "keys"),
    [
        (HERE, 9, "", "local shared free"),
        (HERE, 5, "", "local shared young free"),
        (HERE, 6, "", "local shared free"),
        (HERE, 0, "", "local shared young free"),
        (HERE, 21, "", ""),
        (ELSEWHERE, 9, "", "shared far"),
        (HERE, 9, "association", "free"),
        (HERE, 9, "owner", "local shared"),
        (HERE, 9, "nobody", ""),
        ("1401", 9, "", ""),
    ],
)
def test_places_that_take_a_child_from_there_of_that_age(municipality, age, owner, keys):
    for _ in range(2):  # the second answer is a remembered one
        found = ALL.fitting(municipality, "primary_care", age, owner)
        assert [one.key for one in found] == keys.split()
    assert ALL.fitting(municipality, "dental", age, owner) == ()


@pytest.mark.parametrize(
    ("places", "municipality", "keys"),
    [
        ([LOCAL, SHARED, FREE], HERE, "local free"),
        ([SHARED, FAR], HERE, "shared"),  # none of its own: any that takes children from here
        ([LOCAL, SHARED], ELSEWHERE, "shared"),
        ([YOUNG], HERE, ""),
    ],
)
def test_everyday_care_is_the_municipality_s_own_if_it_has_any(places, municipality, keys):
    around = Neighbourhood(places)
    for _ in range(2):
        assert [one.key for one in around.near(municipality, "primary_care", 9)] == keys.split()


@pytest.mark.parametrize(
    ("kind", "relation"),
    [(kind, "schooling") for kind in ("school", "preschool")]
    + [(kind, "social_support") for kind in ("social_services", "lss")]
    + [(kind, "care") for kind in ("primary_care", "dental", "pupil_health_medical", "child_psychiatry")],
)
def test_the_kind_of_relation(kind, relation):
    assert relations.kind_of(place(kind)) == relation
    assert {one.kind for one in made(place("primary_care"))} == {"care"}


def test_every_kind_of_unit_is_somewhere_in_the_tables():
    assert set(words()["visit"]) >= SCHOOLING | SOCIAL_SUPPORT | SPECIALISTS
    assert not (SCHOOLING & SPECIALISTS or SOCIAL_SUPPORT & SPECIALISTS)


# Everyday care


@pytest.mark.parametrize(
    ("kind", "born", "period"),
    [
        # From ten days old through the sixth birthday; an end that lies ahead is not known yet.
        ("child_health_centre", date(2016, 3, 12), (date(2016, 3, 22), date(2022, 3, 12))),
        ("child_health_centre", date(2020, 2, 29), (date(2020, 3, 10), date(2026, 2, 28))),
        ("child_health_centre", date(2020, 11, 20), (date(2020, 11, 30), date(2026, 11, 20))),
        ("child_health_centre", date(2020, 11, 21), (date(2020, 12, 1), None)),
        ("child_health_centre", date(2026, 11, 11), (date(2026, 11, 21), None)),
        ("child_health_centre", date(2026, 11, 12), None),
        # Primary care from a month old and for good.
        ("primary_care", date(2016, 3, 12), (date(2016, 4, 11), None)),
        ("primary_care", date(2026, 10, 22), (date(2026, 11, 21), None)),
        ("primary_care", date(2026, 10, 23), None),
    ],
)
def test_everyday_care_from_its_day(kind, born, period):
    found = periods(place(kind), born=born)
    assert found == ({kind: period} if period else {})


def test_a_child_health_centre_is_one_for_newborns():
    assert made(place("child_health_centre", first_age=0, last_age=0))
    assert not made(place("child_health_centre", first_age=1))


def test_dental_care_begins_between_two_and_three():
    born = date(2016, 3, 12)
    days = {(periods(place("dental"), seed=seed)["dental"][0] - born).days for seed in SEEDS}
    assert 800 <= min(days) < 820
    assert 1080 < max(days) <= 1100


@pytest.mark.parametrize(("years", "moves"), [(2, False), (3, True), (9, True)])
def test_some_change_their_primary_care_once_they_are_three(years, moves):
    born = birthday(TODAY, -years) - timedelta(days=30)
    two = [place("primary_care", "one"), place("primary_care", "two")]
    found = [made(*two, born=born, seed=seed) for seed in SEEDS]
    assert {len(held) for held in found} == ({1, 2} if moves else {1})
    for first, *then in found:
        assert first.starts_on == born + timedelta(days=30)
        for second in then:
            assert first.ends_on == second.starts_on - timedelta(days=1)
            assert (first.unit, second.unit) in (("one", "two"), ("two", "one"))
            assert second.ends_on is None
            assert 500 <= (second.starts_on - born).days <= years * 365
    changed = sum(len(held) == 2 for held in found) / len(found)
    assert changed == (pytest.approx(0.25, abs=0.1) if moves else 0)


def test_whoever_has_one_primary_care_to_choose_never_changes():
    assert all(len(made(place("primary_care"), seed=seed)) == 1 for seed in SEEDS)


# Preschool and school


SCHOOL = place("school", first_age=6, last_age=15)
UPPER = place("school", "upper", first_age=16, last_age=20)


@pytest.mark.parametrize(
    ("born_year", "period"),
    [
        # The autumn of the year when the child turns six, through the spring when it turns sixteen.
        (2021, None),
        (2020, (date(2026, 8, 15), None)),
        (2016, (date(2022, 8, 15), None)),
        (2011, (date(2017, 8, 15), None)),
        (2010, (date(2016, 8, 15), date(2026, 6, 12))),
    ],
)
@pytest.mark.parametrize("month_and_day", [(1, 1), (12, 31)])
def test_school_goes_by_the_year_of_birth(born_year, month_and_day, period):
    for seed in range(20):
        found = periods(SCHOOL, born=date(born_year, *month_and_day), seed=seed)
        assert found == ({"school": period} if period else {})


def test_where_there_is_one_school_nobody_leaves_it_early():
    for seed in range(40):
        assert periods(SCHOOL, born=date(2012, 5, 5), seed=seed) == {"school": (date(2018, 8, 15), None)}


@pytest.mark.parametrize(("today", "goes"), [(date(2026, 8, 14), False), (date(2026, 8, 15), True)])
def test_school_starts_on_its_day(today, goes):
    assert bool(made(SCHOOL, born=date(2020, 5, 5), today=today)) is goes


@pytest.mark.parametrize(
    ("today", "ends_on"), [(date(2026, 6, 12), None), (date(2026, 6, 13), date(2026, 6, 12))]
)
def test_school_ends_on_its_day(today, ends_on):
    assert periods(SCHOOL, born=date(2010, 5, 5), today=today)["school"][1] == ends_on


@pytest.mark.parametrize(
    ("born_year", "period"),
    [(2011, None), (2010, (date(2026, 8, 15), None)), (2007, (date(2023, 8, 15), date(2026, 6, 12)))],
)
def test_upper_secondary_school_is_three_years(born_year, period):
    assert periods(UPPER, born=date(born_year, 5, 5)) == ({"upper": period} if period else {})


def test_a_school_for_all_ages_is_not_taken_for_an_upper_secondary_school():
    two = [place("school", key, first_age=6, last_age=20) for key in ("all", "every")]
    for seed in range(40):
        assert max(
            ends_on for _, ends_on in periods(*two, born=date(2009, 5, 5), seed=seed).values()
        ) == date(2025, 6, 12)


@pytest.mark.parametrize(
    ("first_age", "last_age", "goes"),
    [(6, 9, True), (9, 15, True), (10, 15, False), (6, 8, False), (16, 20, False)],
)
def test_a_first_school_is_one_that_takes_pupils_of_nine(first_age, last_age, goes):
    assert bool(made(place("school", first_age=first_age, last_age=last_age))) is goes


@pytest.mark.parametrize(
    ("first_age", "last_age", "goes"),
    [(16, 17, True), (17, 20, True), (18, 20, False), (16, 16, False), (15, 20, False)],
)
def test_an_upper_secondary_school_is_one_from_sixteen_that_takes_pupils_of_seventeen(
    first_age, last_age, goes
):
    school = place("school", first_age=first_age, last_age=last_age)
    assert bool(made(school, born=date(2009, 5, 5))) is goes


@pytest.mark.parametrize(
    ("first_age", "last_age", "possible"), [(7, 14, True), (14, 15, True), (15, 16, False), (10, 13, False)]
)
def test_another_school_is_one_that_takes_pupils_of_fourteen(first_age, last_age, possible):
    other = place("school", "other", first_age=first_age, last_age=last_age)
    second = {
        unit
        for seed in range(80)
        for unit, (starts_on, _) in periods(SCHOOL, other, born=date(2012, 5, 5), seed=seed).items()
        if starts_on == date(2025, 8, 15)
    }
    assert ("other" in second) is possible


def test_some_go_to_another_school_from_the_seventh_year():
    two = [SCHOOL, SCHOOL._replace(key="other")]
    found = [made(*two, born=date(2012, 5, 5), seed=seed) for seed in SEEDS]
    moved = [held for held in found if len(held) == 2]
    assert len(moved) / len(found) == pytest.approx(0.45, abs=0.1)
    for first, second in moved:
        assert (first.starts_on, first.ends_on) == (date(2018, 8, 15), date(2025, 6, 12))
        assert (second.starts_on, second.ends_on) == (date(2025, 8, 15), None)


def test_nine_children_in_ten_go_to_preschool_from_about_their_first_birthday():
    preschool = place("preschool", first_age=1, last_age=5)
    born = date(2022, 3, 12)
    found = [made(preschool, born=born, seed=seed) for seed in SEEDS]
    assert sum(map(bool, found)) / len(found) == pytest.approx(0.9, abs=0.07)
    days = {(held.starts_on - born).days for (held,) in filter(None, found)}
    assert 390 <= min(days) < 400
    assert 790 < max(days) <= 800
    assert {held.ends_on for (held,) in filter(None, found)} == {None}


def test_preschool_ends_the_day_before_school_begins():
    preschool = place("preschool", first_age=1, last_age=5)
    ends = {held.ends_on for seed in range(30) for held in made(preschool, born=date(2016, 3, 12), seed=seed)}
    assert ends == {date(2022, 8, 14)}


def test_pupil_health_is_that_of_the_school_s_owner_where_the_school_is():
    free = SCHOOL._replace(key="free", owner="association")
    nurses = [
        place("pupil_health_medical", "ours", first_age=6),
        place("pupil_health_medical", "theirs", first_age=6, owner="association"),
        place("pupil_health_medical", "far", first_age=6, municipality=ELSEWHERE, serves=(ELSEWHERE,)),
    ]
    for seed in range(40):
        found = {held.unit: held for held in made(SCHOOL, free, *nurses, seed=seed)}
        now = [key for key, held in found.items() if held.ends_on is None]
        assert sorted(now) in (["ours", "school"], ["free", "theirs"])
        assert "far" not in found


def test_one_nurse_follows_a_pupil_from_school_to_school_of_one_owner():
    nurse = place("pupil_health_medical", first_age=6)
    for seed in range(40):
        found = periods(SCHOOL, UPPER, nurse, born=date(2009, 5, 5), seed=seed)
        assert found["pupil_health_medical"] == (date(2015, 8, 15), None)
        assert found["upper"] == (date(2025, 8, 15), None)


def test_any_nurse_of_the_owner_may_be_the_one_and_then_stays():
    two = [place("pupil_health_medical", key, first_age=6) for key in ("one", "two")]
    kept = set()
    for seed in range(40):
        found = periods(SCHOOL, UPPER, *two, born=date(2009, 5, 5), seed=seed)
        (nurse,) = found.keys() & {"one", "two"}
        assert found[nurse] == (date(2015, 8, 15), None)
        kept.add(nurse)
    assert kept == {"one", "two"}


# Units that follow from much need


SPECIAL = [place(kind) for kind in sorted(SPECIALISTS | {"lss", "social_services"})]


def test_without_much_need_there_are_no_specialists():
    assert made(*SPECIAL) == ()


@pytest.mark.parametrize("need", [row["key"] for row in words()["profile"]])
def test_the_first_unit_of_a_need_is_always_there_and_others_mostly(need):
    (row,) = (row for row in words()["profile"] if row["key"] == need)
    first, *others = row["units"]
    found = [{held.unit for held in made(*SPECIAL, seed=seed, needs=(need,))} for seed in SEEDS]
    assert all(first in units for units in found)
    for other in others:
        assert 0.6 < sum(other in units for units in found) / len(found) < 0.9


@pytest.mark.parametrize(
    ("kind", "share"),
    [("paediatric_outpatient", 0.22), ("social_services", 0.12), ("habilitation", 0.08), ("lss", 0.06)],
)
def test_some_units_are_there_now_and_then_whatever_the_need(kind, share):
    found = [
        kind in {held.unit for held in made(*SPECIAL, seed=seed, needs=("mental_health",))}
        for seed in range(1500)
    ]
    assert sum(found) / len(found) == pytest.approx(share, abs=0.03)


def test_a_placed_child_has_social_services_first_of_all():
    for seed in range(40):
        assert "social_services" in {held.unit for held in made(*SPECIAL, seed=seed, placed=True)}


@pytest.mark.parametrize(("days_old", "possible"), [(7, False), (8, True), (9, True)])
def test_a_newborn_has_no_specialist_until_there_was_time_for_one(days_old, possible):
    born = TODAY - timedelta(days=days_old)
    found = made(*SPECIAL, born=born, needs=("illness",))
    assert bool(found) is possible
    assert all(born + timedelta(days=5) <= held.starts_on <= TODAY - timedelta(days=3) for held in found)


def test_specialist_care_began_within_the_last_four_years_and_may_have_ended():
    held = [one for seed in SEEDS for one in made(*SPECIAL, seed=seed, needs=("illness", "motor"))]
    ago = [(TODAY - one.starts_on).days for one in held]
    assert 3 <= min(ago) < 20
    assert 1450 < max(ago) <= 1500
    ended = [one for one in held if one.ends_on]
    assert len(ended) / len(held) == pytest.approx(0.15, abs=0.05)
    assert all(one.starts_on <= one.ends_on < TODAY for one in ended)


def test_a_unit_that_is_there_already_is_not_there_again():
    only = place("social_services")
    for seed in range(40):
        assert len(made(only, seed=seed, placed=True, needs=("social",))) == 1


# Any child


EVERYTHING = [
    *SPECIAL,
    SCHOOL,
    UPPER,
    SCHOOL._replace(key="free", owner="association"),
    place("preschool", first_age=1, last_age=5),
    place("pupil_health_medical", first_age=6),
    place("child_health_centre", last_age=5),
    place("primary_care"),
    place("primary_care", "another"),
    place("dental"),
]
needs = st.lists(st.sampled_from([row["key"] for row in words()["profile"]]), unique=True, max_size=3).map(
    tuple
)


@given(
    st.dates(date(2005, 11, 22), TODAY),
    st.dates(date(2026, 1, 1), TODAY),
    st.integers(0, 2**32),
    needs,
    st.booleans(),
)
def test_nothing_begins_before_birth_or_lies_ahead_and_all_comes_in_order(born, today, seed, needs, placed):
    today = max(born, today)
    held = made(*EVERYTHING, born=born, today=today, seed=seed, needs=needs, placed=placed)
    assert [one.starts_on for one in held] == sorted(one.starts_on for one in held)
    assert len({one.unit for one in held}) == len(held)
    for one in held:
        assert born < one.starts_on <= today
        assert one.ends_on is None or one.starts_on <= one.ends_on < today
