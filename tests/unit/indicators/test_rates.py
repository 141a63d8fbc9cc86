"""Standardised rates, funnels and continuity, by hand."""

from math import sqrt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicators.statistics import funnel, standardisation
from indicators.statistics.continuity import Continuity, continuity
from indicators.statistics.intervals import UNKNOWN, poisson_lower, poisson_upper


class TestDirect:
    def test_by_hand(self) -> None:
        """Rates 10/1000 and 30/1000 in a standard of 3:1 are 15 of 1000."""
        found = standardisation.direct([10, 30], [1000, 1000], [3, 1], 1000)
        scale = sqrt(((3 / 4000) ** 2 * 10 + (1 / 4000) ** 2 * 30) / 40)
        assert found.value == pytest.approx(15)
        assert found.lower95 == pytest.approx((0.015 + scale * (poisson_lower(40) - 40)) * 1000)
        assert found.upper95 == pytest.approx((0.015 + scale * (poisson_upper(40) - 40)) * 1000)

    def test_fewer_than_ten_cases_are_not_told(self) -> None:
        assert standardisation.direct([4, 5], [100, 100], [1, 1], 1000) == UNKNOWN
        assert standardisation.direct([5, 5], [100, 100], [1, 1], 1000).value == pytest.approx(50)

    @given(st.lists(st.tuples(st.integers(5, 50), st.integers(60, 900)), min_size=2, max_size=6))
    def test_its_own_population_gives_the_crude_rate(self, rows: list[tuple[int, int]]) -> None:
        count, population = [list(one) for one in zip(*rows, strict=True)]
        found = standardisation.direct(count, population, population, 1)
        assert found.value == pytest.approx(sum(count) / sum(population))
        assert found.lower95 < found.value < found.upper95


class TestIndirect:
    def test_by_hand(self) -> None:
        """Twice what the reference would have: expected 1 + 4, observed 10."""
        found = standardisation.indirect([4, 6], [100, 200], [10, 20], [1000, 1000], 1000)
        assert found.value == pytest.approx(2 * 15)
        assert found.lower95 == pytest.approx(poisson_lower(10) / 5 * 15)
        assert found.upper95 == pytest.approx(poisson_upper(10) / 5 * 15)

    def test_no_cases(self) -> None:
        found = standardisation.indirect([0], [100], [10], [1000], 1)
        assert (found.value, found.lower95) == (0, None)
        assert found.upper95 == pytest.approx(3.688879 * 0.01)

    @given(st.lists(st.tuples(st.integers(1, 50), st.integers(60, 900)), min_size=1, max_size=6))
    def test_the_reference_against_itself_is_its_own_rate(self, rows: list[tuple[int, int]]) -> None:
        count, population = [list(one) for one in zip(*rows, strict=True)]
        found = standardisation.indirect(count, population, count, population, 100)
        assert found.value == pytest.approx(sum(count) / sum(population) * 100)


@pytest.mark.parametrize(
    ("count", "population", "standard"),
    [([1], [10, 10], [1, 1]), ([], [], []), ([1], [0], [1]), ([-1], [10], [1]), ([1], [10], [-1])],
)
def test_lists_that_do_not_belong_together(count: list, population: list, standard: list) -> None:
    with pytest.raises(ValueError, match="lika långa|större än 0"):
        standardisation.direct(count, population, standard, 1)


def test_nothing_expected_is_no_ratio() -> None:
    with pytest.raises(ValueError, match="förväntat"):
        standardisation.indirect([1], [10], [0], [10], 1)


class TestFunnel:
    def test_shares_around_the_whole(self) -> None:
        """Around 0.5 of 100 the limits are 0.402-0.598 and 0.345-0.655."""
        points = [(50, 100), (40, 100), (60, 100), (34, 100), (66, 100), (41, 100), (59, 100)]
        low, high = ["Low (0.025)", "Low (0.001)"], ["High (0.025)", "High (0.001)"]
        assert funnel.proportions(points) == [
            "Not significant", low[0], high[0], low[1], high[1], "Not significant", "Not significant",
        ]  # fmt: skip

    @pytest.mark.parametrize(
        ("observed", "expected", "told"),
        [
            (10, 10, "Not significant"),
            (10, 4.7, "High (0.025)"),
            (10, 2.5, "High (0.001)"),
            (10, 18.5, "Low (0.025)"),
            (10, 25, "Low (0.001)"),
            (0, 3.6, "Not significant"),
            (0, 3.7, "Low (0.025)"),
            (0, 7, "Low (0.001)"),
            (5, 1.6, "High (0.025)"),
            (5, 11.7, "Low (0.025)"),
        ],
    )
    def test_ratios_beside_one(self, observed: float, expected: float, told: str) -> None:
        assert funnel.ratios([(observed, expected)]) == [told]

    @pytest.mark.parametrize("points", [[(1, 0)], [(-1, 5)], [(6, 5)], []])
    def test_a_share_of_nothing(self, points: list) -> None:
        with pytest.raises(ValueError, match="täljaren"):
            funnel.proportions(points)

    @pytest.mark.parametrize("point", [(1, 0), (-1, 5)])
    def test_nothing_expected(self, point: tuple) -> None:
        with pytest.raises(ValueError, match="förväntat"):
            funnel.ratios([point])


@pytest.mark.parametrize(
    ("visits", "coc", "upc", "secon", "hhi", "mmci"),
    [
        ("AAA", 1, 1, 1, 1, (1 - 1 / 3.1) / (1 - 1 / 3.1)),
        ("ABC", 0, 1 / 3, 0, 1 / 3, (1 - 3 / 3.1) / (1 - 1 / 3.1)),
        ("AAB", 1 / 3, 2 / 3, 1 / 2, 5 / 9, (1 - 2 / 3.1) / (1 - 1 / 3.1)),
        ("ABAB", 1 / 3, 1 / 2, 0, 1 / 2, (1 - 2 / 4.1) / (1 - 1 / 4.1)),
        ("AABB", 1 / 3, 1 / 2, 2 / 3, 1 / 2, (1 - 2 / 4.1) / (1 - 1 / 4.1)),
        ("A", None, 1, None, 1, 1),
        ("", None, None, None, None, None),
    ],
)
def test_continuity(visits: str, coc: float, upc: float, secon: float, hhi: float, mmci: float) -> None:
    found = continuity(visits)
    told = (found.coc, found.upc, found.secon, found.hhi, found.mmci)
    assert told == tuple(
        value if value is None else pytest.approx(value) for value in (coc, upc, secon, hhi, mmci)
    )


@given(st.lists(st.sampled_from("ABCDE"), min_size=2, max_size=40))
def test_continuity_lies_between_never_and_always(visits: list[str]) -> None:
    found = continuity(visits)
    assert all(
        -1e-12 <= value <= 1 + 1e-12 for value in (found.coc, found.upc, found.secon, found.hhi, found.mmci)
    )
    assert continuity(["A"] * len(visits)) == Continuity(1, 1, 1, 1, pytest.approx(1))
