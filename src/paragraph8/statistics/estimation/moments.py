"""What proportions need to know of a sample, and the one place where they are computed from it.

For a question q, a domain g and a stratum h let n_i and d_i be the weighted yeses and answers of unit i. Five sums over
the units say everything about the estimate and its Taylor variance (the expansion of a square, nothing approximate):

    Sn = Σ n_i, Sd = Σ d_i, Snn = Σ n_i², Snd = Σ n_i d_i, Sdd = Σ d_i²
    p = Σ_h Sn / D, D = Σ_h Sd,   Σ z_i = (Sn - p Sd)/D,   Σ z_i² = (Snn - 2p Snd + p² Sdd)/D²
    V = Σ_h (1 - f_h) n_h/(n_h - 1) (Σ z_i² - (Σ z_i)²/n_h)

Sums are kept in units of one weight per stratum, so that they are whole numbers wherever a stratum has one weight, and
a weight that changes as reports come in changes nothing else.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from paragraph8.domain.figures import Basis

from .columns import F64, Codes, frozen
from .estimates import Estimate, Measure
from .refusals import RefusedEstimateError
from .stages import Single, alone

ALL = "all"
"""The name of the domain that holds every report."""

SN, SD, SNN, SND, SDD, THERE = range(6)
"""Rows of `Moments.sums`: the five sums, and how many units have an answer."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Strata:
    """The strata of a sample as its estimates need them; all [strata].

    `weight` is the weight of one report in the unit in which the sums are kept, `sampled` the units in the sample,
    `population` the units there were (infinity: not known), `joined` the code of the stratum in which each counts for
    the variance. A stratum without a sampled unit takes no part.
    """

    names: tuple[str, ...]
    weight: F64
    sampled: F64
    population: F64
    joined: Codes
    singles: Single = Single.FAIL


@dataclass(frozen=True, kw_only=True, eq=False)
class Moments:
    """The sums of all domains and questions, `sums` [domains, strata, 6, questions], and the reports counted without
    weights, `counts` [domains, 2, questions]: yeses and answers. The first domain is everything (`ALL`)."""

    strata: Strata
    domains: tuple[str, ...]
    questions: tuple[str, ...]
    sums: F64
    counts: Codes

    @property
    def weighed(self) -> F64:
        """The sums with the weights of the strata: [domains, strata, 6, questions]."""
        weight = self.strata.weight
        powers = np.stack([weight, weight, weight**2, weight**2, weight**2, np.ones(len(weight))], axis=1)
        return np.asarray(self.sums * powers[:, :, None])

    def proportions(self) -> Proportions:
        """All proportions with variances. A domain without an answer has value NaN, n 0 and df 0.

        Raises `RefusedEstimateError` (`single-unit`, `all-single`).
        """
        strata = self.strata
        weighed = self.weighed
        first, second = weighed[:, :, [SN, SD]], weighed[:, :, [SNN, SND, SDD]]
        over, under = first.sum(axis=1).transpose(1, 0, 2)
        with np.errstate(divide="ignore", invalid="ignore"):
            share = over / under
            p = share[:, None, :]
            away = (first[:, :, 0] - p * first[:, :, 1]) / under[:, None, :]
            square = (second[:, :, 0] - 2 * p * second[:, :, 1] + p * p * second[:, :, 2]) / under[:, None, :] ** 2
        there = weighed[:, :, THERE]
        yes, n = self.counts.transpose(1, 0, 2)
        size = int(strata.joined.max()) + 1
        if not np.array_equal(strata.joined, np.arange(size)):
            away, square, there = (_joined(values, strata.joined, size) for values in (away, square, there))
        variances = self._variances(away, square, size)
        return Proportions(
            domains=self.domains,
            questions=self.questions,
            values=frozen(np.where(yes == n, np.where(n > 0, 1.0, np.nan), np.where(yes == 0, 0.0, share))),
            variances=frozen(np.where((yes == 0) | (yes == n), np.where(n > 0, 0.0, np.nan), variances)),
            n=frozen(n),
            units=frozen(there.sum(axis=1).astype(np.int64)),
            strata=frozen(np.count_nonzero(there, axis=1).astype(np.int64)),
            size=frozen(under),
        )

    def _variances(self, away: F64, square: F64, size: int) -> F64:
        """V from Σz and Σz² [domains, strata as they count, questions]."""
        strata = self.strata
        sampled, population = (
            np.bincount(strata.joined, weights=each, minlength=size).astype(np.float64)
            for each in (strata.sampled, strata.population)
        )
        used = sampled > 0
        fraction = np.divide(sampled, population, out=np.zeros(size), where=used)
        single = alone(sampled, population)
        if single.any() and strata.singles is Single.FAIL:
            first = strata.names[int(np.flatnonzero(strata.joined == np.flatnonzero(single)[0])[0])]
            raise RefusedEstimateError("single-unit", stage=1, n=int(single.sum()), group=first)
        if strata.singles is Single.AVERAGE and (single | ~used).all():
            raise RefusedEstimateError("all-single", stage=1)
        several = np.maximum(sampled - 1, 1)[:, None]
        spread = square * (sampled[:, None] / several) - away**2 / several
        spread[:, single] = away[:, single] ** 2 if strata.singles is Single.ADJUST else 0.0
        found: F64 = np.einsum("ghq,h->gq", np.maximum(spread, 0.0), np.clip(1 - fraction, 0, 1) * used)
        if strata.singles is Single.AVERAGE:
            found *= used.sum() / (used & ~single).sum()
        return found


@dataclass(frozen=True, kw_only=True, eq=False)
class Proportions:
    """Shares of yes among the answers, for each domain and question; all arrays [domains, questions].

    `n` answers, `units` first-stage units and `strata` that have them; `size` is their weighted number. A share without
    an answer is NaN.
    """

    domains: tuple[str, ...]
    questions: tuple[str, ...]
    values: F64
    variances: F64
    n: Codes
    units: Codes
    strata: Codes
    size: F64
    method: str = "taylor"
    basis: Basis = Basis.PROBABILITY

    @property
    def ses(self) -> F64:
        """Standard errors."""
        return np.sqrt(self.variances)

    @property
    def dfs(self) -> Codes:
        """Degrees of freedom: units that have an answer less strata that have."""
        return np.asarray(self.units - self.strata)

    @property
    def design_effects_replace(self) -> F64:
        """Variances over those of simple random samples with replacement, p(1 - p)/(n - 1); NaN where there is none."""
        with np.errstate(divide="ignore", invalid="ignore"):
            return np.asarray(self.variances * (self.n - 1) / (self.values * (1 - self.values)))

    @property
    def design_effects(self) -> F64:
        """Variances over those of simple random samples without replacement; NaN where there is none."""
        with np.errstate(divide="ignore", invalid="ignore"):
            found = self.design_effects_replace / (1 - self.n / self.size)
        return np.where(self.size > self.n, found, np.nan)

    def intervals(self, *, level: float = 0.95, method: str = "korn-graubard") -> tuple[F64, F64]:
        """Lower and upper limits; NaN where there is no answer or no degree of freedom.

        Raises `RefusedEstimateError` (`not-a-level`, `no-such-method`).
        """
        from .intervals import limits

        return limits(self.values, self.variances, self.n, self.dfs, level=level, method=method)

    def of(self, domain: str, question: str) -> Estimate:
        """One of them. Raises `RefusedEstimateError` (`no-such-group`, `empty-domain`)."""
        for name, names in ((domain, self.domains), (question, self.questions)):
            if name not in names:
                raise RefusedEstimateError("no-such-group", name=name)
        at = (self.domains.index(domain), self.questions.index(question))
        if not self.n[at]:
            raise RefusedEstimateError("empty-domain", name=f"{domain}, {question}")
        return Estimate(
            name=f"{domain}, {question}",
            value=float(self.values[at]),
            variance=float(self.variances[at]),
            df=int(self.dfs[at]),
            n=int(self.n[at]),
            units=int(self.units[at]),
            strata=int(self.strata[at]),
            measure=Measure.PROPORTION,
            method=self.method,
            basis=self.basis,
            design_effect=_defined(self.design_effects[at]),
            design_effect_replace=_defined(self.design_effects_replace[at]),
        )


def _joined(values: npt.NDArray[Any], joined: Codes, size: int) -> F64:
    order = np.argsort(joined, kind="stable")
    firsts = np.flatnonzero(np.append(True, np.diff(joined[order]) > 0))
    found = np.zeros((values.shape[0], size, values.shape[2]))
    found[:, joined[order][firsts]] = np.add.reduceat(values[:, order], firsts, axis=1)
    return found


def _defined(value: float) -> float | None:
    return float(value) if np.isfinite(value) else None
