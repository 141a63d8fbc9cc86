"""What is expected of contacts, held against drawing them one by one, and against counting by hand."""

from math import exp

import numpy as np
import pytest

from synthetic.flat import meetings, people
from synthetic.flat import world as rules
from synthetic.flat.meetings import HALF_DAYS, MANY, MOST, STAFF, STAFF_A_UNIT, UNITS_A_PLACE, Meetings

YEAR = 2 * 365
HALF = YEAR // 2
DRAWS = 10_000


def of(need: int, here: int, before: int, usual: float = 1.0) -> Meetings:
    """One child of one kind."""
    return Meetings(*(np.array([one]) for one in (0, need, here, before)), usual)


def drawn(need: int, here: int, before: int) -> list[tuple[int, list[int]]]:
    """Many such years, contact by contact: how many units, and how often each of the staff was visited."""
    chance = np.random.default_rng([need, here, before])
    own = meetings.USUAL_IN_NEED if need else meetings.USUAL
    mean = rules.CONTACTS_IN_NEED if need else rules.CONTACTS
    years = []
    for _ in range(DRAWS):
        units: set[int] = set()
        visits: list[int] = []
        for place, half_days in enumerate((here, before)):
            number = chance.poisson(mean * half_days / (2 * 365.25))
            staff = (
                np.where(chance.random(number) < own, 0, chance.integers(0, STAFF, number)) + STAFF * place
            )
            form, done = chance.random(number), chance.random(number) < meetings.DONE
            seen = form < meetings.SEEN
            emergency = form >= 1 - meetings.EMERGENCY
            units |= set((staff[done | emergency] // STAFF_A_UNIT).tolist())
            visits += staff[seen & done].tolist()
        years.append((len(units), np.bincount(visits).tolist() if visits else []))
    return years


KINDS = [(0, YEAR, 0), (1, YEAR, 0), (1, HALF, HALF), (0, 2 * HALF // 3, HALF)]


@pytest.mark.parametrize("kind", KINDS)
def test_drawing_contacts_one_by_one_gives_the_same(kind: tuple[int, int, int]) -> None:
    """Within four standard errors of as many draws."""
    expected, years = of(*kind), drawn(*kind)
    units, few = (one[0] for one in expected.units)
    found = np.bincount([number for number, _ in years], minlength=len(units)) / DRAWS
    assert np.all(np.abs(found - units) < 4 * np.sqrt(units / DRAWS) + 1e-4)
    rare = [(number, sum(each)) for number, each in years]
    found = np.bincount([number for number, total in rare if total < MANY], minlength=len(few)) / DRAWS
    assert np.all(np.abs(found - few) < 4 * np.sqrt(few / DRAWS) + 1e-4)
    assert sum(total < MANY for _, total in rare) / DRAWS == pytest.approx(expected.few[0], abs=0.02)
    often = [each for _, each in years if sum(each) >= meetings.ENOUGH]
    assert len(often) / DRAWS == pytest.approx(expected.enough[0], abs=0.02)
    most = [max(each) / sum(each) for each in often]
    assert np.mean(most) == pytest.approx(expected.most_seen[0] / expected.enough[0], abs=0.01)
    pairs = [sum(n * (n - 1) for n in each) / (sum(each) * (sum(each) - 1)) for each in often]
    assert np.mean(pairs) == pytest.approx(expected.concentration[0] / expected.enough[0], abs=0.012)


@pytest.mark.parametrize("need", [0, 1])
def test_chances_are_whole(need: int) -> None:
    units, few = (one[0] for one in of(need, HALF, HALF, 0.7).units)
    assert units.sum() == pytest.approx(1)
    assert few.sum() == pytest.approx(of(need, HALF, HALF, 0.7).few[0])
    assert np.all(few <= units + 1e-12)


def test_who_was_not_here_met_nobody() -> None:
    units, few = (one[0] for one in of(1, 0, 0).units)
    assert units[0] == few[0] == 1
    assert of(1, 0, 0).enough[0] == 0


def test_no_unit_at_all_is_no_contact_that_took_place() -> None:
    mean = rules.CONTACTS * YEAR / (2 * 365.25) * (meetings.COMES + meetings.BESIDE)
    assert of(0, YEAR, 0).units[0][0, 0] == pytest.approx(exp(-mean))


def test_of_three_visits_by_hand() -> None:
    """Own with all the chance left over: all alike, two alike, or none."""
    own, other = 0.65 + 0.35 / STAFF, 0.35 / STAFF
    three = own**3 + (STAFF - 1) * other**3
    none = 1 - three - 3 * (own**2 * (1 - own) + (STAFF - 1) * other**2 * (1 - other))
    expected = three + (1 - three - none) * 2 / 3 + none / 3
    assert meetings._most_seen(0.65)[3, 0] == pytest.approx(expected)
    assert meetings._most_seen(0.65)[0, 3] == pytest.approx(expected)


def test_two_visits_in_two_places_are_never_with_the_same() -> None:
    assert meetings._pairs(0.65)[1, 1] == 0
    assert meetings._most_seen(0.65)[1, 1] == pytest.approx(0.5)


def test_the_series_is_long_enough() -> None:
    """More visits than it has room for come less than once in a million of the most."""
    most = meetings._poisson(meetings._rates(1.0) * meetings.COMES, MOST)
    assert most[1, HALF_DAYS - 1].sum() > 1 - 1e-6


def test_half_of_the_quiet_month_counts() -> None:
    first, last = (np.array([people.day(2021, *one)]) for one in ((6, 30), (8, 1)))
    assert meetings.half_days(first, last, 2021) == 2 * 2 + 31
    assert meetings.half_days(last, first, 2021) == 0


def test_days_before_and_after_a_move_are_told_apart() -> None:
    lived = people.make(2000, 2021, 2021, 4)
    made = Meetings.of(lived, 2021)
    who, first, last, _ = lived.at_end(2021)
    here, before = made.here[made.kind], made.before[made.kind]
    assert np.array_equal(here + before, meetings.half_days(first, last, 2021))
    assert np.array_equal(before > 0, (lived.moved[who] > first) & (lived.moved[who] <= last))
    assert UNITS_A_PLACE * STAFF_A_UNIT == STAFF
