"""Difference in differences against published studies; see each case for its source."""

import csv
from math import sqrt
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicators.statistics.differences import Difference, Row, difference

Cell = tuple[int, float, float]


def group(n: int, mean: float, sd: float, treated: bool, post: bool) -> list[Row]:
    """Rows with exactly this mean and standard deviation: 2x2 asks for nothing else of them."""
    away = sd * sqrt((n - 1) / max(n // 2 * 2, 1))
    values = [mean + away, mean - away] * (n // 2) + [mean] * (n % 2)
    return [Row(f"{treated}-{i}", post, treated, post, value) for i, value in enumerate(values)]


def two_by_two(before: tuple[Cell, Cell], after: tuple[Cell, Cell]) -> Difference:
    """The control group stands first in each pair."""
    rows = [
        row
        for post, cells in ((False, before), (True, after))
        for treated, cell in enumerate(cells)
        for row in group(*cell, bool(treated), post)
    ]
    return difference(rows, "2x2")


def of_means(before: tuple[float, float], after: tuple[float, float]) -> Difference:
    return two_by_two(((1, before[0], 0), (1, before[1], 0)), ((1, after[0], 0), (1, after[1], 0)))


def test_an_incinerator_and_the_prices_of_houses() -> None:
    """Kiel & McClain, J Environ Econ Manage 1995;28:241-255, as in Wooldridge: −11,863.9 (7,456.65)."""
    before = ((123, 82517.22764227643, 20831.099570315768), (56, 63692.857142857145, 42722.02692307078))
    after = ((102, 101307.51359528187, 29741.118410092826), (40, 70619.23984375, 34816.79530976416))
    found = two_by_two(before, after)
    assert found.effect.value == pytest.approx(-11863.90325, rel=1e-8)
    assert found.effect.se == pytest.approx(7456.646173, rel=1e-8)
    assert found.effect.p == pytest.approx(0.11259484, rel=1e-6)
    assert (found.effect.lower95, found.effect.upper95) == (
        pytest.approx(-26534.67309, rel=1e-6),
        pytest.approx(2806.866584, rel=1e-6),
    )
    assert (found.n, found.clusters, found.verdict) == (321, None, "no_change")


def test_pay_while_injured_and_weeks_away() -> None:
    """Meyer, Viscusi & Durbin, Am Econ Rev 1995;85:322-340, as in Wooldridge, example 13.4: 0.191 (0.069)."""
    before = ((1705, 1.1256154087631585, 1.2230902293548143), (1233, 1.382093940338079, 1.2988999))
    after = ((1527, 1.1332727214754525, 1.2731296905315734), (1161, 1.5803524537090594, 1.2981574))
    found = two_by_two(before, after)
    assert found.effect.value == pytest.approx(0.1906, abs=5e-5)
    assert found.effect.se == pytest.approx(0.0685, abs=5e-5)
    assert found.verdict == "change"


@pytest.mark.parametrize(
    ("before", "after", "effect"),
    [
        # Card & Krueger, Am Econ Rev 1994;84:772-793, table 3: Pennsylvania, New Jersey
        ((23.33, 20.44), (21.17, 21.03), 2.75),
        # Snow, On the mode of communication of cholera, 1855: deaths by 10,000 houses, two water companies
        ((135, 85), (147, 19), -78),
        # Richardson & Troost, J Polit Econ 2009;117:1031-1073: banks open in the 8th and 6th districts
        ((165, 135), (132, 121), 19),
        # Eissa & Liebman, Q J Econ 1996;111:605-637, table 2: single women without and with children
        ((0.952, 0.729), (0.952, 0.753), 0.024),
    ],
)
def test_published_means(before: tuple[float, float], after: tuple[float, float], effect: float) -> None:
    """Four means have an effect, and nothing to judge its chance by."""
    found = of_means(before, after)
    assert found.effect.value == pytest.approx(effect)
    assert (found.effect.se, found.effect.p, found.verdict) == (None, None, None)


@pytest.fixture(scope="module")
def donors() -> list[Row]:
    with (Path(__file__).parent / "organ_donors.csv").open(encoding="utf-8") as lines:
        reader = csv.DictReader(lines)
        return [
            Row(row["state"], quarter, row["state"] == "California", quarter >= "2011-3", float(row[quarter]))
            for row in reader
            for quarter in list(row)[1:]
        ]


def test_a_new_question_to_donors(donors: list[Row]) -> None:
    """Kessler & Roth, NBER 20378, as in Huntington-Klein, The effect, ch. 18: −0.022 (0.006), which leaves
    the states' columns out of k; statsmodels with every column: 0.00672077.
    """
    found = difference(donors, "two_way_fixed_effects")
    assert found.effect.value == pytest.approx(-0.022458974, rel=1e-7)
    assert found.effect.se == pytest.approx(0.006720765527, rel=1e-8)
    assert found.effect.se * sqrt(129 / 155) == pytest.approx(0.0061, abs=5e-5)
    assert (found.n, found.clusters) == (162, 27)


def test_one_treated_state_is_judged_among_the_others(donors: list[Row]) -> None:
    """Clustered errors are sure of it; one state among 27 that all move about is not."""
    found = difference(donors, "two_way_fixed_effects")
    assert found.effect.p < 0.01
    assert found.p_verdict > 0.05
    assert found.verdict == "no_change"


def panel(effects: list[float], *, periods: int = 6, noise: float = 1.0, seed: int = 1) -> list[Row]:
    """As many untreated as treated units; the treatment begins halfway."""
    rng = np.random.default_rng(seed)
    rows = []
    for unit, effect in enumerate([*effects, *[0.0] * len(effects)]):
        treated = unit < len(effects)
        for period in range(periods):
            post = period >= periods // 2
            y = unit + 0.3 * period + effect * post + noise * rng.standard_normal()
            rows.append(Row(unit, period, treated, post, y))
    return rows


@given(st.floats(-5, 5), st.integers(2, 6))
def test_an_effect_without_chance_is_found_exactly(effect: float, units: int) -> None:
    found = difference(panel([effect] * units, noise=0), "two_way_fixed_effects")
    assert found.effect.value == pytest.approx(effect, abs=1e-9)


@given(st.integers(0, 1000))
def test_a_whole_panel_gives_both_designs_the_same_effect(seed: int) -> None:
    rows = panel([1.0, 2.0, 3.0], seed=seed)
    two_way, two_by = (difference(rows, design).effect.value for design in ("two_way_fixed_effects", "2x2"))
    assert two_way == pytest.approx(two_by, abs=1e-9)


def test_a_clear_effect_has_a_verdict() -> None:
    found = difference(panel([5.0] * 6), "two_way_fixed_effects")
    assert found.verdict == "change"
    assert found.effect.lower95 < 5 < found.effect.upper95


def test_clusters_above_units() -> None:
    rows = [Row(r.unit, r.period, r.treated, r.post, r.y, f"c{r.unit // 2}") for r in panel([1.0] * 6)]
    assert difference(rows, "two_way_fixed_effects").clusters == 6
    assert difference(rows, "2x2").clusters == 6


def starts(*first: int) -> list[Row]:
    """Unit i is treated from period first[i]; two more never are."""
    treated = [Row(f"u{i}", t, True, t >= start, t * 1.0) for i, start in enumerate(first) for t in range(6)]
    return treated + [Row(f"c{i}", t, False, t >= 3, t * 1.0 + i) for i in range(2) for t in range(6)]


def test_different_starts_are_refused_in_words() -> None:
    with pytest.raises(ValueError, match="börjar vid olika tid"):
        difference(starts(2, 4), "two_way_fixed_effects")
    assert difference(starts(3, 3), "two_way_fixed_effects").effect.value == pytest.approx(0, abs=1e-9)


def test_different_starts_are_seen_also_where_treated_follows_time() -> None:
    rows = [Row(u, t, t >= start, t >= 2, t * 1.0) for u, start in enumerate((2, 4, 9, 9)) for t in range(6)]
    with pytest.raises(ValueError, match="börjar vid olika tid"):
        difference(rows, "two_way_fixed_effects")


def test_a_treatment_that_ends_is_refused() -> None:
    rows = [Row(u, f"2024-{t}", u < 2, t in (2, 3), t + u * 1.0) for u in range(4) for t in range(6)]
    with pytest.raises(ValueError, match="upphör"):
        difference(rows, "two_way_fixed_effects")


@pytest.mark.parametrize(
    ("rows", "design", "says"),
    [
        ([], "magic", "design ska vara"),
        ([], "2x2", "för få"),
        ([], "two_way_fixed_effects", "för få"),
        ([Row(1, 1, True, True, 1.0)] * 6, "2x2", "för få"),
        ([Row(1, 1, True, False, 1.0, "a"), *[Row(2, 1, False, False, 1.0)] * 3], "2x2", "varje rad"),
    ],
)
def test_rows_that_cannot_tell(rows: list[Row], design: str, says: str) -> None:
    with pytest.raises(ValueError, match=says):
        difference(rows, design)


def test_no_verdict_where_clusters_are_too_few_or_mixed() -> None:
    few = difference(panel([1.0, 1.0]), "two_way_fixed_effects")
    assert few.verdict is None
    assert few.effect.se is not None
    mixed = [Row(r.unit, r.period, r.treated, r.post, r.y, r.unit % 6) for r in panel([1.0] * 6)]
    assert difference(mixed, "2x2").verdict is None
    one = [Row(r.unit, r.period, r.treated, r.post, r.y, "all") for r in panel([1.0] * 6)]
    assert difference(one, "2x2").effect.se is None


def test_no_effect_is_seldom_called_one_even_with_one_treated_unit() -> None:
    """200 draws: 10 expected; 20 or more has a chance of 0.3 %. Clustered errors alone: near half."""
    verdicts = alone = 0
    for seed in range(200):
        rows = [row for row in panel([0.0] * 8, seed=seed) if row.unit in (0, *range(8, 16))]
        found = difference(rows, "two_way_fixed_effects")
        verdicts += found.verdict == "change"
        alone += found.effect.p < 0.05
    assert verdicts < 20
    assert alone > 60
