"""Own tails and quantiles against scipy, over wide ranges."""

from __future__ import annotations

import math
import time
from decimal import Decimal, localcontext

import numpy as np
import pytest
from scipy import special, stats

from paragraph8.statistics.estimation import distributions as own

N = 4_000
SCALES = [(-2, 1), (-1, 3), (2, 4.5), (3, 6), (-1, 6)]
"""Powers of ten between which parameters lie."""


def apart(ours, theirs):
    """The largest relative difference; equal numbers, zeros too, are not apart."""
    return np.max(np.where(ours == theirs, 0.0, np.abs(ours - theirs) / np.maximum(np.abs(theirs), 1e-280)))


def parameters(scale, seed):
    return 10 ** np.random.default_rng(seed).uniform(*scale, N)


@pytest.mark.parametrize("scale", SCALES)
def test_both_tails_of_beta(scale):
    a, b = parameters(scale, 1), parameters(scale, 2)
    v = np.log(a / b) + 3 * np.random.default_rng(3).normal(size=N) * np.sqrt(1 / a + 1 / b)
    x = special.expit(v)
    inside = (x > 1e-290) & (x < 1)
    a, b, x = a[inside], b[inside], x[inside]
    below, above = own.beta_below(x, a, b), own.beta_above(x, a, b)
    assert np.max(np.abs(below - special.betainc(a, b, x))) < 1e-12
    likely = (below > 1e-100) & (above > 1e-100)
    assert apart(below[likely], special.betainc(a, b, x)[likely]) < 2e-12
    assert apart(above[likely], special.betaincc(a, b, x)[likely]) < 2e-12


@pytest.mark.parametrize("scale", SCALES)
def test_quantiles_of_beta(scale):
    a, b = parameters(scale, 4), parameters(scale, 5)
    p = np.random.default_rng(6).uniform(size=N) ** 3
    ours, theirs = own.beta_quantile(p, a, b), special.betaincinv(a, b, p)
    possible = theirs > 1e-280
    assert apart(ours[possible], theirs[possible]) < 3e-12
    assert np.all(ours[~possible] < 1e-270)


def test_a_quantile_from_above_keeps_its_tail():
    """P(X > x) = 1e-30 cannot be asked for as P(X <= x) = 1 - 1e-30."""
    x = own.beta_quantile(1e-30, 3.0, 400.0, upper=True)
    assert own.beta_above(x, 3.0, 400.0) == pytest.approx(1e-30, rel=1e-11)
    assert own.f_above(own.f_quantile(1e-12, 3.0, 20.0, upper=True), 3.0, 20.0) == pytest.approx(1e-12, rel=1e-11)


@pytest.mark.parametrize("scale", SCALES)
def test_chi_squared(scale):
    df = parameters(scale, 7)
    x = stats.chi2.ppf(np.random.default_rng(8).uniform(size=N), df)
    df, x = df[x > 1e-290], x[x > 1e-290]
    for ours, theirs in (
        (own.chi2_below(x, df), special.gammainc(df / 2, x / 2)),
        (own.chi2_above(x, df), special.gammaincc(df / 2, x / 2)),
    ):
        assert np.max(np.abs(ours - theirs)) < 1e-12
        assert apart(ours[theirs > 1e-3], theirs[theirs > 1e-3]) < 1e-12
    p = np.random.default_rng(9).uniform(1e-3, 1, size=df.size)
    theirs = 2 * special.gammaincinv(df / 2, p)
    possible = theirs > 1e-280
    assert apart(own.chi2_quantile(p, df)[possible], theirs[possible]) < 2e-12


def test_chi_squared_where_another_library_errs():
    """At 9.4 million degrees of freedom scipy 1.17 is 1 % off in this tail; the series in 50 digits says which."""
    df, x = 9413774.068002868, 9393951.406164182
    with localcontext() as context:
        context.prec = 50
        a, half = Decimal(df) / 2, Decimal(x) / 2
        total = term = Decimal(1)
        k = 0
        while term > total * Decimal(10) ** -30:
            k += 1
            term *= half / (a + k)
            total += term
        b = a + 1
        twice_pi = 2 * Decimal("3.14159265358979323846264338327950288419716939937510")
        log_gamma = (b - Decimal("0.5")) * b.ln() - b + twice_pi.ln() / 2 + 1 / (12 * b) - 1 / (360 * b**3)
        exact = float((a * half.ln() - half - log_gamma).exp() * total)
    assert own.chi2_below(x, df) == pytest.approx(exact, rel=1e-12)
    assert own.chi2_quantile(exact, df) == pytest.approx(x, rel=1e-13)


@pytest.mark.parametrize("scale", [(-1, 2), (0, 4), (3, 8)])
def test_t_and_f(scale):
    df, other = parameters(scale, 10), parameters(scale, 11)
    t = np.random.default_rng(12).normal(size=N) * 3
    p = np.random.default_rng(13).uniform(size=N)
    assert apart(own.t_above(t, df), stats.t.sf(t, df)) < 1e-12
    assert apart(own.t_below(t, df), stats.t.cdf(t, df)) < 1e-12
    theirs = stats.t.ppf(p, df)
    known = np.isfinite(theirs)
    assert np.max(np.abs(own.t_quantile(p, df) - theirs)[known] / np.maximum(1, np.abs(theirs[known]))) < 1e-11
    f = stats.f.ppf(p, df, other)
    inside = np.isfinite(f) & (f > 1e-250) & (f < 1e250)
    f, df, other = f[inside], df[inside], other[inside]
    assert apart(own.f_above(f, df, other), stats.f.sf(f, df, other)) < 1e-11
    assert apart(own.f_below(f, df, other), stats.f.cdf(f, df, other)) < 1e-11
    assert apart(own.f_quantile(p[inside], df, other), f) < 1e-11


def test_far_tails_of_t_keep_their_digits():
    for df in (1.0, 4.0, 39.0, 162.0):
        for t in (20.0, 200.0):
            assert own.t_above(t, df) == pytest.approx(stats.t.sf(t, df), rel=1e-12)
    assert own.t_quantile(1e-12, 14.0) == pytest.approx(stats.t.ppf(1e-12, 14), rel=1e-12)


def test_the_normal_distribution():
    z = np.linspace(-37, 37, 2001)
    assert apart(own.normal_above(z), stats.norm.sf(z)) < 5e-13
    assert apart(own.normal_below(z), stats.norm.cdf(z)) < 5e-13
    p = 10 ** np.linspace(-300, -0.01, 2001)
    assert apart(own.normal_quantile(p), stats.norm.ppf(p)) < 1e-12
    assert apart(own.normal_quantile(p, upper=True), stats.norm.isf(p)) < 1e-12


def test_t_without_end_is_normal():
    assert own.t_quantile(0.975, math.inf) == own.normal_quantile(0.975)
    assert own.t_above(1.5, math.inf) == own.normal_above(1.5)
    both = own.t_quantile(np.array([0.975, 0.975]), np.array([math.inf, 14.0]))
    assert both[1] == pytest.approx(2.1447866879178, abs=1e-12)


def test_ends_are_ends():
    assert own.beta_below(0.0, 2.0, 3.0) == 0
    assert own.beta_below(1.0, 2.0, 3.0) == 1
    assert own.beta_above(-1.0, 2.0, 3.0) == 1
    assert own.beta_quantile(0.0, 2.0, 3.0) == 0
    assert own.beta_quantile(1.0, 2.0, 3.0) == 1
    assert own.t_quantile(0.0, 5.0) == -math.inf
    assert own.t_quantile(0.5, 5.0) == 0
    assert own.t_above(math.inf, 5.0) == 0
    assert own.f_above(math.inf, 2.0, 5.0) == 0
    assert own.f_above(-1.0, 2.0, 5.0) == 1
    assert own.chi2_below(math.inf, 5.0) == 1
    assert own.chi2_quantile(0.0, 5.0) == 0
    assert own.normal_quantile(1.0) == math.inf


def test_what_has_no_answer_is_not_a_number():
    for answer in (
        own.beta_below(0.5, 0.0, 3.0),
        own.beta_quantile(1.1, 2.0, 3.0),
        own.t_quantile(-0.1, 5.0),
        own.t_above(1.0, 0.0),
        own.t_quantile(0.3, -2.0),
        own.chi2_below(1.0, -1.0),
        own.chi2_quantile(math.nan, 5.0),
        own.f_quantile(0.5, 0.0, 5.0),
        own.normal_quantile(2.0),
    ):
        assert math.isnan(answer)


def test_numbers_give_numbers_and_arrays_arrays():
    assert isinstance(own.t_quantile(0.975, 10), float)
    table = own.beta_quantile(np.array([[0.025], [0.975]]), np.array([2.0, 3.0, 4.0]), 5.0)
    assert table.shape == (2, 3)
    assert table[1, 2] == own.beta_quantile(0.975, 4.0, 5.0)


def test_a_thousand_pairs_are_quick():
    """Both limits of 1,020 proportions, as a recomputation of every table asks for."""
    random = np.random.default_rng(14)
    n, p = random.uniform(20, 5_000, 1_020), random.uniform(0.005, 0.995, 1_020)
    spent = []
    for _ in range(5):
        start = time.process_time()
        own.beta_quantile(0.025, n * p, n * (1 - p) + 1)
        own.beta_quantile(0.975, n * p + 1, n * (1 - p))
        spent.append(time.process_time() - start)
    assert min(spent) < 0.03
