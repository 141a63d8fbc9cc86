"""Quantiles and tails of the normal, t, chi-square and binomial distributions.

The incomplete gamma and beta functions follow Press et al., Numerical Recipes, 3rd ed., 6.2 and 6.4 (series
and Lentz's continued fraction). Quantiles are found by halving an interval until it no longer shrinks, so
they are as exact as the distribution functions.
"""

from collections.abc import Callable
from math import comb, exp, inf, lgamma, log, log1p
from statistics import NormalDist

TINY, CLOSE = 1e-300, 1e-15


def normal_quantile(p: float) -> float:
    """The point with probability `p` below it in the standard normal distribution."""
    return NormalDist().inv_cdf(p)


def normal_tail(z: float) -> float:
    """The probability of a standard normal value at least as far from 0 as `z`."""
    return 2 * NormalDist().cdf(-abs(z))


def gamma_below(shape: float, x: float) -> float:
    """The regularised lower incomplete gamma function P(shape, x)."""
    if x <= 0:
        return 0.0
    if x < shape + 1:
        return _gamma_series(shape, x)
    return 1.0 - _gamma_fraction(shape, x)


def gamma_above(shape: float, x: float) -> float:
    """The regularised upper incomplete gamma function Q(shape, x)."""
    if x <= 0:
        return 1.0
    if x < shape + 1:
        return 1.0 - _gamma_series(shape, x)
    return _gamma_fraction(shape, x)


def _gamma_series(shape: float, x: float) -> float:
    term = total = 1 / shape
    step = 0
    while abs(term) >= abs(total) * CLOSE:
        step += 1
        term *= x / (shape + step)
        total += term
    return total * exp(shape * log(x) - x - lgamma(shape))


def _gamma_fraction(shape: float, x: float) -> float:
    def pair(step: int) -> tuple[float, float]:
        return -step * (step - shape), x + 2 * step + 1 - shape

    return exp(shape * log(x) - x - lgamma(shape)) / _lentz(x + 1 - shape, pair)


def _lentz(first: float, pair: Callable[[int], tuple[float, float]]) -> float:
    """first + a1/(b1 + a2/(b2 + …)) with (a, b) = pair(step), by the modified method of Lentz."""
    value = first or TINY
    upper, lower, change, step = value, 0.0, inf, 0
    while abs(change - 1) >= CLOSE:
        step += 1
        a, b = pair(step)
        lower = 1 / (b + a * lower or TINY)
        upper = b + a / upper or TINY
        change = upper * lower
        value *= change
    return value


def beta_below(a: float, b: float, x: float) -> float:
    """The regularised incomplete beta function I(a, b; x)."""
    if x <= 0 or x >= 1:
        return 0.0 if x <= 0 else 1.0
    if x > (a + 1) / (a + b + 2):
        return 1.0 - beta_below(b, a, 1 - x)
    front = exp(lgamma(a + b) - lgamma(a) - lgamma(b) + a * log(x) + b * log1p(-x))

    def pair(step: int) -> tuple[float, float]:
        half = step // 2
        if step % 2:
            return -(a + half) * (a + b + half) * x / ((a + 2 * half) * (a + 2 * half + 1)), 1.0
        return half * (b - half) * x / ((a + 2 * half - 1) * (a + 2 * half)), 1.0

    return front / (a * _lentz(1.0, pair))


def chi_square_tail(x: float, freedom: float) -> float:
    """The probability of more than `x` with `freedom` degrees of freedom."""
    return gamma_above(freedom / 2, x / 2)


def chi_square_quantile(p: float, freedom: float) -> float:
    """The point with probability `p` below it; 0 for no degrees of freedom."""
    if freedom == 0:
        return 0.0
    return _halved(lambda x: gamma_below(freedom / 2, x / 2), p, 0.0)


def t_tail(t: float, freedom: float) -> float:
    """The probability of a value at least as far from 0 as `t`."""
    return beta_below(freedom / 2, 0.5, freedom / (freedom + t * t))


def t_quantile(p: float, freedom: float) -> float:
    """The point with probability `p` below it."""
    if p < 0.5:
        return -t_quantile(1 - p, freedom)
    return _halved(lambda t: 1 - t_tail(t, freedom) / 2, p, 0.0)


def binomial_half_quantile(p: float, trials: int) -> int:
    """The smallest number of heads in `trials` fair throws with probability at least `p` at or below it."""
    needed, below = p * 2**trials * (1 - 1e-14), 0
    for heads in range(trials + 1):
        below += comb(trials, heads)
        if below >= needed:
            return heads
    return trials


def _halved(below: Callable[[float], float], p: float, low: float) -> float:
    """Where a growing distribution function, from `low` on, reaches `p`."""
    if not 0 <= p < 1:
        raise ValueError("sannolikheten ska ligga mellan 0 och 1")
    high = 1.0
    while below(high) < p and high < inf:
        low, high = high, high * 2
    while True:
        middle = (low + high) / 2
        if middle in (low, high):
            return middle
        low, high = (middle, high) if below(middle) < p else (low, middle)
