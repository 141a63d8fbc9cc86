"""Control charts against Montgomery's worked examples, and the runs rules at their edges."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicators.statistics.shewhart import KINDS, chart

# Montgomery, Introduction to statistical quality control: cans of orange juice (ex. 7.1), viscosity of primer
# paint (ex. 6.5), nonconformities in circuit boards (ex. 7.3)
JUICE = [
    12,
    15,
    8,
    10,
    4,
    7,
    16,
    9,
    14,
    10,
    5,
    6,
    17,
    12,
    22,
    8,
    10,
    5,
    13,
    11,
    20,
    18,
    24,
    15,
    9,
    12,
    7,
    13,
    9,
    6,
]
PAINT = [
    33.75,
    33.05,
    34.00,
    33.81,
    33.46,
    34.02,
    33.68,
    33.27,
    33.49,
    33.20,
    33.62,
    33.00,
    33.54,
    33.12,
    33.84,
]
BOARDS = [
    21,
    24,
    16,
    12,
    15,
    5,
    28,
    20,
    31,
    25,
    20,
    24,
    16,
    19,
    10,
    17,
    13,
    22,
    18,
    39,
    30,
    24,
    16,
    19,
    17,
    15,
]


def lines(points: list, at: int = 0) -> tuple:
    return points[at].lcl, points[at].cl, points[at].ucl


def about(*values: float, within: float = 5e-3) -> tuple:
    return tuple(pytest.approx(value, abs=within) for value in values)


def test_shares() -> None:
    points = chart("p", JUICE, [50] * 30)
    assert lines(points) == about(0.0524, 0.2313, 0.4102, within=5e-5)
    assert [i + 1 for i, point in enumerate(points) if point.sigma_signal] == [15, 23]
    assert points[0].y == 0.24


def test_individuals() -> None:
    points = chart("i", PAINT)
    assert lines(points) == about(32.24, 33.52, 34.80)
    assert not any(point.sigma_signal for point in points)


def test_moving_ranges() -> None:
    points = chart("mr", PAINT)
    assert lines(points) == about(0, 0.48, 1.57)
    assert points[0].y is None
    assert points[1].y == pytest.approx(0.70)
    assert not points[0].runs.signal


def test_counts() -> None:
    points = chart("c", BOARDS)
    assert lines(points) == about(6.48, 19.85, 33.21, within=5e-3)
    assert [i + 1 for i, point in enumerate(points) if point.sigma_signal] == [6, 20]
    assert chart("c", BOARDS, [7] * 26) == points


def test_rates_have_limits_for_each_size() -> None:
    points = chart("u", [2, 6], [10, 40])
    assert points[0].cl == pytest.approx(0.16)
    assert lines(points, 1) == about(0, 0.16, 0.16 + 3 * (0.16 / 40) ** 0.5, within=1e-9)
    assert points[0].ucl > points[1].ucl


def test_cases_between_events_have_a_median_centre() -> None:
    points = chart("g", [1, 3, 2, 10])
    assert lines(points) == about(0, 2.5, 4 + 3 * 20**0.5, within=1e-9)


def test_time_between_events_is_drawn_on_a_root() -> None:
    y = [1, 5, 2, 8, 3]
    points = chart("t", y, screened_mr=False)
    roots = [value ** (1 / 3.6) for value in y]
    mean = sum(roots) / 5
    width = sum(abs(b - a) for a, b in zip(roots, roots[1:], strict=False)) / 4 / 1.128 * 3
    assert lines(points) == about(max(mean - width, 0) ** 3.6, mean**3.6, (mean + width) ** 3.6, within=1e-9)
    assert [point.y for point in points] == y
    assert chart("t", [2, None, 3])[1].y is None
    with pytest.raises(ValueError, match="tiden mellan"):
        chart("t", [1, 0])


def test_the_run_chart_has_a_median_and_no_limits() -> None:
    points = chart("run", [3, 1, 2, None])
    assert lines(points) == (None, 2, None)
    assert not any(point.sigma_signal for point in points)


@pytest.mark.parametrize(("plain", "prime"), [("p", "pp"), ("u", "up")])
def test_primes_widen_with_the_variation_between_points(plain: str, prime: str) -> None:
    wild, calm = [100, 400, 120, 380, 90, 420], [250, 251, 249, 250, 251, 249]
    n = [1000] * 6
    assert chart(prime, wild, n)[0].ucl > chart(plain, wild, n)[0].ucl
    assert chart(prime, calm, n)[0].ucl < chart(plain, calm, n)[0].ucl
    assert lines(chart(prime, [0, 0], [5, 5])) == (None, 0, None)
    assert lines(chart(prime, [1], [5])) == (None, 0.2, None)


def test_a_share_stays_within_nothing_and_all() -> None:
    points = chart("p", [1, 9], [10, 10])
    assert lines(points) == about(0.0257, 0.5, 0.9743, within=5e-5)
    assert lines(chart("p", [1, 5], [1, 5])) == (1, 1, 1)
    assert lines(chart("p", [9, 9], [10, 10])) == about(0.6154, 0.9, 1, within=5e-5)


def test_moving_ranges_far_from_the_others_are_screened() -> None:
    y = [1, 2, 1, 2, 1, 2, 1, 2, 40, 1, 2, 1, 2, 1, 2, 1, 2, 1]
    assert chart("i", y)[0].ucl < chart("i", y, screened_mr=False)[0].ucl
    assert chart("i", y)[8].sigma_signal


def test_freeze_exclude_part_and_multiply() -> None:
    y = [1, 3, 2, 4, 11, 13, 12, 14]
    assert chart("i", y, freeze=4)[7].cl == 2.5
    assert chart("i", y, freeze=4)[7].sigma_signal
    assert chart("run", y, exclude=[5, 6, 7, 8])[0].cl == 2.5
    assert chart("run", y, exclude=[5, 6, 7, 8])[0].runs.useful == 4
    parts = chart("i", y, part=[4])
    assert [parts[0].cl, parts[7].cl] == [2.5, 12.5]
    assert chart("i", y, part=[4], freeze=2)[0].cl == 2.5
    assert chart("i", y, part=[0, 4, 4, 99, -1]) == parts
    percent = chart("p", [1, 3], [10, 10], multiply=100)
    assert (percent[0].y, percent[0].cl) == (pytest.approx(10), pytest.approx(20))
    assert [point.sigma_signal for point in percent] == [
        point.sigma_signal for point in chart("p", [1, 3], [10, 10])
    ]


def test_a_hole_in_the_data_is_a_hole_in_the_chart() -> None:
    points = chart("p", [1, None, 3, 4], [10, 10, None, 0])
    assert [point.y for point in points] == [0.1, None, None, None]
    assert [point.ucl is None for point in points] == [False, True, True, True]
    assert points[0].cl == 0.1
    nothing = chart("u", [None], [None])[0]
    assert (nothing.cl, nothing.runs.useful, nothing.runs.longest) == (None, 0, None)
    assert lines(chart("i", [None])) == (None, None, None)
    assert lines(chart("c", [None])) == (None, None, None)
    assert lines(chart("g", [None])) == (None, None, None)
    assert lines(chart("mr", [5])) == (0, None, None)


# Anhøj & Olesen 2014: longest run and crossings for so many useful points
@pytest.mark.parametrize(
    ("n", "longest", "crossings"),
    [(10, 6, 2), (12, 7, 3), (20, 7, 6), (24, 8, 8), (30, 8, 10), (40, 8, 14), (60, 9, 23)],
)
def test_the_runs_rules(n: int, longest: int, crossings: int) -> None:
    runs = chart("run", [0, 1] * (n // 2))[0].runs
    assert (runs.longest_max, runs.crossings_min) == (longest, crossings)


def test_a_long_run_or_few_crossings_signal() -> None:
    assert not chart("run", [1, 2] * 10)[0].runs.signal
    shifted = chart("run", [1] * 10 + [3] * 10)[0].runs
    assert (shifted.longest, shifted.crossings, shifted.signal) == (10, 1, True)
    few = chart("run", ([1] * 4 + [3] * 4) * 3)[0].runs
    assert (few.longest, few.crossings, few.crossings_min, few.signal) == (4, 5, 8, True)
    long_only = chart("run", [1, 3] * 6 + [3] * 1 + [1] * 9 + [3, 1, 3, 1] * 2 + [3] * 8)[0].runs
    assert long_only.longest > long_only.longest_max
    assert long_only.signal


def test_points_on_the_centre_line_tell_nothing() -> None:
    runs = chart("run", [1, 2, 3, 2, 2])[0].runs
    assert (runs.useful, runs.longest, runs.crossings) == (2, 1, 1)


@pytest.mark.parametrize(("kind", "y", "n"), [("x", [1], None), ("i", [], None), ("p", [1], [1, 2])])
def test_what_is_no_chart(kind: str, y: list, n: list | None) -> None:
    with pytest.raises(ValueError, match="okänd sorts diagram"):
        chart(kind, y, n)


@given(
    st.sampled_from(sorted(KINDS)),
    st.lists(st.one_of(st.none(), st.integers(1, 50)), min_size=1, max_size=30),
)
def test_any_counts_make_a_chart(kind: str, y: list) -> None:
    points = chart(kind, y, [60] * len(y))
    assert len(points) == len(y)
    for point in points:
        known = [value for value in (point.lcl, point.ucl) if value is not None]
        assert known == sorted(known)
        if point.sigma_signal:
            assert not point.lcl <= point.y <= point.ucl
