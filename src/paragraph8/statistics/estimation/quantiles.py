"""Medians and other quantiles of a sample, with Woodruff's interval."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from .columns import F64, flags, numbers
from .designs import SampleDesign
from .distributions import t_quantile
from .refusals import RefusedEstimateError
from .taylor import proportion


@dataclass(frozen=True, kw_only=True)
class Quantile:
    """The value under which a `share` of the population lies, in the unit of the answers."""

    share: float
    value: float
    low: float
    high: float
    level: float
    n: int
    df: int
    method: str = "woodruff"

    @property
    def se(self) -> float:
        """Half the interval over t: what a standard error is taken to be where the distribution is smooth."""
        return (self.high - self.low) / (2 * t_quantile((1 - self.level) / 2, float(self.df), upper=True))


def weighted_quantile(values: F64, weights: F64, share: float) -> float:
    """The smallest value at which the weights up to it are `share` of all (R's rule "math"); rows are in any order.

    NaN where nothing has weight.
    """
    order = np.argsort(values, kind="stable")
    sums = np.cumsum(weights[order])
    if not sums.size or not sums[-1] > 0:
        return float("nan")
    place = int(np.searchsorted(sums, share * sums[-1] * (1 - 1e-12)))
    return float(values[order][min(place, len(sums) - 1)])


def quantile(design: SampleDesign, y: Any, share: float = 0.5, *, domain: Any = None, level: float = 0.95) -> Quantile:
    """The quantile of `y` [rows] among those of `domain` who have a value; `share` 0.5 is the median.

    The interval is that of the estimated share of values up to the estimate, p ± t SE, read back into values (Woodruff
    1952), as R's `svyquantile(interval.type = "mean")`.
    Raises `RefusedEstimateError` (`not-a-quantile`, `not-a-level`, `empty-domain`, `no-degrees`).
    """
    if not 0 < share < 1:
        raise RefusedEstimateError("not-a-quantile", share=share)
    if not 0 < level < 1:
        raise RefusedEstimateError("not-a-level", level=level)
    column = numbers(y, rows=design.n, what="y")
    members = ~np.isnan(column) & (True if domain is None else flags(domain, rows=design.n))
    if not members.any():
        raise RefusedEstimateError("empty-domain", name="quantile")
    values, weights = column[members], design.weights[members]
    value = weighted_quantile(values, weights, share)
    below = proportion(design, np.where(members, column <= value, 0), domain=members)
    if below.df < 1:
        raise RefusedEstimateError("no-degrees", df=below.df)
    reach = t_quantile((1 - level) / 2, float(below.df), upper=True) * below.se
    ends = [weighted_quantile(values, weights, min(max(below.value + side * reach, 0.0), 1.0)) for side in (-1, 1)]
    return Quantile(share=share, value=value, low=ends[0], high=ends[1], level=level, n=below.n, df=below.df)
