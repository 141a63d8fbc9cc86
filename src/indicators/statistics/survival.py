"""Waiting times with those who still wait: Kaplan-Meier, Greenwood, log-log limits, log-rank.

Kaplan & Meier, JASA 1958;53:457-481; Kalbfleisch & Prentice, The statistical analysis of failure time data,
2nd ed., 1.4 (limits on the log-log scale); Mantel, Cancer Chemother Rep 1966;50:163-170. Somebody who waits
at a time is still at risk at that time.
"""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from math import exp, log, sqrt

from .distributions import chi_square_tail, normal_quantile

EQUAL = 1e-9


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


def curve(time: Sequence[float], status: Sequence[int], confidence: float = 0.95) -> list[Step]:
    """The Kaplan-Meier curve, a step for each time somebody had the event (1) or was last seen (0)."""
    if len(time) != len(status) or any(one not in (0, 1) for one in status) or any(t < 0 for t in time):
        raise ValueError("time och status ska vara lika långa, status 0 eller 1 och tiden inte under 0")
    z = normal_quantile(0.5 + confidence / 2)
    steps, share, spread, at_risk = [], 1.0, 0.0, len(time)
    for moment in sorted(set(time)):
        here = [event for t, event in zip(time, status, strict=True) if t == moment]
        events = sum(here)
        share *= 1 - events / at_risk
        spread += events / (at_risk * (at_risk - events)) if at_risk > events else 0.0
        steps.append(Step(moment, share, *_limits(share, spread, z)))
        at_risk -= len(here)
    return steps


def _limits(share: float, spread: float, z: float) -> tuple[float | None, float | None]:
    if share in (0.0, 1.0):
        return None, None
    half = z * sqrt(spread) / log(share)
    return share ** exp(-half), share ** exp(half)


def quantile(steps: Sequence[Step], p: float) -> Quantile:
    """When the share `p` has had the event: the middle of the stretch where the curve lies at 1 - p."""
    level = 1 - p
    return Quantile(
        _reached([(step.time, step.share) for step in steps], level),
        _reached([(step.time, step.lower) for step in steps if step.lower is not None], level),
        _reached([(step.time, step.upper) for step in steps if step.upper is not None], level),
    )


def _reached(points: Sequence[tuple[float, float | None]], level: float) -> float | None:
    known = [(time, share) for time, share in points if share is not None]
    first = next(((time, share) for time, share in known if share <= level + EQUAL), None)
    if first is None:
        return None
    time, share = first
    if share < level - EQUAL:
        return time
    beyond = next((t for t, s in known if s < level - EQUAL), known[-1][0])
    return (time + beyond) / 2


def share_at(steps: Sequence[Step], time: float) -> float:
    """The share still waiting at a time; after the last time, as at the last."""
    return next((step.share for step in reversed(steps) if step.time <= time), 1.0)


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
