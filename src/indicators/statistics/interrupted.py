"""Interrupted time series: did the level or the trend change when something was introduced?

Segmented regression after Wagner et al., J Clin Pharm Ther 2002;27:299-309:
y = intercept + trend·t + level_change·[t ≥ t0] + trend_change·(t − t0)·[t ≥ t0], with t = 0, 1, … and, when
asked, one yearly wave of twelve. Missing and excluded points are left out and time goes on.

Standard errors: `ols` and `newey_west` as in regression.py; `ar1` by generalised least squares with
first-order autocorrelation, estimated by restricted maximum likelihood between −0.9 and 0.98, also across
gaps (as R's nlme::gls with corAR1). Intervals and p: t with n − k degrees of freedom.

The verdict does not rest on them: all three find changes that are not there in short series. It is a joint
F test of level and trend under `ar1` whose chance is found by drawing 1999 series without effect (parametric
bootstrap; always the same draws), at the estimated autocorrelation plus one standard error of it.
Measured on series without effect at autocorrelation 0.4, starts from the first quarter to the third, 500 of
each length: it said "change" of 6.2, 4.0, 6.0 and 4.6 % at 24, 36, 48 and 60 points (5.2 % of all 2,000). It
does not hold for series that wander more: at 0.8 the rate is 5 to 8 %.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from math import pi, sqrt
from typing import Any

import numpy as np

from . import regression
from .regression import Array, Coefficient

METHODS = ("ols", "newey_west", "ar1")
SEASONS = (None, "harmonic12")
NAMES = ("intercept", "trend", "level_change", "trend_change")
WAVE = ("sin12", "cos12")
DRAWS, SEED, LEVEL = 1999, 20240701, 0.05
FEWEST_BESIDE, FEWEST_LEFT = 3, 4
GRID = np.linspace(-0.9, 0.98, 48)
HIGHEST = 0.95


@dataclass(frozen=True)
class Change:
    """The coefficients by name, the estimated autocorrelation, and what may be said.

    `verdict`: change or no_change, None where there are too few points to say; `p_verdict`: its chance.
    """

    coefficients: dict[str, Coefficient]
    n_used: int
    effect_at_last_point: float
    autocorrelation: float
    p_verdict: float | None
    verdict: str | None


def change(
    y: Sequence[float | None],
    start_index: int,
    *,
    method: str = "ols",
    lags: int | None = None,
    season: str | None = None,
    exclude: Collection[int] = (),
) -> Change:
    """How a series changed from place `start_index` (0 is the first point).

    `lags`: of Newey-West, otherwise ⌊4(n/100)^(2/9)⌋. Raises ValueError for an unknown method or season, a
    start outside the series, or too few points to tell the effects apart.
    """
    if method not in METHODS or season not in SEASONS:
        raise ValueError("method ska vara ols, newey_west eller ar1, och season null eller harmonic12")
    if not 0 < start_index < len(y):
        raise ValueError("start_index ska ligga inne i serien")
    used = [i for i, value in enumerate(y) if value is not None and i not in set(exclude)]
    values = np.array([y[i] for i in used], dtype=float)
    x = _design(used, start_index, season)
    done = regression.fit(x, values)
    phi = _autocorrelation(x, values, used)
    names = NAMES + (WAVE if season else ())
    found = dict(zip(names, _coefficients(done, method, lags, used, phi), strict=True))
    p = _chance(x, values, used, start_index, phi)
    return Change(
        coefficients=found,
        n_used=len(used),
        effect_at_last_point=found["level_change"].value
        + found["trend_change"].value * (used[-1] - start_index),
        autocorrelation=phi,
        p_verdict=p,
        verdict=None if p is None else "change" if p < LEVEL else "no_change",
    )


def _design(used: Sequence[int], start: int, season: str | None) -> Array:
    t = np.array(used, dtype=float)
    after = (t >= start).astype(float)
    columns = [np.ones_like(t), t, after, (t - start) * after]
    if season:
        columns += [np.sin(2 * pi * t / 12), np.cos(2 * pi * t / 12)]
    return np.column_stack(columns)


def _coefficients(
    done: regression.Fit, method: str, lags: int | None, used: Sequence[int], phi: float
) -> list[Coefficient]:
    if method == "ar1":
        done = _whitened_fit(done, used, phi)
    covariance: Array | None = regression.classical(done)
    if method == "newey_west":
        covariance = regression.newey_west(done, _lags(len(used)) if lags is None else lags)
    return [
        regression.coefficient(
            float(value), None if covariance is None else float(covariance[i, i]), done.freedom
        )
        for i, value in enumerate(done.coef)
    ]


def _lags(n: int) -> int:
    return int(4 * (n / 100) ** (2 / 9))


# First-order autocorrelation


def _steps(used: Sequence[int], phi: float) -> tuple[Array, Array]:
    """How much of each point's error the next one keeps, over gaps too, and the spread of what is new."""
    keeps = np.power(phi, np.diff(used))
    return keeps, np.sqrt(1 - keeps**2)


def _whitened(rows: Array, used: Sequence[int], phi: float) -> Array:
    """The rows made such that errors with autocorrelation `phi` become independent and alike."""
    keeps, fresh = (one[:, None] for one in _steps(used, phi))
    return np.concatenate([rows[:1], (rows[1:] - keeps * rows[:-1]) / fresh])


def _whitened_fit(done: regression.Fit, used: Sequence[int], phi: float) -> regression.Fit:
    y = (done.x @ done.coef + done.residuals)[:, None]
    return regression.fit(_whitened(done.x, used, phi), _whitened(y, used, phi)[:, 0])


def _autocorrelation(x: Array, y: Array, used: Sequence[int]) -> float:
    """The autocorrelation of restricted maximum likelihood: the best of a grid, then closer by thirds."""
    if len(used) - x.shape[1] < FEWEST_LEFT:
        return 0.0
    likelihood = [_likelihood(x, y, used, phi) for phi in GRID]
    best, step = int(np.argmax(likelihood)), float(GRID[1] - GRID[0])
    low, high = GRID[best] - step, min(GRID[best] + step, GRID[-1])
    while high - low > 1e-10:
        left, right = low + (high - low) / 3, high - (high - low) / 3
        if _likelihood(x, y, used, left) < _likelihood(x, y, used, right):
            low = left
        else:
            high = right
    return float((low + high) / 2)


def _likelihood(x: Array, y: Array, used: Sequence[int], phi: float) -> float:
    q, r = np.linalg.qr(_whitened(x, used, phi))
    made = _whitened(y[:, None], used, phi)[:, 0]
    rest = made - q @ (q.T @ made)
    return float(_restricted(used, phi, r, rest @ rest))


def _restricted(used: Sequence[int], phi: float, r: Array, rest: Any) -> Any:
    """The restricted log-likelihood, but for what does not depend on `phi`; of one or of many series."""
    volume = -np.log(_steps(used, phi)[1]).sum() - np.log(np.abs(np.diag(r))).sum()
    return volume - (len(used) - len(r)) / 2 * np.log(np.maximum(rest, 1e-300))


# The verdict


def _chance(x: Array, y: Array, used: Sequence[int], start: int, phi: float) -> float | None:
    """How often a series without any effect would show at least as much; None for too few points."""
    before = sum(place < start for place in used)
    if min(before, len(used) - before) < FEWEST_BESIDE or len(used) - x.shape[1] < FEWEST_LEFT:
        return None
    shown = _joint_f(x, y[:, None], used)[0]
    held = min(phi + sqrt((1 - min(max(phi, 0.0), 1.0) ** 2) / len(used)), HIGHEST)
    drawn = _joint_f(x, _series(used, held), used)
    return float((1 + np.sum(drawn >= shown)) / (1 + DRAWS))


def _series(used: Sequence[int], phi: float) -> Array:
    """Series without effect, a column each."""
    made = np.random.default_rng(SEED).standard_normal((len(used), DRAWS))
    for i, (keeps, fresh) in enumerate(zip(*_steps(used, phi), strict=True), 1):
        made[i] = keeps * made[i - 1] + fresh * made[i]
    return made


def _joint_f(x: Array, many: Array, used: Sequence[int]) -> Array:
    """Of each column: the F of level and trend together, at the autocorrelation that fits it best."""
    rest_columns = [i for i in range(x.shape[1]) if i not in (2, 3)]
    freedom = len(used) - x.shape[1]
    best, f = np.full(many.shape[1], -np.inf), np.zeros(many.shape[1])
    for phi in GRID:
        made, full = _whitened(many, used, phi), _whitened(x, used, phi)
        q, r = np.linalg.qr(full)
        short, _ = np.linalg.qr(full[:, rest_columns])
        whole = np.einsum("ij,ij->j", made, made)
        left = np.maximum(whole - ((q.T @ made) ** 2).sum(axis=0), 1e-12 * whole)
        without = whole - ((short.T @ made) ** 2).sum(axis=0)
        likelihood = _restricted(used, phi, r, left)
        better = likelihood > best
        best = np.where(better, likelihood, best)
        f = np.where(better, (without - left) / 2 / (np.maximum(left, 1e-300) / freedom), f)
    return f
