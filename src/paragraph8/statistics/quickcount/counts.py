"""The quick count itself: shares, lead, turnout, and the probability of crossing a threshold."""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt

import numpy as np

from paragraph8.statistics.estimation.distributions import t_below, t_quantile
from paragraph8.statistics.estimation.estimates import Estimate, Estimates, Measure
from paragraph8.statistics.estimation.taylor import Quantity, ratio
from paragraph8.statistics.estimation.taylor import estimate as estimate_all

from .plans import LEAST_CELL, Adjustment
from .refusals import RefusedCountError
from .returns import Returns
from .weights import Weighted, weighted

TURNOUT = "turnout"


@dataclass(frozen=True)
class Limits:
    """An interval of a share (0 to 1) or a lead (−1 to 1) at a two-sided level, estimate ± t·SE."""

    low: float
    high: float
    level: float


@dataclass(frozen=True, eq=False, kw_only=True)
class Count:
    """A quick count. `shares` are in the order of the contestants; `leader` and `second` are places among them; `lead`
    is (leader − second) / base as one ratio with its own error; `turnout` is ballots over registered voters, `None`
    where either is not reported."""

    returns: Returns
    weighted: Weighted
    shares: Estimates
    leader: int
    second: int
    lead: Estimate
    turnout: Estimate | None

    def share(self, contestant: str) -> Estimate:
        """The share of one contestant."""
        return self.shares[self.returns.contestants.index(contestant)]

    def margin(self, one: str, other: str) -> Estimate:
        """How far one contestant is ahead of another: (one − other) / base, one ratio."""
        names = self.returns.contestants
        return _margin(self.returns, self.weighted, names.index(one), names.index(other))


def estimate(returns: Returns, *, adjustment: Adjustment = Adjustment.STRATA, least_cell: int = LEAST_CELL) -> Count:
    """What the returns say of the whole country.

    A share is the combined ratio R = Σ w y / Σ w x over all strata, with variance
    Σ_h (1 − f_h) r_h/(r_h − 1) Σ_i (z_hi − z̄_h)², z = w (y − R x) / Σ w x, f_h = r_h / N_h, and as many degrees of
    freedom as stations less strata (Cochran 1977, 6.11; Estok, Nevitte and Cowan 2002). Raises `RefusedCountError`.
    """
    design = weighted(returns, adjustment=adjustment, least_cell=least_cell)
    used = returns.used
    votes, base = returns.votes[used], returns.base[used]
    if not base.sum() > 0:
        raise RefusedCountError("no-votes")
    asked = [
        Quantity(name=name, measure=Measure.RATIO, top=votes[:, place], bottom=base)
        for place, name in enumerate(returns.contestants)
    ]
    shares = estimate_all(design.design, asked)
    order = np.argsort(-shares.values, kind="stable")
    leader, second = int(order[0]), int(order[1])
    return Count(
        returns=returns,
        weighted=design,
        shares=shares,
        leader=leader,
        second=second,
        lead=_margin(returns, design, leader, second),
        turnout=_turnout(returns, design),
    )


def limits(estimate: Estimate, *, level: float, least: float = 0.0) -> Limits:
    """Estimate ± t·SE, cut at `least` (0 for a share, −1 for a lead) and 1. Without degrees of freedom the limits are
    those of knowing nothing."""
    if estimate.df < 1:
        return Limits(least, 1.0, level)
    half = t_quantile((1 + level) / 2, estimate.df) * estimate.se
    return Limits(max(estimate.value - half, least), min(estimate.value + half, 1.0), level)


def probability_above(estimate: Estimate, threshold: float) -> float | None:
    """The probability that the true share lies above the threshold, T_df((R − threshold) / SE).

    It is the confidence distribution of the estimate, equal to a posterior under a flat prior; it knows of sampling
    error alone, not of stations that are out because of what they are. `None` without degrees of freedom.
    """
    if estimate.df < 1:
        return None
    if estimate.variance == 0:
        return float(estimate.value > threshold)
    return float(t_below((estimate.value - threshold) / sqrt(estimate.variance), estimate.df))


def _margin(returns: Returns, design: Weighted, one: int, other: int) -> Estimate:
    votes, base = returns.votes[returns.used], returns.base[returns.used]
    return ratio(design.design, votes[:, one] - votes[:, other], base, name="lead")


def _turnout(returns: Returns, design: Weighted) -> Estimate | None:
    ballots, registered = returns.ballots[returns.used], returns.sample.registered[returns.used]
    known = ~np.isnan(ballots) & ~np.isnan(registered)
    if not known.any() or not registered[known].sum() > 0:
        return None
    return ratio(design.design, ballots, registered, name=TURNOUT)
