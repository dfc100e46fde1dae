"""What sets two answers apart, and Krippendorff's alpha that rests on it (Krippendorff 2004, 2011)."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum

import numpy as np

from .columns import F64
from .ratings import Ratings
from .refusals import RefusedEstimateError


class Scale(StrEnum):
    """What sets two answers apart, for Krippendorff's alpha."""

    NOMINAL = "nominal"
    """Being different."""
    ORDINAL = "ordinal"
    """The square of how many answers lie between them: (Σ from c to k of n_g - (n_c + n_k)/2)²."""
    INTERVAL = "interval"
    """(c - k)²."""
    RATIO = "ratio"
    """((c - k)/(c + k))², for numbers from 0 up."""


def numbers_of(table: Ratings, scale: Scale, *, ordered: bool) -> F64:
    """The categories as numbers where the scale needs them.

    Raises `RefusedEstimateError` (`no-order`, `not-numbers`, `below-zero`).
    """
    if scale is Scale.NOMINAL or (scale is Scale.ORDINAL and ordered):
        return np.arange(len(table.categories), dtype=np.float64)
    try:
        values = np.array([float(label) for label in table.categories])
    except (TypeError, ValueError):
        values = np.array([np.nan])
    if np.isnan(values).any() or any(isinstance(label, str) for label in table.categories):
        raise RefusedEstimateError("no-order" if scale is Scale.ORDINAL else "not-numbers", what="ratings")
    if scale is Scale.RATIO and values.min() < 0:
        raise RefusedEstimateError("below-zero", value=f"{values.min():g}")
    return values


def alpha_of(counts: F64, scale: Scale, values: F64) -> Callable[[F64], tuple[float, float, float]]:
    """From the units that are kept [units, yes or no] to alpha, and to agreement observed and expected."""
    answers = counts.sum(axis=1)
    share = np.where(answers >= 2, 1 / np.maximum(answers - 1, 1), 0.0)
    apart = None if scale is Scale.ORDINAL else distances(scale, values)
    within = np.zeros(len(counts)) if apart is None else _apart(counts, apart) * share

    def way(kept: F64) -> tuple[float, float, float]:
        totals = (kept * (share > 0)) @ counts
        n = float(totals.sum())
        if apart is None:
            # (c - k)² of the places of answers among all answers, counted from their middle.
            places = np.cumsum(totals) - totals / 2 - n / 2
            observed = float(kept @ (_squares(counts, places) * share))
            chance, furthest = float(_squares(totals[None, :], places)[0]), float(np.ptp(places) ** 2)
        else:
            observed, chance, furthest = float(kept @ within), float(totals @ apart @ totals), float(apart.max())
        if not chance > 0:
            return np.nan, np.nan, np.nan
        observed, chance = observed / n, chance / (n * (n - 1))
        return 1 - observed / chance, 1 - observed / furthest, 1 - chance / furthest

    return way


def _apart(counts: F64, apart: F64) -> F64:
    """For each row the distances of all pairs of its answers, added."""
    return np.asarray(((counts @ apart) * counts).sum(axis=1), dtype=np.float64)


def _squares(counts: F64, values: F64) -> F64:
    """The same where distances are squares of differences of `values`, without a table of them."""
    return np.asarray(2 * (counts.sum(axis=1) * (counts @ values**2) - (counts @ values) ** 2), dtype=np.float64)


def distances(scale: Scale, values: F64) -> F64:
    """Between every two of `values` [categories], for the scales that do not depend on how often each was given."""
    if scale is Scale.NOMINAL:
        return 1.0 - np.eye(len(values))
    apart = values[:, None] - values[None, :]
    if scale is Scale.INTERVAL:
        return np.asarray(apart**2, dtype=np.float64)
    whole = values[:, None] + values[None, :]
    return np.asarray((apart / np.where(whole > 0, whole, 1.0)) ** 2, dtype=np.float64)
