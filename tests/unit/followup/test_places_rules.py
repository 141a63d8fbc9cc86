"""Whether a place differs by more than chance: the funnel's limits, intervals, and how much places differ."""

import random

import pytest

from kring.followup.presenters import words
from kring.followup.rules import places
from kring.followup.rules.places import Stand, Told

UNTOLD = Told(None, None, None, None, None)
REGION = Told(10_000, 1_000, 10.0, 9.4, 10.6)


def share(x: float, n: float) -> Told:
    return Told(n, x, 100 * x / n, None, None)


@pytest.mark.parametrize(
    ("x", "n", "stand"),
    [
        (50, 500, Stand.INSIDE),
        (60, 500, Stand.INSIDE),
        (65, 500, Stand.MAYBE_HIGH),
        (90, 500, Stand.HIGH),
        (35, 500, Stand.MAYBE_LOW),
        (20, 500, Stand.LOW),
        # The same share is chance in a small place.
        (9, 50, Stand.INSIDE),
        (0, 20, Stand.INSIDE),
    ],
)
def test_a_share_stands_in_the_funnel_around_the_region_s(x, n, stand):
    assert places.stands("ShareOfChildren", {"a": share(x, n)}, REGION) == {"a": stand}


@pytest.mark.parametrize(
    ("x", "stand"),
    [(10, Stand.INSIDE), (20, Stand.MAYBE_HIGH), (30, Stand.HIGH), (3, Stand.MAYBE_LOW), (0, Stand.LOW)],
)
def test_a_rate_stands_against_what_was_expected(x, stand):
    """Ten were expected of 10,000 child-years."""
    region = Told(100_000, 100, 100.0, None, None)
    assert places.stands("Rate", {"a": Told(10_000, x, x * 10.0, None, None)}, region) == {"a": stand}


@pytest.mark.parametrize(
    ("lower", "upper", "stand"),
    [
        (8, 12, Stand.INSIDE),
        (10, 12, Stand.INSIDE),
        (10.1, 12, Stand.MAYBE_HIGH),
        (8, 9.9, Stand.MAYBE_LOW),
        (None, 12, Stand.UNKNOWN),
        (8, None, Stand.UNKNOWN),
    ],
)
@pytest.mark.parametrize("kind", ["Wait", "Continuity", "Spread"])
def test_others_by_their_interval_and_never_more_than_maybe(kind, lower, upper, stand):
    place = Told(100, None, 9.5, lower, upper)
    assert places.stands(kind, {"a": place}, Told(1000, None, 10.0, 9, 11)) == {"a": stand}


@pytest.mark.parametrize("kind", ["ShareOfChildren", "Rate", "Wait"])
def test_what_is_not_told_is_not_compared(kind):
    assert places.stands(kind, {"a": UNTOLD, "b": UNTOLD}, REGION) == dict.fromkeys("ab", Stand.UNKNOWN)
    assert places.stands(kind, {"a": share(5, 50)}, UNTOLD) == {"a": Stand.UNKNOWN}


def test_a_region_without_cases_has_no_rates_to_compare():
    region = Told(100_000, 0, 0.0, None, None)
    assert places.stands("Rate", {"a": Told(100, 0, 0.0, None, None)}, region) == {"a": Stand.UNKNOWN}


def test_those_who_are_not_told_still_count_in_the_region_s_share():
    """A funnel around the told places alone would put its middle elsewhere."""
    told = {"a": share(200, 1000), "b": share(190, 1000)}
    assert set(places.stands("ShareOfRows", told, REGION).values()) == {Stand.HIGH}
    assert places.stands("ShareOfRows", told, Told(2000, 390, 19.5, None, None))["a"] is Stand.INSIDE


def test_of_places_that_differ_by_chance_alone_few_are_called_surely_different():
    chance = random.Random(4)
    sure = compared = 0
    for _ in range(60):
        drawn = {str(at): share(sum(chance.random() < 0.1 for _ in range(300)), 300) for at in range(49)}
        region = share(sum(one.x for one in drawn.values()), 300 * 49)
        stands = places.stands("ShareOfChildren", drawn, region)
        sure += sum(stand in (Stand.HIGH, Stand.LOW) for stand in stands.values())
        compared += len(stands)
    # 0.2 % lie outside by chance; discrete counts make it uneven.
    assert sure / compared < 0.006


def test_the_funnel_narrows_with_size_and_stays_between_0_and_1():
    small, large = places.limits(0.02, 20, places.STRICT), places.limits(0.02, 2000, places.STRICT)
    assert small[0] == 0.0
    assert small[1] > large[1] > 0.02 > large[0] > 0
    assert places.limits(0.99, 5, places.STRICT)[1] == 1.0


@pytest.mark.parametrize(
    ("drawn", "spread"),
    [
        ([share(30, 300)] * 10, 0.0),
        ([share(15, 300), share(45, 300)] * 5, 75 / 9),
        ([share(30, 300)] * 9, None),
        ([UNTOLD] * 20, None),
    ],
)
def test_how_much_places_differ(drawn, spread):
    region = share(300, 3000)
    found = places.overdispersion(drawn, region)
    assert found == pytest.approx(spread) if spread is not None else found is None


def test_one_odd_place_does_not_make_all_differ():
    drawn = [share(30, 300)] * 19 + [share(290, 300)]
    assert places.overdispersion(drawn, share(300, 3000)) == pytest.approx(9 / 20)


@pytest.mark.parametrize(("compared", "outside"), [(0, 0), (1, 0), (49, 2), (100, 5)])
def test_how_many_lie_outside_by_chance(compared, outside):
    assert places.by_chance(compared) == outside


@pytest.mark.parametrize("stand", Stand)
def test_every_stand_has_its_words_and_only_the_sure_say_more_than_chance(stand):
    said = str(words.STANDS[stand])
    assert bool(said) is (stand is not Stand.UNKNOWN)
    assert ("mer än slump" in said) is (stand in (Stand.HIGH, Stand.LOW))
