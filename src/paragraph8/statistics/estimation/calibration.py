"""Calibration: weights that meet totals known from the register, and the variances that follow.

Weights w become w·g. Each way gives a new design whose Taylor variances are taken of residuals: what the known totals
explain no longer varies. With d the weights before, X [rows, p] the auxiliaries and T their totals:

* **Post-stratification**: g = N_c/N̂_c in cell c; residuals from the cell means.
* **Raking** (Deming and Stephan 1940): margins in turn until all are met.
* **Generalised regression** (Deville and Särndal 1992): Σ d F(Xλ) X = T with F(u) = 1 + u (linear), e^u (raking) or
  (L(U-1) + U(1-L)e^Au) / (U-1 + (1-L)e^Au), A = (U-L)/((1-L)(U-1)) (logit, L < g < U).

In all of them the residual of a score u = d e is g d (e - x'β), β the regression of e on X weighted by d (Särndal,
Swensson and Wretman 1992, ch. 6), as R `survey` has it but for raking. Publish the range of g: where it is far from 1,
few rows speak for many.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any, NamedTuple

import numpy as np

from .columns import F64, Codes, encode, frozen, numbers
from .designs import Adjusting, SampleDesign
from .refusals import RefusedEstimateError

_TOLERANCE = 1e-11
"""Of the totals, relative to the sum of absolute weighted values."""
_ROUNDS = 1_000


class Distance(StrEnum):
    """What is kept small between the weights before and after."""

    LINEAR = "linear"
    RAKING = "raking"
    LOGIT = "logit"


class Regression(StrEnum):
    """How scores are regressed on the margins of raking."""

    WEIGHTED = "weighted"
    """By the weights before, as theory asks for and as post-stratification and regression have it."""
    PLAIN = "plain"
    """Without weights, as R's `rake`; the same where all weights are equal, too large on average where they differ."""


class Calibrated(NamedTuple):
    """The calibrated design, and g [rows], by which its weights differ from those before."""

    design: SampleDesign
    g: F64

    @property
    def least(self) -> float:
        """The smallest g."""
        return float(self.g.min())

    @property
    def most(self) -> float:
        """The largest g."""
        return float(self.g.max())


@dataclass(frozen=True, kw_only=True, eq=False)
class Residuals:
    """Takes out of weighted scores what the auxiliaries explain.

    `basis` [rows, rank] is orthonormal and spans √d·X, `scale` [rows] is g√d (after a plain regression X and g d);
    `before` was there already.
    """

    basis: F64
    scale: F64
    before: Adjusting | None = None

    def residuals(self, scores: F64) -> F64:
        """Weighted scores [rows, k] in, g d (e - x'β) [rows, k] out; rows without weight have none."""
        left = scores if self.before is None else self.before.residuals(scores)
        used = self.scale > 0
        plain = np.where(used[:, None], left / np.where(used, self.scale, 1.0)[:, None], 0.0)
        found: F64 = (plain - self.basis @ (self.basis.T @ plain)) * self.scale[:, None]
        return found


def post_stratify(design: SampleDesign, cells: Any, totals: Mapping[Any, float]) -> Calibrated:
    """Weights that add to `totals` {label: N} in each cell; `cells` [rows] are labels.

    Raises `RefusedEstimateError` (`no-total`: a cell of the sample has none; `nobody-in-cell`: a total above 0 has
    nobody in the sample; `bad-total`).
    """
    codes, labels = encode(cells, rows=design.n, what="cells")
    wanted = _totals_of("cells", labels, totals)
    there = _sums(codes, design.weights, len(labels))
    _all_there("cells", labels, there)
    return _calibrated(design, (wanted / there)[codes], _indicators(codes, len(labels)))


def rake(
    design: SampleDesign,
    margins: Mapping[str, Any],
    totals: Mapping[str, Mapping[Any, float]],
    *,
    regression: str = Regression.WEIGHTED,
    tolerance: float = 1e-12,
    rounds: int = _ROUNDS,
) -> Calibrated:
    """Weights that add to the totals {margin: {label: N}} of every margin {margin: labels [rows]}.

    Done when no cell of any margin is off by more than `tolerance` times its total. Variances are of residuals of a
    regression on all margins, as those of R's `calibrate(calfun = "raking")`; with `regression` "plain" they are those
    of R's `rake`, which leaves the weights out and is too large on average where weights differ.
    Raises `RefusedEstimateError` (`no-margins`, `no-total`, `nobody-in-cell`, `bad-total`, `totals-disagree`: margins
    add to different populations; `not-converged`).
    """
    if not margins:
        raise RefusedEstimateError("no-margins")
    if regression not in tuple(Regression):
        raise RefusedEstimateError("no-such-method", method=regression)
    columns = []
    for name, cells in margins.items():
        codes, labels = encode(cells, rows=design.n, what=name)
        wanted = _totals_of(name, labels, totals.get(name, {}))
        _all_there(name, labels, _sums(codes, design.weights, len(labels)))
        columns.append((name, codes, wanted))
    first, size = columns[0][0], float(columns[0][2].sum())
    for name, _, wanted in columns[1:]:
        if not np.isclose(wanted.sum(), size, rtol=1e-9, atol=0):
            raise RefusedEstimateError(
                "totals-disagree", one=first, first=f"{size:.10g}", other=name, second=f"{wanted.sum():.10g}"
            )
    weights: F64 = design.weights.copy()
    for _ in range(rounds):
        for _, codes, wanted in columns:
            there = _sums(codes, weights, len(wanted))
            weights = weights * _over(wanted, there)[codes]
        off = max(
            float(np.max(np.abs(_sums(codes, weights, len(wanted)) / wanted - 1))) for _, codes, wanted in columns
        )
        if off <= tolerance:
            break
    else:
        raise RefusedEstimateError("not-converged", rounds=rounds, off=f"{off:.1e}")
    auxiliaries = np.hstack([_indicators(codes, len(wanted)) for _, codes, wanted in columns])
    g = _over(weights, design.weights)
    return _calibrated(design, g, auxiliaries, weighted=regression == Regression.WEIGHTED)


def greg(
    design: SampleDesign,
    auxiliaries: Mapping[str, Any],
    totals: Mapping[str, float],
    *,
    distance: str = Distance.LINEAR,
    bounds: tuple[float, float] | None = None,
) -> Calibrated:
    """Weights whose totals of `auxiliaries` {name: values [rows], or one number for all rows} are `totals` {name: T}.

    Give a constant 1 with the size of the population among them, or indicators that add to 1 (`indicators` makes
    them). `bounds` (L, U), L < 1 < U, hold g and are needed for `logit` alone.
    Raises `RefusedEstimateError` (`no-margins`, `no-total`, `bad-total`, `bad-bounds`, `no-such-method`,
    `not-converged`: no weights within the bounds meet the totals, or the totals contradict each other;
    `negative-weight`: choose another distance).
    """
    if not auxiliaries:
        raise RefusedEstimateError("no-margins")
    missing = [name for name in auxiliaries if name not in totals]
    if missing:
        raise RefusedEstimateError("no-total", what="auxiliaries", label=missing[0])
    columns = [
        numbers(np.full(design.n, values) if np.ndim(values) == 0 else values, rows=design.n, what=name)
        for name, values in auxiliaries.items()
    ]
    for name, column in zip(auxiliaries, columns, strict=True):
        if np.isnan(column).any():
            raise RefusedEstimateError("no-label", what=name, row=int(np.flatnonzero(np.isnan(column))[0]))
    x = np.column_stack(columns)
    wanted = np.array([_number(name, totals[name]) for name in auxiliaries])
    g = _solved(design.weights, x, wanted, *_function(distance, bounds))
    low = np.flatnonzero(g[design.weights > 0] <= 0)
    if low.size:
        raise RefusedEstimateError("negative-weight", row=int(low[0]), g=f"{g[design.weights > 0].min():.3f}")
    return _calibrated(design, g, x)


def indicators(labels: Any, *, prefix: str = "") -> dict[str, F64]:
    """One column of 0 and 1 for each label [rows], named by the label: auxiliaries for `greg`."""
    codes, names = encode(labels, rows=None, what="labels")
    return {f"{prefix}{name}": (codes == code).astype(np.float64) for code, name in enumerate(names)}


def _calibrated(design: SampleDesign, g: F64, auxiliaries: F64, *, weighted: bool = True) -> Calibrated:
    root = np.sqrt(design.weights) if weighted else (design.weights > 0).astype(np.float64)
    adjusting = Residuals(
        basis=frozen(_span(auxiliaries * root[:, None])),
        scale=frozen(g * design.weights / np.maximum(root, 1e-300)),
        before=design.adjusting,
    )
    weights = frozen(design.weights * g)
    return Calibrated(replace(design, weights=weights, adjusting=adjusting, weighted=True), frozen(g))


def _span(columns: F64) -> F64:
    """An orthonormal basis of the columns; those that repeat others add nothing."""
    size = np.sqrt((columns**2).sum(axis=0))
    left, values, _ = np.linalg.svd(columns / np.where(size > 0, size, 1.0), full_matrices=False)
    return np.asarray(left[:, values > 1e-10 * max(values.max(initial=0.0), 1e-300)], dtype=np.float64)


def _sums(codes: Codes, values: F64, size: int) -> F64:
    return np.asarray(np.bincount(codes, weights=values, minlength=size), dtype=np.float64)


def _indicators(codes: Codes, size: int) -> F64:
    return np.asarray(codes[:, None] == np.arange(size), dtype=np.float64)


def _over(top: F64, bottom: F64) -> F64:
    return np.asarray(np.where(bottom > 0, top / np.where(bottom > 0, bottom, 1.0), 1.0), dtype=np.float64)


def _number(label: Any, value: Any) -> float:
    try:
        number = float(value)
    except (TypeError, ValueError):
        number = np.nan
    if not np.isfinite(number):
        raise RefusedEstimateError("bad-total", label=label, value=value)
    return number


def _totals_of(what: str, labels: tuple[Any, ...], totals: Mapping[Any, float]) -> F64:
    for label in labels:
        if label not in totals:
            raise RefusedEstimateError("no-total", what=what, label=label)
    for label, value in totals.items():
        if _number(label, value) < 0 or (label in labels and _number(label, value) == 0):
            raise RefusedEstimateError("bad-total", label=label, value=value)
        if label not in labels and value > 0:
            raise RefusedEstimateError("nobody-in-cell", what=what, label=label, total=f"{value:g}")
    return np.array([float(totals[label]) for label in labels])


def _all_there(what: str, labels: tuple[Any, ...], there: F64) -> None:
    empty = np.flatnonzero(there <= 0)
    if empty.size:
        raise RefusedEstimateError("nobody-in-cell", what=what, label=labels[int(empty[0])], total="")


_F = Callable[[F64], F64]


def _function(distance: str, bounds: tuple[float, float] | None) -> tuple[_F, _F]:
    """F and its derivative."""
    try:
        chosen = Distance(distance)
    except ValueError:
        raise RefusedEstimateError("no-such-method", method=distance) from None
    if bounds is None:
        if chosen is Distance.LINEAR:
            return lambda u: 1 + u, np.ones_like
        if chosen is Distance.RAKING:
            return np.exp, np.exp
        raise RefusedEstimateError("bad-bounds", low="", high="")
    low, high = bounds
    if not low < 1 < high:
        raise RefusedEstimateError("bad-bounds", low=low, high=high)
    if chosen is Distance.LOGIT:
        steep = (high - low) / ((1 - low) * (high - 1))

        def logit(u: F64) -> F64:
            grown = np.exp(np.clip(steep * u, -700, 700))
            return np.asarray((low * (high - 1) + high * (1 - low) * grown) / (high - 1 + (1 - low) * grown))

        return logit, lambda u: (logit(u) - low) * (high - logit(u)) / ((1 - low) * (high - 1))
    plain, slope = _function(chosen, None)
    return (
        lambda u: np.clip(plain(u), low, high),
        lambda u: np.where((plain(u) > low) & (plain(u) < high), slope(u), 0.0),
    )


def _solved(weights: F64, x: F64, wanted: F64, function: _F, slope: _F) -> F64:
    """g = F(Xλ) with Σ d g X = T, by Newton's method with halved steps where it would go astray."""
    size = np.maximum((weights[:, None] * np.abs(x)).sum(axis=0), np.abs(wanted))
    unit = np.where(size > 0, size, 1.0)
    scaled, target = x / unit, wanted / unit
    at = np.zeros(x.shape[1])

    def missing(place: F64) -> F64:
        return np.asarray(target - (weights * function(scaled @ place)) @ scaled, dtype=np.float64)

    gap = missing(at)
    for _ in range(_ROUNDS):
        if np.max(np.abs(gap)) <= _TOLERANCE:
            break
        curve = (scaled * (weights * slope(scaled @ at))[:, None]).T @ scaled
        step = np.linalg.lstsq(curve, gap, rcond=1e-13)[0]
        for _ in range(60):
            with np.errstate(over="ignore", invalid="ignore"):
                there = missing(at + step)
            if np.isfinite(there).all() and np.linalg.norm(there) < np.linalg.norm(gap):
                break
            step = step / 2
        else:
            break
        at, gap = at + step, there
    if not np.max(np.abs(gap)) <= 1e-8:
        raise RefusedEstimateError("not-converged", rounds=_ROUNDS, off=f"{np.max(np.abs(gap)):.1e}")
    return function(scaled @ at)
