"""Who has had custody of a made-up child and when, pattern by pattern (föräldrabalken 6 kap.)."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from synthetic import families
from synthetic.families import Household, birthday
from synthetic.texts import clusters
from tests.unit.synthetic.made import HERE, TODAY, guardian

CHANGED = date(2024, 6, 1)
BEFORE = date(2024, 5, 31)
BORN = date(2016, 3, 12)
AFTER_THE_CHANGE = date(2025, 1, 10)
GROWN_BEFORE_THE_CHANGE = date(2006, 5, 20)
GROWN_SINCE = date(2008, 5, 20)
PATTERNS = ("joint", "one", "one_after", "appointed", "placed")
HOW_MANY = {"one": 1, "appointed": 3}


def household(pattern: str, changed_on: date = CHANGED) -> Household:
    people = tuple(guardian(f"g{n}") for n in range(1, HOW_MANY.get(pattern, 2) + 1))
    return Household(HERE, HERE, clusters()[0][0], people, pattern, changed_on, "none", "sv", 1, ())


def held(pattern: str, born: date, today: date = TODAY, changed_on: date = CHANGED) -> dict[str, tuple]:
    periods = families._custodies(household(pattern, changed_on), born, today)
    assert len({one.guardian for one in periods}) == len(periods)
    return {one.guardian: (one.starts_on, one.ends_on) for one in periods}


ENDED_AT_18 = date(2024, 5, 19)  # the day before the birthday of GROWN_BEFORE_THE_CHANGE
ENDED_SINCE = date(2026, 5, 19)


@pytest.mark.parametrize(
    ("pattern", "born", "periods"),
    [
        # Together, alone, and together although the child lives elsewhere.
        ("joint", BORN, {"g1": (BORN, None), "g2": (BORN, None)}),
        ("one", BORN, {"g1": (BORN, None)}),
        ("placed", BORN, {"g1": (BORN, None), "g2": (BORN, None)}),
        # Two once, one since the change.
        ("one_after", BORN, {"g1": (BORN, None), "g2": (BORN, BEFORE)}),
        # Born after the change, the other never had it.
        ("one_after", AFTER_THE_CHANGE, {"g1": (AFTER_THE_CHANGE, None)}),
        ("one_after", CHANGED, {"g1": (CHANGED, None)}),
        ("one_after", BEFORE, {"g1": (BEFORE, None), "g2": (BEFORE, BEFORE)}),
        # A guardian appointed by the court (särskilt förordnad) instead of both.
        ("appointed", BORN, {"g3": (CHANGED, None), "g1": (BORN, BEFORE), "g2": (BORN, BEFORE)}),
        ("appointed", AFTER_THE_CHANGE, {"g3": (AFTER_THE_CHANGE, None)}),
        # Eighteen since: every custody ended the day before the birthday.
        ("joint", GROWN_SINCE, {"g1": (GROWN_SINCE, ENDED_SINCE), "g2": (GROWN_SINCE, ENDED_SINCE)}),
        ("one", GROWN_SINCE, {"g1": (GROWN_SINCE, ENDED_SINCE)}),
        ("one_after", GROWN_SINCE, {"g1": (GROWN_SINCE, ENDED_SINCE), "g2": (GROWN_SINCE, BEFORE)}),
        (
            "appointed",
            GROWN_SINCE,
            {"g3": (CHANGED, ENDED_SINCE), "g1": (GROWN_SINCE, BEFORE), "g2": (GROWN_SINCE, BEFORE)},
        ),
        # Eighteen before the change: it came too late to change anything.
        *[
            (
                pattern,
                GROWN_BEFORE_THE_CHANGE,
                dict.fromkeys(("g1", "g2"), (GROWN_BEFORE_THE_CHANGE, ENDED_AT_18)),
            )
            for pattern in ("joint", "one_after", "appointed", "placed")
        ],
    ],
)
def test_periods_of_each_pattern(pattern, born, periods):
    assert held(pattern, born) == periods


@pytest.mark.parametrize(
    ("today", "ends_on"),
    [
        (date(2026, 3, 11), None),  # the day before: still a child
        (date(2026, 3, 12), date(2026, 3, 11)),
        (date(2026, 3, 13), date(2026, 3, 11)),
    ],
)
def test_custody_is_open_until_the_very_birthday(today, ends_on):
    born = date(2008, 3, 12)
    assert held("one", born, today) == {"g1": (born, ends_on)}


@pytest.mark.parametrize(
    ("today", "ends_on"), [(date(2026, 2, 27), None), (date(2026, 2, 28), date(2026, 2, 27))]
)
def test_a_leap_day_child_comes_of_age_on_28_february(today, ends_on):
    born = date(2008, 2, 29)
    assert held("one", born, today) == {"g1": (born, ends_on)}


@pytest.mark.parametrize(
    ("changed_on", "others"),
    [(ENDED_AT_18, ["g2"]), (ENDED_AT_18 + timedelta(1), ["g2"])],
)
def test_a_change_on_the_last_day_of_childhood_still_counts(changed_on, others):
    periods = held("one_after", GROWN_BEFORE_THE_CHANGE, changed_on=changed_on)
    last_day = min(changed_on - timedelta(1), ENDED_AT_18)
    assert [key for key, (_, last) in periods.items() if key != "g1" and last == last_day] == others


@given(
    st.sampled_from(PATTERNS),
    st.dates(date(2005, 1, 1), TODAY),
    st.integers(60, 1500).map(lambda days: TODAY - timedelta(days)),
)
def test_whatever_the_pattern_nobody_has_custody_before_birth_or_of_an_adult(pattern, born, changed_on):
    periods = held(pattern, born, changed_on=changed_on)
    of_age = birthday(born, 18)
    for starts_on, ends_on in periods.values():
        assert born <= starts_on <= TODAY
        assert ends_on is None or starts_on <= ends_on < of_age
    assert any(ends_on is None for _, ends_on in periods.values()) == (of_age > TODAY)


@given(st.sampled_from(PATTERNS), st.dates(date(2008, 11, 22), TODAY), st.integers(60, 1500))
def test_there_is_a_guardian_every_day_of_a_childhood(pattern, born, days):
    """From birth through today without a gap."""
    periods = sorted(held(pattern, born, changed_on=TODAY - timedelta(days)).values(), key=lambda one: one[0])
    covered = born
    for starts_on, ends_on in periods:
        assert starts_on <= covered
        covered = max(covered, (ends_on or TODAY) + timedelta(1))
    assert covered > TODAY
