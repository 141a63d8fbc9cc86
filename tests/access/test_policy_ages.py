"""Ages and limits: the leap day, partly known birth dates, and limits as dated data."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kring.access.policy import ages
from kring.access.policy.ages import (
    AGE_LIMITS,
    Birth,
    Precision,
    Standing,
    age_on,
    birthday,
    is_under,
    latest_birth,
    limit,
    standing,
    surely_under_after,
)
from kring.access.policy.sources import FIRST_DAY

BIRTHS = st.dates(date(1995, 1, 1), date(2030, 12, 31))
DAYS = st.dates(date(2023, 1, 1), date(2055, 12, 31))
YEARS = st.integers(0, 21)


@pytest.mark.parametrize(
    ("born", "years", "day"),
    [
        (date(2012, 2, 29), 13, date(2025, 2, 28)),
        (date(2012, 2, 29), 16, date(2028, 2, 29)),
        (date(2012, 2, 28), 13, date(2025, 2, 28)),
        (date(2012, 3, 1), 13, date(2025, 3, 1)),
        (date(2012, 2, 29), 0, date(2012, 2, 29)),
    ],
)
def test_birthday(born: date, years: int, day: date) -> None:
    assert birthday(born, years) == day


@pytest.mark.parametrize(
    ("born", "day", "age"),
    [
        (date(2012, 2, 29), date(2025, 2, 27), 12),
        (date(2012, 2, 29), date(2025, 2, 28), 13),
        (date(2012, 2, 29), date(2028, 2, 28), 15),
        (date(2012, 2, 29), date(2028, 2, 29), 16),
        (date(2013, 11, 17), date(2026, 11, 16), 12),
        (date(2013, 11, 17), date(2026, 11, 17), 13),
        (date(2026, 11, 17), date(2026, 11, 17), 0),
        (date(2027, 3, 1), date(2026, 11, 17), 0),
    ],
)
def test_age_on(born: date, day: date, age: int) -> None:
    assert age_on(born, day) == age


@pytest.mark.parametrize(
    ("years", "day", "born"),
    [
        (13, date(2026, 11, 16), date(2013, 11, 16)),
        (13, date(2025, 2, 28), date(2012, 2, 29)),
        (16, date(2028, 2, 28), date(2012, 2, 28)),
        (16, date(2028, 2, 29), date(2012, 2, 29)),
        (13, date(2028, 2, 29), date(2015, 2, 28)),
    ],
)
def test_latest_birth(years: int, day: date, born: date) -> None:
    assert latest_birth(years, day) == born


@given(BIRTHS, YEARS, DAYS)
def test_latest_birth_and_birthday_say_the_same(born: date, years: int, day: date) -> None:
    assert (birthday(born, years) <= day) == (born <= latest_birth(years, day))


@given(BIRTHS, DAYS)
def test_age_is_the_number_of_birthdays_passed(born: date, day: date) -> None:
    age = age_on(born, day)
    assert age == 0 or birthday(born, age) <= day
    assert birthday(born, age + 1) > day


@pytest.mark.parametrize(
    ("precision", "first", "last"),
    [
        (Precision.DAY, date(2012, 2, 29), date(2012, 2, 29)),
        (Precision.MONTH, date(2012, 2, 1), date(2012, 2, 29)),
        (Precision.YEAR, date(2012, 1, 1), date(2012, 12, 31)),
    ],
)
def test_of_a_partly_known_date_only_the_known_parts_count(
    precision: Precision, first: date, last: date
) -> None:
    assert Birth.of(date(2012, 2, 29), precision) == Birth(first, last)


def test_an_unknown_precision_is_an_error() -> None:
    with pytest.raises(ValueError, match="decade"):
        Birth.of(date(2012, 2, 29), "decade")


def test_between_the_possible_birthdays_nothing_is_sure() -> None:
    born = Birth.of(date(2013, 11, 30), Precision.MONTH)
    assert born.is_under(13, date(2026, 10, 31))
    assert not born.is_under(13, date(2026, 11, 1))
    assert not born.has_turned(13, date(2026, 11, 29))
    assert born.has_turned(13, date(2026, 11, 30))


@given(BIRTHS, YEARS, DAYS)
def test_a_whole_date_is_under_or_has_turned(born: date, years: int, day: date) -> None:
    birth = Birth.of(born)
    assert birth.is_under(years, day) is not birth.has_turned(years, day)
    assert is_under(born, years, day) is birth.is_under(years, day)


@given(BIRTHS, st.sampled_from(Precision), st.integers(1, 21), DAYS)
def test_the_database_asks_the_same_question(born: date, precision: Precision, years: int, day: date) -> None:
    stored = Birth.of(born, precision).latest
    assert (stored > surely_under_after(years, day)[precision]) is is_under(stored, years, day, precision)


@pytest.mark.parametrize(
    ("key", "years"),
    [
        ("guardian_e_access", 13),
        ("own_e_services", 13),
        ("own_post", 13),
        ("own_record", 16),
        ("adult", 18),
        ("plan_ends", 21),
    ],
)
def test_the_limits_today(key: str, years: int) -> None:
    assert limit(key, date(2026, 11, 16)).years == years


def test_a_limit_that_is_not_in_force_is_no_limit() -> None:
    with pytest.raises(LookupError):
        limit("own_record", FIRST_DAY - timedelta(days=1))
    with pytest.raises(LookupError):
        limit("no_such_limit", FIRST_DAY)


def test_standing_follows_the_birthdays() -> None:
    born = Birth.of(date(2010, 5, 10))
    child, older = standing(born, date(2023, 5, 9)), standing(born, date(2023, 5, 10))
    assert child == Standing(under_guardian_limit=True, under_plan_limit=True)
    assert older == Standing(has_own_e_services=True, has_own_post=True, under_plan_limit=True)
    assert standing(born, date(2026, 5, 10)).has_own_record
    assert standing(born, date(2028, 5, 10)).adult
    assert standing(born, date(2031, 5, 9)).under_plan_limit
    assert not standing(born, date(2031, 5, 10)).under_plan_limit


def test_without_limits_in_force_standing_is_closed() -> None:
    assert standing(Birth.of(date(2010, 5, 10)), FIRST_DAY - timedelta(days=1)) == Standing()


def test_a_limit_changes_on_the_day_its_rule_says(monkeypatch: pytest.MonkeyPatch) -> None:
    changes = date(2027, 1, 1)
    old = next(one for one in AGE_LIMITS if one.key == "own_record")
    ended = replace(old, rule=replace(old.rule, valid_to=changes - timedelta(days=1)))
    new = replace(old, years=15, rule=replace(old.rule, id="ages.own_record.2027", valid_from=changes))
    monkeypatch.setattr(ages, "AGE_LIMITS", (ended, new))
    assert (limit("own_record", date(2026, 12, 31)).years, limit("own_record", changes).years) == (16, 15)
