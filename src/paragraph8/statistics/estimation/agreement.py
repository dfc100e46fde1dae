"""Agreement between observers who answered the same question about the same thing: percent, AC1, alpha and kappa.

`ratings` are rows of units (a station, a visit, a form entered twice) and columns of observers; who did not answer has
None, NaN or an empty text. Answers are labels, or numbers where distances count.

* **Percent agreement**: over units with two answers or more, the share of pairs that agree.
* **Gwet's AC1** (2008): (p - e)/(1 - e), e = Σ π_k(1 - π_k)/(q - 1), π_k the mean share of answer k, q the number of
  possible answers. It stays sensible when nearly everybody says yes, where kappa falls to 0.
* **Krippendorff's alpha** (2004, 2011): 1 - D_o/D_e from the coincidences, with any number of observers and gaps;
  nominal, ordinal, interval or ratio differences.
* **Cohen's kappa** (1960; weighted 1968): two observers, chance from their own margins; in a sample of stations with
  the design's weights and variance (R `svykappa`).

Intervals are estimate ± t SE, cut at 1 and at -1 (percent: at 0). The SE is the published one where `variance` says
`published` (Gwet 2008 for percent and AC1; Fleiss, Cohen and Everitt 1969 for kappa), the design's (`taylor`), or of a
`jackknife` that leaves out one unit, or with `clusters` one cluster (such as the team) at a time: always so for alpha,
and for all four with clusters.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import numpy as np

from .columns import F64
from .designs import SampleDesign
from .distributions import t_quantile
from .ratings import Ratings, Scale, cluster_codes, numbers_of, side_by_side
from .refusals import RefusedEstimateError
from .taylor import covariance


class Coefficient(StrEnum):
    """A measure of agreement."""

    PERCENT = "percent"
    AC1 = "ac1"
    ALPHA = "alpha"
    KAPPA = "kappa"


class Variance(StrEnum):
    """Where the standard error comes from."""

    PUBLISHED = "published"
    JACKKNIFE = "jackknife"
    TAYLOR = "taylor"


class Kappa(StrEnum):
    """What counts as half agreement, for Cohen's kappa of ordered answers."""

    EXACT = "exact"
    LINEAR = "linear"
    QUADRATIC = "quadratic"


@dataclass(frozen=True, kw_only=True)
class Agreement:
    """One coefficient: at most 1; 0 is what chance would give (percent has no such point).

    `se`, `low` and `high` are None where they cannot be had: fewer than three units, or a coefficient without a value
    when some unit is left out. `units` have two answers or more, `observed` is the agreement found and `expected` that
    by chance, from which the coefficient is (observed - expected)/(1 - expected).
    """

    coefficient: Coefficient
    value: float
    observed: float
    expected: float
    se: float | None
    low: float | None
    high: float | None
    level: float
    df: int
    units: int
    answers: int
    categories: int
    variance: Variance


def percent(ratings: Any, *, clusters: Any = None, level: float = 0.95) -> Agreement:
    """The share of pairs of observers that agree, averaged over units. Raises `RefusedEstimateError`."""
    table = Ratings.of(ratings)
    found = _percent(table.counts)
    rated = table.counts.sum(axis=1) >= 2
    parts = _agreeing(table.counts) * len(rated) / rated.sum()
    return _told(
        Coefficient.PERCENT, table, found, level=level, clusters=clusters, way=_percent, parts=parts - found[0]
    )


def gwet_ac1(
    ratings: Any, *, categories: Sequence[Any] | None = None, clusters: Any = None, level: float = 0.95
) -> Agreement:
    """Gwet's AC1. Name all possible `categories`: an answer that nobody gave still counts among the choices.

    Variance: with a_i the agreement in unit i (n/n₂ for the units with two answers), e_i = Σ_k (r_ik/r_i)(1-π_k)/(q-1),
    v_i = (a_i - e)/(1 - e) - 2(1 - AC1)(e_i - e)/(1 - e) and V = Σ(v_i - AC1)²/(n(n-1)) (Gwet 2008).
    Raises `RefusedEstimateError` (`one-category`, `unknown-category`, `no-pairs`, `wrong-table`).
    """
    table = Ratings.of(ratings, categories=categories)
    if len(table.categories) < 2:
        raise RefusedEstimateError("one-category")
    found = _ac1(table.counts)
    value, _, expected = found
    n, q = table.counts.shape
    answers = table.counts.sum(axis=1)
    rated = answers >= 2
    each = table.counts / answers[:, None]
    shares = each.mean(axis=0)
    own = n / rated.sum() * (_agreeing(table.counts) - expected * rated) / (1 - expected)
    chance = each @ (1 - shares) / (q - 1)
    parts = own - 2 * (1 - value) * (chance - expected) / (1 - expected) - value
    return _told(Coefficient.AC1, table, found, level=level, clusters=clusters, way=_ac1, parts=parts)


def krippendorff_alpha(
    ratings: Any,
    *,
    scale: str = Scale.NOMINAL,
    categories: Sequence[Any] | None = None,
    clusters: Any = None,
    level: float = 0.95,
) -> Agreement:
    """Krippendorff's alpha. `ordinal` takes the order of `categories`, or that of numbers; `interval` and `ratio` need
    numbers. Raises `RefusedEstimateError` (`nothing-varies`: all answers are equal, so that there is no chance to
    compare with; `not-numbers`, `below-zero`, `no-order`, `unknown-category`, `no-pairs`, `wrong-table`).
    """
    try:
        chosen = Scale(scale)
    except ValueError:
        raise RefusedEstimateError("no-such-method", method=scale) from None
    table = Ratings.of(ratings, categories=categories)
    values = numbers_of(table, chosen, ordered=categories is not None)

    def way(counts: F64) -> tuple[float, float, float]:
        return _alpha(counts, chosen, values)

    found = way(table.counts)
    if not np.isfinite(found[0]):
        raise RefusedEstimateError("nothing-varies")
    return _told(Coefficient.ALPHA, table, found, level=level, clusters=clusters, way=way, parts=None)


def cohen_kappa(
    one: Any,
    other: Any,
    *,
    kind: str = Kappa.EXACT,
    categories: Sequence[Any] | None = None,
    design: SampleDesign | None = None,
    clusters: Any = None,
    level: float = 0.95,
) -> Agreement:
    """Cohen's kappa of two observers' answers [units]; a unit that either left out is left out.

    `kind` linear or quadratic gives answers that lie near each other, in the order of `categories` or of numbers, a
    part of agreement: 1 - |i - j|/(q - 1) or 1 - (i - j)²/(q - 1)². With a `design` [units] the table is weighted and
    the variance the design's, else it is that of Fleiss, Cohen and Everitt (1969).
    Raises `RefusedEstimateError` (`nothing-varies`, `no-order`, `unknown-category`, `no-pairs`, `wrong-table`, and
    what the design refuses).
    """
    try:
        chosen = Kappa(kind)
    except ValueError:
        raise RefusedEstimateError("no-such-method", method=kind) from None
    ratings = side_by_side(one, other)
    table = Ratings.of(ratings, categories=categories)
    if chosen is not Kappa.EXACT:
        numbers_of(table, Scale.ORDINAL, ordered=categories is not None)
    both = np.asarray((table.codes >= 0).all(axis=1))
    weights = np.where(both, 1.0 if design is None else _weights(design, len(both)), 0.0)
    parts_of = _kappa(table, chosen)
    value, observed, expected, scores = parts_of(weights)
    if not np.isfinite(value):
        raise RefusedEstimateError("nothing-varies")
    n = int(both.sum())
    if design is not None:
        units, strata = design.reach(both)
        df, way = units - strata, Variance.TAYLOR
        variance = float(covariance(design, (weights * scores / weights.sum())[:, None])[0, 0])
    elif clusters is not None:
        way, (variance, df) = (
            Variance.JACKKNIFE,
            _jackknife(lambda kept: parts_of(weights * kept)[0], value, both, cluster_codes(clusters, len(both))),
        )
    else:
        way, variance, df = Variance.PUBLISHED, float((scores[both] ** 2).sum()) / n**2, n - 1
    return _with_interval(
        Coefficient.KAPPA, table, (value, observed, expected), variance, df, level=level, units=n, way=way
    )


def _agreeing(counts: F64) -> F64:
    """For each unit the share of pairs that agree, 0 where there is no pair."""
    answers = counts.sum(axis=1)
    pairs = answers * (answers - 1)
    return np.asarray((counts * (counts - 1)).sum(axis=1) / np.where(pairs > 0, pairs, 1.0), dtype=np.float64)


def _percent(counts: F64) -> tuple[float, float, float]:
    rated = counts.sum(axis=1) >= 2
    found = float(_agreeing(counts)[rated].mean()) if rated.any() else np.nan
    return found, found, 0.0


def _ac1(counts: F64) -> tuple[float, float, float]:
    observed = _percent(counts)[0]
    shares = (counts / counts.sum(axis=1, keepdims=True)).mean(axis=0)
    expected = float((shares * (1 - shares)).sum()) / (counts.shape[1] - 1)
    return (observed - expected) / (1 - expected), observed, expected


def _alpha(counts: F64, scale: Scale, values: F64) -> tuple[float, float, float]:
    answers = counts.sum(axis=1)
    used, answers = counts[answers >= 2], answers[answers >= 2]
    totals = used.sum(axis=0)
    n = float(totals.sum())
    apart = _distances(scale, values, totals)
    # Σ_u Σ_ck of coincidences: pairs within a unit over its answers less one; equal answers are no distance apart.
    found = float(np.einsum("uc,ck,uk,u->", used, apart, used, 1 / (answers - 1))) / n if n else np.nan
    chance = float(totals @ apart @ totals) / (n * (n - 1)) if n > 1 else np.nan
    if not chance > 0:
        return np.nan, np.nan, np.nan
    largest = float(apart.max())
    return 1 - found / chance, 1 - found / largest, 1 - chance / largest


def _distances(scale: Scale, values: F64, totals: F64) -> F64:
    if scale is Scale.NOMINAL:
        return 1.0 - np.eye(len(totals))
    if scale is Scale.ORDINAL:
        middle = np.cumsum(totals) - totals / 2
        return np.asarray((middle[:, None] - middle[None, :]) ** 2, dtype=np.float64)
    apart = values[:, None] - values[None, :]
    if scale is Scale.INTERVAL:
        return np.asarray(apart**2, dtype=np.float64)
    whole = values[:, None] + values[None, :]
    return np.asarray((apart / np.where(whole > 0, whole, 1.0)) ** 2, dtype=np.float64)


def _kappa(table: Ratings, kind: Kappa) -> Callable[[F64], tuple[float, float, float, F64]]:
    """From weights [units] to kappa, what was observed and expected, and the influence of each unit."""
    q = len(table.categories)
    steps = np.abs(np.arange(q)[:, None] - np.arange(q)[None, :]) / max(q - 1, 1)
    near = {Kappa.EXACT: np.eye(q), Kappa.LINEAR: 1 - steps, Kappa.QUADRATIC: 1 - steps**2}[kind]
    a, b = np.maximum(table.codes[:, 0], 0), np.maximum(table.codes[:, 1], 0)

    def at(weights: F64) -> tuple[float, float, float, F64]:
        whole = weights.sum()
        first = np.bincount(a, weights=weights, minlength=q) / whole
        second = np.bincount(b, weights=weights, minlength=q) / whole
        observed, expected = float(weights @ near[a, b] / whole), float(first @ near @ second)
        if not 1 - expected > 1e-12:
            return np.nan, observed, expected, np.zeros(len(weights))
        value = (observed - expected) / (1 - expected)
        chance = (near @ second)[a] + (first @ near)[b] - 2 * expected
        influence = (near[a, b] - observed) / (1 - expected) - (1 - observed) / (1 - expected) ** 2 * chance
        return value, observed, expected, influence

    return at


def _told(
    coefficient: Coefficient,
    table: Ratings,
    found: tuple[float, float, float],
    *,
    level: float,
    clusters: Any,
    way: Callable[[F64], tuple[float, float, float]],
    parts: F64 | None,
) -> Agreement:
    """The coefficient with the interval that its `parts` [units], or leaving units out, give it."""
    n, units = len(table.counts), int((table.counts.sum(axis=1) >= 2).sum())
    if parts is not None and clusters is None:
        variance = float((parts**2).sum()) / (n * (n - 1)) if n > 1 else np.nan
        return _with_interval(
            coefficient, table, found, variance, n - 1, level=level, units=units, way=Variance.PUBLISHED
        )
    labels = np.arange(n) if clusters is None else cluster_codes(clusters, len(table.codes))[table.there]
    variance, df = _jackknife(lambda kept: way(table.counts[kept])[0], found[0], np.ones(n, dtype=bool), labels)
    return _with_interval(coefficient, table, found, variance, df, level=level, units=units, way=Variance.JACKKNIFE)


def _jackknife(value_of: Callable[[Any], float], value: float, used: Any, clusters: Any) -> tuple[float, int]:
    """(g - 1)/g Σ (θ_(g) - θ)² over the g clusters, each left out in turn; NaN where some θ_(g) has no value."""
    labels = np.unique(clusters[used])
    with np.errstate(all="ignore"):
        without = np.array([value_of(clusters != label) for label in labels])
    g = len(labels)
    return (g - 1) / g * float(((without - value) ** 2).sum()) if g > 1 else np.nan, g - 1


def _with_interval(
    coefficient: Coefficient,
    table: Ratings,
    found: tuple[float, float, float],
    variance: float,
    df: int,
    *,
    level: float,
    units: int,
    way: Variance,
) -> Agreement:
    if not 0 < level < 1:
        raise RefusedEstimateError("not-a-level", level=level)
    known = df >= 2 and np.isfinite(variance)
    se = float(np.sqrt(max(variance, 0.0))) if known else None
    least = 0.0 if coefficient is Coefficient.PERCENT else -1.0
    reach = t_quantile((1 - level) / 2, float(df), upper=True) * se if se is not None else None
    return Agreement(
        coefficient=coefficient,
        value=found[0],
        observed=found[1],
        expected=found[2],
        se=se,
        low=None if reach is None else max(found[0] - reach, least),
        high=None if reach is None else min(found[0] + reach, 1.0),
        level=level,
        df=df,
        units=units,
        answers=int((table.codes >= 0).sum()),
        categories=len(table.categories),
        variance=way,
    )


def _weights(design: SampleDesign, rows: int) -> F64:
    if design.n != rows:
        raise RefusedEstimateError("wrong-length", what="ratings", n=rows, rows=design.n)
    return design.weights
