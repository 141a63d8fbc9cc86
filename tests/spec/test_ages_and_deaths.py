"""Measures of an age: a first diagnosis, a plan by 17 and a half; and deaths and emergencies."""

import pytest

from tests.spec.reading import check


def test_the_middle_age_at_the_first_diagnosis_ever(engine):
    """1: 6 years to the day. 2: a day before 8 years. 3: diagnosed before. 4: another diagnosis."""
    given = """
        child
        child | born       | sex
        1     | 2018-05-10 | girl
        2     | 2016-05-11 | boy
        3     | 2016-05-11 | boy
        4     | 2016-05-11 | boy

        diagnosis
        child | day        | code
        1     | 2024-05-10 | F840
        1     | 2024-09-10 | F845
        2     | 2024-05-10 | F84
        3     | 2022-05-10 | F84
        3     | 2024-05-10 | F84
        4     | 2024-05-10 | F90
    """
    told = "of | n | value | mean\nregion | 2 | 6.9583 | 6.9583\ngirl | 1 | 6 | 6\nboy | 1 | 7.9167 | 7.9167"
    check("age_at_autism_diagnosis", given, told, engine)


@pytest.mark.parametrize(
    ("born", "day", "years"),
    [
        ("2020-01-31", "2024-03-01", 4), ("2020-01-31", "2024-03-02", 4 + 1 / 12),
        ("2020-02-29", "2024-02-28", 4 - 1 / 12), ("2020-02-29", "2024-02-29", 4),
        ("2024-01-31", "2024-03-01", 0), ("2024-01-31", "2024-03-02", 1 / 12),
        ("2024-05-05", "2024-05-05", 0),
    ],
)  # fmt: skip
def test_months_are_whole_and_a_day_that_a_month_lacks_comes_in_the_next(engine, born, day, years):
    given = f"""
        child
        child | born
        1     | {born}

        diagnosis
        child | day   | code
        1     | {day} | F84
    """
    check("age_at_autism_diagnosis", given, f"of | n | value\nregion | 1 | {years}", engine)


def test_a_plan_on_the_day_of_17_and_a_half_or_before(engine):
    """Born on 31 August 2006: 17 and a half on 2 March 2024. 1: planned that day. 2: the day after. 3: never.
    4: no diagnosis until the day after. 5: a diagnosis that is not on the list. 6: half a year too young.
    """
    given = """
        child
        child | born
        1     | 2006-08-31
        2     | 2006-08-31
        3     | 2006-08-31
        4     | 2006-08-31
        5     | 2006-08-31
        6     | 2007-07-01

        diagnosis
        child | day        | code
        1     | 2024-03-02 | F84
        2     | 2015-01-01 | E101
        3     | 2015-01-01 | G409
        4     | 2024-03-03 | F84
        5     | 2015-01-01 | J459
        6     | 2015-01-01 | F84

        step
        child | day        | kind
        1     | 2024-03-02 | transition_planned
        2     | 2024-03-03 | transition_planned
        4     | 2024-01-01 | transition_planned
        6     | 2024-01-01 | transition_planned
    """
    check("transition_plan", given, "of | n | x | value\nregion | 3 | 1 | 33.333", engine)


def test_deaths_of_five_years_by_cause_at_ten_to_seventeen(engine):
    given = """
        child
        child | born       | ended
        1     | 2010-01-01 | 2020-05-01
        2     | 2010-01-01 | 2024-05-01
        3     | 2010-01-01 | 2024-05-01
        4     | 2010-01-01 | 2019-12-31
        5     | 2015-01-01 | 2024-05-01

        death
        child | day        | cause
        1     | 2020-05-01 | X700
        2     | 2024-05-01 | X849
        3     | 2024-05-01 | Y201
        4     | 2019-12-31 | X700
        5     | 2024-05-01 | X700
    """
    check("suicide_deaths", given, "of | x\nregion | 2", engine)


def test_emergencies_that_could_have_been_seen_to_elsewhere(engine):
    """A leap year lived whole: 2 of 366 days, per 1,000 years of 365.25."""
    given = """
        child
        child
        1

        emergency_visit
        child | day        | code
        1     | 2024-05-01 | J459
        1     | 2024-05-01 | N390
        1     | 2024-05-01 | S525
        1     | 2024-05-01 | -
        1     | 2023-05-01 | J459
    """
    check("avoidable_emergency_visits", given, "of | n | x | value\nregion | 366 | 2 | 1995.9", engine)
