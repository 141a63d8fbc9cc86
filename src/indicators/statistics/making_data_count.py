"""XmR charts by NHS England's Making Data Count: limits, special causes, variation and assurance.

Limits are the mean ± 2.66 mean moving ranges; a moving range of 3.267 means or more is left out of the mean
when outliers are screened. A point is special when outside a limit, in a trend of seven, in two of three
close to a limit, or in seven on one side - named in that order. Everything begins anew where the chart is
rebased. Source: NHS England, Making data count: strengthening your decisions (2019).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import isclose
from statistics import fmean

WIDTH, SCREEN, RUN = 2.66, 3.267, 7
COMMON = "Common Cause"
DIRECTIONS = {"increase": 1, "neutral": 0, "decrease": -1}


@dataclass(frozen=True)
class Point:
    """One measurement with the limits of its group, why it is special and what that means."""

    group: int
    mean: float | None
    lower: float | None
    upper: float | None
    cause: str
    kind: str


@dataclass(frozen=True)
class Chart:
    """The points in time order; what the last of each group says; whether the target is met by itself."""

    points: list[Point]
    variation: list[str]
    assurance: str | None


def chart(
    x: Sequence[str],
    y: Sequence[float | None],
    *,
    improvement_direction: str = "increase",
    target: float | None = None,
    rebase_dates: Sequence[str] = (),
    fix_after_n_points: int | None = None,
    screen_outliers: bool = True,
) -> Chart:
    """The chart of values `y` on dates `x`. ValueError for lists of unlike length or an unknown direction."""
    if len(x) != len(y) or not x or improvement_direction not in DIRECTIONS:
        raise ValueError("x och y ska vara lika långa, och riktningen increase, decrease eller neutral")
    direction = DIRECTIONS[improvement_direction]
    points = [
        point
        for group, values in _groups(
            sorted(zip(x, y, strict=True), key=lambda one: one[0]), set(rebase_dates)
        )
        for point in _group(group, values, direction, fix_after_n_points, screen_outliers)
    ]
    last = {point.group: point.kind for point in points}
    return Chart(points, list(last.values()), _assurance(points[-1], target, direction))


def _groups(
    rows: Sequence[tuple[str, float | None]], rebase_dates: set[str]
) -> Iterator[tuple[int, list[float | None]]]:
    group, values = 0, list[float | None]()
    for date, value in rows:
        if date in rebase_dates:
            if values:
                yield group, values
            group, values = group + 1, []
        values.append(value)
    yield group, values


def _group(
    group: int, y: list[float | None], direction: int, fix_after: int | None, screen: bool
) -> Iterator[Point]:
    middle, width = _limits(y[:fix_after], screen)
    lower = None if middle is None or width is None else middle - WIDTH * width
    upper = None if middle is None or width is None else middle + WIDTH * width
    for cause in _causes(y, middle, lower, upper):
        yield Point(group, middle, lower, upper, cause, _kind(cause, direction))


def _limits(y: Sequence[float | None], screen: bool) -> tuple[float | None, float | None]:
    """The mean, and the mean of the moving ranges that count."""
    known = [value for value in y if value is not None]
    ranges = [abs(b - a) for a, b in pairwise(y) if a is not None and b is not None]
    if screen and ranges:
        limit = SCREEN * fmean(ranges)
        ranges = [one for one in ranges if one < limit]
    return (fmean(known) if known else None), (fmean(ranges) if ranges else None)


def _causes(
    y: Sequence[float | None], middle: float | None, lower: float | None, upper: float | None
) -> Iterator[str]:
    sides = [0 if value is None or middle is None else _side(value, middle) for value in y]
    outside = [_outside(value, lower, upper) for value in y]
    close = [_close(value, middle, lower, upper) for value in y]
    trend = _trends(y)
    pair = [hit and near for hit, near in zip(_two_in_three(close, sides), close, strict=True)]
    run = _lasting([_one_side(sides, i) for i in range(len(y))])
    for i, side in enumerate(sides):
        above = "Above" if side > 0 else "Below"
        if outside[i]:
            yield "Above UCL" if side > 0 else "Below LCL"
        elif trend[i]:
            yield f"7 Point Trend ({_direction(y, trend, i)}creasing)"
        elif pair[i]:
            yield f"2 in 3 {above} CL"
        elif run[i]:
            yield f"7 Points {above} CL"
        else:
            yield COMMON


def _side(value: float, middle: float) -> int:
    """Above, below, or on the mean, also when the last binary digit says otherwise."""
    return 0 if isclose(value, middle, rel_tol=1e-12) else _sign(value - middle)


def _outside(value: float | None, lower: float | None, upper: float | None) -> bool:
    return value is not None and lower is not None and upper is not None and not lower <= value <= upper


def _close(value: float | None, middle: float | None, lower: float | None, upper: float | None) -> bool:
    """Within the outer third of the limits."""
    if value is None or middle is None or lower is None or upper is None:
        return False
    return lower <= value <= upper and abs(value - middle) > (upper - middle) * 2 / 3


def _trends(y: Sequence[float | None]) -> list[bool]:
    """Whether each point is one of seven that rise, or of seven that fall."""
    steps = [0 if a is None or b is None else _sign(b - a) for a, b in pairwise(y)]
    ends = [i >= RUN - 1 and abs(sum(steps[i - RUN + 1 : i])) == RUN - 1 for i in range(len(y))]
    return _lasting(ends)


def _direction(y: Sequence[float | None], trend: Sequence[bool], i: int) -> str:
    """Where the trend goes on from a point, else how it came there."""
    goes_on = i + 1 < len(y) and trend[i + 1]
    before, after = (y[i], y[i + 1]) if goes_on else (y[i - 1], y[i])
    return "In" if before is not None and after is not None and after > before else "De"


def _two_in_three(close: Sequence[bool], sides: Sequence[int]) -> list[bool]:
    hits = [False] * len(close)
    for start in range(len(close) - 2):
        three = slice(start, start + 3)
        if sum(close[three]) >= 2 and abs(sum(sides[three])) == 3:
            hits[three] = [True] * 3
    return hits


def _one_side(sides: Sequence[int], i: int) -> bool:
    return i >= RUN - 1 and sides[i] != 0 and set(sides[i - RUN + 1 : i + 1]) == {sides[i]}


def _lasting(ends: Sequence[bool]) -> list[bool]:
    """A run that ends at a point takes the six before it with it."""
    return [any(ends[i : i + RUN]) for i in range(len(ends))]


def _kind(cause: str, direction: int) -> str:
    way = 1 if "Above" in cause or "Increasing" in cause else -1 if cause != COMMON else 0
    if way == 0:
        return "common_cause"
    if direction == 0:
        return f"special_cause_neutral_{'high' if way > 0 else 'low'}"
    return f"special_cause_{'improvement' if way == direction else 'concern'}"


def _assurance(last: Point, target: float | None, direction: int) -> str | None:
    if target is None or direction == 0:
        return None
    if last.lower is None or last.upper is None or last.lower <= target <= last.upper:
        return "inconsistent"
    return "consistent_fail" if (target > last.upper) == (direction > 0) else "consistent_pass"


def _sign(value: float) -> int:
    return (value > 0) - (value < 0)
