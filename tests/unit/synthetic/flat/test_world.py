"""The chances that rule the synthetic region: places differ, and only as they say they do."""

import numpy as np
import pytest

from synthetic.flat import people, world
from synthetic.flat.people import BOY, GIRL

WORLD = world.make(49, seed=1)
EVERYWHERE = np.arange(49)


def everywhere(value: int) -> np.ndarray:
    return np.full(49, value)


def test_the_same_seed_is_the_same_world_and_another_is_not() -> None:
    again, other = world.make(49, seed=1), world.make(49, seed=2)
    assert np.array_equal(WORLD.treated, again.treated)
    assert not np.array_equal(WORLD.treated, other.treated)


def test_places_differ_around_the_usual() -> None:
    for differs in (WORLD.treated, WORLD.digital, WORLD.waiting):
        assert 0.8 < np.median(differs) < 1.25
        assert differs.max() > 1.5 * differs.min()


@pytest.mark.parametrize("rate", ["adhd", "autism"])
@pytest.mark.parametrize("age", [0, 5, 6, 12, 13, 17])
def test_a_chance_is_a_chance_and_greater_for_boys(rate: str, age: int) -> None:
    girls, boys = (
        getattr(WORLD, rate)(EVERYWHERE, everywhere(sex), everywhere(age), 2024) for sex in (GIRL, BOY)
    )
    assert np.all((girls > 0) & (girls < boys) & (boys <= 0.5))


def test_adhd_in_care_grows_by_the_year() -> None:
    asked = EVERYWHERE, everywhere(GIRL), everywhere(10)
    assert np.all(WORLD.adhd(*asked, 2024) > WORLD.adhd(*asked, 2014))


def test_video_leaps_in_the_pandemic_and_stays_above_what_it_was() -> None:
    before, during, after = (WORLD.video(EVERYWHERE, year) for year in (2019, 2020, 2023))
    assert np.all(before < after)
    assert np.all(after < during)


def test_only_pilots_and_only_from_their_year_wait_less() -> None:
    before, after = (WORLD.wait(EVERYWHERE, year) for year in (world.PILOT_FROM - 1, world.PILOT_FROM))
    shorter = np.flatnonzero(after < before)
    assert shorter.tolist() == WORLD.pilots.tolist()
    assert after[shorter] == pytest.approx(before[shorter] * world.PILOT_EFFECT)


def test_a_region_of_two_places_has_two_pilots_at_most() -> None:
    assert len(world.make(2, seed=1).pilots) == 2


class TestPeople:
    LIVED = people.make(3000, 2020, 2022, 4)

    def test_everybody_is_a_child_some_time_in_the_years(self) -> None:
        years = self.LIVED.born.astype("datetime64[D]").astype("datetime64[Y]").astype(int) + 1970
        assert (years.min(), years.max()) == (2003, 2022)

    @pytest.mark.parametrize("ages", [(0, 17), (6, 17), (10, 17)])
    def test_present_days_are_lived_at_the_ages(self, ages: tuple[int, int]) -> None:
        who, first, last = self.LIVED.present(2021, ages)
        assert np.all(first <= last)
        assert np.all(first >= people.day(2021))
        assert np.all(last < people.day(2022))
        assert np.all(first >= self.LIVED.birthday(who, ages[0]))
        assert np.all(last < self.LIVED.birthday(who, ages[1] + 1))
        assert np.all(last <= self.LIVED.gone[who])

    def test_a_home_changes_on_the_day_of_the_move(self) -> None:
        movers = np.flatnonzero(self.LIVED.moved < people.NEVER)
        when = self.LIVED.moved[movers]
        assert np.array_equal(self.LIVED.home_on(movers, when - 1), self.LIVED.home[movers])
        assert np.array_equal(self.LIVED.home_on(movers, when), self.LIVED.next_home[movers])

    def test_places_are_as_large_as_the_facts_say(self) -> None:
        """Göteborg has three children in ten, the smallest municipality fewer than one in a hundred."""
        shares = np.bincount(self.LIVED.home, minlength=49) / len(self.LIVED.home)
        assert self.LIVED.municipalities[int(shares.argmax())] == "1480"
        assert 0.2 < shares.max() < 0.4
        assert 0 < shares.min() < 0.01

    def test_few_die_and_few_are_protected(self) -> None:
        assert self.LIVED.dead.mean() < 0.01
        assert 0 < self.LIVED.protected.mean() < 0.01
        assert np.all(self.LIVED.gone[self.LIVED.dead] < people.NEVER)
