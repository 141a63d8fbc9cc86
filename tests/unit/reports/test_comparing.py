"""What of two reports may be compared, and when a difference is more than chance."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kring.reports.rules.comparing import MEANING, Facts, Verdict, compared, gone, verdict

DEFINITION = {name: name for name in MEANING} | {"why": "Därför."}
FIGURES = {"2023": (6.0, 5.0, 7.0), "2024": (6.5, 5.5, 7.5)}


def facts(version: int = 1, years=None, **definition) -> Facts:
    return Facts(version, DEFINITION | definition, FIGURES if years is None else years)


def beside(earlier: Facts | None, now: Facts):
    return compared(earlier, now, earlier_year=2023, year=2024)


# A standard error of 1 each way: the difference's is the root of two, 1.414.
UNIT = 1.959964


@pytest.mark.parametrize(
    ("new", "expected"),
    [
        (0.0, Verdict.ALIKE),
        (2.77, Verdict.ALIKE),  # 1.9587 standard errors
        (2.78, Verdict.MAYBE_HIGHER),  # 1.9658
        (-2.77, Verdict.ALIKE),
        (-2.78, Verdict.MAYBE_LOWER),
        (4.37, Verdict.MAYBE_HIGHER),  # 3.0901
        (4.38, Verdict.HIGHER),  # 3.0971
        (-4.37, Verdict.MAYBE_LOWER),
        (-4.38, Verdict.LOWER),
    ],
)
def test_the_limits_are_those_of_95_and_99_8_per_cent(new, expected):
    assert verdict((0.0, -UNIT, UNIT), (new, new - UNIT, new + UNIT)) is expected


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ((None, None, None), (6.0, 5.0, 7.0), Verdict.UNTOLD),
        ((6.0, 5.0, 7.0), (None, None, None), Verdict.UNTOLD),
        ((6.0, None, 7.0), (9.0, 8.0, 10.0), Verdict.UNSURE),
        ((6.0, 5.0, 7.0), (9.0, 8.0, None), Verdict.UNSURE),
        ((0.0, 0.0, 0.0), (0.0, 0.0, 0.0), Verdict.ALIKE),
    ],
)
def test_what_lacks_a_figure_or_a_limit_is_not_judged(old, new, expected):
    assert verdict(old, new) is expected


figure = st.tuples(st.floats(0, 100), st.floats(0.01, 20)).map(
    lambda one: (one[0], one[0] - one[1], one[0] + one[1])
)
MIRROR = {
    Verdict.HIGHER: Verdict.LOWER,
    Verdict.LOWER: Verdict.HIGHER,
    Verdict.MAYBE_HIGHER: Verdict.MAYBE_LOWER,
    Verdict.MAYBE_LOWER: Verdict.MAYBE_HIGHER,
    Verdict.ALIKE: Verdict.ALIKE,
}


@given(figure, figure)
def test_which_one_comes_first_only_turns_the_word(old, new):
    assert verdict(new, old) is MIRROR[verdict(old, new)]


@given(figure, figure)
def test_figures_inside_each_other_s_intervals_are_never_told_apart(old, new):
    if old[1] <= new[0] <= old[2] and new[1] <= old[0] <= new[2]:
        assert verdict(old, new) is Verdict.ALIKE


def test_an_indicator_that_is_new_has_nothing_beside_it():
    found = beside(None, facts())
    assert (found.verdict, found.earlier, found.now) == (Verdict.NEW, None, 6.5)


def test_a_new_version_is_said_and_not_compared():
    found = beside(facts(version=1), facts(version=2, years={"2024": (60.0, 59.0, 61.0)}))
    assert found.verdict is Verdict.REDEFINED
    assert found.recounted is None


@pytest.mark.parametrize("name", MEANING)
def test_another_meaning_without_a_new_version_is_caught_too(name):
    assert beside(facts(), facts(**{name: "något annat"})).verdict is Verdict.REWORDED


def test_words_that_count_nothing_may_change():
    assert beside(facts(), facts(why="Av ett annat skäl.")).verdict is Verdict.ALIKE


@pytest.mark.parametrize(("again", "told"), [((6.2, 5.1, 7.2), 6.2), ((6.0, 5.0, 7.0), None), (None, None)])
def test_an_earlier_year_that_is_counted_to_something_else_now_is_told(again, told):
    years = {"2024": (6.5, 5.5, 7.5)} | ({"2023": again} if again else {})
    assert beside(facts(), facts(years=years)).recounted == told


def test_a_year_that_was_not_told_before_is_not_recounted():
    assert beside(facts(years={}), facts()).recounted is None


def test_what_is_gone_is_named_in_the_order_it_stood():
    earlier = {"a": facts(), "b": facts(), "c": facts()}
    assert gone(earlier, {"b": facts()}) == ["a", "c"]
    assert gone(earlier, earlier) == []
