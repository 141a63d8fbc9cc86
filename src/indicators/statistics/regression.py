"""Least squares, with the covariance of its coefficients by three conventions.

Classical: s²(X'X)⁻¹ with s² = RSS/(n − k). Newey & West, Econometrica 1987;55:703-708: Bartlett weights, no
small-sample factor (as statsmodels' HAC and R's sandwich without `adjust`; Stata's `newey` multiplies by
n/(n − k)); points that follow each other in the list count as neighbours, also across a gap (the "equal
spacing" of Datta & Du 2012). Clustered: Liang & Zeger, Biometrika 1986;73:13-22, with the usual factor
G/(G − 1) · (n − 1)/(n − k), where k counts every column.
"""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from math import sqrt

import numpy as np
import numpy.typing as npt

from .distributions import t_quantile, t_tail

Array = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Fit:
    """Coefficients with what their covariances are made of: (X'X)⁻¹, the rows and their residuals."""

    coef: Array
    inverse: Array
    x: Array
    residuals: Array

    @property
    def freedom(self) -> int:
        """Rows less columns."""
        return self.x.shape[0] - self.x.shape[1]


@dataclass(frozen=True)
class Coefficient:
    """One coefficient; no standard error, interval or p when nothing is left to judge the chance by."""

    value: float
    se: float | None
    lower95: float | None
    upper95: float | None
    p: float | None


def fit(x: Array, y: Array) -> Fit:
    """Least squares. ValueError when the rows cannot tell the columns apart."""
    if x.shape[0] < x.shape[1] or np.linalg.matrix_rank(x) < x.shape[1]:
        raise ValueError("för få mätpunkter för att skilja effekterna åt")
    q, r = np.linalg.qr(x)
    inner = np.linalg.inv(r)
    coef = inner @ (q.T @ y)
    return Fit(coef, inner @ inner.T, x, y - x @ coef)


def classical(done: Fit) -> Array | None:
    """The covariance when errors are independent and alike."""
    if not done.freedom:
        return None
    return done.inverse * float(done.residuals @ done.residuals) / done.freedom


def newey_west(done: Fit, lags: int) -> Array:
    """The covariance when errors hang together up to `lags` places apart."""
    scores = done.x * done.residuals[:, None]
    middle = scores.T @ scores
    for lag in range(1, min(lags, len(scores) - 1) + 1):
        shifted = scores[lag:].T @ scores[:-lag]
        middle += (1 - lag / (lags + 1)) * (shifted + shifted.T)
    return done.inverse @ middle @ done.inverse


def clustered(done: Fit, clusters: Sequence[Hashable]) -> Array | None:
    """The covariance when errors within a cluster hang together; None for a single cluster."""
    places = {name: place for place, name in enumerate(dict.fromkeys(clusters))}
    g, (n, k) = len(places), done.x.shape
    if g < 2 or n <= k:
        return None
    sums = np.zeros((g, k))
    np.add.at(sums, [places[name] for name in clusters], done.x * done.residuals[:, None])
    factor = g / (g - 1) * (n - 1) / (n - k)
    return factor * done.inverse @ (sums.T @ sums) @ done.inverse


def coefficient(value: float, variance: float | None, freedom: float) -> Coefficient:
    """A coefficient with its 95 % interval and p by the t distribution."""
    if variance is None or freedom < 1:
        return Coefficient(value, None, None, None, None)
    se = sqrt(max(variance, 0.0))
    half = t_quantile(0.975, freedom) * se
    p = t_tail(value / se, freedom) if se else float(value == 0)
    return Coefficient(value, se, value - half, value + half, p)
