"""Waiting times with those who still wait: Kaplan-Meier, Greenwood, log-log limits, log-rank.

Kaplan & Meier, JASA 1958;53:457-481; Kalbfleisch & Prentice, The statistical analysis of failure time data,
2nd ed., 1.4 (limits on the log-log scale); Mantel, Cancer Chemother Rep 1966;50:163-170. Somebody who waits
at a time is still at risk at that time.
"""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from .distributions import chi_square_tail, normal_quantile

EQUAL = 1e-9
Floats = npt.NDArray[np.float64]
Numbers = npt.NDArray[np.int64] | Floats


@dataclass(frozen=True)
class Step:
    """The curve from a time on: the share still waiting, and its limits where they exist."""

    time: float
    share: float
    lower: float | None
    upper: float | None


@dataclass(frozen=True)
class Quantile:
    """The time by which a share has had the event, with limits; None where the curve does not reach it."""

    value: float | None
    lower: float | None
    upper: float | None


@dataclass(frozen=True)
class Curve:
    """The same steps as columns; NaN where a limit does not exist."""

    time: Floats
    share: Floats
    lower: Floats
    upper: Floats


def curve(time: Sequence[float], status: Sequence[int], confidence: float = 0.95) -> list[Step]:
    """The Kaplan-Meier curve, a step for each time somebody had the event (1) or was last seen (0)."""
    if len(time) != len(status) or any(one not in (0, 1) for one in status) or any(t < 0 for t in time):
        raise ValueError("time och status ska vara lika långa, status 0 eller 1 och tiden inte under 0")
    moments, place = np.unique(np.asarray(time, dtype=float), return_inverse=True)
    events, seen = (np.bincount(place, weights) for weights in (np.asarray(status, dtype=float), None))
    made = curve_of(moments, events, seen, confidence)
    rows = zip(made.time, made.share, made.lower, made.upper, strict=True)
    return [Step(float(t), float(share), _known(lower), _known(upper)) for t, share, lower, upper in rows]


def curve_of(time: Floats, events: Numbers, seen_last: Numbers, confidence: float = 0.95) -> Curve:
    """The curve from counts: at each time, in order, how many had the event, and how many were seen last."""
    z = normal_quantile(0.5 + confidence / 2)
    at_risk = seen_last.sum() - (np.cumsum(seen_last) - seen_last)
    share = np.multiply.accumulate(1 - events / at_risk)
    left = at_risk - events
    spread = np.cumsum(events / (at_risk * np.where(left > 0, left, np.inf)))
    inside = np.where((share > 0) & (share < 1), share, np.nan)
    half = z * np.sqrt(spread) / np.log(inside)
    return Curve(time, share, inside ** np.exp(-half), inside ** np.exp(half))


def _known(value: float) -> float | None:
    return None if np.isnan(value) else float(value)


def quantile(steps: Sequence[Step], p: float) -> Quantile:
    """When the share `p` has had the event: the middle of the stretch where the curve lies at 1 - p."""
    columns = zip(*((one.time, one.share, one.lower, one.upper) for one in steps), strict=True)
    return quantile_of(Curve(*(np.array(column, dtype=float) for column in columns)), p) if steps else NEVER


def quantile_of(found: Curve, p: float) -> Quantile:
    """The same, of a curve in columns."""
    return Quantile(*(_reached(found.time, one, 1 - p) for one in (found.share, found.lower, found.upper)))


NEVER = Quantile(None, None, None)


def _reached(time: Floats, share: Floats, level: float) -> float | None:
    reached = share <= level + EQUAL
    first = int(reached.argmax()) if len(reached) else 0
    if not len(reached) or not reached[first]:
        return None
    if share[first] < level - EQUAL:
        return float(time[first])
    below = share < level - EQUAL
    known = np.flatnonzero(below if below.any() else ~np.isnan(share))
    beyond = time[known[0]] if below.any() else time[known[-1]]
    return float((time[first] + beyond) / 2)


def share_at(steps: Sequence[Step], time: float) -> float:
    """The share still waiting at a time; after the last time, as at the last."""
    return next((step.share for step in reversed(steps) if step.time <= time), 1.0)


def share_of(found: Curve, time: float) -> float:
    """The same, of a curve in columns."""
    steps = int(np.searchsorted(found.time, time, side="right"))
    return float(found.share[steps - 1]) if steps else 1.0


@dataclass(frozen=True)
class Left:
    """The share still waiting at a time with its limits; NaN where the curve cannot tell."""

    share: float
    lower: float
    upper: float


def at(found: Curve, time: float) -> Left:
    """The curve at a time. Nobody can tell when all who still waited were last seen before it."""
    if found.time[-1] < time and found.share[-1] > 0:
        return Left(np.nan, np.nan, np.nan)
    steps = int(np.searchsorted(found.time, time, side="right"))
    if not steps:
        return Left(1.0, np.nan, np.nan)
    return Left(*(float(one[steps - 1]) for one in (found.share, found.lower, found.upper)))


def logrank(time: Sequence[float], status: Sequence[int], group: Sequence[Hashable]) -> float | None:
    """The probability of so different curves by chance; None for fewer than two groups or no event."""
    groups = sorted(set(group), key=str)
    if len(groups) < 2 or not any(status):
        return None
    rows = list(zip(time, status, group, strict=True))
    excess = [0.0] * len(groups)
    spread = [[0.0] * len(groups) for _ in groups]
    for moment in sorted({t for t, event, _ in rows if event}):
        at_risk = [sum(t >= moment and g == one for t, _, g in rows) for one in groups]
        had = [sum(t == moment and event == 1 and g == one for t, event, g in rows) for one in groups]
        n, d = sum(at_risk), sum(had)
        tied = d * (n - d) / (n - 1) if n > 1 else 0.0
        for i, here in enumerate(at_risk):
            excess[i] += had[i] - d * here / n
            for j, there in enumerate(at_risk):
                spread[i][j] += tied * here / n * ((i == j) - there / n)
    return _joint_tail(excess[:-1], [row[:-1] for row in spread[:-1]])


def _joint_tail(excess: Sequence[float], spread: list[list[float]]) -> float | None:
    solved = _solve(spread, excess)
    if solved is None:
        return None
    return chi_square_tail(sum(a * b for a, b in zip(excess, solved, strict=True)), len(excess))


def _solve(matrix: list[list[float]], right: Sequence[float]) -> list[float] | None:
    """Gaussian elimination with the largest pivot; None when there is no single answer."""
    rows = [[*row, value] for row, value in zip(matrix, right, strict=True)]
    size = len(rows)
    for at in range(size):
        best = max(range(at, size), key=lambda i: abs(rows[i][at]))
        if abs(rows[best][at]) < 1e-12:
            return None
        rows[at], rows[best] = rows[best], rows[at]
        rows[at] = [value / rows[at][at] for value in rows[at]]
        for other in range(size):
            if other != at:
                factor = rows[other][at]
                rows[other] = [a - factor * b for a, b in zip(rows[other], rows[at], strict=True)]
    return [row[-1] for row in rows]
