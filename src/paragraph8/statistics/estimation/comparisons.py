"""Comparing two moments or two elections: only two estimates from samples can be compared.

Counts of observations are refused with the reason: set side by side they stand, each with its coverage; subtracted they
would be a difference of routes as much as of conduct.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from math import isfinite, sqrt

from paragraph8.domain.figures import RefusedFigureError

from .distributions import t_above
from .evidence_classes import Evidence, ModelEstimate, ObservedCount, ProbabilityEstimate


@dataclass(frozen=True, kw_only=True)
class Difference:
    """The later estimate less the earlier one, in the unit of both, with its interval at the level of both.

    `p` is the two-sided probability of a difference as great if there were none (t with `df`); `None` where both
    variances are 0 and nothing can be tested.
    """

    value: float
    standard_error: float
    df: float | None
    low: float
    high: float
    level: float
    p: float | None
    n: tuple[int, int]
    covariance: float = 0.0

    @property
    def decided(self) -> bool:
        """Whether the interval leaves out zero."""
        return self.low > 0 or self.high < 0


def compare(earlier: Evidence, later: Evidence, *, covariance: float | None = None) -> Difference:
    """The difference of two estimates of one quantity, `later` less `earlier`.

    The interval is made of those of the two (Newcombe 1998; Zou and Donner 2008), so that it is right beside 0 and 100
    per cent: low = d - √((θ₂-l₂)² + (u₁-θ₁)² - 2ρ(θ₂-l₂)(u₁-θ₁)), high the other way round, ρ their correlation. The
    standard error is √(V₁ + V₂ - 2C), the degrees of freedom (V₁ + V₂)²/(V₁²/f₁ + V₂²/f₂) (Satterthwaite 1946).

    Two samples that were drawn apart have C = 0, which is assumed when their names differ; two estimates of one draw
    need their `covariance`. Raises `RefusedFigureError`: "comparison-of-observations" when either is a count of
    observations, "model-is-no-measurement" when either is a model, "paired-samples" without that covariance. Raises
    `ValueError` for intervals at two levels, and for a covariance that two such variances cannot have.
    """
    if isinstance(earlier, ObservedCount) or isinstance(later, ObservedCount):
        raise RefusedFigureError("comparison-of-observations")
    if isinstance(earlier, ModelEstimate) or isinstance(later, ModelEstimate):
        raise RefusedFigureError("model-is-no-measurement")
    if earlier.level != later.level:
        raise ValueError(f"the intervals are at two levels, {earlier.level} and {later.level}")
    if covariance is None and earlier.sample == later.sample:
        raise RefusedFigureError("paired-samples")
    return _difference(earlier, later, covariance or 0.0)


def trend(estimates: tuple[Evidence, ...]) -> tuple[Difference, ...]:
    """Each estimate against the one before it, in the order of time.

    Raises as `compare`; where any is a count of observations it is refused as a trend ("trend-on-observations").
    """
    if any(isinstance(each, ObservedCount) for each in estimates):
        raise RefusedFigureError("trend-on-observations")
    return tuple(compare(one, other) for one, other in pairwise(estimates))


def _difference(earlier: ProbabilityEstimate, later: ProbabilityEstimate, covariance: float) -> Difference:
    product = earlier.variance * later.variance
    if not isfinite(covariance) or covariance**2 > product * (1 + 1e-12):
        raise ValueError(f"{covariance} cannot be the covariance of these estimates")
    correlation = covariance / sqrt(product) if product else 0.0
    value = later.value - earlier.value
    error = sqrt(max(earlier.variance + later.variance - 2 * covariance, 0.0))
    df = _satterthwaite(earlier, later)
    below = _together(later.value - later.low, earlier.high - earlier.value, correlation)
    above = _together(later.high - later.value, earlier.value - earlier.low, correlation)
    return Difference(
        value=value,
        standard_error=error,
        df=df,
        low=value - below,
        high=value + above,
        level=later.level,
        p=min(2 * float(t_above(abs(value) / error, df)), 1.0) if error and df else None,
        n=(earlier.n, later.n),
        covariance=covariance,
    )


def _together(one: float, other: float, correlation: float) -> float:
    return sqrt(max(one**2 + other**2 - 2 * correlation * one * other, 0.0))


def _satterthwaite(one: ProbabilityEstimate, other: ProbabilityEstimate) -> float | None:
    parts = [(each.variance, each.df) for each in (one, other) if each.variance > 0 and each.df > 0]
    below = sum(variance**2 / df for variance, df in parts)
    return sum(variance for variance, _ in parts) ** 2 / below if below else None
