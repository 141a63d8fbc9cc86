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


# The table, cell by cell


@pytest.mark.parametrize(
    ("municipality", "age", "girls", "boys"), [("1401", 0, 189, 200), ("1499", 17, 211, 201)]
)
def test_a_cell_is_read_with_its_sex(municipality, age, girls, boys):
    found = {
        cell.sex: cell.children
        for cell in population.base()
        if (cell.municipality, cell.age) == (municipality, age)
    }
    assert found == {"female": girls, "male": boys}


def test_there_is_one_cell_for_each_municipality_age_and_sex(codes):
    cells = Counter(cell[:3] for cell in population.base())
    assert len(cells) == 49 * 18 * 2
    assert set(cells.values()) == {1}
    assert {sex for _, _, sex in cells} == {"female", "male"}


def test_girls_and_boys_are_counted_apart():
    sexes = Counter()
    for cell in population.base():
        sexes[cell.sex] += cell.children
    assert sexes["male"] / sexes["female"] == pytest.approx(1.06, abs=0.02)


def test_an_unknown_municipality_is_the_mean_of_those_known(codes):
    unknown = {cell[:3]: cell.children for cell in population.cells_of(["9901"])}
    assert sum(unknown.values()) == pytest.approx(361_462 / 49)
    assert len(unknown) == 36
    for (code, age, sex), children in unknown.items():
        facts = [cell.children for cell in population.base() if (cell.age, cell.sex) == (age, sex)]
        assert code == "9901"
        assert children == pytest.approx(sum(facts) / 49)


def test_known_and_unknown_municipalities_stand_side_by_side():
    found = population.cells_of(["9901", "1490", "9902"])
    assert list(dict.fromkeys(cell.municipality for cell in found)) == ["1490", "9901", "9902"]
    assert [cell for cell in found if cell.municipality == "1490"] == [
        cell for cell in population.base() if cell.municipality == "1490"
    ]


# Hand-made cells


def cells(*numbers: float, municipalities: str = "aaaa") -> list[population.Cell]:
    return [
        population.Cell(code, age, "female", number)
        for age, (code, number) in enumerate(zip(municipalities, numbers, strict=False))
    ]


@pytest.mark.parametrize(
    ("numbers", "children", "ages"),
    [
        ((1, 1), 2, {0: 1, 1: 1}),
        ((1, 3), 4, {0: 1, 1: 3}),
        ((5, 0, 5), 2, {0: 1, 2: 1}),
        ((0.5, 0.5), 10, {0: 5, 1: 5}),
        ((100, 100), 0, {}),
        ((7,), 1, {0: 1}),
    ],
)
def test_children_are_spread_as_the_cells_are_large(numbers, children, ages):
    for seed in range(30):
        made = population.spread(cells(*numbers), children, Random(seed))
        assert Counter(cell.age for cell in made) == ages


def test_every_cell_gets_its_share_to_within_one_child():
    rows = cells(3, 14, 1.5, 9, municipalities="aabb")
    for seed in range(30):
        got = Counter(cell.age for cell in population.spread(rows, 100, Random(seed)))
        for cell in rows:
            assert abs(got[cell.age] - 100 * cell.children / 27.5) < 1


def test_one_child_may_come_from_any_cell_and_mostly_from_the_largest():
    got = Counter(
        cell.age for seed in range(600) for cell in population.spread(cells(1, 8, 1), 1, Random(seed))
    )
    assert set(got) == {0, 1, 2}
    assert got[1] / 600 == pytest.approx(0.8, abs=0.06)


def test_municipalities_come_one_after_the_other_each_mixed_by_itself():
    rows = cells(50, 50, 50, 50, municipalities="aabb")
    made = list(population.spread(rows, 200, Random(1)))
    assert "".join(cell.municipality for cell in made) == "a" * 100 + "b" * 100
    ages = [cell.age for cell in made[:100]]
    assert set(ages) == {0, 1}
    assert ages != sorted(ages)
