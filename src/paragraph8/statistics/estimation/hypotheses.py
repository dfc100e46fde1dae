"""Tests under the design: two domains, tables, and many at once.

A difference is reported with its interval; "their intervals overlap" is no test. A small p never becomes a word by
itself: what it means is for a person to say.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from .columns import F64, Flags, encode, flags, numbers
from .designs import SampleDesign
from .distributions import f_above, t_above
from .estimates import Estimate, Measure
from .intervals import Interval, wald
from .refusals import RefusedEstimateError
from .taylor import Quantity, estimate


@dataclass(frozen=True, kw_only=True)
class DifferenceTest:
    """The difference between two domains, against none: t with `df`, two-sided `p_value`, and the interval."""

    difference: Estimate
    t: float
    df: int
    p_value: float
    interval: Interval


@dataclass(frozen=True, kw_only=True)
class TableTest:
    """Whether rows and columns of a table go together: `f` with `df1` and `df2` degrees of freedom.

    `pearson` is X² of the weighted table scaled to `n` answers; `effects` are the generalised design effects, by whose
    mean it is divided.
    """

    f: float
    df1: float
    df2: float
    p_value: float
    pearson: float
    effects: tuple[float, ...]
    n: int
    rows: tuple[str, ...]
    columns: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, eq=False)
class Family:
    """Many tests together: `adjusted` p-values, and which are `found` while at most `rate` of those are chance."""

    adjusted: F64
    found: Flags
    rate: float
    tests: int


def two_domains(
    design: SampleDesign,
    y: Any,
    one: Any,
    other: Any,
    *,
    x: Any = None,
    measure: Measure = Measure.MEAN,
    level: float = 0.95,
) -> DifferenceTest:
    """t = (θ₁ - θ₂)/SE with the covariance between the domains, df = units - strata - 1 (R `svyttest`).

    `one` and `other` [rows, yes or no] may share units: two times at the same stations are paired that way. The measure
    is a mean, proportion or ratio (with `x`). Where the standard error is 0, t is infinite, or NaN for no difference.
    Raises `RefusedEstimateError` (`no-degrees`, `not-a-level`, and what the estimates refuse).
    """
    domains = [flags(domain, rows=design.n) for domain in (one, other)]
    both = estimate(
        design,
        [
            Quantity(name=name, measure=measure, top=y, bottom=x, domain=domain)
            for name, domain in zip(("one", "other"), domains, strict=True)
        ],
    )
    difference = both.difference("one", "other")
    df = difference.df - 1
    if df < 1:
        raise RefusedEstimateError("no-degrees", df=df)
    with np.errstate(divide="ignore", invalid="ignore"):
        t = float(np.float64(difference.value) / np.float64(difference.se))
    return DifferenceTest(
        difference=difference,
        t=t,
        df=df,
        p_value=2 * t_above(abs(t), float(df)),
        interval=wald(difference.value, difference.variance, difference.n, df, level=level),
    )


def independence(design: SampleDesign, rows: Any, columns: Any, *, domain: Any = None) -> TableTest:
    """Rao and Scott's (1984) second-order corrected test of independence, as F (Thomas and Rao 1990; R `svychisq`).

    `rows` and `columns` [rows of the sample] are labels; who lacks one is left out. With p the estimated cells, V their
    covariance and P that of a simple random sample of n, the generalised design effects are the eigenvalues of
    Δ = (C'D⁻¹PD⁻¹C)⁻¹ C'D⁻¹VD⁻¹C, D = diag(p), C the contrasts of interaction. F = X²/tr Δ, df1 = (tr Δ)²/tr Δ²,
    df2 = df1 (units - strata). Raises `RefusedEstimateError` (`empty-domain`, `one-row-or-column`, `no-degrees`,
    `no-variance`).
    """
    first, top = encode(rows, rows=design.n, what="rows", gaps=True)
    second, side = encode(columns, rows=design.n, what="columns", gaps=True)
    members = (first >= 0) & (second >= 0)
    if domain is not None:
        members &= flags(domain, rows=design.n)
    if not members.any():
        raise RefusedEstimateError("empty-domain", name="table")
    kept = [np.unique(codes[members]) for codes in (first, second)]
    r, c = len(kept[0]), len(kept[1])
    if r < 2 or c < 2:
        raise RefusedEstimateError("one-row-or-column")
    cells = [(i, j) for i in kept[0] for j in kept[1]]
    found = estimate(
        design,
        [
            Quantity(
                name=f"{top[i]} / {side[j]}",
                measure=Measure.PROPORTION,
                top=(first == i) & (second == j),
                domain=members,
            )
            for i, j in cells
        ],
    )
    df = design.df_of(members)
    if df < 1:
        raise RefusedEstimateError("no-degrees", df=df)
    n, p = int(members.sum()), found.values
    table = p.reshape(r, c)
    expected = np.outer(table.sum(axis=1), table.sum(axis=0))
    pearson = float(n * ((table - expected) ** 2 / expected).sum())
    delta = _effects(p, found.covariance, n, r, c)
    trace = float(np.trace(delta))
    if not trace > 0:
        raise RefusedEstimateError("no-variance")
    df1 = trace**2 / float(np.trace(delta @ delta))
    f = pearson / trace
    return TableTest(
        f=f,
        df1=df1,
        df2=df1 * df,
        p_value=f_above(f, df1, df1 * df),
        pearson=pearson,
        effects=tuple(sorted(np.linalg.eigvals(delta).real.tolist(), reverse=True)),
        n=n,
        rows=tuple(str(top[i]) for i in kept[0]),
        columns=tuple(str(side[j]) for j in kept[1]),
    )


def benjamini_hochberg(p_values: Any, *, rate: float = 0.05) -> Family:
    """Which of many tests stand out while at most a share `rate` of them are expected to be chance.

    Adjusted p of the i-th smallest of m is min over j >= i of m p_j / j (Benjamini and Hochberg 1995). NaN, a test that
    could not be made, does not count and is never found. Raises `RefusedEstimateError` (`not-a-level`, `not-p-values`,
    `not-numbers`).
    """
    if not 0 < rate < 1:
        raise RefusedEstimateError("not-a-level", level=rate)
    p = numbers(p_values, rows=None, what="p")
    if np.any((p < 0) | (p > 1)):
        raise RefusedEstimateError("not-p-values")
    known = np.flatnonzero(~np.isnan(p))
    order = known[np.argsort(p[known], kind="stable")]
    m = len(order)
    stepped = np.minimum.accumulate((p[order] * m / np.arange(1, m + 1))[::-1])[::-1]
    adjusted = np.full(p.shape, np.nan)
    adjusted[order] = np.minimum(stepped, 1.0)
    return Family(adjusted=adjusted, found=np.asarray(adjusted <= rate, dtype=np.bool_), rate=rate, tests=m)


def _effects(p: F64, covariance: F64, n: int, r: int, c: int) -> npt.NDArray[np.float64]:
    """Δ of the interaction of an r × c table with cells p, rows first."""
    row, column = np.repeat(np.eye(r), c, axis=0), np.tile(np.eye(c), (r, 1))
    main = np.hstack([np.ones((r * c, 1)), row[:, 1:], column[:, 1:]])
    interaction = (row[:, 1:, None] * column[:, None, 1:]).reshape(r * c, -1)
    contrasts = interaction - main @ np.linalg.lstsq(main, interaction, rcond=None)[0]
    inverse = np.where(p > 0, 1 / np.where(p > 0, p, 1.0), 0.0)
    scaled = contrasts * inverse[:, None]
    simple = contrasts.T @ (contrasts * inverse[:, None]) / n
    return np.asarray(np.linalg.solve(simple, scaled.T @ covariance @ scaled), dtype=np.float64)
