"""Tails and quantiles of the normal, t, chi-squared, F and beta distributions, for numbers and for arrays.

`…_below(x, …)` is P(X <= x), `…_above(x, …)` is P(X > x): a small tail keeps its relative accuracy, so ask for the one
you mean. `…_quantile(p, …)` is the x with P(X <= x) = p; `upper=True` reads p as the tail above. Arguments broadcast as
in numpy; numbers give a `float`, arrays an array of float64. Where a question has no answer (p outside [0, 1], degrees
of freedom not above 0) the answer is NaN. Degrees of freedom may be infinite for t. Accurate to 1e-12 (relative, or of
the standard deviation of the distribution), which tests hold against another library.

Quantiles are found where log-concavity helps: the logarithm of each of these tails is concave in log x (or in
log(x/(1-x)) for beta), so that Newton's method converges from any start; Halley's correction makes it cubic.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from statistics import NormalDist
from typing import cast

import numpy as np
from numpy.typing import NDArray

from .columns import F64
from .elementwise import Of1, Of2, Of3, Quantile1, Quantile2, Quantile3, elementwise
from .incomplete import beta_density, beta_tails, gamma_density, gamma_tails

_STANDARD = NormalDist()
_FAR = 700.0
"""Answers under exp(-700), about 1e-304, are given as 0."""
_ROUNDS = 100
_NEARLY_NORMAL = 2_000
"""From so many degrees of freedom on t follows from z."""
_Tails = Callable[[F64, NDArray[np.intp]], tuple[F64, F64, F64, F64]]


@elementwise
def _normal_above(z: F64) -> F64:
    """P(Z > z) of the standard normal distribution."""
    return np.array([math.erfc(each / math.sqrt(2)) / 2 for each in z.tolist()])


@elementwise
def _normal_below(z: F64) -> F64:
    """P(Z <= z) of the standard normal distribution."""
    return np.array([math.erfc(-each / math.sqrt(2)) / 2 for each in z.tolist()])


@elementwise
def _normal_quantile(p: F64, *, upper: bool = False) -> F64:
    """z with P(Z <= z) = p (Wichura 1988, AS 241)."""
    sign = -1.0 if upper else 1.0
    known, place = np.unique(p, return_inverse=True)
    return np.array([sign * _standard_quantile(each) for each in known.tolist()])[place]


def _standard_quantile(p: float) -> float:
    if 0 < p < 1:
        return _STANDARD.inv_cdf(p)
    return math.copysign(math.inf, p - 0.5) if p in (0, 1) else math.nan


def _beta_pair(x: F64, y: F64, a: F64, b: F64) -> tuple[F64, F64]:
    """Both tails at x = 1 - y, with the ends of the interval and what is undefined."""
    below, above = np.full(x.shape, np.nan), np.full(x.shape, np.nan)
    known = (a > 0) & (b > 0) & np.isfinite(a) & np.isfinite(b)
    below[known & (x <= 0)], above[known & (x <= 0)] = 0.0, 1.0
    below[known & (y <= 0)], above[known & (y <= 0)] = 1.0, 0.0
    inside = known & (x > 0) & (y > 0)
    if inside.any():
        a, b, x, y = a[inside], b[inside], x[inside], y[inside]
        below[inside], above[inside] = beta_tails(a, b, x, y, beta_density(a, b, x, y))
    return below, above


@elementwise
def _beta_below(x: F64, a: F64, b: F64) -> F64:
    """P(X <= x), X beta with parameters a, b: the regularised incomplete beta function I_x(a, b)."""
    return _beta_pair(x, 1 - x, a, b)[0]


@elementwise
def _beta_above(x: F64, a: F64, b: F64) -> F64:
    """P(X > x), X beta with parameters a, b."""
    return _beta_pair(x, 1 - x, a, b)[1]


@elementwise
def _beta_quantile(p: F64, a: F64, b: F64, *, upper: bool = False) -> F64:
    """x with P(X <= x) = p, X beta with parameters a, b."""
    v = _beta_logit(*_both(p, upper), a, b)
    return np.asarray(np.where(v < 0, np.exp(np.minimum(v, 0)), 1.0) / (1 + np.exp(-np.abs(v))), dtype=np.float64)


@elementwise
def _f_below(x: F64, df1: F64, df2: F64) -> F64:
    """P(F <= x), F with df1 and df2 degrees of freedom."""
    return _f_pair(x, df1, df2)[0]


@elementwise
def _f_above(x: F64, df1: F64, df2: F64) -> F64:
    """P(F > x), F with df1 and df2 degrees of freedom."""
    return _f_pair(x, df1, df2)[1]


def _f_pair(x: F64, df1: F64, df2: F64) -> tuple[F64, F64]:
    total = df1 * x + df2
    x = np.maximum(x, 0.0)
    share = np.where(np.isinf(x), 1.0, df1 * x / total)
    return _beta_pair(share, np.where(np.isinf(x), 0.0, df2 / total), df1 / 2, df2 / 2)


@elementwise
def _f_quantile(p: F64, df1: F64, df2: F64, *, upper: bool = False) -> F64:
    """x with P(F <= x) = p, F with df1 and df2 degrees of freedom."""
    return df2 / df1 * np.exp(_beta_logit(*_both(p, upper), df1 / 2, df2 / 2))


@elementwise
def _t_above(t: F64, df: F64) -> F64:
    """P(T > t), T with df degrees of freedom."""
    square = t * t
    finite = np.isfinite(df)
    total = df + square
    tail = _beta_pair(
        np.where(np.isinf(t), 0.0, df / total), np.where(np.isinf(t), 1.0, square / total), df / 2, df / df / 2
    )
    result = np.where(t >= 0, tail[0] / 2, 0.5 + tail[1] / 2)
    unbounded = ~finite & (df > 0)
    if unbounded.any():
        result[unbounded] = _normal_above(t[unbounded])
    return result


@elementwise
def _t_below(t: F64, df: F64) -> F64:
    """P(T <= t), T with df degrees of freedom."""
    return np.atleast_1d(_t_above(-t, df))


@elementwise
def _t_quantile(p: F64, df: F64, *, upper: bool = False) -> F64:
    """t with P(T <= t) = p, T with df degrees of freedom."""
    low, high = _both(p, upper)
    tail = np.minimum(low, high)
    size = _from_normal(np.atleast_1d(_normal_quantile(tail, upper=True)), df)
    rows = np.flatnonzero((df < _NEARLY_NORMAL) | ~(size < 8))
    rows = rows[np.isfinite(df[rows])]
    if rows.size:
        tail, start = tail[rows], size[rows]
        df = df[rows]
        begin = np.where((df > 2) & (start > 0), np.log(df) - 2 * np.log(start), np.nan)
        v = _beta_logit(2 * tail, 1 - 2 * tail, df / 2, np.full_like(df, 0.5), begin=begin)
        size[rows] = np.sqrt(df) * np.exp(-v / 2)
    return np.where(low < high, -size, size)


def _from_normal(z: F64, df: F64) -> F64:
    """t from z by powers of 1/df (Abramowitz and Stegun 26.7.5); from 2,000 degrees of freedom on exact to 1e-14."""
    square = z * z
    first = (square + 1) / 4
    second = ((5 * square + 16) * square + 3) / 96
    third = (((3 * square + 19) * square + 17) * square - 15) / 384
    fourth = ((((79 * square + 776) * square + 1482) * square - 1920) * square - 945) / 92160
    part = np.where(df > 0, 1 / df, np.nan)
    return np.asarray(z * (1 + part * (first + part * (second + part * (third + part * fourth)))), dtype=np.float64)


@elementwise
def _chi2_below(x: F64, df: F64) -> F64:
    """P(X <= x), X chi-squared with df degrees of freedom."""
    return _chi2_pair(x, df)[0]


@elementwise
def _chi2_above(x: F64, df: F64) -> F64:
    """P(X > x), X chi-squared with df degrees of freedom."""
    return _chi2_pair(x, df)[1]


def _chi2_pair(x: F64, df: F64) -> tuple[F64, F64]:
    below, above = np.full(x.shape, np.nan), np.full(x.shape, np.nan)
    known = (df > 0) & np.isfinite(df)
    below[known & (x <= 0)], above[known & (x <= 0)] = 0.0, 1.0
    below[known & np.isinf(x) & (x > 0)], above[known & np.isinf(x) & (x > 0)] = 1.0, 0.0
    inside = known & (x > 0) & np.isfinite(x)
    if inside.any():
        a, half = df[inside] / 2, x[inside] / 2
        below[inside], above[inside] = gamma_tails(a, half, gamma_density(a, half))
    return below, above


@elementwise
def _chi2_quantile(p: F64, df: F64, *, upper: bool = False) -> F64:
    """x with P(X <= x) = p, X chi-squared with df degrees of freedom."""
    low, high = _both(p, upper)
    a = df / 2
    z = np.atleast_1d(_normal_quantile(np.minimum(low, high))) * np.where(low < high, 1, -1)
    cube = 1 - 1 / (9 * a) + z / (3 * np.sqrt(a))
    small = (np.log(low) + np.log(a) + _log_gamma(a)) / a
    start = np.where((cube > 0.2) & (a > 0.3), np.log(a) + 3 * np.log(np.maximum(cube, 0.1)), small)

    def tails(u: F64, at: NDArray[np.intp]) -> tuple[F64, F64, F64, F64]:
        shape, x = a[at], np.exp(u)
        density = gamma_density(shape, x)
        return *gamma_tails(shape, x, density), density, shape - x

    return 2 * np.exp(_solve(tails, low, high, start, known=(df > 0) & np.isfinite(df)))


def _log_gamma(a: F64) -> F64:
    return np.array([math.lgamma(each) if 0 < each < math.inf else math.nan for each in a.tolist()])


def _both(p: F64, upper: bool) -> tuple[F64, F64]:
    """The tails below and above; outside [0, 1] neither is known."""
    p = np.where((p >= 0) & (p <= 1), p, np.nan)
    return (1 - p, p) if upper else (p, 1 - p)


def _beta_logit(low: F64, high: F64, a: F64, b: F64, *, begin: F64 | None = None) -> F64:
    """log(x/(1-x)) with I_x(a, b) = low and 1 - I_x(a, b) = high, found from `begin` where that is known."""
    start = np.full(a.shape, np.nan) if begin is None else begin
    unknown = np.flatnonzero(np.isnan(start))
    start[unknown] = _near_logit(low[unknown], high[unknown], a[unknown], b[unknown])

    def tails(v: F64, at: NDArray[np.intp]) -> tuple[F64, F64, F64, F64]:
        shape, other = a[at], b[at]
        share = np.exp(-np.abs(v)) / (1 + np.exp(-np.abs(v)))
        x, y = np.where(v < 0, share, 1 - share), np.where(v < 0, 1 - share, share)
        density = beta_density(shape, other, x, y)
        return *beta_tails(shape, other, x, y, density), density, shape * y - other * x

    return _solve(tails, low, high, start, known=(a > 0) & (b > 0) & np.isfinite(a) & np.isfinite(b))


def _near_logit(low: F64, high: F64, a: F64, b: F64) -> F64:
    """About where it is: Abramowitz and Stegun 26.5.22, for small parameters the power law of the end with more."""
    z = np.atleast_1d(_normal_quantile(np.minimum(low, high))) * np.where(low < high, 1, -1)
    r, s = 1 / (2 * a - 1), 1 / (2 * b - 1)
    h, k = 2 / (r + s), (z * z - 3) / 6
    w = -z * np.sqrt(h + k) / h - (s - r) * (k + 5 / 6 - 2 / (3 * h))
    start = np.log(a / b) - 2 * w
    rows = np.flatnonzero(~((np.minimum(a, b) > 1) & (h + k > 0)))
    if rows.size:
        low, high, a, b = low[rows], high[rows], a[rows], b[rows]
        constant = _log_gamma(a) + _log_gamma(b) - _log_gamma(a + b)
        start[rows] = np.where(
            a < b, (np.log(low) + np.log(a) + constant) / a, -(np.log(high) + np.log(b) + constant) / b
        )
    return np.asarray(start, dtype=np.float64)


def _solve(tails: _Tails, low: F64, high: F64, start: F64, *, known: NDArray[np.bool_]) -> F64:
    """u where the tails below and above are low and high; `tails(u, rows)` gives both, the density and its log-slope.

    The smaller tail F is used: log F is concave in u, F'/F = r and (log F)'' = r (slope - r).
    """
    u = np.where(np.isfinite(start), np.clip(start, -_FAR, _FAR), 0.0)
    known = known & ~np.isnan(low)
    u = np.where(known, u, np.nan)
    u = np.where(known & (low <= 0), -np.inf, np.where(known & (high <= 0), np.inf, u))
    rows = np.flatnonzero(known & (low > 0) & (high > 0))
    lower = low < high
    floor, ceiling = np.full(u.shape, -_FAR), np.full(u.shape, _FAR)
    for _ in range(_ROUNDS):
        if not rows.size:
            break
        below, above, density, slope = tails(u[rows], rows)
        left = lower[rows]
        sign = np.where(left, 1.0, -1.0)
        tail, wanted = np.where(left, below, above), np.where(left, low[rows], high[rows])
        rate = np.maximum(density, 1e-300) / np.maximum(tail, 1e-300)
        off = (tail - wanted) / wanted
        gap = np.where(np.abs(off) < 0.5, np.log1p(off), np.log(np.maximum(tail, 1e-300)) - np.log(wanted))
        # Halley's step for log F - log wanted, whose curvature is never positive.
        bend = np.minimum(rate * (sign * slope - rate), 0.0)
        step = -gap / rate
        step = step / np.clip(1 + step * bend / (2 * rate), 0.5, 2.0)
        here = u[rows]
        past = (gap > 0) == left
        floor[rows] = np.where(past, floor[rows], here)
        ceiling[rows] = np.where(past, here, ceiling[rows])
        there = here + sign * step
        moved = np.abs(step) * rate > 1e-5
        # A step out of what is known to hold the answer came from where the tail is 0 or 1 to the last digit.
        stray = moved & ~((there > floor[rows]) & (there < ceiling[rows]))
        u[rows] = np.where(stray, (floor[rows] + ceiling[rows]) / 2, there)
        rows = rows[moved]
    return np.where(u < 1 - _FAR, -np.inf, np.where(u > _FAR - 1, np.inf, u))


normal_below: Of1 = cast(Of1, _normal_below)
normal_above: Of1 = cast(Of1, _normal_above)
normal_quantile: Quantile1 = cast(Quantile1, _normal_quantile)
t_below: Of2 = cast(Of2, _t_below)
t_above: Of2 = cast(Of2, _t_above)
t_quantile: Quantile2 = cast(Quantile2, _t_quantile)
chi2_below: Of2 = cast(Of2, _chi2_below)
chi2_above: Of2 = cast(Of2, _chi2_above)
chi2_quantile: Quantile2 = cast(Quantile2, _chi2_quantile)
beta_below: Of3 = cast(Of3, _beta_below)
beta_above: Of3 = cast(Of3, _beta_above)
beta_quantile: Quantile3 = cast(Quantile3, _beta_quantile)
f_below: Of3 = cast(Of3, _f_below)
f_above: Of3 = cast(Of3, _f_above)
f_quantile: Quantile3 = cast(Quantile3, _f_quantile)
