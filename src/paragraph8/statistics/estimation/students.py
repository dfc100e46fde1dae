"""Quantiles of t for many degrees of freedom at once, where intervals of a thousand estimates need them."""

from __future__ import annotations

import numpy as np

from .columns import F64
from .incomplete import stirling_error

LEAST_DF = 20.0
LEAST_TAIL = 1e-3
"""From here on `central` is good to 1e-13: the tail is 1/2 less an integral, which cancels further out."""

_NODES, _WEIGHTS = np.polynomial.legendre.leggauss(32)
_NODES, _WEIGHTS = (_NODES[:, None] + 1) / 2, _WEIGHTS / 2


def central(z: F64, tail: F64, df: F64) -> F64:
    """t with P(T > t) = tail, from `LEAST_TAIL` to 1/2, for `df` from `LEAST_DF` on; `z` is the normal quantile.

    Three terms of the expansion in 1/df (Abramowitz and Stegun 26.7.5) and two of Newton's steps, with the area from 0
    to t by Gauss-Legendre quadrature of the density.
    """
    t = z * (
        1
        + (z**2 + 1) / (4 * df)
        + (5 * z**4 + 16 * z**2 + 3) / (96 * df**2)
        + (3 * z**6 + 19 * z**4 + 17 * z**2 - 15) / (384 * df**3)
    )
    half = df / 2
    height = np.exp(half * np.log1p(0.5 / half) - 0.5 + stirling_error(half + 0.5) - stirling_error(half)) / np.sqrt(
        2 * np.pi
    )
    for _ in range(2):
        area = t * (_WEIGHTS @ np.exp(-(half + 0.5) * np.log1p((_NODES * t) ** 2 / df)))
        t = t + (0.5 - tail - height * area) / (height * np.exp(-(half + 0.5) * np.log1p(t * t / df)))
    return np.asarray(t, dtype=np.float64)
