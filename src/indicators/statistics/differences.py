"""Difference in differences: what changed where something was introduced, beyond what changed elsewhere.

2x2: y = 1 + treated + post + treated·post. Two-way fixed effects: a column a unit and a period, and
treated·post; the method of Card & Krueger, Am Econ Rev 1994;84:772-793. Standard errors: classical in 2x2
unless clusters are named, otherwise clustered (regression.py) with t of G − 1 degrees of freedom.

Starts at different times are refused: there the two-way estimate weighs some effects negatively
(Goodman-Bacon, J Econometrics 2021;225:254-277). So is a treatment that ends.

With few clusters, and most of all with few treated ones, clustered errors are too small. The verdict
therefore, where clusters are treated whole, ignores time within them (Bertrand, Duflo & Mullainathan, Q J
Econ 2004;119:249-275): each cluster is one change from before to after, and the two groups' changes are
compared by a t test with G − 2 degrees of freedom (Donald & Lang, Rev Econ Stat 2007;89:221-233).
With no effect, autocorrelation 0.4 and 8 periods, 400 draws each, it said "change" 3-8 % of the time with 1
to 10 treated clusters of 10 to 45; clustered errors alone said so 49 % with one treated and 16 % with two.
"""

from collections import defaultdict
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from statistics import fmean

import numpy as np

from . import regression
from .regression import Array, Coefficient

DESIGNS = ("2x2", "two_way_fixed_effects")
LEVEL, FEWEST = 0.05, 3


@dataclass(frozen=True)
class Row:
    """One outcome: whose, when, whether it belongs to those treated, and whether it is after the start."""

    unit: Hashable
    period: Hashable
    treated: bool
    post: bool
    y: float
    cluster: Hashable = None


@dataclass(frozen=True)
class Difference:
    """The effect with its chance; `verdict`: change or no_change, None where too little is known to say."""

    effect: Coefficient
    n: int
    clusters: int | None
    p_verdict: float | None
    verdict: str | None


def difference(rows: Sequence[Row], design: str) -> Difference:
    """The effect of the treatment. A row's cluster is its unit where two-way effects are asked for and none
    is named; None in 2x2 means independent rows.

    Raises ValueError for an unknown design, starts at different times, or rows that cannot tell the effect.
    """
    if design not in DESIGNS:
        raise ValueError("design ska vara 2x2 eller two_way_fixed_effects")
    if len(rows) < FEWEST:
        raise ValueError("för få rader för att skilja effekten åt")
    two_way = design == "two_way_fixed_effects"
    if two_way:
        _refuse_staggered(rows)
    clusters = _clusters(rows, two_way)
    y = np.array([row.y for row in rows], dtype=float)
    done = regression.fit(_two_way(rows) if two_way else _two_by_two(rows), y)
    groups = None if clusters is None else len(set(clusters))
    if clusters is None:
        covariance, freedom = regression.classical(done), done.freedom
    else:
        covariance, freedom = regression.clustered(done, clusters), (groups or 1) - 1
    variance = None if covariance is None else float(covariance[-1, -1])
    effect = regression.coefficient(float(done.coef[-1]), variance, freedom)
    p = effect.p if clusters is None else _by_changes(rows, clusters)
    verdict = None if p is None else "change" if p < LEVEL else "no_change"
    return Difference(effect, len(rows), groups, p, verdict)


def _clusters(rows: Sequence[Row], two_way: bool) -> list[Hashable] | None:
    if all(row.cluster is None for row in rows):
        return [row.unit for row in rows] if two_way else None
    if any(row.cluster is None for row in rows):
        raise ValueError("varje rad ska ha ett kluster, eller ingen")
    return [row.cluster for row in rows]


def _two_by_two(rows: Sequence[Row]) -> Array:
    return np.array([[1.0, row.treated, row.post, row.treated and row.post] for row in rows], dtype=float)


def _two_way(rows: Sequence[Row]) -> Array:
    units = {name: place for place, name in enumerate(dict.fromkeys(row.unit for row in rows))}
    periods = {name: place for place, name in enumerate(dict.fromkeys(row.period for row in rows))}
    # A column for each unit, one for each period but the first, and the treatment.
    x = np.zeros((len(rows), len(units) + len(periods)))
    for place, row in enumerate(rows):
        x[place, units[row.unit]] = 1
        if periods[row.period]:
            x[place, len(units) + periods[row.period] - 1] = 1
        x[place, -1] = row.treated and row.post
    return x


def _refuse_staggered(rows: Sequence[Row]) -> None:
    """One start for all who are treated, which nobody leaves: else the estimate would be biased."""
    ever = {row.unit for row in rows if row.treated and row.post}
    under: dict[Hashable, set[bool]] = defaultdict(set)
    for row in rows:
        if row.unit in ever:
            under[row.period].add(row.treated and row.post)
    if any(len(found) > 1 for found in under.values()):
        raise ValueError(
            "enheterna börjar vid olika tid; då blir skattningen skev. Jämför en grupp med samma start i "
            "taget mot enheter som inte har börjat"
        )
    ordered = [post for period in sorted(under, key=_in_order) for post in under[period]]
    if ordered != sorted(ordered):
        raise ValueError("behandlingen upphör under mätningen; det kan den här modellen inte skilja ut")


def _in_order(period: Hashable) -> tuple[int, float, str]:
    """Numbers as numbers, before texts in theirs."""
    if isinstance(period, int | float):
        return 0, float(period), ""
    return 1, 0.0, str(period)


def _by_changes(rows: Sequence[Row], clusters: Sequence[Hashable]) -> float | None:
    """The chance of the difference when each cluster is one change; None where that cannot be told."""
    values: dict[tuple[Hashable, bool], list[float]] = defaultdict(list)
    treated: dict[Hashable, set[bool]] = defaultdict(set)
    for row, cluster in zip(rows, clusters, strict=True):
        values[cluster, row.post].append(row.y)
        treated[cluster].add(row.treated)
    whole = [c for c in treated if len(treated[c]) == 1 and (c, False) in values and (c, True) in values]
    changes = np.array([fmean(values[c, True]) - fmean(values[c, False]) for c in whole])
    sides = np.array([[1.0, True in treated[c]] for c in whole], dtype=float).reshape(-1, 2)
    if len(whole) - 2 < FEWEST or len(set(sides[:, 1])) < 2:
        return None
    done = regression.fit(sides, changes)
    covariance = regression.classical(done)
    variance = None if covariance is None else float(covariance[1, 1])
    return regression.coefficient(float(done.coef[1]), variance, done.freedom).p
