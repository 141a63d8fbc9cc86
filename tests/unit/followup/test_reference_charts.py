"""Check 29: eight series whose limits, marked years and icons are worked out by hand.

Twelve years that go up and down by one around ten, from which the limits are counted: the mean is 10, the
mean moving range 1, so the limits are 10 ± 2.66 and the outer third begins 1.7733 from the mean (Making Data
Count).
"""

import pytest

from kring.followup.presenters import control
from kring.followup.rules.change import Assurance, Judgement, change
from kring.followup.rules.decisions import Baselines

BASE = [10.5, 9.5] * 6
FIRST = 2000

SERIES = {
    "calm": ([9.5, 10.5], "down", None, [], "Normal variation", "Inget mål"),
    "a year above the upper limit": ([12.67], "down", 13.0, [12], "Försämring (högre)", "Når målet stabilt"),
    "a year just inside": ([12.65], "down", 12.0, [], "Normal variation", "Når målet ibland"),
    "a year below the lower limit": ([7.33], "down", 7.0, [12], "Förbättring (lägre)", "Når inte målet"),
    "two of three near the upper limit": (
        [10.1, 11.8, 11.8], "up", 7.0, [13, 14], "Förbättring (högre)", "Når målet stabilt",
    ),
    "seven above the mean, not six": (
        [10.4] * 7, "none", None, list(range(12, 19)), "Förändring (högre)", "Inget mål",
    ),
    "seven that rise, the last of the twelve with them": (
        [9.6, 9.7, 9.8, 9.9, 10.0, 10.1], "up", 13.0, list(range(11, 18)),
        "Förbättring (högre)", "Når inte målet",
    ),
    "six above the mean": ([10.4] * 6, "down", 10.0, [], "Normal variation", "Når målet ibland"),
}  # fmt: skip


@pytest.mark.parametrize("name", SERIES)
def test_limits_marks_and_icons_are_those_worked_out_by_hand(name):
    tail, direction, target, marked, variation, met = SERIES[name]
    values = [*BASE, *tail]
    years = range(FIRST, FIRST + len(values))
    found = change(years, values, direction, Baselines((), (FIRST + 11,)), target)
    for year in found.years:
        assert (year.mean, year.lower, year.upper) == pytest.approx((10, 7.34, 12.66))
    assert [at for at, year in enumerate(found.years) if year.judgement is not Judgement.NONE] == marked
    told = control.icons(found)
    assert (told.variation, told.met, told.trial) == (variation, met, "")


def test_with_eleven_years_the_limits_are_preliminary_and_no_target_is_judged():
    found = change(range(2000, 2011), BASE[:11], "down", target=13.0)
    told = control.icons(found)
    assert (told.trial, told.met, found.assurance) == ("Preliminära gränser", "", Assurance.ON_TRIAL)
