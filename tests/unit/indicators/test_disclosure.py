"""Nothing small leaves the house, and nothing that is hidden can be got back from what is shown."""

from dataclasses import replace
from fractions import Fraction
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indicators import disclosure
from indicators.cubes import By, Cell
from indicators.disclosure import FEW, MISSING, NOT_APPLICABLE, PROTECTED, SHOWN, protected
from indicators.figures import Figure

LEAST = 5


def cell(by: By, n: int, x: int, year: int = 2024) -> Cell:
    value = 100 * x / n if n else None
    return Cell("x", 1, year, by, Figure(n, x, value, 1.234, 98.765, (n, x, n - x), {"more": 3.14159}))


def table(*parts: tuple[int, int], sexes: bool = False) -> list[Cell]:
    """The region, and a municipality for each (n, x)."""
    whole = cell((), sum(n for n, _ in parts), sum(x for _, x in parts))
    return [whole, *(cell((("municipality", str(1480 + i)),), n, x) for i, (n, x) in enumerate(parts))]


class TestWhatStandsAside:
    def told(self, by: By, *aside: int) -> dict[str, float | None]:
        one = cell(by, 300, 200)
        figure = replace(one.figure, more={"did_not_come": 17.0, "of_those": 71.234}, aside=aside)
        (shown,) = protected([replace(one, figure=figure)], LEAST)
        assert shown.status == SHOWN
        assert shown.figure.value == 66.7
        return dict(shown.figure.more)

    def test_it_is_told_of_the_region_when_none_of_it_is_small(self) -> None:
        assert self.told((), 17, 0) == self.told((), 17, 5) == {"did_not_come": 15.0, "of_those": 71.2}

    @pytest.mark.parametrize("aside", [(1, 50), (4, 0), (50, 3)])
    def test_a_small_one_hides_all_of_it_and_not_the_share(self, aside: tuple[int, int]) -> None:
        assert self.told((), *aside) == {"did_not_come": None, "of_those": None}

    def test_no_part_tells_it_so_no_difference_gives_it_back(self) -> None:
        assert self.told((("sex", "girl"),), 17, 50) == {"did_not_come": None, "of_those": None}


def statuses(cells: list[Cell]) -> list[str]:
    return [one.status for one in protected(cells, LEAST)]


def test_all_large_is_all_shown() -> None:
    assert statuses(table((100, 50), (80, 20), (60, 0))) == [SHOWN] * 4


@pytest.mark.parametrize(("n", "x"), [(100, 1), (100, 4), (100, 96), (100, 99), (4, 0), (4, 4)])
def test_a_small_count_or_complement_is_hidden_and_takes_another_with_it(n: int, x: int) -> None:
    assert statuses(table((n, x), (80, 20), (60, 30))) == [SHOWN, FEW, SHOWN, FEW]


@pytest.mark.parametrize(("n", "x"), [(100, 0), (100, 5), (100, 95), (100, 100), (5, 5), (5, 0)])
def test_none_all_and_five_are_told(n: int, x: int) -> None:
    assert statuses(table((n, x), (80, 20), (60, 30))) == [SHOWN] * 4


def test_two_hidden_whose_sum_is_small_take_a_third() -> None:
    """1 + 2 hidden, and the total less the rest would say 3."""
    assert statuses(table((50, 1), (50, 2), (80, 20), (60, 30))) == [SHOWN, FEW, FEW, SHOWN, FEW]


def test_two_hidden_whose_sum_is_large_enough_need_no_third() -> None:
    assert statuses(table((50, 3), (50, 4), (80, 20), (60, 30))) == [SHOWN, FEW, FEW, SHOWN, SHOWN]


def test_the_only_place_takes_the_region_with_it() -> None:
    assert statuses(table((50, 3))) == [FEW, FEW]


def test_where_nobody_else_is_the_total_goes() -> None:
    assert statuses(table((50, 3), (0, 0))) == [FEW, FEW, NOT_APPLICABLE]


def test_nothing_is_left_of_a_hidden_cell() -> None:
    hidden = protected(table((50, 3), (80, 20), (60, 30)), LEAST)[1]
    assert hidden.figure == Figure(0, None, None, None, None, ())
    assert hidden.by == (("municipality", "1480"),)


def test_children_without_place_are_an_ordinary_row_until_they_are_few() -> None:
    def with_protected(n: int, x: int) -> list[Cell]:
        one = table((80, 20), (60, 30))
        nowhere = cell((("municipality", None),), n, x)
        return [cell((), 140 + n, 50 + x), *one[1:], nowhere]

    assert statuses(with_protected(40, 20)) == [SHOWN, SHOWN, SHOWN, SHOWN]
    assert statuses(with_protected(4, 2)) == [SHOWN, SHOWN, FEW, PROTECTED]


def test_four_kinds_of_absence_are_kept_apart() -> None:
    cells = [*table((50, 3), (80, 20), (0, 0), (90, 40)), cell((), 100, 50, year=2030)]
    found = [one.status for one in protected(cells, LEAST, covered=[2024])]
    assert found == [SHOWN, FEW, FEW, NOT_APPLICABLE, SHOWN, MISSING]
    assert set(disclosure.STATUSES) == {SHOWN, FEW, PROTECTED, MISSING, NOT_APPLICABLE}


def test_each_year_is_guarded_by_itself() -> None:
    cells = [*table((50, 3), (80, 20), (60, 30)), cell((), 100, 50, year=2025)]
    assert statuses(cells)[-1] == SHOWN


def test_counts_are_rounded_and_values_no_finer_than_they_allow() -> None:
    shown = protected([cell((), 37, 16)], LEAST)[0].figure
    assert (shown.n, shown.x, shown.value) == (35, 15, 43)
    assert (shown.lower, shown.upper, shown.more["more"]) == (1.2, 99, 3.1)
    assert shown.guarded == ()


def test_of_a_rate_child_years_are_told_and_not_days() -> None:
    rate = Figure(36525, 12, 120.4, 60.2, 210.9, (12,), {"child_years": 100.0})
    shown = protected([Cell("x", 1, 2024, (), rate)], LEAST)[0].figure
    assert (shown.n, shown.x, shown.more["child_years"]) == (100, 10, 100)


def test_what_has_no_count_of_its_own_is_guarded_by_how_many() -> None:
    few, many = (Figure(n, None, 50.0, None, None, (n,), {"p90": None, "did_not_come": None}) for n in (4, 9))
    cells = [Cell("x", 1, 2024, (("sex", name),), one) for name, one in (("girl", few), ("boy", many))]
    assert [one.status for one in protected(cells, LEAST)] == [FEW, SHOWN]
    assert protected(cells, LEAST)[1].figure.x is None


# A table in two directions: municipality, sex, both and the whole


COUNTS = st.tuples(st.integers(0, 12), st.integers(0, 12))


def crossed(inner: dict[tuple[str, str], tuple[int, int]]) -> list[Cell]:
    """All four tables, with the complement beside each count."""

    def total(**fixed: str) -> Cell:
        kept = [
            counts
            for (place, sex), counts in inner.items()
            if fixed.get("municipality", place) == place and fixed.get("sex", sex) == sex
        ]
        x, rest = sum(a for a, _ in kept), sum(b for _, b in kept)
        return cell(tuple(fixed.items()), x + rest, x)

    places, sexes = dict.fromkeys(p for p, _ in inner), dict.fromkeys(s for _, s in inner)
    both = [total(municipality=p, sex=s) for p, s in product(places, sexes)]
    return [total(), *(total(municipality=p) for p in places), *(total(sex=s) for s in sexes), *both]


INNER = st.lists(st.tuples(COUNTS, COUNTS, COUNTS), min_size=1, max_size=5).map(
    lambda rows: {
        (f"148{i}", sex): counts
        for i, three in enumerate(rows)
        for sex, counts in zip(("girl", "boy", "unknown"), three, strict=True)
    }
)


def given_back(cells: list[Cell], hidden: set[int]) -> set[int]:
    """An attacker of our own: every total is the sum of its parts; solve for what is hidden, in fractions."""
    order = sorted(hidden)
    rows = []
    for place, whole in enumerate(cells):
        for name in {"municipality", "sex"} - {key for key, _ in whole.by}:
            parts = [
                i
                for i, one in enumerate(cells)
                if {key for key, _ in one.by} == {key for key, _ in whole.by} | {name}
                and set(whole.by) <= set(one.by)
            ]
            row = [Fraction(parts.count(i)) - Fraction(i == place) for i in order]
            rows.append(row)
    solved = reduced(rows)
    return {order[next(i for i, v in enumerate(row) if v)] for row in solved if sum(v != 0 for v in row) == 1}


def reduced(rows: list[list[Fraction]]) -> list[list[Fraction]]:
    """Gauss-Jordan: a hidden cell is determined exactly when a row is left with it alone."""
    done: list[list[Fraction]] = []
    for column in range(len(rows[0]) if rows else 0):
        pivot = next((row for row in rows if row[column]), None)
        if pivot is None:
            continue
        rows = [row for row in rows if row is not pivot]
        pivot = [value / pivot[column] for value in pivot]
        rows, done = (
            [[a - row[column] * b for a, b in zip(row, pivot, strict=True)] for row in some]
            for some in (rows, done)
        )
        done.append(pivot)
    return done


@given(INNER)
@settings(max_examples=150)
def test_no_sum_or_difference_gives_a_hidden_cell_back(inner: dict) -> None:
    cells = crossed(inner)
    hidden = disclosure.hide(cells, LEAST)
    assert given_back(cells, hidden) == set()


@given(INNER)
def test_what_is_shown_is_never_small(inner: dict) -> None:
    cells = crossed(inner)
    hidden = disclosure.hide(cells, LEAST)
    for place, one in enumerate(cells):
        small = any(0 < count < LEAST for count in one.figure.guarded)
        assert place in hidden or not small


@given(INNER)
def test_what_a_subtraction_leaves_is_never_small(inner: dict) -> None:
    """The total less the parts that are shown is itself a figure that may be told."""
    cells = crossed(inner)
    hidden = disclosure.hide(cells, LEAST)
    for relation in disclosure.relations_of(cells):
        gone = [cells[place].figure for place in relation.parts if place in hidden]
        if relation.total not in hidden and gone:
            x, rest = sum(one.x for one in gone), sum(one.n - one.x for one in gone)
            assert not 0 < x < LEAST
            assert not 0 < rest < LEAST


def test_a_cell_that_only_the_whole_table_gives_back() -> None:
    """Two squares of small numbers and a bridge: no line has one hidden cell alone, and yet the first
    square's rows less its columns leave the bridge.
    """
    small = {(0, 0), (0, 1), (1, 0), (1, 1), (2, 2), (2, 3), (3, 2), (3, 3), (1, 2)}
    inner = {
        (f"148{i}", band): ((3, 60) if (i, j) in small else (40, 60))
        for i in range(4)
        for j, band in enumerate("abcd")
    }
    cells = crossed(inner)
    places = {(one.by[0][1], one.by[1][1]): i for i, one in enumerate(cells) if len(one.by) == 2}
    first = {places[f"148{i}", "abcd"[j]] for i, j in small}
    assert places["1481", "c"] in given_back(cells, first)
    hidden = disclosure.hide(cells, LEAST)
    assert first < hidden
    assert given_back(cells, hidden) == set()


def test_what_relations_determine() -> None:
    """Three unknown and their sums two by two: solvable, though no sum has one of them alone."""
    relations = [
        disclosure.Relation(9, (0, 1)),
        disclosure.Relation(9, (1, 2)),
        disclosure.Relation(9, (0, 2)),
    ]
    assert disclosure.recoverable(relations, {0, 1, 2}) == [0, 1, 2]
    assert disclosure.recoverable(relations[:2], {0, 1, 2}) == []
    assert disclosure.recoverable([], {0}) == []
