"""How many children live where: in step with the facts of 2019, for any number asked for."""

from collections import Counter
from random import Random

import pytest

from synthetic import population


def spread(children, codes, seed=1):
    return list(population.spread(population.cells_of(codes), children, Random(seed)))


def test_the_base_is_the_published_table(codes):
    assert len(codes) == 49
    assert sum(cell.children for cell in population.base()) == 361_462
    assert {cell.age for cell in population.base()} == set(range(18))
    gothenburg = sum(cell.children for cell in population.base() if cell.municipality == "1480")
    assert gothenburg == 114_844


def test_the_file_names_its_source_and_year():
    head = population.BASE.read_text(encoding="utf-8")[:300]
    assert "Statistics Sweden" in head
    assert "31 December 2019" in head


@pytest.mark.parametrize("children", [0, 1, 49, 2000, 50_000])
def test_it_gives_exactly_as_many_as_asked(codes, children):
    assert len(spread(children, codes)) == children


@pytest.mark.parametrize("children", [500, 2000, 20_000])
def test_each_municipality_gets_its_share_to_within_one_child(codes, children):
    got = Counter(cell.municipality for cell in spread(children, codes))
    facts = Counter()
    for cell in population.base():
        facts[cell.municipality] += cell.children
    for code in codes:
        assert abs(got[code] - children * facts[code] / 361_462) < 1, code


def test_the_smallest_municipality_is_not_rounded_away(codes):
    got = Counter(cell.municipality for cell in spread(2000, codes))
    assert got["1447"] in (5, 6)  # Gullspång, 907 of 361,462


def test_ages_and_sexes_follow_the_facts(codes):
    got = Counter((cell.age, cell.sex) for cell in spread(36_146, codes))
    for (age, sex), count in got.items():
        fact = sum(cell.children for cell in population.base() if (cell.age, cell.sex) == (age, sex))
        assert count == pytest.approx(fact / 10, rel=0.06), (age, sex)


def test_some_municipalities_can_be_left_out():
    assert {cell.municipality for cell in spread(300, ["1490", "1438"])} == {"1490", "1438"}


def test_a_municipality_outside_the_facts_gets_the_average_of_those_known():
    got = Counter(cell.municipality for cell in spread(1000, ["9901", "9902"]))
    assert got == {"9901": 500, "9902": 500}


def test_a_municipality_comes_in_one_piece_but_mixed_in_age(codes):
    cells = spread(5000, codes)
    seen = list(dict.fromkeys(cell.municipality for cell in cells))
    assert len(seen) == len(set(seen)) == 49
    ages = [cell.age for cell in cells if cell.municipality == "1480"]
    assert ages != sorted(ages)
