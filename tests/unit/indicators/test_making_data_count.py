"""Making Data Count: each rule at its edge, by hand."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicators.statistics.making_data_count import COMMON, chart


def dates(count: int) -> list[str]:
    return [f"2024-{1 + i // 28:02d}-{1 + i % 28:02d}" for i in range(count)]


def causes(y: list, **how: object) -> list[str]:
    return [point.cause for point in chart(dates(len(y)), y, **how).points]


CALM = [10, 12, 11, 9, 10, 12, 10, 9, 11, 10]


def test_limits_are_266_mean_moving_ranges_around_the_mean() -> None:
    first = chart(dates(4), [1, 3, 2, 4]).points[0]
    assert first.mean == 2.5
    assert first.lower == pytest.approx(2.5 - 2.66 * 5 / 3)
    assert first.upper == pytest.approx(2.5 + 2.66 * 5 / 3)


def test_a_moving_range_far_from_the_others_is_left_out_when_asked() -> None:
    y = [*CALM, 60, *CALM]
    screened, all_in = chart(dates(21), y).points[0], chart(dates(21), y, screen_outliers=False).points[0]
    assert screened.upper < all_in.upper
    assert screened.mean == all_in.mean
    assert causes(y)[10] == "Above UCL"


def test_nothing_special() -> None:
    assert set(causes(CALM)) == {COMMON}


def test_outside_a_limit() -> None:
    assert causes([*CALM, 30])[-1] == "Above UCL"
    assert causes([*CALM, -10])[-1] == "Below LCL"


def test_seven_on_one_side_but_not_six() -> None:
    above = [13, 12, 13, 12, 13, 12, 13]
    y = [5, 8, 5, 8, 5, 8, 5, 8, *above]
    assert causes(y)[-7:] == ["7 Points Above CL"] * 7
    assert causes([5, 8, 5, 8, 5, 13, 5, *above[:6], 5])[-7:-1] != ["7 Points Above CL"] * 6
    below = [20 - value for value in y]
    assert causes(below)[-7:] == ["7 Points Below CL"] * 7


def test_a_trend_of_seven_but_not_of_six() -> None:
    rising = [1, 2, 3, 4, 5, 6, 7]
    noise = [0, 9, 0, 9, 0, 9, 0, 9]
    assert causes([*noise, *rising, 0])[8:15] == ["7 Point Trend (Increasing)"] * 7
    assert not any("Trend" in cause for cause in causes([*noise, *rising[:6], 0]))
    assert causes([*noise, 0, *rising[::-1], 9])[9:16] == ["7 Point Trend (Decreasing)"] * 7


def test_a_point_that_turns_belongs_to_the_way_it_goes_on() -> None:
    up = [1, 2, 3, 4, 5, 6, 7]
    told = causes([9, 0, 9, 0, *up, 6, 5, 4, 3, 2, 1, 9])
    assert told[9] == "7 Point Trend (Increasing)"
    assert told[10] == "7 Point Trend (Decreasing)"


def test_two_of_three_close_to_a_limit_on_one_side() -> None:
    calm = [9, 11] * 6
    y = [*calm, 14, 14, 9, *calm]
    points = chart(dates(len(y)), y).points
    near, far = points[0].mean + (points[0].upper - points[0].mean) * 2 / 3, points[0].upper
    assert near < 14 < far
    assert [i for i, point in enumerate(points) if point.cause == "2 in 3 Above CL"] == [12, 13]
    upside_down = chart(dates(len(y)), [20 - value for value in y]).points
    assert [i for i, point in enumerate(upside_down) if point.cause == "2 in 3 Below CL"] == [12, 13]
    apart = [*calm, 14, 9, 14, *calm]
    assert not any("2 in 3" in cause for cause in causes(apart))


@pytest.mark.parametrize(
    ("direction", "high", "low"),
    [
        ("increase", "special_cause_improvement", "special_cause_concern"),
        ("decrease", "special_cause_concern", "special_cause_improvement"),
        ("neutral", "special_cause_neutral_high", "special_cause_neutral_low"),
    ],
)
def test_what_a_special_cause_means(direction: str, high: str, low: str) -> None:
    up = chart(dates(21), [*CALM, *CALM, 30], improvement_direction=direction)
    down = chart(dates(21), [*CALM, *CALM, -10], improvement_direction=direction)
    assert (up.variation, down.variation) == ([high], [low])


@pytest.mark.parametrize(
    ("direction", "target", "told"),
    [
        ("increase", 100, "consistent_fail"),
        ("increase", 0, "consistent_pass"),
        ("increase", 10, "inconsistent"),
        ("decrease", 100, "consistent_pass"),
        ("decrease", 0, "consistent_fail"),
        ("neutral", 100, None),
        ("increase", None, None),
    ],
)
def test_whether_the_target_is_met_by_itself(direction: str, target: float | None, told: str | None) -> None:
    assert chart(dates(10), CALM, improvement_direction=direction, target=target).assurance == told


def test_rebasing_begins_anew() -> None:
    y = [*CALM, *(value + 50 for value in CALM)]
    made = chart(dates(20), y, rebase_dates=[dates(20)[10]])
    assert [point.group for point in made.points] == [0] * 10 + [1] * 10
    assert {point.cause for point in made.points} == {COMMON}
    assert made.points[10].mean == pytest.approx(made.points[0].mean + 50)
    assert made.variation == ["common_cause", "common_cause"]
    first = chart(dates(10), CALM, rebase_dates=[dates(10)[0]])
    assert {point.group for point in first.points} == {1}


def test_limits_may_be_fixed_after_the_first_points() -> None:
    y = [*CALM, *(value + 20 for value in CALM)]
    fixed = chart(dates(20), y, fix_after_n_points=10)
    assert fixed.points[15].mean == pytest.approx(10.4)
    assert fixed.points[15].cause == "Above UCL"


def test_points_come_in_time_order_and_a_hole_is_common() -> None:
    made = chart(["2024-02-01", "2024-01-01", "2024-03-01"], [2, 1, None])
    assert [point.cause for point in made.points] == [COMMON] * 3
    assert made.points[0].mean == 1.5


def test_without_variation_there_are_no_limits() -> None:
    flat = chart(dates(8), [5] * 8, target=5)
    assert (flat.points[0].lower, flat.points[0].upper) == (None, None)
    assert (flat.assurance, set(flat.variation)) == ("inconsistent", {"common_cause"})
    empty = chart(dates(2), [None, None])
    assert (empty.points[0].mean, empty.points[0].cause) == (None, COMMON)


@pytest.mark.parametrize(
    ("x", "y", "direction"),
    [([], [], "increase"), (["2024-01-01"], [], "increase"), (["2024-01-01"], [1], "up")],
)
def test_what_is_no_chart(x: list, y: list, direction: str) -> None:
    with pytest.raises(ValueError, match="lika långa"):
        chart(x, y, improvement_direction=direction)


VALUES = st.lists(st.one_of(st.none(), st.integers(-50, 50)), min_size=1, max_size=40)


@given(VALUES)
def test_turned_upside_down_it_says_the_opposite(y: list) -> None:
    turned = [None if value is None else -value for value in y]
    swapped = {
        "Above": "Below",
        "Below": "Above",
        "UCL": "LCL",
        "LCL": "UCL",
        "(Increasing)": "(Decreasing)",
        "(Decreasing)": "(Increasing)",
    }
    assert [" ".join(swapped.get(word, word) for word in cause.split()) for cause in causes(y)] == causes(
        turned
    )


@given(VALUES, st.integers(1, 9))
def test_another_unit_changes_nothing(y: list, factor: int) -> None:
    other = [None if value is None else value * 2**factor for value in y]
    assert causes(y) == causes(other)


@pytest.mark.parametrize("value", [228.0156, 0.1, 1e-9, 7.0, 0.0])
@pytest.mark.parametrize("number", [7, 9, 13])
def test_values_that_are_all_alike_lie_on_their_mean(value, number):
    """Their sum by their number can differ from them in the last binary digit: that is no run of seven."""
    made = chart([str(year) for year in range(number)], [value] * number)
    assert {point.cause for point in made.points} == {COMMON}
