"""Planning a sample: how many stations, how wide the margin, which difference can be seen.

Voters of one station resemble each other, so that p(1 - p) of voters says little of a sample of stations. What counts
is S, the standard deviation between stations, within strata, of the residual share (y - R x)/x̄: take it from the
stations of the last election (`station_spread`), or from a published margin (`spread_of_margin`). Then
e = z S √(deff (1 - n/N)/n).

Sizes for margins and the handbook's formula are those of the drawing room (`sampling.margins`), at hand from here.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil, sqrt
from typing import Any

import numpy as np

from paragraph8.statistics.sampling.margins import (
    CONFIDENCE,
    design_effect,
    margin_of_share,
    margin_of_strata,
    quantile,
    size_for_share,
    size_for_spread,
    whole,
)

from .columns import encode, numbers
from .refusals import RefusedEstimateError

__all__ = [
    "CONFIDENCE",
    "Expectation",
    "StationSpread",
    "design_effect",
    "effective_n",
    "expected",
    "handbook_bounds",
    "margin_of_share",
    "margin_of_spread",
    "margin_of_strata",
    "minimum_detectable_difference",
    "quantile",
    "size_for_difference",
    "size_for_share",
    "size_for_spread",
    "spread_of_margin",
    "station_spread",
    "to_be_drawn",
    "whole",
]


@dataclass(frozen=True, kw_only=True)
class StationSpread:
    """How much stations differ: `ratio` R is the share of the whole, `spread` S within strata, as shares."""

    ratio: float
    spread: float
    spreads: tuple[tuple[str, float], ...]
    """S_h of each stratum, for Neyman allocation."""
    stations: int


@dataclass(frozen=True, kw_only=True)
class Expectation:
    """What a sample is expected to give: `n` answers of `drawn`, worth `effective` independent ones, ± `margin`."""

    drawn: int
    n: float
    effective: float
    design_effect: float
    margin: float
    level: float


def margin_of_spread(
    n: float, *, z: float, spread: float, there: float | None = None, design_effect: float = 1.0
) -> float:
    """e = z S √(deff (1 - n/N)/n), in the unit of S. Raises `RefusedEstimateError` (`not-a-plan`)."""
    _above_zero(n=n, z=z, spread=spread, design_effect=design_effect)
    return z * spread * sqrt(design_effect * _rest(n, there) / n)


def spread_of_margin(margin: float, n: float, *, z: float, there: float | None = None) -> float:
    """The S that a published margin of `n` stations implies: e √n / (z √(1 - n/N)), in the unit of the margin.

    Mexico 2018: an SE of 0.1593 points from 6,307 of 156,899 stations is S = 12.9 points; Kenya 2022: ± 2.1 points
    from 1,000 stations is 33.9. It holds whatever uneven weights or returns added, and is a safe S for the next time.
    Raises `RefusedEstimateError` (`not-a-plan`).
    """
    _above_zero(margin=margin, n=n, z=z)
    rest = _rest(n, there)
    if not rest > 0:
        raise RefusedEstimateError("not-a-plan", field="n, N")
    return margin * sqrt(n / rest) / z


def station_spread(votes: Any, valid: Any, *, strata: Any = None) -> StationSpread:
    """S from all stations of an earlier election: `votes` and `valid` [stations], `strata` [stations] are labels.

    R = Σ y/Σ x; S² = Σ W_h S_h², S_h² the variance of (y - R x)/x̄ within stratum h, W_h its share of stations: what
    proportional allocation meets. A station alone in its stratum has no spread, as it would be taken for certain.
    Raises `RefusedEstimateError` (`zero-denominator`, `no-label`, `no-rows`).
    """
    y = numbers(votes, rows=None, what="votes")
    x = numbers(valid, rows=len(y), what="valid")
    for what, column in (("votes", y), ("valid", x)):
        if np.isnan(column).any():
            raise RefusedEstimateError("no-label", what=what, row=int(np.flatnonzero(np.isnan(column))[0]))
    if not len(y):
        raise RefusedEstimateError("no-rows")
    if not x.sum() > 0:
        raise RefusedEstimateError("zero-denominator", name="votes")
    codes, labels = (
        (np.zeros(len(y), dtype=np.int64), ("all",)) if strata is None else encode(strata, rows=len(y), what="strata")
    )
    ratio = float(y.sum() / x.sum())
    residual = (y - ratio * x) / x.mean()
    sizes = np.bincount(codes, minlength=len(labels)).astype(np.float64)
    centred = residual - (np.bincount(codes, weights=residual, minlength=len(labels)) / sizes)[codes]
    squares = np.bincount(codes, weights=centred**2, minlength=len(labels)) / np.maximum(sizes - 1, 1)
    return StationSpread(
        ratio=ratio,
        spread=float(np.sqrt(sizes @ squares / sizes.sum())),
        spreads=tuple((str(label), float(np.sqrt(square))) for label, square in zip(labels, squares, strict=True)),
        stations=len(y),
    )


def effective_n(n: float, design_effect: float) -> float:
    """The size of the simple random sample that would say as much: n/deff. Raises `RefusedEstimateError`."""
    _above_zero(n=n, design_effect=design_effect)
    return n / design_effect


def to_be_drawn(needed: float, *, response: float = 1.0) -> int:
    """How many to draw so that `needed` report, when a share `response` does. Raises `RefusedEstimateError`."""
    _above_zero(needed=needed)
    if not 0 < response <= 1:
        raise RefusedEstimateError("not-a-plan", field="response")
    return ceil(needed / response - 1e-9)


def expected(
    drawn: int,
    *,
    spread: float,
    level: float = CONFIDENCE,
    there: float | None = None,
    per_cluster: float = 1.0,
    correlation: float = 0.0,
    response: float = 1.0,
) -> Expectation:
    """What a draw will give: `spread` S between stations (0.5 for a yes or no of which nothing is known), `there` N,
    `per_cluster` stations a team with intraclass `correlation`, a share `response` of reports that come in.

    deff = 1 + (b - 1)ρ (Kish 1965). Raises `RefusedEstimateError` (`not-a-plan`, `not-a-level`).
    """
    if not 0 < level < 1:
        raise RefusedEstimateError("not-a-level", level=level)
    _above_zero(drawn=drawn, spread=spread)
    if not 0 < response <= 1 or not per_cluster >= 1 or not 0 <= correlation <= 1:
        raise RefusedEstimateError("not-a-plan", field="response, b, rho")
    n, effect = drawn * response, design_effect(per_cluster, correlation)
    margin = margin_of_spread(n, z=quantile(level), spread=spread, there=there, design_effect=effect)
    return Expectation(drawn=drawn, n=n, effective=n / effect, design_effect=effect, margin=margin, level=level)


def minimum_detectable_difference(
    one: float,
    other: float,
    *,
    spread: float,
    other_spread: float | None = None,
    level: float = CONFIDENCE,
    power: float = 0.8,
    design_effect: float = 1.0,
) -> float:
    """The smallest true difference between groups of `one` and `other` answers that a two-sided test at `level` finds
    with probability `power`: (z(1-α/2) + z(power)) √(deff (S₁²/n₁ + S₂²/n₂)), in the unit of S.

    Raises `RefusedEstimateError` (`not-a-plan`, `not-a-level`).
    """
    second = spread if other_spread is None else other_spread
    _above_zero(one=one, other=other, spread=spread, other_spread=second, design_effect=design_effect)
    return _reach(level, power) * sqrt(design_effect * (spread**2 / one + second**2 / other))


def size_for_difference(
    difference: float,
    *,
    spread: float,
    level: float = CONFIDENCE,
    power: float = 0.8,
    design_effect: float = 1.0,
) -> float:
    """Answers needed in each of two groups to find a true `difference`, unrounded. Raises `RefusedEstimateError`."""
    _above_zero(difference=difference, spread=spread, design_effect=design_effect)
    return design_effect * 2 * (_reach(level, power) * spread / difference) ** 2


def handbook_bounds(stations: int, *, voters: float, z: float) -> tuple[float, float]:
    """Between which margins a share of votes lies, as the NDI handbook puts it (Estok, Nevitte and Cowan 2002, ch. 5):
    every voter a case of its own, z 0.5/√(n m), and every station one case, z 0.5/√n.

    It says only that much; with S there is one margin. Raises `RefusedEstimateError` (`not-a-plan`).
    """
    _above_zero(stations=stations, voters=voters, z=z)
    return z * 0.5 / sqrt(stations * voters), z * 0.5 / sqrt(stations)


def _reach(level: float, power: float) -> float:
    if not 0 < level < 1:
        raise RefusedEstimateError("not-a-level", level=level)
    if not 0.5 <= power < 1:
        raise RefusedEstimateError("not-a-plan", field="power")
    return quantile(level) + quantile(2 * power - 1)


def _rest(n: float, there: float | None) -> float:
    if there is None:
        return 1.0
    if not there >= n:
        raise RefusedEstimateError("not-a-plan", field="n, N")
    return 1 - n / there


def _above_zero(**fields: float) -> None:
    for name, value in fields.items():
        if not 0 < value < float("inf"):
            raise RefusedEstimateError("not-a-plan", field=name)
