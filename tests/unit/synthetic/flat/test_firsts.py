"""What is true of first diagnoses, held against drawing them again and again."""

from collections import defaultdict

import numpy as np
import pytest

from synthetic.flat import people, world
from synthetic.flat import world as rules
from synthetic.flat.firsts import Firsts, _come, _months_old

FIRST, LAST, TURNS = 2019, 2021, 40


@pytest.fixture(scope="module")
def lived() -> people.People:
    return people.make(2500, FIRST, LAST, 6)


@pytest.fixture(scope="module")
def ruled(lived: people.People) -> world.World:
    return world.make(len(lived.municipalities), 6)


def test_drawn_again_and_again_they_are_the_same(lived: people.People, ruled: world.World) -> None:
    found = defaultdict[str, list[float]](list)
    truth = Firsts(lived, ruled, FIRST)
    true = {year: truth.of(year) for year in range(FIRST, LAST + 1)}[LAST]
    chance = np.random.default_rng(1)
    for _ in range(TURNS):
        _one_turn(lived, ruled, chance, found)
    age = true["age_at_autism_diagnosis"]["region"]
    assert np.median(found["age"]) == pytest.approx(age, abs=0.4)
    share = true["support_before_diagnosis"]["region"] / 100
    error = np.sqrt(share * (1 - share) / len(found["support"]))
    assert np.mean(found["support"]) == pytest.approx(share, abs=4 * error)


def _one_turn(
    lived: people.People, ruled: world.World, chance: np.random.Generator, found: dict[str, list[float]]
) -> None:
    """Concerns, support and diagnoses of three years; what the last year's first diagnoses tell."""
    everybody = len(lived.born)
    support = np.full(everybody, people.NEVER)
    any_before, autism_before = np.zeros(everybody, dtype=bool), np.zeros(everybody, dtype=bool)
    for year in range(FIRST, LAST + 1):
        who, first, last = lived.present(year, (rules.REFERRED_FROM, 17))
        struck = chance.random(len(who)) < rules.CONCERNS * (last - first + 1) / 365.25
        on = first + (chance.random(len(who)) * (last - first + 1)).astype(int)
        comes = on + rules.SUPPORT_EARLIEST + chance.exponential(rules.SUPPORT, len(who)).astype(int)
        support[who[struck]] = np.minimum(support[who[struck]], comes[struck])
    for year in range(FIRST, LAST + 1):
        who, first, last, home = lived.at_end(year)
        chances = ruled.developmental(home, lived.sex[who], lived.age_at_end(who, year), year)
        days = {}
        for name, each in chances.items():
            on = first + (chance.random(len(who)) * (last - first + 1)).astype(int)
            days[name] = np.where(chance.random(len(who)) < each, on, people.NEVER)
        earliest = np.min(list(days.values()), axis=0)
        new = (earliest < people.NEVER) & ~any_before[who]
        new_autism = (days["autism_in_care"] < people.NEVER) & ~autism_before[who]
        if year == LAST:
            found["support"] += (support[who[new]] < earliest[new]).tolist()
            of = _months_old(lived.born[who[new_autism]], days["autism_in_care"][new_autism])
            found["age"] += (of / 12).tolist()
        any_before[who] |= earliest < people.NEVER
        autism_before[who] |= days["autism_in_care"] < people.NEVER


def test_whole_months_change_on_the_day() -> None:
    born = np.array([people.day(2014, 5, 20)] * 2)
    on = np.array([people.day(2020, 5, 19), people.day(2020, 5, 20)])
    assert _months_old(born, on).tolist() == [71, 72]


def test_support_has_come_of_concerns_long_ago_and_not_of_today() -> None:
    first, last = (np.array([one]) for one in (0, 99))
    assert _come(np.array([5000.0]), first, last)[0] == pytest.approx(99, abs=1)
    assert _come(np.array([7.0]), first, last)[0] == 0
    between = _come(np.array([60.0]), first, last)[0]
    each = [max(1 - np.exp(-(60 - day - rules.SUPPORT_EARLIEST) / rules.SUPPORT), 0) for day in range(100)]
    assert between == pytest.approx(sum(each), abs=0.5)
