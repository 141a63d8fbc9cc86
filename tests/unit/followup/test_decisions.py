"""What may be decided about a chart, what holds of it, and that limits never move by themselves."""

from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kring.followup.rules import decisions, refusals
from kring.followup.rules.change import TRIAL, Assurance, Judgement, Pattern, change
from kring.followup.rules.decisions import (
    FEWEST,
    UNDECIDED,
    Baselines,
    Charted,
    Fault,
    Kind,
    Proposed,
    baselines,
    fault,
    standing,
    target_in,
    targets,
)

YEARS = range(2012, 2025)
CHART = Charted(list(YEARS), list(YEARS), "down", "procent")


@dataclass(frozen=True)
class Kept:
    number: int
    kind: str
    year: int | None = None
    on: date | None = None
    value: float | None = None
    undoes_id: Any = None

    @property
    def pk(self) -> int:
        return self.number * 100


SPLIT, FIX, AIM = Kept(1, "split", 2018), Kept(2, "fix", 2023), Kept(3, "target", 2020, value=5.0)
BACK = Kept(4, "undo", undoes_id=SPLIT.pk)


def test_what_is_taken_back_no_longer_holds_and_nothing_else_changes():
    assert standing([SPLIT, FIX, AIM]) == [SPLIT, FIX, AIM]
    assert standing([BACK, AIM, SPLIT, FIX]) == [FIX, AIM]
    assert baselines([SPLIT, FIX]) == Baselines((2018,), (2023,))
    assert baselines([SPLIT, FIX, BACK]) == Baselines((), (2023,))
    assert baselines([]) == UNDECIDED


@pytest.mark.parametrize(
    ("decided", "groups"),
    [
        (UNDECIDED, [list(YEARS)]),
        (Baselines((2018,)), [list(range(2012, 2018)), list(range(2018, 2025))]),
        (Baselines((2018, 2015)), [[2012, 2013, 2014], [2015, 2016, 2017], list(range(2018, 2025))]),
        (Baselines((2012,)), [list(YEARS)]),
        (Baselines((1999, 2050)), [list(YEARS)]),
    ],
)
def test_the_years_of_each_group_of_limits(decided, groups):
    assert decided.groups(YEARS) == groups


@pytest.mark.parametrize(
    ("fixed", "group", "counted"),
    [
        ((), [2012, 2013], [2012, 2013]),
        ((2012,), [2012, 2013], [2012]),
        ((2012, 2013), [2012, 2013, 2014], [2012, 2013]),
        ((2013, 2012), [2012, 2013, 2014], [2012]),
        ((2020,), [2012, 2013], [2012, 2013]),
    ],
)
def test_the_years_that_limits_are_counted_from(fixed, group, counted):
    """The last word about a group is the one that holds; what is said of another group is none of its."""
    assert Baselines((), fixed).counted_from(group) == counted


@pytest.mark.parametrize(
    ("rows", "year", "value"),
    [
        ([AIM], 2019, None),
        ([AIM], 2020, 5.0),
        ([AIM], 2024, 5.0),
        ([AIM, Kept(4, "target", 2022, value=4.0)], 2021, 5.0),
        ([AIM, Kept(4, "target", 2022, value=4.0)], 2022, 4.0),
        ([AIM, Kept(4, "target", 2020, value=4.0)], 2020, 4.0),
        ([AIM, Kept(4, "undo", undoes_id=300)], 2024, None),
        ([AIM, Kept(4, "target", 2020, value=0.0)], 2024, 0.0),
    ],
)
def test_the_target_of_a_year(rows, year, value):
    assert target_in(targets(rows), year) == value


MISSING = Charted(list(YEARS), [year for year in YEARS if year != 2016], "down", "procent")
NEITHER = Charted(list(YEARS), list(YEARS), "none", "procent")
DAYS = Charted(list(YEARS), list(YEARS), "down", "dagar")


def split(year):
    return Proposed(Kind.SPLIT, year=year, reason="Nytt arbetssätt")


def fix(year):
    return Proposed(Kind.FIX, year=year, reason="Före piloten")


@pytest.mark.parametrize(
    ("given_", "chart", "rows", "why"),
    [
        (split(2017), CHART, [], None),
        (split(2016), CHART, [], Fault.TOO_FEW_BEFORE),
        (split(2020), CHART, [], None),
        (split(2021), CHART, [], Fault.TOO_FEW_AFTER),
        (split(2017), MISSING, [], Fault.TOO_FEW_BEFORE),
        (split(2016), MISSING, [], Fault.NOT_COUNTED),
        (split(1999), CHART, [], Fault.NOT_COUNTED),
        (split(2018), CHART, [SPLIT], Fault.ALREADY),
        (split(2018), CHART, [SPLIT, BACK], None),
        (split(2020), CHART, [SPLIT], Fault.TOO_FEW_BEFORE),
        (fix(2016), CHART, [], None),
        (fix(2015), CHART, [], Fault.TOO_FEW_BEFORE),
        (fix(2021), CHART, [SPLIT], Fault.TOO_FEW_BEFORE),
        (fix(2022), CHART, [SPLIT], None),
        (fix(2023), CHART, [FIX], Fault.ALREADY),
        (fix(2022), CHART, [FIX], None),
        (fix(2016), MISSING, [], Fault.NOT_COUNTED),
        (Proposed(Kind.TARGET, year=2020, value=5.0), CHART, [], None),
        (Proposed(Kind.TARGET, year=2020, value=0.0), CHART, [], None),
        (Proposed(Kind.TARGET, year=2020, value=101.0), CHART, [], Fault.TARGET_NOT_SHARE),
        (Proposed(Kind.TARGET, year=2020, value=-1.0), CHART, [], Fault.TARGET_NOT_SHARE),
        (Proposed(Kind.TARGET, year=2020, value=101.0), DAYS, [], None),
        (Proposed(Kind.TARGET, year=2020, value=5.0), NEITHER, [], Fault.NO_DIRECTION),
        (Proposed(Kind.NOTE, on=date(2012, 1, 1), words="Start"), CHART, [], None),
        (Proposed(Kind.NOTE, on=date(2024, 12, 31), words="Start"), CHART, [], None),
        (Proposed(Kind.NOTE, on=date(2011, 12, 31), words="Start"), CHART, [], Fault.OUTSIDE_YEARS),
        (Proposed(Kind.NOTE, on=date(2025, 1, 1), words="Start"), CHART, [], Fault.OUTSIDE_YEARS),
        (Proposed(Kind.UNDO, undoes=100), CHART, [SPLIT], None),
        (Proposed(Kind.UNDO, undoes=100), CHART, [SPLIT, BACK], Fault.NOT_STANDING),
        (Proposed(Kind.UNDO, undoes=400), CHART, [SPLIT, BACK], Fault.NOT_STANDING),
        (Proposed(Kind.UNDO, undoes=999), CHART, [SPLIT], Fault.NOT_STANDING),
    ],
)
def test_why_something_cannot_be_decided(given_, chart, rows, why):
    assert fault(given_, chart, rows) is why


@pytest.mark.parametrize("why", Fault)
def test_every_fault_has_its_words(why):
    told = refusals.NotDecided(why)
    assert told.message.endswith(".")
    assert told.code == why


CALM = [6.0, 6.2, 5.9, 6.1, 6.0, 5.8, 6.1, 6.0, 6.2, 5.9, 6.0, 6.1, 6.0]
LOWER = [*CALM[:6], *(value - 3 for value in CALM[6:])]


def test_the_limits_of_undecided_years_are_one_group_whatever_happens():
    """A step in the values moves no limits: it is told as more than chance until somebody decides."""
    found = change(YEARS, LOWER, "down")
    assert {year.group for year in found.years} == {0}
    assert found.counted_from == tuple(YEARS)
    assert (found.pattern, found.judgement) == (Pattern.LOW, Judgement.BETTER)


def test_a_split_gives_each_side_its_own_limits_and_what_was_a_step_is_calm():
    found = change(YEARS, LOWER, "down", Baselines((2018,)))
    assert [year.group for year in found.years] == [0] * 6 + [1] * 7
    assert found.years[0].mean == pytest.approx(6.0)
    assert found.years[-1].mean == pytest.approx(sum(LOWER[6:]) / 7)
    assert found.pattern is Pattern.CHANCE
    assert found.counted_from == tuple(range(2018, 2025))
    assert found.on_trial


def test_a_pattern_never_reaches_back_over_a_split():
    values = [10.0, 12, 11, 9, 10, 9, 3.0, 9, 10, 9.5, 10.5, 9, 25]
    assert change(YEARS, values, "down", Baselines((2018,))).since == 2024


def test_fixed_limits_are_those_of_their_years_and_later_years_are_judged_by_them():
    fixed = change(YEARS, LOWER, "down", Baselines((), (2017,)))
    assert fixed.counted_from == tuple(range(2012, 2018))
    assert {year.mean for year in fixed.years} == {change(YEARS[:6], CALM[:6], "down").years[0].mean}
    assert [year.outside for year in fixed.years] == [False] * 6 + [True] * 7
    assert fixed.on_trial


def test_a_group_that_lost_its_years_has_no_limits_and_the_other_keeps_its_own():
    """Data that came later may hide a year: then nothing is said that is not known."""
    values = [*CALM[:6], 6.0, 6.1, None, None, None, 6.0, 6.2]
    found = change(YEARS, values, "down", Baselines((2018,)))
    assert found.pattern is Pattern.TOO_FEW
    assert found.years[0].mean is not None
    assert {year.mean for year in found.years[6:]} == {None}
    assert found.counted_from == ()


@pytest.mark.parametrize(
    ("target", "direction", "told"),
    [
        (None, "down", Assurance.NO_TARGET),
        (8.0, "down", Assurance.STABLE),
        (6.0, "down", Assurance.SOMETIMES),
        (4.0, "down", Assurance.NOT_MET),
        (4.0, "up", Assurance.STABLE),
        (8.0, "up", Assurance.NOT_MET),
        (8.0, "none", Assurance.NO_TARGET),
    ],
)
def test_whether_the_target_is_met_by_itself(target, direction, told):
    assert change(YEARS, CALM, direction, UNDECIDED, target).assurance is told


@pytest.mark.parametrize(("fewer", "told"), [(0, Assurance.STABLE), (1, Assurance.ON_TRIAL)])
def test_limits_on_trial_say_nothing_of_the_target(fewer, told):
    known = TRIAL - fewer
    assert change(YEARS[:known], CALM[:known], "down", UNDECIDED, 8.0).assurance is told


def test_too_few_years_say_nothing_of_the_target():
    assert change(YEARS[:3], CALM[:3], "down", UNDECIDED, 8.0).assurance is Assurance.ON_TRIAL
    assert FEWEST == decisions.FEWEST == 5


years = st.sampled_from(list(YEARS))


@given(st.lists(st.none() | st.floats(0, 100), min_size=13, max_size=13), st.sets(years), st.sets(years))
def test_whatever_is_decided_every_year_keeps_its_place_and_its_value(values, splits, fixed):
    found = change(YEARS, values, "down", Baselines(tuple(splits), tuple(fixed)), 50.0)
    assert [year.year for year in found.years] == list(YEARS)
    assert [year.value for year in found.years] == values
    for group in {year.group for year in found.years}:
        limits = {(year.mean, year.lower, year.upper) for year in found.years if year.group == group}
        assert len(limits) == 1
    assert all(year in YEARS for year in found.counted_from)
    assert all(year.value is not None for year in found.years if year.year in found.counted_from)


@given(st.lists(st.none() | st.floats(0, 100), min_size=13, max_size=13), years)
def test_a_split_leaves_the_years_before_it_as_they_would_be_alone(values, year):
    decided = change(YEARS, values, "up", Baselines((year,))).years
    before = [at for at in YEARS if at < year]
    alone = change(before, values[: len(before)], "up").years if before else ()
    assert [(one.mean, one.cause) for one in decided[: len(before)]] == [
        (one.mean, one.cause) for one in alone
    ]
