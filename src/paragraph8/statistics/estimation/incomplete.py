"""The incomplete beta and gamma functions: both tails, each to full relative accuracy.

From them come the tails of t, F, chi-squared and beta (`distributions`). Three ways share the work: a continued
fraction, a power series, and for large parameters Gauss-Legendre quadrature of the density from the point outwards.
The factor in front of each is Loader's saddle-point form, which does not cancel where log-gamma would.

Sources: DiDonato and Morris 1992 (ACM TOMS 18:360-373) for the fraction of the beta; Abramowitz and Stegun 6.5.29 and
6.5.31 for the gamma; Loader 2000, "Fast and accurate computation of binomial probabilities".
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from .columns import F64

LARGE = 40.0
"""Parameters above this are integrated by quadrature, whose cost does not grow with them."""
_DROP = 42.0
"""The integrand is followed until it fell by a factor of exp(42): what is left is under 1e-18 of the tail."""
_EXACT = 1e5
"""Up to this curvature plain logarithms lose less than 1e-13."""
_STEPS = 5_000
_TINY = 3e-308
_EPS = 2.0**-53
_STIRLING = (1 / 12, -1 / 360, 1 / 1260, -1 / 1680, 1 / 1188, -691 / 360360, 1 / 156)


def _gauss_legendre(n: int) -> tuple[F64, F64]:
    """Nodes and weights on [0, 1] (Golub and Welsch 1969); numpy's own come with a package that is slow to load."""
    k = np.arange(1.0, n)
    beside = np.diag(k / np.sqrt(4 * k * k - 1), 1)
    nodes, vectors = np.linalg.eigh(beside + beside.T)
    return (nodes + 1) / 2, vectors[0] ** 2


_NODES, _WEIGHTS = _gauss_legendre(36)


def stirling_error(a: F64) -> F64:
    """log Γ(a) - ((a - 1/2) log a - a + log √2π), for a > 0."""
    correction = np.zeros_like(a)
    shifted = a.copy()
    while (small := shifted < 16).any():
        at = shifted[small]
        correction[small] += (at + 0.5) * np.log1p(1 / np.maximum(at, _TINY)) - 1
        shifted[small] += 1
    square = 1 / (shifted * shifted)
    series = np.zeros_like(a)
    for coefficient in reversed(_STIRLING):
        series = series * square + coefficient
    return correction + series / shifted


def deviance(t: F64) -> F64:
    """φ(t) = (1 + t) log(1 + t) - t, for t >= -1, without cancellation near 0."""
    near = np.abs(t) < 0.4
    s = np.where(near, t / (2 + t), 0.0)
    square = s * s
    series = np.zeros_like(t)
    for k in range(33, 1, -2):
        series = series * square + 1 / k
    close = 2 / (1 - s) * (square + (1 + s) * s * square * series)
    if near.all():
        return np.asarray(close, dtype=np.float64)
    far = np.where(near, 1.0, t)
    direct = (1 + far) * np.log1p(np.maximum(far, _EPS - 1)) * (far > -1) - far
    return np.asarray(np.where(near, close, direct), dtype=np.float64)


def beta_density(a: F64, b: F64, x: F64, y: F64) -> F64:
    """x^a y^b / B(a, b), y = 1 - x: the density of log(x/y) where x has the beta distribution."""
    n = a + b
    away = a * y - b * x
    drop = n * x * deviance(away / np.maximum(n * x, _TINY)) + n * y * deviance(-away / np.maximum(n * y, _TINY))
    stirling = stirling_error(n) - stirling_error(a) - stirling_error(b)
    return np.asarray(np.sqrt(a / n) * np.sqrt(b / (2 * np.pi)) * np.exp(stirling - drop), dtype=np.float64)


def gamma_density(a: F64, x: F64) -> F64:
    """x^a e^-x / Γ(a): the density of log x where x has the gamma distribution of shape a."""
    drop = x * deviance((a - x) / np.maximum(x, _TINY))
    return np.asarray(np.sqrt(a / (2 * np.pi)) * np.exp(-stirling_error(a) - drop), dtype=np.float64)


def beta_tails(a: F64, b: F64, x: F64, y: F64, density: F64) -> tuple[F64, F64]:
    """(I_x(a, b), 1 - I_x(a, b)) with y = 1 - x and `density` = `beta_density`; the smaller is accurate relatively.

    Arrays of one shape `[n]`, a and b > 0, 0 < x < 1. Below parameters of 0.01 the accuracy is absolute only.
    """
    below = b * x <= a * y
    own, other = np.where(below, a, b), np.where(below, b, a)
    at, rest = np.where(below, x, y), np.where(below, y, x)
    tail = np.empty_like(x)
    large = np.minimum(a, b) > LARGE
    for chosen, way in ((large, _beta_quadrature), (~large, _beta_fraction)):
        if chosen.any():
            tail[chosen] = density[chosen] * way(own[chosen], other[chosen], at[chosen], rest[chosen])
    return np.where(below, tail, 1 - tail), np.where(below, 1 - tail, tail)


def gamma_tails(a: F64, x: F64, density: F64) -> tuple[F64, F64]:
    """(P(a, x), Q(a, x)), `density` = `gamma_density`; the smaller of the two is accurate relatively. a > 0, x > 0."""
    below = x <= a
    tail = np.empty_like(x)
    large = a > LARGE
    steep = ~large & ~below & (x > a + 1)
    middle = ~large & ~steep
    for chosen, way in ((large, _gamma_quadrature), (steep, _gamma_fraction), (middle, _gamma_series)):
        if chosen.any():
            tail[chosen] = density[chosen] * way(a[chosen], x[chosen])
    lower = below | middle
    return np.where(lower, tail, 1 - tail), np.where(lower, 1 - tail, tail)


def _beta_fraction(a: F64, b: F64, x: F64, y: F64) -> F64:
    """I_x(a, b) / density, for x <= a / (a + b)."""

    def numerator(m: int, a: F64, b: F64, x: F64, _: F64) -> F64:
        step = (a + (2 * m - 1)) ** 2
        return (a + (m - 1)) * (a + b + (m - 1)) * m * (b - m) * x * x / step

    def denominator(m: int, a: F64, b: F64, x: F64, y: F64) -> F64:
        upper = (a + m) * (a * y - b * x + 1 + m * (2 - x)) / (a + (2 * m + 1))
        return upper if not m else upper + m + m * (b - m) * x / (a + (2 * m - 1))

    return 1 / _fraction(numerator, denominator, a, b, x, y)


def _gamma_fraction(a: F64, x: F64) -> F64:
    """Q(a, x) / density, for x > a + 1."""
    return 1 / _fraction(lambda m, a, _: m * (a - m), lambda m, a, x: x - a + (2 * m + 1), a, x)


def _gamma_series(a: F64, x: F64) -> F64:
    """P(a, x) / density, for small a."""
    total = term = 1 / a
    for k in range(1, _STEPS):
        term = term * x / (a + k)
        total = total + term
        if np.all(term <= _EPS * total):
            break
    return np.asarray(total, dtype=np.float64)


def _fraction(numerator: Callable[..., F64], denominator: Callable[..., F64], *arguments: F64) -> F64:
    """b₀ + a₁/(b₁ + a₂/(b₂ + …)) by the modified method of Lentz; what has converged is put aside."""
    value = denominator(0, *arguments)
    value = np.where(value == 0, _TINY, value)
    result = value.copy()
    open_ = np.arange(value.size)
    c, d = value.copy(), np.zeros_like(value)
    for m in range(1, _STEPS):
        up, down = numerator(m, *arguments), denominator(m, *arguments)
        d = down + up * d
        d = 1 / np.where(d == 0, _TINY, d)
        c = down + up / c
        c = np.where(c == 0, _TINY, c)
        change = c * d
        value = value * change
        done = np.abs(change - 1) <= 2 * _EPS
        if done.any():
            result[open_] = value
            left = ~done
            if not left.any():
                break
            open_, value, c, d = open_[left], value[left], c[left], d[left]
            arguments = tuple(argument[left] for argument in arguments)
    result[open_] = value
    return result


def _beta_quadrature(a: F64, b: F64, x: F64, y: F64) -> F64:
    """I_x(a, b) / density for large a and b: ∫ of the density from x down, relative to the density at x.

    In v = log(t / (1 - t)) the density is log-concave, so that slope and curvature at x bound how far to follow it.
    Of s steps in v: log t - log x = -log(1 + y (e^-s - 1)) and log(1 - t) - log(1 - x) = -log(1 + x (e^s - 1)).
    """
    slope = a * y - b * x
    curvature = (a + b) * x * y
    reach = _reach(slope, curvature)
    s = np.outer(_NODES, -reach)
    up = np.expm1(s)
    down = -up / (1 + up)
    if curvature.max() < _EXACT:
        rise = -a * np.log1p(y * down) - b * np.log1p(x * up)
    else:
        rise = slope * s + a * (_bend(y * down) - y * _bend(down)) + b * (_bend(x * up) - x * _bend(up))
    return np.asarray(reach * (_WEIGHTS @ np.exp(rise)), dtype=np.float64)


def _gamma_quadrature(a: F64, x: F64) -> F64:
    """The tail of gamma on the side of x that is away from a, relative to the density of log x at x, for large a."""
    side = np.where(x <= a, -1.0, 1.0)
    reach = _reach(np.abs(a - x), x)
    s = np.outer(_NODES, side * reach)
    rise = (a - x) * s - x * _bend(np.expm1(s))
    return np.asarray(reach * (_WEIGHTS @ np.exp(rise)), dtype=np.float64)


def _bend(z: F64) -> F64:
    """z - log(1 + z), without cancellation near 0."""
    return np.asarray((z * z - deviance(z)) / (1 + z), dtype=np.float64)


def _reach(slope: F64, curvature: F64) -> F64:
    """How far slope w + curvature w²/2 takes to reach `_DROP`."""
    return np.asarray(2 * _DROP / (slope + np.sqrt(slope * slope + 2 * _DROP * curvature)), dtype=np.float64)
