"""Confidence intervals for proportions, from an estimate, its variance, n and degrees of freedom.

Korn-Graubard is the default. `limits` takes arrays, `interval` and the functions named after the methods one estimate.
With t = t(1 - α/2; df) and nₑ = p(1 - p)/V, the effective n:

* **Korn-Graubard** (1998): n* = nₑ (t(n-1)/t)², limits Beta(α/2; n*p, n*(1-p)+1) and Beta(1-α/2; n*p+1, n*(1-p)). Here
  n* <= n, as in the standards of the NCHS (Parker et al. 2017): an effective n above the real one is mostly chance in
  the variance, and a published interval should not rest on it. **Beta** is the same without that cap, as R's
  `svyciprop`; it is the one for samples that hold a large part of their population, whose variance is truly smaller.
* **Wilson** (1927; Kott and Carr 1997): c ± t/(1+t²/nₑ) √(p(1-p)/nₑ + t²/4nₑ²), c = (p + t²/2nₑ)/(1 + t²/nₑ).
* **Logit**: expit(log(p/(1-p)) ± t SE/(p(1-p))).
* **Likelihood** (Rao and Scott 1984): all θ with 2nₑ (n-1)/n (p log(p/θ) + (1-p) log((1-p)/(1-θ))) <= t². The factor is
  the dispersion that R's `svyglm` estimates; R then interpolates, so that its limits differ by some 1e-5.
* **Arcsine**: sin²(arcsin √p ± t/(2√nₑ)), the angle held between 0 and π/2 (R lets it turn back at 0).
* **Wald**: p ± t SE; for anything that is no proportion. For a proportion its true coverage is often under 90 %.

Where every answer is the same, p = 0 or 1, the variance is 0 and says nothing. The design effect is then taken as 1:
nₑ = n, so that Korn-Graubard gives 1 - (α/2)^(1/n*) above 0 events, Wilson t²/(n + t²), likelihood 1 - exp(-t²/2(n-1)),
arcsine sin²(t/2√n). Logit has no answer there; it gets the one of Korn-Graubard, and says so. Wald keeps its ± 0.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import Any

import numpy as np

from .columns import F64
from .distributions import beta_quantile, t_quantile
from .refusals import RefusedEstimateError

_ROUNDING = 1e-12
FEW = 4
"""So few degrees of freedom are looked up one by one."""


class Method(StrEnum):
    """How an interval is made."""

    KORN_GRAUBARD = "korn-graubard"
    BETA = "beta"
    """Korn-Graubard without the cap on n*, as R's `svyciprop(method = "beta")`."""
    WILSON = "wilson"
    LOGIT = "logit"
    LIKELIHOOD = "likelihood"
    ARCSINE = "arcsine"
    WALD = "wald"


@dataclass(frozen=True, kw_only=True)
class Interval:
    """From `low` to `high`. `method` is the one that was used, which at 0 and 100 % may not be the one asked for."""

    low: float
    high: float
    level: float
    method: Method
    n: int
    df: float
    effective_n: float | None
    """n* of Korn-Graubard and beta, nₑ of the others; `None` for Wald."""

    @property
    def width(self) -> float:
        """From end to end."""
        return self.high - self.low


def interval(
    p: float, variance: float, n: int, df: float, *, level: float = 0.95, method: str = Method.KORN_GRAUBARD
) -> Interval:
    """The interval of one estimate.

    `p` is a share between 0 and 1 (any number for Wald), `n` the answers it rests on, `df` the degrees of freedom of
    the variance, at least 1.
    Raises `RefusedEstimateError` (`not-a-level`, `no-such-method`, `no-degrees`, `not-a-share`, `not-a-variance`).
    """
    chosen = _method(method)
    if chosen is not Method.WALD:
        p = float(_snapped(np.asarray(p, dtype=np.float64)))
        if not 0 <= p <= 1:
            raise RefusedEstimateError("not-a-share", value=p)
    if not variance >= 0 or not np.isfinite(variance):
        raise RefusedEstimateError("not-a-variance", value=variance)
    if not df >= 1:
        raise RefusedEstimateError("no-degrees", df=df)
    if chosen is Method.LOGIT and p in (0, 1):
        chosen = Method.KORN_GRAUBARD
    low, high = limits(p, variance, n, df, level=level, method=chosen)
    rests_on = None
    if chosen is not Method.WALD:
        rests_on = float(_effective(*_columns(p, variance, n, df), level=level, method=chosen)[0])
    return Interval(low=float(low), high=float(high), level=level, method=chosen, n=n, df=df, effective_n=rests_on)


def limits(
    p: Any, variance: Any, n: Any, df: Any, *, level: float = 0.95, method: str = Method.KORN_GRAUBARD
) -> tuple[F64, F64]:
    """Both ends for arrays of estimates of one shape (what is a number stands for all).

    NaN where there is no answer: df under 1, n under 1, a share outside [0, 1], a variance that is not known.
    Raises `RefusedEstimateError` (`not-a-level`, `no-such-method`).
    """
    if not 0 < level < 1:
        raise RefusedEstimateError("not-a-level", level=level)
    shape = np.broadcast_shapes(*(np.shape(each) for each in (p, variance, n, df)))
    columns = _columns(p, variance, n, df)
    chosen = _method(method)
    if chosen is not Method.WALD:
        columns = (_snapped(columns[0]), *columns[1:])
    with np.errstate(all="ignore"):
        low, high = _WAYS[chosen](*columns, level)
    known = np.isfinite(columns[0]) if chosen is Method.WALD else (columns[0] >= 0) & (columns[0] <= 1)
    unknown = ~(known & (columns[1] >= 0) & (columns[3] >= 1))
    for end in (low, high):
        end[unknown] = np.nan
    return low.reshape(shape), high.reshape(shape)


def korn_graubard(
    p: float, variance: float, n: int, df: float, *, level: float = 0.95, capped: bool = True
) -> Interval:
    """Korn-Graubard; `capped` holds n* <= n. See the module."""
    return interval(p, variance, n, df, level=level, method=Method.KORN_GRAUBARD if capped else Method.BETA)


def wilson(p: float, variance: float, n: int, df: float, *, level: float = 0.95) -> Interval:
    """Wilson's score interval with the effective n and t. See the module."""
    return interval(p, variance, n, df, level=level, method=Method.WILSON)


def logit(p: float, variance: float, n: int, df: float, *, level: float = 0.95) -> Interval:
    """Symmetric in log(p/(1-p)). See the module."""
    return interval(p, variance, n, df, level=level, method=Method.LOGIT)


def likelihood(p: float, variance: float, n: int, df: float, *, level: float = 0.95) -> Interval:
    """The binomial likelihood, scaled by the design effect. See the module."""
    return interval(p, variance, n, df, level=level, method=Method.LIKELIHOOD)


def arcsine(p: float, variance: float, n: int, df: float, *, level: float = 0.95) -> Interval:
    """Symmetric in arcsin √p. See the module."""
    return interval(p, variance, n, df, level=level, method=Method.ARCSINE)


def wald(value: float, variance: float, n: int, df: float, *, level: float = 0.95) -> Interval:
    """value ± t SE, for totals, means and differences. See the module."""
    return interval(value, variance, n, df, level=level, method=Method.WALD)


def effective_n(p: Any, variance: Any, n: Any) -> F64:
    """nₑ = p(1 - p)/V; n where p is 0 or 1, infinite where the variance is 0 otherwise. Arrays of one shape."""
    p, variance, n = np.broadcast_arrays(*(np.asarray(each, dtype=np.float64) for each in (p, variance, n)))
    with np.errstate(all="ignore"):
        return np.asarray(np.where((p <= 0) | (p >= 1), n, p * (1 - p) / variance), dtype=np.float64)


def _method(name: str) -> Method:
    try:
        return Method(name)
    except ValueError:
        raise RefusedEstimateError("no-such-method", method=name) from None


def _snapped(p: F64) -> F64:
    """A share that sums have moved off 0 or 1 by rounding is put back."""
    return np.asarray(np.where(np.abs(p) < _ROUNDING, 0.0, np.where(np.abs(1 - p) < _ROUNDING, 1.0, p)))


def _columns(p: Any, variance: Any, n: Any, df: Any) -> tuple[F64, F64, F64, F64]:
    arrays = np.broadcast_arrays(*(np.asarray(value, dtype=np.float64) for value in (p, variance, n, df)))
    one, two, three, four = (np.atleast_1d(array).ravel() for array in arrays)
    return one, two, three, four


def _t(df: F64, level: float) -> F64:
    """t for each df; the few values that differ are computed once, and those of single estimates are remembered."""
    known, place = np.unique(df, return_inverse=True)
    if known.size <= FEW:
        return np.array([_remembered_t(each, level) for each in known.tolist()])[place]
    return t_quantile((1 - level) / 2, known, upper=True)[place]


@lru_cache(maxsize=4096)
def _remembered_t(df: float, level: float) -> float:
    return float(t_quantile((1 - level) / 2, df, upper=True))


def _effective(p: F64, variance: F64, n: F64, df: F64, *, level: float, method: Method) -> F64:
    effective = effective_n(p, variance, n)
    if method not in (Method.KORN_GRAUBARD, Method.BETA):
        return effective
    adjusted = effective * (_t(n - 1, level) / _t(df, level)) ** 2
    return np.minimum(adjusted, n) if method is Method.KORN_GRAUBARD else adjusted


def _beta(p: F64, variance: F64, n: F64, df: F64, level: float, *, method: Method) -> tuple[F64, F64]:
    effective = _effective(p, variance, n, df, level=level, method=method)
    tail = (1 - level) / 2
    low = beta_quantile(tail, effective * p, effective * (1 - p) + 1)
    high = beta_quantile(tail, effective * p + 1, effective * (1 - p), upper=True)
    exact = np.isinf(effective)
    low, high = np.where(exact, p, low), np.where(exact, p, high)
    return np.where(p <= 0, 0.0, low), np.where(p >= 1, 1.0, high)


def _korn_graubard(p: F64, variance: F64, n: F64, df: F64, level: float) -> tuple[F64, F64]:
    return _beta(p, variance, n, df, level, method=Method.KORN_GRAUBARD)


def _uncapped(p: F64, variance: F64, n: F64, df: F64, level: float) -> tuple[F64, F64]:
    return _beta(p, variance, n, df, level, method=Method.BETA)


def _wilson(p: F64, variance: F64, n: F64, df: F64, level: float) -> tuple[F64, F64]:
    ratio = _t(df, level) ** 2 / effective_n(p, variance, n)
    centre = (p + ratio / 2) / (1 + ratio)
    half = np.sqrt(ratio * p * (1 - p) + ratio * ratio / 4) / (1 + ratio)
    return np.where(p <= 0, 0.0, centre - half), np.where(p >= 1, 1.0, centre + half)


def _logit(p: F64, variance: F64, n: F64, df: F64, level: float) -> tuple[F64, F64]:
    centre, half = np.log(p / (1 - p)), _t(df, level) * np.sqrt(variance) / (p * (1 - p))
    low, high = 1 / (1 + np.exp(-(centre - half))), 1 / (1 + np.exp(-(centre + half)))
    at_end = (p <= 0) | (p >= 1)
    if at_end.any():
        low[at_end], high[at_end] = _korn_graubard(p[at_end], variance[at_end], n[at_end], df[at_end], level)
    return low, high


def _likelihood(p: F64, variance: F64, n: F64, df: F64, level: float) -> tuple[F64, F64]:
    effective, t = effective_n(p, variance, n) * (n - 1) / n, _t(df, level)
    bound = t * t / (2 * effective)
    known = np.where((p > 0) & (p < 1), p, 0.5)
    entropy = known * np.log(known) + (1 - known) * np.log1p(-known)
    ends = []
    for side in (-1.0, 1.0):
        # Convex in v = log(θ/(1-θ)): Newton's steps from outside end at the limit and never pass it.
        v = np.log(known / (1 - known)) + side * (t / np.sqrt(effective * known * (1 - known)) + bound)
        for _ in range(200):
            share = 1 / (1 + np.exp(-v))
            beyond = entropy - known * v + np.logaddexp(0, v) - bound
            step = beyond / (share - known)
            v = np.where(np.isfinite(step), v - step, v)
            if not np.any(np.abs(step[np.isfinite(step)]) > 1e-13 * (1 + np.abs(v[np.isfinite(step)]))):
                break
        ends.append(np.where(bound == 0, known, 1 / (1 + np.exp(-v))))
    none, all_ = -np.expm1(-bound), np.exp(-bound)
    low = np.where(p <= 0, 0.0, np.where(p >= 1, all_, ends[0]))
    high = np.where(p >= 1, 1.0, np.where(p <= 0, none, ends[1]))
    return low, high


def _arcsine(p: F64, variance: F64, n: F64, df: F64, level: float) -> tuple[F64, F64]:
    centre, half = np.arcsin(np.sqrt(p)), _t(df, level) / (2 * np.sqrt(effective_n(p, variance, n)))
    return np.sin(np.maximum(centre - half, 0)) ** 2, np.sin(np.minimum(centre + half, np.pi / 2)) ** 2


def _wald(p: F64, variance: F64, n: F64, df: F64, level: float) -> tuple[F64, F64]:  # noqa: ARG001
    half = _t(df, level) * np.sqrt(variance)
    return p - half, p + half


_WAYS: dict[Method, Callable[[F64, F64, F64, F64, float], tuple[F64, F64]]] = {
    Method.KORN_GRAUBARD: _korn_graubard,
    Method.BETA: _uncapped,
    Method.WILSON: _wilson,
    Method.LOGIT: _logit,
    Method.LIKELIHOOD: _likelihood,
    Method.ARCSINE: _arcsine,
    Method.WALD: _wald,
}
