"""How R arrives at its likelihood interval: a profile at few points, a spline through them, straight lines between.

`svyciprop(method = "likelihood")` profiles the logit of p in steps of a fifth of the largest z, draws a cubic spline
(Forsythe, Malcolm and Moler) through the points, takes three times as many points of it, and reads the limits off
straight lines between these. The error of that is what keeps its limits from being the root.
"""

from __future__ import annotations

import math

import numpy as np
from scipy import stats


def likelihood(p: float, se: float, n: int, df: int, level: float = 0.95) -> tuple[float, float]:
    """Both limits, as R reads them off."""
    dispersion = n / (n - 1)
    cutoff = stats.t.ppf((1 + level) / 2, df) * se * math.sqrt(n / (p * (1 - p)))
    furthest = math.sqrt(stats.f.ppf(1 - stats.norm.cdf(-cutoff) / 2, 1, n - 1))
    middle, step = math.log(p / (1 - p)), furthest / 5 * se / (p * (1 - p))

    def signed_root(logit: float) -> float:
        near, far = p * math.log(p * (1 + math.exp(-logit))), (1 - p) * math.log((1 - p) * (1 + math.exp(logit)))
        return math.copysign(math.sqrt(max(2 * n * (near + far) / dispersion, 0)), logit - middle)

    points = [(middle, 0.0)]
    for side in (-1, 1):
        for number in range(1, 10):
            logit = middle + side * number * step
            points.append((logit, signed_root(logit)))
            if abs(points[-1][1]) >= furthest:
                break
    x, z = np.array(sorted(points)).T
    many = np.linspace(x[0], x[-1], 3 * len(x))
    ends = np.interp([-cutoff, cutoff], spline(x, z, many), many)
    low, high = 1 / (1 + np.exp(-ends))
    return float(low), float(high)


def spline(x, y, at):
    """The cubic spline whose third derivatives at the ends are those of the cubics through the outer four points."""
    n, h = len(x), np.diff(x)
    slope = np.diff(y) / h
    matrix, right = np.zeros((n, n)), np.zeros(n)
    for i in range(1, n - 1):
        matrix[i, i - 1 : i + 2] = h[i - 1], 2 * (h[i - 1] + h[i]), h[i]
        right[i] = slope[i] - slope[i - 1]
    second = np.diff(slope) / (x[2:] - x[:-2])
    third = np.diff(second) / (x[3:] - x[:-3])
    matrix[0, :2], right[0] = (-h[0], h[0]), h[0] ** 2 * third[0]
    matrix[-1, -2:], right[-1] = (h[-1], -h[-1]), -(h[-1] ** 2) * third[-1]
    c = np.linalg.solve(matrix, right)
    k = np.clip(np.searchsorted(x, at, side="right") - 1, 0, n - 2)
    t = at - x[k]
    b = slope[k] - h[k] * (c[k + 1] + 2 * c[k])
    return y[k] + t * (b + t * (3 * c[k] + t * (c[k + 1] - c[k]) / h[k]))
