"""Taylor linearisation: totals, means, ratios, proportions and their covariances under the declared design.

Sources: Binder (1983), Särndal, Swensson and Wretman (1992, ch. 5), Cochran (1977, ch. 11) for several stages, Lumley
(2010) for domains. A domain is taken after the design is declared: units without members stay in the design with 0.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from .columns import F64, Flags, encode, flags, frozen, numbers
from .designs import SampleDesign
from .estimates import Estimate, Estimates, Measure
from .refusals import RefusedEstimateError


@dataclass(frozen=True, kw_only=True, eq=False)
class Quantity:
    """What is to be estimated: the sum of `top` [rows] over the sum of `bottom` [rows] (None: the sum of `top` alone),
    among the rows of `domain` [rows] (None: all). Missing values are NaN; a row with one is no member.
    """

    name: str
    measure: Measure | str
    top: Any
    bottom: Any = None
    domain: Any = None


@dataclass(frozen=True, kw_only=True, eq=False)
class Linear:
    """A quantity made linear: its value, and for each row the score e (unweighted) and whether it is a member."""

    value: float
    scores: F64
    members: Flags


def linearise(design: SampleDesign, quantity: Quantity) -> Linear:
    """Σ w d y and e = y for a total; R = Σ w d y / Σ w d x and e = (y - R x) / Σ w d x for a ratio, a mean (x = 1) or a
    proportion. e is 0 for rows outside the domain.

    Raises `RefusedEstimateError` (`empty-domain`, `missing-in-total`, `no-weights`, `not-a-proportion`,
    `zero-denominator`, and what `columns` refuses).
    """
    name, rows, measure = quantity.name, design.n, _measure(quantity)
    top = numbers(quantity.top, rows=rows, what=name)
    members = np.ones(rows, dtype=bool) if quantity.domain is None else flags(quantity.domain, rows=rows)
    if measure is Measure.TOTAL:
        return _total(design, name, top, members)
    members = members & ~np.isnan(top)
    if measure is Measure.PROPORTION:
        wrong = np.flatnonzero(members & (top != 0) & (top != 1))
        if wrong.size:
            raise RefusedEstimateError("not-a-proportion", row=int(wrong[0]), value=f"{top[wrong[0]]:g}")
    bottom = np.ones(rows) if quantity.bottom is None else numbers(quantity.bottom, rows=rows, what=f"{name}: x")
    members = members & ~np.isnan(bottom)
    if not members.any():
        raise RefusedEstimateError("empty-domain", name=name)
    top, bottom = np.where(members, top, 0.0), np.where(members, bottom, 0.0)
    below = float(design.weights @ bottom)
    if not below > 0:
        raise RefusedEstimateError("zero-denominator", name=name)
    value = float(design.weights @ top) / below
    return Linear(value=value, scores=(top - value * bottom) / below, members=members)


def scores(design: SampleDesign, quantities: Sequence[Quantity]) -> F64:
    """The weighted scores u = w·e of quantities, [rows, k]: their PSU totals are what the variance is computed from."""
    return np.column_stack([design.weights * linearise(design, quantity).scores for quantity in quantities])


def covariance(design: SampleDesign, weighted: F64) -> F64:
    """The covariance [k, k] of totals of weighted scores [rows, k] under the design.

    V = Σ_h (1 - f_h) n_h/(n_h - 1) Σ_i (z_hi - z̄_h)(z_hi - z̄_h)ᵀ, and for each later stage the same within the units of
    the stage before, times the product of their sampling fractions (Cochran 1977, ch. 11; Särndal et al. 1992, ch. 4).
    A calibrated design's scores are first replaced by their residuals.
    Raises `RefusedEstimateError` (`single-unit`, `all-single`, `wrong-length`).
    """
    if weighted.shape[0] != design.n:
        raise RefusedEstimateError("wrong-length", what="scores", n=weighted.shape[0], rows=design.n)
    found = np.zeros((weighted.shape[1], weighted.shape[1]))
    left = weighted if design.adjusting is None else design.adjusting.residuals(weighted)
    factor = np.ones(design.n_strata)
    for number, stage in enumerate(design.stages, start=1):
        found += stage.variance(left, number=number, factor=factor, singles=design.singles)
        factor = (factor * stage.fraction)[stage.group_of_unit]
        if not factor.any():
            break
    return found


def estimate(design: SampleDesign, quantities: Sequence[Quantity]) -> Estimates:
    """Several quantities of one sample with all their covariances. Raises `RefusedEstimateError`."""
    found = [linearise(design, quantity) for quantity in quantities]
    weighted = np.column_stack([design.weights * linear.scores for linear in found])
    matrix = covariance(design, weighted)
    effects = np.array([_effects(design, linear, matrix[at, at]) for at, linear in enumerate(found)])
    return Estimates(
        names=tuple(quantity.name for quantity in quantities),
        values=frozen(np.array([linear.value for linear in found])),
        covariance=frozen(matrix),
        measures=tuple(_measure(quantity) for quantity in quantities),
        design=design,
        members=frozen(np.column_stack([linear.members for linear in found])),
        design_effects=effects[:, 0],
        design_effects_replace=effects[:, 1],
    )


def total(design: SampleDesign, y: Any, *, domain: Any = None, name: str = "total") -> Estimate:
    """The population total of `y` [rows], of the members of `domain` [rows, yes or no]. In the unit of y.

    Σ w d y (Horvitz-Thompson). Raises `RefusedEstimateError` (`no-weights`, `missing-in-total`, `empty-domain`).
    """
    return estimate(design, [Quantity(name=name, measure=Measure.TOTAL, top=y, domain=domain)])[0]


def mean(design: SampleDesign, y: Any, *, domain: Any = None, name: str = "mean") -> Estimate:
    """The mean of `y` [rows] among those who have a value, in the unit of y: Σ w d y / Σ w d (Hájek).

    Raises `RefusedEstimateError` (`empty-domain`).
    """
    return estimate(design, [Quantity(name=name, measure=Measure.MEAN, top=y, domain=domain)])[0]


def proportion(design: SampleDesign, y: Any, *, domain: Any = None, name: str = "proportion") -> Estimate:
    """The share, from 0 to 1, of rows with `y` = 1 among those with 0 or 1: a mean whose intervals stay within [0, 1].

    Raises `RefusedEstimateError` (`not-a-proportion`, `empty-domain`).
    """
    return estimate(design, [Quantity(name=name, measure=Measure.PROPORTION, top=y, domain=domain)])[0]


def ratio(design: SampleDesign, y: Any, x: Any, *, domain: Any = None, name: str = "ratio") -> Estimate:
    """The ratio of two totals, Σ w d y / Σ w d x, such as votes for a contestant over valid votes.

    Rows where either is missing are no members. Raises `RefusedEstimateError` (`zero-denominator`, `empty-domain`).
    """
    return estimate(design, [Quantity(name=name, measure=Measure.RATIO, top=y, bottom=x, domain=domain)])[0]


def by_domain(
    design: SampleDesign,
    y: Any,
    groups: Any,
    *,
    x: Any = None,
    measure: Measure | str = Measure.MEAN,
    domain: Any = None,
) -> Estimates:
    """One estimate for each label in `groups` [rows], with covariances; rows without a label are in none.

    Names are the labels as text, in sorted order. `x` [rows] with `Measure.RATIO`.
    Raises `RefusedEstimateError`, also where one group has no answer: then name a domain without it.
    """
    codes, labels = encode(groups, rows=design.n, what="groups", gaps=True)
    within = np.ones(design.n, dtype=bool) if domain is None else flags(domain, rows=design.n)
    there = [code for code in range(len(labels)) if (within & (codes == code)).any()]
    if not there:
        raise RefusedEstimateError("empty-domain", name="groups")
    return estimate(
        design,
        [
            Quantity(name=str(labels[code]), measure=measure, top=y, bottom=x, domain=within & (codes == code))
            for code in there
        ],
    )


def shares(design: SampleDesign, answers: Any, *, domain: Any = None) -> Estimates:
    """The share of each answer among those who answered, with covariances; `answers` [rows] are labels.

    Names are the labels as text, in sorted order; shares add to 1. Raises `RefusedEstimateError` (`empty-domain`).
    """
    codes, labels = encode(answers, rows=design.n, what="answers", gaps=True)
    within = codes >= 0 if domain is None else flags(domain, rows=design.n) & (codes >= 0)
    if not within.any():
        raise RefusedEstimateError("empty-domain", name="answers")
    return estimate(
        design,
        [
            Quantity(name=str(label), measure=Measure.PROPORTION, top=codes == code, domain=within)
            for code, label in enumerate(labels)
        ],
    )


def difference(
    design: SampleDesign,
    y: Any,
    one: Any,
    other: Any,
    *,
    x: Any = None,
    measure: Measure | str = Measure.MEAN,
    name: str = "difference",
) -> Estimate:
    """The estimate in domain `one` less that in domain `other` [rows, yes or no], with the covariance between them.

    Units that have members of both tie them together: their variances do not simply add.
    Raises `RefusedEstimateError` (`empty-domain` and what the measure refuses).
    """
    both = estimate(
        design,
        [
            Quantity(name="one", measure=measure, top=y, bottom=x, domain=one),
            Quantity(name="other", measure=measure, top=y, bottom=x, domain=other),
        ],
    )
    return both.contrast([1.0, -1.0], name=name)


def _measure(quantity: Quantity) -> Measure:
    try:
        measure = Measure(quantity.measure)
    except ValueError as error:
        raise RefusedEstimateError("no-such-measure", measure=quantity.measure) from error
    if measure in (Measure.CONTRAST, Measure.FUNCTION):
        raise RefusedEstimateError("no-such-measure", measure=measure.value)
    return measure


def _total(design: SampleDesign, name: str, top: F64, members: Flags) -> Linear:
    if not (design.weighted or design.adjusting):
        raise RefusedEstimateError("no-weights")
    if not members.any():
        raise RefusedEstimateError("empty-domain", name=name)
    missing = int(np.isnan(top[members]).sum())
    if missing:
        raise RefusedEstimateError("missing-in-total", n=missing)
    score = np.where(members, top, 0.0)
    return Linear(value=float(design.weights @ score), scores=score, members=members)


def _effects(design: SampleDesign, linear: Linear, variance: float) -> tuple[float, float]:
    """Variance over that of a simple random sample of the same n, without and with replacement, as R `survey` has it:
    V_srs = N² (1 - n/N) S²/n, S² = n/(n - 1) Σ w (e - ē)² / Σ w, N = Σ w, over the members.
    """
    weights, values = design.weights[linear.members], linear.scores[linear.members]
    n, size = len(weights), float(weights.sum())
    if n < 2 or not size > 0:
        return np.nan, np.nan
    centre = float(weights @ values) / size
    spread = n / (n - 1) * float(weights @ (values - centre) ** 2) / size
    replace = size**2 * spread / n
    if not replace > 0:
        return np.nan, np.nan
    finite = replace * (1 - n / size)
    return (variance / finite if finite > 0 and design.weighted else np.nan), variance / replace
