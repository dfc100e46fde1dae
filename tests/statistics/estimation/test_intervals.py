"""Intervals of proportions against R's survey 4.5, at their ends, and by their coverage."""

from __future__ import annotations

import math

import numpy as np
import pytest

from paragraph8.statistics.estimation.distributions import t_quantile
from paragraph8.statistics.estimation.intervals import (
    Interval,
    Method,
    effective_n,
    interval,
    korn_graubard,
    limits,
    wald,
    wilson,
)
from paragraph8.statistics.estimation.refusals import RefusedEstimateError

from . import interpolated

# name: estimate, Wald limits (from which comes the SE), n, df, and the limits of R by method.
REFERENCE = {
    "strat": (
        (0.6556490119, 0.5891396688, 0.7221583551, 200, 197),
        {
            "logit": (0.5864671343, 0.7188064017),
            "likelihood": (0.5872540546, 0.7199848364),
            "arcsine": (0.5878343399, 0.7204190874),
            "beta": (0.5850754863, 0.7214935059),
            "wilson": (0.5867229495, 0.7185931316),
        },
    ),
    "clus1": (
        (0.7267759563, 0.6617296228, 0.7918222898, 183, 14),
        {
            "logit": (0.6571809630, 0.7868255216),
            "likelihood": (0.6586422503, 0.7884770357),
            "arcsine": (0.6595486768, 0.7891798509),
            "beta": (0.6560773616, 0.7899569915),
            "wilson": (0.6575069187, 0.7865826921),
        },
    ),
    "clus2": (
        (0.6885608856, 0.5748218912, 0.8022998800, 126, 39),
        {
            "logit": (0.5653764785, 0.7898112604),
            "likelihood": (0.5684546002, 0.7936736547),
            "arcsine": (0.5703030026, 0.7955007472),
            "beta": (0.5615239087, 0.7977419875),
            "wilson": (0.5668571174, 0.7888088134),
        },
    ),
    "rare": (
        (0.0218579235, -0.0266624080, 0.0703782550, 183, 14),
        {
            "logit": (0.0023046913, 0.1777477665),
            "likelihood": (0.0006639212, 0.1077784084),
            "arcsine": (0.0, 0.0955767364),
            "beta": (0.0002161468, 0.1375077639),
            "wilson": (0.0031787772, 0.1353912851),
        },
    ),
}
CASES = [(name, method) for name, (_, ends) in REFERENCE.items() for method in ends]


def standard_error(low, high, df):
    return (high - low) / 2 / t_quantile(0.975, df)


@pytest.mark.parametrize(("name", "method"), CASES)
def test_the_intervals_of_r(name, method):
    (p, low, high, n, df), ends = REFERENCE[name]
    found = interval(p, standard_error(low, high, df) ** 2, n, df, method=method)
    # R interpolates the profile of the likelihood; everything else agrees to the digits given.
    within = 2e-9 if method != "likelihood" else 4e-4 if name == "rare" else 2e-5
    assert (found.low, found.high) == pytest.approx(ends[method], abs=within)


@pytest.mark.parametrize("name", list(REFERENCE))
def test_the_likelihood_of_r_is_ours_interpolated(name):
    """Doing what R does to our equation gives R's limits a hundred times more closely than the root itself."""
    (p, low, high, n, df), ends = REFERENCE[name]
    found = interpolated.likelihood(p, standard_error(low, high, df), n, df)
    assert found == pytest.approx(ends["likelihood"], abs=5e-6 if name == "rare" else 1e-6)


def test_the_arcsine_of_r_turns_back_at_zero():
    """Its lower limit for the rare event, .0003071927, is sin² of a negative angle; here the angle stops at 0."""
    (p, low, high, _, df), _ = REFERENCE["rare"]
    n = p * (1 - p) / standard_error(low, high, df) ** 2
    angle = math.asin(math.sqrt(p)) - t_quantile(0.975, df) / (2 * math.sqrt(n))
    assert angle < 0
    assert math.sin(angle) ** 2 == pytest.approx(0.0003071927, abs=1e-9)


def test_the_synthetic_parallel_count():
    p, se = 0.1818226589, 0.0322977833
    for method, ends in (
        ("logit", (0.1264437128, 0.2543928196)),
        ("beta", (0.1222441092, 0.2551027325)),
        ("korn-graubard", (0.1222441092, 0.2551027325)),
        ("wilson", (0.1267995185, 0.2537830379)),
    ):
        found = interval(p, se**2, 174, 162, method=method)
        assert (found.low, found.high) == pytest.approx(ends, abs=3e-10)
    urban = korn_graubard(0.1368242209, 0.0418864140**2, 76, 64)
    assert (urban.low, urban.high) == pytest.approx((0.0650404292, 0.2427754171), abs=3e-10)
    lead = wald(0.1361701396, 0.0090130852**2, 174, 162)
    assert (lead.low, lead.high) == pytest.approx((0.118371858088, 0.153968421151), abs=3e-10)


def test_health_survey():
    men = korn_graubard(0.1175548016, ((0.2675504 + 0.0324408) / 2 / t_quantile(0.975, 4)) ** 2, 45, 4, capped=False)
    assert (men.low, men.high) == pytest.approx((0.0168567128, 0.3490966153), abs=1e-7)
    other = (0.0996786095, 0.02466622687**2, 458, 14)
    assert wilson(*other).low == pytest.approx(0.0582998765, abs=2e-10)
    assert wilson(*other).high == pytest.approx(0.1652718400, abs=2e-10)
    assert korn_graubard(*other).low == pytest.approx(0.0531342067, abs=2e-10)
    assert korn_graubard(*other).high == pytest.approx(0.1664896507, abs=2e-10)


def test_no_event_is_not_certainty():
    """183 answers in 15 districts, none of them yes (statistics of another library: 0.0235374)."""
    none = interval(0.0, 0.0, 183, 14)
    assert none.low == 0
    assert none.high == pytest.approx(0.0235374, abs=5e-8)
    adjusted = 183 * (t_quantile(0.975, 182) / t_quantile(0.975, 14)) ** 2
    assert none.high == pytest.approx(1 - 0.025 ** (1 / adjusted), rel=1e-12)
    assert none.effective_n == pytest.approx(adjusted)


@pytest.mark.parametrize("method", [each for each in Method if each is not Method.WALD])
def test_all_is_the_mirror_of_none(method):
    none, every = interval(0.0, 0.0, 30, 9, method=method), interval(1.0, 0.0, 30, 9, method=method)
    assert none.low == 0
    assert 0 < none.high < 0.2
    assert every.high == 1
    assert every.low == pytest.approx(1 - none.high, abs=1e-14)


def test_logit_says_when_it_had_no_answer():
    none = interval(0.0, 0.0, 30, 9, method="logit")
    assert none.method is Method.KORN_GRAUBARD
    assert interval(0.1, 0.01, 30, 9, method="logit").method is Method.LOGIT


@pytest.mark.parametrize("method", list(Method))
def test_a_share_and_its_complement_mirror_each_other(method):
    one, other = interval(0.2, 0.002, 90, 20, method=method), interval(0.8, 0.002, 90, 20, method=method)
    assert one.low == pytest.approx(1 - other.high, abs=1e-13)
    assert one.high == pytest.approx(1 - other.low, abs=1e-13)
    assert one.low < 0.2 < one.high


def test_an_effective_n_above_n_is_not_used():
    """A variance half as large as that of a simple sample is mostly luck."""
    lucky = 0.3 * 0.7 / 200
    assert korn_graubard(0.3, lucky, 100, 60).effective_n == 100
    uncapped = korn_graubard(0.3, lucky, 100, 60, capped=False)
    assert uncapped.effective_n > 190
    assert uncapped.method is Method.BETA
    assert uncapped.width < korn_graubard(0.3, lucky, 100, 60).width


def test_units_that_are_all_alike():
    """Half of every unit: the variance is 0, the interval is that of n answers; without the cap it has no width."""
    alike = korn_graubard(0.5, 0.0, 40, 9)
    assert alike.low == pytest.approx(1 - alike.high)
    assert alike.width > 0.25
    assert korn_graubard(0.5, 0.0, 40, 9, capped=False).width == 0
    assert effective_n(0.5, 0.0, 40) == math.inf


def test_sums_that_rounding_moved_off_the_end_are_put_back():
    for method in Method:
        if method is Method.WALD:
            continue
        nearly, quite = interval(1 + 2e-16, 1e-33, 30, 9, method=method), interval(1.0, 0.0, 30, 9, method=method)
        assert (nearly.low, nearly.high) == (quite.low, quite.high)
        low, _ = limits([1 - 1e-16, 1 + 1e-16], [1e-33, 0.0], 30, 9, method=method)
        assert low.tolist() == [quite.low, quite.low]
        assert np.isnan(limits(1.1, 0.01, 30, 9, method=method)[0])


def test_likelihood_solves_its_equation():
    p, variance, n, df = 0.07, 0.0007, 120, 25
    found = interval(p, variance, n, df, method="likelihood")
    scale = p * (1 - p) / variance * (n - 1) / n
    for end in (found.low, found.high):
        distance = p * math.log(p / end) + (1 - p) * math.log((1 - p) / (1 - end))
        assert 2 * scale * distance == pytest.approx(t_quantile(0.975, df) ** 2, rel=1e-10)


def test_arrays_give_what_numbers_give():
    p = np.array([[0.0, 0.02, 0.5], [0.97, 1.0, 0.3]])
    variance = np.array([[0.0, 0.0003, 0.002], [0.0005, 0.0, 0.001]])
    df = np.array([5.0, 14.0, 39.0])
    for method in Method:
        low, high = limits(p, variance, 120, df, method=method, level=0.9)
        assert low.shape == (2, 3)
        for row, column in np.ndindex(2, 3):
            one = interval(p[row, column], variance[row, column], 120, df[column], level=0.9, method=method)
            assert (low[row, column], high[row, column]) == pytest.approx((one.low, one.high), rel=1e-13)


def test_arrays_are_silent_where_there_is_no_answer():
    low, high = limits([0.5, 0.5, math.nan, 0.5], [0.01, math.nan, 0.01, 0.01], [30, 30, 30, 0], [0, 9, 9, 9])
    assert np.isnan(low).all()
    assert np.isnan(high).all()


def test_a_higher_level_is_wider():
    for method in Method:
        widths = [interval(0.2, 0.002, 90, 20, method=method, level=level).width for level in (0.8, 0.9, 0.95, 0.99)]
        assert widths == sorted(widths)


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        ({"p": 1.2}, "not-a-share"),
        ({"p": math.nan}, "not-a-share"),
        ({"variance": -1.0}, "not-a-variance"),
        ({"variance": math.nan}, "not-a-variance"),
        ({"df": 0}, "no-degrees"),
        ({"level": 95}, "not-a-level"),
        ({"method": "exact"}, "no-such-method"),
    ],
)
def test_what_cannot_be_answered_is_refused(arguments, code):
    with pytest.raises(RefusedEstimateError) as refusal:
        interval(**{"p": 0.2, "variance": 0.01, "n": 30, "df": 9, **arguments})
    assert refusal.value.code == code
    assert refusal.value.text().languages() == {"en", "kk", "ru"}


def test_an_interval_knows_what_it_rests_on():
    found = interval(0.2, 0.002, 90, 20)
    assert isinstance(found, Interval)
    assert (found.n, found.df, found.level, found.method) == (90, 20, 0.95, "korn-graubard")


# Coverage: the table of simulated coverages, 4,000 samples each, nominal 95 %. Strata, units per stratum, answers per
# unit, correlation within units, share; then Wald, logit, Korn-Graubard, Wilson.
COVERAGE = [
    ((5, 8, 10, 0.05, 0.02), (0.891, 0.961, 0.957, 0.942)),
    ((5, 8, 10, 0.05, 0.15), (0.939, 0.947, 0.956, 0.948)),
    ((10, 10, 1, 0.0, 0.02), (0.864, 0.814, 0.985, 0.949)),
    ((10, 10, 1, 0.0, 0.05), (0.868, 0.969, 0.984, 0.969)),
    ((4, 3, 10, 0.10, 0.05), (0.884, 0.964, 0.977, 0.963)),
]
SAMPLES = 4_000


def samples(strata, units, answers, rho, share, *, seed):
    """Shares and their variances of stratified cluster samples, beta-binomial with intraclass correlation rho."""
    random = np.random.default_rng(seed)
    shape = (SAMPLES, strata, units)
    if rho:
        chance = random.beta(share * (1 - rho) / rho, (1 - share) * (1 - rho) / rho, size=shape)
    else:
        chance = np.full(shape, share)
    means = random.binomial(answers, chance) / answers
    variance = means.var(axis=2, ddof=1).sum(axis=1) / (units * strata**2)
    return means.mean(axis=(1, 2)), variance


@pytest.mark.parametrize(("design", "expected"), COVERAGE)
def test_coverage(design, expected):
    strata, units, answers, _, share = design
    p, variance = samples(*design, seed=20240602)
    for method, known in zip(("wald", "logit", "korn-graubard", "wilson"), expected, strict=True):
        low, high = limits(p, variance, strata * units * answers, strata * (units - 1), method=method)
        if method == "logit":
            # The table counts samples without an event as missed, as R does.
            low = np.where(p > 0, low, np.nan)
        covered = np.mean((low <= share) & (share <= high))
        # Two simulations of 4,000 samples each: four standard errors of their difference.
        assert covered == pytest.approx(known, abs=4 * math.sqrt(2 * known * (1 - known) / SAMPLES)), method
