"""Replicate weights: the variance of anything that is computed from weights, by computing it again and again.

For a median, a seat projection or anything calibrated many times; where Taylor variances exist they are exact and
cheaper. V = Σ_r s_r (θ_r - θ̄)(θ_r - θ̄)ᵀ over the replicates r (Wolter 2007; Rust and Rao 1996), with θ̄ their mean as in
R `survey`, or the estimate of the whole sample. f_h is the sampled fraction of stratum h; each way gives the Taylor
variance of a total exactly, for the bootstrap on average:

* **JK1**: each unit left out in turn, the others times n/(n-1); s = (1-f)(n-1)/n. For designs without strata.
* **JKn**: the same within strata; s = (1-f_h)(n_h-1)/n_h.
* **BRR** and **Fay** (Judkins 1990): two units in each stratum, weights times 1 ± (1-ρ)√(1-f_h) after the rows of a
  Hadamard matrix; s = 1/(R(1-ρ)²). BRR is ρ = 0.
* **Bootstrap** (Rao and Wu 1988; Rao, Wu and Yue 1992): n_h - 1 units drawn with replacement, weights times
  1 - √(1-f_h) + √(1-f_h) n_h/(n_h-1) times drawn; s = 1/B.

The jackknife is not for medians and other quantiles, which jump; BRR and the bootstrap are. Units are those of the
first stage; what later stages add beyond them, when the first fraction is large, is left out.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

import numpy as np

from .columns import F64, flags, frozen
from .designs import SampleDesign
from .estimates import Estimate, Measure
from .hadamard import hadamard
from .refusals import RefusedEstimateError
from .stages import Single

LEAST_REPLICATES = 100
"""A bootstrap of fewer says little of a variance; 500 and more are usual."""

Recalibration = Callable[[SampleDesign], Any]
Column = Callable[[int], F64]


class Kind(StrEnum):
    """How replicates are made."""

    JK1 = "jk1"
    JKN = "jkn"
    BRR = "brr"
    FAY = "fay"
    BOOTSTRAP = "bootstrap"


@dataclass(frozen=True, kw_only=True, eq=False)
class ReplicateEstimates:
    """`values` [k] of the whole sample, their `covariance` [k, k], and the `replicates` [R, k] that it comes from."""

    names: tuple[str, ...]
    values: F64
    covariance: F64
    replicates: F64
    df: int
    n: int
    units: int
    strata: int
    measure: Measure
    weights: ReplicateWeights

    @property
    def ses(self) -> F64:
        """The standard errors [k]."""
        return np.sqrt(np.diagonal(self.covariance))

    def __len__(self) -> int:
        return len(self.names)

    def __getitem__(self, key: str | int) -> Estimate:
        """One of them, by name or place. Raises `RefusedEstimateError` (`no-such-group`)."""
        if isinstance(key, str) and key not in self.names:
            raise RefusedEstimateError("no-such-group", name=key)
        at = self.names.index(key) if isinstance(key, str) else range(len(self))[key]
        return Estimate(
            name=self.names[at],
            value=float(self.values[at]),
            variance=float(self.covariance[at, at]),
            df=self.df,
            n=self.n,
            units=self.units,
            strata=self.strata,
            measure=self.measure,
            method=str(self.weights.kind),
        )

    def function(self, f: Callable[[F64], float], *, name: str = "function") -> Estimate:
        """f of the estimates [k], computed for each replicate. Raises `RefusedEstimateError` (`no-replicate-value`)."""
        value = np.array([float(f(self.values.copy()))])
        found = np.array([[float(f(row.copy()))] for row in self.replicates])
        return replace(
            self,
            names=(name,),
            values=value,
            replicates=found,
            covariance=self.weights.covariance(value, found),
            measure=Measure.FUNCTION,
        )[0]


@dataclass(frozen=True, kw_only=True, eq=False)
class ReplicateWeights:
    """R sets of weights for one sample. Make them with `of`.

    `column(r)` [units] multiplies the weights of the units' rows in replicate r, `scales` [R] are the s_r. Where the
    weights are calibrated, `recalibrate` does it again for every replicate.
    """

    design: SampleDesign
    kind: Kind
    column: Callable[[int], F64]
    scales: F64
    recalibrate: Recalibration | None = None
    about_estimate: bool = False

    @classmethod
    def of(
        cls,
        design: SampleDesign,
        kind: str | None = None,
        *,
        seed: int | None = None,
        replicates: int = 500,
        rho: float = 0.3,
        recalibrate: Recalibration | None = None,
        about_estimate: bool = False,
    ) -> ReplicateWeights:
        """Replicates of a design.

        * `kind`: `jk1`, `jkn`, `brr`, `fay` (with `rho`) or `bootstrap` (with `seed` and the number of `replicates`);
          without it `jk1` or `jkn`, as the design has strata.
        * `recalibrate`: from a design to a calibrated one, such as `lambda d: post_stratify(d, cells, totals)`; needed
          for a sample whose weights are calibrated, and then `design` is the one before.
        * `about_estimate`: squares are taken about the estimate of the whole sample, which is a little larger.

        The same seed gives the same replicates on every machine, whatever the order of rows.
        Raises `RefusedEstimateError` (`no-such-method`, `already-calibrated`, `single-unit`, `strata-in-jk1`,
        `not-two-units`, `bad-rho`, `no-seed`, `few-replicates`).
        """
        try:
            chosen = Kind(kind or (Kind.JKN if design.n_strata > 1 else Kind.JK1))
        except ValueError:
            raise RefusedEstimateError("no-such-method", method=kind) from None
        if design.adjusting is not None:
            raise RefusedEstimateError("already-calibrated")
        if chosen is Kind.BOOTSTRAP:
            if seed is None or isinstance(seed, bool) or not isinstance(seed, int) or seed < 0:
                raise RefusedEstimateError("no-seed")
            if replicates < LEAST_REPLICATES:
                raise RefusedEstimateError("few-replicates", n=replicates, least=LEAST_REPLICATES)
            column, scales = _bootstrap(design, seed=seed, replicates=replicates)
        elif chosen in (Kind.BRR, Kind.FAY):
            if not 0 <= rho < 1:
                raise RefusedEstimateError("bad-rho", rho=rho)
            column, scales = _balanced(design, rho=rho if chosen is Kind.FAY else 0.0)
        else:
            if chosen is Kind.JK1 and design.n_strata > 1:
                raise RefusedEstimateError("strata-in-jk1", n=design.n_strata)
            column, scales = _jackknife(design)
        return cls(
            design=design,
            kind=chosen,
            column=column,
            scales=frozen(scales),
            recalibrate=recalibrate,
            about_estimate=about_estimate,
        )

    def __len__(self) -> int:
        return len(self.scales)

    def whole(self) -> F64:
        """The weights [rows] of the whole sample."""
        return self._calibrated(self.design.weights)

    def weights(self, replicate: int) -> F64:
        """The weights [rows] of one replicate, from 0."""
        factor = self.column(replicate)
        return self._calibrated(self.design.weights * factor[self.design.stages[0].unit_of_row])

    @property
    def factors(self) -> F64:
        """All columns at once [units, R]."""
        return np.column_stack([self.column(replicate) for replicate in range(len(self))])

    def estimate(
        self,
        function: Callable[[F64], Any],
        *,
        names: tuple[str, ...] | None = None,
        domain: Any = None,
        measure: Measure = Measure.FUNCTION,
    ) -> ReplicateEstimates:
        """Whatever `function` makes of weights [rows]: a number or a row of numbers.

        n and the degrees of freedom are those of `domain` [rows, yes or no], or of the whole sample. With
        `measure=Measure.PROPORTION` intervals stay within 0 and 1.
        Raises `RefusedEstimateError` (`no-replicate-value`: some replicate has none, as a group is empty in it).
        """
        values = np.atleast_1d(np.asarray(function(self.whole()), dtype=np.float64))
        found = np.array(
            [np.atleast_1d(np.asarray(function(self.weights(r)), dtype=np.float64)) for r in range(len(self))]
        )
        members = np.ones(self.design.n, dtype=bool) if domain is None else flags(domain, rows=self.design.n)
        units, strata = self.design.reach(members)
        return ReplicateEstimates(
            names=names or tuple(str(at) for at in range(len(values))),
            values=values,
            covariance=self.covariance(values, found),
            replicates=found,
            df=units - strata,
            n=int(members.sum()),
            units=units,
            strata=strata,
            measure=measure,
            weights=self,
        )

    def covariance(self, values: F64, replicates: F64) -> F64:
        """The covariance [k, k] of estimates [k] from those of the replicates [R, k].

        Raises `RefusedEstimateError` (`no-replicate-value`).
        """
        known = np.isfinite(replicates).all(axis=1)
        if not known.all() or not np.isfinite(values).all():
            raise RefusedEstimateError("no-replicate-value", n=int((~known).sum()), total=len(self))
        centre = values if self.about_estimate else replicates[self.scales > 0].mean(axis=0)
        away = replicates - centre
        return np.asarray((away * self.scales[:, None]).T @ away, dtype=np.float64)

    def _calibrated(self, weights: F64) -> F64:
        if self.recalibrate is None:
            return weights
        again = self.recalibrate(replace(self.design, weights=weights))
        design = again if isinstance(again, SampleDesign) else again[0]
        return np.asarray(design.weights, dtype=np.float64)


def _strata(design: SampleDesign) -> tuple[F64, F64, Any]:
    """For each unit n_h and f_h, and which units have a stratum to themselves without being all there is."""
    first = design.stages[0]
    sampled, fraction = first.sampled[first.group_of_unit], np.minimum(first.fraction, 1)[first.group_of_unit]
    if first.open_singles.any() and design.singles is not Single.CERTAINTY:
        alone = np.flatnonzero(first.open_singles)
        raise RefusedEstimateError("single-unit", stage=1, n=len(alone), group=first.names[int(alone[0])])
    return sampled, fraction, sampled == 1


def _jackknife(design: SampleDesign) -> tuple[Column, F64]:
    sampled, fraction, alone = _strata(design)
    group = design.stages[0].group_of_unit
    left_out = np.flatnonzero(~alone)

    def column(replicate: int) -> F64:
        unit = left_out[replicate]
        factor = np.where(group == group[unit], sampled[unit] / (sampled[unit] - 1), 1.0)
        factor[unit] = 0.0
        return factor

    n = sampled[left_out]
    return column, (1 - fraction[left_out]) * (n - 1) / n


def _balanced(design: SampleDesign, *, rho: float) -> tuple[Column, F64]:
    first = design.stages[0]
    sampled, fraction, alone = _strata(design)
    other = np.flatnonzero(~alone & (sampled != 2))
    if other.size:
        group = int(first.group_of_unit[other[0]])
        raise RefusedEstimateError("not-two-units", group=first.names[group], n=int(first.sampled[group]))
    pairs = np.flatnonzero(first.sampled == 2)
    matrix = hadamard(len(pairs) + 1)
    factors = np.ones((len(sampled), len(matrix)))
    for place, pair in enumerate(pairs, start=1):
        one, two = np.flatnonzero(first.group_of_unit == pair)
        swing = (1 - rho) * np.sqrt(1 - fraction[one]) * matrix[:, place]
        factors[one], factors[two] = 1 + swing, 1 - swing
    return _of_table(factors), np.full(len(matrix), 1 / (len(matrix) * (1 - rho) ** 2))


def _bootstrap(design: SampleDesign, *, seed: int, replicates: int) -> tuple[Column, F64]:
    """The stream is that of the bit generator PCG64, which numpy promises not to change."""
    _, _, alone = _strata(design)
    first = design.stages[0]
    source = np.random.PCG64(seed)
    factors = np.ones((len(alone), replicates))
    for group in range(len(first.sampled)):
        units = np.flatnonzero(first.group_of_unit == group)
        size = len(units)
        if size < 2:
            continue
        chance = (source.random_raw((size - 1) * replicates) >> np.uint64(11)) * 2.0**-53
        drawn = (chance * size).astype(np.int64).reshape(replicates, size - 1)
        places = drawn + size * np.arange(replicates)[:, None]
        times = np.bincount(places.ravel(), minlength=size * replicates).reshape(replicates, size)
        part = np.sqrt(1 - min(float(first.fraction[group]), 1.0))
        factors[units] = (1 - part + part * times * size / (size - 1)).T
    return _of_table(factors), np.full(replicates, 1 / replicates)


def _of_table(factors: F64) -> Column:
    return lambda replicate: np.asarray(factors[:, replicate], dtype=np.float64)
