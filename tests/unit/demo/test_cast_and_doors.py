"""The cast and the doors of the demo, as tables: they hold together whatever day the demo is started."""

import re
from collections import Counter
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kring.access.policy.ages import age_on
from kring.access.roles import ROLES
from kring.children.models import Child
from kring.children.personal_numbers import official_test_numbers
from kring.demo import doors
from kring.demo.cast import FACTS, birth_date_of
from kring.organisations.region_files import read_region
from tests.cast import NOW, REGION

STAFF, GUARDIANS, CHILDREN = FACTS["staff"], FACTS["guardian"], FACTS["child"]
EVERYBODY = {row["subject"]: row for row in (*STAFF, *GUARDIANS, *CHILDREN)}
DOORS, GROUPS = doors._facts()["door"], doors._facts()["group"]
UNITS = {unit.key for unit in read_region(REGION).units}
each_child = pytest.mark.parametrize("row", CHILDREN, ids=lambda row: row["subject"])
each_door = pytest.mark.parametrize("row", DOORS, ids=lambda row: row["subject"])
SENTENCE = re.compile(r"[A-ZÅÄÖ«].*[.?]$")


class TestTheCast:
    @pytest.mark.parametrize("rows", [STAFF, GUARDIANS, CHILDREN], ids=["staff", "guardians", "children"])
    def test_nobody_stands_there_twice(self, rows):
        assert max(Counter(row["subject"] for row in rows).values()) == 1

    def test_who_is_both_at_work_and_at_home_is_one_person(self):
        """Lena is a school nurse and a guardian: two ways of acting, one at a time."""
        at_work, at_home = ({row["subject"]: row["name"] for row in rows} for rows in (STAFF, GUARDIANS))
        both = at_work.keys() & at_home.keys()
        assert both == {"lena"}
        assert all(at_work[one] == at_home[one] for one in both)
        assert not {row["subject"] for row in CHILDREN} & (at_work.keys() | at_home.keys())

    def test_everybody_has_a_name_of_two_parts_and_no_two_the_same(self):
        names = [tuple(row["name"]) for row in EVERYBODY.values()]
        assert all(len(name) == 2 and all(name) for name in names)
        assert max(Counter(names).values()) == 1

    @pytest.mark.parametrize("row", STAFF, ids=lambda row: row["subject"])
    def test_staff_have_a_title_and_work_in_real_roles_at_real_units(self, row):
        assert row["title"]
        for role, unit in row["assignments"]:
            assert role in ROLES
            assert unit in UNITS

    @each_child
    def test_a_child_lives_among_people_and_units_that_are_there(self, row):
        assert set(row["guardians"]) <= {one["subject"] for one in GUARDIANS}
        assert set(row["units"]) <= UNITS
        assert set(row.get("restricted_group", [])) <= {one["subject"] for one in STAFF}

    def test_every_guardian_has_a_child(self):
        assert {one for row in CHILDREN for one in row["guardians"]} == {row["subject"] for row in GUARDIANS}

    @each_child
    def test_what_is_said_of_a_child_is_among_what_can_be(self, row):
        assert row.get("sex", "unknown") in Child.Sex.values
        assert row.get("protection", "none") in Child.Protection.values
        for name in ("language", "interpreter_language"):
            assert len(row.get(name, "")) <= Child._meta.get_field(name).max_length

    def test_only_a_protected_child_has_a_restricted_group_and_it_has_one(self):
        """domain.md ruling 9: the group around a child with protected identity is exhaustive."""
        for row in CHILDREN:
            protected = row.get("protection", "none") != "none"
            assert protected is bool(row.get("restricted_group")), row["subject"]


class TestAges:
    """`years` is the child's age in whole years on the day the cast is set up, whatever day that is."""

    @each_child
    @given(today=st.dates(date(2024, 1, 1), date(2045, 12, 31)))
    def test_a_child_is_as_old_as_it_says_every_day(self, row, today):
        born = birth_date_of(row, today)
        assert age_on(born, today) == row["years"]
        assert f"{born:%m-%d}" == row["born"]

    @each_child
    @given(today=st.dates(date(2024, 1, 1), date(2045, 12, 31)))
    def test_there_is_always_a_number_that_can_belong_to_nobody(self, row, today):
        number = next(official_test_numbers(birth_date_of(row, today)))
        assert number.birth_date == birth_date_of(row, today)

    def test_the_cast_covers_the_ages_where_something_changes(self):
        """ux.md c12: 0–5, 6–9, 10–12, 13–15."""
        years = {row["years"] for row in CHILDREN}
        for first, last in ((0, 6), (6, 9), (10, 12), (13, 17)):
            assert years & set(range(first, last + 1)), f"nobody is {first}-{last}"


class TestTheDoors:
    @each_door
    def test_somebody_of_the_cast_stands_behind_it(self, row):
        assert row["subject"] in EVERYBODY
        assert row["group"] in {group["key"] for group in GROUPS}

    def test_nobody_has_two_doors_and_no_hallway_is_empty(self):
        assert max(Counter(row["subject"] for row in DOORS).values()) == 1
        assert {row["group"] for row in DOORS} == {group["key"] for group in GROUPS}

    @each_door
    def test_it_says_who_and_three_things_to_try(self, row):
        assert row["who"].startswith(EVERYBODY[row["subject"]]["name"][0])
        assert len(row["tries"]) == 3
        assert all(SENTENCE.match(words) for words in (*row["tries"], row["who"]))

    @each_child
    def test_a_child_s_door_says_its_age_as_it_is(self, row):
        said = [one for one in DOORS if one["subject"] == row["subject"]]
        for door in said:
            assert f"{row['years']} år" in door["title"]

    @each_door
    def test_who_has_no_title_at_work_is_given_one(self, row):
        assert row.get("title") or EVERYBODY[row["subject"]].get("title")

    def test_every_role_of_the_cast_has_a_door(self):
        """«One door for each role in the cast»: what a role may do can be seen by opening one."""
        behind = {row["subject"] for row in DOORS}
        held = {role for row in STAFF for role, _unit in row["assignments"]}
        opened = {role for row in STAFF if row["subject"] in behind for role, _unit in row["assignments"]}
        assert held == opened

    @pytest.mark.django_db
    def test_nobody_but_those_behind_a_door_can_be_chosen(self, cast):
        assert doors.person_behind("karin") == cast.karin
        for subject in ("", "nobody", "KARIN", "karin\x00", "'; --"):
            assert doors.person_behind(subject) is None

    @pytest.mark.django_db
    def test_who_is_not_active_has_no_door(self, cast):
        karin = cast.karin
        karin.is_active = False
        karin.save()
        shown = {door.subject for hallway in doors.hallways() for door in hallway.doors}
        assert "karin" not in shown
        assert shown == {row["subject"] for row in DOORS} - {"karin"}
        assert doors.person_behind("karin") is None

    def test_the_tests_moment_is_one_of_those_days(self):
        assert birth_date_of(EVERYBODY["alva"], NOW.date()) == date(2016, 3, 12)
